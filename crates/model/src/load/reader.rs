//! Takes typed values out of a TOML table and notes a fault for each that is not as it should be.

use toml::{Table, Value};

use crate::fault::Fault;
use crate::nearest::nearest;

pub struct Reader<'t, 'f> {
    table: &'t Table,
    place: String,
    faults: &'f mut Vec<Fault>,
}

impl<'t, 'f> Reader<'t, 'f> {
    pub fn new(table: &'t Table, place: String, faults: &'f mut Vec<Fault>) -> Self {
        Reader { table, place, faults }
    }
    /// The last part of the place.
    pub fn name(&self) -> &str {
        self.place.rsplit('.').next().unwrap_or_default()
    }
    pub fn only(&mut self, known: &[&str]) {
        for key in self.table.keys().filter(|k| !known.contains(&k.as_str())) {
            let remedy = match nearest(key, known.iter().copied()) {
                Some(word) => format!("Did you mean \"{word}\"?"),
                None => format!("Known are {}", known.join(", ")),
            };
            self.faults.push(Fault::new("M002", format!("{}.{key}", self.place), "unknown key", remedy));
        }
    }
    pub fn fault(&mut self, id: &'static str, key: &str, message: impl Into<String>, remedy: impl Into<String>) {
        self.faults.push(Fault::new(id, format!("{}.{key}", self.place), message, remedy));
    }
    fn wrong(&mut self, key: &str, want: &str) {
        self.fault("M004", key, "has the wrong kind of value", format!("Write {want}"));
    }
    pub fn text(&mut self, key: &str) -> Option<String> {
        match self.table.get(key)? {
            Value::String(s) => Some(s.clone()),
            _ => {
                self.wrong(key, "a text in quotes");
                None
            }
        }
    }
    /// A text, or a number or flag written as one (`default = 0`).
    pub fn scalar(&mut self, key: &str) -> Option<String> {
        match self.table.get(key)? {
            Value::String(s) => Some(s.clone()),
            Value::Integer(n) => Some(n.to_string()),
            Value::Float(n) => Some(n.to_string()),
            Value::Boolean(b) => Some(b.to_string()),
            _ => {
                self.wrong(key, "a text, a number, true or false");
                None
            }
        }
    }
    pub fn flag(&mut self, key: &str) -> bool {
        match self.table.get(key) {
            None => false,
            Some(Value::Boolean(b)) => *b,
            Some(_) => {
                self.wrong(key, "true or false");
                false
            }
        }
    }
    pub fn number(&mut self, key: &str) -> Option<i64> {
        match self.table.get(key)? {
            Value::Integer(n) => Some(*n),
            _ => {
                self.wrong(key, "a whole number");
                None
            }
        }
    }
    pub fn texts(&mut self, key: &str) -> Vec<String> {
        match self.table.get(key) {
            None => Vec::new(),
            Some(Value::String(s)) => vec![s.clone()],
            Some(Value::Array(items)) if items.iter().all(Value::is_str) => {
                items.iter().filter_map(Value::as_str).map(str::to_string).collect()
            }
            Some(_) => {
                self.wrong(key, "a list of texts");
                Vec::new()
            }
        }
    }
    /// `["a, -b", "c"]` as lists of names.
    pub fn lists(&mut self, key: &str) -> Vec<Vec<String>> {
        self.texts(key).iter().map(|s| s.split(',').map(|part| part.trim().to_string()).collect()).collect()
    }
    pub fn table(&mut self, key: &str) -> Option<&'t Table> {
        match self.table.get(key)? {
            Value::Table(t) => Some(t),
            _ => {
                self.wrong(key, "a table");
                None
            }
        }
    }
    pub fn array(&mut self, key: &str) -> &'t [Value] {
        match self.table.get(key) {
            None => &[],
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.wrong(key, "a list");
                &[]
            }
        }
    }
}

/// `expected_close` → "Expected close".
pub fn humanise(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
