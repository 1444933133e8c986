//! Words for search: what of a text is indexed, and what a query asks for.
//!
//! Latin words are folded and cut at everything that is no letter or digit. Han has no spaces: the jieba dictionary
//! cuts it where it knows the words ("产品和服务" holds 产品 and 服务, not 和服); names and other unknown stretches
//! are indexed by every pair of neighbours, so that any part of a name finds it. Every single character is indexed.
//! The dictionary takes some 35 MB and is loaded at the first Han text, never at start.

use std::collections::HashSet;
use std::sync::LazyLock;

use jieba_rs::Jieba;

use super::fold;
use super::han::{self, Piece};

/// Tokens of one text that are indexed at most.
const TOKENS: usize = 2_000;
/// Characters of one token at most.
const LENGTH: usize = 64;
/// Characters of one text that are looked at.
const CHARACTERS: usize = 200_000;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Tokens in order of first appearance, each once.
#[derive(Default)]
struct Tokens {
    list: Vec<String>,
    seen: HashSet<String>,
}

impl Tokens {
    fn add(&mut self, token: &str) {
        let token = token.char_indices().nth(LENGTH).and_then(|(at, _)| token.get(..at)).unwrap_or(token);
        if !token.is_empty() && self.list.len() < TOKENS && self.seen.insert(token.to_string()) {
            self.list.push(token.to_string());
        }
    }
    fn is_full(&self) -> bool {
        self.list.len() >= TOKENS
    }
}

/// The tokens of a text for the search index, without pinyin: at most 2,000 of at most 64 characters, each once.
pub fn words(text: &str) -> Vec<String> {
    tokens(text, false).list
}

/// All that one may type to find a text: its words, and for Han the pinyin in full, by word and by initials.
pub fn index_words(text: &str) -> Vec<String> {
    let mut all = tokens(text, false);
    if han::has_han(text) {
        pinyin_words(text).iter().for_each(|word| all.add(word));
    }
    all.list
}

/// The tokens that a query asks for, all of which a hit must have, and whether the last may be the beginning of a
/// longer word: yes while it is still being typed, no after a space.
pub fn words_of_query(text: &str) -> (Vec<String>, bool) {
    let list = tokens(text, true).list;
    let open = text.chars().next_back().is_some_and(char::is_alphanumeric);
    let last_is_prefix = open && !list.is_empty();
    (list, last_is_prefix)
}

/// The digits of what looks like a telephone number or a part of one, in any way of writing it: `+39 (041) 788-18`,
/// `041/788`. Nothing for other texts and for less than four digits.
pub fn phone_digits(text: &str) -> Option<String> {
    let text = fold(text);
    let is_of_number = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '-' | '/' | '.' | '(' | ')' | '\u{b7}');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    (digits.len() >= 4 && text.chars().all(is_of_number)).then(|| digits.to_string())
}

fn tokens(text: &str, query: bool) -> Tokens {
    let text = text.char_indices().nth(CHARACTERS).and_then(|(at, _)| text.get(..at)).unwrap_or(text);
    let folded = fold(text);
    let mut out = Tokens::default();
    if folded.is_ascii() {
        latin(&folded, query, &mut out);
        return out;
    }
    for piece in han::pieces(&folded) {
        match piece {
            Piece::Han(run) => segments(run, query, &mut out),
            Piece::Other(rest) => latin(rest, query, &mut out),
        }
        if out.is_full() {
            break;
        }
    }
    out
}

/// Words of alphabets; in the index also the joined form of what a sign holds together (`o'hara`, `e-mail`, `s.p.a.`).
fn latin(text: &str, query: bool, out: &mut Tokens) {
    for chunk in text.split(|c: char| !(c.is_alphanumeric() || is_joint(c))) {
        if out.is_full() {
            return;
        }
        let mut parts = 0;
        for part in chunk.split(is_joint).filter(|p| !p.is_empty()) {
            out.add(part);
            parts += 1;
        }
        if parts > 1 && !query && is_one_word(chunk) {
            out.add(&chunk.chars().filter(|c| !is_joint(*c)).collect::<String>());
        }
    }
}

