//! Signing in with a password, and the browser sessions that follow from it.
//!
//! A session is a random key in a cookie; only its hash stands in the database. The CSRF word is derived from the
//! key, so whoever holds the cookie can be told it and nobody else can guess it. Hashing a password takes tens of
//! milliseconds by design and therefore never happens inside a transaction. Knows nothing of HTTP.
//!
//! Start with [`sign_in`]; [`attempt`] holds the back-off, [`password`] the rules of passwords.

pub(crate) mod attempt;
mod password;
mod tables;

use std::sync::Arc;

use base::{Error, Id, Instant, Result, Value};
use sha2::{Digest, Sha256};
use store::{Sql, Tx};

use crate::ctx::{Ctx, User};
use crate::record;
use crate::user::Users;
use crate::workspace::Engine;

pub use crate::user::role_by_name;
pub use password::{PASSWORD_MIN, hash_password, hash_password_for};
pub use tables::tables;

/// A session ends after so long without use …
const IDLE_DAYS: i64 = 14;
/// … and in any case after so long.
const LONGEST_DAYS: i64 = 60;
/// The last use is written at most so often.
const SEEN_MINUTES: i64 = 5;
const MINUTE_MICROS: i64 = 60_000_000;

/// A new session: the key for the cookie is known only now.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub user: Id,
    pub key: String,
    pub expires_at: Instant,
}

/// A session in use.
#[derive(Clone, Debug)]
pub struct Session {
    pub user: Arc<User>,
    pub csrf: String,
    /// Is it time to write the last use (see [`touch`])?
    pub is_stale: bool,
}

/// Checks e-mail and password and opens a session. The same answer in the same time whether the address is unknown,
/// the password wrong or the person deactivated; `TooMany` with `retry_after` seconds after repeated failures.
///
/// Opens its own transactions, since the hashing in the middle belongs in none. `address` is where the request came
/// from.
pub fn sign_in(engine: &Arc<Engine>, email: &str, password: &str, address: &str, now: Instant) -> Result<SignedIn> {
    let email = email.trim().to_lowercase();
    let keys = attempt::keys(&email, address);
    let known = {
        let (keys, email) = (keys.clone(), email.clone());
        engine.store().write(move |tx| {
            attempt::begin(tx, &keys, now)?;
            password::of_email(tx, &email)
        })?
    };
    let matches = password::verify(password, known.as_ref().map(|k| k.hash.as_str()));
    let Some(known) = known.filter(|_| matches) else {
        return Err(Error::new(base::Code::Unauthenticated, "E-mail or password is wrong"));
    };
    engine.store().write(move |tx| {
        attempt::succeeded(tx, &keys)?;
        open(tx, known.user, now)
    })
}

/// Opens a session without a password. Only doors that know why may call this: the first run, and the sample company.
pub fn open(tx: &mut Tx, user: Id, now: Instant) -> Result<SignedIn> {
    forget_expired(tx, now)?;
    let key = random_key();
    let expires_at = now.plus_days(LONGEST_DAYS);
    let text = "insert into session (hash, owner, created_at, last_seen_at, expires_at) values (?1, ?2, ?3, ?3, ?4)";
    let values = [hash(&key).into(), user.into(), now.into(), expires_at.into()];
    tx.execute(&Sql::fill(tx.dialect(), text, values))?;
    Ok(SignedIn { user, key, expires_at })
}

/// Who holds this key, if the session lives and the person is active at this moment.
pub fn resolve(tx: &mut Tx, users: &Users, key: &str, now: Instant) -> Result<Option<Session>> {
    let text = "select owner, last_seen_at from session where hash = ?1 and expires_at > ?2 and last_seen_at > ?3";
    let sql = Sql::fill(tx.dialect(), text, [hash(key).into(), now.into(), now.plus_days(-IDLE_DAYS).into()]);
    let Some((Some(owner), seen)) = tx.first(&sql, |row| Ok((row.id(0)?, row.instant(1)?)))? else { return Ok(None) };
    let Some(user) = users.load(tx, owner)? else { return Ok(None) };
    let is_stale = seen.is_none_or(|s| s < now.plus_micros(-SEEN_MINUTES * MINUTE_MICROS));
    Ok(Some(Session { user, csrf: csrf(key), is_stale }))
}

