//! The lists that names, places and products are drawn from, read from the files in `lists`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::dice::Dice;

/// A town with what belongs to it.
#[derive(Debug, Default, Clone, Copy)]
pub struct Place {
    pub country: &'static str,
    pub city: &'static str,
    pub region: &'static str,
    pub postal_code: &'static str,
    /// Dialling prefix with the country's.
    pub prefix: &'static str,
    /// Digits behind the prefix.
    pub digits: usize,
    pub language: &'static str,
    pub weight: u32,
}

/// Names of one language; of Chinese the spelling in Latin letters stands beside each.
#[derive(Debug, Default)]
pub struct Names {
    pub female: Vec<Word>,
    pub male: Vec<Word>,
    pub last: Vec<Word>,
}

/// A word and how it is written in Latin letters.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    pub text: &'static str,
    pub latin: &'static str,
}

/// The lines of a table, cut at tabs; lines with a hash are remarks.
pub fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// A cell of a row; empty when it is missing.
pub fn cell(row: &[&'static str], at: usize) -> &'static str {
    row.get(at).copied().unwrap_or_default()
}

/// A whole number in a cell; 0 when it is empty.
pub fn number(row: &[&'static str], at: usize) -> i64 {
    cell(row, at).parse().unwrap_or(0)
}

static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let place = |row: Vec<&'static str>| Place {
        country: cell(&row, 0),
        city: cell(&row, 1),
        region: cell(&row, 2),
        postal_code: cell(&row, 3),
        prefix: cell(&row, 4),
        digits: cell(&row, 5).parse().unwrap_or(6),
        language: cell(&row, 6),
        weight: cell(&row, 7).parse().unwrap_or(1),
    };
    rows(include_str!("lists/places.tsv")).map(place).collect()
});

pub fn place(city: &str) -> Place {
    PLACES.iter().find(|p| p.city == city).copied().unwrap_or_default()
}

/// A town of a country, the greater ones more often.
pub fn some_place(dice: &mut Dice, country: &str) -> Place {
    let all: Vec<(Place, u32)> = PLACES.iter().filter(|p| p.country == country).map(|p| (*p, p.weight)).collect();
    dice.weighted(&all).unwrap_or_default()
}

fn words(list: &'static str, separator: char) -> Vec<Word> {
    let word = |item: &'static str| match item.split_once(':') {
        Some((text, latin)) => Word { text, latin },
        None => Word { text: item, latin: item },
    };
    list.split(separator).map(str::trim).map(word).collect()
}

static NAMES: LazyLock<HashMap<&'static str, Names>> = LazyLock::new(|| {
    let mut all: HashMap<&'static str, Names> = HashMap::new();
    for row in rows(include_str!("lists/people.tsv")) {
        let names = all.entry(cell(&row, 0)).or_default();
        let list = words(cell(&row, 2), ',');
        match cell(&row, 1) {
            "female" => names.female = list,
            "male" => names.male = list,
            _ => names.last = list,
        }
    }
    all
});
static NO_NAMES: LazyLock<Names> = LazyLock::new(Names::default);

pub fn names(language: &str) -> &'static Names {
    NAMES.get(language).unwrap_or(&NO_NAMES)
}

static ROOTS: LazyLock<HashMap<&'static str, Vec<Word>>> =
    LazyLock::new(|| rows(include_str!("lists/roots.tsv")).map(|row| (cell(&row, 0), words(cell(&row, 1), ','))).collect());

/// Invented roots of company names.
pub fn roots(language: &str) -> &'static [Word] {
    ROOTS.get(language).map_or(&[], Vec::as_slice)
}

/// Patterns by language and some second word.
type ByTwo = HashMap<(&'static str, &'static str), Vec<&'static str>>;

fn by_two(text: &'static str) -> ByTwo {
    rows(text).map(|row| ((cell(&row, 0), cell(&row, 1)), cell(&row, 2).split(';').collect())).collect()
}

static FIRMS: LazyLock<ByTwo> = LazyLock::new(|| by_two(include_str!("lists/firms.tsv")));
static TITLES: LazyLock<ByTwo> = LazyLock::new(|| by_two(include_str!("lists/titles.tsv")));
static STREETS: LazyLock<HashMap<&'static str, Vec<&'static str>>> =
    LazyLock::new(|| rows(include_str!("lists/streets.tsv")).map(|row| (cell(&row, 0), cell(&row, 1).split(';').collect())).collect());

/// Patterns of company names of a trade.
pub fn firms(language: &'static str, trade: &'static str) -> &'static [&'static str] {
    FIRMS.get(&(language, trade)).or_else(|| FIRMS.get(&(language, "hotel"))).map_or(&[], Vec::as_slice)
}

/// Job titles of a rank.
pub fn titles(language: &'static str, seniority: &'static str) -> &'static [&'static str] {
    TITLES.get(&(language, seniority)).map_or(&[], Vec::as_slice)
}

pub fn street(dice: &mut Dice, language: &str) -> String {
    let pattern = STREETS.get(language).map_or("", |all| dice.word(all));
    pattern.replace("<n>", &dice.between(1, 180).to_string())
}

/// A phone number of a town, with the digits in groups as people write them.
pub fn phone(dice: &mut Dice, place: &Place) -> String {
    let mut number = String::from(place.prefix);
    if !place.prefix.starts_with("+420") {
        number.push(' ');
    }
    for at in 0..place.digits {
        let digit = dice.between(i64::from(at == 0) * 2, 9);
        number.push_str(&digit.to_string());
    }
    number
}

/// A mobile number of a country.
pub fn mobile(dice: &mut Dice, country: &str) -> String {
    let (prefix, digits) = match country {
        "IT" => ("+39 34", 8),
        "DE" => ("+49 151 ", 8),
        "AT" => ("+43 664 ", 7),
        "CH" => ("+41 79 ", 7),
        "FR" => ("+33 6 ", 8),
        "GB" => ("+44 7700 9", 5),
        "IE" => ("+353 87 ", 7),
        "PL" => ("+48 60", 7),
        "CZ" => ("+420 60", 7),
        "ES" => ("+34 61", 7),
        "HK" => ("+852 9", 7),
        _ => ("+86 13", 9),
    };
    let tail: String = (0..digits).map(|_| char::from(b'0' + u8::try_from(dice.between(0, 9)).unwrap_or(0))).collect();
    format!("{prefix}{tail}")
}

/// Letters of a name as mail addresses and domains write them.
pub fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            _ => out.push(c),
        }
    }
    base::text::fold(&out).chars().filter(char::is_ascii_alphanumeric).collect()
}
