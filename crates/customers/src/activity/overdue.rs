//! Turns planned activities over to overdue as their moment passes.

use base::{Id, Result, Value};
use kernel::Ctx;
use kernel::record::keep;
use store::{Param, Sql, Tx};

/// Activities of one step, so that a transaction stays short.
const STEP: usize = 200;

/// Marks up to 200 that became late, in the order in which they did; answers whether there may be more. Run every few
/// seconds; nothing is written when nothing became late.
pub fn overdue(ctx: &Ctx, tx: &mut Tx) -> Result<bool> {
    let text =
        format!("select id from activity where deleted_at is null and status = ?1 and overdue_at <= ?2 order by overdue_at limit {STEP}");
    let late: Vec<Id> = tx.all(&Sql::fill(tx.dialect(), &text, [Param::from("open"), ctx.now().into()]), |row| row.must_id(0))?;
    for id in &late {
        keep(ctx, tx, "activity", *id, vec![("status", Value::from("overdue"))])?;
    }
    Ok(late.len() == STEP)
}
