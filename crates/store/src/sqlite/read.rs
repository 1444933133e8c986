//! Reading columns as they lie.

use base::{Date, Id, Instant, Number, Result};
use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::function::decode;
use crate::row::wrong_type;

fn value<'a>(row: &'a Row<'_>, i: usize) -> Result<ValueRef<'a>> {
    Ok(row.get_ref(i)?)
}

fn wrong<T>(i: usize, found: ValueRef<'_>, wanted: &str) -> Result<T> {
    Err(wrong_type(i, &found.data_type().to_string(), wanted))
}

pub fn is_null(row: &Row<'_>, i: usize) -> Result<bool> {
    Ok(matches!(value(row, i)?, ValueRef::Null))
}

pub fn text<'a>(row: &'a Row<'_>, i: usize) -> Result<Option<&'a str>> {
    match value(row, i)? {
        ValueRef::Null => Ok(None),
        ValueRef::Text(bytes) => Ok(Some(std::str::from_utf8(bytes)?)),
        other => wrong(i, other, "text"),
    }
}

pub fn int(row: &Row<'_>, i: usize) -> Result<Option<i64>> {
    match value(row, i)? {
        ValueRef::Null => Ok(None),
        ValueRef::Integer(n) => Ok(Some(n)),
        other => wrong(i, other, "an integer"),
    }
}

pub fn float(row: &Row<'_>, i: usize) -> Result<Option<f64>> {
    match value(row, i)? {
        ValueRef::Null => Ok(None),
        ValueRef::Real(n) => Ok(Some(n)),
        // Decimal text is the exact way from an integer to the nearest float.
        ValueRef::Integer(n) => Ok(Some(n.to_string().parse()?)),
        other => wrong(i, other, "a floating number"),
    }
}

pub fn bool(row: &Row<'_>, i: usize) -> Result<Option<bool>> {
    Ok(int(row, i)?.map(|n| n != 0))
}

pub fn bytes<'a>(row: &'a Row<'_>, i: usize) -> Result<Option<&'a [u8]>> {
    match value(row, i)? {
        ValueRef::Null => Ok(None),
        ValueRef::Blob(bytes) => Ok(Some(bytes)),
        other => wrong(i, other, "bytes"),
    }
}

pub fn id(row: &Row<'_>, i: usize) -> Result<Option<Id>> {
    match bytes(row, i)? {
        None => Ok(None),
        Some(bytes) => Id::from_slice(bytes).map(Some).ok_or_else(|| wrong_type(i, "bytes of another length", "an id")),
    }
}

pub fn date(row: &Row<'_>, i: usize) -> Result<Option<Date>> {
    match text(row, i)? {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| wrong_type(i, "other text", "a date")),
    }
}

pub fn instant(row: &Row<'_>, i: usize) -> Result<Option<Instant>> {
    Ok(int(row, i)?.map(Instant::from_micros))
}

pub fn number(row: &Row<'_>, i: usize) -> Result<Option<Number>> {
    match value(row, i)? {
        ValueRef::Null => Ok(None),
        ValueRef::Integer(n) => Ok(Number::from_i64(n)),
        ValueRef::Blob(bytes) => decode(bytes).map(Some).ok_or_else(|| wrong_type(i, "other bytes", "a number")),
        other => wrong(i, other, "a number"),
    }
}
