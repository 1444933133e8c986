//! The steps of a pipeline. Open ones are columns of the board; won and lost ones are where deals end (D4).

pub mod ends;
pub mod promises;
pub mod retire;

use base::{Id, Number, Result};
use kernel::{Ctx, ObjectSource};
use store::{Param, Sql, Tx};

use crate::pipeline;

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };

/// The kinds that end a deal.
pub const ENDS: &[&str] = &["won", "lost"];

/// What rules on deals ask of a stage, in one statement; a whole record would take several.
pub struct Stage {
    pub id: Id,
    pub pipeline: Option<Id>,
    pub name: String,
    pub kind: String,
    pub probability: Option<Number>,
    pub usual_days: Option<i64>,
    pub forecast_category: Option<String>,
    pub is_active: bool,
}

/// A stage by its id; absent in the bin.
pub fn read(tx: &mut Tx, id: Id) -> Result<Option<Stage>> {
    let text = "select id, pipeline, name, kind, probability, usual_days, forecast_category, active
         from stage where id = ?1 and deleted_at is null";
    tx.first(&Sql::fill(tx.dialect(), text, [Param::from(id)]), |row| {
        let text = |at: usize| -> Result<Option<String>> { Ok(row.text(at)?.map(str::to_string)) };
        Ok(Stage {
            id: row.must_id(0)?,
            pipeline: row.id(1)?,
            name: text(2)?.unwrap_or_default(),
            kind: text(3)?.unwrap_or_default(),
            probability: row.int(4)?.and_then(|n| Number::from_scaled(n, PERCENT_SCALE)),
            usual_days: row.int(5)?,
            forecast_category: text(6)?,
            is_active: row.bool(7)?.unwrap_or(false),
        })
    })
}

/// Decimals of a percent in its column.
const PERCENT_SCALE: u32 = 2;

/// The first active stage of a kind (`open`, `won`, `lost`) in a pipeline.
pub fn first(tx: &mut Tx, pipeline: Id, kind: &str) -> Result<Option<Id>> {
    let text = "select id from stage where pipeline = ?1 and kind = ?2 and active = ?3 and deleted_at is null
         order by position is null, position, id limit 1";
    let sql = Sql::fill(tx.dialect(), text, [Param::from(pipeline), kind.into(), true.into()]);
    Ok(tx.first(&sql, |row| row.id(0))?.flatten())
}

/// As [`first`]; a pipeline that lacks a won or lost stage gets one, so that every deal can be closed.
pub fn first_or_end(ctx: &Ctx, tx: &mut Tx, pipeline: Id, kind: &str) -> Result<Option<Id>> {
    match first(tx, pipeline, kind)? {
        Some(stage) => Ok(Some(stage)),
        None => Ok(pipeline::create_end(ctx, tx, pipeline, kind)?.map(|stage| stage.id)),
    }
}

/// How many deals stand in a stage; with `only_open` closed ones do not count.
fn deals_in(tx: &mut Tx, stage: Id, only_open: bool) -> Result<i64> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select count(*) from deal where deleted_at is null and stage = ").bind(stage);
    if only_open {
        sql.push(" and status = ").bind("open");
    }
    Ok(tx.first(&sql, |row| row.int(0))?.flatten().unwrap_or(0))
}

#[cfg(test)]
mod tests;
