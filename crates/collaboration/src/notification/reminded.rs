//! It is time: the owner of a planned activity hears of it when he asked to be reminded.

use base::{Id, Result};
use kernel::job::Every;
use kernel::{Ctx, Job, user};
use store::{Param, Sql, Tx};

use super::write;

/// Activities of one step, so that a transaction stays short.
const STEP: usize = 50;
/// Reminders of a time when nothing was running are told for so long.
const DAYS_BACK: i64 = 2;

pub struct Reminders;

impl Job for Reminders {
    fn name(&self) -> &'static str {
        "reminders"
    }
    fn every(&self) -> Every {
        Every::Moment
    }
    fn step(&self, ctx: &Ctx, tx: &mut Tx, after: Option<&str>) -> Result<Option<String>> {
        if ctx.model.object("activity").is_none() {
            return Ok(None);
        }
        let due = due(ctx, tx, after.and_then(|a| a.parse().ok()))?;
        for (id, owner, subject) in &due {
            if let Some(to) = user::load(tx, *owner)? {
                write(ctx, tx, &to, "reminder", subject.clone(), ("activity", *id), None)?;
            }
        }
        Ok(due.last().filter(|_| due.len() == STEP).map(|(id, ..)| id.to_string()))
    }
}

/// Planned activities whose moment has come and of which nobody was reminded since it was set.
fn due(ctx: &Ctx, tx: &mut Tx, after: Option<Id>) -> Result<Vec<(Id, Id, String)>> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select a.id, a.owner, a.subject from activity a where a.deleted_at is null and a.owner is not null");
    sql.push(" and a.overdue_at is not null and a.remind_at <= ").bind(ctx.now());
    sql.push(" and a.remind_at > ").bind(ctx.now().plus_days(-DAYS_BACK));
    sql.push(" and not exists (select 1 from notification__about b join notification n on n.id = b.record where b.target = a.id");
    sql.push(" and n.kind = ").bind(Param::from("reminder")).push(" and n.created_at >= a.remind_at)");
    if let Some(after) = after {
        sql.push(" and a.id > ").bind(after);
    }
    sql.push(&format!(" order by a.id limit {STEP}"));
    tx.all(&sql, |row| Ok((row.must_id(0)?, row.must_id(1)?, row.text(2)?.unwrap_or_default().to_string())))
}
