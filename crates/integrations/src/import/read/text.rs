//! A file as Unicode text, decoded while it is read.

use std::io::{BufRead, Read, SeekFrom};

use base::Result;

use super::Input;
use super::charset::{Charset, Decoder};

const PIECE: usize = 64 * 1024;

pub struct Text {
    input: Box<dyn Input>,
    charset: Charset,
    decoder: Decoder,
    raw: Vec<u8>,
    decoded: String,
    at: usize,
    ended: bool,
}

/// Reads until the buffer is full or the input ends.
pub fn fill(input: &mut (impl Read + ?Sized), buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|r| !r.is_empty()) {
        match input.read(rest)? {
            0 => break,
            n => filled += n,
        }
    }
    Ok(filled)
}

impl Text {
    pub fn open(input: Box<dyn Input>, charset: Charset) -> Result<Text> {
        let mut text =
            Text { input, charset, decoder: charset.decoder(), raw: vec![0; PIECE], decoded: String::new(), at: 0, ended: false };
        text.rewind()?;
        Ok(text)
    }

    pub fn charset(&self) -> Charset {
        self.charset
    }

    /// Back to the first character, after a byte-order mark.
    pub fn rewind(&mut self) -> Result<()> {
        let mark = self.charset.mark();
        let mut start = vec![0; mark.len()];
        self.input.seek(SeekFrom::Start(0))?;
        let length = fill(&mut self.input, &mut start)?;
        if start.get(..length) != Some(mark) {
            self.input.seek(SeekFrom::Start(0))?;
        }
        self.decoder = self.charset.decoder();
        self.decoded.clear();
        self.at = 0;
        self.ended = false;
        Ok(())
    }

    /// The first characters, about as many bytes of them as asked; reading starts over afterwards.
    pub fn sample(&mut self, bytes: usize) -> Result<String> {
        self.rewind()?;
        let mut sample = String::new();
        while sample.len() < bytes {
            let piece = self.fill_buf()?;
            if piece.is_empty() {
                break;
            }
            let length = piece.len();
            sample.push_str(&String::from_utf8_lossy(piece));
            self.consume(length);
        }
        self.rewind()?;
        Ok(sample)
    }

    /// The next line without its end, `None` after the last; one longer than `limit` is cut and the rest skipped.
    pub fn line(&mut self, limit: usize, out: &mut String) -> Result<Option<Line>> {
        let mut bytes: Vec<u8> = Vec::new();
        let mut too_long = false;
        let mut any = false;
        loop {
            let piece = self.fill_buf()?;
            if piece.is_empty() {
                break;
            }
            any = true;
            let end = piece.iter().position(|b| *b == b'\n');
            let taken = piece.get(..end.unwrap_or(piece.len())).unwrap_or_default();
            if bytes.len() + taken.len() > limit {
                too_long = true;
            } else {
                bytes.extend_from_slice(taken);
            }
            let length = end.map_or(piece.len(), |e| e + 1);
            self.consume(length);
            if end.is_some() {
                break;
            }
        }
        out.clear();
        out.push_str(String::from_utf8_lossy(&bytes).trim_end_matches('\r'));
        Ok(any.then_some(Line { too_long }))
    }
}

pub struct Line {
    pub too_long: bool,
}

impl BufRead for Text {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        while self.at >= self.decoded.len() && !self.ended {
            let length = self.input.read(&mut self.raw)?;
            self.ended = length == 0;
            self.decoded.clear();
            self.at = 0;
            self.decoder.decode(self.raw.get(..length).unwrap_or_default(), self.ended, &mut self.decoded);
        }
        Ok(self.decoded.as_bytes().get(self.at..).unwrap_or_default())
    }
    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

impl Read for Text {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn lines_end_as_any_system_ends_them_and_have_a_limit() {
        let content = format!("one\r\ntwo\n{}\nlast", "x".repeat(100));
        let mut text = Text::open(Box::new(Cursor::new(content)), Charset::named("utf-8").unwrap()).unwrap();
        let mut lines = Vec::new();
        let mut line = String::new();
        while let Some(told) = text.line(50, &mut line).unwrap() {
            lines.push(if told.too_long { "too long".to_string() } else { line.clone() });
        }
        assert_eq!(lines, ["one", "two", "too long", "last"]);
    }

    #[test]
    fn reading_can_start_over_behind_the_mark() {
        let mut text = Text::open(Box::new(Cursor::new(b"\xEF\xBB\xBFForl\xC3\xAC")), Charset::named("utf-8").unwrap()).unwrap();
        for _ in 0..2 {
            let mut all = String::new();
            text.read_to_string(&mut all).unwrap();
            assert_eq!(all, "Forlì");
            text.rewind().unwrap();
        }
    }
}
