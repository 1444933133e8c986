//! The records of one object that hang below another of the same: the subsidiaries of a company, and theirs.

use base::{Error, Id, Result};
use model::{FieldType, Object};
use store::{Sql, Tx};

use crate::ctx::Ctx;
use crate::{record, role};

/// Records that are looked at together at most.
const MOST: usize = 500;

/// The record and everything below it that the caller may see, by a reverse field that leads to the same object.
pub fn of(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id, list: &str) -> Result<Vec<Id>> {
    let object = role::known(ctx, object)?;
    let by = link(ctx, object, list).ok_or_else(|| {
        Error::field(
            "include",
            "unknown",
            format!("\"{}\" does not lead from {} to {}", base::text::shorten(list, 60), object.path, object.path),
        )
    })?;
    let mut all = vec![id];
    let mut level = vec![id];
    while !level.is_empty() && all.len() < MOST {
        let mut sql = Sql::new(tx.dialect());
        sql.push("select id from ").push_ident(&object.name).push(" where deleted_at is null and ");
        tx.dialect().any(&mut sql, &by, std::mem::take(&mut level));
        sql.push(&format!(" limit {MOST}"));
        let found: Vec<Id> = tx.all(&sql, |row| row.must_id(0))?.into_iter().filter(|id| !all.contains(id)).collect();
        level = record::existing(ctx, tx, object, &found)?;
        all.extend(level.iter().copied());
    }
    all.truncate(MOST);
    Ok(all)
}

/// The column of the link by which the others point here.
fn link(ctx: &Ctx, object: &Object, list: &str) -> Option<String> {
    let field = object.field(list).filter(|f| f.kind == FieldType::Reverse && f.to.as_deref() == Some(object.name.as_str()))?;
    let by = object.field(field.by.as_deref()?)?;
    (role::may_read_field(ctx, object, field) && role::may_read_field(ctx, object, by)).then(|| by.id.clone())
}
