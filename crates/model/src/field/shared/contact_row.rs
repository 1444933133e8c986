//! What e-mail addresses and phone numbers have in common (D7): rows `{address|number, kind, primary, state,
//! state_since, note}` of which exactly one is the primary.

use std::collections::BTreeMap;

use base::{FieldProblem, Instant, Result, Value};
use serde_json::{Map, Value as Json, json};
use store::table::{Column, ColumnKind};
use store::{Param, Row};

use super::clean::{self, quote};
use super::wrong::Wrong;
use super::{json, list, schema};
use crate::field::{Params, column};
use crate::nearest::nearest;
use crate::object::Field;

pub const KINDS: &[&str] = &["work", "personal", "mobile", "office", "home", "fax", "assistant", "billing", "other"];
pub const STATES: &[&str] = &["unknown", "ok", "bounced", "complained", "wrong", "retired"];
const NOTE: usize = 500;

/// The parts that a type makes of the written address or number; `None` of an empty one.
type Read<'a> = dyn Fn(&str, &Map<String, Json>) -> Result<Option<Vec<(&'static str, Value)>>, Wrong> + 'a;

/// A list of texts and objects, or one of them alone.
pub fn accept(field: &Field, path: &str, input: &Json, key: &str, example: &str, read: &Read<'_>) -> Result<Value, Vec<FieldProblem>> {
    let alone;
    let input = match input {
        Json::String(_) | Json::Object(_) => {
            alone = Json::Array(vec![input.clone()]);
            &alone
        }
        other => other,
    };
    let rows = list::accept(field, path, input, &format!("[\"{example}\"]"), |path, entry| row(path, entry, key, example, read))?;
    let flagged = rows.as_list().iter().filter(|row| row.part("primary").as_bool() == Some(true)).count();
    if flagged > 1 {
        return Err(Wrong::new("too_many", "Only one can be the primary").at(path));
    }
    Ok(of(rows.as_list(), key))
}

fn row(path: &str, entry: &Json, key: &str, example: &str, read: &Read<'_>) -> Result<Option<Value>, Vec<FieldProblem>> {
    let alone;
    let members = match entry {
        Json::Object(members) => members,
        Json::String(text) => {
            alone = Map::from_iter([(key.to_string(), json!(text))]);
            let parts = read(text, &alone).map_err(|wrong| wrong.at(path))?;
            return Ok(parts.map(|parts| fresh(parts, "work")));
        }
        _ => return Err(Wrong::kind(format!("Write \"{example}\" or {{\"{key}\": \"{example}\"}}")).at(path)),
    };
    let mut reader = Reader { members, path, problems: Vec::new() };
    let mut parts = Vec::new();
    match members.get(key).and_then(Json::as_str).map(|text| read(text, members)) {
        Some(Ok(Some(found))) => parts.extend(found),
        Some(Ok(None)) | None => reader.problem(key, Wrong::new("required", format!("Write one such as \"{example}\""))),
        Some(Err(wrong)) => reader.problem(key, wrong),
    }
    parts.push(("kind", reader.word("kind", KINDS)));
    parts.push(("state", reader.word("state", STATES)));
    parts.push(("primary", reader.flag()));
    parts.push(("state_since", reader.since()));
    parts.push(("note", reader.note()));
    reader.unknown(&[key, "kind", "state", "primary", "state_since", "note", "raw"]);
    if reader.problems.is_empty() { Ok(Some(fresh(parts, "work"))) } else { Err(reader.problems) }
}

/// A row of the parts that are there.
pub fn fresh(parts: Vec<(&'static str, Value)>, kind: &str) -> Value {
    let mut map: BTreeMap<String, Value> = BTreeMap::from([
        ("kind".to_string(), Value::from(kind)),
        ("state".to_string(), Value::from("unknown")),
        ("primary".to_string(), Value::Bool(false)),
    ]);
    map.extend(parts.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_string(), value)));
    Value::Map(map)
}

struct Reader<'a> {
    members: &'a Map<String, Json>,
    path: &'a str,
    problems: Vec<FieldProblem>,
}

