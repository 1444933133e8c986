//! Workbooks (.xlsx), a row at a time.
//!
//! A thread of its own reads the sheet and hands rows over through a short queue: the library lends its reader from
//! the workbook, and so neither has to be kept in one structure. The thread ends with the reader.

use std::sync::mpsc::{Receiver, sync_channel};

use base::{Code, Error, Result};
use calamine::{DataRef, Reader as _, Xlsx};

use super::csv::header;
use super::{About, Format, How, Input, MAX_COLUMNS, Row, fit, name_columns, sheet_guard};

/// Rows read ahead.
const AHEAD: usize = 256;
/// Rows that the header is judged by.
const LOOK: usize = 50;

pub struct SheetReader {
    rows: Receiver<Result<Raw>>,
    /// The first rows, already taken from the queue.
    kept: std::vec::IntoIter<Raw>,
    headers: Vec<String>,
    about: About,
}

struct Raw {
    line: u64,
    cells: Vec<String>,
}

impl SheetReader {
    pub fn open(mut input: Box<dyn Input>, how: &How) -> Result<SheetReader> {
        sheet_guard::check(&mut input)?;
        let mut book: Xlsx<Box<dyn Input>> = Xlsx::new(input).map_err(|e| Error::invalid(format!("The workbook cannot be read: {e}")))?;
        let sheets = book.sheet_names();
        let sheet = choose(&mut book, &sheets, how)?;
        let (send, rows) = sync_channel(AHEAD);
        let name = sheet.clone();
        std::thread::Builder::new().name("sheet".to_string()).spawn(move || {
            let told = read(&mut book, &name, &mut |raw| send.send(Ok(raw)).is_ok());
            if let Err(error) = told {
                // The reader may be gone already; then nobody wants to know.
                let _ = send.send(Err(error));
            }
        })?;
        let first = rows.iter().take(LOOK).collect::<Result<Vec<Raw>>>()?;
        SheetReader::of(first, rows, sheet, sheets, how)
    }

    fn of(mut first: Vec<Raw>, rows: Receiver<Result<Raw>>, sheet: String, sheets: Vec<String>, how: &How) -> Result<SheetReader> {
        let cells: Vec<Vec<String>> = first.iter().map(|r| r.cells.clone()).collect();
        let titles = header::titles(&cells);
        first.drain(..titles);
        let has_header = how.header.unwrap_or_else(|| header::has_header(cells.get(titles..).unwrap_or_default()));
        if first.is_empty() {
            return Err(Error::invalid(format!("The sheet \"{sheet}\" holds no rows")));
        }
        let headers = if has_header {
            name_columns(first.remove(0).cells)?
        } else {
            name_columns(vec![String::new(); first.iter().map(|r| r.cells.len()).max().unwrap_or(0)])?
        };
        let about = About { format: Format::Xlsx, encoding: None, delimiter: None, header: has_header, sheet: Some(sheet), sheets };
        Ok(SheetReader { rows, kept: first.into_iter(), headers, about })
    }

    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    pub fn about(&self) -> About {
        self.about.clone()
    }
}

impl Iterator for SheetReader {
    type Item = Result<Row>;
    fn next(&mut self) -> Option<Result<Row>> {
        let mut raw = match self.kept.next() {
            Some(raw) => raw,
            None => match self.rows.recv() {
                Ok(Ok(raw)) => raw,
                Ok(Err(error)) => return Some(Err(error)),
                Err(_) => return None,
            },
        };
        // A sheet does not write empty cells at the end of a row.
        if raw.cells.len() < self.headers.len() {
            raw.cells.resize(self.headers.len(), String::new());
        }
        Some(Ok(fit(raw.line, raw.cells, self.headers.len())))
    }
}

/// The named sheet, or the first that holds a cell.
fn choose(book: &mut Xlsx<Box<dyn Input>>, sheets: &[String], how: &How) -> Result<String> {
    if let Some(wanted) = &how.sheet {
        let found = sheets.iter().find(|s| *s == wanted).or_else(|| sheets.iter().find(|s| s.eq_ignore_ascii_case(wanted)));
        return found.cloned().ok_or_else(|| {
            Error::field("sheet", "unknown", format!("There is no sheet \"{wanted}\"; the workbook has {}", sheets.join(", ")))
        });
    }
    for name in sheets {
        let mut filled = false;
        let told = read(book, name, &mut |_| {
            filled = true;
            false
        });
        match told {
            Ok(()) if filled => return Ok(name.clone()),
            Err(error) if error.code() == Code::TooLarge => return Err(error),
            // Charts and macros are sheets as well, without cells.
            _ => {}
        }
    }
    Err(Error::invalid("The workbook holds no rows"))
}

