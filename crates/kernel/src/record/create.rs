//! The door for a new record.

use base::{Id, Result, Value};
use serde_json::{Map, Value as Json};
use store::Tx;

use super::normalise::{self, Fields};
use super::{Draft, Record, derive, validate, write};
use crate::ctx::Ctx;
use crate::{event, role};

/// Creates a record from what a caller sent. Everything wrong is told at once; `Forbidden` without the right.
pub fn create(ctx: &Ctx, tx: &mut Tx, object: &str, input: &Map<String, Json>) -> Result<Record> {
    let model = ctx.model.clone();
    let object = role::known(ctx, object).map(|o| o.name.clone())?;
    let object = model.object(&object).ok_or_else(|| base::Error::not_found("There is no such object"))?;
    role::require_create(ctx, object)?;
    let (fields, problems) = normalise::normalise(ctx, object, input);
    let mut draft = Draft::new(None, blank(ctx, &object.name));
    draft.add_problems(problems);
    finish(ctx, tx, draft, fields)
}

/// Creates a record from values that are already checked: by rules, actions and importers.
pub fn create_values(ctx: &Ctx, tx: &mut Tx, object: &str, values: Vec<(&str, Value)>) -> Result<Record> {
    let fields = Fields { values: values.into_iter().map(|(n, v)| (n.to_string(), v)).collect(), external_ids: None };
    finish(ctx, tx, Draft::new(None, blank(ctx, object)), fields)
}

/// A record of the caller's without any value, as it is before anything is written.
pub fn blank(ctx: &Ctx, object: &str) -> Record {
    let now = ctx.now();
    Record {
        object: object.to_string(),
        id: if ctx.clock.is_some() { Id::at(now) } else { Id::new() },
        version: 1,
        created_at: now,
        created_by: ctx.user_id(),
        updated_at: now,
        updated_by: ctx.user_id(),
        deleted_at: None,
        values: Default::default(),
    }
}

fn finish(ctx: &Ctx, tx: &mut Tx, mut draft: Draft, fields: Fields) -> Result<Record> {
    let model = ctx.model.clone();
    let object = model.object(&draft.record.object).ok_or_else(|| base::Error::not_found("There is no such object"))?;
    for (name, value) in fields.values {
        normalise::apply(object, &mut draft, &name, value);
    }
    derive::defaults(ctx, object, &mut draft);
    for rule in ctx.engine.rules(&object.name) {
        rule.before(ctx, tx, &mut draft)?;
    }
    derive::derive(ctx, tx, object, &mut draft)?;
    validate::validate(ctx, tx, object, &mut draft)?;
    validate::external_ids(ctx, tx, object, &mut draft, fields.external_ids.as_deref())?;
    draft.refuse()?;
    write::insert(ctx, tx, object, draft, fields.external_ids, event::CREATED)
}
