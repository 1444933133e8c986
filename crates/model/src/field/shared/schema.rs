//! Pieces of JSON Schema.

use serde_json::{Map, Value as Json, json};

use crate::field::{Use, kind};
use crate::object::{Field, Model};

/// A field as a member of its object.
pub fn member(field: &Field, model: &Model, using: Use) -> Json {
    let kind = kind(field.kind);
    let mut schema = kind.schema(field, model, using);
    let is_always = match using {
        Use::Read => kind.is_list(),
        Use::Write => field.required,
    };
    if !is_always {
        schema = nullable(schema);
    }
    if let Json::Object(map) = &mut schema {
        describe(field, map);
    }
    schema
}

fn describe(field: &Field, map: &mut Map<String, Json>) {
    map.insert("title".to_string(), json!(field.label.en));
    if !field.help.en.is_empty() {
        map.insert("description".to_string(), json!(field.help.en));
    }
    if field.computed {
        map.insert("readOnly".to_string(), json!(true));
    }
}

pub fn nullable(schema: Json) -> Json {
    let Json::Object(mut map) = schema else { return schema };
    match map.get_mut("type") {
        Some(Json::String(one)) => {
            let both = json!([one, "null"]);
            map.insert("type".to_string(), both);
            if let Some(Json::Array(codes)) = map.get_mut("enum") {
                codes.push(Json::Null);
            }
            Json::Object(map)
        }
        Some(_) => Json::Object(map),
        None => json!({"anyOf": [Json::Object(map), {"type": "null"}]}),
    }
}

pub fn text(longest: usize) -> Json {
    json!({"type": "string", "maxLength": longest})
}

pub fn id(to: Option<&str>) -> Json {
    let mut schema = json!({"type": "string", "format": "uuid"});
    if let (Json::Object(map), Some(to)) = (&mut schema, to) {
        map.insert("x-to".to_string(), json!(to));
    }
    schema
}

pub fn number(field: &Field, whole: bool) -> Json {
    let mut schema = json!({"type": if whole { "integer" } else { "number" }});
    if let Json::Object(map) = &mut schema {
        field.min.map(|min| map.insert("minimum".to_string(), json!(min)));
        field.max.map(|max| map.insert("maximum".to_string(), json!(max)));
    }
    schema
}

/// Codes of a choice; a shared list is named instead of written out, and an open field takes any.
pub fn code(field: &Field, model: &Model) -> Json {
    let codes: Vec<&str> = model.options(field).iter().map(|o| o.code.as_str()).collect();
    match &field.list {
        Some(list) => json!({"type": "string", "x-list": list}),
        None if field.open => json!({"type": "string", "maxLength": 100, "examples": codes}),
        None => json!({"type": "string", "enum": codes}),
    }
}

pub fn list(item: Json, most: usize) -> Json {
    json!({"type": "array", "items": item, "maxItems": most})
}