/// Hands each row with any cell to `take`, until it wants no more.
fn read(book: &mut Xlsx<Box<dyn Input>>, sheet: &str, take: &mut dyn FnMut(Raw) -> bool) -> Result<()> {
    let broken = |e: calamine::XlsxError| Error::invalid(format!("The sheet \"{sheet}\" cannot be read: {e}"));
    let mut cells = book.worksheet_cells_reader(sheet).map_err(broken)?;
    let mut raw = Raw { line: 0, cells: Vec::new() };
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let line = u64::from(row) + 1;
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        if line != raw.line {
            let done = std::mem::replace(&mut raw, Raw { line, cells: Vec::new() });
            if !done.cells.is_empty() && !take(done) {
                return Ok(());
            }
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MAX_COLUMNS {
            let message =
                format!("The sheet \"{sheet}\" has {} columns or more; at most {MAX_COLUMNS} can be imported", column.saturating_add(1));
            return Err(Error::new(Code::TooLarge, message));
        }
        if raw.cells.len() <= column {
            raw.cells.resize(column + 1, String::new());
        }
        if let Some(place) = raw.cells.get_mut(column) {
            *place = text;
        }
    }
    if !raw.cells.is_empty() {
        take(raw);
    }
    Ok(())
}

/// A cell as text that reads the same in every locale: ISO dates, a decimal point.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.trim_end_matches('\0').to_string(),
        DataRef::SharedString(text) => (*text).to_string(),
        DataRef::Bool(b) => b.to_string(),
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => number(*n),
        DataRef::DateTime(moment) if moment.is_datetime() => date(moment),
        DataRef::DateTime(duration) => number(duration.as_f64()),
        DataRef::Error(_) => String::new(),
    }
}

/// Binary fractions show up as 0.30000000000000004; fifteen digits are what a spreadsheet keeps.
fn number(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e15 {
        return format!("{n:.0}");
    }
    let rounded: f64 = format!("{n:.14e}").parse().unwrap_or(n);
    rounded.to_string()
}

fn date(moment: &calamine::ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second, milli) {
        (0, 0, 0, 0) => day,
        (_, _, _, 0) => format!("{day} {hour:02}:{minute:02}:{second:02}"),
        _ => format!("{day} {hour:02}:{minute:02}:{second:02}.{milli:03}"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::super::{open, tests::reader};
    use super::*;

    /// A workbook of the parts that every reader needs, with the given rows and shared texts.
    fn book(sheet: &str, texts: &str) -> Vec<u8> {
        const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let relation = |kind: &str, target: &str| {
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/></Relationships>"
            )
        };
        let parts = [
            ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"Customers\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
                ),
            ),
            ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
            (
                "xl/styles.xml",
                format!(
                    "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
                ),
            ),
            (
                "xl/sharedStrings.xml",
                format!(
                    "<sst xmlns=\"{MAIN}\" uniqueCount=\"{texts}\"><si><t>name</t></si><si><t>born</t></si><si><t>Forlì</t></si></sst>"
                ),
            ),
            ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{sheet}</sheetData></worksheet>")),
        ];
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    const ROWS: &str = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>share</t></is></c></row>
        <row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" s="1"><v>44561</v></c><c r="C3"><v>0.30000000000000004</v></c></row>
        <row r="4"><c r="A4" t="inlineStr"><is><t>Rossi &amp; Co</t></is></c></row>
        <row r="5"><c r="A5" t="inlineStr"><is><t>Verdi</t></is></c><c r="B5" s="1"><v>29221.5</v></c><c r="C5" t="e"><v>#N/A</v></c></row>"#;

    #[test]
    fn a_sheet_is_read_with_dates_and_numbers_as_they_are_shown() {
        let reader = reader(book(ROWS, "3"), "x.xlsx").unwrap();
        assert_eq!(reader.headers(), ["name", "born", "share"]);
        assert_eq!(reader.about().sheet.as_deref(), Some("Customers"));
        let rows: Vec<_> = reader.map(|r| r.unwrap()).map(|r| (r.line, r.cells.join("|"))).collect();
        let wanted = [(3, "Forlì|2021-12-31|0.3"), (4, "Rossi & Co||"), (5, "Verdi|1980-01-01 12:00:00|")];
        assert_eq!(rows, wanted.map(|(line, cells)| (line, cells.to_string())));
    }

    #[test]
    fn a_sheet_that_does_not_exist_is_refused_with_those_that_do() {
        let how = How { sheet: Some("Leads".into()), ..How::default() };
        let error = open(Box::new(Cursor::new(book(ROWS, "3"))), "x.xlsx", &how).err().unwrap();
        assert!(error.message().contains("Customers"), "{error}");
    }

    #[test]
    fn a_workbook_that_would_fill_the_memory_is_refused() {
        let error = reader(book(ROWS, "99999999999"), "x.xlsx").err().unwrap();
        assert_eq!(error.code(), Code::TooLarge);
        let long = format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c></row>", "x".repeat(super::super::MAX_CELL * 3));
        let error = reader(book(&long, "3"), "x.xlsx").err().unwrap();
        assert!(error.message().contains("longer than"), "{error}");
        let far = r#"<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>"#;
        let error = reader(book(far, "3"), "x.xlsx").and_then(|r| r.collect::<Result<Vec<_>>>()).err().unwrap();
        assert!(error.message().contains("16384 columns"), "{error}");
    }

    #[test]
    fn what_is_no_workbook_is_told_so() {
        assert!(reader(b"PK\x03\x04 something".to_vec(), "x.xlsx").err().unwrap().message().contains("no workbook"));
        assert!(reader(book("", "3"), "x.xlsx").err().unwrap().message().contains("no rows"));
    }
}
