//! Records that this transaction has read already: rules ask for the same stage or company again and again.
//!
//! What the transaction writes stands here as it was written. What another transaction changed meanwhile is met by the
//! version that every write checks.

use std::collections::HashMap;

use base::Id;
use store::Tx;

use super::Record;

/// Beyond this everything is forgotten, so that an import's slice stays small.
const MOST: usize = 500;

#[derive(Default)]
struct Memo(HashMap<Id, Record>);

pub fn get(tx: &mut Tx, object: &str, id: Id) -> Option<Record> {
    tx.memory::<Memo>().0.get(&id).filter(|r| r.object == object).cloned()
}

pub fn put(tx: &mut Tx, record: &Record) {
    let memo = &mut tx.memory::<Memo>().0;
    if memo.len() >= MOST {
        memo.clear();
    }
    memo.insert(record.id, record.clone());
}

pub fn forget(tx: &mut Tx, id: Id) {
    tx.memory::<Memo>().0.remove(&id);
}

/// Is it known to exist, outside the bin?
pub fn has(tx: &mut Tx, object: &str, id: Id) -> bool {
    tx.memory::<Memo>().0.get(&id).is_some_and(|r| r.object == object && r.deleted_at.is_none())
}
