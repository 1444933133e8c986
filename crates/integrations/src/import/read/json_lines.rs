//! JSON lines: one object a line. Inner objects become columns with a dotted name, lists stay JSON in their cell.

use base::Result;
use serde_json::Value;

use super::keyed::Entry;
use super::text::Text;
use super::{MAX_ROW, RowProblem};

/// Objects within objects that become columns.
const DEPTH: usize = 4;

pub fn next(text: &mut Text, line: &mut u64) -> Result<Option<Entry>> {
    let mut content = String::new();
    loop {
        let at = *line;
        let Some(told) = text.line(MAX_ROW, &mut content)? else { return Ok(None) };
        *line += 1;
        if told.too_long {
            let problem = RowProblem::new("too_large", format!("The line is longer than {MAX_ROW} bytes"));
            return Ok(Some(Entry { line: at, values: Vec::new(), problem: Some(problem) }));
        }
        if content.trim().is_empty() {
            continue;
        }
        return Ok(Some(entry(at, &content)));
    }
}

fn entry(line: u64, content: &str) -> Entry {
    match serde_json::from_str::<Value>(content.trim()) {
        Ok(Value::Object(map)) => {
            let mut values = Vec::new();
            for (name, value) in map {
                flatten(name, value, DEPTH, &mut values);
            }
            Entry { line, values, problem: None }
        }
        Ok(_) => Entry { line, values: Vec::new(), problem: Some(RowProblem::new("malformed", "The line is no JSON object")) },
        Err(fault) => {
            let message = format!("The line is no valid JSON: {fault}");
            Entry { line, values: Vec::new(), problem: Some(RowProblem::new("malformed", message)) }
        }
    }
}

fn flatten(name: String, value: Value, depth: usize, out: &mut Vec<(String, String)>) {
    match value {
        Value::Null => out.push((name, String::new())),
        Value::String(text) => out.push((name, text)),
        Value::Object(map) => match money(&map) {
            Some(text) => out.push((name, text)),
            None if depth > 0 => map.into_iter().for_each(|(part, v)| flatten(format!("{name}.{part}"), v, depth - 1, out)),
            None => out.push((name, Value::Object(map).to_string())),
        },
        other => out.push((name, other.to_string())),
    }
}

/// An amount with its currency is one cell, as money is one field.
fn money(map: &serde_json::Map<String, Value>) -> Option<String> {
    match (map.len(), map.get("amount"), map.get("currency")) {
        (2, Some(Value::String(amount)), Some(Value::String(currency))) => Some(format!("{amount} {currency}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::reader;
    use super::*;

    #[test]
    fn columns_are_all_names_that_occur() {
        let content = concat!(
            r#"{"name": "Rossi", "amount": {"amount": "12.50", "currency": "EUR"}, "address": {"city": "Rimini"}}"#,
            "\n\n",
            r#"{"name": "Bianchi", "tags": ["vip", "fair"], "age": 42, "active": true, "city": null}"#,
            "\n"
        );
        let reader = reader(content, "x.jsonl").unwrap();
        assert_eq!(reader.headers(), ["name", "amount", "address.city", "tags", "age", "active", "city"]);
        let rows: Vec<_> = reader.map(Result::unwrap).collect();
        assert_eq!(rows[0].cells, ["Rossi", "12.50 EUR", "Rimini", "", "", "", ""]);
        assert_eq!(rows[1].cells, ["Bianchi", "", "", r#"["vip","fair"]"#, "42", "true", ""]);
        assert_eq!(rows[1].line, 3);
    }

    #[test]
    fn a_broken_line_is_a_problem_of_that_line() {
        let reader = reader("{\"a\": 1}\n{\"a\": \n[1]\n{\"a\": 2}\n", "x.jsonl").unwrap();
        let codes: Vec<_> = reader.map(|r| r.unwrap().problem.map(|p| p.code)).collect();
        assert_eq!(codes, [None, Some("malformed"), Some("malformed"), None]);
    }
}
