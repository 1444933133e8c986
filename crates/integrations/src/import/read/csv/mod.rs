//! CSV in any dialect, a row at a time.
//!
//! Delimiter, quote and escape are found in the first part of the file (`dialect`), the header row as well
//! (`header`). Memory is bounded by the largest row that is allowed, even where a quote is never closed.

mod dialect;
pub mod header;

use std::io::BufRead;

use base::{Code, Error, Result};

use super::text::Text;
use super::{About, Format, How, MAX_COLUMNS, MAX_ROW, Row, RowProblem, fit, name_columns, refuse_columns};
use crate::import::report::unguard;
use dialect::Dialect;

/// Text that dialect and header are judged by.
const SAMPLE: usize = 256 * 1024;
/// Columns that are still counted, to name the number.
const COUNTED: usize = 100_000;

pub struct CsvReader {
    records: Records,
    dialect: Dialect,
    headers: Vec<String>,
    has_header: bool,
    /// The first row, where it turned out to be no header.
    kept: Option<Row>,
}

impl CsvReader {
    pub fn open(mut text: Text, how: &How) -> Result<CsvReader> {
        let sample = text.sample(SAMPLE)?;
        let dialect = dialect::sniff(&sample, how)?;
        let layout = header::find(&sample, &dialect, how);
        let mut records = Records::new(text, &dialect);
        for _ in 0..layout.skip {
            records.next()?;
        }
        let Some(first) = records.next()? else {
            return Err(Error::invalid("The file holds no rows"));
        };
        refuse_columns(first.cells.len())?;
        if let Some(problem) = first.problem {
            return Err(Error::new(Code::TooLarge, format!("Line {}: {}", first.line, problem.message)));
        }
        let mut reader = CsvReader { records, dialect, headers: Vec::new(), has_header: layout.header, kept: None };
        if layout.header {
            reader.headers = name_columns(first.cells)?;
        } else {
            reader.headers = name_columns(vec![String::new(); first.cells.len()])?;
            reader.kept = Some(first);
        }
        Ok(reader)
    }

    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    pub fn about(&self) -> About {
        About {
            format: Format::Csv,
            encoding: Some(self.records.text.charset().name()),
            delimiter: Some(char::from(self.dialect.delimiter)),
            header: self.has_header,
            sheet: None,
            sheets: Vec::new(),
        }
    }
}

impl Iterator for CsvReader {
    type Item = Result<Row>;
    fn next(&mut self) -> Option<Result<Row>> {
        let row = match self.kept.take() {
            Some(row) => row,
            None => match self.records.next() {
                Ok(row) => row?,
                Err(error) => return Some(Err(error)),
            },
        };
        if row.problem.is_some() {
            return Some(Ok(row));
        }
        let mut row = fit(row.line, row.cells, self.headers.len());
        if let Some(problem) = row.problem.as_mut().filter(|p| p.code == "ragged")
            && row.cells.iter().any(|c| c.contains('\n'))
        {
            problem.message.push_str("; perhaps a quote is not closed");
        }
        Some(Ok(row))
    }
}

/// Rows as they stand, without regard to a header.
struct Records {
    text: Text,
    core: csv_core::Reader,
    output: Vec<u8>,
    ends: Vec<usize>,
    line: Lines,
}

impl Records {
    fn new(text: Text, dialect: &Dialect) -> Records {
        Records {
            text,
            core: dialect.core(),
            output: vec![0; 16 * 1024],
            ends: vec![0; 64],
            line: Lines { at: 1, start: None, after_return: false },
        }
    }

    /// `None` after the last row; empty lines are no rows.
    fn next(&mut self) -> Result<Option<Row>> {
        use csv_core::ReadRecordResult::{End, InputEmpty, OutputEndsFull, OutputFull, Record};
        let (mut written, mut ended) = (0, 0);
        let mut too_large = false;
        self.line.start = None;
        loop {
            let input = self.text.fill_buf()?;
            let free = self.output.get_mut(written..).unwrap_or_default();
            let free_ends = self.ends.get_mut(ended..).unwrap_or_default();
            let (result, read, wrote, ends) = self.core.read_record(input, free, free_ends);
            self.line.count(input.get(..read).unwrap_or_default());
            self.text.consume(read);
            written += wrote;
            ended += ends;
            match result {
                InputEmpty => {}
                OutputFull if self.output.len() >= MAX_ROW => {
                    too_large = true;
                    written = 0;
                }
                OutputFull => self.output.resize(self.output.len() * 2, 0),
                OutputEndsFull if self.ends.len() >= COUNTED => {
                    return Err(Error::new(
                        Code::TooLarge,
                        format!("Line {} has more than {COUNTED} columns; at most {MAX_COLUMNS} can be imported", self.line.started()),
                    ));
                }
                OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                Record if too_large => return Ok(Some(self.too_large())),
                Record => return Ok(Some(self.row(written, ended))),
                End => return Ok(None),
            }
        }
    }

    fn row(&self, written: usize, ended: usize) -> Row {
        let mut cells = Vec::with_capacity(ended);
        let mut from = 0;
        for end in self.ends.iter().take(ended).map(|e| (*e).min(written)) {
            let cell = String::from_utf8_lossy(self.output.get(from..end).unwrap_or_default());
            cells.push(unguard(&cell).to_string());
            from = end;
        }
        Row { line: self.line.started(), cells, problem: None }
    }

    fn too_large(&self) -> Row {
        let (from, to) = (self.line.started(), self.line.at);
        let message =
            format!("The row is longer than {MAX_ROW} bytes, up to line {to}; perhaps a quote opened on line {from} is not closed");
        Row { line: from, cells: Vec::new(), problem: Some(RowProblem::new("too_large", message)) }
    }
}

