//! One value out of the text of a cell, as the field's own type reads it.

use base::{Number, Value};
use model::field::{self, Context, ImportLocale};
use model::{Field, FieldType};
use serde_json::Value as Json;

pub fn read(field: &Field, context: &Context<'_>, text: &str, locale: &ImportLocale) -> Result<Value, String> {
    let text = match field.kind {
        // A file in which a whole number is written "12.0" or "12,00" means 12.
        FieldType::Integer | FieldType::Rating => whole(text, locale).unwrap_or_else(|| text.to_string()),
        _ => text.to_string(),
    };
    field::kind(field.kind).read_text(field, context, &text, locale)
}

fn whole(text: &str, locale: &ImportLocale) -> Option<String> {
    let (head, tail) = text.rsplit_once(locale.decimal)?;
    (!head.is_empty() && !tail.is_empty() && tail.bytes().all(|b| b == b'0')).then(|| head.to_string())
}

/// Read as an exact number, multiplied, and read again as the field wants it.
pub fn multiplied(field: &Field, context: &Context<'_>, text: &str, locale: &ImportLocale, times: Number) -> Result<Value, String> {
    let decimal = Field { scale: Some(base::number::SCALE), ..scratch(FieldType::Decimal) };
    let money = scratch(FieldType::Money);
    let (number, currency) = match read(&money, context, text, locale) {
        Ok(Value::Money(money)) => (money.amount, format!(" {}", money.currency)),
        _ => (read(&decimal, context, text, locale)?.as_number().unwrap_or_default(), String::new()),
    };
    let number = number.mul(times).ok_or_else(|| format!("\"{text}\" is too large"))?;
    let currency = if field.kind == FieldType::Money { currency } else { String::new() };
    let plain = ImportLocale { decimal: '.', ..locale.clone() };
    read(field, context, &format!("{}{currency}", number.to_text(0)), &plain)
}

pub fn scratch(kind: FieldType) -> Field {
    Field { id: "value".to_string(), name: "value".to_string(), kind, ..Field::default() }
}

pub fn inner_json(text: &str) -> Option<Json> {
    if text.starts_with(['[', '{']) { serde_json::from_str(text).ok() } else { None }
}

pub fn takes_json(kind: FieldType) -> bool {
    matches!(kind, FieldType::Choices | FieldType::Texts | FieldType::Rows | FieldType::Address)
}
