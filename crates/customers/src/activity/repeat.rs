//! What comes back: completing one of a series plans the next.

use base::{Date, Id, Result, Value};
use kernel::record::{self, Change};
use kernel::{Ctx, Draft, Record, Rule};
use store::{Param, Sql, Tx};

use super::rhythm::Rhythm;
use super::{on_day, zone_of};

/// What the next one has of the one before.
const KEPT: &[&str] = &[
    "kind",
    "subject",
    "body",
    "type",
    "channel",
    "owner",
    "priority",
    "participants",
    "all_day",
    "time_zone",
    "duration_minutes",
    "location",
    "video_url",
    "busy",
    "private",
    "repeat",
];
/// Moments that move along with the day.
const MOMENTS: &[&str] = &["due_at", "starts_at", "ends_at", "remind_at"];

/// The next one is planned in the same act, so that one undo takes both back. What was cancelled does not come back.
pub struct Repeats;

impl Rule for Repeats {
    fn object(&self) -> &'static str {
        "activity"
    }

    fn before(&self, _ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if draft.changed("repeat") && draft.get("repeat").as_text().is_some_and(|rule| Rhythm::parse(rule).is_none()) {
            draft.problem("repeat", "invalid", "This is no rule of repetition; FREQ=WEEKLY;BYDAY=MO is one");
        }
        Ok(())
    }

    fn after(&self, ctx: &Ctx, tx: &mut Tx, change: &Change) -> Result<()> {
        let was_open = change.before.as_ref().is_some_and(|b| !b.has("done_at"));
        let is_told = ctx.is_import() || ctx.origin.as_ref().is_some_and(|o| o.kind == "undo");
        if !was_open || !change.after.has("done_at") || is_told {
            return Ok(());
        }
        let done = &change.after;
        let Some((rhythm, due)) = done.text("repeat").and_then(Rhythm::parse).zip(done.get("due_on").as_date()) else { return Ok(()) };
        let series = done.link("series").unwrap_or(done.id);
        let (times, is_planned) = of_series(tx, series, done.id)?;
        if is_planned || rhythm.count.is_some_and(|count| times >= count) {
            return Ok(());
        }
        let zone = zone_of(ctx, tx, done)?;
        let start = began(ctx, tx, series)?.unwrap_or(due);
        match rhythm.next(start, due, ctx.now().date_in(&zone)) {
            Some(day) => plan(ctx, tx, done, series, day).map(|_| ()),
            None => Ok(()),
        }
    }
}

/// The day of the first of a series.
fn began(ctx: &Ctx, tx: &mut Tx, series: Id) -> Result<Option<Date>> {
    let Some(object) = ctx.model.object("activity") else { return Ok(None) };
    Ok(record::find_any(ctx, tx, object, series)?.and_then(|first| first.get("due_on").as_date()))
}

/// How many times there were, and whether another one is planned already.
fn of_series(tx: &mut Tx, series: Id, done: Id) -> Result<(i64, bool)> {
    let text = "select count(*), count(case when done_at is null and cancelled_at is null and id <> ?2 then 1 end)
         from activity where (series = ?1 or id = ?1) and deleted_at is null";
    let counts = tx.first(&Sql::fill(tx.dialect(), text, [Param::from(series), done.into()]), |row| Ok((row.int(0)?, row.int(1)?)))?;
    let (times, planned) = counts.unwrap_or_default();
    Ok((times.unwrap_or(0), planned.unwrap_or(0) > 0))
}

fn plan(ctx: &Ctx, tx: &mut Tx, done: &Record, series: Id, day: Date) -> Result<Record> {
    let zone = zone_of(ctx, tx, done)?;
    let mut values: Vec<(&str, Value)> = KEPT.iter().map(|f| (*f, done.get(f).clone())).filter(|(_, v)| !v.is_null()).collect();
    let direct: Vec<Value> = done.get("about").as_list().iter().filter(|i| i.part("via").as_text() != Some("derived")).cloned().collect();
    if !direct.is_empty() {
        values.push(("about", Value::List(direct)));
    }
    let due = done.get("due_on").as_date().unwrap_or(day);
    let days = i64::from(day.days()) - i64::from(due.days());
    for moment in MOMENTS {
        if let Some(at) = done.get(moment).as_instant() {
            values.push((moment, Value::Instant(on_day(at, at.date_in(&zone).plus_days(days), &zone))));
        }
    }
    values.push(("due_on", Value::Date(day)));
    values.push(("series", Value::Id(series)));
    record::create_values(ctx, tx, "activity", values)
}
