//! The values of one record, computed from the activities about it.

use base::{Id, Instant, Result, Value};
use kernel::Ctx;
use kernel::record::keep;
use store::{Param, Sql, Tx};

use super::pulse;
use crate::activity::outcome::WRITTEN;

/// Touches of the last twelve weeks and the one before them, newest first; more are not needed.
const TOUCHES: &str = "select a.done_at, a.kind, a.direction from activity__about b join activity a on a.id = b.record
     where b.target = ?1 and a.deleted_at is null and a.touch = ?2 and a.done_at >= ?3 order by a.done_at desc";
const LAST: &str = "select a.done_at, a.kind, a.direction from activity__about b join activity a on a.id = b.record
     where b.target = ?1 and a.deleted_at is null and a.touch = ?2 order by a.done_at desc limit 1";
/// The planned activity that is late first.
const NEXT: &str = "select a.id, a.due_at, a.starts_at, a.overdue_at from activity__about b join activity a on a.id = b.record
     where b.target = ?1 and a.deleted_at is null and a.overdue_at is not null order by a.overdue_at, a.id limit 1";
const SECOND: i64 = 1_000_000;

#[derive(Clone)]
struct Touch {
    at: Instant,
    kind: Option<String>,
    direction: Option<String>,
}

impl Touch {
    /// What was written to us; who was spoken to has had an answer.
    fn waits_for_us(&self) -> bool {
        self.direction.as_deref() == Some("incoming") && self.kind.as_deref().is_some_and(|k| WRITTEN.contains(&k))
    }
}

pub fn renew(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id) -> Result<()> {
    let zone = ctx.workspace_zone();
    let today = ctx.now().date_in(&zone);
    let dialect = tx.dialect();
    let read = |row: &store::Row<'_>| {
        let text = |at| Ok::<_, base::Error>(row.text(at)?.map(str::to_string));
        Ok(Touch { at: row.must_instant(0)?, kind: text(1)?, direction: text(2)? })
    };
    let since = pulse::begin(today).start_in(&zone);
    let recent = tx.all(&Sql::fill(dialect, TOUCHES, [Param::from(id), true.into(), since.into()]), read)?;
    let last = match recent.first() {
        Some(touch) => Some(touch.clone()),
        None => tx.first(&Sql::fill(dialect, LAST, [Param::from(id), true.into()]), read)?,
    };
    let (weeks, sum) = pulse::count(recent.iter().map(|t| t.at), today, &zone);
    let unanswered = recent.iter().take_while(|t| t.waits_for_us()).count();
    let next = next(tx, id)?;
    let (last_at, last_kind) = last.map(|t| (t.at, t.kind)).unzip();
    let values = vec![
        ("last_touch_at", last_at.into()),
        ("last_touch_kind", last_kind.flatten().into()),
        ("pulse", weeks),
        ("touches", Value::Int(sum)),
        ("unanswered", i64::try_from(unanswered).ok().filter(|n| *n > 0).into()),
        ("next_activity_at", next.map(|(_, at)| at).into()),
        ("next_activity", next.map(|(id, _)| id).into()),
    ];
    keep(ctx, tx, object, id, values)
}

/// The earliest planned activity and when it is due. What is due by day is due in its last second, so that it is past
/// exactly when it is overdue, and falls on its day in its owner's zone.
pub fn next(tx: &mut Tx, id: Id) -> Result<Option<(Id, Instant)>> {
    let sql = Sql::fill(tx.dialect(), NEXT, [Param::from(id)]);
    tx.first(&sql, |row| {
        let hour = row.instant(1)?.or(row.instant(2)?);
        Ok((row.must_id(0)?, hour.unwrap_or(row.must_instant(3)?.plus_micros(-SECOND))))
    })
}
