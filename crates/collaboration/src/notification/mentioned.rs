//! `@Marco Bianchi` in the text of an activity: he hears of it, if he may see it.

use base::text::fold;
use base::{Id, Result};
use kernel::{Ctx, Event, Reader, record, user};
use serde_json::Value as Json;
use std::sync::Arc;
use store::{Param, Sql, Tx};

use super::{is_worth_telling, name, tell, words};

pub struct Mentioned;

impl Reader for Mentioned {
    fn name(&self) -> &'static str {
        "mentioned"
    }
    fn wants(&self, event: &Event) -> bool {
        event.object == "activity" && event.changed("body") && is_worth_telling(event)
    }
    fn read(&self, ctx: &Ctx, tx: &mut Tx, events: &[Event]) -> Result<()> {
        for event in events {
            let Some(change) = event.changes.iter().find(|c| c.field == "body") else { continue };
            let text = |value: &Json| fold(value.as_str().unwrap_or_default());
            let (before, after) = (text(&change.before), text(&change.after));
            if !after.contains('@') {
                continue;
            }
            for person in people(tx)? {
                let is_new = names(&after, &person.1) && !names(&before, &person.1);
                if is_new && Some(person.0) != event.actor.id {
                    hear(ctx, tx, person.0, event)?;
                }
            }
        }
        Ok(())
    }
}

/// Does the folded text name somebody, not as the beginning of a longer word?
fn names(text: &str, person: &str) -> bool {
    let mark = format!("@{person}");
    let ends = |at: usize| !text.get(at + mark.len()..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric);
    text.match_indices(&mark).any(|(at, _)| ends(at))
}

/// Everybody who may sign in, by folded name.
fn people(tx: &mut Tx) -> Result<Vec<(Id, String)>> {
    let text = "select id, name from \"user\" where deleted_at is null and status = ?1";
    let sql = Sql::fill(tx.dialect(), text, [Param::from(user::ACTIVE)]);
    let all = tx.all(&sql, |row| Ok((row.must_id(0)?, fold(row.text(1)?.unwrap_or_default()))))?;
    Ok(all.into_iter().filter(|(_, name)| !name.is_empty()).collect())
}

fn hear(ctx: &Ctx, tx: &mut Tx, person: Id, event: &Event) -> Result<()> {
    let Some(to) = user::load(tx, person)? else { return Ok(()) };
    let theirs = Ctx::of_user(&ctx.engine, Arc::new(to.clone()));
    let (Some(object), Some(activity)) = (ctx.model.object("activity"), record::find(ctx, tx, "activity", event.record)?) else {
        return Ok(());
    };
    if !record::may_read(&theirs, tx, object, &activity)? {
        return Ok(());
    }
    let actor = name(ctx, tx, "user", event.actor.id)?;
    let text = words::mentioned(&to.language, &actor, &record::title(object, &activity));
    tell(ctx, tx, &to, "mentioned", text, event)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_mention_is_a_whole_name() {
        assert!(super::names("ciao @marco bianchi, senti", "marco bianchi"));
        assert!(super::names("@marco bianchini und @marco bianchi", "marco bianchi"));
        assert!(!super::names("@marco bianchini", "marco bianchi"));
        assert!(!super::names("marco bianchi", "marco bianchi"));
    }
}
