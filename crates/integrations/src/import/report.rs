//! What came of an import: counts, what was wrong with which row, and the rejected rows to be mended.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;

use base::Result;
use base::text::shorten;
use serde::{Deserialize, Serialize};

use super::remedy::{NEW, Remedy};

/// Problems that are kept one by one; beyond them only groups count on.
const KEPT: usize = 1_000;
/// Different problems that are told apart.
const GROUPS: usize = 200;
/// Characters of a value that a message shows.
pub const SHOWN: usize = 100;
/// Columns that are added to rejected rows.
pub const LINE_COLUMN: &str = "import_line";
pub const PROBLEM_COLUMN: &str = "import_problem";

/// One thing that is wrong with one row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    pub line: u64,
    /// The column to blame, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// `ragged`, `required`, `unknown`, `type`, `ambiguous`, …
    pub code: String,
    pub message: String,
    /// What may have been meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<String>,
}

impl Problem {
    pub fn new(line: u64, header: Option<&str>, value: &str, code: &str, message: impl Into<String>) -> Self {
        Problem {
            line,
            header: header.map(str::to_string),
            value: shorten(value, SHOWN),
            code: code.to_string(),
            message: message.into(),
            nearest: Vec::new(),
        }
    }
}

/// Rows with the same problem, to be mended at once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    pub code: String,
    pub message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<String>,
    pub rows: u64,
    /// The first of them.
    pub line: u64,
    /// What a person may decide for all of them at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Remedy>,
}

impl Group {
    /// `sector: "technolgy" is unknown (12 rows); nearest: technology`
    pub fn sentence(&self) -> String {
        let header = self.header.as_ref().map(|h| format!("{h}: ")).unwrap_or_default();
        let rows = if self.rows == 1 { format!("line {}", self.line) } else { format!("{} rows, first line {}", self.rows, self.line) };
        let nearest = if self.nearest.is_empty() { String::new() } else { format!("; nearest: {}", self.nearest.join(", ")) };
        format!("{header}{} ({rows}){nearest}", self.message)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    pub rows: u64,
    pub created: u64,
    pub updated: u64,
    /// Of the updated ones those in which nothing was new.
    pub unchanged: u64,
    pub skipped: u64,
    pub rejected: u64,
    /// The first problems, row by row.
    pub problems: Vec<Problem>,
    /// All problems, most frequent first once [`Report::finish`] was called.
    pub groups: Vec<Group>,
    #[serde(skip)]
    places: HashMap<String, usize>,
}

impl Report {
    /// Counts a rejected row with all that is wrong with it.
    pub fn reject(&mut self, problems: &[Problem]) {
        self.rejected += 1;
        for problem in problems {
            self.note(problem);
        }
    }

    /// Notes a problem; the row may have been taken all the same.
    pub fn note(&mut self, problem: &Problem) {
        if self.problems.len() < KEPT {
            self.problems.push(problem.clone());
        }
        let key = format!("{:?}\0{}\0{}\0{}", problem.header, problem.code, problem.value, problem.message);
        if let Some(group) = self.places.get(&key).and_then(|at| self.groups.get_mut(*at)) {
            group.rows += 1;
            return;
        }
        if self.groups.len() >= GROUPS {
            return self.note_beyond(problem);
        }
        self.places.insert(key, self.groups.len());
        self.groups.push(Group {
            header: problem.header.clone(),
            value: problem.value.clone(),
            code: problem.code.clone(),
            message: problem.message.clone(),
            nearest: problem.nearest.clone(),
            rows: 1,
            line: problem.line,
            remedy: None,
        });
    }

    /// Further values of a column whose problem is of the same kind share one group.
    fn note_beyond(&mut self, problem: &Problem) {
        let key = format!("{:?}\0{}", problem.header, problem.code);
        let room = self.groups.len() < GROUPS * 2;
        match self.places.get(&key).and_then(|at| self.groups.get_mut(*at)) {
            Some(group) => group.rows += 1,
            None if room => {
                self.places.insert(key, self.groups.len());
                self.groups.push(Group {
                    header: problem.header.clone(),
                    value: String::new(),
                    code: problem.code.clone(),
                    message: "further values of the same kind".to_string(),
                    nearest: Vec::new(),
                    rows: 1,
                    line: problem.line,
                    remedy: None,
                });
            }
            None => {}
        }
    }

    /// Puts the most frequent problems first.
    pub fn finish(&mut self) {
        self.groups.sort_by(|a, b| b.rows.cmp(&a.rows).then(a.line.cmp(&b.line)));
        self.places.clear();
    }

