//! What became of each row, kept as a file beside the uploads: one JSON object a line, the headers in the first.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};

use base::{Error, Result};
use kernel::file::Upload;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::report::Problem;
use super::write::Outcome;

/// Rows of one answer at most.
const PAGE: usize = 500;
const STATES: &[&str] = &["created", "updated", "skipped", "rejected"];
/// Bytes gathered before they are written.
const BUFFER: usize = 256 * 1024;

/// Which rows are asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowsRequest {
    /// `created`, `updated`, `skipped`, `rejected`; all without it.
    pub state: Option<String>,
    pub cursor: Option<String>,
    pub limit: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowOutcome {
    pub line: u64,
    pub state: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Of rejected rows only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

impl RowOutcome {
    pub fn of(line: u64, outcome: &Outcome, cells: &[String]) -> RowOutcome {
        let (state, id) = match outcome {
            Outcome::Created(id) => ("created", *id),
            Outcome::Updated { id, .. } => ("updated", *id),
            Outcome::Skipped(id) => ("skipped", *id),
            Outcome::Rejected(_) => ("rejected", None),
        };
        let (cells, problems) = match outcome {
            Outcome::Rejected(problems) => (cells.to_vec(), problems.clone()),
            _ => (Vec::new(), Vec::new()),
        };
        RowOutcome { line, state: state.to_string(), record: id.map(|id| id.to_string()), cells, problems }
    }
}

pub struct Writer {
    upload: Upload,
    buffer: Vec<u8>,
}

impl Writer {
    pub fn begin(folder: &std::path::Path, headers: &[String]) -> Result<Writer> {
        let mut writer = Writer { upload: Upload::begin(folder, u64::MAX)?, buffer: Vec::new() };
        writer.line(&json!({"headers": headers}))?;
        Ok(writer)
    }

    pub fn row(&mut self, row: &RowOutcome) -> Result<()> {
        self.line(row)
    }

    fn line(&mut self, value: &impl Serialize) -> Result<()> {
        serde_json::to_writer(&mut self.buffer, value)?;
        self.buffer.push(b'\n');
        if self.buffer.len() >= BUFFER {
            self.upload.write(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// The hash by which the file is found again.
    pub fn finish(mut self) -> Result<String> {
        self.upload.write(&self.buffer)?;
        Ok(self.upload.finish("rows.jsonl")?.hash)
    }
}

/// The rows of an outcome file, and where the next page begins.
pub struct Page {
    pub headers: Vec<String>,
    pub rows: Vec<RowOutcome>,
    pub next: Option<String>,
}

pub fn read(file: File, request: &RowsRequest) -> Result<Page> {
    if let Some(state) = request.state.as_deref().filter(|s| !STATES.contains(s)) {
        return Err(Error::field("state", "unknown", format!("There is no state \"{state}\"; there are {}", STATES.join(", "))));
    }
    let limit = request.limit.unwrap_or(50).clamp(1, PAGE);
    let mut reader = BufReader::new(file);
    let mut line = String::new();
    let mut at = reader.read_line(&mut line)?;
    let headers = serde_json::from_str::<Json>(&line).ok().and_then(|v| serde_json::from_value(v.get("headers")?.clone()).ok());
    if let Some(cursor) = &request.cursor {
        let wrong = || Error::field("cursor", "invalid", "This cursor is not one of these rows");
        let place: u64 = cursor.parse().map_err(|_| wrong())?;
        reader.seek(SeekFrom::Start(place))?;
        at = usize::try_from(place)?;
    }
    let mut page = Page { headers: headers.unwrap_or_default(), rows: Vec::new(), next: None };
    loop {
        line.clear();
        let length = reader.read_line(&mut line)?;
        if length == 0 {
            return Ok(page);
        }
        let Ok(row) = serde_json::from_str::<RowOutcome>(&line) else {
            return Err(Error::field("cursor", "invalid", "This cursor is not one of these rows"));
        };
        if request.state.as_ref().is_none_or(|s| *s == row.state) {
            if page.rows.len() == limit {
                page.next = Some(at.to_string());
                return Ok(page);
            }
            page.rows.push(row);
        }
        at += length;
    }
}
