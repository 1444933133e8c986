//! The log's tables.

use store::table::{Column, ColumnKind, Index, Table};

pub fn tables() -> Vec<Table> {
    vec![event(), payload(), about()]
}

fn event() -> Table {
    let column = Column::new;
    Table {
        name: "event".into(),
        // `seq` counts up by itself: it is the row number of the table.
        with_rid: true,
        columns: vec![
            column("id", ColumnKind::Id).required(),
            column("recorded_at", ColumnKind::Instant).required(),
            column("occurred_at", ColumnKind::Instant).required(),
            column("actor_kind", ColumnKind::Text).required(),
            column("actor_id", ColumnKind::Id),
            column("origin_kind", ColumnKind::Text),
            column("origin_id", ColumnKind::Id),
            column("origin_name", ColumnKind::Text),
            column("cause", ColumnKind::Id),
            column("correlation", ColumnKind::Id).required(),
            column("kind", ColumnKind::Text).required(),
            column("object", ColumnKind::Text).required(),
            column("record", ColumnKind::Id).required(),
            column("version", ColumnKind::Int).required(),
            column("payload_hash", ColumnKind::Bytes).required(),
            // Which transaction wrote it; readers on PostgreSQL follow this order (design, "Decided now" 2).
            column("xact", ColumnKind::Int).required().default("0"),
        ],
        indexes: vec![
            Index::on("event", &["id"]).unique(),
            Index::on("event", &["record", "version"]),
            Index::on("event", &["correlation"]),
            Index::on("event", &["xact", "rid"]),
        ],
        searched: false,
    }
}

fn payload() -> Table {
    Table {
        name: "event_payload".into(),
        with_rid: false,
        columns: vec![
            Column::new("seq", ColumnKind::Int).primary(),
            // Before and after by stable field id; null once erased.
            Column::new("changes", ColumnKind::Text),
            Column::new("salt", ColumnKind::Bytes),
            Column::new("subject", ColumnKind::Id),
        ],
        indexes: Vec::new(),
        searched: false,
    }
}

fn about() -> Table {
    Table {
        name: "event_about".into(),
        with_rid: false,
        columns: vec![
            Column::new("object", ColumnKind::Text).primary(),
            Column::new("record", ColumnKind::Id).primary(),
            Column::new("occurred_at", ColumnKind::Instant).primary(),
            Column::new("seq", ColumnKind::Int).primary(),
        ],
        indexes: Vec::new(),
        searched: false,
    }
}
