//! Writing the statements that make and change tables.

use super::{Column, ColumnKind, Index, Table};
use crate::{Dialect, Sql};

/// The table, its indexes and its search index. To be run in order, in one transaction, by [`crate::Tx::define`].
pub fn create(dialect: Dialect, table: &Table) -> Vec<Sql> {
    let mut sql = Sql::new(dialect);
    sql.push("create table ").push_ident(&table.name).push(" (\n  ");
    let mut lines = Vec::new();
    if table.with_rid {
        lines.push(Sql::raw(dialect, dialect.rid_column()));
    }
    lines.extend(table.columns.iter().map(|column| declaration(dialect, column)));
    let keys: Vec<&Column> = table.columns.iter().filter(|c| c.primary).collect();
    if !keys.is_empty() {
        lines.push(key(dialect, &keys, if table.with_rid { "unique" } else { "primary key" }));
    }
    sql.append_each(lines, ",\n  ").push("\n)").push(dialect.table_suffix());
    let mut all = vec![sql];
    all.extend(table.indexes.iter().map(|index| create_index(dialect, &table.name, index, false)));
    if table.searched {
        all.extend(dialect.search_table(&table.name));
    }
    all
}

fn key(dialect: Dialect, columns: &[&Column], kind: &str) -> Sql {
    let mut sql = Sql::raw(dialect, kind);
    sql.push(" (");
    for (i, column) in columns.iter().enumerate() {
        sql.push(if i == 0 { "" } else { ", " }).push_ident(&column.name);
    }
    sql.push(")");
    sql
}

fn declaration(dialect: Dialect, column: &Column) -> Sql {
    let mut sql = Sql::new(dialect);
    sql.push_ident(&column.name).push(" ").push(dialect.column_type(column.kind));
    if !column.nullable {
        sql.push(" not null");
    }
    if let Some(default) = &column.default {
        sql.push(" default ").push(default);
    }
    if let Some(table) = &column.references {
        sql.push(" references ").push_ident(table).push(" (\"id\")");
    }
    sql
}

/// A column that is not null needs a default, since rows may be there already.
pub fn add_column(dialect: Dialect, table: &str, column: &Column) -> Sql {
    let mut sql = Sql::new(dialect);
    sql.push("alter table ").push_ident(table).push(" add column ").append(declaration(dialect, column));
    sql
}

/// `online` builds it without keeping writers waiting where the database can, but then not in a transaction;
/// [`crate::Store::build_index`] does that.
pub fn create_index(dialect: Dialect, table: &str, index: &Index, online: bool) -> Sql {
    let mut sql = Sql::raw(dialect, if index.unique { "create unique index " } else { "create index " });
    sql.push(if online { dialect.concurrently() } else { "" }).push("if not exists ").push_ident(&index.name);
    sql.push(" on ").push_ident(table).push(" (");
    for (i, column) in index.columns.iter().enumerate() {
        sql.push(if i == 0 { "" } else { ", " }).push_ident(&column.name).push(if column.descending { " desc" } else { "" });
    }
    sql.push(")");
    if let Some(filter) = &index.filter {
        sql.push(" where ").push(filter);
    }
    sql
}

pub fn drop_index(dialect: Dialect, name: &str) -> Sql {
    let mut sql = Sql::raw(dialect, "drop index if exists ");
    sql.push_ident(name);
    sql
}

/// Lets a column be null from now on, as a retired one must.
pub fn drop_not_null(dialect: Dialect, table: &str, column: &str) -> Sql {
    let mut sql = Sql::raw(dialect, "alter table ");
    sql.push_ident(table).push(" alter column ").push_ident(column).push(" drop not null");
    sql
}

/// The table behind [`crate::Tx::next_in_sequence`].
pub(crate) fn sequences(dialect: Dialect) -> Sql {
    let text = dialect.column_type(ColumnKind::Text);
    let int = dialect.column_type(ColumnKind::Int);
    Sql::raw(dialect, format!("create table if not exists sequence (name {text} primary key, last {int} not null)"))
}
