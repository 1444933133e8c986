//! Comma-separated values (RFC 4180), UTF-8, safe to open in a spreadsheet.

use std::io::Write;

use base::Result;
use serde_json::{Map, Value as Json};

use super::column::Column;
use super::{Sheet, cell};

#[derive(Default)]
pub struct Csv {
    ready: Vec<u8>,
}

impl Sheet for Csv {
    fn begin(&mut self, columns: &[Column]) -> Result<()> {
        self.line(columns.iter().map(|c| c.name.clone()));
        Ok(())
    }
    fn row(&mut self, columns: &[Column], item: &Map<String, Json>) -> Result<()> {
        self.line(columns.iter().map(|c| cell::defused(c, cell::text(c, item))));
        Ok(())
    }
    fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.ready)
    }
    fn finish(&mut self, out: &mut dyn Write) -> Result<()> {
        Ok(out.write_all(&self.take())?)
    }
}

impl Csv {
    fn line(&mut self, cells: impl Iterator<Item = String>) {
        for (i, text) in cells.enumerate() {
            if i > 0 {
                self.ready.push(b',');
            }
            if text.contains([',', '"', '\n', '\r', ';']) || text.starts_with(' ') || text.ends_with(' ') {
                self.ready.push(b'"');
                self.ready.extend_from_slice(text.replace('"', "\"\"").as_bytes());
                self.ready.push(b'"');
            } else {
                self.ready.extend_from_slice(text.as_bytes());
            }
        }
        self.ready.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use model::FieldType;
    use serde_json::json;

    use super::super::column::Part;
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_formulas_defused() {
        let column = |n: &str| Column { name: n.into(), label: n.into(), field: n.into(), part: Part::Whole, kind: FieldType::Text };
        let columns = [column("a"), column("b")];
        let mut csv = Csv::default();
        csv.begin(&columns).unwrap();
        csv.row(&columns, json!({"a": "x, \"y\"\nz", "b": "=1+1"}).as_object().unwrap()).unwrap();
        assert_eq!(String::from_utf8(csv.take()).unwrap(), "a,b\r\n\"x, \"\"y\"\"\nz\",'=1+1\r\n");
    }
}
