//! `person_name`: a name as it is shown; parts and their order stand in fields of their own.

use base::{FieldProblem, Result, Value};
use serde_json::Value as Json;
use store::table::ColumnKind;

use super::shared::{clean, schema};
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

const LONGEST: usize = 300;

pub struct PersonName;

impl Kind for PersonName {
    fn field_type(&self) -> FieldType {
        FieldType::PersonName
    }
    fn accept(&self, field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let text = clean::text(input, "Anna Rossi").and_then(|text| clean::line(text, clean::longest(field, LONGEST)));
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
