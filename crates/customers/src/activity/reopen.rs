//! Not done after all.

use base::{Result, Value};
use kernel::{Action, Ctx, Input, Record, record};
use serde_json::{Value as Json, json};
use store::Tx;

/// Back among the planned ones, with its due date as it was; what was said of the outcome goes.
pub struct Reopen;

impl Action for Reopen {
    fn name(&self) -> &'static str {
        "reopen"
    }
    fn object(&self) -> &'static str {
        "activity"
    }
    fn label(&self) -> &'static str {
        "Reopen"
    }
    fn icon(&self) -> &'static str {
        "arrow-back-up"
    }
    fn when(&self) -> Option<&'static str> {
        Some(r#"status in ["done", "cancelled"]"#)
    }
    fn run(&self, ctx: &Ctx, tx: &mut Tx, activity: &Record, _input: &Input) -> Result<Json> {
        let values = vec![("done_at", Value::Null), ("cancelled_at", Value::Null), ("outcome", Value::Null)];
        record::set(ctx, tx, "activity", activity.id, values)?;
        Ok(json!({}))
    }
}
