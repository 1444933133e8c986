//! Folding: the form in which two texts are the same to a person who does not mind case and accents.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Compatibility decomposition without marks, in lower case, with the letters that have no decomposition
/// written out (`ß` as `ss`, `ł` as `l`), typographic quotes and dashes made plain, invisible characters gone,
/// white space collapsed and trimmed. Han stays.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let mut out = Folded { text: String::with_capacity(text.len()), space: false };
    for c in DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(text.chars()) {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else if !is_dropped(c) {
            c.to_lowercase().filter(|c| !is_dropped(*c)).for_each(|c| out.push_plain(c));
        }
    }
    out.text
}

fn fold_ascii(text: &str) -> String {
    let mut out = Folded { text: String::with_capacity(text.len()), space: false };
    text.bytes().for_each(|b| out.push(char::from(b.to_ascii_lowercase())));
    out.text
}

struct Folded {
    text: String,
    /// White space was seen since the last character.
    space: bool,
}

impl Folded {
    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            self.space = true;
            return;
        }
        if self.space && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.space = false;
        self.text.push(c);
    }

    /// A lower-case character beyond ASCII, written with plainer ones where there are any.
    fn push_plain(&mut self, c: char) {
        let plain = match c {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'þ' => "th",
            'đ' | 'ð' | 'ɖ' => "d",
            'ø' => "o",
            'ł' => "l",
            'ħ' => "h",
            'ı' => "i",
            'ŧ' => "t",
            'ŋ' => "n",
            'ς' => "σ",
            '’' | '‘' | '‚' | '‛' | 'ʼ' | 'ʻ' | '′' | '´' => "'",
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => "\"",
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
            other => return self.push(other),
        };
        plain.chars().for_each(|c| self.push(c));
    }
}

/// Combining marks of alphabets, and characters that nobody sees. Vowel signs of Indic scripts stay: they are letters.
fn is_dropped(c: char) -> bool {
    matches!(u32::from(c),
        0x00AD
        | 0x0300..=0x036F
        | 0x0483..=0x0489
        | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2 | 0x05C4..=0x05C5 | 0x05C7
        | 0x0640 | 0x064B..=0x065F | 0x0670
        | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF
        | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0x2066..=0x206F
        | 0x20D0..=0x20FF
        | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0xFEFF)
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_accents_and_widths_do_not_count() {
        let cases = [
            ("  Müller   &\tSöhne ", "muller & sohne"),
            ("STRAẞE Straße", "strasse strasse"),
            ("Łódź", "lodz"),
            ("Zażółć gęślą jaźń", "zazolc gesla jazn"),
            ("Perché È così", "perche e cosi"),
            ("Ørsted Ærø Đặng", "orsted aero dang"),
            ("İstanbul ışık", "istanbul isik"),
            ("ＧＴＸ　Ｐｒｏ１２", "gtx pro12"),
            ("O’Hara – D‘Angelo", "o'hara - d'angelo"),
            ("王晓明 Wang", "王晓明 wang"),
            ("zero\u{200B}width\u{AD}", "zerowidth"),
            ("ﬁn №5 ℡", "fin no5 tel"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
            ("Ёлка", "елка"),
            ("", ""),
            ("\u{3000}", ""),
        ];
        for (text, folded) in cases {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["Straße", "ﷺ", "İ", "½", "Ǆ", "한국", "が", "é\u{301}", "ſ"] {
            assert_eq!(fold(&fold(text)), fold(text), "{text}");
        }
    }
}
