//! The records that a caller may read, change or delete, as one predicate.

use std::sync::Arc;

use base::{Error, Result};
use model::expression::tree::{Hop, Node};
use model::expression::{self, Expr};
use model::{Field, Object};
use store::{Sql, Tx};

use super::{ADMINISTRATOR, Right};
use crate::ctx::Ctx;
use crate::record::Record;

#[derive(Clone, Debug)]
pub enum Reach {
    All,
    Nothing,
    /// Only records for which this holds.
    Where(Arc<Expr>),
}

/// Key of the engine's cache of compiled reaches: the model may change, and so may a person's roles.
pub type Key = (i64, String, Right, Vec<String>);

/// The rights of all roles of the caller joined by "or".
pub fn reach(ctx: &Ctx, object: &Object, right: Right) -> Result<Reach> {
    let Some(user) = &ctx.user else { return Ok(Reach::All) };
    if user.roles.iter().any(|r| r == ADMINISTRATOR) {
        return Ok(Reach::All);
    }
    let key: Key = (ctx.model.version, object.name.clone(), right, user.roles.clone());
    if let Some(known) = ctx.engine.reaches().get(&key) {
        return Ok(known.clone());
    }
    let found = match ctx.model.whole(object) {
        Some((link, whole)) => behind(ctx, object, link, reach(ctx, whole, of_whole(right))?)?,
        None => join(ctx, object, right, &user.roles)?,
    };
    ctx.engine.reaches().insert(key, found.clone());
    Ok(found)
}

/// Whoever may change a record may add, change and take away its parts.
fn of_whole(right: Right) -> Right {
    if right == Right::Read { Right::Read } else { Right::Update }
}

/// The parts of the records of a reach.
fn behind(ctx: &Ctx, object: &Object, link: &Field, reach: Reach) -> Result<Reach> {
    let Reach::Where(rule) = reach else { return Ok(reach) };
    let wrong = || Error::internal(format!("{}.{} is no link", object.name, link.name));
    let way = expression::compile_value(&ctx.model, object, &link.name, &|_, _| true).map_err(|_| wrong())?;
    match (way.node, &link.to) {
        (Node::Path(path), Some(to)) => {
            let hop = Hop { link: path.leaf, to: to.clone() };
            Ok(Reach::Where(Arc::new(Expr::clone(&rule).behind(&link.name, &hop))))
        }
        _ => Err(wrong()),
    }
}

fn join(ctx: &Ctx, object: &Object, right: Right, roles: &[String]) -> Result<Reach> {
    let rules: Vec<&str> =
        roles.iter().filter_map(|r| object.access.get(r)).map(|a| right.rule(a)).filter(|rule| *rule != "false").collect();
    if rules.is_empty() {
        return Ok(Reach::Nothing);
    }
    if rules.contains(&"true") {
        return Ok(Reach::All);
    }
    let text = rules.iter().map(|r| format!("({r})")).collect::<Vec<_>>().join(" || ");
    let expr = expression::compile(&ctx.model, object, &text, &|_, _| true)
        .map_err(|problems| Error::internal(format!("access rule of {} is wrong: {problems:?}", object.name)))?;
    Ok(Reach::Where(Arc::new(expr)))
}

/// Writes an access rule as a predicate over an alias; rules look past access.
pub fn push_rule(ctx: &Ctx, rule: &Expr, alias: &str, sql: &mut Sql) -> Result<()> {
    expression::to_sql(rule, &ctx.model, &ctx.scope(), alias, &|_| None, sql)
}

/// Writes a caller's own condition; what it reaches through links and `exists` is limited to what he may see.
pub fn push_filter(ctx: &Ctx, filter: &Expr, alias: &str, sql: &mut Sql) -> Result<()> {
    let limit = |object: &Object| match reach(ctx, object, Right::Read) {
        _ if !super::scope_allows(ctx, object, "read") => Some(Arc::new(Expr::never())),
        Ok(Reach::All) => None,
        Ok(Reach::Where(expr)) => Some(expr),
        Ok(Reach::Nothing) | Err(_) => Some(Arc::new(Expr::never())),
    };
    expression::to_sql(filter, &ctx.model, &ctx.scope(), alias, &limit, sql)
}

/// Does the caller's right cover this record?
pub fn covers(ctx: &Ctx, tx: &mut Tx, object: &Object, record: &Record, right: Right) -> Result<bool> {
    match reach(ctx, object, right)? {
        Reach::All => Ok(true),
        Reach::Nothing => Ok(false),
        Reach::Where(expr) => crate::record::holds_for(ctx, &ctx.as_system(), tx, &expr, record),
    }
}
