//! The words by which search finds a record.

use base::Value;
use base::text;
use model::{Field, FieldType, Object};

use super::Record;
use crate::ctx::Ctx;
use crate::role;

/// Words of all fields marked `search`, the title's first; Chinese names also by their pinyin, phone numbers by
/// their digits and by the last digits that people remember.
pub fn of(object: &Object, record: &Record) -> Vec<String> {
    let mut all = Vec::new();
    for field in searched(object) {
        collect(field.kind, record.get(&field.name), &mut all);
    }
    all
}

/// The fields whose words are searched, the title first.
fn searched(object: &Object) -> impl Iterator<Item = &Field> {
    let title = object.fields.iter().filter(|f| f.name == object.title);
    let rest = object.fields.iter().filter(|f| f.search && f.alias_of.is_none() && f.name != object.title);
    title.chain(rest)
}

/// Are there words that the caller may not read? The index holds those of all fields together.
pub fn has_unreadable(ctx: &Ctx, object: &Object) -> bool {
    searched(object).any(|f| !role::may_read_field(ctx, object, f))
}

/// Does the record answer these words by fields that the caller may read?
pub fn answers(ctx: &Ctx, object: &Object, record: &Record, words: &[String], is_last_prefix: bool) -> bool {
    let mut all = Vec::new();
    for field in searched(object).filter(|f| role::may_read_field(ctx, object, f)) {
        collect(field.kind, record.get(&field.name), &mut all);
    }
    asked(words, is_last_prefix).all(|word| word.is_among(&all))
}

/// A word that is asked for, perhaps only its beginning.
struct Word<'a> {
    text: &'a str,
    is_prefix: bool,
}

impl Word<'_> {
    fn is_among(&self, words: &[String]) -> bool {
        words.iter().any(|w| if self.is_prefix { w.starts_with(self.text) } else { w == self.text })
    }
}

fn asked(words: &[String], is_last_prefix: bool) -> impl Iterator<Item = Word<'_>> {
    words.iter().enumerate().map(move |(at, text)| Word { text, is_prefix: is_last_prefix && at + 1 == words.len() })
}

/// By what a record was found where its title does not tell.
pub struct FoundBy<'a> {
    pub field: &'a Field,
    /// The value, or of a long text what stands around the word.
    pub text: String,
    /// From which character to which the word stands in it; nothing where it was asked for in another script.
    pub place: Option<(usize, usize)>,
}

/// The first word that is not in the title, where it stands among the fields that the caller may read.
pub fn found_by<'a>(ctx: &Ctx, object: &'a Object, record: &Record, words: &[String], is_last_prefix: bool) -> Option<FoundBy<'a>> {
    let readable = |f: &&Field| role::may_read_field(ctx, object, f);
    let mut title = Vec::new();
    for field in searched(object).filter(|f| f.name == object.title).filter(readable) {
        collect(field.kind, record.get(&field.name), &mut title);
    }
    let word = asked(words, is_last_prefix).find(|word| !word.is_among(&title))?;
    for field in searched(object).filter(|f| f.name != object.title).filter(readable) {
        let mut all = Vec::new();
        leaves(field.kind, record.get(&field.name), &mut all);
        for (kind, value, text) in all {
            let mut of_value = Vec::new();
            collect(kind, &value, &mut of_value);
            if word.is_among(&of_value) {
                return Some(around(field, &text, place_of(&text, word.text)));
            }
        }
    }
    None
}

/// The single values of a field, as they are searched, and as they are read.
fn leaves(kind: FieldType, value: &Value, out: &mut Vec<(FieldType, Value, String)>) {
    match (kind, value) {
        (_, Value::List(items)) => items.iter().for_each(|item| leaves(kind, item, out)),
        (_, Value::Text(text)) => out.push((kind, value.clone(), text.clone())),
        (_, Value::Int(n)) => out.push((kind, value.clone(), n.to_string())),
        (FieldType::Phones | FieldType::Emails, Value::Map(_)) => {
            let part = if kind == FieldType::Phones { "number" } else { "address" };
            out.extend(value.part(part).as_text().map(|text| (kind, value.clone(), text.to_string())));
        }
        (_, Value::Map(parts)) => parts.values().for_each(|part| leaves(FieldType::Text, part, out)),
        _ => {}
    }
}

