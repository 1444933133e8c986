//! What stands in the database already.

use base::Result;

use crate::{Sql, Tx};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingTable {
    pub name: String,
    pub columns: Vec<ExistingColumn>,
    /// Without those that primary keys and unique constraints brought.
    pub indexes: Vec<ExistingIndex>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingColumn {
    pub name: String,
    /// As the database writes it: `blob`, `uuid`, `timestamp with time zone`.
    pub type_name: String,
    pub nullable: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingIndex {
    pub name: String,
    /// The statement that made it, as the database keeps it.
    pub definition: String,
}

impl ExistingTable {
    pub fn has_column(&self, name: &str) -> bool {
        self.columns.iter().any(|c| c.name == name)
    }
    pub fn has_index(&self, name: &str) -> bool {
        self.indexes.iter().any(|i| i.name == name)
    }
}

/// Every table of the workspace by name, search indexes (`…__search`) among them.
pub fn introspect(tx: &mut Tx) -> Result<Vec<ExistingTable>> {
    let dialect = tx.dialect();
    let mut tables: Vec<ExistingTable> = Vec::new();
    tx.each(&Sql::raw(dialect, dialect.list_columns()), &mut |row| {
        let table = row.must_text(0)?;
        if tables.last().is_none_or(|last| last.name != table) {
            tables.push(ExistingTable { name: table.to_string(), columns: Vec::new(), indexes: Vec::new() });
        }
        let column = ExistingColumn {
            name: row.must_text(1)?.to_string(),
            type_name: row.must_text(2)?.to_ascii_lowercase(),
            nullable: row.must_bool(3)?,
        };
        if let Some(table) = tables.last_mut() {
            table.columns.push(column);
        }
        Ok(())
    })?;
    tx.each(&Sql::raw(dialect, dialect.list_indexes()), &mut |row| {
        let table = row.must_text(0)?;
        let index = ExistingIndex { name: row.must_text(1)?.to_string(), definition: row.must_text(2)?.to_string() };
        if let Some(table) = tables.iter_mut().find(|t| t.name == table) {
            table.indexes.push(index);
        }
        Ok(())
    })?;
    Ok(tables)
}
