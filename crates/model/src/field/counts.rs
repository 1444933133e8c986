//! `counts`: twelve weekly counts kept by a reader of the log (D10), the oldest first; absent means none at all.

use base::{FieldProblem, Result, Value};
use serde_json::{Value as Json, json};
use store::Row;
use store::table::ColumnKind;

use super::shared::list;
use super::{Context, ImportLocale, Kind, Params, Use, Wrong};
use crate::object::{Field, FieldType, Model};

const WEEKS: usize = 12;

pub struct Counts;

fn weeks(field: &Field) -> usize {
    field.max.and_then(|max| usize::try_from(max).ok()).unwrap_or(WEEKS)
}

impl Kind for Counts {
    fn field_type(&self) -> FieldType {
        FieldType::Counts
    }
    fn accept(&self, field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let counts = input.as_array().map(|items| items.iter().map(|n| n.as_i64().filter(|n| *n >= 0)).collect::<Option<Vec<i64>>>());
        match counts {
            Some(Some(counts)) if counts.len() <= weeks(field) && counts.iter().all(|n| *n == 0) => Ok(Value::Null),
            Some(Some(counts)) if counts.len() <= weeks(field) => Ok(Value::List(counts.into_iter().map(Value::Int).collect())),
            _ => Err(Wrong::kind(format!("Write a list of at most {} whole numbers from 0", weeks(field))).at(path)),
        }
    }
    fn read_cell(&self, field: &Field, _context: &Context<'_>, text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        let counts: Option<Vec<i64>> = list::split(text, true).into_iter().map(|n| n.parse().ok().filter(|n| *n >= 0)).collect();
        let counts = counts.filter(|counts| counts.len() <= weeks(field));
        counts
            .map(|counts| Value::List(counts.into_iter().map(Value::Int).collect()))
            .ok_or_else(|| Wrong::format("These are not weekly counts"))
    }
    fn write(&self, field: &Field, value: &Value) -> Json {
        match value {
            Value::List(counts) => Json::Array(counts.iter().map(|n| json!(n.as_int().unwrap_or(0))).collect()),
            _ => json!(vec![0; weeks(field)]),
        }
    }
    fn schema(&self, field: &Field, _model: &Model, _using: Use) -> Json {
        json!({"type": "array", "items": {"type": "integer", "minimum": 0}, "maxItems": weeks(field)})
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Text)
    }
    fn store(&self, field: &Field, value: &Value, out: &mut Params) {
        let counts: Vec<String> = value.as_list().iter().map(|n| n.as_int().unwrap_or(0).to_string()).collect();
        out.push((field.id.clone(), Some(counts.join(",")).filter(|text| !text.is_empty()).into()));
    }
    fn load(&self, _field: &Field, row: &Row<'_>, at: &mut usize) -> Result<Value> {
        let counts = row.text(*at)?.map(|text| Value::List(text.split(',').map(|n| Value::Int(n.parse().unwrap_or(0))).collect()));
        *at += 1;
        Ok(counts.unwrap_or_default())
    }
    fn render(&self, field: &Field, row: &Row<'_>, at: &mut usize, out: &mut Vec<u8>) -> Result<()> {
        match row.text(*at)? {
            Some(text) => {
                out.push(b'[');
                out.extend(text.bytes().filter(|b| b.is_ascii_digit() || *b == b','));
                out.push(b']');
            }
            None => self.write_json(field, &Value::Null, out),
        }
        *at += 1;
        Ok(())
    }
    fn sortable(&self) -> bool {
        false
    }
    fn filterable(&self) -> bool {
        false
    }
    fn groupable(&self) -> bool {
        false
    }
}