/// Where a folded word begins and ends, in characters: at the beginning of a word before anywhere else, of digits over
/// whatever is written between them.
fn place_of(text: &str, word: &str) -> Option<(usize, usize)> {
    let characters: Vec<char> = text.chars().collect();
    let is_number = word.chars().all(|c| c.is_ascii_digit());
    let end = |from: usize| {
        let mut rest = word;
        for (at, c) in characters.iter().enumerate().skip(from) {
            let folded = text::fold(c.encode_utf8(&mut [0; 4]));
            match rest.strip_prefix(folded.as_str()) {
                Some(left) if !folded.is_empty() => rest = left,
                _ if rest.starts_with(char::is_alphanumeric) && folded.starts_with(rest) => rest = "",
                _ if at > from && is_number && !c.is_alphanumeric() => {}
                _ => return None,
            }
            if rest.is_empty() {
                return Some(at + 1);
            }
        }
        None
    };
    let begins = |at: usize| at == 0 || characters.get(at - 1).is_some_and(|c| !c.is_alphanumeric());
    let places = (0..characters.len()).filter_map(|from| Some((from, end(from)?)));
    let (first, others): (Vec<_>, Vec<_>) = places.partition(|(from, _)| begins(*from));
    first.into_iter().chain(others).next()
}

/// Characters of a long text before and after the word.
const BEFORE: usize = 20;
const AFTER: usize = 60;

fn around<'a>(field: &'a Field, text: &str, place: Option<(usize, usize)>) -> FoundBy<'a> {
    let count = text.chars().count();
    let (from, to) = place.unwrap_or((0, 0));
    let begin = if count > BEFORE + AFTER { from.saturating_sub(BEFORE) } else { 0 };
    let end = count.min(to.max(begin) + AFTER);
    let mut shown: String = text.chars().skip(begin).take(end - begin).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut shift = 0;
    if begin > 0 {
        shown.insert(0, '…');
        shift = 1;
    }
    if end < count {
        shown.push('…');
    }
    FoundBy { field, text: shown, place: place.map(|(from, to)| (from - begin + shift, to - begin + shift)) }
}

fn collect(kind: FieldType, value: &Value, out: &mut Vec<String>) {
    match (kind, value) {
        (FieldType::Phone, Value::Text(number)) => phone(number, out),
        (_, Value::Text(written)) => out.extend(text::index_words(written)),
        (_, Value::Int(n)) => out.push(n.to_string()),
        (_, Value::List(items)) => items.iter().for_each(|item| collect(kind, item, out)),
        (FieldType::Phones, Value::Map(_)) => {
            if let Some(number) = value.part("number").as_text() {
                phone(number, out);
            }
        }
        (FieldType::Emails, Value::Map(_)) => {
            if let Some(address) = value.part("address").as_text() {
                out.push(text::fold(address));
                out.extend(text::words(address));
            }
        }
        (_, Value::Map(parts)) => parts.values().for_each(|part| collect(FieldType::Text, part, out)),
        _ => {}
    }
}

/// All digits, and every tail of at least four digits, so that any part from some digit on is a prefix of a word.
fn phone(number: &str, out: &mut Vec<String>) {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let starts = digits.len().saturating_sub(3);
    for start in 0..starts.min(12) {
        if let Some(tail) = digits.get(start..) {
            out.push(tail.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_again_where_it_stands() {
        let marked =
            |text: &str, word: &str| place_of(text, word).map(|(from, to)| text.chars().skip(from).take(to - from).collect::<String>());
        for (text, word, wanted) in [
            ("+39 0461 555 7093", "5557093", Some("555 7093")),
            ("+390461555", "0461555", Some("0461555")),
            ("info@café-müller.example", "muller", Some("müller")),
            ("Straße 5", "strasse", Some("Straße")),
            ("anna@gelati.example", "gelati", Some("gelati")),
            ("anagelati gelati", "gelati", Some("gelati")),
            ("上海冷链", "冷链", Some("冷链")),
            ("上海冷链", "lenglian", None),
        ] {
            assert_eq!(marked(text, word).as_deref(), wanted, "{word} in {text}");
        }
        assert_eq!(place_of("anagelati gelati", "gelati"), Some((10, 16)));
    }
}
