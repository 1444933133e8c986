//! Several values in one cell, and several cells in one value: e-mail addresses and phones, parts of an address.

use model::{Field, FieldType};
use serde_json::{Map, Value as Json, json};

/// Rows of `emails` or `phones`, also for what is written to their alias; the alias means the primary.
pub fn append(input: &mut Map<String, Json>, field: &Field, text: &str, kind: Option<&str>, split: Option<&str>) {
    let (list, part, primary) = match field.alias_of.as_deref().and_then(|a| a.split_once('.')) {
        Some((list, part)) => (list.to_string(), part, true),
        None if field.kind == FieldType::Emails => (field.name.clone(), "address", false),
        None => (field.name.clone(), "number", false),
    };
    for (index, item) in items(text, split, part == "address").into_iter().enumerate() {
        let address = item.rsplit_once('<').and_then(|(_, rest)| rest.strip_suffix('>')).map(str::to_string);
        let mut row = Map::new();
        row.insert(part.to_string(), address.unwrap_or(item).into());
        if let Some(kind) = kind {
            row.insert("kind".to_string(), kind.into());
        }
        if primary && index == 0 {
            row.insert("primary".to_string(), true.into());
        }
        push(input, &list, row.into());
    }
}

/// Several values in one cell.
pub fn items(text: &str, split: Option<&str>, comma: bool) -> Vec<String> {
    let parts: Vec<&str> = match split {
        Some(mark) if !mark.is_empty() => text.split(mark).collect(),
        _ => text.split(|c: char| matches!(c, ';' | '|' | '\n') || comma && c == ',').collect(),
    };
    parts.into_iter().map(str::trim).filter(|p| !p.is_empty()).map(str::to_string).collect()
}

/// Adds an item to a list; the primary one stands first.
pub fn push(input: &mut Map<String, Json>, list: &str, item: Json) {
    let items = input.entry(list.to_string()).or_insert_with(|| json!([]));
    if let Json::Array(items) = items {
        let first = item.get("primary").and_then(Json::as_bool) == Some(true);
        if first { items.insert(0, item) } else { items.push(item) }
    }
}

/// A part of an address, or of the one row that a table can fill.
pub fn put_part(input: &mut Map<String, Json>, field: &Field, part: &str, value: Json) {
    let whole = input.entry(field.name.clone()).or_insert_with(|| if field.kind == FieldType::Rows { json!([{}]) } else { json!({}) });
    let place = match whole {
        Json::Array(rows) => rows.first_mut(),
        other => Some(other),
    };
    if let Some(Json::Object(map)) = place {
        map.insert(part.to_string(), value);
    }
}
