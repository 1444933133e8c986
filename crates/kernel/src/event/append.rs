//! Writes one event into the log, in the transaction of the change that it tells.

use base::{Id, Instant, Result};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use store::{Notice, Param, Sql, Tx};

use super::{Event, FieldChange};
use crate::ctx::Ctx;

/// What the pipeline knows of an event before it is written.
pub struct NewEvent<'a> {
    pub id: Id,
    pub kind: &'a str,
    pub object: &'a str,
    pub record: Id,
    pub version: i64,
    pub changes: Vec<FieldChange>,
    /// Further records that it concerns; the record itself is added.
    pub about: Vec<(String, Id)>,
    /// Where the business moment is another than now.
    pub occurred_at: Option<Instant>,
    /// Names of the changed fields, for live updates.
    pub fields: &'a [String],
}

/// Appends and tells live listeners after the commit.
pub fn append(ctx: &Ctx, tx: &mut Tx, new: NewEvent<'_>) -> Result<Event> {
    let now = ctx.now();
    let occurred = new.occurred_at.or(ctx.occurred_at).unwrap_or(now);
    let (payload, salt, hash) = seal(&new.changes);
    let seq = insert_event(ctx, tx, &new, now, occurred, hash)?;
    insert_payload(tx, seq, payload, salt)?;
    insert_about(tx, seq, &new, occurred)?;
    tx.notify(notice(ctx, &new, now))?;
    Ok(Event {
        seq,
        id: new.id,
        recorded_at: now,
        occurred_at: occurred,
        actor: ctx.actor.clone(),
        origin: ctx.origin.clone(),
        cause: ctx.cause,
        correlation: ctx.correlation,
        kind: new.kind.to_string(),
        object: new.object.to_string(),
        record: new.record,
        version: new.version,
        changes: new.changes,
    })
}

/// The payload's text, its salt, and the hash that stays in the event row when the payload is erased.
fn seal(changes: &[FieldChange]) -> (String, Vec<u8>, Vec<u8>) {
    let fields: Map<String, Json> = changes.iter().map(|c| (c.field.clone(), json!([c.before, c.after]))).collect();
    let payload = Json::Object(fields).to_string();
    let salt = Id::new().as_bytes().to_vec();
    let hash = Sha256::new().chain_update(&salt).chain_update(payload.as_bytes()).finalize().to_vec();
    (payload, salt, hash)
}

fn insert_event(ctx: &Ctx, tx: &mut Tx, new: &NewEvent<'_>, now: Instant, occurred: Instant, hash: Vec<u8>) -> Result<i64> {
    let origin = ctx.origin.as_ref();
    let values: Vec<Param> = vec![
        new.id.into(),
        now.into(),
        occurred.into(),
        ctx.actor.kind.as_str().into(),
        ctx.actor.id.into(),
        origin.map(|o| o.kind.clone()).into(),
        origin.and_then(|o| o.id).into(),
        origin.and_then(|o| o.name.clone()).into(),
        ctx.cause.into(),
        ctx.correlation.into(),
        new.kind.into(),
        new.object.into(),
        new.record.into(),
        new.version.into(),
        hash.into(),
    ];
    let mut sql = Sql::new(tx.dialect());
    sql.push(
        "insert into event (id, recorded_at, occurred_at, actor_kind, actor_id, origin_kind, origin_id, origin_name, \
         cause, correlation, kind, object, record, version, payload_hash, xact) values (",
    );
    sql.bind_each(values);
    sql.push(", ").push(tx.dialect().transaction_number()).push(") returning rid");
    tx.first(&sql, |row| row.int(0))?.flatten().ok_or_else(|| base::Error::internal("event without number"))
}

fn insert_payload(tx: &mut Tx, seq: i64, payload: String, salt: Vec<u8>) -> Result<()> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("insert into event_payload (seq, changes, salt) values (");
    sql.bind_each([Param::from(seq), payload.into(), salt.into()]);
    sql.push(")");
    tx.execute(&sql).map(|_| ())
}

fn insert_about(tx: &mut Tx, seq: i64, new: &NewEvent<'_>, occurred: Instant) -> Result<()> {
    let mut all = vec![(new.object.to_string(), new.record)];
    for one in &new.about {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
    let mut sql = Sql::new(tx.dialect());
    sql.push("insert into event_about (object, record, seq, occurred_at) values ");
    for (i, (object, record)) in all.into_iter().enumerate() {
        sql.push(if i == 0 { "(" } else { ", (" });
        sql.bind_each([Param::from(object), record.into(), seq.into(), occurred.into()]);
        sql.push(")");
    }
    tx.execute(&sql).map(|_| ())
}

/// Moves all events of a record into the timelines of further records, and out of those that they no longer concern.
pub fn concern(tx: &mut Tx, object: &str, record: Id, added: &[(String, Id)], gone: &[(String, Id)]) -> Result<()> {
    for (other, id) in added {
        let text = "insert into event_about (object, record, seq, occurred_at)
             select ?1, ?2, a.seq, a.occurred_at from event_about a where a.object = ?3 and a.record = ?4
             on conflict do nothing";
        tx.execute(&Sql::fill(tx.dialect(), text, [Param::from(other), (*id).into(), object.into(), record.into()]))?;
    }
    for (other, id) in gone {
        let text = "delete from event_about where object = ?1 and record = ?2 and seq in
             (select a.seq from event_about a join event e on e.rid = a.seq
              where a.object = ?3 and a.record = ?4 and e.object = ?3 and e.record = ?4)";
        tx.execute(&Sql::fill(tx.dialect(), text, [Param::from(other), (*id).into(), object.into(), record.into()]))?;
    }
    Ok(())
}

fn notice(ctx: &Ctx, new: &NewEvent<'_>, now: Instant) -> Notice {
    let name = ctx.user.as_ref().map(|u| u.name.clone());
    let actor = json!({"kind": ctx.actor.kind.as_str(), "id": ctx.actor.id.map(|i| i.to_string()), "name": name});
    let payload = json!({
        "object": new.object, "id": new.record.to_string(), "version": new.version, "kind": new.kind,
        "fields": new.fields, "actor": actor, "at": now.to_string(), "event": new.id.to_string(),
        "correlation": ctx.correlation.to_string(),
    });
    Notice { channel: "change".to_string(), payload: payload.to_string() }
}
