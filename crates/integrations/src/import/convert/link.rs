//! A cell that names other records.

use std::collections::BTreeMap;

use model::{Field, FieldType};
use serde_json::Value as Json;

use super::Pending;
use super::list::items;
use super::value::inner_json;
use crate::import::mapping::{By, Step, Unknown};

/// The names of a cell, apart by what becomes of them where nobody knows them.
pub fn pending(field: &Field, object: &str, by: &By, step: &Step, text: &str) -> Vec<Pending> {
    let many = field.kind == FieldType::Links;
    let any = field.to.as_deref() == Some("any");
    // The value map knows single names as well as whole cells.
    let meant = |item: &String| step.values.get(&base::text::fold(item)).unwrap_or(item).clone();
    let texts: Vec<String> = match (many, inner_json(text)) {
        (true, Some(Json::Array(items))) => items.iter().filter_map(|i| i.as_str().map(str::to_string)).collect(),
        (true, _) => items(text, step.split.as_deref(), true).iter().map(meant).filter(|t| !t.is_empty()).collect(),
        (false, _) => vec![text.to_string()],
    };
    // Labels that nobody has used yet are made; a company that nobody knows may be a slip.
    let usual = if many && *by == By::Title && !any { Unknown::Create } else { Unknown::Refuse };
    let mut by_unknown: BTreeMap<Unknown, Vec<String>> = BTreeMap::new();
    for text in texts {
        by_unknown.entry(step.unknown_of(&text).unwrap_or(usual)).or_default().push(text);
    }
    let of = |(unknown, texts): (Unknown, Vec<String>)| Pending {
        header: step.header.clone(),
        field: field.name.clone(),
        object: object.to_string(),
        by: by.clone(),
        texts,
        many,
        any,
        unknown,
        has_default: field.default.is_some(),
        is_nothing: false,
    };
    by_unknown.into_iter().map(of).collect()
}
