//! The same write sent twice is done once: the first answer is kept for a day and given again.
//!
//! The row is written in the transaction of the write that it answers for, so neither can be there without the
//! other. Only answers of writes that succeeded are kept; a refused one changed nothing and is simply tried again.

mod tables;

use base::{Error, Id, Instant, Result};
use sha2::{Digest, Sha256};
use store::{Row, Sql, Tx};

pub use tables::tables;

/// How long an answer is kept.
const KEPT_HOURS: i64 = 24;
/// Characters of a key; a UUID has 36.
pub const KEY_LIMIT: usize = 200;

/// Which request this is: who sent it, where to, under which key, and what was in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    name: Vec<u8>,
    body: Vec<u8>,
}

/// An answer as it left the door.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Key {
    /// `route` is method and path with its parameters. `Invalid` for an empty or overlong key.
    pub fn new(key: &str, actor: Option<Id>, route: &str, body: &[u8]) -> Result<Self> {
        if key.is_empty() || key.len() > KEY_LIMIT {
            return Err(Error::field("Idempotency-Key", "length", format!("An idempotency key has 1 to {KEY_LIMIT} characters")));
        }
        let actor = actor.map(|id| id.to_string()).unwrap_or_default();
        let name = Sha256::new().chain_update(&actor).chain_update([0]).chain_update(route).chain_update([0]).chain_update(key);
        Ok(Key { name: name.finalize().to_vec(), body: Sha256::digest(body).to_vec() })
    }
}

/// The first answer, if this request was answered before. `Invalid` when the key came with another body.
pub fn find(tx: &mut Tx, key: &Key, now: Instant) -> Result<Option<Answer>> {
    let text = "select request, status, headers, answer from idempotency where name = ?1 and created_at > ?2";
    let sql = Sql::fill(tx.dialect(), text, [key.name.clone().into(), kept_since(now).into()]);
    match tx.first(&sql, read)? {
        None => Ok(None),
        Some((body, answer)) if body == key.body => Ok(Some(answer)),
        Some(_) => Err(Error::field("Idempotency-Key", "reused", "This idempotency key was used for another request; take a new one")),
    }
}

/// Keeps the answer. When another request with the same key came first meanwhile, the transaction must be run
/// again and will find that one's answer.
pub fn save(tx: &mut Tx, key: &Key, answer: &Answer, now: Instant) -> Result<()> {
    forget(tx, now)?;
    let text = "insert into idempotency (name, request, status, headers, answer, created_at)
                values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (name) do nothing";
    let values = [
        key.name.clone().into(),
        key.body.clone().into(),
        i64::from(answer.status).into(),
        serde_json::to_string(&answer.headers)?.into(),
        answer.body.clone().into(),
        now.into(),
    ];
    match tx.execute(&Sql::fill(tx.dialect(), text, values))? {
        0 => Err(Error::conflict("The same request is being answered at this moment").retryable()),
        _ => Ok(()),
    }
}

fn forget(tx: &mut Tx, now: Instant) -> Result<()> {
    let sql = Sql::fill(tx.dialect(), "delete from idempotency where created_at <= ?1", [kept_since(now).into()]);
    tx.execute(&sql).map(|_| ())
}

fn kept_since(now: Instant) -> Instant {
    now.plus_micros(-KEPT_HOURS * 3_600_000_000)
}

fn read(row: &Row<'_>) -> Result<(Vec<u8>, Answer)> {
    let bytes = |i: usize| -> Result<Vec<u8>> { Ok(row.bytes(i)?.unwrap_or_default().to_vec()) };
    let headers = row.text(2)?.map(serde_json::from_str).transpose()?.unwrap_or_default();
    let status = row.int(1)?.and_then(|s| u16::try_from(s).ok()).unwrap_or(200);
    Ok((bytes(0)?, Answer { status, headers, body: bytes(3)? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_belongs_to_one_actor_one_route_and_one_body() {
        let id = Id::new();
        let key = |key: &str, actor, route: &str, body: &str| Key::new(key, actor, route, body.as_bytes()).unwrap();
        assert_eq!(key("k", Some(id), "POST /a", "{}"), key("k", Some(id), "POST /a", "{}"));
        assert_ne!(key("k", Some(id), "POST /a", "{}").name, key("k", None, "POST /a", "{}").name);
        assert_ne!(key("k", Some(id), "POST /a", "{}").name, key("k", Some(id), "POST /b", "{}").name);
        assert_ne!(key("k", Some(id), "POST /a", "{}").body, key("k", Some(id), "POST /a", "{ }").body);
        assert!(Key::new("", None, "POST /a", b"").is_err());
        assert!(Key::new(&"x".repeat(201), None, "POST /a", b"").is_err());
    }
}
