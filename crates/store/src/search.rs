//! The search index of an object: for each record the words to find it by, cut and folded by `base::text::words`.
//!
//! One index per object, `{object}__search`, by `rid`. The condition that uses it is [`crate::Dialect::search_match`].

use base::Result;

use crate::{Dialect, Sql, Tx};

/// The statements that make an object's index; harmless if it is there.
pub fn search_index(dialect: Dialect, object: &str) -> Vec<Sql> {
    dialect.search_table(object)
}

/// Puts or replaces the words of a record.
pub fn search_replace(tx: &mut Tx, object: &str, rid: i64, words: &[String]) -> Result<()> {
    let sql = tx.dialect().search_write(object, rid, words);
    tx.execute(&sql).map(drop)
}

pub fn search_remove(tx: &mut Tx, object: &str, rid: i64) -> Result<()> {
    let sql = search_removal(tx.dialect(), object, rid);
    tx.execute(&sql).map(drop)
}

/// The statement of [`search_replace`], to send with others by [`Tx::execute_all`].
pub fn search_replacement(dialect: Dialect, object: &str, rid: i64, words: &[String]) -> Sql {
    dialect.search_write(object, rid, words)
}

/// The statement of [`search_remove`].
pub fn search_removal(dialect: Dialect, object: &str, rid: i64) -> Sql {
    let mut sql = Sql::new(dialect);
    sql.push("delete from ").push_ident(&format!("{object}__search")).push(" where ").push(dialect.search_key()).push(" = ").bind(rid);
    sql
}