/// Writes the last use, of the session and of its person.
pub fn touch(ctx: &Ctx, tx: &mut Tx, key: &str) -> Result<()> {
    let text = "update session set last_seen_at = ?2 where hash = ?1 returning owner";
    let sql = Sql::fill(tx.dialect(), text, [hash(key).into(), ctx.now().into()]);
    match tx.first(&sql, |row| row.id(0))?.flatten() {
        Some(owner) => {
            let seen = vec![("last_seen_at", Value::Instant(ctx.now()))];
            record::keep_unsaid(ctx, tx, "user", owner, seen).map(|_| ())
        }
        None => Ok(()),
    }
}

pub fn end(tx: &mut Tx, key: &str) -> Result<()> {
    let sql = Sql::fill(tx.dialect(), "delete from session where hash = ?1", [hash(key).into()]);
    tx.execute(&sql).map(|_| ())
}

/// Ends all sessions of a person except the one with this key, such as after a change of password.
pub fn end_others(tx: &mut Tx, user: Id, kept: Option<&str>) -> Result<()> {
    let kept = kept.map(hash).unwrap_or_default();
    let sql = Sql::fill(tx.dialect(), "delete from session where owner = ?1 and hash <> ?2", [user.into(), kept.into()]);
    tx.execute(&sql).map(|_| ())
}

/// Gives a person a new password, whose hash was made before the transaction. The caller ends the person's other
/// sessions where that is wanted. A person changes his own, an administrator anybody's.
pub fn set_password(ctx: &Ctx, tx: &mut Tx, user: Id, hash: &str) -> Result<()> {
    if ctx.user_id() != Some(user) {
        ctx.require_administrator()?;
    }
    password::write(tx, user, hash, ctx.now())
}

/// Changes one's own password: the present one is checked, all other sessions end. Opens its own transactions, as
/// [`sign_in`] does and for the same reason.
pub fn change_password(ctx: &Ctx, present: &str, new: &str, kept: Option<&str>) -> Result<()> {
    let user = ctx.user_id().ok_or_else(|| Error::forbidden("Only a person has a password"))?;
    let hash = hash_password_for("password", new)?;
    let known = ctx.engine.store().read(|tx| password::of_user(tx, user))?;
    if !password::verify(present, known.as_ref().map(|k| k.hash.as_str())) {
        return Err(Error::field("present_password", "wrong", "The present password is wrong"));
    }
    let (ctx, kept) = (ctx.clone(), kept.map(str::to_string));
    ctx.engine.clone().store().write(move |tx| {
        set_password(&ctx, tx, user, &hash)?;
        end_others(tx, user, kept.as_deref())
    })
}

/// The word that a state-changing request of a browser must repeat in a header.
pub fn csrf(key: &str) -> String {
    encode(&Sha256::new().chain_update("legame csrf\0").chain_update(key).finalize())
}

/// 256 random bits in 43 characters that need no quoting anywhere.
pub(crate) fn random_key() -> String {
    encode(&rand::random::<[u8; 32]>())
}

/// What the database keeps of a key. A plain hash suffices, since the key itself is random.
pub(crate) fn hash(key: &str) -> Vec<u8> {
    Sha256::digest(key).to_vec()
}

fn encode(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

fn forget_expired(tx: &mut Tx, now: Instant) -> Result<()> {
    let sql = Sql::fill(tx.dialect(), "delete from session where expires_at <= ?1", [now.into()]);
    tx.execute(&sql).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_long_random_and_plain() {
        let (one, two) = (random_key(), random_key());
        assert_ne!(one, two);
        assert_eq!(one.len(), 43);
        assert!(one.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
    }

    #[test]
    fn the_csrf_word_follows_from_the_key_but_not_the_key_from_it() {
        assert_eq!(csrf("a"), csrf("a"));
        assert_ne!(csrf("a"), csrf("b"));
        assert_ne!(csrf("a").as_bytes(), encode(&hash("a")).as_bytes());
    }
}
