//! `texts`: several short strings (D14), such as other names of a product.

use base::{FieldProblem, Result, Value, text};
use serde_json::Value as Json;
use store::table::{Column, ColumnKind};
use store::{Param, Row};

use super::shared::{clean, json, list, schema};
use super::{Context, ImportLocale, Kind, Params, Use, Wrong};
use crate::object::{Field, FieldType, Model};

/// Characters of one of them; `max` of the field counts the items.
const LONGEST: usize = 300;

pub struct Texts;

impl Kind for Texts {
    fn field_type(&self) -> FieldType {
        FieldType::Texts
    }
    fn accept(&self, field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        list::accept(field, path, input, "[\"one\", \"two\"]", |path, entry| {
            let text = clean::text(entry, "one").and_then(|text| clean::line(text, LONGEST));
            text.map(|text| text.map(Value::Text)).map_err(|wrong| wrong.at(path))
        })
    }
    fn read_cell(&self, _field: &Field, _context: &Context<'_>, text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        let texts: Result<Vec<Option<String>>, Wrong> =
            list::split(text, true).into_iter().map(|item| clean::cell(item, LONGEST)).collect();
        Ok(list::of(texts?.into_iter().flatten().map(Value::Text).collect()))
    }
    fn write(&self, _field: &Field, value: &Value) -> Json {
        json::list(value, json::of)
    }
    fn schema(&self, field: &Field, _model: &Model, _using: Use) -> Json {
        schema::list(schema::text(LONGEST), list::most(field))
    }
    fn is_list(&self) -> bool {
        true
    }
    fn item_columns(&self, _field: &Field) -> Vec<Column> {
        vec![Column::new("text", ColumnKind::Text).required(), Column::new("text__fold", ColumnKind::Text).required()]
    }
    fn item_indexed(&self, _field: &Field) -> Vec<String> {
        vec!["text__fold".to_string()]
    }
    fn store_item(&self, _field: &Field, item: &Value, out: &mut Params) {
        let written = item.as_text().unwrap_or_default();
        out.push(("text".to_string(), Param::from(written)));
        out.push(("text__fold".to_string(), Param::Text(text::fold(written))));
    }
    fn load_child(&self, _field: &Field, row: &Row<'_>, at: &mut usize) -> Result<Value> {
        let value = row.text(*at)?.into();
        *at += 2;
        Ok(value)
    }
}
