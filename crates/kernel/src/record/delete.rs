//! To the bin, back from it, and gone for good.

use base::{Error, Id, Result};
use model::Object;
use store::{Sql, Tx};

use super::{Draft, Record, reading, write};
use crate::ctx::Ctx;
use crate::event;
use crate::role::{self, Right};

/// Moves a record to the bin; links to it stay and come back with it.
pub fn delete(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id) -> Result<Record> {
    let object = named(ctx, object)?.clone();
    let before = reading::for_change(ctx, tx, &object, id, Right::Delete)?;
    let mut draft = Draft::new(Some(before.clone()), before);
    for rule in ctx.engine.rules(&object.name) {
        rule.before_delete(ctx, tx, &mut draft)?;
    }
    draft.refuse()?;
    draft.record.deleted_at = Some(ctx.now());
    write::change(ctx, tx, &object, draft, None, event::DELETED)
}

/// Brings a record back from the bin.
pub fn restore(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id) -> Result<Record> {
    let object = named(ctx, object)?.clone();
    let before = reading::in_bin(ctx, tx, &object, id)?;
    super::access::require(ctx, tx, &object, &before, Right::Delete)?;
    let mut draft = Draft::new(Some(before.clone()), before);
    draft.record.deleted_at = None;
    super::validate::validate(ctx, tx, &object, &mut draft)?;
    draft.refuse()?;
    write::change(ctx, tx, &object, draft, None, event::RESTORED)
}

/// Removes a record and the values of its events for good; only an administrator may. The log keeps that it was.
pub fn purge(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id) -> Result<()> {
    let object = named(ctx, object)?.clone();
    ctx.require_administrator()?;
    let record = reading::find_any(ctx, tx, &object, id)?.ok_or_else(|| Error::not_found(format!("{} not found", object.label.en)))?;
    super::access::require(ctx, tx, &object, &record, Right::Delete)?;
    let mut draft = Draft::new(Some(record.clone()), record.clone());
    for rule in ctx.engine.rules(&object.name) {
        rule.before_delete(ctx, tx, &mut draft)?;
    }
    draft.refuse()?;
    // What was erased stays erased; the last event is written afterwards.
    let mut sql = Sql::new(tx.dialect());
    sql.push("update event_payload set changes = null where seq in (select rid from event where object = ");
    sql.bind(object.name.as_str());
    sql.push(" and record = ");
    sql.bind(id);
    sql.push(")");
    tx.execute(&sql)?;
    write::purge(ctx, tx, &object, &record)
}

fn named<'a>(ctx: &'a Ctx, object: &str) -> Result<&'a Object> {
    role::known(ctx, object)
}
