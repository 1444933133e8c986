//! Later.

use base::{Error, Result, Value};
use kernel::{Action, Ctx, Input, Record, record};
use serde_json::{Value as Json, json};
use store::Tx;

use super::{PLANNED, zone_of};

/// Moves the due date: today's list, next activity, board and overdue follow at once, and `snoozed_until` remembers that
/// it was put off. What has an hour keeps having one; what is due by day stays so.
pub struct Snooze;

impl Action for Snooze {
    fn name(&self) -> &'static str {
        "snooze"
    }
    fn object(&self) -> &'static str {
        "activity"
    }
    fn label(&self) -> &'static str {
        "Snooze"
    }
    fn icon(&self) -> &'static str {
        "clock-pause"
    }
    fn input(&self) -> &'static str {
        r#"until = { type = "instant", label = "Until", required = true }"#
    }
    fn when(&self) -> Option<&'static str> {
        Some(PLANNED)
    }
    fn run(&self, ctx: &Ctx, tx: &mut Tx, activity: &Record, input: &Input) -> Result<Json> {
        let until = input.get("until").as_instant().unwrap_or_else(|| ctx.now());
        if until <= ctx.now() {
            return Err(Error::field("until", "past", "Choose a moment that is still to come"));
        }
        let day = until.date_in(&zone_of(ctx, tx, activity)?);
        let mut values = vec![("snoozed_until", Value::Instant(until)), ("due_on", Value::Date(day))];
        if activity.has("due_at") {
            values.push(("due_at", Value::Instant(until)));
        }
        record::set(ctx, tx, "activity", activity.id, values)?;
        Ok(json!({"due_on": day.to_string()}))
    }
}
