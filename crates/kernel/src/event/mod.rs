//! The append-only log: what happened, to which record, by whom and why.
//!
//! An event is written in the transaction of the change it tells. Its values stand apart in `event_payload`, so
//! that they can be erased later while the salted hash in the event row still verifies. `event_about` names every
//! record that it concerns; timelines read that index and nothing else.

mod append;
mod below;
mod history;
mod link;
mod read;
pub mod tables;
mod timeline;

use base::{Id, Instant};

use crate::ctx::{Actor, Origin};

pub use append::{NewEvent, append, concern};
pub use history::history;
pub use read::{COLUMNS, of_correlation, of_correlation_below, of_record, row};
pub use timeline::{TimelineRequest, timeline};

/// Kinds of record events; interactions bring their own.
pub const CREATED: &str = "record.created";
pub const UPDATED: &str = "record.updated";
pub const DELETED: &str = "record.deleted";
pub const RESTORED: &str = "record.restored";
pub const PURGED: &str = "record.purged";

#[derive(Clone, Debug)]
pub struct Event {
    /// Order of recording.
    pub seq: i64,
    pub id: Id,
    pub recorded_at: Instant,
    /// When it happened in business; may be earlier than it was recorded (D1).
    pub occurred_at: Instant,
    pub actor: Actor,
    pub origin: Option<Origin>,
    pub cause: Option<Id>,
    pub correlation: Id,
    pub kind: String,
    pub object: String,
    pub record: Id,
    /// The record's version after it.
    pub version: i64,
    /// By stable field id.
    pub changes: Vec<FieldChange>,
}

/// Before and after of one field, as the interface writes values.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    pub field: String,
    pub before: serde_json::Value,
    pub after: serde_json::Value,
}

impl Event {
    pub fn changed(&self, field: &str) -> bool {
        self.changes.iter().any(|c| c.field == field)
    }
}
