//! Values that go into a statement.

use base::{Date, Id, Instant, Number};

/// What a placeholder stands for. On PostgreSQL a value adapts to the type of its place (an `Int` where `numeric` is
/// expected, a `Text` where a date is), as far as nothing is lost.
#[derive(Clone, Debug, PartialEq)]
pub enum Param {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
    Id(Id),
    Date(Date),
    Instant(Instant),
    /// An exact decimal inside an expression; columns hold scaled integers instead.
    Number(Number),
    /// Lists are for [`crate::Dialect::any`] only.
    Ids(Vec<Id>),
    Texts(Vec<String>),
    Ints(Vec<i64>),
}

impl Param {
    pub fn is_null(&self) -> bool {
        matches!(self, Param::Null)
    }
}

impl From<bool> for Param {
    fn from(b: bool) -> Self {
        Param::Bool(b)
    }
}
impl From<i64> for Param {
    fn from(n: i64) -> Self {
        Param::Int(n)
    }
}
impl From<i32> for Param {
    fn from(n: i32) -> Self {
        Param::Int(i64::from(n))
    }
}
impl From<u32> for Param {
    fn from(n: u32) -> Self {
        Param::Int(i64::from(n))
    }
}
impl From<f64> for Param {
    fn from(n: f64) -> Self {
        Param::Float(n)
    }
}
impl From<&str> for Param {
    fn from(s: &str) -> Self {
        Param::Text(s.to_string())
    }
}
impl From<&String> for Param {
    fn from(s: &String) -> Self {
        Param::Text(s.clone())
    }
}
impl From<String> for Param {
    fn from(s: String) -> Self {
        Param::Text(s)
    }
}
impl From<Vec<u8>> for Param {
    fn from(b: Vec<u8>) -> Self {
        Param::Bytes(b)
    }
}
impl From<&[u8]> for Param {
    fn from(b: &[u8]) -> Self {
        Param::Bytes(b.to_vec())
    }
}
impl From<Id> for Param {
    fn from(id: Id) -> Self {
        Param::Id(id)
    }
}
impl From<Date> for Param {
    fn from(d: Date) -> Self {
        Param::Date(d)
    }
}
impl From<Instant> for Param {
    fn from(i: Instant) -> Self {
        Param::Instant(i)
    }
}
impl From<Number> for Param {
    fn from(n: Number) -> Self {
        Param::Number(n)
    }
}
impl From<Vec<Id>> for Param {
    fn from(ids: Vec<Id>) -> Self {
        Param::Ids(ids)
    }
}
impl From<&[Id]> for Param {
    fn from(ids: &[Id]) -> Self {
        Param::Ids(ids.to_vec())
    }
}
impl From<Vec<String>> for Param {
    fn from(texts: Vec<String>) -> Self {
        Param::Texts(texts)
    }
}
impl From<Vec<i64>> for Param {
    fn from(ints: Vec<i64>) -> Self {
        Param::Ints(ints)
    }
}
impl<T: Into<Param>> From<Option<T>> for Param {
    fn from(o: Option<T>) -> Self {
        o.map_or(Param::Null, Into::into)
    }
}
