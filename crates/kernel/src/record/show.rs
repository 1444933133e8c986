//! A record as the interface shows it to the caller.

use base::{Result, Value};
use model::field;
use model::{FieldType, Object};
use serde_json::{Map, Value as Json, json};
use store::Tx;

use super::{Record, bin, reading, validate};
use crate::ctx::Ctx;
use crate::role;

/// A flat item: id, version, fields that the caller may read. Links to records that he may not see are null, with the
/// field named in `hidden`.
pub fn to_json(ctx: &Ctx, tx: &mut Tx, record: &Record) -> Result<Map<String, Json>> {
    let model = ctx.model.clone();
    let object = model.object(&record.object).ok_or_else(|| base::Error::not_found("There is no such object"))?;
    let mut map = Map::new();
    map.insert("id".into(), json!(record.id.to_string()));
    map.insert("version".into(), json!(record.version));
    map.insert("created_at".into(), json!(record.created_at.to_string()));
    map.insert("updated_at".into(), json!(record.updated_at.to_string()));
    let mut hidden = Vec::new();
    for field in object.fields.iter().filter(|f| f.kind != FieldType::Reverse && !map_has(f.name.as_str())) {
        if !role::may_read_field(ctx, object, field) {
            continue;
        }
        let value = record.get(&field.name);
        let (value, cut) = within_reach(ctx, tx, field, value)?;
        if cut {
            hidden.push(field.name.clone());
        }
        map.insert(field.name.clone(), field::kind(field.kind).write(field, &value));
    }
    if let Some(at) = record.deleted_at {
        map.insert("deleted_at".into(), json!(at.to_string()));
    }
    if !hidden.is_empty() {
        map.insert("hidden".into(), json!(hidden));
    }
    Ok(map)
}

fn map_has(name: &str) -> bool {
    matches!(name, "created_at" | "updated_at")
}

/// The value without links that the caller may not follow, and whether something was left out.
fn within_reach(ctx: &Ctx, tx: &mut Tx, field: &model::Field, value: &Value) -> Result<(Value, bool)> {
    if ctx.user.is_none() || ctx.is_administrator() {
        return Ok((value.clone(), false));
    }
    let targets = validate::targets(field, value);
    let mut unseen = Vec::new();
    for (to, id, _) in targets {
        let Some(target) = ctx.model.object(&to) else { continue };
        if reading::existing(ctx, tx, target, &[id])?.is_empty() && bin::binned(ctx, tx, target, &[id])?.is_empty() {
            unseen.push(id);
        }
    }
    if unseen.is_empty() {
        return Ok((value.clone(), false));
    }
    let is_unseen = |item: &Value| item.as_id().or_else(|| item.part("id").as_id()).is_some_and(|id| unseen.contains(&id));
    let shown = match value {
        Value::List(items) => Value::List(items.iter().filter(|i| !is_unseen(i)).cloned().collect()),
        _ => Value::Null,
    };
    Ok((shown, true))
}

/// The name of a record: its title field, else its number, else its id.
pub fn title(object: &Object, record: &Record) -> String {
    let named = record.text(&object.title).filter(|t| !t.is_empty()).map(str::to_string);
    named.or_else(|| record.get("number").as_int().map(|n| format!("#{n}"))).unwrap_or_else(|| record.id.to_string())
}
