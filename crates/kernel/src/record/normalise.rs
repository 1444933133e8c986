//! From what a caller sent to values of fields: names resolved, types parsed, everything wrong noted at once.

use base::{FieldProblem, Result, Value};
use model::field;
use model::nearest::nearest;
use model::{Field, FieldAccess, Object};
use serde_json::{Map, Value as Json};

use crate::ctx::Ctx;
use crate::role;

/// Checked input: values by field name in the caller's order, and ids of other systems.
#[derive(Default)]
pub struct Fields {
    pub values: Vec<(String, Value)>,
    pub external_ids: Option<Vec<(String, String)>>,
}

/// Members that an item of the interface carries and a caller may send back unchanged; they are not written.
const ECHOED: &[&str] = &["id", "version", "updated_at", "updated_by", "deleted_at", "hidden", "merged_from"];

/// Beyond so many problems nobody reads a guess at what was meant.
const GUESSES: usize = 200;

pub fn normalise(ctx: &Ctx, object: &Object, input: &Map<String, Json>) -> (Fields, Vec<FieldProblem>) {
    let mut fields = Fields::default();
    let mut problems = Vec::new();
    for (name, json) in input {
        if ECHOED.contains(&name.as_str()) {
            continue;
        }
        if name == "external_ids" {
            match external_ids(json) {
                Ok(ids) => fields.external_ids = Some(ids),
                Err(problem) => problems.push(problem),
            }
            continue;
        }
        match one(ctx, object, name, json) {
            None if problems.len() < GUESSES => problems.push(unknown(ctx, object, name)),
            None => problems.push(no_such_field(object, name, "")),
            Some(Ok(value)) => fields.values.push((name.clone(), value)),
            Some(Err(found)) => problems.extend(found),
        }
    }
    (fields, problems)
}

/// Absent where the caller knows no such field.
fn one(ctx: &Ctx, object: &Object, name: &str, json: &Json) -> Option<Result<Value, Vec<FieldProblem>>> {
    let field = object.field(name).filter(|f| role::may_read_field(ctx, object, f))?;
    if let Some(problem) = not_writable(ctx, object, field) {
        return Some(Err(vec![problem]));
    }
    let settings = ctx.engine.settings();
    let context = field::Context { model: &ctx.model, currency: settings.currency, country: &settings.country };
    Some(field::kind(field.kind).parse(field, &context, json))
}

fn not_writable(ctx: &Ctx, object: &Object, field: &Field) -> Option<FieldProblem> {
    if field.origin && ctx.set_origin || role::field_access(ctx, object, field) == FieldAccess::Write {
        return None;
    }
    let message = match (field.computed, &field.formula) {
        (true, Some(formula)) => format!("{} is computed ({formula}) and cannot be written", field.label.en),
        (true, None) => format!("{} is kept by the system and cannot be written", field.label.en),
        _ => crate::message::not_yours(&ctx.language, field.label.in_language(&ctx.language)),
    };
    Some(FieldProblem::new(&field.name, "read_only", message))
}

/// "Unknown field" with the nearest name that the caller may read.
pub fn unknown(ctx: &Ctx, object: &Object, name: &str) -> FieldProblem {
    let names = object.fields.iter().filter(|f| role::may_read_field(ctx, object, f)).map(|f| f.name.as_str());
    let hint = nearest(name, names).map_or_else(String::new, |word| format!(" Did you mean \"{word}\"?"));
    no_such_field(object, name, &hint)
}

fn no_such_field(object: &Object, name: &str, hint: &str) -> FieldProblem {
    let name = base::text::shorten(name, 100);
    let message = format!("{} has no field \"{name}\".{hint}", object.label.en);
    FieldProblem::new(name, "unknown", message)
}

fn external_ids(json: &Json) -> Result<Vec<(String, String)>, FieldProblem> {
    let wrong = || FieldProblem::new("external_ids", "type", "Write a list of {\"system\": \"…\", \"id\": \"…\"}");
    let items = json.as_array().ok_or_else(wrong)?;
    let pair = |item: &Json| {
        let system = item.get("system").and_then(Json::as_str).map(str::trim).filter(|s| !s.is_empty() && s.len() <= 100)?;
        let id = item.get("id").and_then(Json::as_str).map(str::trim).filter(|s| !s.is_empty() && s.len() <= 300)?;
        Some((system.to_string(), id.to_string()))
    };
    items.iter().map(|item| pair(item).ok_or_else(wrong)).collect()
}

