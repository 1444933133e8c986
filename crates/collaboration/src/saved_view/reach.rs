//! Whom a view may be shared with, and its place among the others.

use base::Result;
use kernel::{Ctx, Draft, Rule};
use store::{Param, Sql, Tx};

/// Everyone's views are for managers and administrators to give; a team's for its members.
pub struct SharedWith;

impl Rule for SharedWith {
    fn object(&self) -> &'static str {
        "saved_view"
    }

    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if draft.get("owner").is_null() {
            draft.set("owner", ctx.user_id());
        }
        let shared = draft.get("shared_with").as_text();
        if draft.changed("shared_with") && shared == Some("everyone") && !ctx.manages() {
            draft.problem("shared_with", "forbidden", "Only managers and administrators give views to everyone");
        } else if draft.changed("shared_with") && shared == Some("team") && draft.get("team").is_null() && team(ctx, draft).is_none() {
            draft.problem("shared_with", "no_team", "You belong to no team");
        }
        if draft.changed("default_for_role") && !draft.get("default_for_role").is_null() && !ctx.is_administrator() {
            draft.problem("default_for_role", "forbidden", "Only an administrator sets the view that a role begins with");
        }
        if draft.is_new() && draft.get("position").is_null() {
            let text = "select max(position) from saved_view where object = ?1 and deleted_at is null";
            let object = draft.get("object").as_text().unwrap_or_default().to_string();
            let last = tx.first(&Sql::fill(tx.dialect(), text, [Param::from(object)]), |row| row.int(0))?.flatten();
            draft.set("position", last.map_or(0, |n| n.saturating_add(1)));
        }
        Ok(())
    }
}

/// The team that will be stamped beside the owner.
fn team(ctx: &Ctx, draft: &Draft) -> Option<base::Id> {
    let is_mine = draft.get("owner").as_id() == ctx.user_id();
    ctx.user.as_ref().filter(|_| is_mine).and_then(|u| u.team)
}
