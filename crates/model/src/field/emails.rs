//! `emails`: the addresses of a person or company, one of them the primary (D7).

use base::{FieldProblem, Result, Value, text};
use serde_json::Value as Json;
use store::table::{Column, ColumnKind};
use store::{Param, Row};

use super::shared::{contact_row, list};
use super::{Context, ImportLocale, Kind, Params, Use, Wrong, email};
use crate::object::{Field, FieldType, Model};

const KEY: &str = "address";

pub struct Emails;

impl Kind for Emails {
    fn field_type(&self) -> FieldType {
        FieldType::Emails
    }
    fn accept(&self, field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        contact_row::accept(field, path, input, KEY, "anna@example.com", &|text, _| {
            Ok(email::address(text)?.map(|address| vec![(KEY, Value::Text(address))]))
        })
    }
    fn read_cell(&self, _field: &Field, _context: &Context<'_>, text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        let addresses: Result<Vec<Option<String>>, Wrong> = list::split(text, true).into_iter().map(email::cell).collect();
        let rows: Vec<Value> =
            addresses?.into_iter().flatten().map(|address| contact_row::fresh(vec![(KEY, Value::Text(address))], "work")).collect();
        Ok(contact_row::of(&rows, KEY))
    }
    fn write(&self, _field: &Field, value: &Value) -> Json {
        contact_row::write(value, KEY)
    }
    fn schema(&self, field: &Field, _model: &Model, using: Use) -> Json {
        contact_row::schema(KEY, email::schema(), using == Use::Write, list::most(field))
    }
    fn is_list(&self) -> bool {
        true
    }
    fn item_columns(&self, _field: &Field) -> Vec<Column> {
        let own = [Column::new(KEY, ColumnKind::Text).required(), Column::new("address__fold", ColumnKind::Text).required()];
        own.into_iter().chain(contact_row::columns()).collect()
    }
    fn item_indexed(&self, _field: &Field) -> Vec<String> {
        vec!["address__fold".to_string()]
    }
    fn store_item(&self, _field: &Field, item: &Value, out: &mut Params) {
        let address = item.part(KEY).as_text().unwrap_or_default();
        out.push((KEY.to_string(), Param::from(address)));
        out.push(("address__fold".to_string(), Param::Text(text::fold(address))));
        contact_row::store(item, out);
    }
    fn load_child(&self, _field: &Field, row: &Row<'_>, at: &mut usize) -> Result<Value> {
        let mut parts = vec![(KEY, row.text(*at)?.into())];
        *at += 2;
        parts.extend(contact_row::load(row, at)?);
        Ok(contact_row::fresh(parts, "work"))
    }
}
