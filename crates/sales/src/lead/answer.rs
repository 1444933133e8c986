//! How soon a lead was answered: the first touch from our side after it came in.

use base::{Id, Instant, Result, Value};
use kernel::event::Event;
use kernel::record::keep;
use kernel::{Ctx, Reader};
use store::{Param, Sql, Tx};

const MINUTE: i64 = 60_000_000;
const FIRST: &str = "select l.created_at, min(a.done_at)
     from lead l
     left join activity__about b on b.target = l.id
     left join activity a on a.id = b.record and a.deleted_at is null and a.touch = ?2 and (a.direction is null or a.direction <> ?3)
     where l.id = ?1
     group by l.created_at";

/// Computed anew from the activities, also when one of them is corrected or removed.
pub struct FirstAnswer;

impl Reader for FirstAnswer {
    fn name(&self) -> &'static str {
        "lead_answer"
    }
    fn wants(&self, event: &Event) -> bool {
        event.object == "activity"
    }
    fn read(&self, ctx: &Ctx, tx: &mut Tx, events: &[Event]) -> Result<()> {
        for lead in crate::activity::concerned(tx, events, "lead")? {
            renew(ctx, tx, lead)?;
        }
        Ok(())
    }
}

fn renew(ctx: &Ctx, tx: &mut Tx, lead: Id) -> Result<()> {
    let sql = Sql::fill(tx.dialect(), FIRST, [Param::from(lead), true.into(), "incoming".into()]);
    let found: Option<(Instant, Option<Instant>)> = tx.first(&sql, |row| Ok((row.must_instant(0)?, row.instant(1)?)))?;
    let Some((came, answered)) = found else { return Ok(()) };
    let minutes = answered.map(|at| ((at.micros() - came.micros()) / MINUTE).max(0));
    keep(
        ctx,
        tx,
        "lead",
        lead,
        vec![("first_response_at", answered.into()), ("first_response_minutes", minutes.map(Value::Int).unwrap_or_default())],
    )
}
