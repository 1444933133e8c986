//! Worth another try.

use base::{Result, Value};
use kernel::{Action, Ctx, Input, Record, record};
use serde_json::{Value as Json, json};
use store::Tx;

/// Takes a disqualified or parked lead up again, for the one who does so when nobody owns it.
pub struct Requalify;

impl Action for Requalify {
    fn name(&self) -> &'static str {
        "requalify"
    }
    fn object(&self) -> &'static str {
        "lead"
    }
    fn label(&self) -> &'static str {
        "Take up again"
    }
    fn icon(&self) -> &'static str {
        "user-check"
    }
    fn when(&self) -> Option<&'static str> {
        Some(r#"status in ["disqualified", "nurturing"]"#)
    }
    fn run(&self, ctx: &Ctx, tx: &mut Tx, lead: &Record, _input: &Input) -> Result<Json> {
        let mut values = vec![("status", Value::from("working")), ("disqualify_reason", Value::Null), ("recall_on", Value::Null)];
        if let (false, Some(me)) = (lead.has("owner"), ctx.user_id()) {
            values.push(("owner", Value::Id(me)));
        }
        record::set(ctx, tx, "lead", lead.id, values)?;
        Ok(json!({"status": "working"}))
    }
}
