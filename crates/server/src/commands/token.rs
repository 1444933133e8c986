//! `legame token create`: prints the token alone on one line.

use base::{Error, Instant, Result};
use kernel::{Ctx, token, user};
use serde_json::json;

use crate::config::{Place, TokenCreate};

pub fn create(place: &Place, options: &TokenCreate) -> Result<()> {
    let lifetime = options.expires.as_deref().map(lifetime_micros).transpose()?;
    let engine = super::open(place, false)?;
    let ctx = Ctx::system(&engine);
    let (email, scopes) = (options.user.clone(), options.scope.clone());
    let expires = lifetime.map(|micros| Instant::now().plus_micros(micros));
    let plain = engine.store().write(move |tx| {
        let user = user::by_email(tx, &email)?.ok_or_else(|| Error::not_found(format!("There is no active user {email}")))?;
        token::create(&ctx, tx, user.id, "command line", &scopes, expires)
    })?;
    if place.json {
        println!("{}", json!({"token": plain}));
    } else {
        println!("{plain}");
    }
    Ok(())
}

/// `90d`, `12h`, `30m` in microseconds.
fn lifetime_micros(text: &str) -> Result<i64> {
    let wrong = || Error::invalid(format!("\"{text}\" is not a lifetime; write one like 90d or 12h"));
    let (digits, unit) = text.split_at(text.len().saturating_sub(1));
    let seconds = match unit {
        "d" => 86_400,
        "h" => 3_600,
        "m" => 60,
        _ => return Err(wrong()),
    };
    let count: i64 = digits.parse().map_err(|_| wrong())?;
    if count < 1 {
        return Err(wrong());
    }
    count.checked_mul(seconds).and_then(|s| s.checked_mul(1_000_000)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::lifetime_micros;

    #[test]
    fn a_lifetime_is_days_hours_or_minutes() {
        assert_eq!(lifetime_micros("90d").unwrap(), 90 * 86_400_000_000);
        assert_eq!(lifetime_micros("12h").unwrap(), 43_200_000_000);
        assert!(lifetime_micros("soon").is_err());
        assert!(lifetime_micros("0d").is_err());
    }
}
