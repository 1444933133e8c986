//! What the planner of queries knows of the data. All of an index is looked at: with SQLite's own limit of some thousand
//! rows a column of two values seems as telling as one of thousands, and at a million records a question is then
//! answered by way of half of them (<https://sqlite.org/lang_analyze.html#approx>).

use base::Result;

use crate::{Dialect, Sql, Tx};

/// For tables that grew or shrank tenfold, or were never looked at.
pub const RENEW: &str = "pragma optimize=0x10002";
/// Answers what [`RENEW`] would run.
const DUE: &str = "pragma optimize=0x10003";

/// Looks at the tables for which that is due; some seconds at a million records, once.
pub fn renew(tx: &mut Tx) -> Result<()> {
    let raw = |text: &str| Sql::raw(Dialect::Sqlite, text);
    let due = tx.all(&raw(DUE), |row| Ok(row.must_text(0)?.to_string()))?;
    if due.is_empty() {
        return Ok(());
    }
    for statement in due {
        tx.define(&raw(&statement))?;
    }
    // Other connections read the statistics together with the tables, and these when one of them changed.
    tx.define(&raw("create table statistics_renewed (n integer)"))?;
    tx.define(&raw("drop table statistics_renewed"))
}
