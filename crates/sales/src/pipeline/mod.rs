//! The way that a kind of sale goes, as an ordered list of stages (`stage`).
//!
//! One pipeline of each object is the default; `template` writes the ones that a new workspace begins with.

pub mod default;
pub mod retire;
mod template;

use base::{Id, Result};
use kernel::{Ctx, ObjectSource};
use store::{Param, Sql, Tx};

pub use template::{RENEWALS, SALES, SIMPLE, Template, create, create_default, create_end, templates};

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };

/// The pipeline of new deals that name none: the default, else the first that is active. Where there is none at all, as
/// in a workspace that was never set up on a screen, the usual one is made.
pub fn for_new_deals(ctx: &Ctx, tx: &mut Tx) -> Result<Id> {
    let text = "select id from pipeline where deleted_at is null and active = ?1 and object in (?2, ?3)
         order by \"default\" desc, position is null, position, id limit 1";
    let sql = Sql::fill(tx.dialect(), text, [Param::from(true), "deal".into(), "any".into()]);
    match tx.first(&sql, |row| row.id(0))?.flatten() {
        Some(pipeline) => Ok(pipeline),
        None => Ok(create_default(&ctx.as_system(), tx)?.id),
    }
}

/// What a new workspace begins with, unless it has pipelines already.
pub fn begin(ctx: &Ctx, tx: &mut Tx) -> Result<()> {
    for_new_deals(ctx, tx).map(|_| ())
}

/// The next free place in an order.
pub fn next_position(tx: &mut Tx, table: &str, of: Option<(&str, Id)>) -> Result<i64> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select max(position) from ").push_ident(table).push(" where deleted_at is null");
    if let Some((column, id)) = of {
        sql.push(" and ").push_ident(column).push(" = ").bind(id);
    }
    let last = tx.first(&sql, |row| row.int(0))?.flatten();
    Ok(last.map_or(0, |n| n.saturating_add(1)))
}

#[cfg(test)]
mod tests;
