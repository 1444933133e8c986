//! How a file writes numbers, dates and amounts; and guesses of it from the cells themselves.

use base::Currency;
use jiff::tz::TimeZone;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 2026-03-31
    Ymd,
    /// 31/03/2026
    Dmy,
    /// 03/31/2026
    Mdy,
}

#[derive(Clone, Debug)]
pub struct ImportLocale {
    /// `.` or `,`; the other one separates thousands.
    pub decimal: char,
    /// For dates that can be read both ways; `Ymd` refuses those.
    pub date_order: DateOrder,
    /// Of amounts without one; the workspace's where absent.
    pub currency: Option<Currency>,
    /// ISO 3166, in which national phone numbers are read; the workspace's where absent.
    pub country: Option<String>,
    /// Of moments without an offset.
    pub zone: TimeZone,
    /// Percentages without a sign are written as fractions: 0.25 is 25 %.
    pub fraction: bool,
}

impl Default for ImportLocale {
    fn default() -> Self {
        ImportLocale { decimal: '.', date_order: DateOrder::Ymd, currency: None, country: None, zone: TimeZone::UTC, fraction: false }
    }
}

impl ImportLocale {
    /// As people of a BCP 47 locale write: `it-IT`, `en-US`, `zh`.
    pub fn of(locale: &str) -> Self {
        let mut parts = locale.split(['-', '_']);
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        let region = parts.find(|p| p.len() == 2).map(str::to_ascii_uppercase);
        let region = region.as_deref().unwrap_or(if language == "en" { "US" } else { "" });
        let points = matches!(language.as_str(), "en" | "zh" | "ja" | "ko" | "th" | "he" | "") || matches!(region, "CH" | "LI" | "MX");
        let date_order = match (language.as_str(), region) {
            ("en", "US" | "PH") => DateOrder::Mdy,
            ("zh" | "ja" | "ko" | "hu" | "lt" | "sv" | "", _) | ("en" | "fr", "CA") => DateOrder::Ymd,
            _ => DateOrder::Dmy,
        };
        let country = Some(region).filter(|r| !r.is_empty() && locale.len() > 2).map(str::to_string);
        ImportLocale { decimal: if points { '.' } else { ',' }, date_order, country, ..ImportLocale::default() }
    }
}

impl DateOrder {
    /// The one order in which all cells are dates, if they prove it: one day beyond 12 is enough.
    pub fn guess<'a>(cells: impl Iterator<Item = &'a str>) -> Option<DateOrder> {
        let (mut day_first, mut month_first, mut year_first) = (false, false, false);
        for cell in cells {
            let date = cell.trim().split([' ', 'T', ',']).next().unwrap_or_default();
            let parts: Vec<u32> = date.split(['/', '-', '.']).filter_map(|p| p.parse().ok()).collect();
            match parts.as_slice() {
                [year, _, _] if *year > 31 => year_first = true,
                [day, 1..=12, _] if *day > 12 => day_first = true,
                [1..=12, day, _] if *day > 12 => month_first = true,
                _ => {}
            }
        }
        match (day_first, month_first, year_first) {
            (true, false, _) => Some(DateOrder::Dmy),
            (false, true, _) => Some(DateOrder::Mdy),
            (false, false, true) => Some(DateOrder::Ymd),
            _ => None,
        }
    }
}

/// The decimal mark that the cells prove: the last of two different marks, or a mark that cannot separate thousands.
pub fn guess_decimal<'a>(cells: impl Iterator<Item = &'a str>) -> Option<char> {
    let (mut points, mut commas) = (0_usize, 0_usize);
    for cell in cells {
        match super::shared::amount::evident_decimal(cell) {
            Some('.') => points += 1,
            Some(_) => commas += 1,
            None => {}
        }
    }
    match points.cmp(&commas) {
        std::cmp::Ordering::Greater => Some('.'),
        std::cmp::Ordering::Less => Some(','),
        std::cmp::Ordering::Equal => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_says_how_numbers_and_dates_are_written() {
        let of = |name: &str| {
            let locale = ImportLocale::of(name);
            (locale.decimal, locale.date_order, locale.country)
        };
        assert_eq!(of("it-IT"), (',', DateOrder::Dmy, Some("IT".into())));
        assert_eq!(of("it"), (',', DateOrder::Dmy, None));
        assert_eq!(of("en-US"), ('.', DateOrder::Mdy, Some("US".into())));
        assert_eq!(of("en-GB"), ('.', DateOrder::Dmy, Some("GB".into())));
        assert_eq!(of("de-CH"), ('.', DateOrder::Dmy, Some("CH".into())));
        assert_eq!(of("zh-Hans-CN"), ('.', DateOrder::Ymd, Some("CN".into())));
    }

    #[test]
    fn cells_prove_how_they_are_written() {
        assert_eq!(DateOrder::guess(["03/04/2026", "31/04/2026"].into_iter()), Some(DateOrder::Dmy));
        assert_eq!(DateOrder::guess(["3/4/2026 10:00", "4/30/2026 9:00 PM"].into_iter()), Some(DateOrder::Mdy));
        assert_eq!(DateOrder::guess(["2026-03-04"].into_iter()), Some(DateOrder::Ymd));
        assert_eq!(DateOrder::guess(["03/04/2026"].into_iter()), None);
        assert_eq!(guess_decimal(["1.250", "1.250,50", "12"].into_iter()), Some(','));
        assert_eq!(guess_decimal(["$1,250.00", "0.5"].into_iter()), Some('.'));
        assert_eq!(guess_decimal(["1.250", "3"].into_iter()), None);
    }
}
