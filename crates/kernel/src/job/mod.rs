//! Work that time brings along rather than events: what is right today may be wrong tomorrow though nobody did anything.
//!
//! A [`Job`] is a pass in short steps, each in a transaction of its own, so that it may be killed anywhere and goes on
//! where it stood. Modules list theirs; the thread that moves the readers of the log runs what is due. Work that somebody
//! asked for (an import, an export) is not a job of this kind.

mod run;

use base::Result;
use store::Tx;
use store::table::{Column, ColumnKind, Table};

use crate::ctx::Ctx;

pub use run::{run_due, run_today, skip_today};

/// How often a pass is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// Every few seconds; must cost next to nothing when there is nothing to do.
    Moment,
    /// Once a day, from midnight of the workspace's zone on.
    Day,
}

/// Must do no harm when a step is run again.
pub trait Job: Sync {
    /// Stable: how far it came is kept under it.
    fn name(&self) -> &'static str;
    fn every(&self) -> Every;
    /// One step. `after` is what the last step of this pass answered, `None` at its beginning; answers where the next
    /// step begins, and `None` at the end of the pass.
    fn step(&self, ctx: &Ctx, tx: &mut Tx, after: Option<&str>) -> Result<Option<String>>;
}

pub fn tables() -> Vec<Table> {
    vec![Table {
        name: "job_pass".into(),
        columns: vec![
            Column::new("name", ColumnKind::Text).primary(),
            // The day whose pass is on or over.
            Column::new("day", ColumnKind::Date).required(),
            Column::new("after", ColumnKind::Text),
            Column::new("is_over", ColumnKind::Bool).required(),
        ],
        ..Table::default()
    }]
}
