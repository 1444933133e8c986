//! `email`: one address, its domain in lower case. Lists of addresses are `emails`.

use base::{FieldProblem, Result, Value};
use email_address::{EmailAddress, Options};
use serde_json::{Value as Json, json};
use store::table::ColumnKind;

use super::shared::clean::{self, quote};
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

pub const LONGEST: usize = 254;

pub struct Email;

impl Kind for Email {
    fn field_type(&self) -> FieldType {
        FieldType::Email
    }
    fn accept(&self, _field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let address = clean::text(input, "anna@example.com").and_then(address);
        address.map(Value::from).map_err(|wrong| wrong.at(path))
    }
    fn read_cell(&self, _field: &Field, _context: &Context<'_>, text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        cell(text).map(Value::from)
    }
    fn schema(&self, _field: &Field, _model: &Model, _using: Use) -> Json {
        schema()
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Text)
    }
}

pub fn schema() -> Json {
    json!({"type": "string", "format": "email", "maxLength": LONGEST})
}

/// A checked address; `None` for an empty one.
pub fn address(text: &str) -> Result<Option<String>, Wrong> {
    let Some(text) = clean::line(text, LONGEST)? else { return Ok(None) };
    let options = Options::default().with_minimum_sub_domains(2).without_display_text().without_domain_literal();
    let parsed = EmailAddress::parse_with_options(&text, options)
        .map_err(|_| Wrong::format(format!("{} is not an e-mail address; write one such as anna@example.com", quote(&text))))?;
    Ok(Some(format!("{}@{}", parsed.local_part(), parsed.domain().to_lowercase())))
}

/// As files write it: `mailto:`, a name with the address in angle brackets, a point or comma at the end.
pub fn cell(text: &str) -> Result<Option<String>, Wrong> {
    let inner = text.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(text, |(inner, _)| inner);
    let plain = inner.trim().trim_end_matches([',', '.', ';']);
    let head = plain.get(..7).filter(|head| head.eq_ignore_ascii_case("mailto:"));
    address(head.and_then(|head| plain.get(head.len()..)).unwrap_or(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_and_their_domain_lowered() {
        for (text, expected) in [
            ("Anna.Rossi@Posta.Example", Some("Anna.Rossi@posta.example")),
            (" anna@example.com ", Some("anna@example.com")),
            ("o'hara+crm@example.co.uk", Some("o'hara+crm@example.co.uk")),
            ("info@münchen.example", Some("info@münchen.example")),
            ("", None),
        ] {
            assert_eq!(address(text), Ok(expected.map(str::to_string)), "{text}");
        }
        for text in [
            "anna",
            "anna@",
            "@example.com",
            "anna@localhost",
            "a b@example.com",
            "anna@@example.com",
            "anna@example..com",
            "Anna <anna@example.com>",
            "a@[127.0.0.1]",
        ] {
            assert_eq!(address(text).map_err(|w| w.code), Err("format"), "{text}");
        }
    }

    #[test]
    fn files_write_more_around_an_address() {
        for text in ["Anna Rossi <anna@example.com>", "mailto:anna@example.com", "MAILTO:anna@example.com", "anna@example.com;"] {
            assert_eq!(cell(text), Ok(Some("anna@example.com".to_string())), "{text}");
        }
    }
}
