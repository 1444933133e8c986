//! What was done already when it was written down, and whether it counts as a touch (D10).

use base::{Result, Value};
use kernel::{Ctx, Draft, Rule};
use store::Tx;

/// A touch whenever done: something went from one side to the other.
pub const WRITTEN: &[&str] = &["email", "message", "letter", "form", "chat"];
/// A touch when somebody was reached.
const SPOKEN: &[&str] = &["call", "meeting"];
/// So far a caller's clock may be ahead of ours.
const AHEAD_MICROS: i64 = 10 * 60_000_000;

/// A note is done by being written; so is anything that has an outcome. A meeting that was done took place unless told
/// otherwise; of a call without an outcome nobody knows whether anyone answered, so that it is no touch.
pub struct Done;

impl Rule for Done {
    fn object(&self) -> &'static str {
        "activity"
    }

    fn before(&self, ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let now = ctx.now();
        if draft.is_new() && draft.get("done_at").is_null() && draft.get("cancelled_at").is_null() && is_told(draft) {
            let began = draft.get("starts_at").as_instant().filter(|at| *at <= now);
            draft.set("done_at", began.unwrap_or(now));
        }
        one_end(draft);
        match draft.get("done_at").as_instant().filter(|at| *at > now && draft.changed("done_at")) {
            Some(at) if at > now.plus_micros(AHEAD_MICROS) => {
                draft.problem("done_at", "future", "It cannot have been done in the future; leave it open and say when it is due");
            }
            Some(_) => draft.set("done_at", now),
            None => {}
        }
        let done = draft.get("done_at").as_instant();
        if done.is_some() && draft.get("outcome").is_null() && draft.get("kind").as_text() == Some("meeting") {
            draft.set("outcome", "held");
        }
        let touch = done.is_some() && is_touch(ctx, draft);
        draft.set("touch", touch);
        Ok(())
    }
}

/// Is a new activity told rather than planned?
fn is_told(draft: &Draft) -> bool {
    let has_plan = ["due_on", "due_at", "starts_at"].iter().any(|f| !draft.get(f).is_null());
    !draft.get("outcome").is_null() || draft.get("kind").as_text() == Some("note") && !has_plan
}

/// Done and cancelled exclude each other; the later word counts.
fn one_end(draft: &mut Draft) {
    if !draft.get("done_at").is_null() && !draft.get("cancelled_at").is_null() {
        let gone = if draft.changed("done_at") { "cancelled_at" } else { "done_at" };
        draft.set(gone, Value::Null);
    }
}

fn is_touch(ctx: &Ctx, draft: &Draft) -> bool {
    let kind = draft.get("kind").as_text().unwrap_or_default();
    WRITTEN.contains(&kind) || SPOKEN.contains(&kind) && is_reached(ctx, draft.get("outcome").as_text())
}

/// What the outcome means stands with the option, so that renamed and further outcomes count as their makers say (D8).
fn is_reached(ctx: &Ctx, outcome: Option<&str>) -> bool {
    let field = ctx.model.object("activity").and_then(|o| o.field("outcome"));
    let Some((field, outcome)) = field.zip(outcome) else { return false };
    ctx.model.options(field).iter().any(|o| o.code == outcome && o.means.as_deref() == Some("reached"))
}
