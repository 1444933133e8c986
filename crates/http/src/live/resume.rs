//! What a listener missed while the line was down, from the log.

use std::sync::Arc;

use base::Result;
use kernel::Ctx;
use serde_json::{Map, Value as Json, json};
use store::{Row, Sql, Tx};

use super::Change;
use crate::app::Shared;

/// More than this and the client looks at everything anew.
const LIMIT: usize = 500;
/// Events before the last known one that are told again, since a transaction may commit later than a younger one.
const OVERLAP: i64 = 50;

/// Changes after an event; absent when the event is unknown or too much happened since.
pub async fn since(app: &Shared, event: &str) -> Option<Vec<Change>> {
    let event: base::Id = event.parse().ok()?;
    let inside = Arc::clone(app);
    let read = app.engine.store().read_async(move |tx| {
        let known = Sql::fill(tx.dialect(), "select rid from event where id = ?1", [event.into()]);
        let Some(seq) = tx.first(&known, |row| row.int(0))?.flatten() else { return Ok(None) };
        let ctx = Ctx::system(&inside.engine);
        after(&ctx, tx, seq - OVERLAP).map(Some)
    });
    match read.await {
        Ok(Some(changes)) if changes.len() <= LIMIT => Some(changes),
        _ => None,
    }
}

fn after(ctx: &Ctx, tx: &mut Tx, seq: i64) -> Result<Vec<Change>> {
    let text = format!(
        "select e.id, e.object, e.record, e.version, e.kind, e.recorded_at, e.actor_kind, e.actor_id, e.correlation, p.changes
         from event e left join event_payload p on p.seq = e.rid where e.rid > ?1 order by e.rid limit {}",
        LIMIT + 1
    );
    let sql = Sql::fill(tx.dialect(), &text, [seq.into()]);
    tx.all(&sql, |row| change(ctx, row))
}

fn change(ctx: &Ctx, row: &Row<'_>) -> Result<Change> {
    let object = row.must_text(1)?.to_string();
    let payload: Map<String, Json> = row.text(9)?.and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default();
    let model = ctx.model.object(&object);
    let name = |id: &String| model.and_then(|o| o.fields.iter().find(|f| f.id == *id)).map_or_else(|| id.clone(), |f| f.name.clone());
    let rest = json!({
        "version": row.int(3)?,
        "actor": {"kind": row.text(6)?, "id": row.id(7)?.map(|i| i.to_string()), "name": null},
        "at": row.must_instant(5)?.to_string(),
        "correlation": row.id(8)?.map(|i| i.to_string()),
    });
    Ok(Change {
        event: Some(row.must_id(0)?.to_string()),
        id: row.must_id(2)?,
        kind: row.must_text(4)?.to_string(),
        fields: payload.keys().map(name).collect(),
        rest: rest.as_object().cloned().unwrap_or_default(),
        object,
    })
}
