//! PostgreSQL's binary form of `numeric`: groups of four decimal digits, the first with the given weight.

use base::Number;
use base::number::SCALE;

const NEGATIVE: u16 = 0x4000;
/// Decimals kept while reading; more than a number has, so that rounding sees what follows.
const READ_SCALE: i32 = 18;

fn take(bytes: &mut &[u8]) -> Option<i16> {
    let (head, rest) = bytes.split_first_chunk::<2>()?;
    *bytes = rest;
    Some(i16::from_be_bytes(*head))
}

/// The value times 10^18, cut there; none for infinity, not-a-number and what does not fit.
fn read_raw(mut bytes: &[u8]) -> Option<i128> {
    let count = take(&mut bytes)?;
    let weight = i32::from(take(&mut bytes)?);
    let sign = take(&mut bytes)?.cast_unsigned();
    take(&mut bytes)?;
    if sign != 0 && sign != NEGATIVE {
        return None;
    }
    let mut raw: i128 = 0;
    for i in 0..i32::from(count) {
        let digits = i128::from(take(&mut bytes)?);
        let exponent = (weight - i) * 4 + READ_SCALE;
        let power = 10_i128.checked_pow(exponent.unsigned_abs());
        let part = if exponent >= 0 { digits.checked_mul(power?)? } else { power.map_or(0, |p| digits / p) };
        raw = raw.checked_add(part)?;
    }
    Some(if sign == NEGATIVE { -raw } else { raw })
}

/// Rounded half away from zero to ten decimals; none at 10^15 and beyond.
pub fn read_number(bytes: &[u8]) -> Option<Number> {
    let raw = read_raw(bytes)?;
    let step = 10_i128.pow(READ_SCALE.unsigned_abs().saturating_sub(SCALE));
    let half = if raw < 0 { -(step / 2) } else { step / 2 };
    Number::from_raw((raw + half) / step)
}

/// A whole number of 64 bits.
pub fn read_int(bytes: &[u8]) -> Option<i64> {
    let raw = read_raw(bytes)?;
    let one = 10_i128.pow(READ_SCALE.unsigned_abs());
    (raw % one == 0).then(|| i64::try_from(raw / one).ok())?
}

pub fn write_number(number: Number, out: &mut impl bytes::BufMut) {
    // Two more zeros make whole groups of the ten decimals.
    write(number.raw().unsigned_abs() * 100, 3, u16::try_from(SCALE).unwrap_or(10), number.is_negative(), out);
}

pub fn write_int(n: i64, out: &mut impl bytes::BufMut) {
    write(u128::from(n.unsigned_abs()), 0, 0, n < 0, out);
}

/// `magnitude` counts units of 10000^-`groups`.
fn write(mut magnitude: u128, groups: i16, scale: u16, is_negative: bool, out: &mut impl bytes::BufMut) {
    let mut digits = Vec::new();
    while magnitude > 0 {
        digits.push(u16::try_from(magnitude % 10_000).unwrap_or(0));
        magnitude /= 10_000;
    }
    let count = i16::try_from(digits.len()).unwrap_or(0);
    out.put_i16(count);
    out.put_i16(if count == 0 { 0 } else { count - groups - 1 });
    out.put_u16(if is_negative && count > 0 { NEGATIVE } else { 0 });
    out.put_u16(scale);
    for group in digits.iter().rev() {
        out.put_u16(*group);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_survive_the_binary_form() {
        for text in ["0", "1", "-1", "0.0000000001", "-999999999999999.9999999999", "10000", "123456.789", "0.5"] {
            let number: Number = text.parse().unwrap();
            let mut out = Vec::new();
            write_number(number, &mut out);
            assert_eq!(read_number(&out), Some(number), "{text}");
        }
        for n in [0, 1, -1, i64::MAX, i64::MIN, 10_000, 99_990_000] {
            let mut out = Vec::new();
            write_int(n, &mut out);
            assert_eq!(read_int(&out), Some(n), "{n}");
        }
    }
}
