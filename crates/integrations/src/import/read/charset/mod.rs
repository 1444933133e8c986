//! Character sets of files: which one a file is written in, and its bytes as Unicode.
//!
//! What browsers know comes from `encoding_rs`. Beside it stand what old exports still hold: UTF-32, ISO-2022-KR,
//! the DOS code pages, and Japanese text of systems other than Windows. Start with [`detect::detect`].

pub mod detect;
mod plausible;
mod table;

use encoding_rs::Encoding;

/// A character set, by what is needed to read it.
#[derive(Clone, Copy, PartialEq)]
pub enum Charset {
    Known(&'static Encoding),
    /// Shift_JIS or EUC-JP without Microsoft's extensions: the wave dash and its kin as JIS X 0208 means them.
    Jis(&'static Encoding),
    Utf32 {
        big_endian: bool,
    },
    Iso2022Kr,
    Page(&'static table::Page),
}

/// Names that `encoding_rs` does not know, or reads as something else.
const NAMES: &[(&str, Charset)] = &[
    ("iso-2022-kr", Charset::Iso2022Kr),
    ("utf-32", Charset::Utf32 { big_endian: false }),
    ("utf-32le", Charset::Utf32 { big_endian: false }),
    ("utf-32be", Charset::Utf32 { big_endian: true }),
    ("ibm855", Charset::Page(&table::IBM855)),
    ("cp855", Charset::Page(&table::IBM855)),
    ("ibm850", Charset::Page(&table::IBM850)),
    ("cp850", Charset::Page(&table::IBM850)),
    ("ibm437", Charset::Page(&table::IBM437)),
    ("cp437", Charset::Page(&table::IBM437)),
    ("cp932", Charset::Known(encoding_rs::SHIFT_JIS)),
    ("cp949", Charset::Known(encoding_rs::EUC_KR)),
    ("cp936", Charset::Known(encoding_rs::GBK)),
    ("tis-620", Charset::Known(encoding_rs::WINDOWS_874)),
    ("mac-roman", Charset::Known(encoding_rs::MACINTOSH)),
    ("mac-cyrillic", Charset::Known(encoding_rs::X_MAC_CYRILLIC)),
];

impl Charset {
    /// By the name that a person or a mapping file gives.
    pub fn named(name: &str) -> Option<Charset> {
        let wanted = name.trim().to_ascii_lowercase().replace('_', "-");
        let own = NAMES.iter().find(|(n, _)| *n == wanted).map(|(_, c)| *c);
        own.or_else(|| Encoding::for_label(wanted.as_bytes()).filter(|e| *e != encoding_rs::REPLACEMENT).map(Charset::Known))
    }

    pub fn name(self) -> &'static str {
        match self {
            Charset::Known(encoding) | Charset::Jis(encoding) => encoding.name(),
            Charset::Utf32 { big_endian: false } => "UTF-32LE",
            Charset::Utf32 { big_endian: true } => "UTF-32BE",
            Charset::Iso2022Kr => "ISO-2022-KR",
            Charset::Page(page) => page.name,
        }
    }

    /// The mark that may stand at the very start of a text in this character set.
    pub fn mark(self) -> &'static [u8] {
        match self {
            Charset::Known(e) if e == encoding_rs::UTF_8 => b"\xEF\xBB\xBF",
            Charset::Known(e) if e == encoding_rs::UTF_16LE => b"\xFF\xFE",
            Charset::Known(e) if e == encoding_rs::UTF_16BE => b"\xFE\xFF",
            Charset::Utf32 { big_endian: false } => b"\xFF\xFE\0\0",
            Charset::Utf32 { big_endian: true } => b"\0\0\xFE\xFF",
            _ => b"",
        }
    }

    pub fn decoder(self) -> Decoder {
        let inner = match self {
            Charset::Known(e) => Inner::Known { decoder: e.new_decoder_without_bom_handling(), jis: false },
            Charset::Jis(e) => Inner::Known { decoder: e.new_decoder_without_bom_handling(), jis: true },
            Charset::Utf32 { big_endian } => Inner::Utf32 { big_endian, rest: Vec::new() },
            Charset::Iso2022Kr => {
                Inner::Iso2022Kr { decoder: encoding_rs::EUC_KR.new_decoder_without_bom_handling(), shifted: false, escape: Vec::new() }
            }
            Charset::Page(page) => Inner::Page(page),
        };
        Decoder { inner, replaced: false }
    }
}

/// Turns bytes that arrive in pieces into text; what cannot be read becomes U+FFFD.
pub struct Decoder {
    inner: Inner,
    /// Something could not be read and was replaced.
    pub replaced: bool,
}

enum Inner {
    Known { decoder: encoding_rs::Decoder, jis: bool },
    Utf32 { big_endian: bool, rest: Vec<u8> },
    Iso2022Kr { decoder: encoding_rs::Decoder, shifted: bool, escape: Vec<u8> },
    Page(&'static table::Page),
}

impl Decoder {
    /// Appends the text of `bytes` to `out`; `last` says that no more follow.
    pub fn decode(&mut self, bytes: &[u8], last: bool, out: &mut String) {
        match &mut self.inner {
            Inner::Known { decoder, jis } => {
                let from = out.len();
                self.replaced |= decode_known(decoder, bytes, last, out);
                if *jis {
                    mean_jis(out, from);
                }
            }
            Inner::Utf32 { big_endian, rest } => {
                rest.extend_from_slice(bytes);
                let whole = rest.len() - rest.len() % 4;
                for four in rest.drain(..whole).collect::<Vec<u8>>().chunks_exact(4) {
                    let c = four_bytes(four, *big_endian).and_then(char::from_u32);
                    self.replaced |= c.is_none();
                    out.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                self.replaced |= last && !rest.is_empty();
            }
            Inner::Iso2022Kr { decoder, shifted, escape } => {
                let plain = unshift(bytes, shifted, escape);
                self.replaced |= decode_known(decoder, &plain, last, out);
            }
            Inner::Page(page) => out.extend(bytes.iter().map(|b| page.char(*b))),
        }
    }
}

fn decode_known(decoder: &mut encoding_rs::Decoder, mut bytes: &[u8], last: bool, out: &mut String) -> bool {
    let mut replaced = false;
    loop {
        out.reserve(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3).max(16));
        let (result, read, had_errors) = decoder.decode_to_string(bytes, out, last);
        replaced |= had_errors;
        bytes = bytes.get(read..).unwrap_or_default();
        if result == encoding_rs::CoderResult::InputEmpty {
            return replaced;
        }
    }
}

pub fn four_bytes(four: &[u8], big_endian: bool) -> Option<u32> {
    let four = <[u8; 4]>::try_from(four).ok()?;
    Some(if big_endian { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) })
}

/// ISO-2022-KR to EUC-KR: between SO and SI the high bit is set; the announcing escape sequence goes.
fn unshift(bytes: &[u8], shifted: &mut bool, escape: &mut Vec<u8>) -> Vec<u8> {
    const ANNOUNCED: &[u8] = b"\x1B$)C";
    let mut plain = Vec::with_capacity(bytes.len());
    for byte in bytes {
        if !escape.is_empty() || *byte == 0x1B {
            escape.push(*byte);
            if escape.len() == ANNOUNCED.len() {
                if escape != ANNOUNCED {
                    plain.extend_from_slice(escape);
                }
                escape.clear();
            }
            continue;
        }
        match byte {
            0x0E => *shifted = true,
            0x0F => *shifted = false,
            0x21..=0x7E if *shifted => plain.push(byte | 0x80),
            other => plain.push(*other),
        }
    }
    plain
}

/// Where Microsoft's table and JIS X 0208 name the same character differently.
const JIS: &[(char, char)] = &[('～', '〜'), ('∥', '‖'), ('－', '−'), ('￠', '¢'), ('￡', '£'), ('￢', '¬')];

fn mean_jis(out: &mut String, from: usize) {
    let tail = out.split_off(from);
    out.extend(tail.chars().map(|c| JIS.iter().find(|(microsoft, _)| *microsoft == c).map_or(c, |(_, jis)| *jis)));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes byte by byte, as the worst of networks would deliver.
    fn read(name: &str, bytes: &[u8]) -> String {
        let mut decoder = Charset::named(name).unwrap().decoder();
        let mut out = String::new();
        for byte in bytes {
            decoder.decode(std::slice::from_ref(byte), false, &mut out);
        }
        decoder.decode(&[], true, &mut out);
        out
    }

    #[test]
    fn text_is_read_in_any_pieces() {
        assert_eq!(read("utf-8", "Forlì 王晓明".as_bytes()), "Forlì 王晓明");
        assert_eq!(read("windows-1252", b"Forl\xEC \x80 5"), "Forlì € 5");
        assert_eq!(read("cp850", b"Forl\x8D"), "Forlì");
        assert_eq!(read("utf-32be", &[0, 0, 0x73, 0x8B]), "王");
        assert_eq!(read("ISO_2022_KR", b"\x1B$)C\x0E0!\x0F-\x0E0!\x0F"), "가-가");
        assert_eq!(read("shift_jis", b"\x81\x60"), "～");
    }

    #[test]
    fn names_that_nobody_knows_are_refused() {
        assert!(Charset::named("klingon").is_none());
        assert!(Charset::named("replacement").is_none());
    }

    #[test]
    fn what_cannot_be_read_is_marked() {
        let mut decoder = Charset::named("utf-8").unwrap().decoder();
        let mut out = String::new();
        decoder.decode(b"a\xFFb", true, &mut out);
        assert_eq!((out.as_str(), decoder.replaced), ("a\u{FFFD}b", true));
    }
}
