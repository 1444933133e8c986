//! The Pulse moves on with the weeks, whether or not anything happens.

use base::{Id, Result};
use kernel::Ctx;
use store::{Param, Sql, Tx};

use super::{KEPT, standing};

/// Records of one step, so that a transaction stays short.
const STEP: usize = 200;

/// Where a pass stands: an object and the last record that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    object: usize,
    after: Option<Id>,
}

impl Place {
    pub const START: Place = Place { object: 0, after: None };
}

/// One step of a pass over every record that had a touch in the last twelve weeks; begin with [`Place::START`] once a day
/// after midnight of the workspace's zone, go on with the answer, and stop at `None`. A pass that broke off is begun anew:
/// what is right already is not written again.
pub fn roll(ctx: &Ctx, tx: &mut Tx, place: &Place) -> Result<Option<Place>> {
    let Some(object) = KEPT.get(place.object) else { return Ok(None) };
    let ids = alive(ctx, tx, object, place.after)?;
    for id in &ids {
        standing::renew(ctx, tx, object, *id)?;
    }
    Ok(Some(match ids.last() {
        Some(last) if ids.len() == STEP => Place { object: place.object, after: Some(*last) },
        _ => Place { object: place.object + 1, after: None },
    }))
}

fn alive(ctx: &Ctx, tx: &mut Tx, object: &str, after: Option<Id>) -> Result<Vec<Id>> {
    if ctx.model.object(object).is_none() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(tx.dialect());
    sql.push("select id from ").push_ident(object).push(" where deleted_at is null and touches > 0");
    if let Some(after) = after {
        sql.push(" and id > ").bind(Param::from(after));
    }
    sql.push(&format!(" order by id limit {STEP}"));
    tx.all(&sql, |row| row.must_id(0))
}
