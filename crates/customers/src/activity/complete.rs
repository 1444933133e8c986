//! Done: when, with what outcome, and what comes next.

use base::{Error, Result, Value};
use kernel::{Action, Ctx, Input, Record, record};
use serde_json::{Value as Json, json};
use store::Tx;

use super::PLANNED;

/// Ends a planned activity. `next` plans the following one with the same people and owner, in the same correlation, so
/// that one undo takes both back.
pub struct Complete;

/// Fields of the next activity that `next` may give.
const NEXT: &[&str] = &["kind", "subject", "body", "due_on", "due_at", "owner"];

impl Action for Complete {
    fn name(&self) -> &'static str {
        "complete"
    }
    fn object(&self) -> &'static str {
        "activity"
    }
    fn label(&self) -> &'static str {
        "Complete"
    }
    fn icon(&self) -> &'static str {
        "check"
    }
    fn input(&self) -> &'static str {
        r#"
outcome = { type = "choice", help = "Whether somebody was reached decides what counts as a touch" }
done_at = { type = "instant", label = "Done", help = "Empty: now" }
duration_minutes = { type = "integer", label = "Minutes", min = 0, max = 100000 }
note = { type = "long_text", max = 100000, help = "Added to the text" }
next = { type = "rows", label = "What comes next", max = 1, parts = { kind = { type = "choice", label = "Kind", open = true, options = ["call", "meeting", { code = "email", label = "E-mail" }, "message", "letter", "task"] }, subject = { type = "text", label = "Subject", max = 300 }, body = { type = "long_text", label = "Text", max = 100000 }, due_on = { type = "date", label = "Due on" }, due_at = { type = "instant", label = "Due at" }, owner = { type = "user", label = "Owner" } } }
"#
    }
    fn when(&self) -> Option<&'static str> {
        Some(PLANNED)
    }
    /// Answers `{"next": id or null, "unplanned": [{"object", "id"}]}`: what was planned next, and what it was about that
    /// has no plan now.
    fn run(&self, ctx: &Ctx, tx: &mut Tx, activity: &Record, input: &Input) -> Result<Json> {
        let done_at = input.get("done_at").as_instant().unwrap_or_else(|| ctx.now());
        let mut values = vec![("done_at", Value::Instant(done_at)), ("snoozed_until", Value::Null)];
        for field in ["outcome", "duration_minutes"] {
            if input.has(field) {
                values.push((field, input.get(field).clone()));
            }
        }
        if let Some(note) = input.text("note").filter(|n| !n.trim().is_empty()) {
            let body = activity.text("body").map_or_else(|| note.to_string(), |before| format!("{before}\n\n{note}"));
            values.push(("body", Value::Text(body)));
        }
        record::set(ctx, tx, "activity", activity.id, values)?;
        let next = match input.get("next").as_list().first() {
            Some(plan) => Some(plan_next(ctx, tx, activity, plan)?.id.to_string()),
            None => None,
        };
        let unplanned = super::unplanned::after(ctx, tx, activity)?;
        Ok(json!({"next": next, "unplanned": unplanned}))
    }
}

fn plan_next(ctx: &Ctx, tx: &mut Tx, activity: &Record, plan: &Value) -> Result<Record> {
    if plan.part("due_on").is_null() && plan.part("due_at").is_null() {
        return Err(Error::field("next.due_on", "required", "Say when it is due"));
    }
    let direct = activity.get("about").as_list().iter().filter(|i| i.part("via").as_text() != Some("derived")).cloned();
    let about: Vec<Value> = direct.collect();
    let mut values: Vec<(&str, Value)> = NEXT.iter().map(|f| (*f, plan.part(f).clone())).filter(|(_, v)| !v.is_null()).collect();
    for (field, value) in [("kind", Value::from("task")), ("owner", activity.get("owner").clone())] {
        if plan.part(field).is_null() {
            values.push((field, value));
        }
    }
    values.push(("about", if about.is_empty() { Value::Null } else { Value::List(about) }));
    values.push(("parent", Value::Id(activity.id)));
    record::create_values(ctx, tx, "activity", values)
}
