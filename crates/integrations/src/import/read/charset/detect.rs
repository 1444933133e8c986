//! Which character set a file is written in, from its bytes alone.
//!
//! In this order: byte-order mark; zeros, which only UTF-16 and UTF-32 have; escape sequences; valid UTF-8 through
//! the whole file; then a guess, compared with the sets that the guesser does not know.

use std::io::{Read, Seek, SeekFrom};

use base::Result;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use super::{Charset, four_bytes, plausible};

const PIECE: usize = 64 * 1024;
/// Bytes from the first one beyond ASCII on that a guess looks at.
const SAMPLE: usize = 1 << 20;

/// Reads the file once at most, and leaves it at its start.
pub fn detect(input: &mut (impl Read + Seek + ?Sized)) -> Result<Charset> {
    input.seek(SeekFrom::Start(0))?;
    let mut start = vec![0; PIECE];
    let length = fill(input, &mut start)?;
    start.truncate(length);
    let found = match by_mark(&start).or_else(|| by_zeros(&start)).or_else(|| by_escapes(&start)) {
        Some(charset) => charset,
        None => by_content(input)?,
    };
    input.seek(SeekFrom::Start(0))?;
    Ok(found)
}

fn fill(input: &mut (impl Read + ?Sized), buffer: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|r| !r.is_empty()) {
        match input.read(rest)? {
            0 => break,
            n => filled += n,
        }
    }
    Ok(filled)
}

fn by_mark(start: &[u8]) -> Option<Charset> {
    let candidates = [
        Charset::Utf32 { big_endian: false },
        Charset::Utf32 { big_endian: true },
        Charset::Known(UTF_8),
        Charset::Known(UTF_16LE),
        Charset::Known(UTF_16BE),
    ];
    candidates.into_iter().find(|c| start.starts_with(c.mark()))
}

/// UTF-16 and UTF-32 without a mark: the delimiters and line ends of a table give them away.
fn by_zeros(start: &[u8]) -> Option<Charset> {
    if !start.contains(&0) {
        return None;
    }
    let plain = |big_endian: bool| {
        let whole = start.chunks_exact(4);
        let good = whole.clone().filter(|four| four_bytes(four, big_endian).and_then(char::from_u32).is_some()).count();
        good > 0 && good == whole.count()
    };
    if let Some(big_endian) = [false, true].into_iter().find(|big| plain(*big)) {
        return Some(Charset::Utf32 { big_endian });
    }
    let even = start.get(..start.len() & !1).unwrap_or_default();
    let ascii = |encoding: &'static encoding_rs::Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(even);
        text.chars().filter(|c| c.is_ascii_graphic() || matches!(c, ' ' | '\n' | '\r' | '\t')).count()
    };
    let (little, big) = (ascii(UTF_16LE), ascii(UTF_16BE));
    let enough = little.max(big) * 50 > even.len();
    enough.then_some(Charset::Known(if little >= big { UTF_16LE } else { UTF_16BE }))
}

fn by_escapes(start: &[u8]) -> Option<Charset> {
    if start.iter().any(|b| *b >= 0x80) {
        return None;
    }
    let holds = |sequence: &[u8]| start.windows(sequence.len()).any(|w| w == sequence);
    if holds(b"\x1B$)C") {
        return Some(Charset::Iso2022Kr);
    }
    [b"\x1B$B", b"\x1B$@", b"\x1B(J"].into_iter().any(|s| holds(s)).then_some(Charset::Known(ISO_2022_JP))
}

/// How much of the file is UTF-8, counted through the pieces it is read in.
#[derive(Default)]
struct Utf8 {
    /// Bytes of a sequence that the last piece cut.
    rest: Vec<u8>,
    letters: u64,
    faults: u64,
}

impl Utf8 {
    fn feed(&mut self, piece: &[u8]) {
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend_from_slice(piece);
        let mut at = bytes.as_slice();
        loop {
            match std::str::from_utf8(at) {
                Ok(text) => {
                    self.letters += count(text);
                    return;
                }
                Err(fault) => {
                    let (good, bad) = at.split_at_checked(fault.valid_up_to()).unwrap_or((at, &[]));
                    self.letters += std::str::from_utf8(good).map_or(0, count);
                    let Some(length) = fault.error_len() else {
                        self.rest = bad.to_vec();
                        return;
                    };
                    self.faults += 1;
                    at = bad.get(length..).unwrap_or_default();
                }
            }
        }
    }

    /// Damaged in a few places only, and too much of it makes sense to be anything else.
    fn is_likely(&self) -> bool {
        let faults = self.faults + u64::from(!self.rest.is_empty());
        faults == 0 || self.letters > 20 && self.letters > faults * 20
    }
}

