//! What is checked before a workbook is unpacked, so that a small file cannot fill the memory.
//!
//! A workbook is a zip of XML files. Each is unpacked once here, piece by piece, and measured; sizes that the file
//! states about itself are not believed.

use std::io::{Read, Seek, SeekFrom};

use base::{Code, Error, Result};

use super::{Input, MAX_CELL};

/// Bytes of all parts together, unpacked.
const MAX_UNPACKED: u64 = 2 << 30;
/// Bytes of a part that is held in memory as a whole: texts, styles, the list of sheets.
const MAX_HELD: u64 = 256 << 20;
/// Different texts of a workbook.
const MAX_TEXTS: u64 = 5_000_000;
/// Files in the archive.
const MAX_PARTS: usize = 10_000;

pub fn check(input: &mut Box<dyn Input>) -> Result<()> {
    refuse_crowds(input)?;
    input.seek(SeekFrom::Start(0))?;
    let mut archive = zip::ZipArchive::new(&mut *input).map_err(|_| unreadable())?;
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| unreadable())?;
        let name = part.name().map_err(|_| unreadable())?.into_owned();
        if part.encrypted() {
            return Err(Error::invalid("The workbook is protected with a password; save it without one"));
        }
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        unpacked += measure(&mut part, &name, MAX_UNPACKED - unpacked)?;
    }
    input.seek(SeekFrom::Start(0))?;
    Ok(())
}

fn unreadable() -> Error {
    Error::invalid("The workbook is damaged, or no workbook (.xlsx)")
}

fn too_large(what: &str) -> Error {
    Error::new(Code::TooLarge, format!("The workbook is too large: {what}"))
}

/// The number of files stands at the end of a zip; reading their list already takes memory for each.
fn refuse_crowds(input: &mut Box<dyn Input>) -> Result<()> {
    let length = input.seek(SeekFrom::End(0))?;
    input.seek(SeekFrom::Start(length.saturating_sub(66_000)))?;
    let mut tail = Vec::new();
    input.take(66_000).read_to_end(&mut tail)?;
    let at = tail.windows(4).rposition(|w| w == b"PK\x05\x06").ok_or_else(unreadable)?;
    let count = tail.get(at + 10..at + 12).and_then(|b| <[u8; 2]>::try_from(b).ok()).map(u16::from_le_bytes).ok_or_else(unreadable)?;
    if usize::from(count) > MAX_PARTS {
        return Err(too_large("it holds too many parts"));
    }
    Ok(())
}

/// Unpacks one part without keeping it; returns its size.
fn measure(part: &mut impl Read, name: &str, left: u64) -> Result<u64> {
    let held = !name.contains("worksheets/");
    let limit = if held { left.min(MAX_HELD) } else { left };
    let mut piece = vec![0; 64 * 1024];
    let (mut size, mut run) = (0_u64, 0_usize);
    let mut start: Vec<u8> = Vec::new();
    loop {
        let length = part.read(&mut piece).map_err(|_| unreadable())?;
        let bytes = piece.get(..length).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        size += u64::try_from(length).unwrap_or(u64::MAX);
        if size > limit {
            return Err(too_large("its contents are many times larger than the file"));
        }
        if start.len() < 4_096 {
            start.extend_from_slice(bytes.get(..bytes.len().min(4_096)).unwrap_or_default());
        }
        run = longest_run(bytes, run)?;
    }
    if name.ends_with("sharedStrings.xml") && stated_texts(&start) > MAX_TEXTS {
        return Err(too_large("it states too many texts"));
    }
    Ok(size)
}

/// Text between two tags is read as a whole; twice the limit of a cell leaves room for escapes.
fn longest_run(bytes: &[u8], mut run: usize) -> Result<usize> {
    for part in bytes.split_inclusive(|b| *b == b'<') {
        run += part.len();
        if run > MAX_CELL * 2 {
            return Err(too_large(&format!("one of its cells is longer than {MAX_CELL} bytes")));
        }
        if part.ends_with(b"<") {
            run = 0;
        }
    }
    Ok(run)
}

/// The number of texts that the file announces, for which memory is set aside at once.
fn stated_texts(start: &[u8]) -> u64 {
    let start = String::from_utf8_lossy(start);
    let stated = start.split("uniqueCount").nth(1).map(|rest| rest.trim_start_matches(['=', '"', '\'', ' ']));
    let digits: String = stated.unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
    if digits.is_empty() { 0 } else { digits.parse().unwrap_or(u64::MAX) }
}
