//! `phones`: the numbers of a person or company, one of them the primary (D7).

use base::{FieldProblem, Result, Value, text};
use serde_json::{Map, Value as Json};
use store::table::{Column, ColumnKind};
use store::{Param, Row};

use super::phone::{self, read_phone};
use super::shared::{clean, contact_row, list};
use super::{Context, ImportLocale, Kind, Params, Use, Wrong, column};
use crate::object::{Field, FieldType, Model};

const KEY: &str = "number";

pub struct Phones;

impl Kind for Phones {
    fn field_type(&self) -> FieldType {
        FieldType::Phones
    }
    fn accept(&self, field: &Field, context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        contact_row::accept(field, path, input, KEY, "+39 02 1234567", &|text, members| parts(text, raw(members)?, context.country))
    }
    fn read_cell(&self, _field: &Field, context: &Context<'_>, text: &str, locale: &ImportLocale) -> Result<Value, Wrong> {
        let country = locale.country.as_deref().unwrap_or(context.country);
        let numbers: Result<Vec<_>, Wrong> = list::split(text, true).into_iter().map(|item| parts(item, None, country)).collect();
        let rows: Vec<Value> = numbers?.into_iter().flatten().map(|parts| contact_row::fresh(parts, "work")).collect();
        Ok(contact_row::of(&rows, KEY))
    }
    fn write(&self, _field: &Field, value: &Value) -> Json {
        contact_row::write(value, KEY)
    }
    fn schema(&self, field: &Field, _model: &Model, using: Use) -> Json {
        contact_row::schema(KEY, phone::schema(), using == Use::Write, list::most(field))
    }
    fn is_list(&self) -> bool {
        true
    }
    fn item_columns(&self, _field: &Field) -> Vec<Column> {
        let own = [
            Column::new(KEY, ColumnKind::Text).required(),
            Column::new("raw", ColumnKind::Text),
            Column::new("digits", ColumnKind::Text).required(),
        ];
        own.into_iter().chain(contact_row::columns()).collect()
    }
    fn item_indexed(&self, _field: &Field) -> Vec<String> {
        vec![KEY.to_string()]
    }
    fn store_item(&self, _field: &Field, item: &Value, out: &mut Params) {
        let number = item.part(KEY).as_text().unwrap_or_default();
        out.push((KEY.to_string(), Param::from(number)));
        out.push(("raw".to_string(), column::param(None, item.part("raw"))));
        out.push(("digits".to_string(), Param::Text(text::digits(number))));
        contact_row::store(item, out);
    }
    fn load_child(&self, _field: &Field, row: &Row<'_>, at: &mut usize) -> Result<Value> {
        let mut parts = vec![(KEY, row.text(*at)?.into()), ("raw", row.text(*at + 1)?.into())];
        *at += 3;
        parts.extend(contact_row::load(row, at)?);
        Ok(contact_row::fresh(parts, "work"))
    }
}

/// What was typed once, sent back by a caller who changes something else.
fn raw(members: &Map<String, Json>) -> Result<Option<String>, Wrong> {
    match members.get("raw") {
        None | Some(Json::Null) => Ok(None),
        Some(raw) => clean::text(raw, "02 1234567").and_then(|raw| clean::line(raw, phone::LONGEST)),
    }
}

/// The number, and what was typed where it says more: an extension, a note in the number.
fn parts(text: &str, raw: Option<String>, country: &str) -> Result<Option<Vec<(&'static str, Value)>>, Wrong> {
    let Some(phone) = read_phone(text, country)? else { return Ok(None) };
    let raw = raw.or(phone.raw);
    Ok(Some(vec![(KEY, Value::Text(phone.number)), ("raw", raw.into())]))
}
