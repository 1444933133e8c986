//! `links`: several records of one object, or with `to = "any"` of any: `{object, id, via}` (D9).

use std::collections::BTreeMap;

use base::{FieldProblem, Result, Value};
use serde_json::{Value as Json, json};
use store::table::{Column, ColumnKind};
use store::{Param, Row};

use super::shared::clean::quote;
use super::shared::{json, list, schema};
use super::{Context, ImportLocale, Kind, Params, Use, Wrong, column, link};
use crate::nearest::nearest;
use crate::object::{Field, FieldType, Model};

const VIA: [&str; 2] = ["direct", "derived"];

pub struct Links;

fn is_any(field: &Field) -> bool {
    field.to.as_deref() == Some("any")
}

impl Kind for Links {
    fn field_type(&self) -> FieldType {
        FieldType::Links
    }
    fn accept(&self, field: &Field, context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        if !is_any(field) {
            return list::accept(field, path, input, "[\"id\", \"id\"]", |path, entry| {
                link::of_json(entry).map(|id| Some(id).filter(|id| !id.is_null())).map_err(|wrong| wrong.at(path))
            });
        }
        let value = list::accept(field, path, input, "[{\"object\": \"contact\", \"id\": \"…\"}]", |path, entry| {
            any(context.model, path, entry)
        })?;
        Ok(list::of(direct_first(value.as_list())))
    }
    fn read_cell(&self, field: &Field, _context: &Context<'_>, text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        if is_any(field) {
            return Err(Wrong::format("Links to records of any object are not read from a cell"));
        }
        let ids: Result<Vec<Value>, Wrong> = list::split(text, true).into_iter().map(|item| link::of_cell(field, item)).collect();
        ids.map(list::of)
    }
    fn write(&self, _field: &Field, value: &Value) -> Json {
        json::list(value, |item| match item {
            Value::Map(_) => json::parts(item, &["object", "id", "via"]),
            id => json::of(id),
        })
    }
    fn schema(&self, field: &Field, _model: &Model, using: Use) -> Json {
        let required = if using == Use::Read { json!(["object", "id", "via"]) } else { json!(["object", "id"]) };
        let item = if is_any(field) {
            json!({"type": "object", "required": required, "properties": {
                "object": {"type": "string"}, "id": schema::id(None), "via": {"type": "string", "enum": VIA},
            }})
        } else {
            schema::id(field.to.as_deref())
        };
        schema::list(item, list::most(field))
    }
    fn is_list(&self) -> bool {
        true
    }
    fn item_columns(&self, field: &Field) -> Vec<Column> {
        let mut columns = vec![Column::new("target", ColumnKind::Id).required()];
        if is_any(field) {
            columns.push(Column::new("object", ColumnKind::Text).required());
            columns.push(Column::new("via", ColumnKind::Text).required());
        }
        columns
    }
    fn item_indexed(&self, _field: &Field) -> Vec<String> {
        vec!["target".to_string()]
    }
    fn store_item(&self, field: &Field, item: &Value, out: &mut Params) {
        if !is_any(field) {
            out.push(("target".to_string(), column::param(None, item)));
            return;
        }
        out.push(("target".to_string(), column::param(None, item.part("id"))));
        out.push(("object".to_string(), column::param(None, item.part("object"))));
        out.push(("via".to_string(), Param::from(item.part("via").as_text().unwrap_or(VIA[0]))));
    }
    fn load_child(&self, field: &Field, row: &Row<'_>, at: &mut usize) -> Result<Value> {
        let i = *at;
        *at += self.item_columns(field).len();
        if !is_any(field) {
            return Ok(row.id(i)?.into());
        }
        Ok(item(row.id(i)?.into(), row.text(i + 1)?.into(), row.text(i + 2)?.into()))
    }
}

fn item(id: Value, object: Value, via: Value) -> Value {
    Value::Map(BTreeMap::from([("id".to_string(), id), ("object".to_string(), object), ("via".to_string(), via)]))
}

fn any(model: &Model, path: &str, entry: &Json) -> Result<Option<Value>, Vec<FieldProblem>> {
    let Some(members) = entry.as_object() else {
        return Err(Wrong::kind("Write {\"object\": \"contact\", \"id\": \"…\"}").at(path));
    };
    let mut problems = Vec::new();
    let mut member = |name: &str, read: Result<Value, Wrong>| match read {
        Ok(value) => value,
        Err(wrong) => {
            problems.push(wrong.problem(&format!("{path}.{name}")));
            Value::Null
        }
    };
    let name = members.get("object").and_then(Json::as_str).unwrap_or_default();
    let object = member("object", object(model, name));
    let id = match members.get("id") {
        Some(Json::String(text)) if !text.trim().is_empty() => link::of_json(&json!(text)),
        _ => Err(Wrong::new("required", "Write the id of a record in quotes")),
    };
    let id = member("id", id);
    let via = match members.get("via") {
        None | Some(Json::Null) => Ok(Value::from(VIA[0])),
        Some(Json::String(via)) if VIA.contains(&via.as_str()) => Ok(Value::from(via.as_str())),
        Some(_) => Err(Wrong::new("unknown", "Write \"direct\" or \"derived\", or leave it out")),
    };
    let via = member("via", via);
    if problems.is_empty() { Ok(Some(item(id, object, via))) } else { Err(problems) }
}

/// An object by its name, or by the plural of the interface.
fn object(model: &Model, name: &str) -> Result<Value, Wrong> {
    if let Some(object) = model.object(name).or_else(|| model.object_by_path(name)) {
        return Ok(Value::from(object.name.as_str()));
    }
    let hint = nearest(name, model.objects().iter().map(|o| o.name.as_str()));
    let remedy = hint.map_or_else(|| "write a name such as \"contact\"".to_string(), |word| format!("did you mean \"{word}\"?"));
    Err(Wrong::new("unknown", format!("{} is not an object; {remedy}", quote(name))))
}

/// One record once; where it stands both as direct and as derived, direct wins.
fn direct_first(items: &[Value]) -> Vec<Value> {
    let mut kept: Vec<Value> = Vec::with_capacity(items.len());
    for item in items {
        let same = |other: &&mut Value| other.part("id") == item.part("id") && other.part("object") == item.part("object");
        match kept.iter_mut().find(same) {
            Some(other) if item.part("via").as_text() == Some(VIA[0]) => *other = item.clone(),
            Some(_) => {}
            None => kept.push(item.clone()),
        }
    }
    kept
}
