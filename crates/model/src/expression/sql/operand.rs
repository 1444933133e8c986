//! Values in SQL, in the form in which they are compared or computed with.

use base::{Date, Error, Number, Result};
use store::{Arithmetic, Param, Sql, Unit};

use super::Compiler;
use crate::expression::eval::{self, Cell, DAY_MICROS, HOUR_MICROS};
use crate::expression::tree::{Expr, Folding, Get, Measure, Node, Operator, Path, Place, Type};

/// How a value stands in SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Bool,
    /// Also days and durations.
    Int,
    /// An integer that counts the last of so many decimals.
    Scaled(u32),
    /// The dialect's exact decimal.
    Number,
    Text,
    Date,
    /// A column or parameter.
    Instant,
    /// An instant that was computed.
    Micros,
    Id,
}

impl Compiler<'_> {
    /// The form in which a value comes without being turned into another.
    pub fn form(&self, expr: &Expr) -> Form {
        let is_path = matches!(expr.node, Node::Path(_)) || expr.is_constant();
        match (&expr.kind, &expr.node) {
            (Type::Bool, _) => Form::Bool,
            (Type::Int | Type::Days | Type::Duration, _) => Form::Int,
            (Type::Number | Type::Money, Node::Path(path)) => Form::Scaled(path.leaf.scale),
            (Type::Number | Type::Money, _) => Form::Number,
            (Type::Date, _) => Form::Date,
            (Type::Instant, _) if is_path => Form::Instant,
            (Type::Instant, _) => Form::Micros,
            (Type::Link(_), _) => Form::Id,
            _ => Form::Text,
        }
    }

    /// A value of the record, of constants, or computed; may be null.
    pub fn operand(&mut self, expr: &Expr, form: Form) -> Result<Sql> {
        let (sql, mask) = self.side(expr, form)?;
        let Some(mask) = mask else { return Ok(sql) };
        let mut masked = self.raw("(case when ");
        masked.append(mask).push(" then ").append(sql).push(" end)");
        Ok(masked)
    }

    /// The same for one side of a comparison; that a link leads to a record within reach is a condition beside it.
    pub fn side(&mut self, expr: &Expr, form: Form) -> Result<(Sql, Option<Sql>)> {
        if expr.is_constant() {
            let cell = eval::constant(expr, self.scope)?;
            return Ok((self.bound(&cell, form), None));
        }
        if let (Node::Path(path), Type::Link(to)) = (&expr.node, &expr.kind) {
            let link = self.path(path, Folding::Exact)?;
            let mask = if path.leaf.get == Get::Record { None } else { self.mask(to, &link)? };
            return Ok((link, mask));
        }
        let natural = self.form(expr);
        let sql = match (natural, form) {
            (Form::Scaled(scale), Form::Number) => {
                let integer = self.computed(expr, natural)?;
                self.dialect.number_from_scaled(integer, scale)
            }
            (Form::Int, Form::Number) => {
                let integer = self.computed(expr, natural)?;
                self.dialect.number_from_integer(integer)
            }
            (Form::Instant, Form::Micros) => {
                let instant = self.computed(expr, natural)?;
                self.dialect.micros(instant)
            }
            _ => self.computed(expr, form)?,
        };
        Ok((sql, None))
    }

    /// A constant as a parameter that says its own type.
    pub fn bound(&self, cell: &Cell, form: Form) -> Sql {
        let mut sql = self.sql();
        let param = match (cell, form) {
            (Cell::Bool(b), _) => return self.truth(*b),
            (Cell::Int(n), Form::Number) => Number::from_i64(*n).map(Param::Number),
            (Cell::Int(n), _) => Some(Param::Int(*n)),
            (Cell::Number(n), _) => Some(Param::Number(*n)),
            (Cell::Text(text), _) => Some(Param::Text(text.clone())),
            (Cell::Id(id), _) => Some(Param::Id(*id)),
            (Cell::Date(date), _) => Some(Param::Date(*date)),
            (Cell::Instant(instant), Form::Micros) => Some(Param::Int(instant.micros())),
            (Cell::Instant(instant), _) => Some(Param::Instant(*instant)),
            (Cell::Money { .. } | Cell::Absent | Cell::Whole, _) => None,
        };
        match param {
            Some(param) => sql.bind_typed(param),
            None => sql.push("null"),
        };
        sql
    }

    /// A text as it is compared.
    pub fn text(&mut self, expr: &Expr, folding: Folding) -> Result<Sql> {
        if expr.is_constant() {
            let mut sql = self.sql();
            match eval::constant_text(expr, folding, self.scope)? {
                Some(text) => sql.bind_typed(text),
                None => sql.push("null"),
            };
            return Ok(sql);
        }
        match (&expr.node, folding) {
            (Node::Path(path), _) => self.path(path, folding),
            (Node::Lower(of), Folding::Folded) => self.text(of, folding),
            (Node::Lower(of), Folding::Exact) => {
                let of = self.text(of, folding)?;
                Ok(self.dialect.lower(of))
            }
            (Node::Choose(when, then, otherwise), _) => {
                let mut sql = self.raw("(case when ");
                sql.append(self.condition(when, false)?).push(" then ").append(self.text(then, folding)?);
                sql.push(" else ").append(self.text(otherwise, folding)?).push(" end)");
                Ok(sql)
            }
            (Node::Arithmetic(_, a, b), _) => {
                let mut sql = self.raw("(");
                sql.append(self.text(a, Folding::Exact)?).push(" || ").append(self.text(b, Folding::Exact)?).push(")");
                Ok(sql)
            }
            _ => Err(Error::internal("not a text")),
        }
    }

    fn computed(&mut self, expr: &Expr, form: Form) -> Result<Sql> {
        match &expr.node {
            _ if matches!(expr.kind, Type::Text | Type::Choice) => self.text(expr, Folding::Exact),
            Node::Path(path) if expr.kind == Type::Row => self.whole(path),
            Node::Path(path) => self.path(path, Folding::Exact),
            Node::Choose(when, then, otherwise) => {
                let mut sql = self.raw("(case when ");
                sql.append(self.condition(when, false)?).push(" then ").append(self.operand(then, form)?);
                sql.push(" else ").append(self.operand(otherwise, form)?).push(" end)");
                Ok(sql)
            }
            Node::Count(measure, of) => {
                let of = self.operand(of, Form::Int)?;
                let factor = match measure {
                    Measure::Days => return Ok(of),
                    Measure::Weeks => 7,
                    Measure::Hours => HOUR_MICROS,
                };
                Ok(self.times(of, factor))
            }
            Node::AsNumber(of) => self.operand(of, Form::Number),
            Node::Negate(of) if form == Form::Number => {
                let of = self.operand(of, form)?;
                Ok(self.dialect.negate(of))
            }
            Node::Negate(of) => {
                let of = self.operand(of, Form::Int)?;
                Ok(self.dialect.integer(Arithmetic::Sub, self.raw("0"), of))
            }
            Node::Arithmetic(operator, a, b) => self.arithmetic(*operator, a, b, &expr.kind),
            Node::Age(of) => self.age(of),
            Node::StartOf(unit, of) => {
                let date = self.day(of)?;
                Ok(self.dialect.start_of(*unit, date))
            }
            Node::Month(of) => self.calendar(Unit::Month, of, "substr(", ", 6, 2)"),
            Node::Year(of) => self.calendar(Unit::Year, of, "", ""),
            Node::Size(of) => match &of.node {
                Node::Items(items) => self.count(items),
                _ => {
                    let mut sql = self.raw("cast(length(");
                    sql.append(self.text(of, Folding::Exact)?).push(") as bigint)");
                    Ok(sql)
                }
            },
            _ if form == Form::Bool => {
                let mut sql = self.raw("(");
                sql.append(self.condition(expr, true)?).push(")");
                Ok(sql)
            }
            _ => Err(Error::internal("not a value")),
        }
    }

    /// Something that is not null if an address is there.
    fn whole(&mut self, path: &Path) -> Result<Sql> {
        let mut sql = self.raw("coalesce(");
        let columns = path.leaf.presence.clone();
        if columns.len() < 2 {
            return self.path(path, Folding::Exact);
        }
        for (i, column) in columns.into_iter().enumerate() {
            let mut part = path.clone();
            part.leaf.place = Place::Own(column);
            sql.push(if i > 0 { ", " } else { "" }).append(self.path(&part, Folding::Exact)?);
        }
        sql.push(")");
        Ok(sql)
    }

    fn calendar(&mut self, unit: Unit, of: &Expr, before: &str, after: &str) -> Result<Sql> {
        let date = self.day(of)?;
        let mut sql = self.raw("cast(");
        sql.push(before).append(self.dialect.bucket_date(unit, date)).push(after).push(" as bigint)");
        Ok(sql)
    }

    /// A date, or the day of an instant in the zone.
    pub fn day(&mut self, of: &Expr) -> Result<Sql> {
        let form = self.form(of);
        let value = self.operand(of, form)?;
        let zone = self.zone();
        Ok(match form {
            Form::Instant => self.dialect.date(value, &zone),
            Form::Micros => self.dialect.date_from_micros(value, &zone),
            _ => value,
        })
    }

    pub fn zone(&self) -> String {
        self.scope.zone.iana_name().unwrap_or("UTC").to_string()
    }
    pub fn today(&self) -> Date {
        self.scope.now.date_in(&self.scope.zone)
    }

    fn times(&self, integer: Sql, factor: i64) -> Sql {
        self.dialect.integer(Arithmetic::Mul, integer, self.raw(&factor.to_string()))
    }

    /// Days or microseconds as microseconds.
    pub fn duration(&mut self, of: &Expr) -> Result<Sql> {
        if of.is_constant() {
            let micros = eval::constant_duration(of, self.scope)?;
            let cell = micros.map_or(Cell::Absent, Cell::Int);
            return Ok(self.bound(&cell, Form::Int));
        }
        let count = self.operand(of, Form::Int)?;
        Ok(if of.kind == Type::Days { self.times(count, DAY_MICROS) } else { count })
    }

    fn age(&mut self, of: &Expr) -> Result<Sql> {
        let mut now = self.sql();
        let then = if of.kind == Type::Date {
            now.bind_typed(i64::from(self.today().days()));
            let date = self.operand(of, Form::Date)?;
            self.dialect.days(date)
        } else {
            now.bind_typed(self.scope.now.micros());
            self.operand(of, Form::Micros)?
        };
        Ok(self.dialect.integer(Arithmetic::Sub, now, then))
    }

    fn arithmetic(&mut self, operator: Operator, a: &Expr, b: &Expr, kind: &Type) -> Result<Sql> {
        let by = match operator {
            Operator::Add => Arithmetic::Add,
            Operator::Sub => Arithmetic::Sub,
            Operator::Mul => Arithmetic::Mul,
            Operator::Div => Arithmetic::Div,
            _ => Arithmetic::Mod,
        };
        let is_moment = |e: &Expr| e.kind == Type::Instant;
        match kind {
            Type::Number | Type::Money => {
                let (a, b) = (self.operand(a, Form::Number)?, self.operand(b, Form::Number)?);
                Ok(self.dialect.arithmetic(by, a, b))
            }
            Type::Date => {
                let (date, days) = if a.kind == Type::Date { (a, b) } else { (b, a) };
                let date = self.operand(date, Form::Date)?;
                let (date, days) = (self.dialect.days(date), self.operand(days, Form::Int)?);
                let sum = self.dialect.integer(by, date, days);
                Ok(self.dialect.date_from_days(sum))
            }
            Type::Instant => {
                let (instant, span) = if is_moment(a) { (a, b) } else { (b, a) };
                let (instant, span) = (self.operand(instant, Form::Micros)?, self.duration(span)?);
                Ok(self.dialect.integer(by, instant, span))
            }
            Type::Days if a.kind == Type::Date => {
                let (a, b) = (self.operand(a, Form::Date)?, self.operand(b, Form::Date)?);
                Ok(self.dialect.integer(by, self.dialect.days(a), self.dialect.days(b)))
            }
            Type::Duration if is_moment(a) => {
                let (a, b) = (self.operand(a, Form::Micros)?, self.operand(b, Form::Micros)?);
                Ok(self.dialect.integer(by, a, b))
            }
            Type::Duration => {
                let (a, b) = (self.duration(a)?, self.duration(b)?);
                Ok(self.dialect.integer(by, a, b))
            }
            _ => {
                let (a, b) = (self.operand(a, Form::Int)?, self.operand(b, Form::Int)?);
                Ok(self.dialect.integer(by, a, b))
            }
        }
    }
}
