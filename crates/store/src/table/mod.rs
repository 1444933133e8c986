//! Tables as plain data, the statements that make them, and what stands in the database already.
//!
//! Start with [`Table`]; [`create`] writes it, [`introspect()`] tells what is there, so that a plan can be the difference.

mod define;
mod introspect;

pub(crate) use define::sequences;
pub use define::{add_column, create, create_index, drop_index, drop_not_null};
pub use introspect::{ExistingColumn, ExistingIndex, ExistingTable, introspect};

/// `Eq`, so that a plan can be compared with another.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Table {
    pub name: String,
    /// A 64-bit `rid` before the other columns, counted up by the database: the record's number within the table.
    pub with_rid: bool,
    pub columns: Vec<Column>,
    pub indexes: Vec<Index>,
    /// With a search index beside it (needs `with_rid`).
    pub searched: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: ColumnKind,
    pub nullable: bool,
    /// An SQL literal that both databases understand (`0`, `'open'`, `false`).
    pub default: Option<String>,
    /// Part of the primary key; with `with_rid` a unique index serves instead.
    pub primary: bool,
    /// A table whose `id` this column refers to; checked by the database.
    pub references: Option<String>,
}

impl Column {
    /// A nullable column without anything special.
    pub fn new(name: impl Into<String>, kind: ColumnKind) -> Self {
        Column { name: name.into(), kind, nullable: true, default: None, primary: false, references: None }
    }
    #[must_use]
    pub fn required(mut self) -> Self {
        self.nullable = false;
        self
    }
    #[must_use]
    pub fn primary(mut self) -> Self {
        self.primary = true;
        self.nullable = false;
        self
    }
    #[must_use]
    pub fn default(mut self, literal: &str) -> Self {
        self.default = Some(literal.to_string());
        self
    }
    #[must_use]
    pub fn references(mut self, table: &str) -> Self {
        self.references = Some(table.to_string());
        self
    }
}

/// What a column holds, and so which [`crate::Param`] goes in and which reader of [`crate::Row`] gets it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    Id,
    Bool,
    /// 64 bits; also decimals of a fixed scale and money.
    Int,
    Float,
    Text,
    Bytes,
    Date,
    Instant,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Unique in the workspace: `{table}__{columns}` by custom.
    pub name: String,
    pub columns: Vec<IndexColumn>,
    pub unique: bool,
    /// A condition in SQL that both databases understand (`"deleted_at" is null`).
    pub filter: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexColumn {
    pub name: String,
    pub descending: bool,
}

impl Index {
    /// Over columns of a table, a `-` before those that descend; the name follows from both.
    pub fn on(table: &str, columns: &[&str]) -> Self {
        let plain = |c: &str| c.trim_start_matches('-').to_string();
        let name = format!("{table}__{}", columns.iter().map(|c| plain(c)).collect::<Vec<_>>().join("__"));
        let columns = columns.iter().map(|c| IndexColumn { name: plain(c), descending: c.starts_with('-') }).collect();
        Index { name, columns, unique: false, filter: None }
    }
    #[must_use]
    pub fn unique(mut self) -> Self {
        self.unique = true;
        self
    }
    #[must_use]
    pub fn filter(mut self, condition: &str) -> Self {
        self.filter = Some(condition.to_string());
        self
    }
}
