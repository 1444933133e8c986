//! What is done or planned with people: calls, meetings, e-mails, messages, letters, tasks, notes.
//!
//! An activity is *planned* until `done_at` or `cancelled_at` says otherwise. `outcome` decides what was done already
//! when it was written down, `due` keeps the dates in step and the day that is always set, `status` what follows from
//! both, `repeat` plans the next of a series, `about` the further records that it concerns (D9), `subject` its name.
//!
//! **Overdue** is a matter of time passing and not of anybody's write. `overdue_at` is stored at each write: the hour at
//! which it is due, or the midnight that ends its day in its owner's zone. [`overdue`] turns `status` over as that moment
//! passes, without event and version, a few seconds later at most; lists, boards, reports and timelines read the one
//! stored status and therefore agree.

pub mod about;
pub mod cancel;
pub mod complete;
pub mod due;
pub mod outcome;
pub mod overdue;
pub mod reopen;
pub mod repeat;
pub mod rhythm;
pub mod snooze;
pub mod status;
pub mod subject;
pub mod unplanned;

use base::{Date, Instant, Result};
use jiff::tz::TimeZone;
use kernel::{Ctx, ObjectSource, Record};
use store::{Param, Sql, Tx};

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };

/// Open, in time or late.
const PLANNED: &str = r#"status in ["open", "overdue"]"#;

/// The zone in which an activity's days begin: its owner's, else the workspace's.
fn zone_of(ctx: &Ctx, tx: &mut Tx, activity: &Record) -> Result<TimeZone> {
    let Some(owner) = activity.link("owner") else { return Ok(ctx.workspace_zone()) };
    let sql = Sql::fill(tx.dialect(), "select time_zone from \"user\" where id = ?1", [Param::from(owner)]);
    let name = tx.first(&sql, |row| Ok(row.text(0)?.map(str::to_string)))?.flatten();
    let zone = name.filter(|n| !n.is_empty()).and_then(|n| TimeZone::get(&n).ok());
    Ok(zone.unwrap_or_else(|| ctx.workspace_zone()))
}

/// The same hour of the clock on another day.
fn on_day(at: Instant, day: Date, zone: &TimeZone) -> Instant {
    let since_midnight = at.micros() - at.date_in(zone).start_in(zone).micros();
    day.start_in(zone).plus_micros(since_midnight)
}

#[cfg(test)]
mod tests;
