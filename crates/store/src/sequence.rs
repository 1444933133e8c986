//! Numbers without gaps, such as those of invoices.

use base::{Error, Result};

use crate::{Sql, Tx};

impl Tx {
    /// The next number of a sequence, from 1. Gapless: a transaction that fails gives its number back, and others wait
    /// for it until it ends; so ask late in the transaction.
    pub fn next_in_sequence(&mut self, name: &str) -> Result<i64> {
        let text =
            "insert into sequence (name, last) values (?1, 1) on conflict (name) do update set last = sequence.last + 1 returning last";
        let sql = Sql::fill(self.dialect(), text, [name.into()]);
        self.first(&sql, |row| row.int(0))?.flatten().ok_or_else(|| Error::internal("a sequence gave no number"))
    }
}
