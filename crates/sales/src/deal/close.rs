//! Won or lost, when and why.

use base::{Date, Error, Instant, Result, Value};
use kernel::{Action, Ctx, Input, Record, record};
use serde_json::{Value as Json, json};
use store::Tx;

/// What may be told with the end of a deal.
const TOLD: &[&str] = &["won_reason", "lost_reason", "lost_to", "close_note", "recall_on"];

/// Closes an open deal. The rules of stages and reasons hold as on any other write.
pub struct Close;

impl Action for Close {
    fn name(&self) -> &'static str {
        "close"
    }
    fn object(&self) -> &'static str {
        "deal"
    }
    fn label(&self) -> &'static str {
        "Close"
    }
    fn icon(&self) -> &'static str {
        "flag-check"
    }
    fn input(&self) -> &'static str {
        r#"
outcome = { type = "choice", required = true, fixed = true, options = [{ code = "won", hue = "pine" }, { code = "lost", hue = "sand" }] }
closed_at = { type = "date", label = "Closed on", default = "today" }
won_reason = { type = "choice", label = "Reason for winning" }
lost_reason = { type = "choice", label = "Reason for losing" }
lost_to = { type = "link", to = "company", label = "Lost to" }
close_note = { type = "long_text", label = "Note on closing", max = 10000 }
recall_on = { type = "date", label = "Come back on", help = "When a lost deal is worth another try" }
stage = { type = "link", to = "stage", help = "Only where a pipeline ends in several ways" }
"#
    }
    fn when(&self) -> Option<&'static str> {
        Some(r#"status == "open""#)
    }
    fn run(&self, ctx: &Ctx, tx: &mut Tx, deal: &Record, input: &Input) -> Result<Json> {
        let outcome = input.text("outcome").unwrap_or_default();
        let mut values = vec![("status", input.get("outcome").clone())];
        values.extend(TOLD.iter().filter(|f| input.has(f)).map(|f| (*f, input.get(f).clone())));
        if let Some(day) = input.get("closed_at").as_date() {
            values.push(("closed_at", Value::Instant(moment(ctx, deal, day)?)));
        }
        if let Some(stage) = input.link("stage") {
            values.push(("stage", Value::Id(stage)));
        }
        let closed = record::set(ctx, tx, "deal", deal.id, values)?;
        Ok(json!({"status": outcome, "closed_at": closed.get("closed_at").as_instant().map(|at| at.to_string())}))
    }
}

/// Today is now; another day is its noon in the workspace's zone, when nobody can take it for the day before or after.
fn moment(ctx: &Ctx, deal: &Record, day: Date) -> Result<Instant> {
    let zone = ctx.workspace_zone();
    if day == ctx.now().date_in(&zone) {
        return Ok(ctx.now());
    }
    if day < deal.created_at.date_in(&zone) && !ctx.set_origin {
        return Err(Error::field("closed_at", "before_begin", format!("The deal began on {}", deal.created_at.date_in(&zone))));
    }
    Ok(day.start_in(&zone).plus_micros(base::time::DAY_MICROS / 2))
}
