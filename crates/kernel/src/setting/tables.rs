//! The engine's table of this room.

use store::table::{Column, ColumnKind, Table};

pub fn tables() -> Vec<Table> {
    vec![Table {
        name: "setting".to_string(),
        columns: vec![Column::new("name", ColumnKind::Text).primary(), Column::new("value", ColumnKind::Text).required()],
        ..Table::default()
    }]
}
