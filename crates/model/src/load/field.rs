//! One field, its options and its parts.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::reader::{Reader, humanise};
use crate::fault::Fault;
use crate::nearest::nearest;
use crate::object::{Choice, Field, FieldAccess, FieldType, Label};

const FIELD_KEYS: &[&str] = &[
    "type", "label", "help", "required", "max", "min", "scale", "to", "by", "options", "list", "open", "fixed", "default", "formula",
    "computed", "track", "unique", "index", "sort", "search", "exact", "emphasis", "priority", "alias_of", "parts", "origin", "access",
    "was", "retired",
];
const CHOICE_KEYS: &[&str] = &["code", "label", "labels", "aliases", "hue", "retired", "means"];

/// The table of fields of an action's input, in the same format as `[fields]` of an object.
pub fn fields(text: &str, place: &str) -> Result<Vec<Field>, Vec<Fault>> {
    let table: Table =
        text.parse().map_err(|e| vec![Fault::new("M001", place, format!("not readable as TOML: {e}"), "Mend the syntax there")])?;
    let mut faults = Vec::new();
    let all = all(&table, place, &mut faults);
    if faults.is_empty() { Ok(all) } else { Err(faults) }
}

pub fn all(table: &Table, place: &str, faults: &mut Vec<Fault>) -> Vec<Field> {
    table
        .iter()
        .filter_map(|(name, value)| match value {
            Value::Table(inner) => Some(one(name, inner, format!("{place}.{name}"), faults)),
            _ => {
                faults.push(Fault::new("M004", format!("{place}.{name}"), "is not a field", "Write { type = \"…\" }"));
                None
            }
        })
        .collect()
}

fn one(name: &str, table: &Table, place: String, faults: &mut Vec<Fault>) -> Field {
    let mut reader = Reader::new(table, place.clone(), faults);
    let kind = kind(&mut reader);
    reader.only(FIELD_KEYS);
    let mut field = Field {
        id: reader.text("was").unwrap_or_else(|| name.to_string()),
        name: name.to_string(),
        label: Label::new(reader.text("label").unwrap_or_else(|| humanise(name))),
        help: Label::new(reader.text("help").unwrap_or_default()),
        kind,
        required: reader.flag("required"),
        max: reader.number("max"),
        min: reader.number("min"),
        scale: reader.number("scale").and_then(|n| u32::try_from(n).ok()),
        to: reader.text("to").or_else(|| target(kind)),
        by: reader.text("by"),
        list: reader.text("list"),
        open: reader.flag("open"),
        fixed: reader.flag("fixed"),
        default: reader.scalar("default"),
        formula: reader.text("formula"),
        computed: reader.flag("computed"),
        track: reader.flag("track"),
        unique: reader.flag("unique"),
        index: reader.flag("index"),
        sort: reader.flag("sort"),
        search: reader.flag("search"),
        exact: reader.flag("exact"),
        emphasis: reader.flag("emphasis"),
        priority: reader.flag("priority"),
        alias_of: reader.text("alias_of"),
        origin: reader.flag("origin"),
        was: reader.text("was"),
        retired: reader.flag("retired"),
        access: access(&mut reader),
        ..Field::default()
    };
    field.computed |= field.formula.is_some() || matches!(kind, FieldType::Reverse | FieldType::Counts);
    let parts = reader.table("parts");
    let choices = reader.array("options");
    field.options = choices.iter().enumerate().filter_map(|(i, v)| choice(v, &format!("{place}.options[{i}]"), faults)).collect();
    if let Some(parts) = parts {
        field.parts = all(parts, &format!("{place}.parts"), faults);
    }
    field
}

/// The object that a type always links to.
fn target(kind: FieldType) -> Option<String> {
    match kind {
        FieldType::User => Some("user".to_string()),
        FieldType::File => Some("file".to_string()),
        _ => None,
    }
}

fn kind(reader: &mut Reader<'_, '_>) -> FieldType {
    let name = reader.text("type").unwrap_or_else(|| "text".to_string());
    FieldType::from_name(&name).unwrap_or_else(|| {
        let remedy = match nearest(&name, FieldType::names()) {
            Some(word) => format!("Did you mean \"{word}\"?"),
            None => format!("Known are {}", FieldType::names().collect::<Vec<_>>().join(", ")),
        };
        reader.fault("M003", "type", format!("unknown type \"{name}\""), remedy);
        FieldType::Text
    })
}

fn access(reader: &mut Reader<'_, '_>) -> BTreeMap<String, FieldAccess> {
    let mut by_role = BTreeMap::new();
    let Some(table) = reader.table("access") else { return by_role };
    for (role, word) in table {
        let access = match word.as_str() {
            Some("none") => FieldAccess::None,
            Some("read") => FieldAccess::Read,
            Some("write") => FieldAccess::Write,
            _ => {
                reader.fault("M005", "access", format!("\"{role}\" has an unknown right"), "Write none, read or write");
                FieldAccess::None
            }
        };
        by_role.insert(role.clone(), access);
    }
    by_role
}

fn choice(value: &Value, place: &str, faults: &mut Vec<Fault>) -> Option<Choice> {
    match value {
        Value::String(code) => Some(Choice { code: code.clone(), label: Label::new(humanise(code)), ..Choice::default() }),
        Value::Table(table) => {
            let mut reader = Reader::new(table, place.to_string(), faults);
            reader.only(CHOICE_KEYS);
            let code = reader.text("code").unwrap_or_default();
            let plain = reader.text("label").unwrap_or_else(|| humanise(&code));
            let label = reader.table("labels").map_or_else(|| Label::new(plain.clone()), |all| Label::of(all, &plain));
            Some(Choice {
                label,
                aliases: reader.texts("aliases"),
                hue: reader.text("hue"),
                retired: reader.flag("retired"),
                means: reader.text("means"),
                code,
            })
        }
        _ => {
            faults.push(Fault::new("M004", place, "is not an option", "Write a code or { code = \"…\", label = \"…\" }"));
            None
        }
    }
}
