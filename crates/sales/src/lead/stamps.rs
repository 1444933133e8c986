//! When a lead was given to somebody, and when it reached each step of qualification.

use base::{Instant, Result};
use kernel::{Ctx, Draft, Rule};
use store::Tx;

const STEPS: &[(&str, &str)] = &[("mql", "mql_at"), ("sal", "sal_at"), ("sql", "sql_at")];

pub struct Stamps;

impl Rule for Stamps {
    fn object(&self) -> &'static str {
        "lead"
    }

    fn before(&self, ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let now = moment(ctx, draft);
        let given = draft.changed("owner") && !draft.get("owner").is_null();
        if given && !draft.is_written("assigned_at") {
            draft.set("assigned_at", now);
        }
        if !draft.changed("qualification") {
            return Ok(());
        }
        let reached = draft.get("qualification").as_text().and_then(|q| STEPS.iter().find(|(step, _)| *step == q));
        if let Some((_, field)) = reached.filter(|(_, field)| draft.get(field).is_null()) {
            draft.set(field, now);
        }
        Ok(())
    }
}

/// A lead that is taken over from elsewhere was given away when it was made there.
fn moment(ctx: &Ctx, draft: &Draft) -> Instant {
    let made = draft.get("created_at").as_instant().filter(|_| draft.is_new());
    made.or(ctx.occurred_at).unwrap_or_else(|| ctx.now())
}
