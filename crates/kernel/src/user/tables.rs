//! The engine's table of this room.

use store::table::{Column, ColumnKind, Table};

pub fn tables() -> Vec<Table> {
    vec![Table {
        name: "preference".to_string(),
        columns: vec![Column::new("owner", ColumnKind::Id).primary(), Column::new("value", ColumnKind::Text).required()],
        ..Table::default()
    }]
}
