//! The one pipeline through which every record is written, and read one by one.
//!
//! `create`, `update` and `delete` are the doors; each runs access → normalise → rules → derive → validate →
//! write → event, in the caller's transaction. What a single object needs beyond that is a [`Rule`] of its module.
//! Nothing else in the program writes a record's table, except [`keep`] for values that can be computed anew.

mod access;
mod bin;
mod create;
mod delete;
mod derive;
mod draft;
mod hanging;
mod keep;
mod memo;
mod normalise;
mod reading;
mod show;
mod source;
mod stay;
mod undo;
mod update;
mod validate;
mod words;
mod write;

use std::collections::BTreeMap;

use base::{Id, Instant, Result, Value};
use store::Tx;

use crate::ctx::Ctx;

pub use access::{may_delete, may_read, may_update};
pub use bin::{absent, binned};
pub use create::{blank, create, create_values};
pub use delete::{delete, purge, restore};
pub use derive::{Formula, to_base};
pub use draft::Draft;
pub use hanging::{Hanging, hanging};
pub use keep::{keep, keep_unsaid};
pub use normalise::{Fields, alias_value, normalise};
pub use reading::{before, existing, external_ids, find, find_any, get, get_all, get_any, linking, lists, past, titles};
pub use show::{title, to_json};
pub use source::{holds, holds_for};
pub use stay::{code as stay_value, retell as retell_stays, tables};
pub use undo::{Fate, UndoOutcome, Undoing, undo};
pub use update::{set, update};
pub use validate::targets;
pub use words::{FoundBy, answers, found_by, has_unreadable};

/// One record with its values by field name; fields that are absent may be missing from `values`.
#[derive(Clone, Debug)]
pub struct Record {
    pub object: String,
    pub id: Id,
    /// Grows by one with every change.
    pub version: i64,
    pub created_at: Instant,
    pub created_by: Option<Id>,
    pub updated_at: Instant,
    pub updated_by: Option<Id>,
    pub deleted_at: Option<Instant>,
    pub values: BTreeMap<String, Value>,
}

impl Record {
    /// The value of a field by its name; absent when unknown.
    pub fn get(&self, field: &str) -> &Value {
        self.values.get(field).unwrap_or(&base::value::NULL)
    }
    pub fn text(&self, field: &str) -> Option<&str> {
        self.get(field).as_text()
    }
    pub fn link(&self, field: &str) -> Option<Id> {
        self.get(field).as_id()
    }
    pub fn has(&self, field: &str) -> bool {
        !self.get(field).is_null()
    }
    pub fn flag(&self, field: &str) -> bool {
        self.get(field).as_bool().unwrap_or(false)
    }
}

/// What a write did, for rules that run after it.
pub struct Change {
    pub before: Option<Record>,
    pub after: Record,
    /// Names of the fields that changed.
    pub fields: Vec<String>,
    /// The event that tells it.
    pub event: Id,
}

impl Change {
    pub fn changed(&self, field: &str) -> bool {
        self.fields.iter().any(|f| f == field)
    }
}

/// Behaviour of one object on saving. `before` may alter or refuse the draft; `after` may write other records.
pub trait Rule: Sync {
    /// The object it belongs to.
    fn object(&self) -> &'static str;
    fn before(&self, _ctx: &Ctx, _tx: &mut Tx, _draft: &mut Draft) -> Result<()> {
        Ok(())
    }
    /// Asked before a record goes to the bin; may refuse by a problem.
    fn before_delete(&self, _ctx: &Ctx, _tx: &mut Tx, _draft: &mut Draft) -> Result<()> {
        Ok(())
    }
    fn after(&self, _ctx: &Ctx, _tx: &mut Tx, _change: &Change) -> Result<()> {
        Ok(())
    }
}
