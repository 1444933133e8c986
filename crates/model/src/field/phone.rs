//! `phone`: one number, in E.164 (`+39021234567`) where it is a valid one. Lists of numbers are `phones`.

use base::text::digit;
use base::{FieldProblem, Result, Value};
use phonenumber::metadata::DATABASE;
use phonenumber::{Metadata, Mode, Type, country};
use serde_json::{Value as Json, json};
use store::table::ColumnKind;

use super::shared::clean::{self, quote};
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

pub const LONGEST: usize = 60;
/// Characters of the longest number in E.164, with the plus.
const E164: usize = 16;

pub struct PhoneNumber;

impl Kind for PhoneNumber {
    fn field_type(&self) -> FieldType {
        FieldType::Phone
    }
    fn accept(&self, _field: &Field, context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let phone = clean::text(input, "+39 02 1234567").and_then(|text| read_phone(text, context.country));
        phone.map(|phone| phone.map(|p| p.number).into()).map_err(|wrong| wrong.at(path))
    }
    fn read_cell(&self, _field: &Field, context: &Context<'_>, text: &str, locale: &ImportLocale) -> Result<Value, Wrong> {
        read_phone(text, locale.country.as_deref().unwrap_or(context.country)).map(|phone| phone.map(|p| p.number).into())
    }
    fn schema(&self, _field: &Field, _model: &Model, _using: Use) -> Json {
        schema()
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Text)
    }
}

pub fn schema() -> Json {
    json!({"type": "string", "maxLength": LONGEST, "examples": ["+39021234567"]})
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// E.164 when valid, else as it was written.
    pub number: String,
    /// As it was written, where the number does not say all of it (an extension).
    pub raw: Option<String>,
    pub is_valid: bool,
}

/// Reads a number as people write it; a national one in the given country. One that cannot be valid but looks like a
/// number is kept as it is; text that is none is refused. `None` for an empty text.
pub fn read_phone(text: &str, country: &str) -> Result<Option<Phone>, Wrong> {
    let Some(raw) = clean::line(text, LONGEST)? else { return Ok(None) };
    let plain = plain(&raw);
    if let Some(valid) = valid(&plain, country) {
        let raw = plain.contains(|c: char| c.is_alphabetic() || matches!(c, '#' | ';' | ',')).then_some(raw);
        return Ok(Some(Phone { number: valid, raw, is_valid: true }));
    }
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    let letters = plain.chars().filter(|c| c.is_alphabetic()).count();
    if (3..=20).contains(&digits) && letters <= 12 && !plain.contains(['@', '<', '>', '{', '}']) {
        return Ok(Some(Phone { number: raw, raw: None, is_valid: false }));
    }
    Err(Wrong::format(format!("{} is not a phone number; write one such as +39 02 1234567", quote(&raw))))
}

/// Digits of any script and full-width signs as ASCII; `tel:` goes.
fn plain(text: &str) -> String {
    let one = |c: char| match c {
        '＋' => '+',
        '－' | '−' | '–' | '‐' | 'ー' => '-',
        '（' => '(',
        '）' => ')',
        c if c.is_whitespace() => ' ',
        c => digit(c).unwrap_or(c),
    };
    let plain: String = text.chars().map(one).collect();
    let head = plain.get(..4).filter(|head| head.eq_ignore_ascii_case("tel:"));
    head.and_then(|head| plain.get(head.len()..)).unwrap_or(&plain).trim().to_string()
}

/// The E.164 form of a valid number.
fn valid(number: &str, country: &str) -> Option<String> {
    let id: Option<country::Id> = country.to_ascii_uppercase().parse().ok();
    // The country of the workspace has no say in an international number: its national prefix would be cut off.
    let first = if number.starts_with('+') { parsed(None, number) } else { parsed(id, number) };
    first.or_else(|| matched(id, number))
}

fn parsed(country: Option<country::Id>, number: &str) -> Option<String> {
    let parsed = phonenumber::parse(country, number).ok().filter(phonenumber::PhoneNumber::is_valid)?;
    Some(parsed.format().mode(Mode::E164).to_string()).filter(|text| text.len() <= E164)
}

/// The parser cuts off what looks like a national prefix even where it belongs to the number (`8` in +7 800 …); so the
/// digits as they stand are held against the country's patterns, too.
fn matched(country: Option<country::Id>, number: &str) -> Option<String> {
    if number.contains(char::is_alphabetic) {
        return None;
    }
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if number.starts_with('+') {
        return (1..=3).find_map(|length| {
            let (code, rest) = digits.split_at_checked(length)?;
            let known = DATABASE.by_code(&code.parse::<u16>().ok()?)?;
            known.into_iter().any(|metadata| matches(metadata, rest)).then(|| format!("+{digits}"))
        });
    }
    let metadata = DATABASE.by_id(country?.as_ref())?;
    let trunk = metadata.national_prefix().and_then(|prefix| digits.strip_prefix(prefix));
    let national = [Some(digits.as_str()), trunk].into_iter().flatten().find(|national| matches(metadata, national))?;
    Some(format!("+{}{national}", metadata.country_code()))
}

fn matches(metadata: &Metadata, national: &str) -> bool {
    const TYPES: [Type; 9] = [
        Type::FixedLine,
        Type::Mobile,
        Type::TollFree,
        Type::PremiumRate,
        Type::SharedCost,
        Type::PersonalNumber,
        Type::Voip,
        Type::Pager,
        Type::Uan,
    ];
    TYPES.into_iter().filter_map(|kind| metadata.descriptors().get(kind)).any(|descriptor| descriptor.is_match(national))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_in_one_form() {
        for (text, country, expected) in [
            ("02 1234 5678", "IT", "+390212345678"),
            ("+39 02 1234 5678", "US", "+390212345678"),
            ("0039 02 12345678", "IT", "+390212345678"),
            ("(0461) 123456", "IT", "+390461123456"),
            ("tel:+39-0461-123456", "IT", "+390461123456"),
            ("089/12345678", "DE", "+498912345678"),
            ("+49 (0) 89 12345678", "IT", "+498912345678"),
            ("＋８６ 138 1234 5678", "IT", "+8613812345678"),
            ("138 1234 5678", "CN", "+8613812345678"),
            ("+44 20 7946 0958", "IT", "+442079460958"),
            ("(212) 555-2368", "US", "+12125552368"),
            ("8 (800) 123-45-67", "RU", "+78001234567"),
            ("601 123 456", "PL", "+48601123456"),
        ] {
            assert_eq!(read_phone(text, country), Ok(Some(Phone { number: expected.into(), raw: None, is_valid: true })), "{text}");
        }
    }

    #[test]
    fn what_looks_like_a_number_is_kept_as_it_is() {
        for text in ["12345", "+39 02", "0461 123456 int. 12 or 14", "999 999 999 999"] {
            assert_eq!(read_phone(text, "IT"), Ok(Some(Phone { number: text.into(), raw: None, is_valid: false })), "{text}");
        }
        for text in ["call me", "12", "anna@example.com 123", "1234567890123456789012345"] {
            assert_eq!(read_phone(text, "IT").map_err(|wrong| wrong.code), Err("format"), "{text}");
        }
        assert_eq!(read_phone("  ", "IT"), Ok(None));
    }

    #[test]
    fn an_extension_stays_beside_the_number() {
        let phone = read_phone("+39 02 12345678 ext. 12", "IT").unwrap().unwrap();
        assert_eq!((phone.number.as_str(), phone.raw.as_deref()), ("+390212345678", Some("+39 02 12345678 ext. 12")));
    }
}
