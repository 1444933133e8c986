//! May the caller see, change or delete this one record?

use base::{Error, Result};
use model::Object;
use store::Tx;

use super::Record;
use crate::ctx::Ctx;
use crate::role::{self, Right};

pub fn may_read(ctx: &Ctx, tx: &mut Tx, object: &Object, record: &Record) -> Result<bool> {
    role::covers(ctx, tx, object, record, Right::Read)
}

pub fn may_update(ctx: &Ctx, tx: &mut Tx, object: &Object, record: &Record) -> Result<bool> {
    Ok(role::scope_allows(ctx, object, "write") && role::covers(ctx, tx, object, record, Right::Update)?)
}

pub fn may_delete(ctx: &Ctx, tx: &mut Tx, object: &Object, record: &Record) -> Result<bool> {
    Ok(role::scope_allows(ctx, object, "write") && role::covers(ctx, tx, object, record, Right::Delete)?)
}

/// Who may not read it, may not know that it exists; who may read it, is told that he may not change it.
pub fn require(ctx: &Ctx, tx: &mut Tx, object: &Object, record: &Record, right: Right) -> Result<()> {
    if !may_read(ctx, tx, object, record)? {
        return Err(Error::not_found(format!("{} not found", object.label.en)));
    }
    let (may, verb) = match right {
        Right::Read => (true, "read"),
        Right::Update => (may_update(ctx, tx, object, record)?, "change"),
        Right::Delete => (may_delete(ctx, tx, object, record)?, "delete"),
    };
    if may { Ok(()) } else { Err(Error::forbidden(format!("You may not {verb} this {}", object.label.en.to_lowercase()))) }
}
