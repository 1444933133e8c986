//! `choices`: the codes of several options, in the order in which they were written.

use base::{FieldProblem, Result, Value};
use serde_json::Value as Json;
use store::Row;
use store::table::{Column, ColumnKind};

use super::shared::{choose, clean, json, list, schema};
use super::{Context, ImportLocale, Kind, Params, Use, Wrong, choice, column};
use crate::object::{Field, FieldType, Model};

pub struct Choices;

impl Kind for Choices {
    fn field_type(&self) -> FieldType {
        FieldType::Choices
    }
    fn accept(&self, field: &Field, context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let example = choice::example(field, context.model);
        list::accept(field, path, input, &format!("[\"{example}\"]"), |path, entry| {
            let code = clean::text(entry, example).and_then(|text| choose::code(field, context.model, text));
            code.map(|code| Some(Value::Text(code))).map_err(|wrong| wrong.at(path))
        })
    }
    fn read_cell(&self, field: &Field, context: &Context<'_>, text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        if let Ok(code) = choose::by_name(&Field { open: false, ..field.clone() }, context.model, text) {
            return Ok(list::of(vec![Value::Text(code)]));
        }
        let codes: Result<Vec<Value>, Wrong> =
            list::split(text, true).into_iter().map(|item| choose::by_name(field, context.model, item).map(Value::Text)).collect();
        codes.map(list::of)
    }
    fn write(&self, _field: &Field, value: &Value) -> Json {
        json::list(value, json::of)
    }
    fn schema(&self, field: &Field, model: &Model, _using: Use) -> Json {
        schema::list(schema::code(field, model), list::most(field))
    }
    fn is_list(&self) -> bool {
        true
    }
    fn item_columns(&self, _field: &Field) -> Vec<Column> {
        vec![Column::new("code", ColumnKind::Text).required()]
    }
    fn item_indexed(&self, _field: &Field) -> Vec<String> {
        vec!["code".to_string()]
    }
    fn store_item(&self, _field: &Field, item: &Value, out: &mut Params) {
        out.push(("code".to_string(), column::param(None, item)));
    }
    fn load_child(&self, _field: &Field, row: &Row<'_>, at: &mut usize) -> Result<Value> {
        let value = row.text(*at)?.into();
        *at += 1;
        Ok(value)
    }
}
