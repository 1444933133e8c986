//! The engine's tables of this room.

use store::table::{Column, ColumnKind, Index, Table};

pub fn tables() -> Vec<Table> {
    let credential = Table {
        name: "credential".to_string(),
        columns: vec![
            Column::new("owner", ColumnKind::Id).primary(),
            Column::new("hash", ColumnKind::Text).required(),
            Column::new("changed_at", ColumnKind::Instant).required(),
        ],
        ..Table::default()
    };
    let session = Table {
        name: "session".to_string(),
        columns: vec![
            Column::new("hash", ColumnKind::Bytes).primary(),
            Column::new("owner", ColumnKind::Id).required(),
            Column::new("created_at", ColumnKind::Instant).required(),
            Column::new("last_seen_at", ColumnKind::Instant).required(),
            Column::new("expires_at", ColumnKind::Instant).required(),
        ],
        indexes: vec![Index::on("session", &["owner"]), Index::on("session", &["expires_at"])],
        ..Table::default()
    };
    let attempt = Table {
        name: "sign_in_attempt".to_string(),
        columns: vec![
            Column::new("name", ColumnKind::Bytes).primary(),
            Column::new("failures", ColumnKind::Int).required(),
            Column::new("last_at", ColumnKind::Instant).required(),
        ],
        indexes: vec![Index::on("sign_in_attempt", &["last_at"])],
        ..Table::default()
    };
    vec![credential, session, attempt]
}
