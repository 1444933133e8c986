//! `text`: one line, 500 characters unless `max` says otherwise. HTML is text like any other.

use base::{FieldProblem, Result, Value};
use serde_json::Value as Json;
use store::table::ColumnKind;

use super::shared::{clean, schema};
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

pub const LONGEST: usize = 500;

pub struct Text;

impl Kind for Text {
    fn field_type(&self) -> FieldType {
        FieldType::Text
    }
    fn accept(&self, field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let text = clean::text(input, "Rossi").and_then(|text| clean::line(text, clean::longest(field, LONGEST)));
        text.map(Value::from).map_err(|wrong| wrong.at(path))
    }
    fn read_cell(&self, field: &Field, _context: &Context<'_>, text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        clean::cell(text, clean::longest(field, LONGEST)).map(Value::from)
    }
    fn schema(&self, field: &Field, _model: &Model, _using: Use) -> Json {
        schema::text(clean::longest(field, LONGEST))
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Text)
    }
}
