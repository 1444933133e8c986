//! Arithmetic, time and the values that come from the scope.

use base::{Date, Instant, Number, Result};
use jiff::civil;
use store::Unit;

use super::{Cell, Evaluator, Frame};
use crate::expression::tree::{Expr, Measure, Node, Operator, Type};

pub const HOUR_MICROS: i64 = 3_600_000_000;
pub const DAY_MICROS: i64 = 24 * HOUR_MICROS;
/// Days since 1970 of 0000-01-01 and 9999-12-31; a date beyond is absent.
const DAYS: std::ops::RangeInclusive<i64> = -719_528..=2_932_896;
/// The same in microseconds, less the last day, so that no zone leads beyond the year 9999.
const MICROS: std::ops::RangeInclusive<i64> = -62_167_219_200_000_000..=253_402_207_200_999_999;

impl Evaluator<'_> {
    pub(super) fn computed(&self, expr: &Expr, frame: &Frame<'_>) -> Result<Cell> {
        Ok(match &expr.node {
            Node::Bool(b) => Cell::Bool(*b),
            Node::Int(n) => Cell::Int(*n),
            Node::Number(n) => Cell::Number(*n),
            Node::Text(text) => Cell::Text(text.clone()),
            Node::Date(date) => Cell::Date(*date),
            Node::Instant(instant) => Cell::Instant(*instant),
            Node::Id(id) => Cell::Id(*id),
            Node::Me => self.scope.me.into(),
            Node::Now => Cell::Instant(self.scope.now),
            Node::Today => Cell::Date(self.today()),
            Node::Count(measure, of) => {
                let factor = match measure {
                    Measure::Hours => HOUR_MICROS,
                    Measure::Days => 1,
                    Measure::Weeks => 7,
                };
                self.cell(of, frame)?.int().and_then(|n| n.checked_mul(factor)).into()
            }
            Node::Lower(of) => match self.cell(of, frame)? {
                Cell::Text(text) => Cell::Text(text.to_lowercase()),
                _ => Cell::Absent,
            },
            Node::Arithmetic(operator, a, b) => self.arithmetic(*operator, a, b, frame)?,
            Node::Negate(of) => negate(self.cell(of, frame)?),
            Node::AsNumber(of) => self.cell(of, frame)?.int().and_then(Number::from_i64).into(),
            Node::Age(of) => match self.cell(of, frame)? {
                Cell::Instant(instant) => self.scope.now.micros().checked_sub(instant.micros()).into(),
                Cell::Date(date) => Cell::Int(i64::from(self.today().days()) - i64::from(date.days())),
                _ => Cell::Absent,
            },
            Node::StartOf(unit, of) => self.date(of, frame)?.map(|d| Date::from_civil(first_day(*unit, d.civil()))).into(),
            Node::Month(of) => self.date(of, frame)?.map(|d| i64::from(d.civil().month())).into(),
            Node::Year(of) => self.date(of, frame)?.map(|d| i64::from(d.civil().year())).into(),
            _ => Cell::Absent,
        })
    }

    fn today(&self) -> Date {
        self.scope.now.date_in(&self.scope.zone)
    }

    /// A date, or the day of an instant in the zone.
    fn date(&self, of: &Expr, frame: &Frame<'_>) -> Result<Option<Date>> {
        Ok(match self.cell(of, frame)? {
            Cell::Date(date) => Some(date),
            Cell::Instant(instant) if is_calendar(instant) => Some(instant.date_in(&self.scope.zone)),
            _ => None,
        })
    }

    /// Days or microseconds as microseconds.
    pub(super) fn duration(&self, of: &Expr, frame: &Frame<'_>) -> Result<Option<i64>> {
        let count = self.cell(of, frame)?.int();
        Ok(if of.kind == Type::Days { count.and_then(|n| n.checked_mul(DAY_MICROS)) } else { count })
    }

    fn arithmetic(&self, operator: Operator, a: &Expr, b: &Expr, frame: &Frame<'_>) -> Result<Cell> {
        let is_mixed = matches!((&a.kind, &b.kind), (Type::Days, Type::Duration) | (Type::Duration, Type::Days));
        if is_mixed {
            let (a, b) = (self.duration(a, frame)?, self.duration(b, frame)?);
            return Ok(a.zip(b).and_then(|(a, b)| integer(operator, a, b)).into());
        }
        if matches!(a.kind, Type::Instant) && matches!(b.kind, Type::Days | Type::Duration) {
            return Ok(moved(operator, &self.cell(a, frame)?, self.duration(b, frame)?));
        }
        if matches!(b.kind, Type::Instant) && matches!(a.kind, Type::Days | Type::Duration) {
            return Ok(moved(operator, &self.cell(b, frame)?, self.duration(a, frame)?));
        }
        Ok(combine(operator, self.cell(a, frame)?, self.cell(b, frame)?))
    }
}

