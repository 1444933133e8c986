//! A workbook for Excel and its kin. Texts are written as texts, so nothing in them is ever run.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, Write};

use base::{Id, Result};
use kernel::Ctx;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use serde_json::{Map, Value as Json};

use super::column::Column;
use super::{Sheet, cell};

/// Rows of one sheet, its header not counted; the format allows 1,048,576 in all.
const ROWS: u32 = 1_000_000;
/// Characters of one cell.
const CELL: usize = 32_767;

pub struct Xlsx {
    book: Workbook,
    /// A file without a name: it is gone when it is closed, whatever happens.
    file: File,
    columns: Vec<Column>,
    rows: u32,
}

impl Xlsx {
    pub fn new(ctx: &Ctx) -> Result<Self> {
        let folder = ctx.engine.files().join("incoming");
        fs::create_dir_all(&folder)?;
        let path = folder.join(Id::new().to_string());
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
        fs::remove_file(&path)?;
        let mut book = Workbook::new();
        book.set_tempdir(&folder)?;
        Ok(Xlsx { book, file, columns: Vec::new(), rows: 0 })
    }

    fn next_sheet(&mut self) -> Result<()> {
        let bold = Format::new().set_bold();
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        for (at, column) in self.columns.iter().enumerate() {
            sheet.write_string_with_format(0, u16::try_from(at)?, &column.label, &bold)?;
        }
        self.rows = 0;
        Ok(())
    }

    fn sheet(&mut self) -> Result<&mut Worksheet> {
        let last = self.book.worksheets().len().saturating_sub(1);
        Ok(self.book.worksheet_from_index(last)?)
    }
}

impl Sheet for Xlsx {
    fn begin(&mut self, columns: &[Column]) -> Result<()> {
        self.columns = columns.to_vec();
        self.next_sheet()
    }

    fn row(&mut self, columns: &[Column], item: &Map<String, Json>) -> Result<()> {
        if self.rows == ROWS {
            self.next_sheet()?;
        }
        self.rows += 1;
        let row = self.rows;
        let sheet = self.sheet()?;
        for (at, column) in columns.iter().enumerate() {
            let at = u16::try_from(at)?;
            match cell::typed(column, item) {
                cell::Cell::Empty => {}
                cell::Cell::Number(number) => drop(sheet.write_number(row, at, number)?),
                cell::Cell::Flag(flag) => drop(sheet.write_boolean(row, at, flag)?),
                cell::Cell::Text(text) => drop(sheet.write_string(row, at, text.chars().take(CELL).collect::<String>())?),
            }
        }
        Ok(())
    }

    fn take(&mut self) -> Vec<u8> {
        Vec::new()
    }

    fn finish(&mut self, out: &mut dyn Write) -> Result<()> {
        self.book.save_to_writer(&mut self.file)?;
        self.file.rewind()?;
        io::copy(&mut self.file, out)?;
        Ok(())
    }
}
