//! Readers: one per format behind one enum. A file in, headers and rows of text cells out.
//!
//! Streams: a row at a time, whatever the size of the file. Knows nothing of fields or records. What is wrong with
//! one row stands in the row and reading goes on; what is wrong with the file is an error. Start with [`open`].
//! A further format is a file here and a line in [`Format`] and [`Reader`].

mod card;
pub mod charset;
mod csv;
mod json_lines;
mod keyed;
mod sheet;
mod sheet_guard;
mod text;

use std::io::{Read, Seek, SeekFrom};

use base::{Error, Result};
use serde::{Deserialize, Serialize};

use charset::Charset;
use text::Text;

/// Columns of a table at most.
pub const MAX_COLUMNS: usize = 1_000;
/// Bytes of one cell at most.
pub const MAX_CELL: usize = 1 << 20;
/// Bytes of one row at most.
pub const MAX_ROW: usize = 16 << 20;

/// What a file is read from.
pub trait Input: Read + Seek + Send {}
impl<T: Read + Seek + Send> Input for T {}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where it begins in the file, counted from 1 as people count lines (in a spreadsheet: rows; in vCards: lines).
    pub line: u64,
    /// As many as there are headers, unless there is a problem.
    pub cells: Vec<String>,
    /// Why the row cannot be taken as it is.
    pub problem: Option<RowProblem>,
}

impl Row {
    /// Spreadsheets leave rows without any content behind; they say nothing, however many delimiters they have.
    fn is_blank(&self) -> bool {
        let is_readable = self.problem.as_ref().is_none_or(|p| p.code == "ragged");
        is_readable && self.cells.iter().all(|cell| cell.chars().all(|c| super::cell::is_space(c) || matches!(c, ',' | ';')))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct RowProblem {
    /// Index of the column, where one is to blame.
    pub column: Option<usize>,
    /// `ragged`, `too_large`, `malformed`.
    pub code: &'static str,
    pub message: String,
}

impl RowProblem {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        RowProblem { column: None, code, message: message.into() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Csv,
    Jsonl,
    Xlsx,
    Vcard,
}

/// What the person says about the file; what is absent is found out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct How {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<char>,
    /// Does the first row hold the names of the columns?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
    /// Name of the sheet of a workbook; otherwise the first that holds anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
}

/// How the file turned out to be written, to be shown beside the proposed mapping.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct About {
    pub format: Format,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// False when the columns had to be numbered.
    pub header: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// All sheets of a workbook.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<String>,
}

pub enum Reader {
    Csv(Box<csv::CsvReader>),
    Keyed(keyed::KeyedReader),
    Sheet(sheet::SheetReader),
}

/// Opens a file of any format, told by its content and, where that leaves a doubt, by its name.
pub fn open(mut input: Box<dyn Input>, name: &str, how: &How) -> Result<Reader> {
    input.seek(SeekFrom::Start(0))?;
    let mut start = [0; 8];
    let length = text::fill(&mut input, &mut start)?;
    let start = start.get(..length).unwrap_or_default();
    if start.is_empty() {
        return Err(Error::invalid("The file is empty"));
    }
    if start.starts_with(b"PK\x03\x04") {
        return Ok(Reader::Sheet(sheet::SheetReader::open(input, how)?));
    }
    refuse_foreign(start, how)?;
    let charset = match &how.encoding {
        Some(name) => {
            Charset::named(name).ok_or_else(|| Error::field("encoding", "unknown", format!("\"{name}\" is no known encoding")))?
        }
        None => charset::detect::detect(&mut input)?,
    };
    let mut text = Text::open(input, charset)?;
    match how.format.map_or_else(|| format_of(&mut text, name), Ok)? {
        Format::Vcard => Ok(Reader::Keyed(keyed::KeyedReader::open(text, Format::Vcard)?)),
        Format::Jsonl => Ok(Reader::Keyed(keyed::KeyedReader::open(text, Format::Jsonl)?)),
        Format::Csv | Format::Xlsx => Ok(Reader::Csv(Box::new(csv::CsvReader::open(text, how)?))),
    }
}

/// Formats that people try, with what to do instead.
fn refuse_foreign(start: &[u8], how: &How) -> Result<()> {
    let foreign = [
        (&b"\xD0\xCF\x11\xE0"[..], "This is a workbook of an old Excel; save it as .xlsx or .csv"),
        (b"%PDF", "This is a PDF; export the table as .xlsx or .csv instead"),
        (b"\x1F\x8B", "This file is compressed (gzip); unpack it first"),
        (b"PAR1", "This is a Parquet file; export it as .csv instead"),
    ];
    if let Some((_, message)) = foreign.into_iter().find(|(magic, _)| start.starts_with(magic)) {
        return Err(Error::invalid(message));
    }
    match how.format {
        Some(Format::Xlsx) => Err(Error::invalid("This is no workbook (.xlsx)")),
        _ => Ok(()),
    }
}

fn format_of(text: &mut Text, name: &str) -> Result<Format> {
    let sample = text.sample(4 * 1024)?;
    let start = sample.trim_start();
    let starts_with = |word: &str| start.get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word));
    let name = name.to_ascii_lowercase();
    if starts_with("BEGIN:VCARD") || name.ends_with(".vcf") {
        return Ok(Format::Vcard);
    }
    let first_line = start.lines().next().unwrap_or_default();
    if starts_with("{") && (name.ends_with(".jsonl") || name.ends_with(".ndjson") || name.ends_with(".json") || first_line.contains("\":"))
    {
        return Ok(Format::Jsonl);
    }
    if starts_with("[") && name.ends_with(".json") {
        return Err(Error::invalid("This is one JSON list; write one object on each line (JSON lines) instead"));
    }
    if starts_with("<!doctype") || starts_with("<html") || starts_with("<?xml") {
        return Err(Error::invalid("This is a web page or XML, not a table; export it as .csv or .xlsx"));
    }
    Ok(Format::Csv)
}

