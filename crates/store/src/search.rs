//! The search index of an object: for each record the words to find it by, cut and folded by `base::text::words`.
//!
//! One index per object, `{object}__search`, by `rid`, the row number of the record in its table. The condition that uses it is [`crate::Dialect::search_match`].

use base::Id;

use crate::{Dialect, Sql};

/// The statements that make an object's index; harmless if it is there.
pub fn search_index(dialect: Dialect, object: &str) -> Vec<Sql> {
    dialect.search_table(object)
}

/// The statement that puts or replaces the words of a record that stands in its table.
pub fn search_replace(dialect: Dialect, object: &str, id: Id, words: &[String]) -> Sql {
    dialect.search_write(object, id, words)
}

/// The statement that takes a record's words away while it stands in its table.
pub fn search_remove(dialect: Dialect, object: &str, id: Id) -> Sql {
    let mut sql = Sql::new(dialect);
    sql.push("delete from ").push_ident(&format!("{object}__search")).push(" where ").push(dialect.search_key());
    sql.push(" = (select rid from ").push_ident(object).push(" where id = ").bind(id).push(")");
    sql
}
