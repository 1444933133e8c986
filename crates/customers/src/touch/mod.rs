//! What is left of activities on the records they are about: last touch, Pulse, what is unanswered, next activity (D10).
//!
//! [`Touches`] follows the log and computes the values of each record concerned anew from the activities, so that it does
//! not matter how often an event is read. Pulse moves on with the weeks: [`roll`] runs once a day. What a touch *is*
//! says `activity::outcome`, which stamps it.

mod pulse;
pub mod roll;
mod standing;

use std::collections::BTreeSet;

use base::{Id, Result};
use kernel::event::Event;
use kernel::{Ctx, Reader};
use serde_json::Value as Json;
use store::{Sql, Tx};

pub use standing::next;

/// The objects that keep touches.
const KEPT: &[&str] = &["contact", "company", "deal", "lead"];

pub struct Touches;

impl Reader for Touches {
    fn name(&self) -> &'static str {
        "touches"
    }
    fn wants(&self, event: &Event) -> bool {
        event.object == "activity"
    }
    fn read(&self, ctx: &Ctx, tx: &mut Tx, events: &[Event]) -> Result<()> {
        for (object, id) in concerned(tx, events)? {
            standing::renew(ctx, tx, &object, id)?;
        }
        Ok(())
    }
}

/// Every record that one of the activities is about, or was before one of the events.
fn concerned(tx: &mut Tx, events: &[Event]) -> Result<BTreeSet<(String, Id)>> {
    let activities: BTreeSet<Id> = events.iter().map(|e| e.record).collect();
    let mut sql = Sql::new(tx.dialect());
    sql.push("select object, target from activity__about where ");
    tx.dialect().any(&mut sql, "record", activities.into_iter().collect::<Vec<Id>>());
    let mut all: BTreeSet<(String, Id)> = BTreeSet::new();
    tx.each(&sql, &mut |row| {
        all.insert((row.must_text(0)?.to_string(), row.must_id(1)?));
        Ok(())
    })?;
    let party = |item: &Json| Some((item.get("object")?.as_str()?.to_string(), item.get("id")?.as_str()?.parse().ok()?));
    let left = events.iter().flat_map(|e| &e.changes).filter(|c| c.field == "about").filter_map(|c| c.before.as_array());
    all.extend(left.flatten().filter_map(party));
    all.retain(|(object, _)| KEPT.contains(&object.as_str()));
    Ok(all)
}

#[cfg(test)]
mod tests;
