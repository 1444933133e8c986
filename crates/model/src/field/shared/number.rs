//! Numbers of the interface: exact, within the field's bounds and decimals.

use base::{Number, Value};
use serde_json::Value as Json;

use super::amount;
use super::clean::quote;
use super::wrong::Wrong;
use crate::field::ImportLocale;
use crate::object::Field;

/// A JSON number, or a decimal in quotes.
pub fn of_json(input: &Json) -> Result<Number, Wrong> {
    let text = match input {
        Json::Number(n) => n.to_string(),
        Json::String(text) => text.trim().to_string(),
        _ => return Err(Wrong::kind("Write a number, such as 12.5")),
    };
    text.parse().map_err(|_| not_a_number(&text))
}

fn not_a_number(text: &str) -> Wrong {
    let is_number = text.parse::<f64>().is_ok_and(f64::is_finite);
    if !is_number {
        return Wrong::format(format!("{} is not a number; write one such as 1250.50", quote(text)));
    }
    let decimals = text.split_once('.').map_or(0, |(_, d)| d.len());
    if decimals > 10 { precise(10) } else { Wrong::new("too_big", "This number is too large; less than 1,000,000,000,000,000 fits") }
}

/// A whole number.
pub fn whole(input: &Json) -> Result<i64, Wrong> {
    let whole = match input {
        Json::Number(n) => n.as_i64().or_else(|| n.to_string().parse::<Number>().ok().and_then(Number::to_i64)),
        _ => return Err(Wrong::kind("Write a whole number, such as 12")),
    };
    whole.ok_or_else(|| Wrong::format(format!("{input} is not a whole number that fits; write one such as 12")))
}

/// A number that fits its column and the field's bounds.
pub fn fit(field: &Field, number: Number, scale: u32) -> Result<Value, Wrong> {
    bounds(field, number)?;
    if number.to_scaled(scale).is_some() {
        return Ok(Value::Number(number));
    }
    Err(if number.round_to(scale) == number { Wrong::new("too_big", "This number is too large") } else { precise(scale) })
}

pub fn precise(scale: u32) -> Wrong {
    Wrong::new("too_precise", format!("At most {scale} decimals are kept; round the number"))
}

pub fn bounds(field: &Field, number: Number) -> Result<(), Wrong> {
    let beyond = |bound: Option<i64>| bound.and_then(Number::from_i64);
    match (beyond(field.min), beyond(field.max)) {
        (Some(min), _) if number < min => Err(Wrong::new("too_small", format!("{number} is too small; at least {min}"))),
        (_, Some(max)) if number > max => Err(Wrong::new("too_big", format!("{number} is too large; at most {max}"))),
        _ => Ok(()),
    }
}

/// A plain number of a file.
pub fn of_cell(text: &str, locale: &ImportLocale, scale: u32) -> Result<Number, Wrong> {
    let amount = amount::read(text, locale, scale)?;
    if amount.percent || amount.currency.is_some() {
        return Err(Wrong::format(format!("{} is not a plain number", quote(text))));
    }
    Ok(amount.number)
}

pub fn whole_of_cell(text: &str, locale: &ImportLocale) -> Result<i64, Wrong> {
    let number = of_cell(text, locale, 10)?;
    number.to_i64().ok_or_else(|| Wrong::format(format!("{} is not a whole number", quote(text))))
}
