//! `link`: the id of one record of the object named in `to`. Whether it exists is asked where records can be read.

use base::{FieldProblem, Id, Result, Value};
use serde_json::Value as Json;
use store::table::ColumnKind;

use super::shared::clean::quote;
use super::shared::schema;
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

pub struct Link;

impl Kind for Link {
    fn field_type(&self) -> FieldType {
        FieldType::Link
    }
    fn accept(&self, _field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        of_json(input).map_err(|wrong| wrong.at(path))
    }
    fn read_cell(&self, field: &Field, _context: &Context<'_>, text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        of_cell(field, text)
    }
    fn schema(&self, field: &Field, _model: &Model, _using: Use) -> Json {
        schema::id(field.to.as_deref())
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Id)
    }
}

/// An id in quotes, or an object that has one, as an expanded link is written.
pub fn of_json(input: &Json) -> Result<Value, Wrong> {
    let text = match input {
        Json::String(text) => text.trim(),
        Json::Object(members) => members.get("id").and_then(Json::as_str).unwrap_or_default(),
        _ => return Err(Wrong::kind("Write the id of a record in quotes")),
    };
    match text {
        "" if input.is_string() => Ok(Value::Null),
        text => text.parse::<Id>().map(Value::Id).map_err(|_| Wrong::format(format!("{} is not the id of a record", quote(text)))),
    }
}

/// Names are looked up by the importer; here only an id is known.
pub fn of_cell(field: &Field, text: &str) -> Result<Value, Wrong> {
    let to = field.to.as_deref().unwrap_or("record");
    text.parse::<Id>().map(Value::Id).map_err(|_| Wrong::new("not_found", format!("{} is not the id of a {to}", quote(text))))
}
