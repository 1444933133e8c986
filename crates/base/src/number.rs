//! Exact decimal numbers: 128-bit integers of scale 10.
//!
//! The one number with decimals in expressions and values. A result whose magnitude reaches 10^15 is absent
//! (`None`), in memory and in SQL alike; products and quotients are rounded half away from zero at the tenth
//! decimal, as PostgreSQL's `round(numeric, 10)` does.

use std::fmt;
use std::str::FromStr;

use crate::{Error, Result};

const ONE: i128 = 10_000_000_000;
/// Decimals kept.
pub const SCALE: u32 = 10;
/// Exclusive bound of the magnitude.
const LIMIT: i128 = 1_000_000_000_000_000 * ONE;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Number(i128);

fn bounded(n: i128) -> Option<Number> {
    (n > -LIMIT && n < LIMIT).then_some(Number(n))
}

/// Division rounded half away from zero.
fn divide_round(a: i128, b: i128) -> Option<i128> {
    let quotient = a.checked_div(b)?;
    let rest = a.checked_rem(b)?;
    let up = rest.unsigned_abs() * 2 >= b.unsigned_abs();
    Some(if up { quotient + if (a < 0) == (b < 0) { 1 } else { -1 } } else { quotient })
}

#[expect(clippy::should_implement_trait, reason = "a result may be absent, which operators cannot say")]
impl Number {
    pub const ZERO: Number = Number(0);

    pub fn from_i64(n: i64) -> Option<Self> {
        bounded(i128::from(n).checked_mul(ONE)?)
    }
    /// From an integer of a fixed scale as it stands in a column (`12345` at scale 2 is 123.45).
    pub fn from_scaled(n: i64, scale: u32) -> Option<Self> {
        let factor = 10_i128.checked_pow(SCALE.checked_sub(scale)?)?;
        bounded(i128::from(n).checked_mul(factor)?)
    }
    /// To a column's integer; `None` when it has more decimals than the column or does not fit 64 bits.
    pub fn to_scaled(self, scale: u32) -> Option<i64> {
        let factor = 10_i128.checked_pow(SCALE.checked_sub(scale)?)?;
        if self.0 % factor != 0 {
            return None;
        }
        i64::try_from(self.0 / factor).ok()
    }
    /// Rounds half away from zero to a number of decimals.
    pub fn round_to(self, scale: u32) -> Self {
        match SCALE.checked_sub(scale).and_then(|s| 10_i128.checked_pow(s)) {
            Some(factor) => divide_round(self.0, factor).map_or(self, |q| Number(q * factor)),
            None => self,
        }
    }
    /// The whole number if there are no decimals.
    pub fn to_i64(self) -> Option<i64> {
        self.to_scaled(0)
    }
    pub fn raw(self) -> i128 {
        self.0
    }
    pub fn from_raw(raw: i128) -> Option<Self> {
        bounded(raw)
    }
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }
    pub fn add(self, other: Number) -> Option<Number> {
        bounded(self.0.checked_add(other.0)?)
    }
    pub fn sub(self, other: Number) -> Option<Number> {
        bounded(self.0.checked_sub(other.0)?)
    }
    pub fn mul(self, other: Number) -> Option<Number> {
        bounded(divide_round(self.0.checked_mul(other.0)?, ONE)?)
    }
    /// Division by zero is absent.
    pub fn div(self, other: Number) -> Option<Number> {
        bounded(divide_round(self.0.checked_mul(ONE)?, other.0)?)
    }
    pub fn neg(self) -> Number {
        Number(-self.0)
    }
    /// Text with at least `min` decimals, no trailing zeros beyond them.
    pub fn to_text(self, min: usize) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        let one = ONE.unsigned_abs();
        let whole = magnitude / one;
        let mut decimals = format!("{:010}", magnitude % one);
        while decimals.len() > min && decimals.ends_with('0') {
            decimals.pop();
        }
        if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text(0))
    }
}
impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Plain decimal notation (`-1250.50`, also `1e3`); more than ten decimals or too large a magnitude is refused.
impl FromStr for Number {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        parse(text.trim()).ok_or_else(|| Error::invalid(format!("\"{}\" is not a number that fits", crate::text::shorten(text, 60))))
    }
}

fn parse(text: &str) -> Option<Number> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((m, e)) => (m, e.parse::<i32>().ok().filter(|e| e.abs() <= 40)?),
        None => (text, 0),
    };
    let (negative, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && decimals.is_empty() || !whole.bytes().chain(decimals.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    if whole.len() + decimals.len() > 38 {
        return None;
    }
    let all: i128 = format!("0{whole}{decimals}").parse().ok()?;
    let shift = i32::try_from(SCALE).ok()? - i32::try_from(decimals.len()).ok()? + exponent;
    let power = 10_i128.checked_pow(shift.unsigned_abs());
    let raw = if shift >= 0 {
        all.checked_mul(power?)?
    } else {
        let power = power?;
        if all % power != 0 {
            return None;
        }
        all / power
    };
    bounded(if negative { -raw } else { raw })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn arithmetic_is_exact_and_rounds_half_away_from_zero() {
        assert_eq!(n("0.1").add(n("0.2")), Some(n("0.3")));
        assert_eq!(n("1").div(n("3")).map(|x| x.to_text(0)), Some("0.3333333333".into()));
        assert_eq!(n("2").div(n("3")).map(|x| x.to_text(0)), Some("0.6666666667".into()));
        assert_eq!(n("-2").div(n("3")).map(|x| x.to_text(0)), Some("-0.6666666667".into()));
        assert_eq!(n("-1.005").round_to(2), n("-1.01"));
    }

    #[test]
    fn overflow_and_division_by_zero_are_absent() {
        assert_eq!(n("1").div(Number::ZERO), None);
        assert_eq!(n("999999999999999").add(n("1")), None);
        assert_eq!(n("100000000").mul(n("100000000")), None);
    }

    #[test]
    fn text_keeps_what_was_written() {
        assert_eq!(n("1250.5").to_text(2), "1250.50");
        assert_eq!(n("1250.125").to_text(2), "1250.125");
        assert_eq!(n("1e3").to_text(0), "1000");
        assert_eq!(n("-0.5").to_text(0), "-0.5");
        assert!("1.00000000001".parse::<Number>().is_err());
        assert!("12abc".parse::<Number>().is_err());
        assert!(".".parse::<Number>().is_err());
    }

    #[test]
    fn columns_hold_integers_of_a_fixed_scale() {
        assert_eq!(Number::from_scaled(12345, 2), Some(n("123.45")));
        assert_eq!(n("123.45").to_scaled(2), Some(12345));
        assert_eq!(n("123.456").to_scaled(2), None);
    }
}
