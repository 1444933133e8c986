//! Which known value a text of a file means: a linked record, an option of a choice.
//!
//! Exact, then folded, then without spaces and marks ("GTXPro" is "GTX Pro"), then by the other names that a value
//! is known by. What is merely similar is proposed to the person and never taken by itself.

use std::collections::HashMap;

use base::text::{fold, similarity};

/// Similar enough to be proposed, from 0 to 1. Of names in address lists, pairs above it are the same in most cases;
/// below it, proposals distract more than they help.
const SIMILAR: f64 = 0.8;
/// Proposals for one value.
const PROPOSALS: usize = 3;

/// How a value was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    Exact,
    Folded,
    Squeezed,
    Alias,
}

/// The form without spaces and marks; empty where nothing else is there.
pub fn squeeze(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Values by all forms in which they may be written.
#[derive(Debug)]
pub struct Index<T> {
    forms: [HashMap<String, Vec<T>>; 4],
    names: Vec<(String, T)>,
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Index { forms: Default::default(), names: Vec::new() }
    }
}

/// The outcome of a look-up.
#[derive(Clone, Debug, PartialEq)]
pub enum Match<T> {
    One(T, Found),
    /// Several values are written like this.
    Several(Vec<T>),
    None,
}

impl<T: Clone + PartialEq> Index<T> {
    pub fn add(&mut self, value: T, name: &str, aliases: &[&str]) {
        self.insert(0, name.to_string(), &value);
        self.insert(1, fold(name), &value);
        self.insert(2, squeeze(name), &value);
        for alias in aliases {
            self.insert(3, squeeze(alias), &value);
        }
        self.names.push((name.to_string(), value));
    }

    fn insert(&mut self, form: usize, key: String, value: &T) {
        if key.is_empty() {
            return;
        }
        if let Some(map) = self.forms.get_mut(form) {
            let values = map.entry(key).or_default();
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
    }

    /// The value that is meant; the strictest form that knows the text decides.
    pub fn find(&self, text: &str) -> Match<T> {
        let text = text.trim();
        let squeezed = squeeze(text);
        let keys = [text.to_string(), fold(text), squeezed.clone(), squeezed];
        let kinds = [Found::Exact, Found::Folded, Found::Squeezed, Found::Alias];
        for ((map, key), kind) in self.forms.iter().zip(&keys).zip(kinds) {
            match map.get(key).map(Vec::as_slice) {
                Some([one]) => return Match::One(one.clone(), kind),
                Some(several) => return Match::Several(several.to_vec()),
                None => {}
            }
        }
        Match::None
    }

    /// Names that come near, the nearest first; for a person to choose from.
    pub fn similar(&self, text: &str) -> Vec<&str> {
        nearest(text, self.names.iter().map(|(name, _)| name.as_str()))
    }
}

/// The most similar of some names, those above the threshold only.
pub fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = squeeze(text);
    let mut scored: Vec<(f64, &str)> =
        names.map(|name| (similarity(&wanted, &squeeze(name)), name)).filter(|(s, _)| *s >= SIMILAR).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.truncate(PROPOSALS);
    scored.into_iter().map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index<u8> {
        let mut index = Index::default();
        index.add(1, "GTX Pro", &["Professional edition"]);
        index.add(2, "GTX Plus Pro", &[]);
        index.add(3, "Technology", &["tech", "IT"]);
        index.add(4, "Rossi", &[]);
        index.add(5, "Rossi", &[]);
        index.add(6, "Città di Castello", &[]);
        index
    }

    #[test]
    fn every_way_of_writing_finds_the_value() {
        for (text, found) in [
            ("GTX Pro", Match::One(1, Found::Exact)),
            ("gtx  pro", Match::One(1, Found::Folded)),
            ("GTXPro", Match::One(1, Found::Squeezed)),
            ("gtx-pro", Match::One(1, Found::Squeezed)),
            ("professional edition", Match::One(1, Found::Alias)),
            ("Citta di Castello", Match::One(6, Found::Folded)),
            ("rossi", Match::Several(vec![4, 5])),
            ("technolgy", Match::None),
            ("", Match::None),
            ("--", Match::None),
        ] {
            assert_eq!(index().find(text), found, "{text}");
        }
    }

    #[test]
    fn slips_are_proposed_with_the_nearest_first() {
        assert_eq!(index().similar("technolgy"), ["Technology"]);
        assert_eq!(index().similar("GTX Pr"), ["GTX Pro"]);
        assert_eq!(nearest("Philipines", ["Philippines", "Philadelphia", "Peru"].into_iter()), ["Philippines"]);
        assert_eq!(nearest("Acme", ["Acme Corporation", "Acne"].into_iter()), ["Acme Corporation"]);
        assert_eq!(nearest("Betasoloin", ["Betatech", "Betasoloin Inc"].into_iter()), ["Betasoloin Inc"]);
        assert_eq!(nearest("zzz", ["Technology"].into_iter()), Vec::<&str>::new());
    }
}
