//! Where a deal stands: its stage belongs to its pipeline, and its status is the kind of its stage (D4).
//!
//! A caller may write any of the three. A stage of another pipeline moves the deal there; a pipeline alone puts it at the
//! pipeline's first stage; a status alone closes or reopens it. When two are written they must agree.

use base::{Id, Instant, Result, Value};
use kernel::{Ctx, Draft, Rule};
use store::Tx;

use super::is_taken_as_is;
use crate::stage::Stage;
use crate::{pipeline, stage};

pub struct Place;

impl Rule for Place {
    fn object(&self) -> &'static str {
        "deal"
    }

    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let Some(target) = target(ctx, tx, draft)? else { return Ok(()) };
        let Some(stage) = stage::read(tx, target)? else { return Ok(()) };
        agree(ctx, draft, &stage);
        draft.set("stage", stage.id);
        draft.set("pipeline", stage.pipeline);
        draft.set("status", stage.kind);
        if draft.changed("stage") {
            moved(ctx, draft);
        } else if draft.changed("closed_at") {
            check_closing(ctx, draft);
        }
        Ok(())
    }
}

/// The stage at which the deal is to stand; `None` when there is none to be found, which is told.
fn target(ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<Option<Id>> {
    if let Some(stage) = draft.get("stage").as_id().filter(|_| draft.changed("stage")) {
        return Ok(Some(stage));
    }
    if draft.changed("stage") && !draft.is_new() {
        draft.problem("stage", "required", "A deal always stands at a stage");
        return Ok(None);
    }
    let status = draft.get("status").as_text().map(str::to_string);
    let is_moved = draft.changed("pipeline");
    if draft.is_new() || is_moved {
        let pipeline = match draft.get("pipeline").as_id() {
            Some(pipeline) => pipeline,
            None => pipeline::for_new_deals(ctx, tx)?,
        };
        return enter(ctx, tx, draft, pipeline, status.as_deref().unwrap_or("open"));
    }
    if !draft.changed("status") {
        return Ok(draft.get("stage").as_id());
    }
    let Some(pipeline) = draft.get("pipeline").as_id() else { return Ok(None) };
    match status.as_deref() {
        Some("open") => back(ctx, tx, draft, pipeline),
        Some(end) => stage::first_or_end(ctx, tx, pipeline, end),
        None => Ok(draft.old("stage").as_id()),
    }
}

/// The first stage of a kind in a pipeline, which from now on can be won and lost in.
fn enter(ctx: &Ctx, tx: &mut Tx, draft: &mut Draft, pipeline: Id, kind: &str) -> Result<Option<Id>> {
    for end in stage::ENDS {
        stage::first_or_end(ctx, tx, pipeline, end)?;
    }
    let found = stage::first(tx, pipeline, kind)?;
    if found.is_none() {
        draft.problem("pipeline", "incomplete", "This pipeline has no open stage yet");
    }
    Ok(found)
}

/// Where it was before it was closed, or else the beginning.
fn back(ctx: &Ctx, tx: &mut Tx, draft: &mut Draft, pipeline: Id) -> Result<Option<Id>> {
    if let Some(last) = draft.get("last_open_stage").as_id() {
        let last = stage::read(tx, last)?;
        if let Some(last) = last.filter(|s| s.is_active && s.kind == "open" && s.pipeline == Some(pipeline)) {
            return Ok(Some(last.id));
        }
    }
    enter(ctx, tx, draft, pipeline, "open")
}

/// Two of the three that were written together must mean the same.
fn agree(ctx: &Ctx, draft: &mut Draft, stage: &Stage) {
    let wrote = |draft: &Draft, field: &str| draft.is_written(field) && draft.changed(field) && !draft.get(field).is_null();
    if wrote(draft, "pipeline") && draft.get("pipeline").as_id() != stage.pipeline {
        draft.problem("stage", "mismatch", "This stage belongs to another pipeline than the one given");
    }
    if wrote(draft, "status") && draft.get("status").as_text() != Some(stage.kind.as_str()) {
        draft.problem("status", "mismatch", format!("At the stage {} a deal is {}", stage.name, stage.kind));
    }
    if draft.changed("stage") && !stage.is_active && !is_taken_as_is(ctx) {
        draft.problem("stage", "retired", format!("The stage {} is retired; choose another", stage.name));
    }
}

/// What the move to another stage brings along: since when it stands there, where it was last open, when it was closed.
fn moved(ctx: &Ctx, draft: &mut Draft) {
    let is_open = draft.get("status").as_text() == Some("open");
    let was_open = draft.old("status").as_text() == Some("open");
    if is_open {
        draft.set("closed_at", Value::Null);
        draft.set("last_open_stage", Value::Null);
    } else {
        if !draft.is_written("closed_at") || draft.get("closed_at").is_null() {
            let closed = as_expected(ctx, draft).unwrap_or_else(|| moment(ctx));
            draft.set("closed_at", closed);
        }
        if was_open {
            let last = draft.old("stage").clone();
            draft.set("last_open_stage", last);
        }
        check_closing(ctx, draft);
    }
    if !draft.is_written("stage_since") || draft.get("stage_since").is_null() {
        let closed = draft.get("closed_at").as_instant();
        let origin = draft.get("created_at").as_instant().filter(|_| draft.is_new());
        draft.set("stage_since", closed.or(origin).unwrap_or_else(|| moment(ctx)));
    }
}

/// Closing happens at its own date, and not in the future.
fn check_closing(ctx: &Ctx, draft: &mut Draft) {
    let Some(closed) = draft.get("closed_at").as_instant() else { return };
    if closed.date_in(&ctx.workspace_zone()) > ctx.now().date_in(&ctx.workspace_zone()) {
        draft.problem("closed_at", "future", "A deal is closed today or was closed before");
    }
    if !draft.is_new() {
        draft.occurred_at = Some(closed);
    }
}

/// A file that tells one date for each deal means the day of the end where the deal has ended: noon of that day, unless it
/// lies ahead or before the deal began.
fn as_expected(ctx: &Ctx, draft: &Draft) -> Option<Instant> {
    let day = draft.get("expected_close").as_date().filter(|_| ctx.is_import() && draft.is_written("expected_close"))?;
    let zone = ctx.workspace_zone();
    let began = draft.get("created_at").as_instant().map(|at| at.date_in(&zone));
    let today = ctx.now().date_in(&zone);
    if day > today || began.is_some_and(|began| began > day) {
        return None;
    }
    Some(if day == today { ctx.now() } else { day.start_in(&zone).plus_micros(base::time::DAY_MICROS / 2) })
}

fn moment(ctx: &Ctx) -> Instant {
    ctx.occurred_at.unwrap_or_else(|| ctx.now())
}
