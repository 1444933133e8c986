//! Somebody was given something: the new owner hears of it.

use std::collections::BTreeMap;

use base::{Id, Result};
use kernel::{Ctx, Event, Reader, user};
use serde_json::Value as Json;
use store::Tx;

use super::{is_worth_telling, name, tell, words};

pub struct Assigned;

/// Who was given what kind of record, by which act.
type Gift = (Id, String, Id);

impl Reader for Assigned {
    fn name(&self) -> &'static str {
        "assigned"
    }
    fn wants(&self, event: &Event) -> bool {
        let is_written = event.kind == kernel::event::CREATED || event.kind == kernel::event::UPDATED;
        is_written && event.changed("owner") && is_worth_telling(event)
    }
    /// Many of one act are told once.
    fn read(&self, ctx: &Ctx, tx: &mut Tx, events: &[Event]) -> Result<()> {
        let mut gifts: BTreeMap<Gift, Vec<&Event>> = BTreeMap::new();
        for event in events {
            let Some(owner) = owner(event).filter(|o| Some(*o) != event.actor.id) else { continue };
            if is_due(event) {
                gifts.entry((owner, event.object.clone(), event.correlation)).or_default().push(event);
            }
        }
        for ((owner, object, _), events) in gifts {
            let (Some(to), Some(first), Some(object)) = (user::load(tx, owner)?, events.first(), ctx.model.object(&object)) else {
                continue;
            };
            let actor = name(ctx, tx, "user", first.actor.id)?;
            let text = if events.len() == 1 {
                let title = name(ctx, tx, &object.name, Some(first.record))?;
                words::assigned_one(&to.language, &actor, object.label.in_language(&to.language), &title)
            } else {
                words::assigned_many(&to.language, &actor, events.len(), object.label_plural.in_language(&to.language))
            };
            tell(ctx, tx, &to, "assigned", text, first)?;
        }
        Ok(())
    }
}

fn owner(event: &Event) -> Option<Id> {
    let change = event.changes.iter().find(|c| c.field == "owner")?;
    change.after.as_str()?.parse().ok()
}

/// What was written down as done already is nothing to do.
fn is_due(event: &Event) -> bool {
    !event.changes.iter().any(|c| c.field == "done_at" && c.after != Json::Null)
}
