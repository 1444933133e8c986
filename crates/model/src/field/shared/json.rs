//! Values as JSON, and JSON as bytes.

use base::{Money, Number, Value};
use serde_json::{Map, Value as Json, json};

/// What every type writes that has no form of its own.
pub fn of(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(b) => Json::Bool(*b),
        Value::Int(n) => json!(n),
        Value::Number(n) => number(*n),
        Value::Text(text) => Json::String(text.clone()),
        Value::Id(id) => Json::String(id.to_string()),
        Value::Date(date) => Json::String(date.to_string()),
        Value::Instant(instant) => Json::String(instant.to_string()),
        Value::Money(m) => money(m),
        Value::List(items) => Json::Array(items.iter().map(of).collect()),
        Value::Map(parts) => Json::Object(parts.iter().map(|(name, part)| (name.clone(), of(part))).collect()),
    }
}

/// A list that is absent is written as an empty one.
pub fn list(value: &Value, item: impl Fn(&Value) -> Json) -> Json {
    Json::Array(value.as_list().iter().map(item).collect())
}

/// The parts of a map in the given order, absent ones left out.
pub fn parts(value: &Value, names: &[&str]) -> Json {
    let present = names.iter().filter(|name| !value.part(name).is_null());
    Json::Object(present.map(|name| ((*name).to_string(), of(value.part(name)))).collect::<Map<_, _>>())
}

pub fn number(n: Number) -> Json {
    match n.to_i64() {
        Some(whole) => json!(whole),
        None => serde_json::from_str(&n.to_text(0)).unwrap_or(Json::Null),
    }
}

pub fn money(money: &Money) -> Json {
    json!({"amount": money.amount.to_text(decimals(money.currency.as_str())), "currency": money.currency.as_str()})
}

/// Decimals in which a currency is mostly written.
pub fn decimals(currency: &str) -> usize {
    iso_currency::Currency::from_code(currency).and_then(|c| c.exponent()).map_or(2, usize::from)
}

pub fn push(out: &mut Vec<u8>, json: &Json) {
    out.extend_from_slice(json.to_string().as_bytes());
}

/// A text in quotes.
pub fn push_text(out: &mut Vec<u8>, text: &str) {
    if text.bytes().any(|b| b < 0x20 || b == b'"' || b == b'\\') {
        out.extend_from_slice(Json::from(text).to_string().as_bytes());
        return;
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

pub fn push_number(out: &mut Vec<u8>, n: Number) {
    out.extend_from_slice(n.to_text(0).as_bytes());
}

pub fn push_money(out: &mut Vec<u8>, amount: Number, currency: &str) {
    out.extend_from_slice(b"{\"amount\":\"");
    out.extend_from_slice(amount.to_text(decimals(currency)).as_bytes());
    out.extend_from_slice(b"\",\"currency\":");
    push_text(out, currency);
    out.push(b'}');
}
