//! How values stand in columns: the common case of one column with its folded copy and sort key, and the names that
//! planners ask for.

use base::{Error, Id, Number, Result, Value, text};
use store::table::{Column, ColumnKind};
use store::{Param, Row};

use super::{Params, address, kind, shared::json};
use crate::object::{Field, FieldType, Object};

/// Is a folded copy kept in `f__fold`?
pub fn has_fold(field: &Field) -> bool {
    field.has_fold()
}

/// Is a collation key kept in `f__key`?
pub fn has_key(field: &Field) -> bool {
    let sorts = matches!(field.kind, FieldType::Text | FieldType::LongText | FieldType::PersonName | FieldType::Email | FieldType::Url);
    field.sort && sorts
}

/// Kept in a table of its own: a list of anything.
pub fn is_child(field: &Field) -> bool {
    kind(field.kind).is_list()
}

/// Decimals of the integer in the field's column.
pub fn scale(field: &Field) -> u32 {
    kind(field.kind).scale(field).unwrap_or(0)
}

/// The column of an alias of a part of an address: `address.city` stands in `address__city`.
fn part_column(field: &Field) -> Option<String> {
    let (target, part) = field.alias_of.as_deref()?.split_once('.')?;
    address::NAMES.contains(&part).then(|| format!("{target}__{part}"))
}

/// What is grouped, counted and summed: the value itself, of money its base amount.
pub fn value_column(field: &Field) -> String {
    match (part_column(field), field.kind) {
        (Some(column), _) => column,
        (None, FieldType::Money) => format!("{}__base", field.id),
        (None, _) => field.id.clone(),
    }
}

/// What is sorted by: the collation key or the folded copy where there is one, of money the base amount.
pub fn sort_column(field: &Field) -> String {
    match part_column(field) {
        Some(column) if column.ends_with("__city") => format!("{column}__fold"),
        Some(column) => column,
        None if has_key(field) => format!("{}__key", field.id),
        None if has_fold(field) => format!("{}__fold", field.id),
        None => value_column(field),
    }
}

/// The columns of a field in its object's table that a list reads, also of an alias of a part of an address.
pub fn row_columns(_object: &Object, field: &Field) -> Vec<String> {
    match part_column(field) {
        Some(column) => vec![column],
        None => kind(field.kind).shown(field),
    }
}

/// Writes the `row_columns` of a field from `at` on as JSON.
pub fn render(_object: &Object, field: &Field, row: &Row<'_>, at: &mut usize, out: &mut Vec<u8>) -> Result<()> {
    kind(field.kind).render(field, row, at, out)
}

/// A value out of its `value_column`, wherever that stands in a result. An amount comes without its currency.
pub fn read_value(field: &Field, row: &Row<'_>, at: usize) -> Result<Value> {
    let kind = kind(field.kind);
    let column = if field.kind == FieldType::Money { Some(ColumnKind::Int) } else { kind.column() };
    one(column, kind.scale(field), row, at)
}

pub(super) fn columns(field: &Field, column: Option<ColumnKind>) -> Vec<Column> {
    let Some(column) = column else { return Vec::new() };
    let mut columns = vec![Column::new(&field.id, column)];
    if has_fold(field) {
        columns.push(Column::new(format!("{}__fold", field.id), ColumnKind::Text));
    }
    if has_key(field) {
        columns.push(Column::new(format!("{}__key", field.id), ColumnKind::Bytes));
    }
    columns
}

pub(super) fn store(field: &Field, scale: Option<u32>, value: &Value, out: &mut Params) {
    out.push((field.id.clone(), param(scale, value)));
    if has_fold(field) {
        out.push((format!("{}__fold", field.id), value.as_text().map(text::fold).into()));
    }
    if has_key(field) {
        out.push((format!("{}__key", field.id), value.as_text().map(text::sort_key).into()));
    }
}

