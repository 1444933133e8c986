//! The engine's table of this room.

use store::table::{Column, ColumnKind, Index, Table};

pub fn tables() -> Vec<Table> {
    vec![Table {
        name: "token".to_string(),
        columns: vec![
            Column::new("id", ColumnKind::Id).primary(),
            Column::new("owner", ColumnKind::Id).required(),
            Column::new("name", ColumnKind::Text).required(),
            Column::new("hash", ColumnKind::Bytes).required(),
            Column::new("scopes", ColumnKind::Text),
            Column::new("created_at", ColumnKind::Instant).required(),
            Column::new("created_by", ColumnKind::Id),
            Column::new("expires_at", ColumnKind::Instant),
            Column::new("last_used_at", ColumnKind::Instant),
        ],
        indexes: vec![Index::on("token", &["hash"]).unique(), Index::on("token", &["owner"])],
        ..Table::default()
    }]
}
