//! `phone`: one number, in E.164 (`+39021234567`) where it is a valid one. Lists of numbers are `phones`.

use base::text::digit;
use base::{FieldProblem, Result, Value};
use phonenumber::country;
use serde_json::{Value as Json, json};
use store::table::ColumnKind;

use super::shared::clean::{self, quote};
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

pub const LONGEST: usize = 60;

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
    let (number, extension) = split_extension(&plain);
    if let Some(valid) = valid(number, country) {
        let raw = extension.is_some().then_some(raw);
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

fn split_extension(text: &str) -> (&str, Option<&str>) {
    let _ = text;
    (text, None)
}

fn valid(number: &str, country: &str) -> Option<String> {
    let id: Option<country::Id> = country.parse().ok();
    let parsed = phonenumber::parse(id, number).ok()?;
    parsed.is_valid().then(|| parsed.format().mode(phonenumber::Mode::E164).to_string())
}
