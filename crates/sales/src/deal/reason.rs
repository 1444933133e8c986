//! Why a deal ended: a lost one needs a reason of the list, and reasons go when they no longer hold.

use base::{Result, Value};
use kernel::{Ctx, Draft, Rule};
use store::Tx;

use super::{is_taken_as_is, turns};

const OF_LOSING: &[&str] = &["lost_reason", "lost_to", "recall_on"];

pub struct Why;

impl Rule for Why {
    fn object(&self) -> &'static str {
        "deal"
    }

    fn before(&self, ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let is_lost = draft.get("status").as_text() == Some("lost");
        let asks = turns(draft, "lost") || is_lost && draft.changed("lost_reason");
        if asks && draft.get("lost_reason").is_null() && !is_taken_as_is(ctx) {
            draft.problem("lost_reason", "required", "Say why the deal was lost");
        }
        if draft.is_new() || !draft.changed("status") {
            return Ok(());
        }
        let stale: Vec<&str> = match draft.get("status").as_text() {
            Some("won") => OF_LOSING.to_vec(),
            Some("lost") => vec!["won_reason"],
            _ => OF_LOSING.iter().copied().chain(["won_reason"]).collect(),
        };
        for field in stale.into_iter().filter(|f| !draft.is_written(f)).collect::<Vec<_>>() {
            draft.set(field, Value::Null);
        }
        Ok(())
    }
}
