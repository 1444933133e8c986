//! The words by which search finds a record.

use base::Value;
use base::text;
use model::{Field, FieldType, Object};

use super::Record;
use crate::ctx::Ctx;
use crate::role;

/// Words of all fields marked `search`, the title's first; Chinese names also by their pinyin, phone numbers by
/// their digits and by the last digits that people remember.
pub fn of(object: &Object, record: &Record) -> Vec<String> {
    let mut all = Vec::new();
    for field in searched(object) {
        collect(field.kind, record.get(&field.name), &mut all);
    }
    all
}

/// The fields whose words are searched, the title first.
fn searched(object: &Object) -> impl Iterator<Item = &Field> {
    let title = object.fields.iter().filter(|f| f.name == object.title);
    let rest = object.fields.iter().filter(|f| f.search && f.alias_of.is_none() && f.name != object.title);
    title.chain(rest)
}

/// Are there words that the caller may not read? The index holds those of all fields together.
pub fn has_unreadable(ctx: &Ctx, object: &Object) -> bool {
    searched(object).any(|f| !role::may_read_field(ctx, object, f))
}

/// Does the record answer these words by fields that the caller may read?
pub fn answers(ctx: &Ctx, object: &Object, record: &Record, words: &[String], is_last_prefix: bool) -> bool {
    let mut all = Vec::new();
    for field in searched(object).filter(|f| role::may_read_field(ctx, object, f)) {
        collect(field.kind, record.get(&field.name), &mut all);
    }
    let is_there = |(at, word): (usize, &String)| {
        let is_prefix = is_last_prefix && at + 1 == words.len();
        all.iter().any(|w| if is_prefix { w.starts_with(word.as_str()) } else { w == word })
    };
    words.iter().enumerate().all(is_there)
}

fn collect(kind: FieldType, value: &Value, out: &mut Vec<String>) {
    match (kind, value) {
        (FieldType::Phone, Value::Text(number)) => phone(number, out),
        (_, Value::Text(written)) => out.extend(text::index_words(written)),
        (_, Value::Int(n)) => out.push(n.to_string()),
        (_, Value::List(items)) => items.iter().for_each(|item| collect(kind, item, out)),
        (FieldType::Phones, Value::Map(_)) => {
            if let Some(number) = value.part("number").as_text() {
                phone(number, out);
            }
        }
        (FieldType::Emails, Value::Map(_)) => {
            if let Some(address) = value.part("address").as_text() {
                out.push(text::fold(address));
                out.extend(text::words(address));
            }
        }
        (_, Value::Map(parts)) => parts.values().for_each(|part| collect(FieldType::Text, part, out)),
        _ => {}
    }
}

/// All digits, and every tail of at least four digits, so that any part from some digit on is a prefix of a word.
fn phone(number: &str, out: &mut Vec<String>) {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let starts = digits.len().saturating_sub(3);
    for start in 0..starts.min(12) {
        if let Some(tail) = digits.get(start..) {
            out.push(tail.to_string());
        }
    }
}
