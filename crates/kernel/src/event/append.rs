//! Writes one event into the log, in the transaction of the change that it tells.

use base::{Id, Instant, Result};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use store::{Dialect, Notice, Param, Sql, Tx};

use super::FieldChange;
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
    /// The moment of the write: a record's `updated_at`, so that `as_of` that moment shows it.
    pub recorded_at: Instant,
    /// Where the business moment is another one.
    pub occurred_at: Option<Instant>,
    /// Names of the changed fields, for live updates.
    pub fields: &'a [String],
}

/// Adds the statements of an event to the batch of its write, and tells live listeners after the commit.
pub fn append(ctx: &Ctx, tx: &mut Tx, new: &NewEvent<'_>, batch: &mut Vec<Sql>) -> Result<()> {
    let now = new.recorded_at;
    let occurred = new.occurred_at.or(ctx.occurred_at).unwrap_or(now);
    let (payload, salt, hash) = seal(&new.changes);
    let dialect = tx.dialect();
    batch.push(event(ctx, dialect, new, now, occurred, hash));
    // The event's number is given by the database; it is found again by the id.
    let text = "insert into event_payload (seq, changes, salt) select rid, ?2, ?3 from event where id = ?1";
    batch.push(Sql::fill(dialect, text, [Param::from(new.id), payload.into(), salt.into()]));
    batch.extend(about(dialect, new, occurred));
    tx.notify(notice(ctx, new, now))
}

/// The payload's text, its salt, and the hash that stays in the event row when the payload is erased.
fn seal(changes: &[FieldChange]) -> (String, Vec<u8>, Vec<u8>) {
    let fields: Map<String, Json> = changes.iter().map(|c| (c.field.clone(), json!([c.before, c.after]))).collect();
    let payload = Json::Object(fields).to_string();
    let salt = Id::new().as_bytes().to_vec();
    let hash = Sha256::new().chain_update(&salt).chain_update(payload.as_bytes()).finalize().to_vec();
    (payload, salt, hash)
}

fn event(ctx: &Ctx, dialect: Dialect, new: &NewEvent<'_>, now: Instant, occurred: Instant, hash: Vec<u8>) -> Sql {
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
    let mut sql = Sql::new(dialect);
    sql.push(
        "insert into event (id, recorded_at, occurred_at, actor_kind, actor_id, origin_kind, origin_id, origin_name, \
         cause, correlation, kind, object, record, version, payload_hash, xact) values (",
    );
    sql.bind_each(values).push(", ").push(dialect.transaction_number()).push(")");
    sql
}

/// One row for the record itself and for each that the event concerns besides.
fn about(dialect: Dialect, new: &NewEvent<'_>, occurred: Instant) -> Vec<Sql> {
    let mut all = vec![(new.object.to_string(), new.record)];
    for one in &new.about {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
    let text = "insert into event_about (object, record, occurred_at, seq) select ?2, ?3, ?4, rid from event where id = ?1";
    let row =
        |(object, record): (String, Id)| Sql::fill(dialect, text, [Param::from(new.id), object.into(), record.into(), occurred.into()]);
    all.into_iter().map(row).collect()
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
