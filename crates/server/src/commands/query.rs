//! `legame query`: a report on standard output.

use base::{Error, Result};
use kernel::Ctx;
use kernel::query::{ReportRequest, report};
use serde_json::{Value, json};

use crate::config::{Place, Query};

pub fn run(place: &Place, options: &Query) -> Result<()> {
    let engine = super::open(place, false)?;
    let request: ReportRequest = serde_json::from_value(json!({
        "object": options.object,
        "filter": options.filter,
        "group_by": options.group_by.iter().map(|g| group(g)).collect::<Vec<_>>(),
        "measures": options.measure.iter().map(|m| measure(m)).collect::<Vec<_>>(),
        "sort": options.sort,
        "limit": options.limit,
    }))
    .map_err(|e| Error::invalid(e.to_string()))?;
    let ctx = Ctx::system(&engine);
    let answer = engine.store().read(move |tx| report(&ctx, tx, &request))?;
    if place.json {
        println!("{answer}");
        return Ok(());
    }
    for row in answer.get("rows").and_then(Value::as_array).into_iter().flatten() {
        let cells: Vec<String> = row.as_object().into_iter().flatten().map(|(_, v)| plain(v)).collect();
        println!("{}", cells.join("\t"));
    }
    Ok(())
}

fn group(text: &str) -> Value {
    match text.split_once(':') {
        Some((field, bucket)) => json!({"field": field, "bucket": bucket}),
        None => json!({"field": text}),
    }
}

fn measure(text: &str) -> Value {
    match text.split_once(':') {
        Some((function, field)) => json!({"fn": function, "field": field}),
        None => json!({"fn": text}),
    }
}

/// A cell for people: titles of links, amounts with their currency.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_string(),
        Value::Object(map) => match (map.get("title"), map.get("amount"), map.get("currency")) {
            (Some(title), _, _) => plain(title),
            (_, Some(amount), Some(currency)) => format!("{} {}", plain(amount), plain(currency)),
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}
