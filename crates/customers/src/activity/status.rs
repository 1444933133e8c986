//! Status, and the moment at which the activity happened in business (D1).

use base::Result;
use kernel::{Ctx, Draft, Rule};
use store::{Param, Sql, Tx};

use super::{due, zone_of};

/// Done and cancelled say themselves; what is planned is open until [`due::overdue_at`]. A past call that is written down
/// today stands in the timeline, the Pulse and the reports at its own date.
pub struct FollowsDates;

impl Rule for FollowsDates {
    fn object(&self) -> &'static str {
        "activity"
    }

    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let (done, cancelled) = (draft.get("done_at").as_instant(), draft.get("cancelled_at").as_instant());
        let is_planned = done.is_none() && cancelled.is_none();
        let zone = zone_of(ctx, tx, &draft.record)?;
        let overdue_at = if is_planned { due::overdue_at(draft, &zone) } else { None };
        let status = match (cancelled, done) {
            (Some(_), _) => "cancelled",
            (None, Some(_)) => "done",
            _ if overdue_at.is_some_and(|at| at <= ctx.now()) => "overdue",
            _ => "open",
        };
        draft.set("status", status);
        draft.set("overdue_at", overdue_at);
        if draft.changed("done_at") && done.is_some() {
            draft.occurred_at = done;
            stamp_phase(tx, draft)?;
        }
        let is_mine = draft.get("owner").as_id() == ctx.user_id();
        if draft.changed("owner") && !is_mine && !draft.is_written("assigned_by") {
            draft.set("assigned_by", ctx.user_id());
        }
        Ok(())
    }
}

/// The life-cycle phase of the first contact it is about, as it is now.
fn stamp_phase(tx: &mut Tx, draft: &mut Draft) -> Result<()> {
    let contact = draft.get("about").as_list().iter().find(|i| i.part("object").as_text() == Some("contact"));
    let Some(id) = contact.and_then(|i| i.part("id").as_id()) else { return Ok(()) };
    let sql = Sql::fill(tx.dialect(), "select phase from contact where id = ?1", [Param::from(id)]);
    let phase = tx.first(&sql, |row| Ok(row.text(0)?.map(str::to_string)))?.flatten();
    draft.set("phase", phase);
    Ok(())
}
