//! Fresh, slow or rotten: how long an open deal stands at its stage, against how long deals usually do.
//!
//! With `usual_days` of the stage as measure: **slow** once it stands there longer; **rotten** when it stands there more
//! than one and a half times as long, or when for that long nobody was in touch and nothing is planned. Days are those of
//! the workspace's zone, so a temperature changes at midnight only, or by something that somebody did.
//!
//! It is stored, so that lists, filters, boards and reports all read the same word and an index serves it. Three things
//! keep it right: the rule here when the deal is written, the reader [`Activities`] when something is done or planned, and
//! the job [`Days`] for what time alone has changed. The latter two write without event and version.

use std::collections::BTreeSet;

use base::{Date, Id, Result, Value};
use kernel::event::Event;
use kernel::job::Every;
use kernel::record::{self, Change, keep};
use kernel::{Ctx, Draft, Job, Reader, Record, Rule};
use store::{Param, Sql, Tx};

use crate::stage;

/// Deals of one step, so that a transaction stays short.
const STEP: usize = 200;

/// What a temperature follows from.
#[derive(Clone, Copy, Debug)]
struct Standing {
    since: Date,
    /// The day of the last touch, or else of the deal's beginning.
    touched: Date,
    has_plan: bool,
}

fn judge(standing: Standing, usual_days: i64, today: Date) -> &'static str {
    let days = |since: Date| i64::from(today.days()) - i64::from(since.days());
    let is_over = |days: i64| days.saturating_mul(2) > usual_days.saturating_mul(3);
    let stays = days(standing.since);
    if is_over(stays) || !standing.has_plan && is_over(days(standing.touched)) {
        "rotten"
    } else if stays > usual_days {
        "slow"
    } else {
        "fresh"
    }
}

/// The temperature of a deal as it stands; absent once it is closed.
fn of(ctx: &Ctx, tx: &mut Tx, deal: &Record) -> Result<Value> {
    let Some(stage) = deal.link("stage").filter(|_| deal.text("status") == Some("open")) else { return Ok(Value::Null) };
    let usual = stage::read(tx, stage)?.and_then(|s| s.usual_days);
    let Some(usual) = usual else { return Ok(Value::from("fresh")) };
    let zone = ctx.workspace_zone();
    let since = deal.get("stage_since").as_instant().unwrap_or(deal.created_at);
    let (last_touch, has_plan) = activities(ctx, tx, deal.id)?;
    let touched = last_touch.unwrap_or(deal.created_at);
    let standing = Standing { since: since.date_in(&zone), touched: touched.date_in(&zone), has_plan };
    Ok(Value::from(judge(standing, usual, ctx.now().date_in(&zone))))
}

/// The last touch with a deal and whether anything is planned, straight from the activities, so that it does not matter
/// which reader of the log was here first.
fn activities(ctx: &Ctx, tx: &mut Tx, deal: Id) -> Result<(Option<base::Instant>, bool)> {
    if ctx.model.object("activity").is_none() {
        return Ok((None, false));
    }
    let text = "select max(case when a.touch = ?2 then a.done_at end), max(a.overdue_at)
         from activity__about b join activity a on a.id = b.record where b.target = ?1 and a.deleted_at is null";
    let sql = Sql::fill(tx.dialect(), text, [Param::from(deal), true.into()]);
    let found = tx.first(&sql, |row| Ok((row.instant(0)?, row.instant(1)?.is_some())))?;
    Ok(found.unwrap_or((None, false)))
}

pub struct AtWriting;

impl Rule for AtWriting {
    fn object(&self) -> &'static str {
        "deal"
    }

    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if draft.is_new() || ["stage", "status", "stage_since"].iter().any(|f| draft.changed(f)) {
            let mut deal = draft.record.clone();
            if let Some(created) = draft.get("created_at").as_instant() {
                deal.created_at = created;
            }
            let temperature = of(ctx, tx, &deal)?;
            draft.set("temperature", temperature);
        }
        Ok(())
    }
}

/// Another usual time of a stage changes the temperature of the deals there at once.
pub struct OfStage;

impl Rule for OfStage {
    fn object(&self) -> &'static str {
        "stage"
    }

    fn after(&self, ctx: &Ctx, tx: &mut Tx, change: &Change) -> Result<()> {
        if change.before.is_none() || !change.changed("usual_days") {
            return Ok(());
        }
        let text = "select id from deal where stage = ?1 and status = ?2 and deleted_at is null order by id";
        let deals: Vec<Id> = tx.all(&Sql::fill(tx.dialect(), text, [Param::from(change.after.id), "open".into()]), |row| row.must_id(0))?;
        renew(ctx, tx, deals)
    }
}

/// What was done or planned may warm a deal up.
pub struct Activities;

impl Reader for Activities {
    fn name(&self) -> &'static str {
        "deal_temperature"
    }
    fn wants(&self, event: &Event) -> bool {
        event.object == "activity"
    }
    fn read(&self, ctx: &Ctx, tx: &mut Tx, events: &[Event]) -> Result<()> {
        let deals = crate::activity::concerned(tx, events, "deal")?;
        renew(ctx, tx, deals)
    }
}

fn renew(ctx: &Ctx, tx: &mut Tx, deals: impl IntoIterator<Item = Id>) -> Result<()> {
    for id in deals.into_iter().collect::<BTreeSet<Id>>() {
        let Some(deal) = record::find(ctx, tx, "deal", id)? else { continue };
        let temperature = of(ctx, tx, &deal)?;
        if *deal.get("temperature") != temperature {
            keep(ctx, tx, "deal", id, vec![("temperature", temperature)])?;
        }
    }
    Ok(())
}

/// Looks at all open deals once a day.
pub struct Days;

impl Job for Days {
    fn name(&self) -> &'static str {
        "deal_temperature"
    }
    fn every(&self) -> Every {
        Every::Day
    }
    fn step(&self, ctx: &Ctx, tx: &mut Tx, after: Option<&str>) -> Result<Option<String>> {
        let mut sql = Sql::new(tx.dialect());
        sql.push("select id from deal where deleted_at is null and status = ").bind("open");
        if let Some(after) = after {
            sql.push(" and id > ").bind(after.parse::<Id>()?);
        }
        sql.push(&format!(" order by id limit {STEP}"));
        let deals: Vec<Id> = tx.all(&sql, |row| row.must_id(0))?;
        let last = deals.last().filter(|_| deals.len() == STEP).map(Id::to_string);
        renew(ctx, tx, deals)?;
        Ok(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(since: &str, touched: &str, has_plan: bool) -> &'static str {
        let day = |text: &str| text.parse::<Date>().unwrap();
        judge(Standing { since: day(since), touched: day(touched), has_plan }, 10, day("2026-07-31"))
    }

    #[test]
    fn a_deal_is_slow_after_the_usual_days_and_rotten_after_half_as_many_again() {
        assert_eq!(judged("2026-07-21", "2026-07-31", false), "fresh", "exactly as long as usual");
        assert_eq!(judged("2026-07-20", "2026-07-31", false), "slow");
        assert_eq!(judged("2026-07-16", "2026-07-31", false), "slow", "exactly one and a half times");
        assert_eq!(judged("2026-07-15", "2026-07-31", true), "rotten");
    }

    #[test]
    fn silence_without_a_plan_rots_a_deal_that_moved_lately() {
        assert_eq!(judged("2026-07-30", "2026-07-15", false), "rotten");
        assert_eq!(judged("2026-07-30", "2026-07-15", true), "fresh");
        assert_eq!(judged("2026-07-30", "2026-07-16", false), "fresh");
    }
}
