//! Brings the database to the shape that the declarations ask for: tables, columns and indexes that are missing.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use base::Result;
use model::{Model, plan};
use store::table::{self, ExistingTable, Table};
use store::{Store, Tx};

use crate::{event, invitation, reader, record, session, setting};

/// Adds what is missing and removes nothing. Answers the version of the model, which grows when its shape changes.
pub fn apply(store: &Store, model: &Model) -> Result<i64> {
    let wanted: Vec<Table> = engine_tables().into_iter().chain(plan::tables(model)).collect();
    let shape = shape(model);
    let known = store.read(|tx| if has_settings(tx)? { setting::model_version(tx) } else { Ok(None) })?;
    if let Some((version, fingerprint)) = &known
        && *fingerprint == shape
    {
        return Ok(*version);
    }
    let tables = wanted.clone();
    store.write(move |tx| {
        let existing: BTreeMap<String, ExistingTable> = table::introspect(tx)?.into_iter().map(|t| (t.name.clone(), t)).collect();
        for wanted in &tables {
            match existing.get(&wanted.name) {
                None => create(tx, wanted)?,
                Some(found) => extend(tx, wanted, found)?,
            }
        }
        Ok(())
    })?;
    indexes(store, &wanted)?;
    let version = known.map_or(1, |(version, _)| version + 1);
    store.write(move |tx| setting::set_model_version(tx, version, &shape))?;
    Ok(version)
}

/// What the database was brought to: the declarations' tables and the engine's own.
pub fn shape(model: &Model) -> String {
    let mut hasher = DefaultHasher::new();
    format!("{:?}", engine_tables()).hash(&mut hasher);
    format!("{}{:016x}", plan::fingerprint(model), hasher.finish())
}

fn has_settings(tx: &mut Tx) -> Result<bool> {
    Ok(table::introspect(tx)?.iter().any(|t| t.name == "setting"))
}

fn create(tx: &mut Tx, wanted: &Table) -> Result<()> {
    for sql in table::create(tx.dialect(), wanted) {
        tx.define(&sql)?;
    }
    Ok(())
}

fn extend(tx: &mut Tx, wanted: &Table, found: &ExistingTable) -> Result<()> {
    for column in wanted.columns.iter().filter(|c| !found.has_column(&c.name)) {
        let mut nullable = column.clone();
        nullable.nullable = column.default.is_none() || column.nullable;
        let sql = table::add_column(tx.dialect(), &wanted.name, &nullable);
        tx.define(&sql)?;
    }
    Ok(())
}

/// Indexes of tables that were there already are built beside writers.
fn indexes(store: &Store, wanted: &[Table]) -> Result<()> {
    let existing = store.read(table::introspect)?;
    for table in wanted {
        let Some(found) = existing.iter().find(|t| t.name == table.name) else { continue };
        for index in table.indexes.iter().filter(|i| !found.has_index(&i.name)) {
            store.build_index(&table.name, index)?;
        }
    }
    Ok(())
}

fn engine_tables() -> Vec<Table> {
    let external = Table {
        name: "external_id".into(),
        columns: vec![
            table::Column::new("object", table::ColumnKind::Text).required(),
            table::Column::new("system", table::ColumnKind::Text).required(),
            table::Column::new("external_id", table::ColumnKind::Text).required(),
            table::Column::new("record", table::ColumnKind::Id).required(),
        ],
        indexes: vec![
            table::Index::on("external_id", &["object", "system", "external_id"]).unique(),
            table::Index::on("external_id", &["record"]),
        ],
        ..Table::default()
    };
    [
        event::tables::tables(),
        record::tables(),
        reader::tables(),
        session::tables(),
        invitation::tables(),
        setting::tables(),
        vec![external],
        super::layer::tables(),
    ]
    .into_iter()
    .chain([crate::token::tables(), crate::idempotency::tables(), crate::job::tables(), crate::file::tables()])
    .flatten()
    .collect()
}
