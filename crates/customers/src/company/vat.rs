//! VAT numbers, by the rules of their country: shape everywhere below, check digits where they are public and simple.
//!
//! A number is kept without spaces and dots, so that two spellings of one are the same. Countries that are not listed are
//! taken as written; so is what an import brings. A new country is a line in [`RULES`].

use base::Result;
use kernel::{Ctx, Draft, Rule};
use store::Tx;

pub struct ByCountry;

impl Rule for ByCountry {
    fn object(&self) -> &'static str {
        "company"
    }

    fn before(&self, ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if !draft.changed("vat_number") {
            return Ok(());
        }
        let Some(number) = draft.get("vat_number").as_text().map(plain) else { return Ok(()) };
        let country = draft.get("address").part("country").as_text().unwrap_or_default().to_string();
        if !ctx.is_import()
            && let Some(fault) = fault(&number, &country)
        {
            draft.problem(
                "vat_number",
                fault,
                format!("\"{}\" is not a VAT number as its country writes them", base::text::shorten(&number, 40)),
            );
        }
        draft.set("vat_number", number);
        Ok(())
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/')).flat_map(char::to_uppercase).collect()
}

struct Country {
    code: &'static str,
    /// Before the number in trade with other countries; Greece has another than its own.
    prefix: &'static str,
    shape: fn(&str) -> bool,
    check: fn(&[u32]) -> bool,
}

const fn rule(code: &'static str, shape: fn(&str) -> bool, check: fn(&[u32]) -> bool) -> Country {
    Country { code, prefix: code, shape, check }
}

const RULES: &[Country] = &[
    rule("AT", |n| n.starts_with('U') && is_digits(n.get(1..), 8), |_| true),
    rule("BE", |n| is_digits(Some(n), 10), |d| 97 - value(d.get(..8)) % 97 == value(d.get(8..))),
    rule("CH", |n| n.starts_with('E') && is_digits(n.get(1..10), 9) && matches!(n.get(10..), Some("" | "MWST" | "TVA" | "IVA")), |_| true),
    rule("CN", |n| n.len() == 18 && n.bytes().all(|b| b.is_ascii_alphanumeric()), |_| true),
    rule("CZ", |n| (8..=10).contains(&n.len()) && is_digits(Some(n), n.len()), |_| true),
    rule("DE", |n| is_digits(Some(n), 9), german),
    rule("ES", |n| n.len() == 9 && n.bytes().all(|b| b.is_ascii_alphanumeric()), |_| true),
    rule("FR", |n| n.len() == 11 && is_digits(n.get(2..), 9), |_| true),
    rule("GB", |n| is_digits(Some(n), 9) || is_digits(Some(n), 12), |_| true),
    rule("IE", |n| (8..=9).contains(&n.len()) && n.ends_with(|c: char| c.is_ascii_uppercase()), |_| true),
    rule("IT", |n| is_digits(Some(n), 11), luhn),
    rule("NL", |n| n.len() == 12 && n.get(9..10) == Some("B") && is_digits(n.get(..9), 9), |_| true),
    rule("PL", |n| is_digits(Some(n), 10), |d| weighted(d, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last(d)),
    Country { code: "GR", prefix: "EL", shape: |n| is_digits(Some(n), 9), check: |_| true },
];

/// `format` or `checksum` when a number cannot be one; the country is that of its prefix, else that of the address.
fn fault(number: &str, country: &str) -> Option<&'static str> {
    let by_prefix = RULES.iter().find(|r| number.starts_with(r.prefix) && number.len() > r.prefix.len() + 6);
    let rule = by_prefix.or_else(|| RULES.iter().find(|r| r.code == country))?;
    let own = number.strip_prefix(rule.prefix).unwrap_or(number);
    if !(rule.shape)(own) {
        return Some("format");
    }
    let digits: Vec<u32> = own.chars().filter_map(|c| c.to_digit(10)).collect();
    if (rule.check)(&digits) { None } else { Some("checksum") }
}

fn is_digits(text: Option<&str>, count: usize) -> bool {
    text.is_some_and(|t| t.len() == count && t.bytes().all(|b| b.is_ascii_digit()))
}

fn value(digits: Option<&[u32]>) -> u32 {
    digits.unwrap_or_default().iter().fold(0, |n, d| n * 10 + d)
}

fn last(digits: &[u32]) -> u32 {
    digits.last().copied().unwrap_or(0)
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| d * w).sum()
}

/// Italy: the eleventh digit by Luhn.
fn luhn(digits: &[u32]) -> bool {
    let doubled = |d: u32| if d > 4 { d * 2 - 9 } else { d * 2 };
    digits.iter().rev().enumerate().map(|(i, d)| if i % 2 == 1 { doubled(*d) } else { *d }).sum::<u32>() % 10 == 0
}

/// Germany: ISO 7064, MOD 11,10.
fn german(digits: &[u32]) -> bool {
    let body = digits.split_last().map_or(&[][..], |(_, body)| body);
    let product = body.iter().fold(10, |product, digit| {
        let sum = (digit + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == last(digits)
}

#[cfg(test)]
mod tests {
    use super::{fault, plain};

    #[test]
    fn numbers_are_checked_as_their_country_writes_them() {
        for (number, country, expected) in [
            ("IT 0076 4490 152", "", Some("checksum")),
            ("00743110157", "IT", None),
            ("IT00743110157", "DE", None),
            ("0074311015", "IT", Some("format")),
            ("DE 136 695 976", "", None),
            ("DE136695977", "", Some("checksum")),
            ("PL8567346215", "", None),
            ("PL8567346216", "", Some("checksum")),
            ("BE0428759497", "", None),
            ("CHE-123.456.789 MWST", "", None),
            ("ATU12345678", "AT", None),
            ("EL123456789", "", None),
            ("91310000MA1FL0X00X", "CN", None),
            ("anything", "BR", None),
        ] {
            assert_eq!(fault(&plain(number), country), expected, "{number} {country}");
        }
    }
}
