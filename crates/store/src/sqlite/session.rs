//! A connection that runs statements.

use base::{Error, Result};
use rusqlite::types::{ToSql, ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, Statement};

use super::error::translate;
use super::function::encode;
use crate::row::{Row, Source};
use crate::{Param, Sql};

pub(crate) struct Session {
    pub connection: Connection,
}

impl Session {
    pub fn execute(&mut self, sql: &Sql) -> Result<u64> {
        let mut statement = self.connection.prepare_cached(sql.text()).map_err(|e| translate(e, sql.text()))?;
        bind(&mut statement, sql)?;
        let mut rows = statement.raw_query();
        // Statements with `returning` give rows that nobody wants here.
        while rows.next().map_err(|e| translate(e, sql.text()))?.is_some() {}
        drop(rows);
        Ok(self.connection.changes())
    }

    pub fn define(&mut self, sql: &Sql) -> Result<()> {
        let mut statement = self.connection.prepare(sql.text()).map_err(|e| translate(e, sql.text()))?;
        bind(&mut statement, sql)?;
        let mut rows = statement.raw_query();
        while rows.next().map_err(|e| translate(e, sql.text()))?.is_some() {}
        Ok(())
    }

    /// Steps through the answers until the closure says `false`; it is told which question a row answers.
    pub fn each(&mut self, questions: &[Sql], f: &mut dyn FnMut(usize, &Row<'_>) -> Result<bool>) -> Result<()> {
        for (at, sql) in questions.iter().enumerate() {
            if !self.answer(sql, &mut |row| f(at, row))? {
                break;
            }
        }
        Ok(())
    }

    fn answer(&mut self, sql: &Sql, f: &mut dyn FnMut(&Row<'_>) -> Result<bool>) -> Result<bool> {
        let mut statement = self.connection.prepare_cached(sql.text()).map_err(|e| translate(e, sql.text()))?;
        bind(&mut statement, sql)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(|e| translate(e, sql.text()))? {
            if !f(&Row(Source::Sqlite(row)))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub fn control(&mut self, text: &str) -> Result<()> {
        self.connection.prepare_cached(text).and_then(|mut s| s.raw_execute()).map(drop).map_err(|e| translate(e, text))
    }
}

fn bind(statement: &mut Statement<'_>, sql: &Sql) -> Result<()> {
    for (i, param) in sql.params().iter().enumerate() {
        if let Param::Text(text) = param
            && text.contains('\0')
        {
            return Err(Error::invalid("Text may not contain the character of code zero"));
        }
        statement.raw_bind_parameter(i + 1, Bound(param)).map_err(|e| translate(e, sql.text()))?;
    }
    Ok(())
}

struct Bound<'a>(&'a Param);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Param::Null => ToSqlOutput::Owned(Value::Null),
            Param::Bool(b) => ToSqlOutput::Owned(Value::Integer(i64::from(*b))),
            Param::Int(n) => ToSqlOutput::Owned(Value::Integer(*n)),
            Param::Float(n) => ToSqlOutput::Owned(Value::Real(*n)),
            Param::Text(s) => ToSqlOutput::Borrowed(ValueRef::Text(s.as_bytes())),
            Param::Bytes(b) => ToSqlOutput::Borrowed(ValueRef::Blob(b)),
            Param::Id(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Param::Date(d) => ToSqlOutput::Owned(Value::Text(d.to_string())),
            Param::Instant(i) => ToSqlOutput::Owned(Value::Integer(i.micros())),
            Param::Number(n) => ToSqlOutput::Owned(Value::Blob(encode(*n).to_vec())),
            Param::Ids(ids) => list(ids.iter().map(|id| Value::Blob(id.as_bytes().to_vec()))),
            Param::Texts(texts) => list(texts.iter().map(|t| Value::Text(t.clone()))),
            Param::Ints(ints) => list(ints.iter().map(|n| Value::Integer(*n))),
        })
    }
}

fn list(values: impl Iterator<Item = Value>) -> ToSqlOutput<'static> {
    ToSqlOutput::from_rc(std::rc::Rc::new(values.collect::<Vec<Value>>()), c"rarray")
}
