//! Keys for programs: a token acts for a user, within scopes, until it expires or is withdrawn.
//!
//! The text is shown once, at creation; the database keeps its hash. What a scope allows is decided by `role`.

mod scope;
mod tables;

use std::sync::Arc;

use base::{Error, Id, Instant, Result};
use serde_json::{Value as Json, json};
use store::{Row, Sql, Tx};

use crate::ctx::{Ctx, Scopes, User};
use crate::session::{hash, random_key};
use crate::user::Users;

pub use scope::{check_scopes, is_scope};
pub use tables::tables;

/// Begins every token, so that people and secret scanners know one.
pub const PREFIX: &str = "lg_";
/// The last use is written at most so often.
const SEEN_MICROS: i64 = 60_000_000;

/// A token in use.
#[derive(Clone, Debug)]
pub struct Token {
    pub id: Id,
    pub name: String,
    pub user: Arc<User>,
    pub scopes: Scopes,
    /// Is it time to write the last use (see [`touch`])?
    pub is_stale: bool,
}

/// Makes a token for a user and answers its text, which cannot be had again. No scopes means all that the user may
/// do. An administrator makes tokens for anybody, everybody else for himself.
pub fn create(ctx: &Ctx, tx: &mut Tx, user: Id, name: &str, scopes: &[String], expires_at: Option<Instant>) -> Result<String> {
    if ctx.user_id() != Some(user) {
        ctx.require_administrator()?;
    }
    if ctx.scopes != Scopes::All {
        return Err(Error::forbidden("A token cannot make further tokens"));
    }
    check_scopes(ctx, scopes)?;
    if expires_at.is_some_and(|at| at <= ctx.now()) {
        return Err(Error::field("expires_at", "past", "A token must expire in the future"));
    }
    let text = format!("{PREFIX}{}", random_key());
    let statement = "insert into token (id, owner, name, hash, scopes, created_at, created_by, expires_at)
                     values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let scopes = if scopes.is_empty() { None } else { Some(serde_json::to_string(scopes)?) };
    let values = [
        Id::new().into(),
        user.into(),
        base::text::shorten(name, 200).into(),
        hash(&text).into(),
        scopes.into(),
        ctx.now().into(),
        ctx.user_id().into(),
        expires_at.into(),
    ];
    tx.execute(&Sql::fill(tx.dialect(), statement, values))?;
    Ok(text)
}

/// Whose token this is and what it may do, if it lives and the person is active at this moment.
pub fn resolve(tx: &mut Tx, users: &Users, text: &str, now: Instant) -> Result<Option<Token>> {
    if !text.starts_with(PREFIX) {
        return Ok(None);
    }
    let statement = "select id, owner, name, scopes, last_used_at from token
                     where hash = ?1 and (expires_at is null or expires_at > ?2)";
    let sql = Sql::fill(tx.dialect(), statement, [hash(text).into(), now.into()]);
    let Some(found) = tx.first(&sql, read)? else { return Ok(None) };
    let Some(user) = users.load(tx, found.owner)? else { return Ok(None) };
    let is_stale = found.seen.is_none_or(|s| s < now.plus_micros(-SEEN_MICROS));
    Ok(Some(Token { id: found.id, name: found.name, user, scopes: found.scopes, is_stale }))
}

/// Writes the last use.
pub fn touch(tx: &mut Tx, id: Id, now: Instant) -> Result<()> {
    let sql = Sql::fill(tx.dialect(), "update token set last_used_at = ?2 where id = ?1", [id.into(), now.into()]);
    tx.execute(&sql).map(|_| ())
}

/// The tokens of a user, newest first, without their texts.
pub fn list(tx: &mut Tx, user: Id) -> Result<Vec<Json>> {
    let text =
        "select id, name, scopes, created_at, expires_at, last_used_at from token where owner = ?1 order by created_at desc, id desc";
    tx.all(&Sql::fill(tx.dialect(), text, [user.into()]), |row| {
        let scopes: Option<Json> = row.text(2)?.map(serde_json::from_str).transpose()?;
        let at = |i: usize| -> Result<Json> { Ok(row.instant(i)?.map_or(Json::Null, |t| json!(t.to_string()))) };
        Ok(json!({
            "id": row.id(0)?.map(|i| i.to_string()), "name": row.text(1)?, "scopes": scopes,
            "created_at": at(3)?, "expires_at": at(4)?, "last_used_at": at(5)?,
        }))
    })
}

/// Withdraws a token of a user; `NotFound` when he has none with this id.
pub fn withdraw(tx: &mut Tx, user: Id, id: Id) -> Result<()> {
    let sql = Sql::fill(tx.dialect(), "delete from token where id = ?1 and owner = ?2", [id.into(), user.into()]);
    match tx.execute(&sql)? {
        0 => Err(Error::not_found("There is no such token")),
        _ => Ok(()),
    }
}

struct Found {
    id: Id,
    owner: Id,
    name: String,
    scopes: Scopes,
    seen: Option<Instant>,
}

fn read(row: &Row<'_>) -> Result<Found> {
    let scopes = match row.text(3)? {
        None => Scopes::All,
        Some(text) => Scopes::Only(serde_json::from_str(text)?),
    };
    Ok(Found {
        id: row.must_id(0)?,
        owner: row.must_id(1)?,
        name: row.text(2)?.unwrap_or_default().to_string(),
        scopes,
        seen: row.instant(4)?,
    })
}
