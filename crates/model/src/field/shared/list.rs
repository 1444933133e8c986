//! Lists from outside: each item checked at its own path, doubles dropped, not too many.

use base::{FieldProblem, Value};
use serde_json::Value as Json;

use super::wrong::Wrong;
use crate::object::Field;

/// Items of one list at most, where the field does not say otherwise.
pub const MOST: usize = 1_000;

/// Reads every item; `item` answers `None` for one that is empty. An empty list is absent.
pub fn accept(
    field: &Field,
    path: &str,
    input: &Json,
    example: &str,
    mut item: impl FnMut(&str, &Json) -> Result<Option<Value>, Vec<FieldProblem>>,
) -> Result<Value, Vec<FieldProblem>> {
    let Some(entries) = input.as_array() else {
        return Err(Wrong::kind(format!("Write a list, such as {example}")).at(path));
    };
    let most = most(field);
    if entries.len() > most {
        return Err(Wrong::new("too_many", format!("This has {} items; at most {most} fit", entries.len())).at(path));
    }
    let mut items = Vec::with_capacity(entries.len());
    let mut problems = Vec::new();
    for (i, entry) in entries.iter().enumerate() {
        match item(&format!("{path}[{i}]"), entry) {
            Ok(Some(value)) => items.push(value),
            Ok(None) => {}
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(of(items)) } else { Err(problems) }
}

pub fn most(field: &Field) -> usize {
    field.max.and_then(|max| usize::try_from(max).ok()).unwrap_or(MOST)
}

/// A list without doubles, in order; absent when it is empty.
pub fn of(items: Vec<Value>) -> Value {
    let mut kept: Vec<Value> = Vec::with_capacity(items.len());
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    if kept.is_empty() { Value::Null } else { Value::List(kept) }
}

/// The items of a cell: cut at semicolons, bars, line breaks and the Chinese list marks; at commas only where none of
/// these stands and `by_comma` allows it.
pub fn split(text: &str, by_comma: bool) -> Vec<&str> {
    const MARKS: &[char] = &[';', '|', '\n', '\r', '；', '、'];
    let comma = by_comma && !text.contains(MARKS);
    text.split(|c| MARKS.contains(&c) || comma && matches!(c, ',' | '，')).map(str::trim).filter(|item| !item.is_empty()).collect()
}