/// Within the years 0 to 9999; a moment beyond falls on no day.
pub fn is_calendar(instant: Instant) -> bool {
    MICROS.contains(&instant.micros())
}

fn moved(operator: Operator, instant: &Cell, by: Option<i64>) -> Cell {
    match (instant, by) {
        (Cell::Instant(instant), Some(by)) => integer(operator, instant.micros(), by).map(Instant::from_micros).into(),
        _ => Cell::Absent,
    }
}

fn combine(operator: Operator, a: Cell, b: Cell) -> Cell {
    match (a, b) {
        (Cell::Int(a), Cell::Int(b)) if operator == Operator::Div => {
            Number::from_i64(a).zip(Number::from_i64(b)).and_then(|(a, b)| a.div(b)).into()
        }
        (Cell::Int(a), Cell::Int(b)) => integer(operator, a, b).into(),
        (Cell::Number(a), Cell::Number(b)) => number(operator, a, b).into(),
        (Cell::Text(a), Cell::Text(b)) => Cell::Text(a + &b),
        (Cell::Date(a), Cell::Date(b)) => Cell::Int(i64::from(a.days()) - i64::from(b.days())),
        (Cell::Date(date), Cell::Int(days)) | (Cell::Int(days), Cell::Date(date)) => {
            let days = integer(operator, i64::from(date.days()), days).filter(|d| DAYS.contains(d));
            days.and_then(|d| i32::try_from(d).ok()).map(Date::from_days).into()
        }
        (Cell::Instant(a), Cell::Instant(b)) => integer(operator, a.micros(), b.micros()).into(),
        (a, b) => money(operator, &a, &b),
    }
}

fn money(operator: Operator, a: &Cell, b: &Cell) -> Cell {
    let by = |x: Option<Number>, y: Option<Number>| x.zip(y).and_then(|(x, y)| number(operator, x, y));
    match (a, b) {
        (Cell::Money { base: a, .. }, Cell::Money { base: b, .. }) if operator == Operator::Div => by(*a, *b).into(),
        (Cell::Money { amount, currency, base }, Cell::Money { amount: other, currency: second, base: rest }) => {
            let amount = if currency == second { by(*amount, *other) } else { None };
            Cell::Money { amount, currency: *currency, base: by(*base, *rest) }
        }
        (Cell::Money { amount, currency, base }, Cell::Number(n)) => {
            Cell::Money { amount: by(*amount, Some(*n)), currency: *currency, base: by(*base, Some(*n)) }
        }
        (Cell::Number(n), Cell::Money { amount, currency, base }) => {
            Cell::Money { amount: by(Some(*n), *amount), currency: *currency, base: by(Some(*n), *base) }
        }
        _ => Cell::Absent,
    }
}

fn integer(operator: Operator, a: i64, b: i64) -> Option<i64> {
    match operator {
        Operator::Add => a.checked_add(b),
        Operator::Sub => a.checked_sub(b),
        Operator::Mul => a.checked_mul(b),
        Operator::Mod => a.checked_rem(b),
        _ => None,
    }
}

fn number(operator: Operator, a: Number, b: Number) -> Option<Number> {
    match operator {
        Operator::Add => a.add(b),
        Operator::Sub => a.sub(b),
        Operator::Mul => a.mul(b),
        Operator::Div => a.div(b),
        _ => None,
    }
}

fn negate(cell: Cell) -> Cell {
    match cell {
        Cell::Int(n) => n.checked_neg().into(),
        Cell::Number(n) => Cell::Number(n.neg()),
        Cell::Money { amount, currency, base } => Cell::Money { amount: amount.map(Number::neg), currency, base: base.map(Number::neg) },
        _ => Cell::Absent,
    }
}

fn first_day(unit: Unit, day: civil::Date) -> civil::Date {
    match unit {
        Unit::Day => day,
        Unit::Week => day.iso_week_date().first_of_week().map_or(day, civil::ISOWeekDate::date),
        Unit::Month => day.first_of_month(),
        Unit::Quarter => civil::Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).unwrap_or(day),
        Unit::Year => day.first_of_year(),
    }
}
