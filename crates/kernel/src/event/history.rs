//! Field changes of one record with actor and origin, newest first.

use std::collections::HashMap;

use base::{Id, Result};
use serde_json::{Value as Json, json};
use store::{Param, Sql, Tx};

use super::{link, read};
use crate::ctx::Ctx;
use crate::record;
use crate::role;

const PAGE: usize = 50;

/// One page of field changes; the cursor is the version before which the next page begins.
/// `NotFound` for a record that the caller may not see; fields that he may not read and links to records that he may
/// not see are left out.
pub fn history(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id, cursor: Option<&str>) -> Result<Json> {
    record::get_any(ctx, tx, object, id)?;
    let object = role::known(ctx, object)?;
    let before = match cursor {
        Some(text) => text.parse::<i64>().map_err(|_| base::Error::field("cursor", "invalid", "This cursor is not one of ours"))?,
        None => i64::MAX,
    };
    let text = format!(
        "select {} from event e left join event_payload p on p.seq = e.rid
         where e.record = ?1 and e.object = ?2 and e.version < ?3 order by e.version desc limit {}",
        read::COLUMNS,
        PAGE + 1
    );
    let mut events = tx.all(&Sql::fill(tx.dialect(), &text, [Param::from(id), object.name.as_str().into(), before.into()]), read::row)?;
    let more = events.len() > PAGE;
    events.truncate(PAGE);
    let people = super::timeline::names(tx, &events)?;
    let mut wanted = HashMap::new();
    events.iter().for_each(|event| link::wanted(object, event, &mut wanted));
    let known = link::Known::of(ctx, tx, wanted)?;
    let mut items = Vec::new();
    for event in &events {
        for change in &event.changes {
            let Some(field) = object.fields.iter().find(|f| f.id == change.field) else { continue };
            if !role::may_read_field(ctx, object, field) {
                continue;
            }
            items.push(json!({
                "event": event.id.to_string(), "kind": event.kind, "at": event.occurred_at.to_string(),
                "recorded_at": event.recorded_at.to_string(), "actor": super::timeline::actor(&event.actor, &people),
                "origin": super::timeline::origin(event), "correlation": event.correlation.to_string(),
                "field": field.name, "label": field.label.in_language(&ctx.language),
                "before": known.within(field, &change.before), "after": known.within(field, &change.after), "version": event.version,
            }));
        }
    }
    let next = if more { events.last().map(|e| e.version.to_string()) } else { None };
    Ok(json!({"items": items, "next_cursor": next}))
}
