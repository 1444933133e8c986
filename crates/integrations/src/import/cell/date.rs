//! What a cell proves about the dates of its column, and whether it is one at all: `16 Apr, 2021 00:02:00`,
//! `31/12/2025`, `2025年3月1日`, `Tue, Mar 3 2026 4:05 PM`, `2026-03-03T16:05:00+01:00`.
//!
//! Values are read by the field types; this room only looks at columns.

use base::{Date, text};
use jiff::civil;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

use super::is_space;

/// The order in which a date made of numbers stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// Day, month, year: most of the world.
    Dmy,
    /// Month, day, year: the United States.
    Mdy,
    /// Year, month, day.
    Ymd,
}

/// A day, perhaps with a time, perhaps with an offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    pub date: Date,
    pub time: Option<civil::Time>,
    pub offset: Option<Offset>,
}

/// What a cell says about the order of days and months in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    None,
    /// `3/4/2025`: the third of April or the fourth of March.
    Ambiguous,
    Certain(DateOrder),
}

const MONTHS: &[(&str, i8)] = &[
    ("jan", 1),
    ("gen", 1),
    ("ene", 1),
    ("feb", 2),
    ("fev", 2),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mag", 5),
    ("mai", 5),
    ("jun", 6),
    ("giu", 6),
    ("juin", 6),
    ("jul", 7),
    ("lug", 7),
    ("juil", 7),
    ("aug", 8),
    ("ago", 8),
    ("aou", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("ott", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("dic", 12),
    ("dez", 12),
];

/// What is visibly a date, perhaps with a time; `None` when the whole cell is none, or none in this order.
pub fn written(cell: &str, order: DateOrder) -> Option<Moment> {
    let cell = cell.trim_matches(is_space);
    if cell.is_empty() || cell.len() > 60 {
        return None;
    }
    let words = split(cell)?;
    let mut rest = words.as_slice();
    let date = take_date(&mut rest, order)?;
    let time = take_time(&mut rest)?;
    let offset = if time.is_some() { take_offset(&mut rest)? } else { None };
    rest.is_empty().then_some(Moment { date, time, offset })
}

/// What a date made of numbers proves.
pub fn evidence(cell: &str) -> Evidence {
    let Some(words) = split(cell.trim_matches(is_space)) else { return Evidence::None };
    let [Word::Number(first), Word::Mark(mark), Word::Number(second), Word::Mark(_), Word::Number(third), ..] = words.as_slice() else {
        return Evidence::None;
    };
    if first.len() == 4 {
        return Evidence::Certain(DateOrder::Ymd);
    }
    if third.len() != 4 && third.len() != 2 || first.len() > 2 || second.len() > 2 || !matches!(mark, '/' | '-' | '.') {
        return Evidence::None;
    }
    let (Ok(a), Ok(b)) = (first.parse::<i8>(), second.parse::<i8>()) else { return Evidence::None };
    match (a, b) {
        (1..=12, 13..=31) => Evidence::Certain(DateOrder::Mdy),
        (13..=31, 1..=12) => Evidence::Certain(DateOrder::Dmy),
        (1..=12, 1..=12) if *mark == '.' => Evidence::Certain(DateOrder::Dmy),
        (1..=12, 1..=12) if a == b => Evidence::None,
        (1..=12, 1..=12) => Evidence::Ambiguous,
        _ => Evidence::None,
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Word {
    Number(String),
    /// Folded, without a trailing point.
    Name(String),
    Mark(char),
    Space,
}

/// Numbers, names, marks and spaces in order.
fn split(cell: &str) -> Option<Vec<Word>> {
    let mut words: Vec<Word> = Vec::new();
    for c in cell.chars() {
        let digit = text::digit(c);
        match (words.last_mut(), digit) {
            (Some(Word::Number(number)), Some(d)) => number.push(d),
            (_, Some(d)) => words.push(Word::Number(d.to_string())),
            (Some(Word::Name(name)), None) if c.is_alphabetic() && !text::is_han(c) && !name.chars().any(text::is_han) => name.push(c),
            (_, None) if c.is_alphabetic() => words.push(Word::Name(c.to_string())),
            (Some(Word::Space), None) if is_space(c) => {}
            (_, None) if is_space(c) => words.push(Word::Space),
            _ => words.push(Word::Mark(c)),
        }
        if words.len() > 32 {
            return None;
        }
    }
    for word in &mut words {
        if let Word::Name(name) = word {
            *name = text::fold(name);
        }
    }
    Some(words)
}

/// Drops spaces, commas and points between the parts of a written date.
fn skip(rest: &mut &[Word]) {
    while let [Word::Space | Word::Mark(',' | '.'), tail @ ..] = rest {
        *rest = tail;
    }
}

fn take_date(rest: &mut &[Word], order: DateOrder) -> Option<Date> {
    match *rest {
        [Word::Number(whole), tail @ ..] if whole.len() == 8 && matches!(tail.first(), None | Some(Word::Space | Word::Name(_))) => {
            *rest = tail;
            let part = |from: usize, to: usize| whole.get(from..to);
            date(part(0, 4)?, part(4, 6)?, part(6, 8)?).filter(|d| (1900..2100).contains(&d.civil().year()))
        }
        [Word::Number(y), Word::Name(a), Word::Number(m), Word::Name(b), Word::Number(d), Word::Name(c), tail @ ..]
            if (a.as_str(), b.as_str(), c.as_str()) == ("年", "月", "日") =>
        {
            *rest = tail;
            date(y, m, d)
        }
        [Word::Number(a), Word::Mark(x), Word::Number(b), Word::Mark(y), Word::Number(c), tail @ ..]
            if x == y && matches!(x, '/' | '-' | '.') =>
        {
            *rest = tail;
            match (a.len(), order) {
                (4, _) | (2, DateOrder::Ymd) => date(a, b, c),
                (_, DateOrder::Mdy) => date(c, a, b),
                (_, _) => date(c, b, a),
            }
        }
        _ => take_named(rest),
    }
}

/// `16 Apr, 2021`, `April 16th 2021`, `Fri 16-Apr-21`.
fn take_named(rest: &mut &[Word]) -> Option<Date> {
    if let [Word::Name(day), tail @ ..] = *rest
        && month(day).is_none_or(|_| !tail.iter().any(|w| matches!(w, Word::Number(_))))
        && day.len() >= 2
    {
        *rest = tail;
    }
    let mut numbers: Vec<String> = Vec::new();
    let mut named: Option<i8> = None;
    let mut first_is_month = false;
    while numbers.len() < 2 || named.is_none() {
        while let [Word::Space | Word::Mark(',' | '.' | '-' | '/'), tail @ ..] = *rest {
            *rest = tail;
        }
        match *rest {
            [Word::Number(n), tail @ ..] if numbers.len() < 2 => {
                numbers.push(n.clone());
                *rest = tail;
            }
            [Word::Name(name), tail @ ..] => {
                *rest = tail;
                match month(name) {
                    Some(m) if named.is_none() => {
                        named = Some(m);
                        first_is_month = numbers.is_empty();
                    }
                    _ if matches!(name.as_str(), "st" | "nd" | "rd" | "th" | "de" | "di" | "of") => {}
                    _ => return None,
                }
            }
            _ => return None,
        }
    }
    let [a, b] = numbers.as_slice() else { return None };
    let (year, day) = if a.len() == 4 && !first_is_month { (a, b) } else { (b, a) };
    date(year, &named?.to_string(), day)
}

/// By the first letters, which Italian, English, German, French and Spanish do not confuse.
fn month(name: &str) -> Option<i8> {
    let long = name.chars().count() >= 3;
    let known = || MONTHS.iter().rev().filter(|(short, _)| name.starts_with(&text::fold(short))).max_by_key(|(short, _)| short.len());
    long.then(known).flatten().map(|(_, number)| *number)
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    if month.len() > 2 || day.len() > 2 {
        return None;
    }
    let short: i16 = year.parse().ok()?;
    let year = match year.len() {
        4 => short,
        2 if short < 70 => 2000 + short,
        2 => 1900 + short,
        _ => return None,
    };
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok().filter(|d| d.civil().year() >= 1000)
}

/// `T16:05`, ` 4:05:06.25 PM`, `, 16.05 Uhr` is not one. The outer `None` means that what follows is no time.
fn take_time(rest: &mut &[Word]) -> Option<Option<civil::Time>> {
    if rest.is_empty() {
        return Some(None);
    }
    if let [Word::Name(t), tail @ ..] = *rest
        && t == "t"
    {
        *rest = tail;
    }
    skip(rest);
    let [Word::Number(h), Word::Mark(':'), Word::Number(m), tail @ ..] = *rest else { return rest.is_empty().then_some(None) };
    *rest = tail;
    let (mut second, mut nanos) = (0_i8, 0_i32);
    if let [Word::Mark(':'), Word::Number(s), tail @ ..] = *rest {
        second = s.parse().ok()?;
        *rest = tail;
        if let [Word::Mark('.' | ','), Word::Number(f), tail @ ..] = *rest {
            nanos = format!("{f:0<9}").get(..9)?.parse().ok()?;
            *rest = tail;
        }
    }
    let hour = half(rest, h.parse().ok()?)?;
    civil::Time::new(hour, m.parse().ok()?, second.min(59), nanos).ok().map(Some)
}

/// `AM` and `PM`, where one of them stands.
fn half(rest: &mut &[Word], hour: i8) -> Option<i8> {
    let mut ahead = *rest;
    skip(&mut ahead);
    let (letter, tail) = match ahead {
        [Word::Name(a), tail @ ..] if a == "am" || a == "pm" => (a.as_str(), tail),
        [Word::Name(a), Word::Mark('.'), Word::Name(m), Word::Mark('.'), tail @ ..] if m == "m" => (a.as_str(), tail),
        _ => return Some(hour),
    };
    *rest = tail;
    match (hour, letter.starts_with('p')) {
        (12, true) => Some(12),
        (12, false) => Some(0),
        (1..=11, true) => Some(hour + 12),
        (1..=11, false) => Some(hour),
        _ => None,
    }
}

/// `Z`, `UTC`, `GMT`, `+01:00`, `+0100`, `-5`. The outer `None` means that what follows is something else.
fn take_offset(rest: &mut &[Word]) -> Option<Option<Offset>> {
    while let [Word::Space, tail @ ..] = *rest {
        *rest = tail;
    }
    let mut universal = false;
    if let [Word::Name(name), tail @ ..] = *rest {
        if !matches!(name.as_str(), "z" | "utc" | "gmt") {
            return None;
        }
        universal = true;
        *rest = tail;
    }
    let (sign, tail) = match *rest {
        [Word::Mark('+'), tail @ ..] => (1, tail),
        [Word::Mark('-' | '−'), tail @ ..] => (-1, tail),
        _ => return Some(universal.then_some(Offset::UTC)),
    };
    let (hours, minutes, tail) = match tail {
        [Word::Number(h), Word::Mark(':'), Word::Number(m), tail @ ..] => (h.as_str(), m.as_str(), tail),
        [Word::Number(n), tail @ ..] if n.len() == 4 => (n.get(..2)?, n.get(2..)?, tail),
        [Word::Number(h), tail @ ..] if h.len() <= 2 => (h.as_str(), "0", tail),
        _ => return None,
    };
    *rest = tail;
    let seconds = sign * (hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60);
    Offset::from_seconds(seconds).ok().map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(cell: &str, order: DateOrder) -> Option<String> {
        written(cell, order).map(|m| {
            let time = m.time.map(|t| format!(" {t}")).unwrap_or_default();
            let offset = m.offset.map(|o| format!(" {o}")).unwrap_or_default();
            format!("{}{time}{offset}", m.date)
        })
    }

    #[test]
    fn dates_are_read_as_exports_write_them() {
        for (cell, date) in [
            ("2021-04-25", "2021-04-25"),
            ("2021/4/5", "2021-04-05"),
            ("20210425", "2021-04-25"),
            ("2025年3月1日", "2025-03-01"),
            ("16 Apr, 2021 00:02:00", "2021-04-16 00:02:00"),
            ("Apr 16, 2021", "2021-04-16"),
            ("16. April 2021", "2021-04-16"),
            ("16 aprile 2021", "2021-04-16"),
            ("1 août 2021", "2021-08-01"),
            ("Tue, March 3rd 2026 4:05 PM", "2026-03-03 16:05:00"),
            ("16-Apr-21", "2021-04-16"),
            ("2019-12-04 12:48:22", "2019-12-04 12:48:22"),
            ("2024-08-13T18:04:34.666+00:00", "2024-08-13 18:04:34.666 +00"),
            ("2024-08-13T18:04:34Z", "2024-08-13 18:04:34 +00"),
            ("2024-08-13 18:04 +0530", "2024-08-13 18:04:00 +05:30"),
            ("13.8.2024 12:30 AM", "2024-08-13 00:30:00"),
            ("31/12/99", "1999-12-31"),
        ] {
            assert_eq!(told(cell, DateOrder::Dmy).as_deref(), Some(date), "{cell}");
        }
    }

    #[test]
    fn the_order_decides() {
        assert_eq!(told("3/4/2025", DateOrder::Dmy).as_deref(), Some("2025-04-03"));
        assert_eq!(told("3/4/2025", DateOrder::Mdy).as_deref(), Some("2025-03-04"));
        assert_eq!(told("10/25/2016", DateOrder::Mdy).as_deref(), Some("2016-10-25"));
        assert_eq!(told("10/25/2016", DateOrder::Dmy), None);
        assert_eq!(told("21-04-16", DateOrder::Ymd).as_deref(), Some("2021-04-16"));
    }

    #[test]
    fn other_text_is_no_date() {
        for cell in ["", "soon", "Marco 12", "12", "2021", "31/02/2021", "1-2", "10:30", "1.2.3.4", "+39 055 123", "2021-04-25 noon"] {
            assert_eq!(told(cell, DateOrder::Dmy), None, "{cell}");
        }
    }

    #[test]
    fn numbers_prove_the_order_or_not() {
        assert_eq!(evidence("10/20/2016"), Evidence::Certain(DateOrder::Mdy));
        assert_eq!(evidence("20/10/2016"), Evidence::Certain(DateOrder::Dmy));
        assert_eq!(evidence("3.4.2016"), Evidence::Certain(DateOrder::Dmy));
        assert_eq!(evidence("2016-10-20"), Evidence::Certain(DateOrder::Ymd));
        assert_eq!(evidence("3/4/2016 10:00"), Evidence::Ambiguous);
        assert_eq!(evidence("4/4/2016"), Evidence::None);
        assert_eq!(evidence("16 Apr, 2021"), Evidence::None);
    }
}
