//! People who sign in: who they are, which roles they hold, which teams they belong to.
//!
//! A user is a record like any other (object `user`), written through the record pipeline; this room only reads
//! it for [`crate::Ctx`]. It knows nothing of passwords (`session`) or keys (`token`).

mod cache;
mod guard;

use base::{Date, Error, Id, Instant, Result};
use store::{Param, Row, Sql, Tx};

pub use crate::ctx::User;
pub use cache::Users;
pub use guard::RULES;

/// The only status that may sign in and act.
pub const ACTIVE: &str = "active";
/// May no longer.
pub const DEACTIVATED: &str = "deactivated";

/// The active user with this id; absent when unknown, in the bin, or deactivated.
pub fn load(tx: &mut Tx, id: Id) -> Result<Option<User>> {
    one(tx, "id = ?1", id.into(), today())
}

/// The active user with this e-mail address, whatever its case.
pub fn by_email(tx: &mut Tx, email: &str) -> Result<Option<User>> {
    one(tx, "lower(email) = ?1", email.trim().to_lowercase().into(), today())
}

/// As [`by_email`], for doors where an operator named the user: `NotFound` says so.
pub fn require_by_email(tx: &mut Tx, email: &str) -> Result<User> {
    by_email(tx, email)?
        .ok_or_else(|| Error::not_found(format!("There is no active user with the e-mail \"{}\"", base::text::shorten(email, 80))))
}

/// Is there any user at all who could sign in? Before that, the first run asks for the administrator.
pub fn exists(tx: &mut Tx) -> Result<bool> {
    let sql = Sql::fill(tx.dialect(), r#"select id from "user" where deleted_at is null and status = ?1 limit 1"#, [ACTIVE.into()]);
    Ok(tx.first(&sql, |row| row.id(0))?.is_some())
}

/// The id of a role by its name (`manager`), as records of users refer to it.
pub fn role_by_name(tx: &mut Tx, name: &str) -> Result<Id> {
    let sql = Sql::raw(tx.dialect(), "select id, name from role where deleted_at is null order by name");
    let roles = tx.all(&sql, |row| Ok((row.must_id(0)?, row.text(1)?.unwrap_or_default().to_string())))?;
    if let Some((id, _)) = roles.iter().find(|(_, n)| n == name) {
        return Ok(*id);
    }
    let known: Vec<&str> = roles.iter().map(|(_, n)| n.as_str()).collect();
    Err(Error::field("role", "unknown", format!("There is no role \"{}\"; there are {}", base::text::shorten(name, 60), known.join(", "))))
}

/// Memberships begin and end by day, in UTC for everybody, so that the cache needs one day only.
pub(crate) fn today() -> Date {
    Instant::now().date_in(&jiff::tz::TimeZone::UTC)
}

fn one(tx: &mut Tx, condition: &str, value: Param, today: Date) -> Result<Option<User>> {
    let text = format!(
        r#"select id, name, email, team, language, locale, time_zone, week_start from "user"
           where {condition} and deleted_at is null and status = ?2"#
    );
    let sql = Sql::fill(tx.dialect(), &text, [value, ACTIVE.into()]);
    let Some(mut user) = tx.first(&sql, read)? else { return Ok(None) };
    (user.roles, user.manages) = roles(tx, user.id)?;
    user.teams = teams(tx, &user, today)?;
    Ok(Some(user))
}

fn read(row: &Row<'_>) -> Result<User> {
    let text = |i: usize| -> Result<String> { Ok(row.text(i)?.unwrap_or_default().to_string()) };
    Ok(User {
        id: row.must_id(0)?,
        name: text(1)?,
        email: text(2)?,
        roles: Vec::new(),
        manages: false,
        teams: Vec::new(),
        team: row.id(3)?,
        language: text(4)?,
        locale: text(5)?,
        time_zone: text(6)?,
        week_start: week_day(row.text(7)?),
    })
}

/// Monday is 1, Sunday 7, as ISO 8601 counts.
fn week_day(code: Option<&str>) -> i64 {
    match code {
        Some("sunday") => 7,
        Some("saturday") => 6,
        _ => 1,
    }
}

/// The names of his roles, and whether one of them manages teams.
fn roles(tx: &mut Tx, user: Id) -> Result<(Vec<String>, bool)> {
    let text = "select r.name, r.manages from user__roles u join role r on r.id = u.target
                where r.deleted_at is null and u.record = ?1 order by u.position";
    let sql = Sql::fill(tx.dialect(), text, [user.into()]);
    let roles = tx.all(&sql, |row| Ok((row.text(0)?.unwrap_or_default().to_string(), row.bool(1)? == Some(true))))?;
    let manages = roles.iter().any(|(name, manages)| *manages || name == crate::role::ADMINISTRATOR);
    Ok((roles.into_iter().map(|(name, _)| name).filter(|n| !n.is_empty()).collect(), manages))
}

/// His own teams, and for who manages those under them however deep.
fn teams(tx: &mut Tx, user: &User, today: Date) -> Result<Vec<Id>> {
    let text = if user.manages { include_str!("teams_below.sql") } else { include_str!("teams_own.sql") };
    let sql = Sql::fill(tx.dialect(), text, [user.id.into(), user.team.into(), today.into()]);
    Ok(tx.all(&sql, |row| row.id(0))?.into_iter().flatten().collect())
}
