//! Of no use, and why.

use base::{Result, Value};
use kernel::{Action, Ctx, Input, Record, record};
use serde_json::{Value as Json, json};
use store::Tx;

/// Sets the lead aside with a reason of the list; a note is kept as an activity of its own.
pub struct Disqualify;

impl Action for Disqualify {
    fn name(&self) -> &'static str {
        "disqualify"
    }
    fn object(&self) -> &'static str {
        "lead"
    }
    fn label(&self) -> &'static str {
        "Disqualify"
    }
    fn icon(&self) -> &'static str {
        "user-off"
    }
    fn input(&self) -> &'static str {
        r#"
disqualify_reason = { type = "choice", label = "Reason for disqualifying", required = true }
recall_on = { type = "date", label = "Come back on" }
note = { type = "long_text", max = 10000 }
"#
    }
    fn when(&self) -> Option<&'static str> {
        Some(r#"!(status in ["converted", "disqualified"])"#)
    }
    fn run(&self, ctx: &Ctx, tx: &mut Tx, lead: &Record, input: &Input) -> Result<Json> {
        let values = vec![
            ("status", Value::from("disqualified")),
            ("disqualify_reason", input.get("disqualify_reason").clone()),
            ("recall_on", input.get("recall_on").clone()),
        ];
        record::set(ctx, tx, "lead", lead.id, values)?;
        if let Some(note) = input.text("note").filter(|n| !n.trim().is_empty()) {
            let values = vec![
                ("kind", Value::from("note")),
                ("body", Value::from(note)),
                ("owner", ctx.user_id().into()),
                ("about", crate::activity::about_one("lead", lead.id)),
            ];
            record::create_values(ctx, tx, "activity", values)?;
        }
        Ok(json!({"status": "disqualified"}))
    }
}
