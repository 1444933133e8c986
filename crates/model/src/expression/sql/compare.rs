//! Comparisons of two values.

use base::{Date, Instant, Result};
use store::{Param, Sql};

use super::operand::Form;
use super::{Compiler, sign};
use crate::expression::eval::{self, Cell, asks_day, turned};
use crate::expression::tree::{Expr, How, Node, Operator, Type};

/// Microseconds at the years 0 and 10000; what lies between fits a column of either database.
const MOMENTS: std::ops::Range<i64> = -62_167_219_200_000_000..253_402_300_800_000_000;

impl Compiler<'_> {
    /// Null where a side is absent.
    pub fn compare(&mut self, operator: Operator, a: &Expr, b: &Expr, how: &How) -> Result<Sql> {
        for side in [a, b] {
            if side.is_constant() && eval::constant(side, self.scope)?.is_absent() {
                return Ok(self.truth(false));
            }
        }
        match how {
            How::Numeric => self.numeric(operator, a, b),
            How::Text(folding) => {
                let mut sql = self.text(a, *folding)?;
                sql.push(sign(operator)).append(self.text(b, *folding)?);
                Ok(sql)
            }
            How::Named(names) => {
                let (link, text) = if matches!(a.kind, Type::Link(_)) { (a, b) } else { (b, a) };
                let Node::Text(text) = &text.node else { return Ok(self.truth(false)) };
                self.named(operator, link, names, text)
            }
            How::Day => match (&a.kind, &b.kind) {
                (Type::Instant, _) => self.day_of(operator, a, b),
                _ => self.day_of(turned(operator), b, a),
            },
            How::Plain | How::Span => self.plain(operator, a, b),
        }
    }

    fn plain(&mut self, operator: Operator, a: &Expr, b: &Expr) -> Result<Sql> {
        let is_span = matches!(a.kind, Type::Days | Type::Duration);
        if is_span {
            let isolated = match (&a.node, &b.node) {
                (Node::Age(of), _) if b.is_constant() => self.older(turned(operator), of, b)?,
                (_, Node::Age(of)) if a.is_constant() => self.older(operator, of, a)?,
                _ => None,
            };
            if let Some(isolated) = isolated {
                return Ok(isolated);
            }
            let is_mixed = a.kind != b.kind;
            let (a, b) =
                if is_mixed { (self.duration(a)?, self.duration(b)?) } else { (self.operand(a, Form::Int)?, self.operand(b, Form::Int)?) };
            let mut sql = a;
            sql.push(sign(operator)).append(b);
            return Ok(sql);
        }
        let (x, y) = (self.form(a), self.form(b));
        let form = if x == Form::Micros || y == Form::Micros { Form::Micros } else { x };
        let ((left, first), (right, second)) = (self.side(a, form)?, self.side(b, form)?);
        let mut sql = left;
        sql.push(sign(operator)).append(right);
        Ok(self.masked(sql, vec![first, second]))
    }

    /// `age(x) > days(30)` is `x < now - 30 days`, which an index serves.
    fn older(&mut self, operator: Operator, of: &Expr, span: &Expr) -> Result<Option<Sql>> {
        let form = self.form(of);
        let bound = match form {
            Form::Date => {
                let days = match &span.kind {
                    Type::Days => eval::constant(span, self.scope)?.int(),
                    _ => None,
                };
                days.and_then(|n| i64::from(self.today().days()).checked_sub(n))
                    .filter(|d| (-700_000..2_900_000).contains(d))
                    .and_then(|d| i32::try_from(d).ok())
                    .map(|d| Param::Date(Date::from_days(d)))
            }
            Form::Instant => {
                let micros = eval::constant_duration(span, self.scope)?;
                micros
                    .and_then(|n| self.scope.now.micros().checked_sub(n))
                    .filter(|m| MOMENTS.contains(m))
                    .map(|m| Param::Instant(Instant::from_micros(m)))
            }
            _ => None,
        };
        let Some(bound) = bound else { return Ok(None) };
        let mut sql = self.operand(of, form)?;
        sql.push(sign(operator)).bind_typed(bound);
        Ok(Some(sql))
    }

    /// An instant and a date, which is the whole day: what is after it begins with the next one.
    fn day_of(&mut self, operator: Operator, instant: &Expr, date: &Expr) -> Result<Sql> {
        let zone = self.scope.zone.clone();
        let is_range = asks_day(operator);
        if date.is_constant() && !(is_range && self.form(instant) == Form::Micros) {
            let Cell::Date(date) = eval::constant(date, self.scope)? else { return Ok(self.truth(false)) };
            let (start, end) = (date.start_in(&zone), date.plus_days(1).start_in(&zone));
            let natural = self.form(instant);
            let value = self.operand(instant, natural)?;
            let at = |operator: Operator, moment: Instant| {
                let mut sql = value.clone();
                sql.push(sign(operator)).append(self.bound(&Cell::Instant(moment), natural));
                sql
            };
            let (first, second) = match operator {
                Operator::Eq => (at(Operator::Ge, start), Some((" and ", at(Operator::Lt, end)))),
                Operator::Ne => (at(Operator::Lt, start), Some((" or ", at(Operator::Ge, end)))),
                Operator::Gt => (at(Operator::Ge, end), None),
                Operator::Le => (at(Operator::Lt, end), None),
                other => (at(other, start), None),
            };
            let mut sql = self.raw("(");
            sql.append(first);
            if let Some((joint, second)) = second {
                sql.push(joint).append(second);
            }
            sql.push(")");
            return Ok(sql);
        }
        let mut sql = self.sql();
        if is_range {
            let (day, date) = (self.day(instant)?, self.operand(date, Form::Date)?);
            sql.append(day).push(sign(operator)).append(date);
        } else {
            let (micros, date) = (self.operand(instant, Form::Micros)?, self.operand(date, Form::Date)?);
            let start = self.dialect.start_micros(date, &self.zone());
            sql.append(micros).push(sign(operator)).append(start);
        }
        Ok(sql)
    }
}
