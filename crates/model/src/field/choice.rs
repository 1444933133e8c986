//! `choice`: the code of one option, of its own or of a shared list (D8, D13).

use base::{FieldProblem, Result, Value};
use serde_json::Value as Json;
use store::table::ColumnKind;

use super::shared::{choose, clean, schema};
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

pub struct ChoiceField;

impl Kind for ChoiceField {
    fn field_type(&self) -> FieldType {
        FieldType::Choice
    }
    fn accept(&self, field: &Field, context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let code = clean::text(input, example(field, context.model)).and_then(|text| match clean::trim(text) {
            "" => Ok(Value::Null),
            text => choose::code(field, context.model, text).map(Value::Text),
        });
        code.map_err(|wrong| wrong.at(path))
    }
    fn read_cell(&self, field: &Field, context: &Context<'_>, text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        choose::by_name(field, context.model, text).map(Value::Text)
    }
    fn schema(&self, field: &Field, model: &Model, _using: Use) -> Json {
        schema::code(field, model)
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Text)
    }
}

pub fn example<'a>(field: &'a Field, model: &'a Model) -> &'a str {
    model.options(field).first().map_or("code", |o| o.code.as_str())
}
