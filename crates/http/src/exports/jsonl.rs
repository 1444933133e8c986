//! One record a line, exactly as the interface writes it.

use std::io::Write;

use base::Result;
use serde_json::{Map, Value as Json};

use super::Sheet;
use super::column::Column;

#[derive(Default)]
pub struct Lines {
    ready: Vec<u8>,
}

impl Sheet for Lines {
    fn begin(&mut self, _: &[Column]) -> Result<()> {
        Ok(())
    }
    fn row(&mut self, _: &[Column], item: &Map<String, Json>) -> Result<()> {
        serde_json::to_writer(&mut self.ready, item)?;
        self.ready.push(b'\n');
        Ok(())
    }
    fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.ready)
    }
    fn finish(&mut self, out: &mut dyn Write) -> Result<()> {
        Ok(out.write_all(&self.take())?)
    }
}
