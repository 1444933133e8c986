//! Shared code lists: countries, languages, currencies and time zones, with labels and the names that files use (D13).
//!
//! The data stands in `*.tsv` beside this file: code, English, Italian, Chinese, other names. A choice field takes one
//! with `list = "country"`.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use base::text::fold;

use crate::object::{Choice, Label};

const LISTS: &[(&str, &str)] = &[
    ("country", include_str!("country.tsv")),
    ("currency", include_str!("currency.tsv")),
    ("language", include_str!("language.tsv")),
    ("time_zone", include_str!("time_zone.tsv")),
];

/// Every list by name, in the order of its codes.
pub fn all() -> BTreeMap<String, Vec<Choice>> {
    LISTS.iter().map(|(name, data)| ((*name).to_string(), rows(data).map(choice).collect())).collect()
}

/// The code that a text means: the code itself, a label in any language, or another known name; case and accents do
/// not count. Fast enough to be asked for every row of an import.
pub fn find(list: &str, text: &str) -> Option<&'static str> {
    static INDEX: LazyLock<HashMap<&'static str, HashMap<String, &'static str>>> =
        LazyLock::new(|| LISTS.iter().map(|(name, data)| (*name, index(data))).collect());
    INDEX.get(list)?.get(&key(text)).copied()
}

/// Is this exactly a code of the list?
pub fn has(list: &str, code: &str) -> bool {
    find(list, code) == Some(code)
}

fn rows(data: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    data.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

fn column(row: &[&'static str], i: usize) -> &'static str {
    row.get(i).copied().unwrap_or_default()
}

fn aliases(row: &[&'static str]) -> impl Iterator<Item = &'static str> {
    column(row, 4).split('|').filter(|a| !a.is_empty())
}

fn choice(row: Vec<&'static str>) -> Choice {
    let other = [("it", 2), ("zh", 3)].into_iter().map(|(language, i)| (language.to_string(), column(&row, i).to_string())).collect();
    Choice {
        code: column(&row, 0).to_string(),
        label: Label { en: column(&row, 1).to_string(), other },
        aliases: aliases(&row).map(str::to_string).collect(),
        ..Choice::default()
    }
}

/// Codes win over labels, labels over other names, and the first of two rows wins.
fn index(data: &'static str) -> HashMap<String, &'static str> {
    let rows: Vec<Vec<&'static str>> = rows(data).collect();
    let mut index = HashMap::new();
    let codes = rows.iter().map(|row| (column(row, 0), column(row, 0)));
    let labels = rows.iter().flat_map(|row| [1, 2, 3].map(|i| (column(row, i), column(row, 0))));
    let others = rows.iter().flat_map(|row| aliases(row).map(|alias| (alias, column(row, 0))));
    for (name, code) in codes.chain(labels).chain(others) {
        index.entry(key(name)).or_insert(code);
    }
    index
}

/// Folded, without points, `&` as "and".
fn key(text: &str) -> String {
    let folded = fold(text);
    if folded.contains(['.', '&', '_']) { fold(&folded.replace('.', "").replace('&', " and ").replace('_', " ")) } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_many_names() {
        for (text, code) in [
            ("it", "IT"),
            ("Italia", "IT"),
            ("意大利", "IT"),
            ("ITA", "IT"),
            ("Philipines", "PH"),
            ("PHILIPPINES", "PH"),
            ("USA", "US"),
            ("U.S.A.", "US"),
            ("United States", "US"),
            ("Stati Uniti", "US"),
            ("UK", "GB"),
            ("England", "GB"),
            ("Korea", "KR"),
            ("South Korea", "KR"),
            ("Panama", "PA"),
            ("Panamá", "PA"),
            ("Deutschland", "DE"),
            ("Schweiz", "CH"),
            ("Viet Nam", "VN"),
            ("Turkey", "TR"),
            ("Türkiye", "TR"),
            ("cote d'ivoire", "CI"),
            ("Bosnia and Herzegovina", "BA"),
            ("香港", "HK"),
            ("中國", "CN"),
        ] {
            assert_eq!(find("country", text), Some(code), "{text}");
        }
        assert_eq!(find("country", "Atlantis"), None);
        assert!(has("country", "IT") && !has("country", "it"));
    }

    #[test]
    fn languages_currencies_and_zones_are_known() {
        for (list, text, code) in [
            ("language", "Italiano", "it"),
            ("language", "Deutsch", "de"),
            ("language", "zh-CN", "zh-Hans"),
            ("language", "pt-br", "pt-BR"),
            ("language", "ENG", "en"),
            ("currency", "€", "EUR"),
            ("currency", "eur", "EUR"),
            ("currency", "RMB", "CNY"),
            ("currency", "US Dollar", "USD"),
            ("time_zone", "europe/rome", "Europe/Rome"),
            ("time_zone", "Asia/Calcutta", "Asia/Kolkata"),
            ("time_zone", "W. Europe Standard Time", "Europe/Berlin"),
        ] {
            assert_eq!(find(list, text), Some(code), "{text}");
        }
    }

    #[test]
    fn every_row_has_a_code_and_a_label_in_each_language() {
        for (name, choices) in all() {
            let mut codes: Vec<&str> = choices.iter().map(|c| c.code.as_str()).collect();
            assert!(choices.len() > 140, "{name}");
            for choice in &choices {
                for language in ["en", "it", "zh"] {
                    assert!(!choice.label.in_language(language).is_empty(), "{name} {} {language}", choice.code);
                }
            }
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), choices.len(), "{name} has a code twice");
        }
    }

    #[test]
    fn every_currency_is_of_iso_4217() {
        let lists = all();
        let unknown: Vec<&str> =
            lists["currency"].iter().map(|c| c.code.as_str()).filter(|c| iso_currency::Currency::from_code(c).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn every_zone_is_known_to_the_calendar() {
        let lists = all();
        let unknown: Vec<&str> =
            lists["time_zone"].iter().map(|c| c.code.as_str()).filter(|z| jiff::tz::TimeZone::get(z).is_err()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
