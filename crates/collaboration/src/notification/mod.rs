//! What the bell tells one person: `assigned` and `mentioned` follow the log, `reminded` the clock.
//!
//! Nobody is told of what he did himself, nor of what an import, the sample company or an undo did. A kind that somebody
//! muted (`muted_notifications` among the preferences of the screens) is not written at all.

pub mod assigned;
pub mod mentioned;
pub mod reminded;
mod words;

use base::{Id, Result, Value};
use kernel::{Ctx, Event, ObjectSource, User, record, setting};
use serde_json::Value as Json;
use store::Tx;

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };

/// Preference of a person: the kinds that are not to be told.
const MUTED: &str = "muted_notifications";

/// Is this something that a person did to others?
fn is_worth_telling(event: &Event) -> bool {
    event.origin.is_none() && event.actor.id.is_some()
}

/// Writes one notification about the record of an event.
fn tell(ctx: &Ctx, tx: &mut Tx, to: &User, kind: &str, text: String, event: &Event) -> Result<()> {
    let ctx = Ctx { cause: Some(event.id), ..ctx.clone() };
    write(&ctx, tx, to, kind, text, (&event.object, event.record), event.actor.id)
}

/// Writes one notification, unless the person muted its kind.
fn write(ctx: &Ctx, tx: &mut Tx, to: &User, kind: &str, text: String, (object, id): (&str, Id), actor: Option<Id>) -> Result<()> {
    let preferences = setting::load_preferences(tx, to.id)?;
    let is_muted = preferences.get(MUTED).and_then(Json::as_array).is_some_and(|kinds| kinds.iter().any(|k| k.as_str() == Some(kind)));
    if is_muted {
        return Ok(());
    }
    let about = [("object", Value::from(object)), ("id", Value::Id(id)), ("via", Value::from("direct"))];
    let about = Value::Map(about.into_iter().map(|(name, value)| (name.to_string(), value)).collect());
    let values = vec![
        ("user", Value::Id(to.id)),
        ("kind", Value::from(kind)),
        ("text", Value::Text(base::text::shorten(&text, 490))),
        ("about", Value::List(vec![about])),
        ("actor", actor.into()),
    ];
    record::create_values(ctx, tx, "notification", values).map(|_| ())
}

/// A name of the log's actor, and of a record in it.
fn name(ctx: &Ctx, tx: &mut Tx, object: &str, id: Option<Id>) -> Result<String> {
    let (Some(object), Some(id)) = (ctx.model.object(object), id) else { return Ok(String::new()) };
    let found = record::find_any(ctx, tx, object, id)?;
    Ok(found.map(|r| record::title(object, &r)).unwrap_or_default())
}

#[cfg(test)]
mod tests;
