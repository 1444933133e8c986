//! Activities that a stage plans for every deal that comes there.

use base::{Id, Result, Value};
use kernel::record::{self, Change};
use kernel::{Ctx, Record, Rule};
use store::{Param, Sql, Tx};

use super::is_taken_as_is;

pub struct OnEntry;

impl Rule for OnEntry {
    fn object(&self) -> &'static str {
        "deal"
    }

    fn after(&self, ctx: &Ctx, tx: &mut Tx, change: &Change) -> Result<()> {
        let deal = &change.after;
        let is_undo = ctx.origin.as_ref().is_some_and(|o| o.kind == "undo");
        if !change.changed("stage") || deal.deleted_at.is_some() || is_undo || is_taken_as_is(ctx) || ctx.model.object("activity").is_none()
        {
            return Ok(());
        }
        let Some(id) = deal.link("stage") else { return Ok(()) };
        let Some(stage) = record::find(ctx, tx, "stage", id)? else { return Ok(()) };
        for row in stage.get("activities").as_list() {
            if !is_planned(tx, deal.id, id, row.part("subject").as_text().unwrap_or_default())? {
                plan(ctx, tx, deal, id, row)?;
            }
        }
        Ok(())
    }
}

/// A deal that comes back finds what was planned the first time.
fn is_planned(tx: &mut Tx, deal: Id, stage: Id, subject: &str) -> Result<bool> {
    let text = "select 1 from activity a join activity__about b on b.record = a.id
         where b.target = ?1 and a.stage = ?2 and a.subject = ?3 and a.deleted_at is null limit 1";
    let sql = Sql::fill(tx.dialect(), text, [Param::from(deal), stage.into(), subject.into()]);
    Ok(tx.first(&sql, |_| Ok(()))?.is_some())
}

fn plan(ctx: &Ctx, tx: &mut Tx, deal: &Record, stage: Id, row: &Value) -> Result<()> {
    let due = ctx.now().date_in(&ctx.workspace_zone()).plus_days(row.part("due_in_days").as_int().unwrap_or(0));
    let owner = Some(row.part("assignee")).filter(|v| !v.is_null()).unwrap_or_else(|| deal.get("owner"));
    let values = vec![
        ("kind", row.part("kind").clone()),
        ("subject", row.part("subject").clone()),
        ("due_on", Value::Date(due)),
        ("owner", owner.clone()),
        ("stage", Value::Id(stage)),
        ("about", crate::activity::about_one("deal", deal.id)),
    ];
    record::create_values(ctx, tx, "activity", values).map(|_| ())
}
