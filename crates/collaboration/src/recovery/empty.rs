//! What lay in the bin for thirty days is gone for good.

use base::{Code, Id, Result};
use kernel::job::Every;
use kernel::{Ctx, Job, record};
use store::{Param, Sql, Tx};

/// Days in which everything can be restored.
pub const DAYS: i64 = 30;
/// Records of one step, so that a transaction stays short.
const STEP: usize = 50;

/// Goes through the objects by name once a day. What a rule keeps stays in the bin and is tried again the next day.
pub struct Empty;

impl Job for Empty {
    fn name(&self) -> &'static str {
        "bin_empty"
    }
    fn every(&self) -> Every {
        Every::Day
    }
    /// `after` is an object and the id of the last record of it that was looked at: `deal 0198…`.
    fn step(&self, ctx: &Ctx, tx: &mut Tx, after: Option<&str>) -> Result<Option<String>> {
        let (at, last) = after.and_then(|text| text.split_once(' ')).unwrap_or_default();
        let mut names: Vec<&str> = ctx.model.objects().iter().map(|o| o.name.as_str()).filter(|name| *name >= at).collect();
        names.sort_unstable();
        for name in names {
            let begin = last.parse::<Id>().ok().filter(|_| name == at);
            let gone = expired(ctx, tx, name, begin)?;
            if let Some(last) = gone.last() {
                let next = format!("{name} {last}");
                for id in gone {
                    remove(ctx, tx, name, id)?;
                }
                return Ok(Some(next));
            }
        }
        Ok(None)
    }
}

fn expired(ctx: &Ctx, tx: &mut Tx, object: &str, after: Option<Id>) -> Result<Vec<Id>> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select id from ").push_ident(object).push(" where deleted_at < ").bind(Param::from(ctx.now().plus_days(-DAYS)));
    if let Some(after) = after {
        sql.push(" and id > ").bind(after);
    }
    sql.push(&format!(" order by id limit {STEP}"));
    tx.all(&sql, |row| row.must_id(0))
}

fn remove(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id) -> Result<()> {
    match tx.savepoint(|tx| record::purge(ctx, tx, object, id)) {
        Err(error) if error.code() == Code::Internal || error.is_retryable() => Err(error),
        _ => Ok(()),
    }
}
