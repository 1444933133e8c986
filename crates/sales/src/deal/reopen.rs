//! Not over after all.

use base::{Result, Value};
use kernel::{Action, Ctx, Input, Record, record};
use serde_json::{Value as Json, json};
use store::Tx;

/// Puts a closed deal back where it was last open, or at the stage given; date and reasons of its end go.
pub struct Reopen;

impl Action for Reopen {
    fn name(&self) -> &'static str {
        "reopen"
    }
    fn object(&self) -> &'static str {
        "deal"
    }
    fn label(&self) -> &'static str {
        "Reopen"
    }
    fn icon(&self) -> &'static str {
        "arrow-back-up"
    }
    fn input(&self) -> &'static str {
        r#"stage = { type = "link", to = "stage", help = "Empty: where it was last open" }"#
    }
    fn when(&self) -> Option<&'static str> {
        Some(r#"status != "open""#)
    }
    fn run(&self, ctx: &Ctx, tx: &mut Tx, deal: &Record, input: &Input) -> Result<Json> {
        let mut values = vec![("status", Value::from("open"))];
        if let Some(stage) = input.link("stage") {
            values.push(("stage", Value::Id(stage)));
        }
        let reopened = record::set(ctx, tx, "deal", deal.id, values)?;
        Ok(json!({"stage": reopened.link("stage").map(|id| id.to_string())}))
    }
}
