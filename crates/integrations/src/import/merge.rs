//! What a row changes of a record that exists: lists grow, and what the row does not bring stays.

use std::collections::BTreeSet;

use base::{Id, Result};
use kernel::record::Record;
use model::{FieldType, Object, field};
use serde_json::{Map, Value as Json, json};
use store::{Param, Sql, Tx};

/// A file that brings one address does not take the others away, nor one part of a postal address the rest.
pub fn merge(object: &Object, before: &Record, input: &mut Map<String, Json>) {
    for (name, value) in input.iter_mut() {
        let Some(field) = object.field(name) else { continue };
        let known = field::kind(field.kind).write(field, before.get(name));
        match (field.kind, known, &mut *value) {
            (FieldType::Address, Json::Object(old), Json::Object(new)) => {
                for (part, value) in old {
                    new.entry(part).or_insert(value);
                }
            }
            (FieldType::Emails, Json::Array(old), Json::Array(new)) => join_rows(old, new, "address"),
            (FieldType::Phones, Json::Array(old), Json::Array(new)) => join_rows(old, new, "number"),
            _ => {}
        }
    }
}

/// The rows of the record, then those of the file that it lacks; a primary one of the file becomes the primary.
fn join_rows(old: Vec<Json>, new: &mut Vec<Json>, part: &str) {
    let form = |row: &Json| {
        let text = row.get(part).and_then(Json::as_str).unwrap_or_default();
        if part == "number" { base::text::digits(text) } else { base::text::fold(text) }
    };
    let is_same = |a: &Json, b: &Json| form(a) == form(b) || part == "number" && form(a).ends_with(&form(b)) && form(b).len() >= 7;
    let brought = std::mem::take(new);
    let primary = brought.iter().position(|r| r.get("primary").and_then(Json::as_bool) == Some(true));
    let chosen = primary.and_then(|at| brought.get(at)).cloned();
    new.extend(old);
    for row in brought {
        if !new.iter().any(|known| is_same(known, &row)) {
            new.push(row);
        }
    }
    if let Some(chosen) = chosen {
        for row in new.iter_mut() {
            let is_chosen = is_same(row, &chosen);
            if let Json::Object(map) = row {
                map.insert("primary".to_string(), is_chosen.into());
            }
        }
    }
}

/// All ids of other systems, if the row brings one that the record lacks.
pub fn external_ids(tx: &mut Tx, object: &Object, id: Id, brought: &[(String, String)]) -> Result<Option<Json>> {
    if brought.is_empty() {
        return Ok(None);
    }
    let sql = Sql::fill(
        tx.dialect(),
        "select system, external_id from external_id where record = ?1 and object = ?2",
        [Param::from(id), object.name.as_str().into()],
    );
    let text = |t: Option<&str>| t.unwrap_or_default().to_string();
    let mut known: Vec<(String, String)> = tx.all(&sql, |row| Ok((text(row.text(0)?), text(row.text(1)?))))?;
    let missing: BTreeSet<&(String, String)> = brought.iter().filter(|b| !known.contains(b)).collect();
    if missing.is_empty() {
        return Ok(None);
    }
    known.extend(missing.into_iter().cloned());
    Ok(Some(known.iter().map(|(system, id)| json!({"system": system, "id": id})).collect()))
}