/// Lines of the file, whatever ends them.
struct Lines {
    at: u64,
    /// Where the row in hand began.
    start: Option<u64>,
    after_return: bool,
}

impl Lines {
    fn count(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let ends = *byte == b'\r' || *byte == b'\n' && !self.after_return;
            self.after_return = *byte == b'\r';
            if ends {
                self.at += 1;
            } else if *byte != b'\n' && self.start.is_none() {
                self.start = Some(self.at);
            }
        }
    }
    fn started(&self) -> u64 {
        self.start.unwrap_or(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::reader;
    use super::*;

    fn rows(content: impl Into<Vec<u8>>) -> (Vec<String>, Vec<Row>) {
        let reader = reader(content, "x.csv").unwrap();
        (reader.headers().to_vec(), reader.map(Result::unwrap).collect())
    }

    fn cells(content: &str) -> Vec<Vec<String>> {
        rows(content).1.into_iter().map(|r| r.cells).collect()
    }

    #[test]
    fn every_dialect_gives_the_same_cells() {
        let wanted = [["Rossi, Mario", "Rimini", "1.250,50"], ["Bianchi", "Forlì", "3,00"]];
        for content in [
            "name,city,amount\n\"Rossi, Mario\",Rimini,\"1.250,50\"\nBianchi,Forlì,\"3,00\"\n",
            "name;city;amount\r\nRossi, Mario;Rimini;1.250,50\r\nBianchi;Forlì;3,00\r\n",
            "name\tcity\tamount\nRossi, Mario\tRimini\t1.250,50\nBianchi\tForlì\t3,00",
            "name|city|amount\n'Rossi, Mario'|'Rimini'|'1.250,50'\n'Bianchi'|'Forlì'|'3,00'\n",
            "sep=;\nname;city;amount\nRossi, Mario;Rimini;1.250,50\nBianchi;Forlì;3,00\n",
        ] {
            assert_eq!(cells(content), wanted, "{content}");
        }
    }

    #[test]
    fn quotes_hold_delimiters_quotes_and_line_ends() {
        let (headers, rows) = rows("note,n\n\"one\ntwo \"\"three\"\"\",1\n\n\nfour,2\n");
        assert_eq!(headers, ["note", "n"]);
        assert_eq!(rows.iter().map(|r| (r.line, r.cells[0].as_str())).collect::<Vec<_>>(), [(2, "one\ntwo \"three\""), (6, "four")]);
    }

    #[test]
    fn backslashes_escape_where_the_file_does_so() {
        assert_eq!(cells("a,b\n\"say \\\"hi\\\", you\",1\n\"x\\\"y\",2\n"), [["say \"hi\", you", "1"], ["x\"y", "2"]]);
    }

    #[test]
    fn a_ragged_row_is_a_problem_of_that_row_alone() {
        let (_, rows) = rows("a,b,c\n1,2,3\n4,5\n6,7,8,,\n9,10,11,12\n");
        let told: Vec<Option<&str>> = rows.iter().map(|r| r.problem.as_ref().map(|p| p.message.as_str())).collect();
        assert_eq!(
            told,
            [None, Some("The row has 2 cells where the header has 3"), None, Some("The row has 4 cells where the header has 3")]
        );
        assert_eq!(rows[1].line, 3);
    }

    #[test]
    fn too_many_columns_are_refused_with_their_number() {
        let wide = format!("{}\n", (0..1_200).map(|n| format!("c{n}")).collect::<Vec<_>>().join(","));
        let error = reader(wide, "x.csv").err().unwrap();
        assert_eq!(error.code(), Code::TooLarge);
        assert!(error.message().contains("1200 columns"), "{error}");
    }

    #[test]
    fn a_cell_that_is_too_long_is_refused_with_its_place() {
        let content = format!("a,b\n1,2\n3,{}\n5,6\n", "x".repeat(super::super::MAX_CELL + 1));
        let (_, rows) = rows(content);
        let problem = rows[1].problem.as_ref().unwrap();
        assert_eq!((rows[1].line, problem.code, problem.column), (3, "too_large", Some(1)));
        assert!(rows[2].problem.is_none());
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_bounded_memory() {
        let content = format!("a,b\n{}\"3,{}", "\"1\",2\n".repeat(50_000), "4\n".repeat(MAX_ROW / 2 + 1));
        let (_, rows) = rows(content);
        assert_eq!(rows.len(), 50_001);
        assert!(rows[50_000].problem.as_ref().unwrap().message.contains("quote opened on line 50002"));
    }

    #[test]
    fn a_file_without_header_has_numbered_columns() {
        let (headers, rows) = rows("Rossi,2024-01-03,12\nBianchi,2024-02-05,14\nVerdi,2024-03-01,9\n");
        assert_eq!(headers, ["Column 1", "Column 2", "Column 3"]);
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0].cells[0], "Rossi");
    }

    #[test]
    fn a_title_above_the_header_is_passed_over() {
        let (headers, rows) = rows("Customers of 2025,,\n,,\nname,city,employees\nRossi,Rimini,12\nBianchi,Forlì,5\n");
        assert_eq!(headers, ["name", "city", "employees"]);
        assert_eq!((rows.len(), rows[0].line), (2, 4));
    }

    #[test]
    fn a_column_alone_is_a_table() {
        assert_eq!(cells("email\nrossi@example.com\nbianchi@example.com\n"), [["rossi@example.com"], ["bianchi@example.com"]]);
    }

    #[test]
    fn old_line_ends_are_counted() {
        let (_, rows) = rows("a,b\r1,2\r3,4\r");
        assert_eq!(rows.iter().map(|r| r.line).collect::<Vec<_>>(), [2, 3]);
    }
}
