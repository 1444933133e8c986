//! Failed sign-ins, counted per e-mail address and per network address, with a growing pause after a few.
//!
//! An attempt is counted before the password is checked, so that many at once cannot outrun the count; a success
//! takes it back. Only hashes of the addresses are kept, and only for a day.

use base::{Code, Error, Instant, Result};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Sql, Tx};

/// Failures before the first pause: of one e-mail address, of one network address (a whole office may share it).
const FREE_EMAIL: i64 = 5;
const FREE_ADDRESS: i64 = 50;
/// The pause doubles from one second up to this.
const LONGEST_PAUSE_SECONDS: i64 = 15 * 60;
/// Failures older than this are forgotten.
const MEMORY_DAYS: i64 = 1;

/// What is counted for one attempt.
#[derive(Clone)]
pub struct Keys([(Vec<u8>, i64); 2]);

pub fn keys(email: &str, address: &str) -> Keys {
    let key = |kind: &str, text: &str| Sha256::new().chain_update(kind).chain_update([0]).chain_update(text).finalize().to_vec();
    Keys([(key("email", email), FREE_EMAIL), (key("address", address), FREE_ADDRESS)])
}

/// Counts an attempt, or refuses it while a pause lasts. Refused ones are not counted, so that a pause ends.
pub fn begin(tx: &mut Tx, keys: &Keys, now: Instant) -> Result<()> {
    let old = Sql::fill(tx.dialect(), "delete from sign_in_attempt where last_at <= ?1", [now.plus_days(-MEMORY_DAYS).into()]);
    tx.execute(&old)?;
    // Touching the row keeps others of the same address waiting until this attempt is counted.
    let look = "insert into sign_in_attempt (name, failures, last_at) values (?1, 0, ?2)
                on conflict (name) do update set failures = sign_in_attempt.failures returning failures, last_at";
    for (key, free) in &keys.0 {
        let sql = Sql::fill(tx.dialect(), look, [key.clone().into(), now.into()]);
        let Some((failures, last)) = tx.first(&sql, |row| Ok((row.must_int(0)?, row.must_instant(1)?)))? else { continue };
        let pause = pause_seconds(failures, *free);
        let wait = last.plus_micros(pause * 1_000_000).micros() - now.micros();
        // Without a pause the last attempt may lie ahead: it was made while this one waited for its turn.
        if pause > 0 && wait > 0 {
            let seconds = wait.div_euclid(1_000_000) + 1;
            let message = format!("Too many attempts to sign in. Try again in {seconds} s");
            return Err(Error::new(Code::TooMany, message).with_extra(json!({"retry_after": seconds})));
        }
    }
    let count = "update sign_in_attempt set failures = failures + 1, last_at = ?2 where name = ?1";
    let counts = keys.0.iter().map(|(key, _)| Sql::fill(tx.dialect(), count, [key.clone().into(), now.into()]));
    tx.execute_later(counts.collect())
}

/// The e-mail address starts anew; the network address gets only this attempt back, since others may share it.
pub fn succeeded(tx: &mut Tx, keys: &Keys) -> Result<()> {
    let [(email, _), (address, _)] = &keys.0;
    tx.execute(&Sql::fill(tx.dialect(), "delete from sign_in_attempt where name = ?1", [email.clone().into()]))?;
    let text = "update sign_in_attempt set failures = failures - 1 where name = ?1 and failures > 0";
    tx.execute(&Sql::fill(tx.dialect(), text, [address.clone().into()])).map(|_| ())
}

fn pause_seconds(failures: i64, free: i64) -> i64 {
    match u32::try_from(failures - free) {
        Ok(over) => 1_i64.checked_shl(over).filter(|s| *s > 0 && over < 40).unwrap_or(LONGEST_PAUSE_SECONDS).min(LONGEST_PAUSE_SECONDS),
        Err(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_after_a_few_failures_and_is_bounded() {
        assert_eq!([1, 4, 5, 6, 7, 10, 100].map(|n| pause_seconds(n, FREE_EMAIL)), [0, 0, 1, 2, 4, 32, LONGEST_PAUSE_SECONDS]);
    }

    #[test]
    fn an_address_is_counted_apart_from_an_e_mail() {
        let Keys([(a, _), (b, _)]) = keys("x", "x");
        assert_ne!(a, b);
    }
}
