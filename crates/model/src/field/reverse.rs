//! `reverse`: the records of another object that link here. Nothing is stored; they are read through their own object.

use base::{FieldProblem, Result, Value};
use serde_json::{Value as Json, json};

use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

pub struct Reverse;

fn read_only(field: &Field) -> Wrong {
    let to = field.to.as_deref().unwrap_or("record");
    Wrong::new("read_only", format!("{} are written at their own place, as a {to}", field.label.en))
}

impl Kind for Reverse {
    fn field_type(&self) -> FieldType {
        FieldType::Reverse
    }
    fn accept(&self, field: &Field, _context: &Context<'_>, path: &str, _input: &Json) -> Result<Value, Vec<FieldProblem>> {
        Err(read_only(field).at(path))
    }
    fn read_cell(&self, field: &Field, _context: &Context<'_>, _text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        Err(read_only(field))
    }
    fn write(&self, _field: &Field, _value: &Value) -> Json {
        Json::Null
    }
    fn schema(&self, field: &Field, _model: &Model, _using: Use) -> Json {
        json!({"type": "array", "items": {"type": "object"}, "readOnly": true, "x-to": field.to})
    }
}
