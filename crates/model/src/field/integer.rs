//! `integer`: a whole number of 64 bits.

use base::{FieldProblem, Number, Result, Value};
use serde_json::Value as Json;
use store::table::ColumnKind;

use super::shared::{number, schema};
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

pub struct Integer;

impl Kind for Integer {
    fn field_type(&self) -> FieldType {
        FieldType::Integer
    }
    fn accept(&self, field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        number::whole(input).and_then(|n| check(field, n)).map_err(|wrong| wrong.at(path))
    }
    fn read_cell(&self, field: &Field, _context: &Context<'_>, text: &str, locale: &ImportLocale) -> Result<Value, Wrong> {
        check(field, number::whole_of_cell(text, locale)?)
    }
    fn schema(&self, field: &Field, _model: &Model, _using: Use) -> Json {
        schema::number(field, true)
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Int)
    }
    fn summable(&self) -> bool {
        true
    }
}

/// Within the field's bounds, and within what an expression can reckon with.
pub fn check(field: &Field, n: i64) -> Result<Value, Wrong> {
    let number =
        Number::from_i64(n).ok_or_else(|| Wrong::new("too_big", "This number is too large; less than 1,000,000,000,000,000 fits"))?;
    number::bounds(field, number)?;
    Ok(Value::Int(n))
}
