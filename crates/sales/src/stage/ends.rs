//! A pipeline keeps a way to win and a way to lose, and no deal is left in a stage that is gone.

use base::{Id, Number, Result};
use kernel::{Ctx, Draft, Rule};
use store::{Param, Sql, Tx};

use super::{ENDS, deals_in};
use crate::pipeline;

pub struct KeepsEnds;

impl Rule for KeepsEnds {
    fn object(&self) -> &'static str {
        "stage"
    }

    fn before(&self, _ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if let (Some(pipeline), true) = (draft.get("pipeline").as_id(), draft.get("position").is_null()) {
            let last = pipeline::next_position(tx, "stage", Some(("pipeline", pipeline)))?;
            draft.set("position", last);
        }
        settle_end(draft);
        let Some(before) = draft.before.clone() else { return Ok(()) };
        if draft.changed("pipeline") {
            draft.problem("pipeline", "fixed", "A stage stays in its pipeline; make a new one there");
        }
        if draft.changed("kind") && deals_in(tx, before.id, false)? > 0 {
            draft.problem("kind", "in_use", "There are deals in this stage; their outcome would change with it");
        }
        let retires = before.flag("active") && !draft.record.flag("active");
        let open = if retires { deals_in(tx, before.id, true)? } else { 0 };
        if open > 0 {
            draft.problem("active", "in_use", format!("{open} open deals stand here; retire the stage and say where they go"));
        }
        if (retires || draft.changed("kind")) && is_last_end(tx, draft)? {
            let field = if retires { "active" } else { "kind" };
            draft.problem(field, "last", "A pipeline needs at least one stage for won and one for lost deals");
        }
        Ok(())
    }

    fn before_delete(&self, _ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if deals_in(tx, draft.record.id, false)? > 0 {
            draft.problem("active", "in_use", "Deals stand or ended here; retire the stage instead, and history stays readable");
        }
        if is_last_end(tx, draft)? {
            draft.problem("kind", "last", "A pipeline needs at least one stage for won and one for lost deals");
        }
        Ok(())
    }
}

/// Won is certain and lost is over.
fn settle_end(draft: &mut Draft) {
    let (chance, category) = match draft.get("kind").as_text() {
        Some("won") => (100, "closed"),
        Some("lost") => (0, "omitted"),
        _ => return,
    };
    draft.set("probability", Number::from_i64(chance));
    draft.set("forecast_category", category);
}

/// Was this the only active stage of its kind in an active pipeline?
fn is_last_end(tx: &mut Tx, draft: &Draft) -> Result<bool> {
    let Some(before) = &draft.before else { return Ok(false) };
    let (Some(kind), Some(pipeline)) = (before.text("kind").filter(|k| ENDS.contains(k)), before.link("pipeline")) else {
        return Ok(false);
    };
    let text = "select s.id from stage s join pipeline p on p.id = s.pipeline
         where s.pipeline = ?1 and s.kind = ?2 and s.active = ?3 and s.deleted_at is null and p.active = ?3 and p.deleted_at is null";
    let sql = Sql::fill(tx.dialect(), text, [Param::from(pipeline), kind.into(), true.into()]);
    let active: Vec<Id> = tx.all(&sql, |row| row.must_id(0))?;
    Ok(active == [before.id])
}
