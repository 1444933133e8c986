//! Links by which a person gets a password: one who is invited, or who forgot his.
//!
//! A link is a random key, of which only the hash is kept. It lives for seven days, works once, and a newer one of the
//! same person takes its place. Guesses are counted like those of passwords. Knows nothing of HTTP, and sends nothing:
//! whoever makes a link passes it on.
//!
//! Start with [`create`]; [`look`] tells whose link it is, [`accept`] uses it up.

mod tables;

use std::sync::Arc;

use base::{Error, Id, Instant, Result};
use serde_json::json;
use store::{Sql, Tx};

use crate::ctx::{Actor, ActorKind, Ctx};
use crate::session::{self, SignedIn, attempt};
use crate::workspace::Engine;
use crate::{record, user};

pub use tables::tables;

/// A link works for so long.
const DAYS: i64 = 7;

/// A new link: its key is known only now.
#[derive(Clone, Debug)]
pub struct Link {
    pub key: String,
    pub expires_at: Instant,
}

/// Whose link it is.
#[derive(Clone, Debug)]
pub struct Known {
    pub user: Id,
    pub name: String,
    pub email: String,
    /// Had the person no password so far?
    pub is_new: bool,
    pub expires_at: Instant,
}

/// Makes a link for a person, in place of an earlier one. Only an administrator may.
pub fn create(ctx: &Ctx, tx: &mut Tx, user: Id) -> Result<Link> {
    ctx.require_administrator()?;
    let person = record::get(ctx, tx, "user", user)?;
    if person.text("status") == Some(user::DEACTIVATED) {
        return Err(Error::conflict("This person is deactivated; activate them first"));
    }
    withdraw(tx, user)?;
    let expired = Sql::fill(tx.dialect(), "delete from invitation where expires_at <= ?1", [ctx.now().into()]);
    tx.execute(&expired)?;
    let link = Link { key: session::random_key(), expires_at: ctx.now().plus_days(DAYS) };
    let text = "insert into invitation (hash, owner, created_at, created_by, expires_at) values (?1, ?2, ?3, ?4, ?5)";
    let values = [session::hash(&link.key).into(), user.into(), ctx.now().into(), ctx.user_id().into(), link.expires_at.into()];
    tx.execute(&Sql::fill(tx.dialect(), text, values))?;
    Ok(link)
}

/// The links of a person work no more.
pub fn withdraw(tx: &mut Tx, user: Id) -> Result<()> {
    let sql = Sql::fill(tx.dialect(), "delete from invitation where owner = ?1", [user.into()]);
    tx.execute(&sql).map(|_| ())
}

/// Whose link is this? `NotFound` when it was used, replaced or is too old; `TooMany` after many guesses.
pub fn look(engine: &Arc<Engine>, key: &str, address: &str, now: Instant) -> Result<Known> {
    let (key, keys) = (key.to_string(), guesses(key, address));
    let known = engine.store().write(move |tx| {
        attempt::begin(tx, &keys, now)?;
        let known = find(tx, &key, now)?;
        if known.is_some() {
            attempt::succeeded(tx, &keys)?;
        }
        Ok(known)
    })?;
    known.ok_or_else(gone)
}

/// Gives the person of a link a password, uses the link up, and signs him in; all earlier sessions of his end.
///
/// Opens its own transactions, since the hashing in the middle belongs in none.
pub fn accept(engine: &Arc<Engine>, key: &str, password: &str, address: &str, now: Instant) -> Result<SignedIn> {
    let known = look(engine, key, address, now)?;
    let hash = session::hash_password(password)?;
    let (engine, key, address) = (Arc::clone(engine), key.to_string(), address.to_string());
    engine.clone().store().write(move |tx| {
        // Of two who come with one link at once, the second finds it used.
        if !take(tx, &key)? {
            return Err(gone());
        }
        let actor = Actor { kind: ActorKind::User, id: Some(known.user) };
        let ctx = Ctx { actor, clock: Some(now), ..Ctx::system(&engine) };
        let active = json!({"status": user::ACTIVE});
        record::update(&ctx, tx, "user", known.user, &active.as_object().cloned().unwrap_or_default(), None)?;
        session::set_password(&ctx, tx, known.user, &hash)?;
        session::end_others(tx, known.user, None)?;
        // Whoever proved to be the person need not wait for the guesses of others.
        attempt::succeeded(tx, &attempt::keys(&known.email.to_lowercase(), &address))?;
        session::open(tx, known.user, now)
    })
}

/// What is counted for one look at a link.
fn guesses(key: &str, address: &str) -> attempt::Keys {
    attempt::keys(&format!("link {key}"), address)
}

fn gone() -> Error {
    Error::not_found("This link is no longer valid. Ask the person who sent it for a new one")
}

fn find(tx: &mut Tx, key: &str, now: Instant) -> Result<Option<Known>> {
    let text = r#"select u.id, u.name, u.email, c.owner, i.expires_at from invitation i join "user" u on u.id = i.owner
                  left join credential c on c.owner = u.id
                  where i.hash = ?1 and i.expires_at > ?2 and u.deleted_at is null and u.status <> ?3"#;
    let sql = Sql::fill(tx.dialect(), text, [session::hash(key).into(), now.into(), user::DEACTIVATED.into()]);
    tx.first(&sql, |row| {
        Ok(Known {
            user: row.must_id(0)?,
            name: row.must_text(1)?.to_string(),
            email: row.must_text(2)?.to_string(),
            is_new: row.id(3)?.is_none(),
            expires_at: row.instant(4)?.unwrap_or(now),
        })
    })
}

/// Removes a link; was it still there?
fn take(tx: &mut Tx, key: &str) -> Result<bool> {
    let sql = Sql::fill(tx.dialect(), "delete from invitation where hash = ?1 returning owner", [session::hash(key).into()]);
    Ok(tx.first(&sql, |row| row.id(0))?.is_some())
}
