//! `user`: a person of the team, by the id of the user.

use base::{FieldProblem, Result, Value};
use serde_json::Value as Json;
use store::table::ColumnKind;

use super::shared::schema;
use super::{Context, ImportLocale, Kind, Use, Wrong, link};
use crate::object::{Field, FieldType, Model};

pub struct User;

impl Kind for User {
    fn field_type(&self) -> FieldType {
        FieldType::User
    }
    fn accept(&self, _field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        link::of_json(input).map_err(|wrong| wrong.at(path))
    }
    fn read_cell(&self, field: &Field, _context: &Context<'_>, text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        link::of_cell(field, text)
    }
    fn schema(&self, _field: &Field, _model: &Model, _using: Use) -> Json {
        schema::id(Some("user"))
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Id)
    }
}