fn is_joint(c: char) -> bool {
    matches!(c, '\'' | '-' | '.')
}

/// A point joins single letters only: `s.r.l.`, but neither `example.com` nor `1.250`.
fn is_one_word(chunk: &str) -> bool {
    if chunk.contains('.') { chunk.split(is_joint).all(|p| p.chars().count() <= 1) } else { chunk.chars().count() <= LENGTH }
}

/// A run of Han. Neighbouring single characters and words that the dictionary does not know form one unknown stretch.
fn segments(run: &str, query: bool, out: &mut Tokens) {
    let mut stretch = String::new();
    for word in JIEBA.cut(run, true) {
        let word = word.word;
        let count = word.chars().count();
        if count == 1 || !JIEBA.has_word(word) {
            stretch.push_str(word);
            continue;
        }
        unknown(&std::mem::take(&mut stretch), query, out);
        known(word, count, query, out);
    }
    unknown(&stretch, query, out);
    if !query {
        run.chars().for_each(|c| out.add(c.encode_utf8(&mut [0; 4])));
    }
}

/// A word of the dictionary with the shorter words in it; a query asks for the shorter ones, which every text has
/// wherever it was cut. A long word without shorter ones is a name, mostly.
fn known(word: &str, count: usize, query: bool, out: &mut Tokens) {
    let inner: Vec<&str> = if count > 2 {
        JIEBA.cut_for_search(word, false).into_iter().map(|t| t.word).filter(|w| *w != word && w.chars().count() > 1).collect()
    } else {
        Vec::new()
    };
    if count > 2 && inner.is_empty() {
        return unknown(word, query, out);
    }
    if !query || inner.is_empty() {
        out.add(word);
    }
    inner.into_iter().for_each(|w| out.add(w));
}

fn unknown(stretch: &str, query: bool, out: &mut Tokens) {
    let characters: Vec<char> = stretch.chars().collect();
    if let [one] = characters.as_slice() {
        out.add(one.encode_utf8(&mut [0; 4]));
    }
    for pair in characters.windows(2) {
        out.add(&pair.iter().collect::<String>());
    }
    if !query && (3..=4).contains(&characters.len()) {
        out.add(stretch);
    }
}

/// What people type for Han on a Latin keyboard: each syllable, the syllables of a name joined in every contiguous
/// way (`wangxiaoming`, `xiaoming`), those of longer runs by word and in full, and the initials (`wxm`).
pub fn pinyin_words(text: &str) -> Vec<String> {
    let mut out = Tokens::default();
    for piece in han::pieces(text) {
        let Piece::Han(run) = piece else { continue };
        let syllables: Vec<String> = han::syllables(run).iter().map(|s| fold(s)).collect();
        syllables.iter().for_each(|s| out.add(s));
        han::syllables(run).iter().filter(|s| s.contains('ü')).for_each(|s| out.add(&s.replace('ü', "v")));
        if syllables.len() > 1 {
            joined(run, &syllables, &mut out);
        }
        if out.is_full() {
            break;
        }
    }
    out.list
}

