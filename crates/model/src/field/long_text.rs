//! `long_text`: several lines of Markdown, 100,000 characters unless `max` says otherwise.

use base::{FieldProblem, Result, Value};
use serde_json::Value as Json;
use store::table::ColumnKind;

use super::shared::{clean, schema};
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

const LONGEST: usize = 100_000;

pub struct LongText;

impl Kind for LongText {
    fn field_type(&self) -> FieldType {
        FieldType::LongText
    }
    fn accept(&self, field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let text = clean::text(input, "First line\\nsecond line").and_then(|text| clean::block(text, clean::longest(field, LONGEST)));
        text.map(Value::from).map_err(|wrong| wrong.at(path))
    }
    fn read_cell(&self, field: &Field, _context: &Context<'_>, text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        clean::block(text, clean::longest(field, LONGEST)).map(Value::from)
    }
    fn schema(&self, field: &Field, _model: &Model, _using: Use) -> Json {
        schema::text(clean::longest(field, LONGEST))
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Text)
    }
    fn groupable(&self) -> bool {
        false
    }
}
