//! Sentences for people in their language.
//!
//! The engine and the modules speak English; `sentences/<language>.toml` holds the sentences in others, with `{}` for
//! what changes in them. A new language is a file there and a line in [`LANGUAGES`]. What has no translation is told
//! in English, and names of fields and objects by their labels of that language.

use std::sync::LazyLock;

use model::{Label, Model};

const LANGUAGES: &[(&str, &str)] = &[("it", include_str!("../sentences/it.toml")), ("zh", include_str!("../sentences/zh.toml"))];

/// Hints stand at the end of many sentences; each begins so.
const HINTS: &[&str] = &["; did you mean ", "; there are ", "; this address takes none", " Did you mean "];

/// One sentence: what stands between its placeholders, and the translation.
struct Sentence {
    pieces: Vec<String>,
    translation: String,
}

static SENTENCES: LazyLock<Vec<(&'static str, Vec<Sentence>)>> =
    LazyLock::new(|| LANGUAGES.iter().map(|(language, text)| (*language, read(text))).collect());

/// The more exact sentences first.
fn read(text: &str) -> Vec<Sentence> {
    let table: toml::Table = text.parse().unwrap_or_default();
    let sentence = |(english, translation): (String, toml::Value)| {
        let pieces = english.split("{}").map(str::to_string).collect();
        Some(Sentence { pieces, translation: translation.as_str()?.to_string() })
    };
    let mut sentences: Vec<Sentence> = table.into_iter().filter_map(sentence).collect();
    sentences.sort_by_key(|s| std::cmp::Reverse(s.pieces.iter().map(String::len).sum::<usize>()));
    sentences
}

/// Who is spoken to: a language and the declarations whose labels are named.
pub struct Speech<'a> {
    pub language: &'a str,
    pub model: &'a Model,
}

impl Speech<'_> {
    pub fn say(&self, english: &str) -> String {
        let Some((_, sentences)) = SENTENCES.iter().find(|(l, _)| *l == self.language) else { return english.to_string() };
        if let Some(said) = self.whole(sentences, english) {
            return said;
        }
        for hint in HINTS {
            let Some(at) = english.rfind(hint) else { continue };
            let (head, tail) = english.split_at(at);
            let (sign, tail) = tail.split_at(tail.len() - tail.trim_start_matches([';', ' ']).len());
            if let Some(head) = self.whole(sentences, head) {
                return format!("{head}{sign}{}", self.whole(sentences, tail).unwrap_or_else(|| tail.to_string()));
            }
        }
        english.to_string()
    }

    fn whole(&self, sentences: &[Sentence], english: &str) -> Option<String> {
        let (sentence, found) = sentences.iter().find_map(|s| Some((s, captures(&s.pieces, english)?)))?;
        let mut said = sentence.translation.clone();
        for ((i, word), before) in found.iter().enumerate().zip(&sentence.pieces) {
            // In quotes stands what the caller wrote or should write, whatever the language.
            let word = if before.ends_with('"') { (*word).to_string() } else { self.word(sentences, word) };
            said = said.replace(&format!("{{{}}}", i + 1), &word);
        }
        Some(said)
    }

    /// What stood for a placeholder: a known word, a label, or something of the caller's, which stays as it is.
    fn word(&self, sentences: &[Sentence], word: &str) -> String {
        let known = sentences.iter().find(|s| matches!(s.pieces.as_slice(), [one] if one == word));
        known.map(|s| s.translation.clone()).or_else(|| self.label(word)).unwrap_or_else(|| word.to_string())
    }

    fn label(&self, word: &str) -> Option<String> {
        let fits = |label: &&Label| label.en == word || label.en.to_lowercase() == word;
        let labels =
            self.model.objects().iter().flat_map(|o| [&o.label, &o.label_plural].into_iter().chain(o.fields.iter().map(|f| &f.label)));
        let found = labels.into_iter().find(fits)?;
        let said = found.other.get(self.language)?;
        Some(if found.en == word { said.clone() } else { said.to_lowercase() })
    }
}

/// What stands between the pieces, if the sentence is made of them.
fn captures<'a>(pieces: &[String], sentence: &'a str) -> Option<Vec<&'a str>> {
    let (first, rest) = pieces.split_first()?;
    let mut left = sentence.strip_prefix(first.as_str())?;
    let mut found = Vec::new();
    for (i, piece) in rest.iter().enumerate() {
        let is_last = i + 1 == rest.len();
        let at = if is_last { left.strip_suffix(piece.as_str())?.len() } else { left.find(piece.as_str())? };
        let (word, behind) = left.split_at(at);
        found.push(word);
        left = behind.get(piece.len()..)?;
    }
    left.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use model::{Field, Object};

    use super::*;

    fn model() -> Model {
        let label = |en: &str, it: &str| Label { en: en.to_string(), other: [("it".to_string(), it.to_string())].into_iter().collect() };
        let mut deal = Object::default();
        deal.name = "deal".into();
        deal.label = label("Deal", "Trattativa");
        deal.fields = vec![Field { name: "amount".into(), label: label("Amount", "Importo"), ..Field::default() }];
        deal.index_fields();
        Model::new(vec![deal], Default::default())
    }
    fn italian(english: &str) -> String {
        Speech { language: "it", model: &model() }.say(english)
    }

    #[test]
    fn a_sentence_is_said_with_its_words_and_labels() {
        assert_eq!(italian("Amount is required"), "Importo è obbligatorio");
        assert_eq!(italian("There is no deal with the id 7"), "Non esiste trattativa con identificativo 7");
        assert_eq!(italian("Write a text, not an array"), "Scrivi un testo, non un elenco");
        assert_eq!(italian("Write a number from 1 to 500"), "Scrivi un numero da 1 a 500");
    }

    #[test]
    fn hints_are_said_too() {
        assert_eq!(
            italian("There is no parameter \"fitler\"; did you mean \"filter\"?"),
            "Non esiste il parametro \"fitler\"; intendevi \"filter\"?"
        );
        assert_eq!(
            italian("Deal has no field \"amuont\". Did you mean \"amount\"?"),
            "Trattativa non ha un campo \"amuont\". Intendevi \"amount\"?"
        );
        assert_eq!(italian("There is no parameter \"x\"; there are limit, sort"), "Non esiste il parametro \"x\"; ci sono limit, sort");
    }

    #[test]
    fn what_nobody_translated_stays_english() {
        assert_eq!(italian("A sentence of tomorrow"), "A sentence of tomorrow");
        assert_eq!(Speech { language: "en", model: &model() }.say("Amount is required"), "Amount is required");
        assert_eq!(Speech { language: "zh", model: &model() }.say("E-mail or password is wrong"), "电子邮件或密码错误");
    }

    #[test]
    fn every_language_says_the_same_sentences_with_the_same_places() {
        let keys = |text: &str| {
            let mut keys: Vec<String> = text.parse::<toml::Table>().unwrap().keys().cloned().collect();
            keys.sort();
            keys
        };
        let (_, first) = LANGUAGES[0];
        for (language, text) in LANGUAGES {
            assert_eq!(keys(text), keys(first), "{language}");
            for (english, said) in text.parse::<toml::Table>().unwrap() {
                let places = english.matches("{}").count();
                let said = said.as_str().unwrap();
                assert!((1..=places).all(|n| said.contains(&format!("{{{n}}}"))), "{language}: {english}");
            }
        }
    }
}
