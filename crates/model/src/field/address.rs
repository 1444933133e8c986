//! `address`: a postal address in parts, the country as its code of ISO 3166.

use std::collections::BTreeMap;

use base::{FieldProblem, Result, Value, text};
use serde_json::{Map, Value as Json, json};
use store::Row;
use store::table::{Column, ColumnKind};

use super::shared::clean::{self, quote};
use super::shared::{choose, json};
use super::{Context, ImportLocale, Kind, Params, Use, Wrong, column};
use crate::list;
use crate::nearest::nearest;
use crate::object::{Field, FieldType, Model};

const PARTS: &[(&str, usize)] = &[("street", 300), ("street2", 300), ("postal_code", 20), ("city", 150), ("region", 150), ("country", 2)];
pub const NAMES: &[&str] = &["street", "street2", "postal_code", "city", "region", "country"];

pub struct Address;

impl Kind for Address {
    fn field_type(&self) -> FieldType {
        FieldType::Address
    }
    fn accept(&self, _field: &Field, context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let Some(members) = input.as_object() else {
            return Err(Wrong::kind("Write {\"street\": \"…\", \"postal_code\": \"…\", \"city\": \"…\", \"country\": \"IT\"}").at(path));
        };
        let mut parts = BTreeMap::new();
        let mut problems = Vec::new();
        for (name, input) in members.iter().filter(|(_, input)| !input.is_null()) {
            match part(context.model, name, input) {
                Ok(Some(text)) => {
                    parts.insert(name.clone(), Value::Text(text));
                }
                Ok(None) => {}
                Err(wrong) => problems.push(wrong.problem(&clean::below(path, name))),
            }
        }
        if problems.is_empty() { Ok(of(parts)) } else { Err(problems) }
    }
    /// One cell holds street, postal code with city, and country, as far as they can be told apart.
    fn read_cell(&self, _field: &Field, _context: &Context<'_>, text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        let mut pieces: Vec<&str> = text.split(['\n', ',', '，']).map(str::trim).filter(|piece| !piece.is_empty()).collect();
        let mut parts = BTreeMap::new();
        let mut put = |name: &str, text: &str| {
            let longest = PARTS.iter().find(|(part, _)| *part == name).map_or(0, |(_, longest)| *longest);
            clean::cell(text, longest).map(|text| text.map(|text| parts.insert(name.to_string(), Value::Text(text)))).map(|_| ())
        };
        if let Some(code) = pieces.last().filter(|_| pieces.len() > 1).and_then(|last| list::find("country", last)) {
            put("country", code)?;
            pieces.pop();
        }
        if let Some((postal, city)) = pieces.last().filter(|_| pieces.len() > 1).and_then(|last| postal_city(last)) {
            put("postal_code", postal)?;
            put("city", city)?;
            pieces.pop();
        }
        put("street", &pieces.join(", "))?;
        Ok(of(parts))
    }
    fn write(&self, _field: &Field, value: &Value) -> Json {
        if value.is_null() { Json::Null } else { json::parts(value, NAMES) }
    }
    fn schema(&self, _field: &Field, _model: &Model, using: Use) -> Json {
        let part = |(name, longest): &(&str, usize)| {
            let schema = match (*name, using) {
                ("country", _) => json!({"type": ["string", "null"], "pattern": "^[A-Z]{2}$", "x-list": "country"}),
                _ => json!({"type": ["string", "null"], "maxLength": longest}),
            };
            ((*name).to_string(), schema)
        };
        json!({"type": "object", "properties": PARTS.iter().map(part).collect::<Map<_, _>>(), "additionalProperties": false})
    }
    fn columns(&self, field: &Field) -> Vec<Column> {
        columns(field).map(|(name, _)| Column::new(name, ColumnKind::Text)).collect()
    }
    fn store(&self, field: &Field, value: &Value, out: &mut Params) {
        for (name, part) in columns(field) {
            let param = match part {
                Some(part) => column::param(None, value.part(part)),
                None => value.part("city").as_text().map(text::fold).into(),
            };
            out.push((name, param));
        }
    }
    fn load(&self, field: &Field, row: &Row<'_>, at: &mut usize) -> Result<Value> {
        let mut parts = BTreeMap::new();
        for (_, part) in columns(field) {
            if let (Some(part), Some(text)) = (part, row.text(*at)?) {
                parts.insert(part.to_string(), Value::from(text));
            }
            *at += 1;
        }
        Ok(of(parts))
    }
    fn shown(&self, field: &Field) -> Vec<String> {
        NAMES.iter().map(|part| format!("{}__{part}", field.id)).collect()
    }
    fn render(&self, _field: &Field, row: &Row<'_>, at: &mut usize, out: &mut Vec<u8>) -> Result<()> {
        let start = out.len();
        for part in NAMES {
            if let Some(text) = row.text(*at)? {
                out.extend_from_slice(if out.len() == start { b"{\"" } else { b",\"" });
                out.extend_from_slice(part.as_bytes());
                out.extend_from_slice(b"\":");
                json::push_text(out, text);
            }
            *at += 1;
        }
        out.extend_from_slice(if out.len() == start { b"null" } else { b"}" });
        Ok(())
    }
}

/// Columns with the part that each holds; the folded city after the city.
fn columns(field: &Field) -> impl Iterator<Item = (String, Option<&'static str>)> + '_ {
    NAMES.iter().flat_map(|part| {
        let own = (format!("{}__{part}", field.id), Some(*part));
        let fold = (*part == "city").then(|| (format!("{}__city__fold", field.id), None));
        std::iter::once(own).chain(fold)
    })
}

fn of(parts: BTreeMap<String, Value>) -> Value {
    if parts.is_empty() { Value::Null } else { Value::Map(parts) }
}

fn part(model: &Model, name: &str, input: &Json) -> Result<Option<String>, Wrong> {
    let Some((_, longest)) = PARTS.iter().find(|(part, _)| *part == name) else {
        let hint = nearest(name, NAMES.iter().copied()).map_or_else(String::new, |word| format!(" Did you mean \"{word}\"?"));
        return Err(Wrong::new("unknown", format!("An address has no {}.{hint}", quote(name))));
    };
    let text = clean::text(input, if name == "country" { "IT" } else { "Via Roma 1" })?;
    if name != "country" {
        return clean::line(text, *longest);
    }
    let country = Field { list: Some("country".to_string()), ..Field::default() };
    if clean::trim(text).is_empty() { Ok(None) } else { choose::code(&country, model, text).map(Some) }
}

/// `38122 Trento`, `D-80331 München`.
fn postal_city(text: &str) -> Option<(&str, &str)> {
    let (code, city) = text.split_once(' ')?;
    let digits = code.chars().filter(char::is_ascii_digit).count();
    let is_code = (4..=6).contains(&digits) && code.len() <= 10;
    (is_code && !city.trim().is_empty()).then_some((code, city.trim()))
}
