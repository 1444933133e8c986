//! Turns planned activities over to overdue as their moment passes.

use base::{Id, Result, Value};
use kernel::job::Every;
use kernel::record::keep;
use kernel::{Ctx, Job};
use store::{Param, Sql, Tx};

/// Activities of one step, so that a transaction stays short.
const STEP: usize = 200;

/// Marks what became late, in the order in which it did; writes nothing when nothing did.
pub struct Overdue;

impl Job for Overdue {
    fn name(&self) -> &'static str {
        "activity_overdue"
    }
    fn every(&self) -> Every {
        Every::Moment
    }
    fn step(&self, ctx: &Ctx, tx: &mut Tx, _after: Option<&str>) -> Result<Option<String>> {
        let text = format!(
            "select id from activity where deleted_at is null and status = ?1 and overdue_at <= ?2 order by overdue_at limit {STEP}"
        );
        let late: Vec<Id> = tx.all(&Sql::fill(tx.dialect(), &text, [Param::from("open"), ctx.now().into()]), |row| row.must_id(0))?;
        for id in &late {
            keep(ctx, tx, "activity", *id, vec![("status", Value::from("overdue"))])?;
        }
        Ok((late.len() == STEP).then(String::new))
    }
}
