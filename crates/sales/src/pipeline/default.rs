//! One default pipeline of each object, and an order among all.

use base::{Id, Result, Value};
use kernel::record::{self, Change};
use kernel::{Ctx, Draft, Rule};
use store::{Param, Sql, Tx};

pub struct OneDefault;

impl Rule for OneDefault {
    fn object(&self) -> &'static str {
        "pipeline"
    }

    fn before(&self, _ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if draft.get("position").is_null() {
            let last = super::next_position(tx, "pipeline", None)?;
            draft.set("position", last);
        }
        let was_default = draft.before.as_ref().is_some_and(|b| b.flag("default"));
        let steps_down = was_default || draft.is_new();
        if !draft.record.flag("default") && steps_down && defaults(tx, draft)?.is_empty() {
            if was_default {
                draft.problem("default", "last", "There is always a default; make another pipeline the default instead");
            }
            draft.set("default", true);
        }
        if draft.record.flag("default") && !draft.record.flag("active") && draft.changed("active") {
            draft.problem("active", "default", "This is the default pipeline; make another one the default first");
        }
        let retires = draft.before.as_ref().is_some_and(|b| b.flag("active")) && !draft.record.flag("active");
        let open = if retires { super::retire::open_deals(tx, draft.record.id)?.len() } else { 0 };
        if open > 0 {
            draft.problem("active", "in_use", format!("{open} open deals are in this pipeline; retire it and say where they go"));
        }
        Ok(())
    }

    fn before_delete(&self, _ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let sql = Sql::fill(
            tx.dialect(),
            "select 1 from deal where pipeline = ?1 and deleted_at is null limit 1",
            [Param::from(draft.record.id)],
        );
        if tx.first(&sql, |_| Ok(()))?.is_some() {
            draft.problem("active", "in_use", "There are deals in this pipeline; retire it instead, and they stay readable");
        }
        if draft.record.flag("default") {
            draft.problem("default", "last", "This is the default pipeline; make another one the default first");
        }
        Ok(())
    }

    fn after(&self, ctx: &Ctx, tx: &mut Tx, change: &Change) -> Result<()> {
        if !change.changed("default") || !change.after.flag("default") {
            return Ok(());
        }
        for other in others(tx, change.after.id, change.after.text("object"))? {
            record::set(&ctx.as_system(), tx, "pipeline", other, vec![("default", Value::Bool(false))])?;
        }
        Ok(())
    }
}

fn defaults(tx: &mut Tx, draft: &Draft) -> Result<Vec<Id>> {
    others(tx, draft.record.id, draft.get("object").as_text())
}

/// Default pipelines of the same object beside this one.
fn others(tx: &mut Tx, than: Id, object: Option<&str>) -> Result<Vec<Id>> {
    let text = "select id from pipeline where deleted_at is null and \"default\" = ?1 and object = ?2 and id <> ?3";
    let sql = Sql::fill(tx.dialect(), text, [Param::from(true), object.unwrap_or("deal").into(), than.into()]);
    tx.all(&sql, |row| row.must_id(0))
}
