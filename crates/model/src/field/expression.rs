//! `expression`: the text of a CEL expression; whether it compiles is asked where its object is known.

use base::{FieldProblem, Result, Value};
use serde_json::Value as Json;
use store::table::ColumnKind;

use super::shared::{clean, schema};
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

const LONGEST: usize = 4_000;

pub struct Expression;

impl Kind for Expression {
    fn field_type(&self) -> FieldType {
        FieldType::Expression
    }
    fn accept(&self, field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let text = clean::text(input, "amount > 1000").and_then(|text| clean::block(text, clean::longest(field, LONGEST)));
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
    fn sortable(&self) -> bool {
        false
    }
    fn groupable(&self) -> bool {
        false
    }
}
