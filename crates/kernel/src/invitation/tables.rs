//! The engine's table of this room.

use store::table::{Column, ColumnKind, Index, Table};

pub fn tables() -> Vec<Table> {
    vec![Table {
        name: "invitation".to_string(),
        columns: vec![
            Column::new("hash", ColumnKind::Bytes).primary(),
            Column::new("owner", ColumnKind::Id).required(),
            Column::new("created_at", ColumnKind::Instant).required(),
            Column::new("created_by", ColumnKind::Id),
            Column::new("expires_at", ColumnKind::Instant).required(),
        ],
        indexes: vec![Index::on("invitation", &["owner"]), Index::on("invitation", &["expires_at"])],
        ..Table::default()
    }]
}
