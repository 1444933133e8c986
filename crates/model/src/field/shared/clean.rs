//! Text from outside in the form in which it is kept: NFC, trimmed, without control characters, not too long.

use base::text::{nfc, shorten};
use serde_json::Value as Json;

use super::wrong::Wrong;
use crate::object::Field;

/// The text of a JSON value.
pub fn text<'a>(input: &'a Json, example: &str) -> Result<&'a str, Wrong> {
    input.as_str().ok_or_else(|| Wrong::kind(format!("Write text in quotes, such as \"{example}\"")))
}

/// One line; `None` when nothing is left of it.
pub fn line(text: &str, longest: usize) -> Result<Option<String>, Wrong> {
    let text = trim(text);
    if text.is_empty() {
        return Ok(None);
    }
    check(text, longest, |_| false)?;
    Ok(Some(nfc(text).into_owned()))
}

/// Several lines; `\r\n` becomes `\n`, blank lines around go, indentation stays.
pub fn block(text: &str, longest: usize) -> Result<Option<String>, Wrong> {
    let lines = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_string() };
    let mut text = lines.trim_end().trim_start_matches('\u{feff}');
    while let Some((first, rest)) = text.split_once('\n').filter(|(first, _)| first.trim().is_empty()) {
        debug_assert!(first.len() < text.len());
        text = rest;
    }
    if text.is_empty() {
        return Ok(None);
    }
    check(text, longest, |c| matches!(c, '\n' | '\t'))?;
    Ok(Some(nfc(text).into_owned()))
}

/// A cell of a file as one line: line breaks and tabs become spaces.
pub fn cell(text: &str, longest: usize) -> Result<Option<String>, Wrong> {
    if text.contains(['\n', '\r', '\t', '\u{b}', '\u{c}']) {
        return line(&text.split_whitespace().collect::<Vec<_>>().join(" "), longest);
    }
    line(text, longest)
}

/// White space and the marks that nobody sees around a text.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}'))
}

/// The greatest number of characters of a field.
pub fn longest(field: &Field, default: usize) -> usize {
    field.max.and_then(|max| usize::try_from(max).ok()).unwrap_or(default)
}

fn check(text: &str, longest: usize, is_allowed: impl Fn(char) -> bool) -> Result<(), Wrong> {
    if text.len() > longest && text.chars().count() > longest {
        return Err(Wrong::new("too_long", format!("This has {} characters; at most {longest} fit", text.chars().count())));
    }
    match text.chars().position(|c| c.is_control() && !is_allowed(c)) {
        None => Ok(()),
        Some(at) => {
            let c = text.chars().nth(at).unwrap_or_default();
            let what = match c {
                '\n' | '\r' => "a line break".to_string(),
                '\t' => "a tab".to_string(),
                c => format!("the invisible character U+{:04X}", u32::from(c)),
            };
            Err(Wrong::format(format!("Character {} is {what}; remove it", at + 1)))
        }
    }
}

/// The path of a member that the caller named himself.
pub fn below(path: &str, name: &str) -> String {
    format!("{path}.{}", shorten(name, 60))
}

/// A text as it is quoted in a message.
pub fn quote(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", shorten(visible.trim(), 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_composed_and_trimmed() {
        assert_eq!(line("  Mu\u{308}ller\u{a0} ", 20), Ok(Some("Müller".into())));
        assert_eq!(line("\u{feff} \u{200b}", 20), Ok(None));
        assert_eq!(line("<b>bold</b>", 20), Ok(Some("<b>bold</b>".into())));
        assert_eq!(line("ab\ncd", 20).unwrap_err().message, "Character 3 is a line break; remove it");
        assert_eq!(line("ab\u{0}", 20).unwrap_err().message, "Character 3 is the invisible character U+0000; remove it");
        assert_eq!(line("王晓明王晓明", 5).unwrap_err().message, "This has 6 characters; at most 5 fit");
    }

    #[test]
    fn a_block_keeps_its_lines() {
        assert_eq!(block("\r\n \r\n  - one\r\n\t- two\r\n\r\n", 100), Ok(Some("  - one\n\t- two".into())));
        assert_eq!(block(" \n \n", 100), Ok(None));
        assert!(block("a\u{1b}[31m", 100).is_err());
    }

    #[test]
    fn a_cell_of_several_lines_becomes_one() {
        assert_eq!(cell("Via Roma 1\r\n38122  Trento", 100), Ok(Some("Via Roma 1 38122 Trento".into())));
    }
}
