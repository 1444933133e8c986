//! `date`: a day without time and zone.

use base::{Date, FieldProblem, Result, Value};
use serde_json::{Value as Json, json};
use store::table::ColumnKind;

use super::shared::{clean, moment};
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

pub struct DateField;

impl Kind for DateField {
    fn field_type(&self) -> FieldType {
        FieldType::Date
    }
    fn accept(&self, _field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let date = clean::text(input, "2026-03-31").and_then(|text| match clean::trim(text) {
            "" => Ok(Value::Null),
            text => text.parse::<Date>().map_err(|e| Wrong::format(e.message())).and_then(check).map(Value::Date),
        });
        date.map_err(|wrong| wrong.at(path))
    }
    fn read_cell(&self, _field: &Field, _context: &Context<'_>, text: &str, locale: &ImportLocale) -> Result<Value, Wrong> {
        moment::date(text, locale).and_then(check).map(Value::Date)
    }
    fn schema(&self, _field: &Field, _model: &Model, _using: Use) -> Json {
        json!({"type": "string", "format": "date"})
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Date)
    }
}

/// There is no year 0.
fn check(date: Date) -> Result<Date, Wrong> {
    if date.civil().year() >= 1 { Ok(date) } else { Err(Wrong::format("The year 0 does not exist")) }
}
