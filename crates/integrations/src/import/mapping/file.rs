//! A mapping as a file in TOML, made for people: `[columns]` with `"Header" = "field"`.

use std::collections::BTreeMap;

use base::{Error, FieldProblem, Result};
use model::nearest::nearest;
use toml::{Table, Value};

use super::{Column, Mapping};

const KEYS: &[&str] = &["object", "match", "policy", "file", "locale", "columns", "values"];
const COLUMN_KEYS: &[&str] = &["to", "values", "times", "unknown", "unknowns", "date_order", "decimal", "split"];

pub fn parse(text: &str) -> Result<Mapping> {
    let mut table: Table = text.parse().map_err(|e| Error::invalid(format!("The mapping is not readable as TOML: {e}")))?;
    let mut problems = Vec::new();
    only(&table, KEYS, "", &mut problems);
    let columns = table.remove("columns").and_then(|v| listed(v, "columns", &mut problems)).unwrap_or_default();
    let constants = table.remove("values").and_then(|v| listed(v, "values", &mut problems)).unwrap_or_default();
    let mut mapping: Mapping = match Value::Table(table).try_into() {
        Ok(mapping) => mapping,
        Err(error) if problems.is_empty() => return Err(Error::invalid(format!("The mapping is not readable: {}", error.message()))),
        Err(_) => Mapping::default(),
    };
    for (header, value) in columns {
        mapping.columns.extend(column(&header, value, &mut problems));
    }
    for (field, value) in constants {
        mapping.columns.push(Column { text: Some(plain(&value)), to: Some(field), ..Column::default() });
    }
    if problems.is_empty() { Ok(mapping) } else { Err(Error::fields(problems)) }
}

fn listed(value: Value, key: &str, problems: &mut Vec<FieldProblem>) -> Option<Table> {
    match value {
        Value::Table(table) => Some(table),
        _ => {
            problems.push(FieldProblem::new(key, "type", format!("[{key}] must be a table")));
            None
        }
    }
}

fn only(table: &Table, keys: &[&str], at: &str, problems: &mut Vec<FieldProblem>) {
    for key in table.keys().filter(|k| !keys.contains(&k.as_str())) {
        let hint = nearest(key, keys.iter().copied()).map(|n| format!("; did you mean \"{n}\"?")).unwrap_or_default();
        problems.push(FieldProblem::new(format!("{at}{key}"), "unknown", format!("There is no key \"{key}\"{hint}")));
    }
}

/// `"field"`, `["field", "other"]`, `false`, or a table with options; several targets become several columns.
fn column(header: &str, value: Value, problems: &mut Vec<FieldProblem>) -> Vec<Column> {
    let at = format!("columns.{header}");
    let base = Column { header: Some(header.to_string()), ..Column::default() };
    let (to, options) = match value {
        Value::Table(mut table) => {
            only(&table, COLUMN_KEYS, &format!("{at}."), problems);
            (table.remove("to").unwrap_or(Value::Boolean(false)), table)
        }
        other => (other, Table::new()),
    };
    let with = match with_options(base, options) {
        Ok(column) => column,
        Err(message) => {
            problems.push(FieldProblem::new(at, "invalid", message));
            return Vec::new();
        }
    };
    match to {
        Value::String(to) => vec![Column { to: Some(to).filter(|t| !t.is_empty()), ..with }],
        Value::Boolean(false) => vec![with],
        Value::Array(targets) => targets.iter().map(|t| Column { to: Some(plain(t)), ..with.clone() }).collect(),
        _ => {
            problems.push(FieldProblem::new(at, "type", "A column goes to a field, a list of fields, or false"));
            Vec::new()
        }
    }
}

fn with_options(column: Column, mut options: Table) -> std::result::Result<Column, String> {
    let values = match options.remove("values") {
        Some(Value::Table(values)) => values.iter().map(|(from, to)| (from.clone(), plain(to))).collect::<BTreeMap<_, _>>(),
        Some(_) => return Err("values must be a table".to_string()),
        None => BTreeMap::new(),
    };
    options.retain(|key, _| COLUMN_KEYS.contains(&key));
    let read: Column = Value::Table(options).try_into().map_err(|e: toml::de::Error| e.message().to_string())?;
    Ok(Column { header: column.header, values, ..read })
}

/// A value as the text that a cell would hold.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::mapping::{Policy, Unknown};

    #[test]
    fn a_file_says_all_that_a_mapping_can() {
        let mapping = parse(
            r#"
            object = "deal"
            match = "external.old"
            policy = "skip"
            [file]
            delimiter = ";"
            [locale]
            date_order = "mdy"
            currency = "USD"
            [columns]
            id = "external.old"
            account = { to = "company.name", unknown = "create" }
            value = { to = ["amount", "lines.unit_price"], values = { "0" = "" }, times = 1000 }
            note = false
            [values]
            pipeline = "Sales"
            probability = 25
            "#,
        )
        .unwrap();
        assert_eq!((mapping.object.as_deref(), mapping.policy), (Some("deal"), Some(Policy::Skip)));
        assert_eq!(mapping.file.delimiter, Some(';'));
        let told: Vec<(String, Option<&str>)> = mapping.columns.iter().map(|c| (c.name(), c.to.as_deref())).collect();
        let wanted = [
            ("id", Some("external.old")),
            ("account", Some("company.name")),
            ("value", Some("amount")),
            ("value", Some("lines.unit_price")),
            ("note", None),
            ("Sales", Some("pipeline")),
            ("25", Some("probability")),
        ];
        assert_eq!(told, wanted.map(|(name, to)| (name.to_string(), to)));
        assert_eq!(mapping.columns[1].unknown, Some(Unknown::Create));
        assert_eq!(mapping.columns[3].values.get("0").map(String::as_str), Some(""));
        assert_eq!(mapping.columns[2].times, base::Number::from_i64(1000));
    }

    #[test]
    fn all_slips_are_told_at_once_with_the_nearest_word() {
        let error = parse("polcy = \"skip\"\n[columns]\na = { too = \"name\" }\nb = 3\nc = { to = \"x\", times = \"many\" }").unwrap_err();
        let told: Vec<String> = error.problems().iter().map(|p| format!("{}: {}", p.field, p.message)).collect();
        assert_eq!(
            told,
            [
                "polcy: There is no key \"polcy\"; did you mean \"policy\"?",
                "columns.a.too: There is no key \"too\"; did you mean \"to\"?",
                "columns.b: A column goes to a field, a list of fields, or false",
                "columns.c: times must be a number",
            ]
        );
        assert!(parse("policy = \"never\"").unwrap_err().message().contains("never"));
        assert!(parse("a = ").unwrap_err().message().contains("TOML"));
    }
}