impl Reader {
    pub fn headers(&self) -> &[String] {
        match self {
            Reader::Csv(reader) => reader.headers(),
            Reader::Keyed(reader) => reader.headers(),
            Reader::Sheet(reader) => reader.headers(),
        }
    }

    pub fn about(&self) -> About {
        match self {
            Reader::Csv(reader) => reader.about(),
            Reader::Keyed(reader) => reader.about(),
            Reader::Sheet(reader) => reader.about(),
        }
    }
}

/// Rows that are blank are passed over; an error ends the file.
impl Iterator for Reader {
    type Item = Result<Row>;
    fn next(&mut self) -> Option<Result<Row>> {
        loop {
            let next = match self {
                Reader::Csv(reader) => reader.next(),
                Reader::Keyed(reader) => reader.next(),
                Reader::Sheet(reader) => reader.next(),
            };
            match next {
                Some(Ok(row)) if row.is_blank() => {}
                next => return next,
            }
        }
    }
}

/// Names of columns as they are shown and mapped: tidied, none empty, none twice; refuses too many.
fn name_columns(raw: Vec<String>) -> Result<Vec<String>> {
    refuse_columns(raw.len())?;
    let mut names: Vec<String> = Vec::with_capacity(raw.len());
    let mut seen = std::collections::HashSet::new();
    for (index, cell) in raw.into_iter().enumerate() {
        let tidy = cell.split(super::cell::is_space).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
        let wanted = if tidy.is_empty() { format!("Column {}", index + 1) } else { base::text::shorten(&tidy, 200) };
        let name = (1..).map(|n| if n == 1 { wanted.clone() } else { format!("{wanted} ({n})") }).find(|n| !seen.contains(n));
        let name = name.unwrap_or(wanted);
        seen.insert(name.clone());
        names.push(name);
    }
    Ok(names)
}

fn refuse_columns(count: usize) -> Result<()> {
    if count > MAX_COLUMNS {
        return Err(Error::new(base::Code::TooLarge, format!("The file has {count} columns; at most {MAX_COLUMNS} can be imported")));
    }
    Ok(())
}

