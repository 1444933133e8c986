//! Whether text read in one character set looks more like language than read in another.

use super::{Charset, table};

/// Sets that the guesser does not consider.
const RIVALS: &[Charset] = &[
    Charset::Known(encoding_rs::MACINTOSH),
    Charset::Page(&table::IBM850),
    Charset::Known(encoding_rs::X_MAC_CYRILLIC),
    Charset::Page(&table::IBM855),
];
/// A rival must be better by this part of what there is to be judged.
const MARGIN: f64 = 0.07;
/// Guesses that a rival may have been taken for: the other sets are told by their script or their structure.
const DOUBTFUL: &[&encoding_rs::Encoding] = &[
    encoding_rs::WINDOWS_1252,
    encoding_rs::WINDOWS_1250,
    encoding_rs::WINDOWS_1254,
    encoding_rs::WINDOWS_1257,
    encoding_rs::WINDOWS_1258,
    encoding_rs::ISO_8859_2,
    encoding_rs::ISO_8859_4,
    encoding_rs::ISO_8859_13,
    encoding_rs::WINDOWS_1251,
    encoding_rs::ISO_8859_5,
    encoding_rs::KOI8_U,
    encoding_rs::KOI8_R,
    encoding_rs::IBM866,
    encoding_rs::X_MAC_CYRILLIC,
    encoding_rs::MACINTOSH,
];
/// Guesses that a few letters alone are too little for.
const RARE: &[&encoding_rs::Encoding] =
    &[encoding_rs::WINDOWS_1257, encoding_rs::WINDOWS_1258, encoding_rs::ISO_8859_4, encoding_rs::ISO_8859_13];

/// The guess, or a rival that reads clearly better.
pub fn best(guess: &'static encoding_rs::Encoding, sample: &[u8]) -> Charset {
    if !DOUBTFUL.contains(&guess) {
        return Charset::Known(guess);
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(sample);
    let western = !text.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
    let rather_western = RARE.contains(&guess) && {
        let points = |encoding| score(Charset::Known(encoding), sample).0;
        points(encoding_rs::WINDOWS_1252) >= points(guess)
    };
    let guess = Charset::Known(if western || rather_western { encoding_rs::WINDOWS_1252 } else { guess });
    let (own, judged) = score(guess, sample);
    let (mut most, mut found) = (own + MARGIN * judged, guess);
    for rival in RIVALS.iter().filter(|r| **r != guess) {
        let (points, _) = score(*rival, sample);
        if points > most {
            (most, found) = (points, *rival);
        }
    }
    found
}

/// Points, and the number of characters beyond ASCII that were judged.
fn score(charset: Charset, sample: &[u8]) -> (f64, f64) {
    let mut text = String::new();
    charset.decoder().decode(sample, true, &mut text);
    let (mut points, mut judged) = (0.0, 0.0);
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        if !c.is_ascii() {
            judged += 1.0;
            points += judge(before, c, after);
        }
        before = c;
    }
    (points, judged)
}

const COMMON_CYRILLIC: &str = "оеаинтсрвлкмдпуяыь";
const COMMON_LATIN: &str = "àèéìòùáíóúñçäöüßâêîôûëïãõåæøčšžćđřěůťďňąęłńśźżășțşţğıőű";

/// One character between its neighbours: 1 fits well, below zero does not fit.
fn judge(before: char, c: char, after: char) -> f64 {
    if c.is_alphabetic() {
        return judge_letter(before, c, after);
    }
    let between_letters = before.is_alphabetic() && after.is_alphabetic();
    match c {
        '’' | '·' if between_letters => 0.7,
        '£' | '€' | '¥' if !between_letters && (before.is_ascii_digit() || after.is_ascii_digit() || after == ' ') => 1.0,
        '“' | '‘' | '„' | '«' if !before.is_alphanumeric() && after.is_alphanumeric() => 1.0,
        '”' | '’' | '»' if !before.is_whitespace() && !after.is_alphanumeric() => 1.0,
        '–' | '—' if before == ' ' && after == ' ' => 1.0,
        '«' | '»' | '“' | '”' | '‘' | '„' | '–' | '—' | '…' | '§' | '°' | '©' | '®' | '™' | '№' | '\u{A0}' | '²' | '³' | '½'
            if !between_letters =>
        {
            0.5
        }
        _ => -1.0,
    }
}

fn judge_letter(before: char, c: char, after: char) -> f64 {
    let cyrillic = is_cyrillic(c);
    let strange = |n: char| n.is_alphabetic() && is_cyrillic(n) != cyrillic;
    if strange(before) || strange(after) || before.is_ascii_digit() || after.is_ascii_digit() {
        return -1.0;
    }
    if c.is_uppercase() && before.is_lowercase() || c.is_lowercase() && after.is_uppercase() {
        return -1.0;
    }
    let accented = |n: char| !n.is_ascii() && n.is_alphabetic();
    if !cyrillic && (accented(before) || accented(after)) {
        return -0.5;
    }
    let small: char = c.to_lowercase().next().unwrap_or(c);
    let common = if cyrillic { COMMON_CYRILLIC } else { COMMON_LATIN };
    match (common.contains(small), c.is_uppercase()) {
        (true, false) => 1.0,
        (true, true) => 0.6,
        (false, _) if cyrillic && ('а'..='я').contains(&small) => 0.4,
        (false, _) => -0.2,
    }
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52F}').contains(&c)
}
