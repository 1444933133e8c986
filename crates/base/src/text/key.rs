//! Sort keys: bytes whose order is the order people expect, on both databases and in memory.

use std::sync::OnceLock;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};

use super::han;

/// Beyond this many characters two texts are the same to a sort; keeps keys within what an index can hold.
const CHARACTERS: usize = 200;

/// The collation key of the root locale, tertiary strength. Han sorts by its pinyin among Latin text; texts of the
/// same sound are told apart by the characters themselves.
pub fn sort_key(text: &str) -> Vec<u8> {
    let text = text.trim();
    let text = text.char_indices().nth(CHARACTERS).and_then(|(at, _)| text.get(..at)).unwrap_or(text);
    let mut key = Vec::with_capacity(text.len() * 2 + 8);
    match han::pinyin(text) {
        None => write(text, &mut key),
        Some(sound) => {
            write(&sound, &mut key);
            // No key contains a zero byte, so this ends the first part below every continuation of it.
            key.push(0);
            key.extend_from_slice(text.as_bytes());
        }
    }
    key
}

fn write(text: &str, key: &mut Vec<u8>) {
    static ROOT: OnceLock<Option<CollatorBorrowed<'static>>> = OnceLock::new();
    let root = ROOT.get_or_init(|| {
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Tertiary);
        Collator::try_new(CollatorPreferences::default(), options).ok()
    });
    match root {
        Some(collator) => {
            let Ok(()) = collator.write_sort_key_to(text, key);
        }
        // The root tables are compiled in, so this does not happen; folded text still sorts sensibly.
        None => key.extend_from_slice(super::fold(text).as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::sort_key;

    fn sorted(mut texts: Vec<&str>) -> Vec<&str> {
        texts.sort_by_key(|t| sort_key(t));
        texts
    }

    #[test]
    fn names_stand_where_people_look_for_them() {
        assert_eq!(
            sorted(vec!["Zeta", "übung", "Ubuntu", "Äpfel", "apfel", "Apfel"]),
            ["apfel", "Apfel", "Äpfel", "übung", "Ubuntu", "Zeta"]
        );
        assert_eq!(sorted(vec!["Łódź", "Lublin", "Lwów", "Kraków"]), ["Kraków", "Łódź", "Lublin", "Lwów"]);
        assert_eq!(sorted(vec!["perché", "perche", "Perché?", "pera"]), ["pera", "perche", "perché", "Perché?"]);
        assert_eq!(sorted(vec!["item 10", "O'Hara", "Ohara", "o’hare"]), ["item 10", "O'Hara", "o’hare", "Ohara"]);
    }

    #[test]
    fn chinese_names_stand_at_their_pinyin() {
        assert_eq!(
            sorted(vec!["张伟", "Wagner", "王晓明", "Xu", "李婷", "陈宇", "Wang Xiaoming"]),
            ["陈宇", "李婷", "Wagner", "王晓明", "Wang Xiaoming", "Xu", "张伟"]
        );
        assert_ne!(sort_key("王晓明"), sort_key("王小明"));
        assert_eq!(sorted(vec!["王小明", "王晓明"]), ["王小明", "王晓明"]);
    }

    #[test]
    fn a_prefix_sorts_before_its_continuation() {
        assert_eq!(sorted(vec!["王晓", "王"]), ["王", "王晓"]);
        assert_eq!(sorted(vec!["ab", "", "a"]), ["", "a", "ab"]);
    }

    #[test]
    fn keys_are_bounded() {
        assert!(sort_key(&"é王".repeat(50_000)).len() < 2_600);
    }
}
