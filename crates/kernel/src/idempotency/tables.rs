//! The engine's table of this room.

use store::table::{Column, ColumnKind, Index, Table};

pub fn tables() -> Vec<Table> {
    vec![Table {
        name: "idempotency".to_string(),
        columns: vec![
            Column::new("name", ColumnKind::Bytes).primary(),
            Column::new("request", ColumnKind::Bytes).required(),
            Column::new("status", ColumnKind::Int).required(),
            Column::new("headers", ColumnKind::Text).required(),
            Column::new("answer", ColumnKind::Bytes).required(),
            Column::new("created_at", ColumnKind::Instant).required(),
        ],
        indexes: vec![Index::on("idempotency", &["created_at"])],
        ..Table::default()
    }]
}
