//! Passwords: what is accepted, how they are kept (Argon2id with the parameters that OWASP names), how checked.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base::{Error, Id, Instant, Result};
use store::{Sql, Tx};

use crate::user::ACTIVE;

/// Characters, not bytes.
pub const PASSWORD_MIN: usize = 12;
/// Bytes; longer ones only cost time.
const PASSWORD_MAX: usize = 1_000;

/// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The kept hash of somebody who may sign in.
pub struct Known {
    pub user: Id,
    pub hash: String,
}

/// A password's hash, to be kept. Takes tens of milliseconds and 19 MiB: never inside a transaction. `Invalid` for
/// what is too short to be a password.
pub fn hash_password(password: &str) -> Result<String> {
    hash_password_for("password", password)
}

/// As [`hash_password`]; `field` is what the caller calls it.
pub fn hash_password_for(field: &str, password: &str) -> Result<String> {
    check_password(field, password)?;
    make(password)
}

fn check_password(field: &str, password: &str) -> Result<()> {
    if password.chars().count() < PASSWORD_MIN {
        return Err(Error::field(field, "too_short", format!("A password has at least {PASSWORD_MIN} characters")));
    }
    if password.len() > PASSWORD_MAX {
        return Err(Error::field(field, "too_long", format!("A password has at most {PASSWORD_MAX} bytes")));
    }
    Ok(())
}

fn make(password: &str) -> Result<String> {
    let hash: PasswordHash =
        hasher()?.hash_password(password.as_bytes()).map_err(|e| Error::internal(format!("hashing a password: {e}")))?;
    Ok(hash.to_string())
}

/// Against a hash, or against none in the same time, which is false.
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    static NOBODY: LazyLock<String> = LazyLock::new(|| make("nobody has this password").unwrap_or_default());
    let stand_in = LazyLock::force(&NOBODY);
    let hash = hash.filter(|_| password.len() <= PASSWORD_MAX);
    let is_known = hash.is_some();
    let text = hash.unwrap_or(stand_in);
    let matches = match (hasher(), PasswordHash::new(text)) {
        (Ok(hasher), Ok(hash)) => hasher.verify_password(password.as_bytes(), &hash).is_ok(),
        _ => false,
    };
    matches && is_known
}

pub fn write(tx: &mut Tx, user: Id, hash: &str, now: Instant) -> Result<()> {
    let text = "insert into credential (owner, hash, changed_at) values (?1, ?2, ?3)
                on conflict (owner) do update set hash = excluded.hash, changed_at = excluded.changed_at";
    tx.execute(&Sql::fill(tx.dialect(), text, [user.into(), hash.into(), now.into()])).map(|_| ())
}

/// The hash of an active person with this address (small letters).
pub fn of_email(tx: &mut Tx, email: &str) -> Result<Option<Known>> {
    let text = r#"select u.id, c.hash from "user" u join credential c on c.owner = u.id
                  where lower(u.email) = ?1 and u.deleted_at is null and u.status = ?2"#;
    known(tx, &Sql::fill(tx.dialect(), text, [email.into(), ACTIVE.into()]))
}

pub fn of_user(tx: &mut Tx, user: Id) -> Result<Option<Known>> {
    let sql = Sql::fill(tx.dialect(), "select owner, hash from credential where owner = ?1", [user.into()]);
    known(tx, &sql)
}

fn known(tx: &mut Tx, sql: &Sql) -> Result<Option<Known>> {
    let found = tx.first(sql, |row| Ok((row.id(0)?, row.text(1)?.map(str::to_string))))?;
    Ok(match found {
        Some((Some(user), Some(hash))) => Some(Known { user, hash }),
        _ => None,
    })
}

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|e| Error::internal(format!("parameters of Argon2: {e}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_no_other_is() {
        let hash = hash_password("a long enough password").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify("a long enough password", Some(&hash)));
        assert!(!verify("a long enough passwore", Some(&hash)));
        assert!(!verify("", Some(&hash)));
    }

    #[test]
    fn nobody_is_let_in_by_the_stand_in_hash() {
        assert!(!verify("nobody has this password", None));
    }

    #[test]
    fn twelve_characters_are_asked_for_whatever_their_bytes() {
        assert!(check_password("password", "elevenchars").is_err());
        assert!(check_password("password", "twelve chars").is_ok());
        assert!(check_password("password", "一二三四五六七八九十一二").is_ok());
        assert!(check_password("password", &"x".repeat(1_001)).is_err());
    }
}
