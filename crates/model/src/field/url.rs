//! `url`: a web address. Only `http` and `https`, so that a link on a screen never runs a script.

use base::{FieldProblem, Result, Value};
use serde_json::{Value as Json, json};
use store::table::ColumnKind;

use super::shared::clean::{self, quote};
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

const LONGEST: usize = 2_000;

pub struct Url;

impl Kind for Url {
    fn field_type(&self) -> FieldType {
        FieldType::Url
    }
    fn accept(&self, field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let address = clean::text(input, "https://example.com").and_then(|text| address(text, clean::longest(field, LONGEST)));
        address.map(Value::from).map_err(|wrong| wrong.at(path))
    }
    fn read_cell(&self, field: &Field, _context: &Context<'_>, text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        address(text, clean::longest(field, LONGEST)).map(Value::from)
    }
    fn schema(&self, field: &Field, _model: &Model, _using: Use) -> Json {
        json!({"type": "string", "format": "uri", "maxLength": clean::longest(field, LONGEST)})
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Text)
    }
}

/// The address with scheme and host in lower case; `https://` is added where no scheme is written.
fn address(text: &str, longest: usize) -> Result<Option<String>, Wrong> {
    let Some(text) = clean::line(text, longest)? else { return Ok(None) };
    let wrong = || Wrong::format(format!("{} is not a web address; write one such as https://example.com", quote(&text)));
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None => ("https".to_string(), text.trim_start_matches("//")),
    };
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err(Wrong::format("Only http and https addresses are kept"));
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).ok_or_else(wrong)?;
    let (user, host) = authority.rsplit_once('@').map_or(("", authority), |(user, host)| (user, host));
    if !user.is_empty() || !is_host(host) || path.contains(char::is_whitespace) {
        return Err(wrong());
    }
    let address = format!("{scheme}://{}{path}", host.to_lowercase());
    if address.chars().count() > longest {
        Err(Wrong::new("too_long", format!("At most {longest} characters fit")))
    } else {
        Ok(Some(address))
    }
}

/// Labels of letters, digits and hyphens with a point between them, and perhaps a port.
fn is_host(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, "80"));
    let is_label =
        |label: &str| !label.is_empty() && label.len() <= 63 && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let host = host.trim_end_matches('.');
    host.len() <= 253 && host.contains('.') && host.split('.').all(is_label) && port.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_are_completed_and_checked() {
        for (text, expected) in [
            ("https://Example.COM/Path?Q=1#x", "https://example.com/Path?Q=1#x"),
            ("www.example.com", "https://www.example.com"),
            ("example.com/about", "https://example.com/about"),
            ("HTTP://example.com:8080", "http://example.com:8080"),
            ("例え.jp", "https://例え.jp"),
        ] {
            assert_eq!(address(text, LONGEST), Ok(Some(expected.to_string())), "{text}");
        }
        for text in [
            "javascript:alert(1)",
            "javascript://example.com/%0aalert(1)",
            "ftp://example.com",
            "example",
            "http://",
            "exa mple.com",
            "https://a@evil.example",
            "http://example.com/a b",
            "data:text/html,x",
        ] {
            assert!(address(text, LONGEST).is_err(), "{text}");
        }
    }
}
