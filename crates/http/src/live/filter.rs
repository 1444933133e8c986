//! Which changes a listener is told of: those of records that he may see, without the fields that he may not read. Of a
//! record that a change took out of his sight he hears that it is gone, and nothing else.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use base::{Id, Result};
use kernel::role::{self, Reach, Right};
use kernel::{Ctx, event, record};
use serde_json::Value as Json;
use store::Tx;

use super::{Change, GONE};
use crate::app::Shared;
use crate::context::Call;

/// One read for all changes of a moment; fails when the listener may not listen any more.
pub async fn visible(app: &Shared, call: &Call, changes: Vec<Change>) -> Result<Vec<Change>> {
    let (inside, call) = (Arc::clone(app), call.clone());
    app.engine
        .store()
        .read_async(move |tx| {
            let ctx = call.identify(&inside, tx)?.ctx;
            let seen = seen(&ctx, tx, &changes)?;
            let mut told = Vec::new();
            for change in changes {
                if seen.contains(&change.id) {
                    told.extend(readable(&ctx, change));
                } else if was_seen(&ctx, tx, &change)? {
                    told.push(gone(change));
                }
            }
            Ok(told)
        })
        .await
}

/// The records that the listener may see, one statement per object.
fn seen(ctx: &Ctx, tx: &mut Tx, changes: &[Change]) -> Result<HashSet<Id>> {
    let mut by_object: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        by_object.entry(&change.object).or_default().push(change);
    }
    let mut seen = HashSet::new();
    for (name, changes) in by_object {
        let Some(object) = ctx.model.object(name).filter(|o| role::scope_allows(ctx, o, "read")) else { continue };
        match role::reach(ctx, object, Right::Read)? {
            Reach::Nothing => {}
            Reach::All => seen.extend(changes.iter().map(|c| c.id)),
            Reach::Where(_) => {
                let mut ids: Vec<Id> = changes.iter().map(|c| c.id).collect();
                ids.sort_unstable();
                ids.dedup();
                seen.extend(record::titles(ctx, tx, object, &ids)?.into_iter().map(|(id, _)| id));
                // What lies in the bin is seen by who could see it before; what is gone for good by nobody.
                for change in changes.iter().filter(|c| c.kind == event::DELETED) {
                    if record::get_any(ctx, tx, name, change.id).is_ok() {
                        seen.insert(change.id);
                    }
                }
            }
        }
    }
    Ok(seen)
}

/// Did the listener see, before this change, what he sees no more? Only a field that his right asks for takes a record away.
fn was_seen(ctx: &Ctx, tx: &mut Tx, change: &Change) -> Result<bool> {
    let Some(object) = ctx.model.object(&change.object).filter(|o| role::scope_allows(ctx, o, "read")) else { return Ok(false) };
    let Reach::Where(rule) = role::reach(ctx, object, Right::Read)? else { return Ok(false) };
    let asked = rule.fields();
    let version = change.rest.get("version").and_then(Json::as_i64).filter(|_| change.kind == event::UPDATED);
    let Some(version) = version.filter(|_| change.fields.iter().any(|f| asked.contains(&(object.name.clone(), f.clone())))) else {
        return Ok(false);
    };
    match record::before(ctx, tx, object, change.id, version)? {
        Some(before) => role::covers(ctx, tx, object, &before, Right::Read),
        None => Ok(false),
    }
}

/// No more than what the listener knew: not what was changed, when, or by whom.
fn gone(change: Change) -> Change {
    Change { event: None, kind: GONE.to_string(), fields: Vec::new(), rest: serde_json::Map::new(), ..change }
}

/// The change without unreadable fields; absent when nothing else changed.
fn readable(ctx: &Ctx, mut change: Change) -> Option<Change> {
    let object = ctx.model.object(&change.object)?;
    let had_fields = !change.fields.is_empty();
    change.fields.retain(|name| object.field(name).is_none_or(|f| role::may_read_field(ctx, object, f)));
    let is_news = !had_fields || !change.fields.is_empty() || change.kind != event::UPDATED;
    is_news.then_some(change)
}
