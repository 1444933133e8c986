//! `instant`: a moment in UTC, in microseconds.

use base::{FieldProblem, Instant, Result, Value};
use serde_json::{Value as Json, json};
use store::table::ColumnKind;

use super::shared::{clean, moment};
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

pub struct InstantField;

impl Kind for InstantField {
    fn field_type(&self) -> FieldType {
        FieldType::Instant
    }
    fn accept(&self, _field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let instant = clean::text(input, "2026-03-31T14:00:00Z").and_then(|text| match clean::trim(text) {
            "" => Ok(Value::Null),
            text => text.parse::<Instant>().map_err(|e| Wrong::format(e.message())).and_then(check).map(Value::Instant),
        });
        instant.map_err(|wrong| wrong.at(path))
    }
    fn read_cell(&self, _field: &Field, _context: &Context<'_>, text: &str, locale: &ImportLocale) -> Result<Value, Wrong> {
        moment::instant(text, locale).and_then(check).map(Value::Instant)
    }
    fn schema(&self, _field: &Field, _model: &Model, _using: Use) -> Json {
        json!({"type": "string", "format": "date-time"})
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Instant)
    }
}

/// Within the years 1 to 9999, which RFC 3339 and both databases can write.
fn check(instant: Instant) -> Result<Instant, Wrong> {
    const FIRST: i64 = -62_135_596_800_000_000;
    const LAST: i64 = 253_402_300_799_999_999;
    if (FIRST..=LAST).contains(&instant.micros()) { Ok(instant) } else { Err(Wrong::format("Moments from year 1 to 9999 are kept")) }
}