/// Puts a value where it belongs: aliases write into their part, everything else under its own name.
pub fn apply(object: &Object, draft: &mut super::Draft, name: &str, value: Value) {
    draft.written.push(name.to_string());
    let alias = object.field(name).and_then(|f| f.alias_of.clone());
    let Some(alias) = alias else {
        draft.set(name, value);
        return;
    };
    let (target, part) = alias.split_once('.').unwrap_or((alias.as_str(), ""));
    draft.written.push(target.to_string());
    let current = draft.get(target).clone();
    let next = match (current, part) {
        (list, "") => first_of_list(list, value),
        (Value::Map(mut map), part) => {
            if value.is_null() {
                map.remove(part);
            } else {
                map.insert(part.to_string(), value);
            }
            if map.is_empty() { Value::Null } else { Value::Map(map) }
        }
        (Value::List(rows), part) => primary_of_rows(rows, part, value),
        (_, part) if is_rows(object, target) => primary_of_rows(Vec::new(), part, value),
        (_, _) if value.is_null() => Value::Null,
        (_, part) => Value::Map([(part.to_string(), value)].into_iter().collect()),
    };
    draft.set(target, next);
}

fn is_rows(object: &Object, field: &str) -> bool {
    object.field(field).is_some_and(|f| matches!(f.kind, model::FieldType::Emails | model::FieldType::Phones | model::FieldType::Rows))
}

/// `domain` is the first of `domains`.
fn first_of_list(list: Value, value: Value) -> Value {
    let mut items = if let Value::List(items) = list { items } else { Vec::new() };
    items.retain(|item| *item != value);
    if value.is_null() {
        if !items.is_empty() {
            items.remove(0);
        }
    } else {
        items.insert(0, value);
    }
    list_or_absent(items)
}

/// An empty list is an absent one.
fn list_or_absent(items: Vec<Value>) -> Value {
    if items.is_empty() { Value::Null } else { Value::List(items) }
}

/// `email` writes the primary row of `emails`; absent removes it and the next row becomes primary.
fn primary_of_rows(mut rows: Vec<Value>, part: &str, value: Value) -> Value {
    let primary = rows.iter().position(|r| r.part("primary").as_bool() == Some(true)).unwrap_or(0);
    if value.is_null() {
        if primary < rows.len() {
            rows.remove(primary);
        }
        mark_primary(&mut rows, 0);
        return list_or_absent(rows);
    }
    let existing = rows.iter().position(|r| *r.part(part) == value);
    let at = match existing {
        Some(at) => at,
        None => {
            let fresh = Value::Map(
                [(part.to_string(), value), ("kind".to_string(), Value::from("work")), ("state".to_string(), Value::from("unknown"))]
                    .into(),
            );
            if primary < rows.len() {
                if let Some(slot) = rows.get_mut(primary) {
                    *slot = fresh;
                }
                primary
            } else {
                rows.push(fresh);
                0
            }
        }
    };
    mark_primary(&mut rows, at);
    Value::List(rows)
}

fn mark_primary(rows: &mut [Value], primary: usize) {
    for (i, row) in rows.iter_mut().enumerate() {
        if let Value::Map(map) = row {
            map.insert("primary".to_string(), Value::Bool(i == primary));
        }
    }
}

/// The value of an alias, read from the field it stands for.
pub fn alias_value(values: &std::collections::BTreeMap<String, Value>, alias: &str) -> Value {
    let (target, part) = alias.split_once('.').unwrap_or((alias, ""));
    match values.get(target) {
        Some(Value::List(items)) if part.is_empty() => items.first().cloned().unwrap_or_default(),
        Some(Value::List(rows)) => {
            let primary = rows.iter().find(|r| r.part("primary").as_bool() == Some(true)).or_else(|| rows.first());
            primary.map(|r| r.part(part).clone()).unwrap_or_default()
        }
        Some(map @ Value::Map(_)) => map.part(part).clone(),
        _ => Value::Null,
    }
}
