//! The door for a change.

use base::{Error, Id, Result, Value};
use model::Object;
use serde_json::{Map, Value as Json, json};
use store::Tx;

use super::normalise::{self, Fields};
use super::{Draft, Record, derive, reading, validate, write};
use crate::ctx::Ctx;
use crate::event;
use crate::role::Right;

/// Changes the named fields of a record.
///
/// `base_version` is the version that the caller saw: fields changed since then by somebody else to another value
/// are a `Conflict` with both values; disjoint changes merge.
pub fn update(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id, input: &Map<String, Json>, base_version: Option<i64>) -> Result<Record> {
    let model = ctx.model.clone();
    let object = model.object(object).ok_or_else(|| Error::not_found("There is no such object"))?;
    let before = reading::for_change(ctx, tx, object, id, Right::Update)?;
    let (mut fields, problems) = normalise::normalise(ctx, object, input);
    if let Some(seen) = base_version {
        merge(tx, object, &before, &mut fields, seen)?;
    }
    let mut draft = Draft::new(Some(before.clone()), before);
    draft.add_problems(problems);
    finish(ctx, tx, object, draft, fields)
}

/// Changes a record by a rule, an action or a reader: past access, through everything else.
pub fn set(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id, values: Vec<(&str, Value)>) -> Result<Record> {
    let model = ctx.model.clone();
    let object = model.object(object).ok_or_else(|| Error::not_found("There is no such object"))?;
    let before = reading::find(ctx, tx, &object.name, id)?.ok_or_else(|| Error::not_found(format!("{} not found", object.label.en)))?;
    let fields = Fields { values: values.into_iter().map(|(n, v)| (n.to_string(), v)).collect(), external_ids: None };
    finish(ctx, tx, object, Draft::new(Some(before.clone()), before), fields)
}

fn finish(ctx: &Ctx, tx: &mut Tx, object: &Object, mut draft: Draft, fields: Fields) -> Result<Record> {
    for (name, value) in fields.values {
        normalise::apply(object, &mut draft, &name, value);
    }
    for rule in ctx.engine.rules(&object.name) {
        rule.before(ctx, tx, &mut draft)?;
    }
    derive::derive(ctx, tx, object, &mut draft)?;
    validate::validate(ctx, tx, object, &mut draft)?;
    validate::external_ids(ctx, tx, object, &mut draft, fields.external_ids.as_deref())?;
    draft.refuse()?;
    write::change(ctx, tx, object, draft, fields.external_ids, event::UPDATED)
}

/// Three-way merge by the log: what others changed since the version seen, against what this write changes.
fn merge(tx: &mut Tx, object: &Object, now: &Record, fields: &mut Fields, seen: i64) -> Result<()> {
    if seen == now.version {
        return Ok(());
    }
    if seen > now.version || seen < 1 {
        return Err(Error::conflict(format!("Version {seen} is not one of this record; it is at {}", now.version)));
    }
    let theirs = event::of_record(tx, &object.name, now.id, seen)?;
    let mut conflicts = Vec::new();
    for (name, value) in &fields.values {
        let field = object.field(name);
        let target = field.and_then(|f| f.alias_of.as_deref()).map_or(name.as_str(), |a| a.split('.').next().unwrap_or(a));
        let id = object.field(target).map_or(target, |f| f.id.as_str());
        let Some(last) = theirs.iter().rev().find(|e| e.changed(id)) else { continue };
        let current = now.get(name);
        if current == value {
            continue;
        }
        let show = |v: &Value| field.map_or(Json::Null, |f| model::field::kind(f.kind).write(f, v));
        conflicts.push(json!({
            "field": name, "yours": show(value), "theirs": show(current),
            "by": last.actor.id.map(|i| i.to_string()), "at": last.occurred_at.to_string(), "version": last.version,
        }));
    }
    if conflicts.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = conflicts.iter().filter_map(|c| c.get("field").and_then(Json::as_str)).collect();
    let message = format!("Somebody else changed {} since you opened this", names.join(", "));
    Err(Error::conflict(message).with_extra(json!({"conflicts": conflicts, "version": now.version})))
}