/// A single value as a parameter; a number as an integer of the scale.
pub(super) fn param(scale: Option<u32>, value: &Value) -> Param {
    match value {
        Value::Bool(b) => Param::Bool(*b),
        Value::Int(n) => match scale {
            Some(scale) => Number::from_i64(*n).and_then(|n| n.to_scaled(scale)).into(),
            None => Param::Int(*n),
        },
        Value::Number(n) => n.round_to(scale.unwrap_or(0)).to_scaled(scale.unwrap_or(0)).into(),
        Value::Text(text) => Param::Text(text.clone()),
        Value::Id(id) => Param::Id(*id),
        Value::Date(date) => Param::Date(*date),
        Value::Instant(instant) => Param::Instant(*instant),
        Value::Null | Value::Money(_) | Value::List(_) | Value::Map(_) => Param::Null,
    }
}

pub(super) fn load(field: &Field, column: Option<ColumnKind>, scale: Option<u32>, row: &Row<'_>, at: &mut usize) -> Result<Value> {
    if column.is_none() {
        return Ok(Value::Null);
    }
    let value = one(column, scale, row, *at)?;
    *at += 1 + usize::from(has_fold(field)) + usize::from(has_key(field));
    Ok(value)
}

pub(super) fn one(column: Option<ColumnKind>, scale: Option<u32>, row: &Row<'_>, at: usize) -> Result<Value> {
    Ok(match (column, scale) {
        (Some(ColumnKind::Int), Some(scale)) => row.int(at)?.and_then(|n| Number::from_scaled(n, scale)).into(),
        (Some(ColumnKind::Int), None) => row.int(at)?.into(),
        (Some(ColumnKind::Text), _) => row.text(at)?.into(),
        (Some(ColumnKind::Bool), _) => row.bool(at)?.into(),
        (Some(ColumnKind::Id), _) => row.id(at)?.into(),
        (Some(ColumnKind::Date), _) => row.date(at)?.into(),
        (Some(ColumnKind::Instant), _) => row.instant(at)?.into(),
        (Some(ColumnKind::Float | ColumnKind::Bytes), _) | (None, _) => Value::Null,
    })
}

pub(super) fn render_one(column: Option<ColumnKind>, scale: Option<u32>, row: &Row<'_>, at: &mut usize, out: &mut Vec<u8>) -> Result<()> {
    let Some(column) = column else {
        out.extend_from_slice(b"null");
        return Ok(());
    };
    let i = *at;
    *at += 1;
    let is_there = match column {
        ColumnKind::Text => row.text(i)?.map(|text| json::push_text(out, text)).is_some(),
        ColumnKind::Int => integer(row.int(i)?, scale, out)?,
        ColumnKind::Bool => row.bool(i)?.map(|b| out.extend_from_slice(if b { b"true" } else { b"false" })).is_some(),
        ColumnKind::Id => row.id(i)?.map(|id| push_id(out, id)).is_some(),
        ColumnKind::Date => row.date(i)?.map(|date| quoted(out, format_args!("{date}"))).is_some(),
        ColumnKind::Instant => row.instant(i)?.map(|instant| quoted(out, format_args!("{instant}"))).is_some(),
        ColumnKind::Float | ColumnKind::Bytes => false,
    };
    if !is_there {
        out.extend_from_slice(b"null");
    }
    Ok(())
}

fn integer(n: Option<i64>, scale: Option<u32>, out: &mut Vec<u8>) -> Result<bool> {
    let Some(n) = n else { return Ok(false) };
    match scale {
        Some(scale) => json::push_number(out, scaled(n, scale)?),
        None => out.extend_from_slice(n.to_string().as_bytes()),
    }
    Ok(true)
}

fn push_id(out: &mut Vec<u8>, id: Id) {
    out.push(b'"');
    id.write_to(out);
    out.push(b'"');
}

pub(super) fn scaled(n: i64, scale: u32) -> Result<Number> {
    Number::from_scaled(n, scale).ok_or_else(|| Error::internal(format!("{n} at scale {scale} is beyond a number")))
}

/// Something that needs no escaping.
fn quoted(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    use std::io::Write;
    out.push(b'"');
    // Writing into memory does not fail.
    let _ = out.write_fmt(text);
    out.push(b'"');
}
