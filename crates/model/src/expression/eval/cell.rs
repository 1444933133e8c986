//! Values while an expression is computed, and how they are compared.

use std::cmp::Ordering;

use base::number::SCALE;
use base::text::fold;
use base::{Currency, Date, Id, Instant, Money, Number, Value};

use crate::expression::tree::Operator;

/// As [`Value`], with durations and half-known money.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Absent,
    Bool(bool),
    /// Also days, and durations in microseconds.
    Int(i64),
    Number(Number),
    /// The amount is unknown when currencies were mixed, the base amount while there is no rate.
    Money {
        amount: Option<Number>,
        currency: Currency,
        base: Option<Number>,
    },
    Text(String),
    Id(Id),
    Date(Date),
    Instant(Instant),
    /// A row or an address, known to be there.
    Whole,
}

impl Cell {
    pub fn is_absent(&self) -> bool {
        matches!(self, Cell::Absent)
    }
    pub fn is_true(&self) -> bool {
        matches!(self, Cell::Bool(true))
    }
    pub fn from(value: &Value) -> Self {
        match value {
            Value::Null => Cell::Absent,
            Value::Bool(b) => Cell::Bool(*b),
            Value::Int(n) => Cell::Int(*n),
            Value::Number(n) => Cell::Number(*n),
            Value::Text(text) => Cell::Text(text.clone()),
            Value::Id(id) => Cell::Id(*id),
            Value::Date(date) => Cell::Date(*date),
            Value::Instant(instant) => Cell::Instant(*instant),
            Value::Money(money) => Cell::Money { amount: Some(money.amount), currency: money.currency, base: money.base },
            Value::List(items) if items.is_empty() => Cell::Absent,
            Value::Map(parts) if parts.values().all(Value::is_null) => Cell::Absent,
            Value::List(_) | Value::Map(_) => Cell::Whole,
        }
    }
    /// What rules and fields work with; half-known money is absent.
    pub fn into_value(self) -> Value {
        match self {
            Cell::Absent | Cell::Whole => Value::Null,
            Cell::Bool(b) => Value::Bool(b),
            Cell::Int(n) => Value::Int(n),
            Cell::Number(n) => Value::Number(n),
            Cell::Money { amount, currency, base } => amount.map_or(Value::Null, |amount| Value::Money(Money { amount, currency, base })),
            Cell::Text(text) => Value::Text(text),
            Cell::Id(id) => Value::Id(id),
            Cell::Date(date) => Value::Date(date),
            Cell::Instant(instant) => Value::Instant(instant),
        }
    }
    pub fn int(&self) -> Option<i64> {
        if let Cell::Int(n) = self { Some(*n) } else { None }
    }
    pub fn text(&self) -> Option<&str> {
        if let Cell::Text(text) = self { Some(text) } else { None }
    }
    /// In units of the tenth decimal, exact for every integer too. Money counts by its base amount.
    pub fn units(&self) -> Option<i128> {
        match self {
            Cell::Int(n) => i128::from(*n).checked_mul(10_i128.pow(SCALE)),
            Cell::Number(n) => Some(n.raw()),
            Cell::Money { base, .. } => base.map(Number::raw),
            _ => None,
        }
    }
    pub fn folded(self) -> Self {
        if let Cell::Text(text) = self { Cell::Text(fold(&text)) } else { self }
    }
}

impl<T: Into<Value>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        Cell::from(&value.map_or(Value::Null, Into::into))
    }
}

/// The order of two values of one kind; none if one is absent.
pub fn order(a: &Cell, b: &Cell) -> Option<Ordering> {
    match (a, b) {
        (Cell::Bool(a), Cell::Bool(b)) => Some(a.cmp(b)),
        (Cell::Text(a), Cell::Text(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
        (Cell::Id(a), Cell::Id(b)) => Some(a.cmp(b)),
        (Cell::Date(a), Cell::Date(b)) => Some(a.cmp(b)),
        (Cell::Instant(a), Cell::Instant(b)) => Some(a.cmp(b)),
        (a, b) => Some(a.units()?.cmp(&b.units()?)),
    }
}

/// Does the operator hold for this order?
pub fn holds(operator: Operator, order: Option<Ordering>) -> bool {
    let Some(order) = order else { return false };
    match operator {
        Operator::Eq => order.is_eq(),
        Operator::Ne => order.is_ne(),
        Operator::Lt => order.is_lt(),
        Operator::Le => order.is_le(),
        Operator::Gt => order.is_gt(),
        Operator::Ge => order.is_ge(),
        _ => false,
    }
}
