//! It will not take place.

use base::{Result, Value};
use kernel::{Action, Ctx, Input, Record, record};
use serde_json::{Value as Json, json};
use store::Tx;

use super::PLANNED;

pub struct Cancel;

impl Action for Cancel {
    fn name(&self) -> &'static str {
        "cancel"
    }
    fn object(&self) -> &'static str {
        "activity"
    }
    fn label(&self) -> &'static str {
        "Cancel"
    }
    fn icon(&self) -> &'static str {
        "ban"
    }
    fn when(&self) -> Option<&'static str> {
        Some(PLANNED)
    }
    fn run(&self, ctx: &Ctx, tx: &mut Tx, activity: &Record, _input: &Input) -> Result<Json> {
        record::set(ctx, tx, "activity", activity.id, vec![("cancelled_at", Value::Instant(ctx.now()))])?;
        Ok(json!({}))
    }
}