/// Fits the cells of a row to the headers; empty ones too many are dropped, a real difference is a problem.
fn fit(line: u64, mut cells: Vec<String>, columns: usize) -> Row {
    if cells.len() > columns && cells.iter().skip(columns).all(|c| c.is_empty()) {
        cells.truncate(columns);
    }
    let mut problem = None;
    if cells.len() != columns {
        let message = format!("The row has {} cells where the header has {columns}", cells.len());
        problem = Some(RowProblem::new("ragged", message));
    }
    for (index, cell) in cells.iter_mut().enumerate() {
        if cell.len() > MAX_CELL {
            let message = format!("The cell is {} bytes long; at most {MAX_CELL} can be imported", cell.len());
            problem = Some(RowProblem { column: Some(index), code: "too_large", message });
            *cell = base::text::shorten(cell, 1_000);
        }
        if cell.contains('\0') {
            cell.retain(|c| c != '\0');
        }
    }
    Row { line, cells, problem }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Cursor;

    use super::*;

    pub(crate) fn reader(content: impl Into<Vec<u8>>, name: &str) -> Result<Reader> {
        open(Box::new(Cursor::new(content.into())), name, &How::default())
    }

    #[test]
    fn the_format_is_told_by_the_content() {
        let format = |content: &str, name: &str| reader(content, name).map(|r| r.about().format);
        assert_eq!(format("name,city\nRossi,Rimini\n", "x").unwrap(), Format::Csv);
        assert_eq!(format("{\"name\": \"Rossi\"}\n", "x").unwrap(), Format::Jsonl);
        assert_eq!(format("\nBEGIN:VCARD\nFN:Rossi\nEND:VCARD\n", "x").unwrap(), Format::Vcard);
        assert!(format("", "x.csv").unwrap_err().message().contains("empty"));
        assert!(format("[1]", "x.json").unwrap_err().message().contains("JSON lines"));
        assert!(format("<html>", "x.csv").unwrap_err().message().contains("web page"));
        assert!(reader(b"\xD0\xCF\x11\xE0....".to_vec(), "x.xls").err().unwrap().message().contains(".xlsx"));
    }

    #[test]
    fn columns_get_names_of_their_own() {
        let names = name_columns(vec![" E-mail\u{A0}address ".into(), "".into(), "Phone".into(), "Phone".into()]).unwrap();
        assert_eq!(names, ["E-mail address", "Column 2", "Phone", "Phone (2)"]);
    }

    #[test]
    fn rows_without_content_are_no_rows_and_the_others_keep_their_numbers() {
        let blank = [",,", ";;;;", "  , \u{A0},\t", "\"\",\" \",", " ", ","];
        let content = format!("name,city,phone\n{}\nRossi,,\n", blank.join("\nBianchi,Rimini,\n"));
        let rows: Vec<Row> = reader(content, "x.csv").unwrap().map(Result::unwrap).collect();
        assert_eq!(rows.iter().map(|r| r.line).collect::<Vec<_>>(), [3, 5, 7, 9, 11, 13], "{rows:?}");
        let rows: Vec<Row> = reader("name;city\n;;;;\nRossi;Rimini\n;\n", "x.csv").unwrap().map(Result::unwrap).collect();
        assert_eq!(rows.iter().map(|r| r.line).collect::<Vec<_>>(), [3]);
        let rows: Vec<Row> =
            reader("{\"name\": \"Rossi\"}\n{\"name\": \" \"}\n{\"name\": \n", "x.jsonl").unwrap().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 2, "a broken line is told: {rows:?}");
    }

    #[test]
    fn an_unknown_encoding_is_refused() {
        let how = How { encoding: Some("klingon".into()), ..How::default() };
        let error = open(Box::new(Cursor::new("a,b")), "x.csv", &how).err().unwrap();
        assert_eq!(error.problems()[0].field, "encoding");
    }
}