fn count(text: &str) -> u64 {
    u64::try_from(text.bytes().filter(|b| *b >= 0xC0).count()).unwrap_or(u64::MAX)
}

fn by_content(input: &mut (impl Read + Seek + ?Sized)) -> Result<Charset> {
    input.seek(SeekFrom::Start(0))?;
    let mut utf8 = Utf8::default();
    let mut sample: Vec<u8> = Vec::new();
    let mut piece = vec![0; PIECE];
    loop {
        let length = fill(input, &mut piece)?;
        let Some(bytes) = piece.get(..length).filter(|b| !b.is_empty()) else { break };
        utf8.feed(bytes);
        if sample.len() < SAMPLE && (!sample.is_empty() || !bytes.is_ascii()) {
            sample.extend_from_slice(bytes);
        }
    }
    if utf8.is_likely() {
        return Ok(Charset::Known(UTF_8));
    }
    Ok(guess(&sample))
}

fn guess(sample: &[u8]) -> Charset {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    if encoding == SHIFT_JIS || encoding == EUC_JP {
        return if holds_extensions(sample, encoding) { Charset::Known(encoding) } else { Charset::Jis(encoding) };
    }
    plausible::best(encoding, sample)
}

/// Rows that Microsoft, NEC and IBM added to JIS X 0208, and letters for users.
fn holds_extensions(sample: &[u8], encoding: &'static encoding_rs::Encoding) -> bool {
    let mut bytes = sample.iter().copied();
    while let Some(lead) = bytes.next() {
        if encoding == SHIFT_JIS && matches!(lead, 0x81..=0x9F | 0xE0..=0xFC) {
            if matches!(lead, 0x85..=0x88 | 0xEB..=0xFC) && !matches!((lead, bytes.clone().next()), (0x88, Some(0x9F..))) {
                return true;
            }
            bytes.next();
        } else if encoding == EUC_JP && lead >= 0xA1 {
            if matches!(lead, 0xA9..=0xAF | 0xF5..=0xFE) {
                return true;
            }
            bytes.next();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn told(bytes: &[u8]) -> &'static str {
        detect(&mut Cursor::new(bytes)).unwrap().name()
    }

    #[test]
    fn marks_zeros_and_escapes_are_enough() {
        assert_eq!(told(b"\xEF\xBB\xBFname\n"), "UTF-8");
        assert_eq!(told(b"\xFF\xFEn\0a\0"), "UTF-16LE");
        assert_eq!(told(b"\xFF\xFE\0\0n\0\0\0"), "UTF-32LE");
        assert_eq!(told(b"\0n\0a\0m\0e\0,\0c\0i\0t\0y\0\n"), "UTF-16BE");
        assert_eq!(told(b"n\0\0\0a\0\0\0"), "UTF-32LE");
        assert_eq!(told(b"\x1B$)C\x0E0!\x0F"), "ISO-2022-KR");
        assert_eq!(told(b""), "UTF-8");
    }

    #[test]
    fn a_late_letter_is_still_seen() {
        let mut bytes = b"name,city\n".repeat(20_000);
        bytes.extend_from_slice(b"Rossi,Forl\xEC\nBianchi,Cant\xF9\n");
        assert_eq!(told(&bytes), "windows-1252");
        let mut bytes = b"name,city\n".repeat(20_000);
        bytes.extend_from_slice("Rossi,Forlì\n".as_bytes());
        assert_eq!(told(&bytes), "UTF-8");
    }

    #[test]
    fn one_damaged_letter_does_not_turn_a_file_into_another_set() {
        let mut bytes = "Rossi,Forlì,Città di Castello\n".repeat(50).into_bytes();
        bytes.extend_from_slice(b"Bianchi,Cant\xF9,\n");
        assert_eq!(told(&bytes), "UTF-8");
    }

    #[test]
    fn sets_of_other_systems_are_recognised() {
        let mac: &[u8] = b"nome,citt\x88\nRossi,Forl\x93\nBianchi,Cant\x9D\nVerdi,San Nicol\x98\nNeri,perch\x8E\n";
        assert_eq!(told(mac), "macintosh");
        let dos: &[u8] = b"nome,citt\x85\nRossi,Forl\x8D\nBianchi,Cant\x97\nVerdi,San Nicol\x95\nNeri,perch\x82\n";
        assert_eq!(told(dos), "IBM850");
        assert_eq!(told(b"price\n\xA3825\n\xA32\n"), "windows-1252");
    }
}
