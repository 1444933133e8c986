//! A value of a field, as rules, expressions and events see it.

use std::collections::BTreeMap;

use crate::{Date, Id, Instant, Money, Number};

#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    /// Absent.
    #[default]
    Null,
    Bool(bool),
    Int(i64),
    /// `decimal` and `percent` (25 means 25 %, D6).
    Number(Number),
    /// Every text-like field; a choice is its code.
    Text(String),
    /// `link`, `user`, `file`.
    Id(Id),
    Date(Date),
    Instant(Instant),
    Money(Money),
    /// `choices`, `texts`, `links`, `emails`, `phones`, `rows`, in order.
    List(Vec<Value>),
    /// `address` and the rows of a child list, by part name.
    Map(BTreeMap<String, Value>),
}

impl Value {
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
    pub fn text(s: impl Into<String>) -> Self {
        Value::Text(s.into())
    }
    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(s) = self { Some(s) } else { None }
    }
    pub fn as_id(&self) -> Option<Id> {
        if let Value::Id(id) = self { Some(*id) } else { None }
    }
    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(b) = self { Some(*b) } else { None }
    }
    pub fn as_int(&self) -> Option<i64> {
        if let Value::Int(n) = self { Some(*n) } else { None }
    }
    pub fn as_number(&self) -> Option<Number> {
        match self {
            Value::Number(n) => Some(*n),
            Value::Int(n) => Number::from_i64(*n),
            _ => None,
        }
    }
    pub fn as_date(&self) -> Option<Date> {
        if let Value::Date(d) = self { Some(*d) } else { None }
    }
    pub fn as_instant(&self) -> Option<Instant> {
        if let Value::Instant(i) = self { Some(*i) } else { None }
    }
    pub fn as_money(&self) -> Option<&Money> {
        if let Value::Money(m) = self { Some(m) } else { None }
    }
    pub fn as_list(&self) -> &[Value] {
        if let Value::List(items) = self { items } else { &[] }
    }
    pub fn as_map(&self) -> Option<&BTreeMap<String, Value>> {
        if let Value::Map(m) = self { Some(m) } else { None }
    }
    /// A part of a map value; absent parts are `Null`.
    pub fn part(&self, name: &str) -> &Value {
        self.as_map().and_then(|m| m.get(name)).unwrap_or(&NULL)
    }
}

/// The absent value, to hand out by reference.
pub static NULL: Value = Value::Null;

impl From<&str> for Value {
    fn from(s: &str) -> Self {
        Value::Text(s.to_string())
    }
}
impl From<String> for Value {
    fn from(s: String) -> Self {
        Value::Text(s)
    }
}
impl From<bool> for Value {
    fn from(b: bool) -> Self {
        Value::Bool(b)
    }
}
impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Value::Int(n)
    }
}
impl From<Id> for Value {
    fn from(id: Id) -> Self {
        Value::Id(id)
    }
}
impl From<Date> for Value {
    fn from(d: Date) -> Self {
        Value::Date(d)
    }
}
impl From<Instant> for Value {
    fn from(i: Instant) -> Self {
        Value::Instant(i)
    }
}
impl From<Number> for Value {
    fn from(n: Number) -> Self {
        Value::Number(n)
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(o: Option<T>) -> Self {
        o.map_or(Value::Null, Into::into)
    }
}
