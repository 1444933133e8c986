//! One row of a result, while it is being stepped.

use base::{Date, Error, Id, Instant, Number, Result};

use crate::{postgres, sqlite};

/// Columns are counted from 0 and read where they lie; text and bytes are borrowed. `None` is null; a column of another
/// type is an `Internal` error.
pub struct Row<'a>(pub(crate) Source<'a>);

pub(crate) enum Source<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

macro_rules! read {
    ($self:ident, $i:ident, $name:ident) => {
        match &$self.0 {
            Source::Sqlite(row) => sqlite::read::$name(row, $i),
            Source::Postgres(row) => postgres::read::$name(row, $i),
        }
    };
}

impl Row<'_> {
    pub fn is_null(&self, i: usize) -> Result<bool> {
        read!(self, i, is_null)
    }
    pub fn text(&self, i: usize) -> Result<Option<&str>> {
        read!(self, i, text)
    }
    pub fn int(&self, i: usize) -> Result<Option<i64>> {
        read!(self, i, int)
    }
    pub fn float(&self, i: usize) -> Result<Option<f64>> {
        read!(self, i, float)
    }
    pub fn bool(&self, i: usize) -> Result<Option<bool>> {
        read!(self, i, bool)
    }
    pub fn bytes(&self, i: usize) -> Result<Option<&[u8]>> {
        read!(self, i, bytes)
    }
    pub fn id(&self, i: usize) -> Result<Option<Id>> {
        read!(self, i, id)
    }
    pub fn date(&self, i: usize) -> Result<Option<Date>> {
        read!(self, i, date)
    }
    pub fn instant(&self, i: usize) -> Result<Option<Instant>> {
        read!(self, i, instant)
    }
    /// A number expression, an aggregate over one, or an integer.
    pub fn number(&self, i: usize) -> Result<Option<Number>> {
        read!(self, i, number)
    }
}

/// For columns that are never null.
impl Row<'_> {
    pub fn must_text(&self, i: usize) -> Result<&str> {
        self.text(i)?.ok_or_else(|| missing(i))
    }
    pub fn must_int(&self, i: usize) -> Result<i64> {
        self.int(i)?.ok_or_else(|| missing(i))
    }
    pub fn must_bool(&self, i: usize) -> Result<bool> {
        self.bool(i)?.ok_or_else(|| missing(i))
    }
    pub fn must_bytes(&self, i: usize) -> Result<&[u8]> {
        self.bytes(i)?.ok_or_else(|| missing(i))
    }
    pub fn must_id(&self, i: usize) -> Result<Id> {
        self.id(i)?.ok_or_else(|| missing(i))
    }
    pub fn must_instant(&self, i: usize) -> Result<Instant> {
        self.instant(i)?.ok_or_else(|| missing(i))
    }
}

fn missing(i: usize) -> Error {
    Error::internal(format!("column {i} of a row is null"))
}

pub(crate) fn wrong_type(i: usize, found: &str, wanted: &str) -> Error {
    Error::internal(format!("column {i} of a row holds {found}, not {wanted}"))
}
