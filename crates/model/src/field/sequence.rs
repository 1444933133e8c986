//! `sequence`: a number counted up by the engine; an import may bring one.

use base::{FieldProblem, Result, Value};
use serde_json::Value as Json;
use store::table::ColumnKind;

use super::shared::{number, schema};
use super::{Context, ImportLocale, Kind, Use, Wrong, integer};
use crate::object::{Field, FieldType, Model};

pub struct Sequence;

impl Kind for Sequence {
    fn field_type(&self) -> FieldType {
        FieldType::Sequence
    }
    fn accept(&self, _field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        number::whole(input).and_then(|n| integer::check(&positive(), n)).map_err(|wrong| wrong.at(path))
    }
    fn read_cell(&self, _field: &Field, _context: &Context<'_>, text: &str, locale: &ImportLocale) -> Result<Value, Wrong> {
        let n = number::whole_of_cell(text.trim_start_matches(['#', '№']), locale)?;
        integer::check(&positive(), n)
    }
    fn schema(&self, _field: &Field, _model: &Model, _using: Use) -> Json {
        schema::number(&positive(), true)
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Int)
    }
    fn groupable(&self) -> bool {
        false
    }
}

fn positive() -> Field {
    Field { min: Some(1), ..Field::default() }
}
