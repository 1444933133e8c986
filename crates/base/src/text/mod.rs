//! Text computed once: shortening, folding, collation keys, words for search, pinyin.
//!
//! What is computed here is stored beside values and compared byte by byte on both databases and in memory
//! (design, "Decided now" 4), so a change of a function's result needs a rebuild of the stored companions.

mod alike;
mod fold;
mod han;
mod key;
mod words;

use std::borrow::Cow;

pub use alike::{name_core, similarity};
pub use fold::fold;
pub use han::{is_han, pinyin, pinyin_joined};
pub use key::sort_key;
pub use words::{index_words, phone_digits, pinyin_words, words, words_of_query};

/// At most `max` characters, with an ellipsis where something was cut.
pub fn shorten(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_string(),
    }
}

/// Canonical composition (NFC), the form in which text is kept.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// The decimal digits of a text in any script, as ASCII: what two ways of writing a phone number have in common.
pub fn digits(text: &str) -> String {
    text.chars().filter_map(digit).collect()
}

/// Zeros of the scripts whose digits people use in phone numbers and amounts; nine more digits follow each.
const ZEROS: &[char] = &['0', '\u{660}', '\u{6F0}', '\u{966}', '\u{FF10}'];

/// A decimal digit of any script as its ASCII digit.
pub fn digit(c: char) -> Option<char> {
    ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|d| *d < 10)).and_then(|d| char::from_digit(d, 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_any_script_are_told() {
        assert_eq!(digits("+39 (02) 1234-56"), "39021234 56".replace(' ', ""));
        assert_eq!(digits("０１２-٣٤"), "01234");
        assert_eq!(digits("ext."), "");
    }

    #[test]
    fn text_is_kept_composed() {
        assert_eq!(nfc("Mu\u{308}ller"), "Müller");
        assert!(matches!(nfc("plain"), Cow::Borrowed(_)));
    }

    #[test]
    fn shortening_counts_characters_not_bytes() {
        assert_eq!(shorten("王晓明先生", 3), "王晓明…");
        assert_eq!(shorten("abc", 3), "abc");
    }
}
