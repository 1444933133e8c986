//! Reading events back: of one record, of one correlation, after a cursor.

use base::{Error, Id, Result};
use serde_json::{Map, Value as Json};
use store::{Param, Row, Sql, Tx};

use super::{Event, FieldChange};
use crate::ctx::{Actor, ActorKind, Origin};

/// Columns that [`row`] reads, in its order, from `event e` and `event_payload p`.
pub const COLUMNS: &str = "e.rid, e.id, e.recorded_at, e.occurred_at, e.actor_kind, e.actor_id, e.origin_kind, e.origin_id, \
     e.origin_name, e.cause, e.correlation, e.kind, e.object, e.record, e.version, p.changes";

pub fn row(row: &Row<'_>) -> Result<Event> {
    let missing = || Error::internal("an event lacks a column");
    let origin = row.text(6)?.map(str::to_string);
    Ok(Event {
        seq: row.int(0)?.ok_or_else(missing)?,
        id: row.id(1)?.ok_or_else(missing)?,
        recorded_at: row.instant(2)?.ok_or_else(missing)?,
        occurred_at: row.instant(3)?.ok_or_else(missing)?,
        actor: Actor { kind: actor_kind(row.text(4)?.unwrap_or("system")), id: row.id(5)? },
        origin: match origin {
            Some(kind) => Some(Origin { kind, id: row.id(7)?, name: row.text(8)?.map(str::to_string) }),
            None => None,
        },
        cause: row.id(9)?,
        correlation: row.id(10)?.ok_or_else(missing)?,
        kind: row.text(11)?.unwrap_or_default().to_string(),
        object: row.text(12)?.unwrap_or_default().to_string(),
        record: row.id(13)?.ok_or_else(missing)?,
        version: row.int(14)?.unwrap_or(0),
        changes: row.text(15)?.map(changes).unwrap_or_default(),
    })
}

fn actor_kind(word: &str) -> ActorKind {
    [ActorKind::User, ActorKind::Token, ActorKind::Import, ActorKind::Rule]
        .into_iter()
        .find(|k| k.as_str() == word)
        .unwrap_or(ActorKind::System)
}

fn changes(text: &str) -> Vec<FieldChange> {
    let fields: Map<String, Json> = serde_json::from_str(text).unwrap_or_default();
    let pair = |(field, value): (String, Json)| {
        let mut both = match value {
            Json::Array(both) => both.into_iter(),
            _ => Vec::new().into_iter(),
        };
        FieldChange { field, before: both.next().unwrap_or_default(), after: both.next().unwrap_or_default() }
    };
    fields.into_iter().map(pair).collect()
}

/// Events of a record after a version, oldest first.
pub fn of_record(tx: &mut Tx, object: &str, record: Id, after_version: i64) -> Result<Vec<Event>> {
    let text = format!(
        "select {COLUMNS} from event e left join event_payload p on p.seq = e.rid
         where e.record = ?1 and e.object = ?2 and e.version > ?3 order by e.version"
    );
    let sql = Sql::fill(tx.dialect(), &text, [Param::from(record), object.into(), after_version.into()]);
    tx.all(&sql, row)
}

/// The newest events of a correlation below a number, newest first.
pub fn of_correlation_below(tx: &mut Tx, correlation: Id, below: Option<i64>, limit: i64) -> Result<Vec<Event>> {
    let text = format!(
        "select {COLUMNS} from event e left join event_payload p on p.seq = e.rid
         where e.correlation = ?1 and e.rid < ?2 order by e.rid desc limit ?3"
    );
    let params = [Param::from(correlation), below.unwrap_or(i64::MAX).into(), limit.into()];
    tx.all(&Sql::fill(tx.dialect(), &text, params), row)
}

/// Everything that one request, import or run did, oldest first.
pub fn of_correlation(tx: &mut Tx, correlation: Id) -> Result<Vec<Event>> {
    let text = format!(
        "select {COLUMNS} from event e left join event_payload p on p.seq = e.rid
         where e.correlation = ?1 order by e.rid"
    );
    let sql = Sql::fill(tx.dialect(), &text, [Param::from(correlation)]);
    tx.all(&sql, row)
}