fn joined(run: &str, syllables: &[String], out: &mut Tokens) {
    if syllables.len() <= 4 {
        (2..=syllables.len()).rev().flat_map(|n| syllables.windows(n)).for_each(|part| out.add(&part.concat()));
    } else {
        out.add(&syllables.concat());
        let mut at = 0;
        for word in JIEBA.cut(run, true) {
            let count = word.word.chars().count();
            if let Some(part) = syllables.get(at..at + count).filter(|p| p.len() > 1) {
                out.add(&part.concat());
            }
            at += count;
        }
    }
    if syllables.len() <= 12 {
        out.add(&syllables.iter().filter_map(|s| s.chars().next()).collect::<String>());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A query finds a text if all its tokens are there, the last perhaps as a beginning.
    fn finds(query: &str, text: &str) -> bool {
        let index = index_words(text);
        let (tokens, prefix) = words_of_query(query);
        let last = tokens.len().wrapping_sub(1);
        !tokens.is_empty()
            && tokens.iter().enumerate().all(|(i, t)| index.iter().any(|w| if prefix && i == last { w.starts_with(t) } else { w == t }))
    }

    #[test]
    fn latin_text_is_cut_into_folded_words() {
        let cases: [(&str, &[&str]); 7] = [
            ("Über die Straße, 12!", &["uber", "die", "strasse", "12"]),
            ("Zażółć gęślą", &["zazolc", "gesla"]),
            ("O’Hara D'Angelo", &["o", "hara", "ohara", "d", "angelo", "dangelo"]),
            ("Müller-Lüdenscheidt", &["muller", "ludenscheidt", "mullerludenscheidt"]),
            ("Dolce S.p.A.", &["dolce", "s", "p", "a", "spa"]),
            ("anna.rossi@posta.example", &["anna", "rossi", "posta", "example"]),
            ("€ 1.250,50 -- ", &["1", "250", "50"]),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn any_part_of_a_name_finds_it() {
        for (query, text) in [
            ("müller", "Hans Mueller-Müller"),
            ("MULL", "Müller"),
            ("ohara", "O'Hara"),
            ("O'H", "O’Hara"),
            ("spa", "Fratelli Dolce S.p.A."),
            ("perche", "Perché no?"),
            ("王晓明", "王晓明"),
            ("晓明", "王晓明"),
            ("王", "王晓明"),
            ("晓", "王晓明"),
            ("王晓明", "今天和王晓明开会"),
            ("冷链", "多尔切冷链科技（上海）有限公司"),
            ("多尔切", "多尔切冷链科技（上海）有限公司"),
            ("科技", "多尔切冷链科技（上海）有限公司"),
            ("上海", "多尔切冷链科技（上海）有限公司"),
            ("有限公司", "多尔切冷链科技（上海）有限公司"),
            ("北京大学", "他在北京大学工作"),
            ("海川", "宁波海川制冷"),
            ("江南鲜配", "江南鲜配"),
            ("wangxiaoming", "王晓明"),
            ("wang xiaoming", "王晓明"),
            ("wangxiaom", "王晓明"),
            ("xiaoming", "王晓明"),
            ("wxm", "王晓明"),
            ("lv", "吕布"),
            ("shanghai", "多尔切冷链科技（上海）有限公司"),
            ("ning bo", "宁波海川制冷"),
            ("GTX 专业", "gtx专业版"),
        ] {
            assert!(finds(query, text), "{query} in {text}: {:?} in {:?}", words_of_query(query), index_words(text));
        }
    }

    #[test]
    fn a_word_across_two_words_is_not_found() {
        assert!(!finds("和服", "我们的产品和服务"));
        assert!(!finds("rossi ", "Rossini"));
        assert!(!finds("晓明王", "王晓明"));
    }

    #[test]
    fn a_word_may_be_continued_until_a_space_ends_it() {
        assert_eq!(words_of_query("Anna Ros"), (vec!["anna".into(), "ros".into()], true));
        assert_eq!(words_of_query("Anna Rossi "), (vec!["anna".into(), "rossi".into()], false));
        assert_eq!(words_of_query(" ,, "), (vec![], false));
    }

    #[test]
    fn a_part_of_a_telephone_number_is_read_in_any_way_of_writing_it() {
        let read = |text| phone_digits(text).unwrap_or_default();
        for text in ["+39 041 788 1816", "0039 (041) 788-1816", "＋39 041/7881816"] {
            assert_eq!(read(text), "390417881816", "{text}");
        }
        assert_eq!(read("041 788"), "041788");
        for text in ["190", "12 kg 5000", "rossi 0417", ""] {
            assert_eq!(read(text), "", "{text}");
        }
    }

    #[test]
    fn tokens_are_bounded() {
        let many: String = (0..5_000).map(|n| format!("w{n} ")).collect();
        assert_eq!(words(&many).len(), 2_000);
        assert_eq!(words(&"x".repeat(500)).first().map(String::len), Some(64));
        assert!(words(&"汉".repeat(300_000)).len() <= 2_000);
    }
}
