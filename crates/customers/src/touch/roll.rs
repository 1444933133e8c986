//! The Pulse moves on with the weeks, whether or not anything happens.

use base::{Id, Result};
use kernel::job::Every;
use kernel::{Ctx, Job};
use store::{Sql, Tx};

use super::{KEPT, standing};

/// Records of one step, so that a transaction stays short.
const STEP: usize = 200;

/// Computes every record anew that had a touch in the last twelve weeks, object by object; what is right already is not
/// written again.
pub struct Weeks;

impl Job for Weeks {
    fn name(&self) -> &'static str {
        "pulse"
    }
    fn every(&self) -> Every {
        Every::Day
    }
    fn step(&self, ctx: &Ctx, tx: &mut Tx, after: Option<&str>) -> Result<Option<String>> {
        let (object, last) = after.and_then(|a| a.split_once(' ')).unwrap_or((KEPT.first().copied().unwrap_or_default(), ""));
        let ids = alive(ctx, tx, object, last.parse::<Id>().ok())?;
        for id in &ids {
            standing::renew(ctx, tx, object, *id)?;
        }
        if let Some(last) = ids.last().filter(|_| ids.len() == STEP) {
            return Ok(Some(format!("{object} {last}")));
        }
        let next = KEPT.iter().skip_while(|o| **o != object).nth(1);
        Ok(next.map(|object| format!("{object} ")))
    }
}

fn alive(ctx: &Ctx, tx: &mut Tx, object: &str, after: Option<Id>) -> Result<Vec<Id>> {
    if ctx.model.object(object).is_none() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(tx.dialect());
    sql.push("select id from ").push_ident(object).push(" where deleted_at is null and touches > 0");
    if let Some(after) = after {
        sql.push(" and id > ").bind(after);
    }
    sql.push(&format!(" order by id limit {STEP}"));
    tx.all(&sql, |row| row.must_id(0))
}
