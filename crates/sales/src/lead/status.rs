//! What each status needs: `converted` comes by conversion alone, `disqualified` has a reason.

use base::{Result, Value};
use kernel::{Ctx, Draft, Rule};
use store::Tx;

pub struct Earned;

impl Rule for Earned {
    fn object(&self) -> &'static str {
        "lead"
    }

    fn before(&self, ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let status = draft.get("status").as_text().map(str::to_string);
        let is_converted = status.as_deref() == Some("converted");
        let was_converted = draft.old("status").as_text() == Some("converted");
        if ctx.is_import() {
            return Ok(());
        }
        if is_converted && !was_converted && draft.get("converted_at").is_null() {
            draft.problem("status", "by_action", "A lead becomes converted by the action Convert");
        }
        if was_converted && !is_converted {
            draft.problem("status", "by_action", "This lead was converted; undo the conversion instead");
        }
        if status.as_deref() == Some("disqualified") {
            if draft.get("disqualify_reason").is_null() {
                draft.problem("disqualify_reason", "required", "Say why the lead is of no use");
            }
        } else if draft.changed("status") && !draft.is_written("disqualify_reason") {
            draft.set("disqualify_reason", Value::Null);
        }
        Ok(())
    }
}
