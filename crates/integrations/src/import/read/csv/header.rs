//! Which row of a table names its columns, if any does.

use super::super::How;
use super::dialect::Dialect;
use crate::import::cell::shape::{self, Shape};

/// Rows that the first one is compared with.
const ROWS: usize = 50;
/// Lines above a header that hold a title or nothing.
const TITLES: usize = 10;

#[derive(Debug, PartialEq)]
pub struct Layout {
    /// Rows before the header.
    pub skip: usize,
    pub header: bool,
}

pub fn find(sample: &str, dialect: &Dialect, how: &How) -> Layout {
    let rows = dialect.split(sample, ROWS);
    let announced = usize::from(dialect.announced);
    let rows = rows.get(announced..).unwrap_or_default();
    let titles = titles(rows);
    let header = how.header.unwrap_or_else(|| has_header(rows.get(titles..).unwrap_or_default()));
    Layout { skip: announced + titles, header }
}

/// Leading rows with one filled cell at most, above rows that mostly have several.
pub fn titles(rows: &[Vec<String>]) -> usize {
    let filled = |row: &Vec<String>| row.iter().filter(|c| !c.trim().is_empty()).count();
    let wide = rows.iter().filter(|r| filled(r) >= 2).count();
    if wide * 2 < rows.len() || rows.len() < 3 {
        return 0;
    }
    let above = rows.iter().take_while(|r| filled(r) <= 1).count();
    if above > TITLES { 0 } else { above }
}

/// Names are short, filled, all different, and unlike the values below them.
pub fn has_header(rows: &[Vec<String>]) -> bool {
    let Some((first, below)) = rows.split_first() else { return true };
    let named: Vec<&String> = first.iter().filter(|c| !c.trim().is_empty()).collect();
    if named.is_empty() {
        return false;
    }
    if below.is_empty() {
        return named.iter().all(|c| is_name(c));
    }
    let mut votes = 0_i32;
    for (index, name) in first.iter().enumerate() {
        let values: Vec<&str> = below.iter().filter_map(|r| r.get(index)).map(String::as_str).filter(|c| !c.trim().is_empty()).collect();
        votes += vote(name, &values);
    }
    let distinct: std::collections::HashSet<String> = named.iter().map(|c| base::text::fold(c)).collect();
    votes > 0 || votes == 0 && distinct.len() == named.len() && named.iter().all(|c| is_name(c))
}

fn is_name(cell: &str) -> bool {
    !is_typed(shape::of(cell)) && cell.chars().count() <= 100
}

fn is_typed(shape: Shape) -> bool {
    !matches!(shape, Shape::Empty | Shape::Words | Shape::Text | Shape::Boolean)
}

fn vote(name: &str, values: &[&str]) -> i32 {
    let typed = values.iter().filter(|v| is_typed(shape::of(v))).count();
    let mostly = typed * 10 >= values.len() * 7 && typed > 0;
    match (is_typed(shape::of(name)), mostly) {
        (true, true) => -2,
        (true, false) => -1,
        (false, true) if !name.trim().is_empty() => 2,
        (false, false) if values.contains(&name) => -2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(content: &str) -> bool {
        let dialect = Dialect { delimiter: b',', quote: Some(b'"'), escape: None, announced: false };
        find(content, &dialect, &How::default()).header
    }

    #[test]
    fn names_are_told_from_values() {
        assert!(told("name,born\nRossi,1980-01-02\n"));
        assert!(told("name,city\nRossi,Rimini\n"));
        assert!(told("name,city\n"));
        assert!(told("a,b,c\n1,,\n2,3,4\n"));
        assert!(told("first,last,zip\nJohn,Doe,08123\n"));
        assert!(!told("Rossi,1980-01-02\nBianchi,1981-02-03\n"));
        assert!(!told("rossi@example.com,Rimini\nbianchi@example.com,Forlì\n"));
        assert!(!told("1,2\n3,4\n"));
    }
}
