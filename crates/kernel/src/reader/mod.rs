//! Readers of the log: what follows from events, kept up by a cursor.
//!
//! A reader's effect and its cursor move in one transaction, so that it may be killed anywhere. On PostgreSQL only
//! events of settled transactions are taken, in the order (transaction, number): a late commit is never skipped.

mod run;

use base::Result;
use store::Tx;
use store::table::{Column, ColumnKind, Table};

use crate::ctx::Ctx;
use crate::event::Event;

pub use run::{Running, catch_up, start};

/// Something that follows the log. Must give the same result when an event is read again.
pub trait Reader: Sync {
    /// Stable: its cursor is kept under it.
    fn name(&self) -> &'static str;
    /// Does it look at this event at all?
    fn wants(&self, event: &Event) -> bool;
    /// The events are in order and all wanted; `tx` also moves the cursor.
    fn read(&self, ctx: &Ctx, tx: &mut Tx, events: &[Event]) -> Result<()>;
}

pub fn tables() -> Vec<Table> {
    vec![Table {
        name: "reader_cursor".into(),
        with_rid: false,
        columns: vec![
            Column::new("name", ColumnKind::Text).primary(),
            Column::new("xact", ColumnKind::Int).required(),
            Column::new("seq", ColumnKind::Int).required(),
        ],
        indexes: Vec::new(),
        searched: false,
    }]
}
