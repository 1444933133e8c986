//! When it is due: a day is always set while something is planned, an hour only where one matters.

use base::{Instant, Result, Value};
use jiff::tz::TimeZone;
use kernel::{Ctx, Draft, Rule};
use store::Tx;

use super::{on_day, zone_of};

const MINUTE: i64 = 60_000_000;

/// Keeps day and hour together: the hour gives the day, and moving the day alone takes the hours with it.
pub struct Dates;

impl Rule for Dates {
    fn object(&self) -> &'static str {
        "activity"
    }

    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let zone = zone_of(ctx, tx, &draft.record)?;
        span(draft);
        let hour = |draft: &Draft| draft.get("due_at").as_instant().or(draft.get("starts_at").as_instant());
        let hour_moved = draft.changed("due_at") || draft.get("due_at").is_null() && draft.changed("starts_at");
        let day_moved = draft.changed("due_on") && draft.is_written("due_on");
        match (hour(draft), draft.get("due_on").as_date()) {
            (Some(at), None) => draft.set("due_on", at.date_in(&zone)),
            (Some(at), _) if hour_moved && !day_moved => draft.set("due_on", at.date_in(&zone)),
            (Some(_), Some(day)) if day_moved && !hour_moved => move_to(draft, day, &zone),
            (Some(at), Some(day)) if day_moved && at.date_in(&zone) != day => {
                draft.problem("due_on", "mismatch", format!("The hour given falls on {}", at.date_in(&zone)));
            }
            _ => {}
        }
        let is_planned = draft.get("done_at").is_null() && draft.get("cancelled_at").is_null();
        if is_planned && draft.get("due_on").is_null() {
            draft.set("due_on", ctx.now().date_in(&zone));
        }
        Ok(())
    }
}

/// Begin, end and length of an appointment follow from each other.
fn span(draft: &mut Draft) {
    let at = |draft: &Draft, field: &str| draft.get(field).as_instant();
    let was = |draft: &Draft, field: &str| draft.old(field).as_instant();
    match (at(draft, "starts_at"), at(draft, "ends_at")) {
        (Some(start), Some(_)) if draft.changed("starts_at") && !draft.changed("ends_at") && !draft.is_new() => {
            // An appointment that is moved keeps its length.
            if let (Some(from), Some(until)) = (was(draft, "starts_at"), was(draft, "ends_at")) {
                draft.set("ends_at", start.plus_micros(until.micros() - from.micros()));
            }
        }
        (Some(start), None) if draft.is_new() || draft.changed("starts_at") => {
            if let Some(minutes) = draft.get("duration_minutes").as_int() {
                draft.set("ends_at", start.plus_micros(minutes.saturating_mul(MINUTE)));
            }
        }
        _ => {}
    }
    let (Some(start), Some(end)) = (at(draft, "starts_at"), at(draft, "ends_at")) else { return };
    let moved = draft.changed("starts_at") || draft.changed("ends_at");
    if end < start {
        draft.problem("ends_at", "order", "It ends before it begins");
    } else if moved && !draft.is_written("duration_minutes") {
        draft.set("duration_minutes", (end.micros() - start.micros()) / MINUTE);
    }
}

fn move_to(draft: &mut Draft, day: base::Date, zone: &TimeZone) {
    let end = draft.get("ends_at").as_instant();
    let start = draft.get("starts_at").as_instant();
    let length = start.zip(end).map(|(start, end)| end.micros() - start.micros());
    for field in ["due_at", "starts_at"] {
        if let Some(at) = draft.get(field).as_instant() {
            draft.set(field, on_day(at, day, zone));
        }
    }
    if let (Some(start), Some(length)) = (draft.get("starts_at").as_instant(), length) {
        draft.set("ends_at", Value::Instant(start.plus_micros(length)));
    }
}

/// The moment from which a planned activity is late.
pub fn overdue_at(draft: &Draft, zone: &TimeZone) -> Option<Instant> {
    let at = |field: &str| draft.get(field).as_instant();
    let hour = at("due_at").or_else(|| if draft.record.flag("all_day") { None } else { at("ends_at").or(at("starts_at")) });
    hour.or_else(|| draft.get("due_on").as_date().map(|day| day.plus_days(1).start_in(zone)))
}
