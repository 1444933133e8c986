//! Records that this transaction has read already: rules ask for the same stage or company again and again.
//!
//! What the transaction writes stands here as it was written. What another transaction changed meanwhile is met by the
//! version that every write checks.

use std::collections::HashMap;

use base::{Id, Result};
use store::Tx;

use super::Record;

/// Beyond this everything is forgotten, so that an import's slice stays small.
const MOST: usize = 500;

#[derive(Default)]
struct Memo {
    records: HashMap<Id, Record>,
    /// Known to exist outside the bin, without having been read.
    met: HashMap<Id, String>,
    /// The team of a user.
    teams: HashMap<Id, Option<Id>>,
}

pub fn get(tx: &mut Tx, object: &str, id: Id) -> Option<Record> {
    tx.memory::<Memo>().records.get(&id).filter(|r| r.object == object).cloned()
}

pub fn put(tx: &mut Tx, record: &Record) {
    let memo = room(tx);
    memo.met.remove(&record.id);
    memo.teams.remove(&record.id);
    memo.records.insert(record.id, record.clone());
}

pub fn forget(tx: &mut Tx, id: Id) {
    let memo = tx.memory::<Memo>();
    memo.records.remove(&id);
    memo.met.remove(&id);
}

pub fn met(tx: &mut Tx, object: &str, id: Id) {
    room(tx).met.insert(id, object.to_string());
}

/// Is it known to exist, outside the bin?
pub fn has(tx: &mut Tx, object: &str, id: Id) -> bool {
    let memo = tx.memory::<Memo>();
    match memo.records.get(&id) {
        Some(record) => record.object == object && record.deleted_at.is_none(),
        None => memo.met.get(&id).is_some_and(|o| o == object),
    }
}

/// The team of a user, asked once.
pub fn team(tx: &mut Tx, user: Id, ask: impl FnOnce(&mut Tx) -> Result<Option<Id>>) -> Result<Option<Id>> {
    if let Some(known) = tx.memory::<Memo>().teams.get(&user) {
        return Ok(*known);
    }
    let team = ask(tx)?;
    room(tx).teams.insert(user, team);
    Ok(team)
}

/// The memo, emptied when it is full.
fn room(tx: &mut Tx) -> &mut Memo {
    let memo = tx.memory::<Memo>();
    if memo.records.len().max(memo.met.len()).max(memo.teams.len()) >= MOST {
        *memo = Memo::default();
    }
    memo
}
