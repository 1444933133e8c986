//! Which changes a listener is told of: those of records that he may see, without the fields that he may not read.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use base::{Id, Result};
use kernel::role::{self, Reach, Right};
use kernel::{Ctx, event, record};
use store::Tx;

use super::Change;
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
            Ok(changes.into_iter().filter(|c| seen.contains(&c.id)).filter_map(|c| readable(&ctx, c)).collect())
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

/// The change without unreadable fields; absent when nothing else changed.
fn readable(ctx: &Ctx, mut change: Change) -> Option<Change> {
    let object = ctx.model.object(&change.object)?;
    let had_fields = !change.fields.is_empty();
    change.fields.retain(|name| object.field(name).is_none_or(|f| role::may_read_field(ctx, object, f)));
    let is_news = !had_fields || !change.fields.is_empty() || change.kind != event::UPDATED;
    is_news.then_some(change)
}