impl Reader<'_> {
    fn problem(&mut self, name: &str, wrong: Wrong) {
        self.problems.push(wrong.problem(&format!("{}.{name}", self.path)));
    }
    fn word(&mut self, name: &str, known: &[&str]) -> Value {
        match self.members.get(name) {
            None | Some(Json::Null) => Value::Null,
            Some(Json::String(word)) if known.contains(&word.as_str()) => Value::from(word.as_str()),
            Some(other) => {
                let remedy = other.as_str().and_then(|word| nearest(word, known.iter().copied()));
                let remedy =
                    remedy.map_or_else(|| format!("choose one of {}", known.join(", ")), |word| format!("did you mean \"{word}\"?"));
                self.problem(name, Wrong::new("unknown", format!("{other} is not a {name}; {remedy}")));
                Value::Null
            }
        }
    }
    fn flag(&mut self) -> Value {
        match self.members.get("primary") {
            None | Some(Json::Null) => Value::Null,
            Some(Json::Bool(flag)) => Value::Bool(*flag),
            Some(_) => {
                self.problem("primary", Wrong::kind("Write true or false, without quotes"));
                Value::Null
            }
        }
    }
    fn since(&mut self) -> Value {
        let read = match self.members.get("state_since") {
            None | Some(Json::Null) => return Value::Null,
            Some(Json::String(text)) => text.parse::<Instant>().map_err(|e| Wrong::format(e.message())),
            Some(_) => Err(Wrong::kind("Write a moment in quotes, such as \"2026-03-31T14:00:00Z\"")),
        };
        read.map(Value::Instant).unwrap_or_else(|wrong| {
            self.problem("state_since", wrong);
            Value::Null
        })
    }
    fn note(&mut self) -> Value {
        let read = match self.members.get("note") {
            None | Some(Json::Null) => return Value::Null,
            Some(other) => clean::text(other, "after 5 pm").and_then(|text| clean::line(text, NOTE)),
        };
        read.map(Value::from).unwrap_or_else(|wrong| {
            self.problem("note", wrong);
            Value::Null
        })
    }
    fn unknown(&mut self, known: &[&str]) {
        let names: Vec<&String> = self.members.keys().filter(|name| !known.contains(&name.as_str())).collect();
        for name in names {
            let hint = nearest(name, known.iter().copied()).map_or_else(String::new, |word| format!(" Did you mean \"{word}\"?"));
            let wrong = Wrong::new("unknown", format!("There is no part {}.{hint}", quote(name)));
            self.problems.push(wrong.problem(&clean::below(self.path, name)));
        }
    }
}

/// Rows without doubles, exactly one of them the primary: the one that says so, else the first.
pub fn of(rows: &[Value], key: &str) -> Value {
    let mut kept: Vec<Value> = Vec::with_capacity(rows.len());
    let same = |a: &Value, b: &Value| {
        base::text::fold(a.part(key).as_text().unwrap_or_default()) == base::text::fold(b.part(key).as_text().unwrap_or_default())
    };
    let mut primary = 0;
    for row in rows {
        let at = kept.iter().position(|other| same(other, row)).unwrap_or_else(|| {
            kept.push(row.clone());
            kept.len() - 1
        });
        if row.part("primary").as_bool() == Some(true) {
            primary = at;
        }
    }
    for (i, row) in kept.iter_mut().enumerate() {
        if let Value::Map(map) = row {
            map.insert("primary".to_string(), Value::Bool(i == primary));
        }
    }
    list::of(kept)
}

pub fn write(value: &Value, key: &str) -> Json {
    json::list(value, |row| json::parts(row, &[key, "kind", "primary", "state", "state_since", "note", "raw"]))
}

pub fn schema(key: &str, text: Json, is_write: bool, most: usize) -> Json {
    let row = json!({
        "type": "object",
        "properties": {
            key: text, "kind": {"type": "string", "enum": KINDS}, "primary": {"type": "boolean"},
            "state": {"type": "string", "enum": STATES}, "state_since": {"type": "string", "format": "date-time"},
            "note": {"type": "string", "maxLength": NOTE}, "raw": {"type": "string"},
        },
        "required": if is_write { json!([key]) } else { json!([key, "kind", "primary", "state"]) },
    });
    schema::list(if is_write { json!({"anyOf": [text, row]}) } else { row }, most)
}

/// The columns after those of the address or number.
pub fn columns() -> Vec<Column> {
    vec![
        Column::new("kind", ColumnKind::Text).required(),
        Column::new("is_primary", ColumnKind::Bool).required(),
        Column::new("state", ColumnKind::Text).required(),
        Column::new("state_since", ColumnKind::Instant),
        Column::new("note", ColumnKind::Text),
    ]
}

pub fn store(row: &Value, out: &mut Params) {
    let word = |name: &str, usual: &str| Param::from(row.part(name).as_text().unwrap_or(usual));
    out.push(("kind".to_string(), word("kind", "work")));
    out.push(("is_primary".to_string(), Param::Bool(row.part("primary").as_bool().unwrap_or(false))));
    out.push(("state".to_string(), word("state", "unknown")));
    out.push(("state_since".to_string(), column::param(None, row.part("state_since"))));
    out.push(("note".to_string(), column::param(None, row.part("note"))));
}

pub fn load(row: &Row<'_>, at: &mut usize) -> Result<Vec<(&'static str, Value)>> {
    let i = *at;
    *at += 5;
    Ok(vec![
        ("kind", row.text(i)?.into()),
        ("primary", row.bool(i + 1)?.into()),
        ("state", row.text(i + 2)?.into()),
        ("state_since", row.instant(i + 3)?.into()),
        ("note", row.text(i + 4)?.into()),
    ])
}
