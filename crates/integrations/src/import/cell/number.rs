//! What a cell proves about the numbers of its column, and whether it is one at all: `$342.09K`, `1.234,56 €`,
//! `(1,250.00)`, `25 %`, `1'200`, `3,5 mln`.
//!
//! Values are read by the field types; this room only looks at columns.

use base::{Currency, Number};
use serde::{Deserialize, Serialize};

use super::is_space;

/// The mark between units and tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decimal {
    #[serde(rename = ".")]
    Point,
    #[serde(rename = ",")]
    Comma,
}

impl Decimal {
    pub fn char(self) -> char {
        match self {
            Decimal::Point => '.',
            Decimal::Comma => ',',
        }
    }
    /// The mark that groups thousands where this one is the decimal mark.
    fn group(self) -> char {
        match self {
            Decimal::Point => ',',
            Decimal::Comma => '.',
        }
    }
}

/// A number with what stood around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    pub number: Number,
    pub currency: Option<Currency>,
    /// A percent sign stood beside it; the number is not divided.
    pub percent: bool,
}

/// What a cell says about the decimal mark of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A number without marks, or with marks that every convention reads alike.
    None,
    /// `1,234`: thousands or thousandths.
    Ambiguous(Decimal),
    Certain(Decimal),
}

const SYMBOLS: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("R$", "BRL"),
    ("C$", "CAD"),
    ("A$", "AUD"),
    ("HK$", "HKD"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("CN¥", "CNY"),
    ("RMB", "CNY"),
    ("¥", ""),
    ("￥", ""),
    ("元", "CNY"),
    ("円", "JPY"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₩", "KRW"),
    ("₺", "TRY"),
    ("Fr.", "CHF"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
];

const MULTIPLES: &[(&str, i64)] = &[
    ("mio.", 1_000_000),
    ("mio", 1_000_000),
    ("mln", 1_000_000),
    ("mld", 1_000_000_000),
    ("mrd", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("tsd", 1_000),
    ("k", 1_000),
    ("m", 1_000_000),
    ("b", 1_000_000_000),
    ("千", 1_000),
    ("万", 10_000),
    ("亿", 100_000_000),
];

/// Reads a whole cell; `None` when anything in it is not part of a number under this decimal mark.
pub fn read(text: &str, decimal: Decimal) -> Option<Amount> {
    let parts = strip(text)?;
    let plain = digits(&parts.body, decimal)?;
    let mut number: Number = plain.parse().ok()?;
    if let Some(times) = parts.multiple {
        number = number.mul(Number::from_i64(times)?)?;
    }
    Some(Amount { number: if parts.negative { number.neg() } else { number }, currency: parts.currency, percent: parts.percent })
}

/// Reads under either mark, for telling shapes apart where the habit is not known yet.
pub fn read_any(text: &str) -> Option<Amount> {
    read(text, Decimal::Point).or_else(|| read(text, Decimal::Comma))
}

/// What the marks in a number prove.
pub fn evidence(text: &str) -> Evidence {
    let Some(parts) = strip(text) else { return Evidence::None };
    let body = parts.body;
    let (points, commas) = (body.matches('.').count(), body.matches(',').count());
    let (last, other) = match (body.rfind('.'), body.rfind(',')) {
        (None, None) => return Evidence::None,
        (point, comma) if point > comma => (Decimal::Point, commas),
        _ => (Decimal::Comma, points),
    };
    let opposite = if last == Decimal::Point { Decimal::Comma } else { Decimal::Point };
    let same = if last == Decimal::Point { points } else { commas };
    if read(text, last).is_none() {
        return if read(text, opposite).is_some() { Evidence::Certain(opposite) } else { Evidence::None };
    }
    if read(text, opposite).is_none() || other > 0 {
        return Evidence::Certain(last);
    }
    if same > 1 { Evidence::Certain(opposite) } else { Evidence::Ambiguous(last) }
}

struct Parts {
    body: String,
    negative: bool,
    percent: bool,
    currency: Option<Currency>,
    multiple: Option<i64>,
}

/// Takes sign, currency, percent and multiple off; what remains begins and ends with a digit or a decimal mark.
fn strip(text: &str) -> Option<Parts> {
    let mut rest = text.trim_matches(is_space).to_string();
    if rest.len() > 60 || !rest.chars().any(|c| base::text::digit(c).is_some()) {
        return None;
    }
    let mut parts = Parts { body: String::new(), negative: false, percent: false, currency: None, multiple: None };
    if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        parts.negative = true;
        rest = inner.trim_matches(is_space).to_string();
    }
    for _ in 0..6 {
        let before = rest.len();
        rest = take_mark(&rest, &mut parts).trim_matches(is_space).to_string();
        if rest.len() == before {
            break;
        }
    }
    let is_body = |c: char| base::text::digit(c).is_some() || matches!(c, '.' | ',' | '\'' | '’') || is_space(c);
    if rest.is_empty() || !rest.chars().all(is_body) {
        return None;
    }
    parts.body = rest.chars().map(|c| base::text::digit(c).unwrap_or(c)).collect();
    Some(parts)
}

/// Takes one mark off either end, if there is one.
fn take_mark(rest: &str, parts: &mut Parts) -> String {
    if let Some(inner) = rest.strip_prefix(['-', '−', '–']).or_else(|| rest.strip_suffix(['-', '−']))
        && !parts.negative
    {
        parts.negative = true;
        return inner.to_string();
    }
    if let Some(inner) = rest.strip_prefix('+') {
        return inner.to_string();
    }
    if let Some(inner) = rest.strip_suffix(['%', '％']).or_else(|| rest.strip_prefix('%'))
        && !parts.percent
    {
        parts.percent = true;
        return inner.to_string();
    }
    if parts.currency.is_none()
        && let Some((inner, code)) = take_currency(rest)
    {
        parts.currency = code;
        return inner;
    }
    let lower = rest.to_lowercase();
    let multiple = MULTIPLES.iter().find_map(|(word, times)| lower.strip_suffix(word).map(|left| (left.len(), *times)));
    match multiple {
        Some((length, times)) if parts.multiple.is_none() && ends_with_digit(lower.get(..length)) => {
            parts.multiple = Some(times);
            rest.get(..length).unwrap_or_default().to_string()
        }
        _ => rest.to_string(),
    }
}

fn ends_with_digit(text: Option<&str>) -> bool {
    text.and_then(|t| t.trim_end_matches(is_space).chars().next_back()).is_some_and(|c| base::text::digit(c).is_some())
}

/// A symbol or a code of three capital letters at either end; a symbol of several currencies names none.
fn take_currency(rest: &str) -> Option<(String, Option<Currency>)> {
    for (symbol, code) in SYMBOLS {
        if let Some(inner) = rest.strip_prefix(symbol).or_else(|| rest.strip_suffix(symbol)) {
            return Some((inner.to_string(), Currency::parse(code).ok()));
        }
    }
    let is_code = |t: &&str| t.chars().all(|c| c.is_ascii_uppercase());
    let front = rest.get(..3).filter(is_code).map(|code| (code, rest.get(3..)));
    let back = rest.len().checked_sub(3).and_then(|at| Some((rest.get(at..).filter(is_code)?, rest.get(..at))));
    let (code, inner) = front.or(back)?;
    Some((inner?.to_string(), Currency::parse(code).ok()))
}

/// The body in plain notation: groups checked and joined, the decimal mark a point.
fn digits(body: &str, decimal: Decimal) -> Option<String> {
    let (whole, decimals) = match body.split_once(decimal.char()) {
        Some((_, rest)) if rest.contains(decimal.char()) => return None,
        Some((whole, rest)) => (whole, Some(rest)),
        None => (body, None),
    };
    let is_group = |c: char| c == decimal.group() || matches!(c, '\'' | '’') || is_space(c);
    let groups: Vec<&str> = whole.split(is_group).collect();
    if !groups.iter().all(|g| g.bytes().all(|b| b.is_ascii_digit())) || !is_grouped(&groups) {
        return None;
    }
    let decimals = decimals.unwrap_or_default();
    if !decimals.bytes().all(|b| b.is_ascii_digit()) || groups.concat().is_empty() && decimals.is_empty() {
        return None;
    }
    Some(format!("{}.{}0", groups.concat(), decimals))
}

/// `1,234,567` and the Indian `12,34,567`; one group is a number without marks.
fn is_grouped(groups: &[&str]) -> bool {
    match groups {
        [_] => true,
        [first, middle @ .., last] => {
            (1..=3).contains(&first.len())
                && !(first.starts_with('0'))
                && last.len() == 3
                && (middle.iter().all(|g| g.len() == 3) || middle.iter().all(|g| g.len() == 2))
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(text: &str) -> Option<String> {
        read(text, Decimal::Point).map(|a| a.number.to_text(0))
    }
    fn comma(text: &str) -> Option<String> {
        read(text, Decimal::Comma).map(|a| a.number.to_text(0))
    }

    #[test]
    fn amounts_are_read_as_exports_write_them() {
        for (text, number) in [
            ("$22,700.00", "22700"),
            ("$342.09K", "342090"),
            ("$1,117.10K", "1117100"),
            ("(1,250.50)", "-1250.5"),
            ("-1250.5", "-1250.5"),
            ("1 234 567.8", "1234567.8"),
            ("1'200", "1200"),
            ("12,34,567", "1234567"),
            (".5", "0.5"),
            ("25 %", "25"),
            ("EUR 12.30", "12.3"),
            ("12.30 CHF", "12.3"),
            ("3.5 mln €", "3500000"),
            ("１２万", "120000"),
            ("1100.04", "1100.04"),
        ] {
            assert_eq!(point(text).as_deref(), Some(number), "{text}");
        }
        for (text, number) in [("1.234,56 €", "1234.56"), ("0,5", "0.5"), ("€ 3.500", "3500"), ("12,5%", "12.5"), ("1 234,5-", "-1234.5")]
        {
            assert_eq!(comma(text).as_deref(), Some(number), "{text}");
        }
    }

    #[test]
    fn what_the_decimal_mark_forbids_is_not_guessed() {
        assert_eq!(comma("1100.04"), None);
        assert_eq!(point("1.234,56"), None);
        assert_eq!(point("1,23"), None);
        assert_eq!(point("12.3.4"), None);
        assert_eq!(point("0,123"), None);
        for text in ["", "abc", "12 apples", "1-2", "+", "€", "--5", "2021-04-16", "10:30"] {
            assert_eq!(point(text), None, "{text}");
        }
    }

    #[test]
    fn currency_and_percent_are_told() {
        assert_eq!(read("1.234,56 €", Decimal::Comma).unwrap().currency, Currency::parse("EUR").ok());
        assert_eq!(read("GBP 5", Decimal::Point).unwrap().currency, Currency::parse("GBP").ok());
        assert_eq!(read("¥500", Decimal::Point).unwrap().currency, None);
        assert!(read("25%", Decimal::Point).unwrap().percent);
    }

    #[test]
    fn marks_prove_what_they_can() {
        for (text, told) in [
            ("1,234.56", Evidence::Certain(Decimal::Point)),
            ("1.234,56", Evidence::Certain(Decimal::Comma)),
            ("12,5", Evidence::Certain(Decimal::Comma)),
            ("12.50", Evidence::Certain(Decimal::Point)),
            ("1,234,567", Evidence::Certain(Decimal::Point)),
            ("0.125", Evidence::Certain(Decimal::Point)),
            ("1,234", Evidence::Ambiguous(Decimal::Comma)),
            ("1.234", Evidence::Ambiguous(Decimal::Point)),
            ("1234", Evidence::None),
            ("n/a", Evidence::None),
        ] {
            assert_eq!(evidence(text), told, "{text}");
        }
    }
}