    /// One line for the command line.
    pub fn counts(&self) -> String {
        format!("created {}, updated {}, skipped {}, rejected {}", self.created, self.updated, self.skipped, self.rejected)
    }
}

/// Writes rejected rows as CSV: the columns of the file, the line, and why. Mended, it can be imported again.
pub struct Rejects<W: Write> {
    writer: csv::Writer<W>,
    columns: usize,
}

impl<W: Write> Rejects<W> {
    pub fn new(out: W, headers: &[String]) -> Result<Self> {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(out);
        let added = [LINE_COLUMN, PROBLEM_COLUMN].map(str::to_string);
        // Columns of an earlier round are not added twice.
        let own = headers.iter().take_while(|h| **h != LINE_COLUMN).count();
        writer.write_record(headers.iter().take(own).chain(&added).map(|h| guard(h).into_owned()))?;
        Ok(Rejects { writer, columns: own })
    }

    pub fn write(&mut self, line: u64, cells: &[String], problems: &[Problem]) -> Result<()> {
        let why: Vec<String> = problems
            .iter()
            .filter(|p| p.code != NEW)
            .map(|p| p.header.as_ref().map_or(p.message.clone(), |h| format!("{h}: {}", p.message)))
            .collect();
        let empty = String::new();
        for cell in cells.iter().chain(std::iter::repeat(&empty)).take(self.columns) {
            self.writer.write_field(guard(cell).as_ref())?;
        }
        self.writer.write_record([line.to_string(), guard(&why.join("; ")).into_owned()])?;
        Ok(())
    }

    pub fn finish(mut self) -> Result<()> {
        self.writer.flush()?;
        Ok(())
    }
}

/// A cell that a spreadsheet would take for a formula gets a quote in front; plain numbers and phone numbers do not.
pub fn guard(cell: &str) -> Cow<'_, str> {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let harmless = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '(' | ')' | '/' | '-');
    let is_number = cell.strip_prefix(['+', '-']).is_some_and(|rest| !rest.is_empty() && rest.chars().all(harmless));
    if is_formula && !is_number { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Takes off again what [`guard`] put in front.
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(line: u64, value: &str) -> Problem {
        Problem {
            nearest: vec!["technology".to_string()],
            ..Problem::new(line, Some("sector"), value, "unknown", format!("\"{value}\" is unknown"))
        }
    }

    #[test]
    fn equal_problems_stand_together_the_most_frequent_first() {
        let mut report = Report::default();
        report.reject(&[problem(3, "rare")]);
        for line in 4..16 {
            report.reject(&[problem(line, "technolgy")]);
        }
        report.finish();
        let told: Vec<String> = report.groups.iter().map(Group::sentence).collect();
        assert_eq!(
            told,
            [
                "sector: \"technolgy\" is unknown (12 rows, first line 4); nearest: technology",
                "sector: \"rare\" is unknown (line 3); nearest: technology"
            ]
        );
        assert_eq!(report.counts(), "created 0, updated 0, skipped 0, rejected 13");
    }

    #[test]
    fn a_million_different_problems_take_bounded_memory() {
        let mut report = Report::default();
        for line in 0..50_000 {
            report.reject(&[problem(line, &line.to_string())]);
        }
        report.finish();
        assert_eq!((report.problems.len(), report.groups.len(), report.rejected), (KEPT, GROUPS + 1, 50_000));
        assert_eq!(report.groups[0].rows, 50_000 - 200);
    }

    #[test]
    fn rejected_rows_can_be_mended_in_a_spreadsheet_without_harm() {
        let mut out = Vec::new();
        let headers = ["name".to_string(), "phone".to_string()];
        let mut rejects = Rejects::new(&mut out, &headers).unwrap();
        let cells = ["=HYPERLINK(\"http://evil.example\")".to_string(), "+39 055 123".to_string()];
        rejects
            .write(7, &cells, &[Problem::new(7, Some("name"), "x", "type", "is odd"), Problem::new(7, None, "", "ragged", "too short")])
            .unwrap();
        rejects.write(9, &["a".to_string()], &[]).unwrap();
        rejects.finish().unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "name,phone,import_line,import_problem\n\"'=HYPERLINK(\"\"http://evil.example\"\")\",+39 055 123,7,name: is odd; too short\na,,9,\n"
        );
    }

    #[test]
    fn guards_come_off_where_they_were_put_on() {
        for (cell, guarded) in
            [("=1+1", "'=1+1"), ("-5", "-5"), ("+39 055", "+39 055"), ("@me", "'@me"), ("-x", "'-x"), ("'t", "'t"), ("", "")]
        {
            assert_eq!(guard(cell), guarded);
            assert_eq!(unguard(guarded), cell);
        }
    }
}
