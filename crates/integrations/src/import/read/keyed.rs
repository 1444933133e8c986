//! Formats without a header row: each entry names its own values. The file is read twice: once for all names in
//! order of appearance, once for the rows.

use std::collections::HashMap;

use base::Result;

use super::text::Text;
use super::{About, Format, MAX_COLUMNS, Row, RowProblem, card, fit, json_lines, refuse_columns};

/// One entry of the file.
pub struct Entry {
    pub line: u64,
    pub values: Vec<(String, String)>,
    pub problem: Option<RowProblem>,
}

/// Reads the next entry; the line number is counted on.
type Next = fn(&mut Text, &mut u64) -> Result<Option<Entry>>;

pub struct KeyedReader {
    text: Text,
    format: Format,
    next: Next,
    headers: Vec<String>,
    places: HashMap<String, usize>,
    line: u64,
}

impl KeyedReader {
    pub fn open(mut text: Text, format: Format) -> Result<KeyedReader> {
        let next: Next = if format == Format::Vcard { card::next } else { json_lines::next };
        let mut headers: Vec<String> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut line = 1;
        while let Some(entry) = next(&mut text, &mut line)? {
            for (name, _) in entry.values {
                if !places.contains_key(&name) && headers.len() <= MAX_COLUMNS * 10 {
                    places.insert(name.clone(), headers.len());
                    headers.push(name);
                }
            }
        }
        refuse_columns(headers.len())?;
        if format == Format::Vcard {
            headers.sort_by_key(|name| (card::position(name), places.get(name).copied()));
            places = headers.iter().enumerate().map(|(i, n)| (n.clone(), i)).collect();
        }
        text.rewind()?;
        Ok(KeyedReader { text, format, next, headers, places, line: 1 })
    }

    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    pub fn about(&self) -> About {
        About {
            format: self.format,
            encoding: Some(self.text.charset().name()),
            delimiter: None,
            header: true,
            sheet: None,
            sheets: Vec::new(),
        }
    }
}

impl Iterator for KeyedReader {
    type Item = Result<Row>;
    fn next(&mut self) -> Option<Result<Row>> {
        let entry = match (self.next)(&mut self.text, &mut self.line) {
            Ok(entry) => entry?,
            Err(error) => return Some(Err(error)),
        };
        let mut cells = vec![String::new(); self.headers.len()];
        for (name, value) in entry.values {
            if let Some(cell) = self.places.get(&name).and_then(|i| cells.get_mut(*i)) {
                *cell = value;
            }
        }
        let mut row = fit(entry.line, cells, self.headers.len());
        row.problem = entry.problem.or(row.problem);
        Some(Ok(row))
    }
}
