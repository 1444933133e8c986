//! `rows`: child rows with declared parts, such as the participants of a meeting.

use std::collections::BTreeMap;

use base::{FieldProblem, Result, Value};
use serde_json::{Map, Value as Json, json};
use store::Row;
use store::table::Column;

use super::shared::clean::{self, quote};
use super::shared::{list, schema};
use super::{Context, ImportLocale, Kind, Params, Use, Wrong, kind};
use crate::nearest::nearest;
use crate::object::{Field, FieldType, Model};

pub struct Rows;

impl Kind for Rows {
    fn field_type(&self) -> FieldType {
        FieldType::Rows
    }
    fn accept(&self, field: &Field, context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let example = field.parts.first().map_or_else(String::new, |part| format!("[{{\"{}\": …}}]", part.name));
        list::accept(field, path, input, &example, |path, entry| row(field, context, path, entry))
    }
    fn read_cell(&self, field: &Field, _context: &Context<'_>, _text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        Err(Wrong::format(format!("{} are rows with parts; they are not read from one cell", field.label.en)))
    }
    fn write(&self, field: &Field, value: &Value) -> Json {
        let row = |row: &Value| {
            let parts = field.parts.iter().map(|part| (part.name.clone(), kind(part.kind).write(part, row.part(&part.name))));
            Json::Object(parts.collect::<Map<_, _>>())
        };
        Json::Array(value.as_list().iter().map(row).collect())
    }
    fn schema(&self, field: &Field, model: &Model, using: Use) -> Json {
        let parts: Map<String, Json> = field.parts.iter().map(|part| (part.name.clone(), schema::member(part, model, using))).collect();
        let required: Vec<&str> = field.parts.iter().filter(|part| part.required).map(|part| part.name.as_str()).collect();
        let mut row = json!({"type": "object", "properties": parts, "required": required});
        if let (Use::Write, Json::Object(map)) = (using, &mut row) {
            map.insert("additionalProperties".to_string(), json!(false));
        }
        schema::list(row, list::most(field))
    }
    fn is_list(&self) -> bool {
        true
    }
    fn item_columns(&self, field: &Field) -> Vec<Column> {
        field.parts.iter().flat_map(|part| kind(part.kind).columns(part)).collect()
    }
    fn item_indexed(&self, field: &Field) -> Vec<String> {
        let is_link = |part: &&Field| part.index || matches!(part.kind, FieldType::Link | FieldType::User | FieldType::File);
        field.parts.iter().filter(is_link).map(|part| part.id.clone()).collect()
    }
    fn store_item(&self, field: &Field, item: &Value, out: &mut Params) {
        for part in &field.parts {
            kind(part.kind).store(part, item.part(&part.name), out);
        }
    }
    fn load_child(&self, field: &Field, row: &Row<'_>, at: &mut usize) -> Result<Value> {
        let mut parts = BTreeMap::new();
        for part in &field.parts {
            let value = kind(part.kind).load(part, row, at)?;
            if !value.is_null() {
                parts.insert(part.name.clone(), value);
            }
        }
        Ok(Value::Map(parts))
    }
}

fn row(field: &Field, context: &Context<'_>, path: &str, entry: &Json) -> Result<Option<Value>, Vec<FieldProblem>> {
    let Some(members) = entry.as_object() else {
        return Err(Wrong::kind("Write an object in braces").at(path));
    };
    let mut parts = BTreeMap::new();
    let mut problems = Vec::new();
    for (name, input) in members {
        let Some(part) = field.parts.iter().find(|part| part.name == *name) else {
            let hint =
                nearest(name, field.parts.iter().map(|p| p.name.as_str())).map_or_else(String::new, |w| format!(" Did you mean \"{w}\"?"));
            problems.push(Wrong::new("unknown", format!("There is no part {}.{hint}", quote(name))).problem(&clean::below(path, name)));
            continue;
        };
        if input.is_null() {
            continue;
        }
        match kind(part.kind).accept(part, context, &format!("{path}.{name}"), input) {
            Ok(Value::Null) => {}
            Ok(value) => {
                parts.insert(name.clone(), value);
            }
            Err(found) => problems.extend(found),
        }
    }
    for part in field.parts.iter().filter(|part| part.required && !parts.contains_key(&part.name)) {
        let place = format!("{path}.{}", part.name);
        if !problems.iter().any(|p| p.field.starts_with(&place)) {
            problems.push(Wrong::new("required", format!("{} is required", part.label.en)).problem(&place));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(if parts.is_empty() { None } else { Some(Value::Map(parts)) })
}
