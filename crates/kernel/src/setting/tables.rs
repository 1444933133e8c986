//! The engine's tables of this room.

use store::table::{Column, ColumnKind, Table};

pub fn tables() -> Vec<Table> {
    let setting = Table {
        name: "setting".to_string(),
        columns: vec![Column::new("name", ColumnKind::Text).primary(), Column::new("value", ColumnKind::Text).required()],
        ..Table::default()
    };
    let preference = Table {
        name: "preference".to_string(),
        columns: vec![Column::new("owner", ColumnKind::Id).primary(), Column::new("value", ColumnKind::Text).required()],
        ..Table::default()
    };
    vec![setting, preference]
}
