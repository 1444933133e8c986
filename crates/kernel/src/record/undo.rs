//! Taking back everything that one request, import or run did.

use std::collections::{HashMap, HashSet};

use base::{Error, Id, Result};
use model::{FieldAccess, Object, field};
use serde_json::{Value as Json, json};
use store::Tx;

use super::normalise::Fields;
use super::{Draft, access, normalise, reading, validate, write};
use crate::ctx::{Ctx, Origin};
use crate::event::{self, Event};
use crate::role::{self, Right};

#[derive(Clone, Debug, Default)]
pub struct UndoOutcome {
    pub restored: usize,
    /// Records that were left as they are, with the reason.
    pub refused: Vec<Json>,
}

/// Restores the values from before, newest event first. A record that was changed since in the same fields is refused
/// with the reason, unless `force`; every other is restored. `NotFound` when the caller may see none of it; what he may
/// not see stays as it is and is not told.
pub fn undo(ctx: &Ctx, tx: &mut Tx, correlation: Id, force: bool) -> Result<UndoOutcome> {
    let all = event::of_correlation(tx, correlation)?;
    let events = seen(ctx, tx, all)?;
    if events.is_empty() {
        return Err(Error::not_found("There is nothing of that id to undo"));
    }
    let mut undoing = Undoing::new(correlation, force);
    undoing.take_back(ctx, tx, events.into_iter().rev().collect())?;
    Ok(undoing.outcome)
}

/// [`undo`] in steps of a few events, for work that was long: others write between them. Every step is a transaction.
#[derive(Clone, Debug)]
pub struct Undoing {
    correlation: Id,
    force: bool,
    /// The version of each record that the correlation left behind.
    last: HashMap<(String, Id), i64>,
    /// Records that are left as they are.
    stopped: HashSet<Id>,
    /// Number of the oldest event that was looked at.
    below: Option<i64>,
    pub outcome: UndoOutcome,
}

impl Undoing {
    pub fn new(correlation: Id, force: bool) -> Self {
        Undoing { correlation, force, last: HashMap::new(), stopped: HashSet::new(), below: None, outcome: UndoOutcome::default() }
    }

    /// Takes back the next events, at most `limit`, newest first; answers whether there may be more.
    pub fn step(&mut self, ctx: &Ctx, tx: &mut Tx, limit: i64) -> Result<bool> {
        let events = event::of_correlation_below(tx, self.correlation, self.below, limit)?;
        let Some(oldest) = events.last().map(|e| e.seq) else { return Ok(false) };
        self.below = Some(oldest);
        let events = seen(ctx, tx, events)?;
        self.take_back(ctx, tx, events)?;
        Ok(true)
    }

    fn take_back(&mut self, ctx: &Ctx, tx: &mut Tx, events: Vec<Event>) -> Result<()> {
        let mut ctx = ctx.clone();
        ctx.origin = Some(Origin { kind: "undo".to_string(), id: Some(self.correlation), name: None });
        for event in events.iter() {
            let known = *self.last.entry((event.object.clone(), event.record)).or_insert(event.version);
            if self.stopped.contains(&event.record) || !event.kind.starts_with("record.") {
                continue;
            }
            match tx.savepoint(|tx| one(&ctx, tx, event, known, self.force)) {
                Ok(()) => self.outcome.restored += 1,
                Err(error) if error.code() == base::Code::Internal || error.is_retryable() => return Err(error),
                Err(error) => {
                    self.stopped.insert(event.record);
                    let told = json!({"object": event.object, "id": event.record.to_string(), "reason": error.message()});
                    self.outcome.refused.push(told);
                }
            }
        }
        Ok(())
    }
}

/// The events of records that the caller may see. Of what was removed for good only an administrator may know.
fn seen(ctx: &Ctx, tx: &mut Tx, events: Vec<Event>) -> Result<Vec<Event>> {
    let model = ctx.model.clone();
    let mut seen = Vec::new();
    let mut known: HashMap<Id, bool> = HashMap::new();
    for event in events {
        let Some(object) = model.object(&event.object) else { continue };
        let is_seen = match known.get(&event.record) {
            Some(is_seen) => *is_seen,
            None => match reading::find_any(ctx, tx, object, event.record)? {
                Some(record) => access::may_read(ctx, tx, object, &record)?,
                None => ctx.is_administrator(),
            },
        };
        known.insert(event.record, is_seen);
        if is_seen {
            seen.push(event);
        }
    }
    Ok(seen)
}

