//! Taking back everything that one request, import or run did.

use std::collections::HashMap;

use base::{Error, Id, Result};
use model::{FieldAccess, FieldType, Object, field};
use serde_json::{Value as Json, json};
use store::Tx;

use super::hanging::Hung;
use super::normalise::Fields;
use super::{Draft, Record, access, hanging, normalise, reading, validate, write};
use crate::ctx::{Ctx, Origin};
use crate::event::{self, Event};
use crate::role::{self, Right};

#[derive(Clone, Debug, Default)]
pub struct UndoOutcome {
    pub restored: usize,
    /// Records that were left as they are, with the reason.
    pub refused: Vec<Json>,
    /// What becomes of each record: its object, its id.
    pub fates: HashMap<(String, Id), Fate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was created, and goes to the bin.
    Gone,
    /// It was changed, and is what it was before.
    PutBack,
    /// It is left as it is.
    Stays,
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
    /// Nothing is written; what would be refused is told all the same.
    pub is_trial: bool,
    /// A record stays where others that the correlation did not bring hang on it.
    spares_used: bool,
    /// The version of each record that the correlation left behind.
    last: HashMap<(String, Id), i64>,
    /// Records that are left as they are, with the reason; those of which an earlier trial found so.
    stopped: HashMap<Id, String>,
    kept: HashMap<Id, String>,
    /// Number of the oldest event that was looked at.
    below: Option<i64>,
    pub outcome: UndoOutcome,
}

impl Undoing {
    pub fn new(correlation: Id, force: bool) -> Self {
        Undoing {
            correlation,
            force,
            is_trial: false,
            spares_used: false,
            last: HashMap::new(),
            stopped: HashMap::new(),
            kept: HashMap::new(),
            below: None,
            outcome: UndoOutcome::default(),
        }
    }

    /// Of work that others have built upon since: what they link to stays. A trial only tells what would become of each.
    pub fn sparing(correlation: Id, is_trial: bool) -> Self {
        Undoing { is_trial, spares_used: true, ..Undoing::new(correlation, false) }
    }

    /// Begins anew after a trial, whose records that stay do so from the first event on, with all their parts. A trial is
    /// to be repeated until [`Self::is_settled`]: what stays may hold others.
    #[must_use]
    pub fn anew(self, is_trial: bool) -> Self {
        Undoing { kept: self.stopped, ..Undoing::sparing(self.correlation, is_trial) }
    }

    /// Did a trial find nothing more that stays than the one before it?
    pub fn is_settled(&self) -> bool {
        self.stopped.len() == self.kept.len()
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
        let hung = if self.spares_used { hung(&ctx, tx, &events)? } else { HashMap::new() };
        for event in events.iter() {
            let known = *self.last.entry((event.object.clone(), event.record)).or_insert(event.version);
            if self.stopped.contains_key(&event.record) || !event.kind.starts_with("record.") {
                continue;
            }
            let key = (event.object.clone(), event.record);
            let is_gone = |h: &&Hung| self.outcome.fates.get(&(h.object.clone(), h.record)) == Some(&Fate::Gone);
            let used = hung.get(&event.record).and_then(|all| all.iter().find(|h| !is_gone(h)));
            let done = match used.filter(|_| event.kind == event::CREATED) {
                _ if self.kept.contains_key(&event.record) => {
                    Err(Error::conflict(self.kept.get(&event.record).cloned().unwrap_or_default()))
                }
                Some(used) => Err(in_use(&ctx, used)),
                None if belongs(&ctx, tx, event, &self.kept)? => Err(Error::conflict("It belongs to a record that stays")),
                None if self.is_trial => check(&ctx, tx, event, known, self.force).map(|_| ()),
                None => tx.savepoint(|tx| one(&ctx, tx, event, known, self.force)),
            };
            match done {
                Ok(()) => {
                    self.outcome.restored += 1;
                    self.outcome.fates.insert(key, if event.kind == event::CREATED { Fate::Gone } else { Fate::PutBack });
                }
                Err(error) if error.code() == base::Code::Internal || error.is_retryable() => return Err(error),
                Err(error) => {
                    self.stopped.insert(event.record, error.message().to_string());
                    self.outcome.fates.insert(key, Fate::Stays);
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

/// What hangs on the records that some events created.
fn hung(ctx: &Ctx, tx: &mut Tx, events: &[Event]) -> Result<HashMap<Id, Vec<Hung>>> {
    let mut created: HashMap<&str, Vec<Id>> = HashMap::new();
    for event in events.iter().filter(|e| e.kind == event::CREATED) {
        created.entry(event.object.as_str()).or_default().push(event.record);
    }
    let mut all: HashMap<Id, Vec<Hung>> = HashMap::new();
    for (object, ids) in created {
        let Some(object) = ctx.model.object(object) else { continue };
        for one in hanging::hung(ctx, tx, object, &ids)? {
            all.entry(one.on).or_default().push(one);
        }
    }
    Ok(all)
}

/// Is it a part of a record that stays, as the lines of a deal are?
fn belongs(ctx: &Ctx, tx: &mut Tx, event: &Event, kept: &HashMap<Id, String>) -> Result<bool> {
    let Some(object) = ctx.model.object(&event.object).filter(|o| o.nav.is_none() && !kept.is_empty()) else { return Ok(false) };
    let Some(record) = reading::find_any(ctx, tx, object, event.record)? else { return Ok(false) };
    let mut whole = object.fields.iter().filter(|f| f.required && f.kind == FieldType::Link).filter_map(|f| record.link(&f.name));
    Ok(whole.any(|id| kept.contains_key(&id)))
}

fn in_use(ctx: &Ctx, used: &Hung) -> Error {
    let label = ctx.model.object(&used.object).map_or_else(|| used.object.clone(), |o| o.label.en.to_lowercase());
    Error::conflict(format!("Something was added to it since: {label}"))
}

/// Whether an event may be taken back, with the record as it is. `known` is the version that the correlation left
/// behind: what came after it is somebody's later work.
fn check(ctx: &Ctx, tx: &mut Tx, event: &Event, known: i64, force: bool) -> Result<Record> {
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
    Ok(before)
}

fn one(ctx: &Ctx, tx: &mut Tx, event: &Event, known: i64, force: bool) -> Result<()> {
    let before = check(ctx, tx, event, known, force)?;
    let model = ctx.model.clone();
    let object = model.object(&event.object).ok_or_else(|| Error::not_found("There is no such object any more"))?;
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
