//! A person has one primary position among those held now, and the contact tells it.

use base::{Id, Result, Value};
use kernel::record::{self, Change};
use kernel::{Ctx, Draft, Record, Rule};
use store::Tx;

use crate::contact::employer::{MIRRORED, held};

pub struct OnePrimary;

impl Rule for OnePrimary {
    fn object(&self) -> &'static str {
        "position"
    }

    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let (from, until) = (draft.get("started_on").as_date(), draft.get("ended_on").as_date());
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            draft.problem("ended_on", "order", "It ends before it began");
        }
        if !draft.get("ended_on").is_null() {
            draft.set("primary", false);
        } else if draft.is_new() && !draft.is_written("primary") {
            let is_first = match draft.get("contact").as_id() {
                Some(contact) => held(ctx, tx, contact)?.is_empty(),
                None => false,
            };
            draft.set("primary", is_first);
        }
        Ok(())
    }

    fn after(&self, ctx: &Ctx, tx: &mut Tx, change: &Change) -> Result<()> {
        let position = &change.after;
        let Some(contact) = position.link("contact") else { return Ok(()) };
        let is_primary = |p: &Record| p.flag("primary") && p.deleted_at.is_none();
        let was_primary = change.before.as_ref().is_some_and(is_primary);
        if is_primary(position) {
            release_others(ctx, tx, contact, position.id)?;
            return mirror(ctx, tx, contact, Some(position));
        }
        if was_primary { succeed(ctx, tx, contact, position) } else { Ok(()) }
    }
}

fn release_others(ctx: &Ctx, tx: &mut Tx, contact: Id, primary: Id) -> Result<()> {
    for other in held(ctx, tx, contact)? {
        if other.id != primary && other.flag("primary") {
            record::set(ctx, tx, "position", other.id, vec![("primary", Value::Bool(false))])?;
        }
    }
    Ok(())
}

/// The primary position ended: the latest of the others follows it, unless the contact already tells another employer.
fn succeed(ctx: &Ctx, tx: &mut Tx, contact: Id, ended: &Record) -> Result<()> {
    let Some(person) = record::find(ctx, tx, "contact", contact)? else { return Ok(()) };
    if person.link("company") != ended.link("company") {
        return Ok(());
    }
    match held(ctx, tx, contact)?.into_iter().find(|p| p.id != ended.id) {
        Some(next) if next.flag("primary") => mirror(ctx, tx, contact, Some(&next)),
        Some(next) => record::set(ctx, tx, "position", next.id, vec![("primary", Value::Bool(true))]).map(|_| ()),
        None => mirror(ctx, tx, contact, None),
    }
}

/// Writes company, title and department of the position to the contact, if they differ.
fn mirror(ctx: &Ctx, tx: &mut Tx, contact: Id, position: Option<&Record>) -> Result<()> {
    let Some(person) = record::find(ctx, tx, "contact", contact)? else { return Ok(()) };
    let value = |field: &str| position.map_or(Value::Null, |p| p.get(field).clone());
    let values: Vec<(&str, Value)> = MIRRORED.iter().map(|f| (*f, value(f))).filter(|(f, v)| person.get(f) != v).collect();
    if values.is_empty() {
        return Ok(());
    }
    record::set(ctx, tx, "contact", contact, values).map(|_| ())
}