/// `known` is the version that the correlation left behind: what came after it is somebody's later work.
fn one(ctx: &Ctx, tx: &mut Tx, event: &Event, known: i64, force: bool) -> Result<()> {
    let model = ctx.model.clone();
    let object = model.object(&event.object).ok_or_else(|| Error::not_found("There is no such object any more"))?;
    let not_found = || Error::not_found(format!("{} not found", object.label.en));
    let before = reading::find_any(ctx, tx, object, event.record)?.ok_or_else(not_found)?;
    let right = if event.kind == event::CREATED && !ctx.is_administrator() && before.created_by == ctx.user_id() {
        Right::Update
    } else {
        right(event)
    };
    access::require(ctx, tx, object, &before, right)?;
    refuse_fields(ctx, object, event)?;
    if !force {
        refuse_later_work(tx, object, event, known)?;
    }
    let mut draft = Draft::new(Some(before.clone()), before);
    match event.kind.as_str() {
        event::CREATED => draft.record.deleted_at = Some(ctx.now()),
        event::DELETED => draft.record.deleted_at = None,
        event::RESTORED => draft.record.deleted_at = Some(ctx.now()),
        event::UPDATED => put_back(ctx, object, &mut draft, event),
        _ => return Err(Error::conflict("What was removed for good cannot be brought back")),
    }
    let kind = match event.kind.as_str() {
        event::CREATED | event::RESTORED => event::DELETED,
        event::DELETED => event::RESTORED,
        _ => event::UPDATED,
    };
    if kind != event::DELETED {
        super::derive::derive(ctx, tx, object, &mut draft)?;
        validate::validate(ctx, tx, object, &mut draft)?;
        draft.refuse()?;
    }
    write::change(ctx, tx, object, draft, None, kind).map(|_| ())
}

fn right(event: &Event) -> Right {
    if event.kind == event::UPDATED { Right::Update } else { Right::Delete }
}

/// Undo is a write like any other: it changes no field that the caller may not write.
fn refuse_fields(ctx: &Ctx, object: &Object, event: &Event) -> Result<()> {
    let fields = event.changes.iter().filter_map(|c| object.fields.iter().find(|f| f.id == c.field));
    let closed = |f: &&model::Field| !f.computed && role::field_access(ctx, object, f) != FieldAccess::Write;
    match fields.filter(|_| event.kind == event::UPDATED).find(closed) {
        Some(field) if role::may_read_field(ctx, object, field) => Err(Error::forbidden(format!("You may not change {}", field.label.en))),
        Some(_) => Err(Error::forbidden("It changed something that you may not change")),
        None => Ok(()),
    }
}

fn refuse_later_work(tx: &mut Tx, object: &Object, event: &Event, known: i64) -> Result<()> {
    let later = event::of_record(tx, &object.name, event.record, known)?;
    let clash = later.iter().find(|l| {
        let is_undo = l.origin.as_ref().is_some_and(|o| o.kind == "undo" && o.id == Some(event.correlation));
        !is_undo && (event.kind != event::UPDATED || event.changes.iter().any(|c| l.changed(&c.field)))
    });
    match clash {
        Some(later) => Err(Error::conflict(format!("It was changed again at {}", later.recorded_at))),
        None => Ok(()),
    }
}

/// Every field of the event back to its value before.
fn put_back(ctx: &Ctx, object: &Object, draft: &mut Draft, event: &Event) {
    let settings = ctx.engine.settings();
    let context = field::Context { model: &ctx.model, currency: settings.currency, country: &settings.country };
    let mut fields = Fields::default();
    for change in &event.changes {
        let Some(field) = object.fields.iter().find(|f| f.id == change.field) else { continue };
        match field::kind(field.kind).parse(field, &context, &change.before) {
            Ok(value) => fields.values.push((field.name.clone(), value)),
            Err(problems) => draft.add_problems(problems),
        }
    }
    for (name, value) in fields.values {
        normalise::apply(object, draft, &name, value);
    }
}
