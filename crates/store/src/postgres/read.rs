//! Reading columns as they arrived, without copying.

use base::{Date, Error, Id, Instant, Number, Result};
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};

use super::bind::{EPOCH_DAYS, EPOCH_MICROS};
use super::numeric;
use crate::row::wrong_type;

/// The bytes of a column of any type.
struct Raw<'a>(&'a [u8]);

impl<'a> FromSql<'a> for Raw<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> std::result::Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Raw(raw))
    }
    fn accepts(_: &Type) -> bool {
        true
    }
}

fn value(row: &Row, i: usize) -> Result<Option<(&Type, &[u8])>> {
    let column = row.columns().get(i).ok_or_else(|| Error::internal(format!("a row has no column {i}")))?;
    Ok(row.try_get::<_, Option<Raw<'_>>>(i)?.map(|raw| (column.type_(), raw.0)))
}

fn wrong<T>(i: usize, found: &Type, wanted: &str) -> Result<T> {
    Err(wrong_type(i, found.name(), wanted))
}

fn fixed<const N: usize>(i: usize, raw: &[u8]) -> Result<[u8; N]> {
    <[u8; N]>::try_from(raw).map_err(|_| wrong_type(i, "a value of another length", "what its type says"))
}

pub fn is_null(row: &Row, i: usize) -> Result<bool> {
    Ok(value(row, i)?.is_none())
}

pub fn text(row: &Row, i: usize) -> Result<Option<&str>> {
    match value(row, i)? {
        None => Ok(None),
        Some((&(Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN), raw)) => Ok(Some(std::str::from_utf8(raw)?)),
        Some((ty, _)) => wrong(i, ty, "text"),
    }
}

pub fn int(row: &Row, i: usize) -> Result<Option<i64>> {
    match value(row, i)? {
        None => Ok(None),
        Some((&Type::INT8, raw)) => Ok(Some(i64::from_be_bytes(fixed(i, raw)?))),
        Some((&Type::INT4, raw)) => Ok(Some(i64::from(i32::from_be_bytes(fixed(i, raw)?)))),
        Some((&Type::INT2, raw)) => Ok(Some(i64::from(i16::from_be_bytes(fixed(i, raw)?)))),
        Some((&Type::NUMERIC, raw)) => numeric::read_int(raw).map(Some).ok_or_else(|| wrong_type(i, "a decimal", "an integer of 64 bits")),
        Some((ty, _)) => wrong(i, ty, "an integer"),
    }
}

pub fn float(row: &Row, i: usize) -> Result<Option<f64>> {
    match value(row, i)? {
        None => Ok(None),
        Some((&Type::FLOAT8, raw)) => Ok(Some(f64::from_be_bytes(fixed(i, raw)?))),
        Some((&Type::FLOAT4, raw)) => Ok(Some(f64::from(f32::from_be_bytes(fixed(i, raw)?)))),
        Some((&(Type::INT8 | Type::INT4 | Type::INT2), _)) => Ok(int(row, i)?.map(|n| n.to_string().parse()).transpose()?),
        Some((&Type::NUMERIC, _)) => Ok(number(row, i)?.map(|n| n.to_text(0).parse()).transpose()?),
        Some((ty, _)) => wrong(i, ty, "a floating number"),
    }
}

pub fn bool(row: &Row, i: usize) -> Result<Option<bool>> {
    match value(row, i)? {
        None => Ok(None),
        Some((&Type::BOOL, raw)) => Ok(Some(raw.first().is_some_and(|b| *b != 0))),
        Some((&(Type::INT8 | Type::INT4), _)) => Ok(int(row, i)?.map(|n| n != 0)),
        Some((ty, _)) => wrong(i, ty, "a truth"),
    }
}

pub fn bytes(row: &Row, i: usize) -> Result<Option<&[u8]>> {
    match value(row, i)? {
        None => Ok(None),
        Some((&(Type::BYTEA | Type::UUID), raw)) => Ok(Some(raw)),
        Some((ty, _)) => wrong(i, ty, "bytes"),
    }
}

pub fn id(row: &Row, i: usize) -> Result<Option<Id>> {
    match value(row, i)? {
        None => Ok(None),
        Some((&(Type::UUID | Type::BYTEA), raw)) => Ok(Some(Id::from_bytes(fixed(i, raw)?))),
        Some((ty, _)) => wrong(i, ty, "an id"),
    }
}

pub fn date(row: &Row, i: usize) -> Result<Option<Date>> {
    match value(row, i)? {
        None => Ok(None),
        Some((&Type::DATE, raw)) => Ok(Some(Date::from_days(i32::from_be_bytes(fixed(i, raw)?).saturating_add(EPOCH_DAYS)))),
        Some((ty, _)) => wrong(i, ty, "a date"),
    }
}

pub fn instant(row: &Row, i: usize) -> Result<Option<Instant>> {
    match value(row, i)? {
        None => Ok(None),
        Some((&(Type::TIMESTAMPTZ | Type::TIMESTAMP), raw)) => {
            Ok(Some(Instant::from_micros(i64::from_be_bytes(fixed(i, raw)?).saturating_add(EPOCH_MICROS))))
        }
        Some((&Type::INT8, raw)) => Ok(Some(Instant::from_micros(i64::from_be_bytes(fixed(i, raw)?)))),
        Some((ty, _)) => wrong(i, ty, "a moment"),
    }
}

pub fn number(row: &Row, i: usize) -> Result<Option<Number>> {
    match value(row, i)? {
        None => Ok(None),
        Some((&Type::NUMERIC, raw)) => Ok(numeric::read_number(raw)),
        Some((&(Type::INT8 | Type::INT4 | Type::INT2), _)) => Ok(int(row, i)?.and_then(Number::from_i64)),
        Some((ty, _)) => wrong(i, ty, "a number"),
    }
}
