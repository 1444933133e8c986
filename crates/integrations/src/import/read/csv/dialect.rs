//! Which delimiter, quote and escape a CSV file uses: the ones under which it looks most like a table.
//!
//! After G.J.J. van den Burg, A. Nazábal and C. Sutton, "Wrangling messy CSV files by detecting row and type
//! patterns" (2019): regular rows of many columns, times the share of cells that are something recognisable.

use std::collections::BTreeMap;

use base::{Error, Result};

use super::super::How;
use crate::import::cell::shape::{self, Shape};

const DELIMITERS: &[u8] = b",;\t|^~\x1F";
const QUOTES: &[Option<u8>] = &[Some(b'"'), Some(b'\''), None];
/// Rows that are compared.
const ROWS: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dialect {
    pub delimiter: u8,
    pub quote: Option<u8>,
    pub escape: Option<u8>,
    /// The file begins with the line `sep=;` that Excel understands.
    pub announced: bool,
}

impl Dialect {
    pub fn core(&self) -> csv_core::Reader {
        let mut builder = csv_core::ReaderBuilder::new();
        builder.delimiter(self.delimiter).escape(self.escape).double_quote(true);
        match self.quote {
            Some(quote) => builder.quote(quote),
            None => builder.quoting(false),
        };
        builder.build()
    }

    /// The rows of a text, at most so many.
    pub fn split(&self, text: &str, limit: usize) -> Vec<Vec<String>> {
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(self.delimiter).escape(self.escape);
        match self.quote {
            Some(quote) => builder.quote(quote),
            None => builder.quoting(false),
        };
        let reader = builder.from_reader(text.as_bytes());
        reader.into_records().take(limit).map_while(Result::ok).map(|r| r.iter().map(str::to_string).collect()).collect()
    }
}

/// What the person says holds; the rest is found in the sample.
pub fn sniff(sample: &str, how: &How) -> Result<Dialect> {
    let announced = announced(sample);
    let delimiters: Vec<u8> = match how.delimiter {
        Some(c) => vec![one_byte("delimiter", c)?],
        None => announced.map_or_else(|| DELIMITERS.to_vec(), |d| vec![d]),
    };
    let quotes: Vec<Option<u8>> = match how.quote {
        Some(c) => vec![Some(one_byte("quote", c)?)],
        None => QUOTES.to_vec(),
    };
    let body = whole_lines(sample);
    let mut best = (f64::MIN, Dialect { delimiter: b',', quote: Some(b'"'), escape: None, announced: announced.is_some() });
    for delimiter in delimiters {
        for quote in &quotes {
            let used = quote.is_none_or(|q| body.bytes().any(|b| b == q));
            if !used && *quote != Some(b'"') {
                continue;
            }
            let dialect = Dialect { delimiter, quote: *quote, escape: escape(body, *quote, delimiter), announced: announced.is_some() };
            let score = score(&dialect, body);
            if score > best.0 {
                best = (score, dialect);
            }
        }
    }
    Ok(best.1)
}

fn one_byte(what: &str, c: char) -> Result<u8> {
    u8::try_from(c)
        .ok()
        .filter(u8::is_ascii)
        .ok_or_else(|| Error::field(what, "invalid", format!("The {what} must be one plain character")))
}

fn announced(sample: &str) -> Option<u8> {
    let line = sample.lines().next()?.trim_matches('"');
    let mark = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    let [mark] = mark.as_bytes() else { return None };
    Some(*mark)
}

/// Without the line that the end of the sample cuts.
fn whole_lines(sample: &str) -> &str {
    match sample.rfind('\n') {
        Some(at) if sample.len() > 64 * 1024 => sample.get(..=at).unwrap_or(sample),
        _ => sample,
    }
}

/// A backslash before a quote that does not end its cell.
fn escape(body: &str, quote: Option<u8>, delimiter: u8) -> Option<u8> {
    let quote = quote?;
    let bytes = body.as_bytes();
    let inside = |w: &[u8]| matches!(w, [b'\\', q, after] if *q == quote && *after != delimiter && !matches!(after, b'\n' | b'\r'));
    bytes.windows(3).any(inside).then_some(b'\\')
}

fn score(dialect: &Dialect, body: &str) -> f64 {
    let mut rows = dialect.split(body, ROWS);
    if dialect.announced && !rows.is_empty() {
        rows.remove(0);
    }
    let mut lengths: BTreeMap<usize, f64> = BTreeMap::new();
    let (mut known, mut cells) = (0.0, 0.0);
    for row in &rows {
        *lengths.entry(row.len()).or_default() += 1.0;
        for cell in row {
            cells += 1.0;
            known += worth(cell);
        }
    }
    if rows.is_empty() || cells == 0.0 {
        return 0.0;
    }
    let kinds: f64 = lengths.values().map(|_| 1.0).sum();
    let weigh = |(length, count): (&usize, &f64)| {
        let columns = u32::try_from(*length).map_or(1_000.0, f64::from);
        count * ((columns - 1.0) / columns).max(0.001)
    };
    let pattern: f64 = lengths.iter().map(weigh).sum::<f64>() / kinds;
    pattern * known / cells
}

/// How much a cell looks like one: what still holds marks of another dialect does not.
fn worth(cell: &str) -> f64 {
    if cell.trim_matches(' ').starts_with(['"', '\'']) || cell.trim_matches(' ').ends_with('"') {
        return 0.0;
    }
    match shape::of(cell) {
        Shape::Text if cell.contains([';', '\t', '|']) => 0.1,
        Shape::Text => 0.5,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(sample: &str) -> (char, Option<char>, bool) {
        let d = sniff(sample, &How::default()).unwrap();
        (char::from(d.delimiter), d.quote.map(char::from), d.escape.is_some())
    }

    #[test]
    fn decimal_commas_do_not_make_a_comma_file() {
        assert_eq!(told("nome;prezzo;quota\nA;1,50;2,5\nB;2,75;3,5\nC;3,00;4,5\n").0, ';');
        assert_eq!(told("name|when\nA, B|10:00\nC, D|11:00\n").0, '|');
    }

    #[test]
    fn quotes_and_escapes_are_found() {
        assert_eq!(told("a,b\n'x, y','z'\n'p','q'\n"), (',', Some('\''), false));
        assert_eq!(told("a,b\n\"x \\\"y\\\" z\",1\n"), (',', Some('"'), true));
        assert_eq!(told("a,b\n\"x\",O'Hara\n\"y\",L'Aquila\n"), (',', Some('"'), false));
    }

    #[test]
    fn what_the_person_says_holds() {
        let how = How { delimiter: Some(':'), ..How::default() };
        assert_eq!(sniff("a:b,c\n1:2,3\n", &how).unwrap().delimiter, b':');
        let how = How { delimiter: Some('€'), ..How::default() };
        assert!(sniff("a", &how).is_err());
    }
}
