//! Dates and moments as people write them in files.

use base::text::{digit, fold};
use base::{Date, Instant};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::clean::quote;
use super::wrong::Wrong;
use crate::field::{DateOrder, ImportLocale};

/// A date; a time behind it is left out.
pub fn date(text: &str, locale: &ImportLocale) -> Result<Date, Wrong> {
    let plain = plain(text);
    let (date, rest) = split_date(&plain, locale)?.ok_or_else(|| no_date(text))?;
    if rest.is_empty() || time(rest).is_some() { Ok(date) } else { Err(no_date(text)) }
}

/// A moment; without an offset in the file's zone, without a time at midnight. Also seconds or milliseconds since 1970.
pub fn instant(text: &str, locale: &ImportLocale) -> Result<Instant, Wrong> {
    if let Ok(instant) = text.parse::<Instant>() {
        return Ok(instant);
    }
    if let Some(instant) = epoch(text) {
        return Ok(instant);
    }
    let plain = plain(text);
    let wrong = || Wrong::format(format!("{} is not a moment; write one such as 2026-03-31 14:00", quote(text)));
    let (date, rest) = split_date(&plain, locale)?.ok_or_else(wrong)?;
    let time = if rest.is_empty() { Time::default() } else { time(rest).ok_or_else(wrong)? };
    let local = DateTime::from_parts(date.civil(), time.civil().ok_or_else(wrong)?);
    let zone = match time.offset {
        Some(seconds) => jiff::tz::Offset::from_seconds(seconds).map(TimeZone::fixed).map_err(|_| wrong())?,
        None => locale.zone.clone(),
    };
    let zoned = local.to_zoned_datetime(zone).map_err(|_| wrong())?;
    Ok(Instant::from_micros(zoned.timestamp().as_microsecond()))
}

fn no_date(text: &str) -> Wrong {
    Wrong::format(format!("{} is not a date; write one such as 2026-03-31", quote(text)))
}

fn epoch(text: &str) -> Option<Instant> {
    let micros = match text.len() {
        10 => 1_000_000,
        13 => 1_000,
        _ => return None,
    };
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i64>().ok()).flatten().map(|n| Instant::from_micros(n * micros))
}

/// Digits as ASCII, the Chinese marks of year, month and day as `-`, spaces alike.
fn plain(text: &str) -> String {
    let one = |c: char| match c {
        '年' | '月' => '-',
        '日' | '号' => ' ',
        '時' | '时' | '点' | '：' => ':',
        '分' => ' ',
        '／' => '/',
        c if c.is_whitespace() => ' ',
        c => digit(c).unwrap_or(c),
    };
    text.trim().chars().map(one).collect::<String>().trim().to_string()
}

/// The date at the beginning, and what follows it.
fn split_date<'a>(text: &'a str, locale: &ImportLocale) -> Result<Option<(Date, &'a str)>, Wrong> {
    let has_words = text.contains(|c: char| c.is_alphabetic() && c != 'T' && c != 'Z');
    if let Some(found) = has_words.then(|| named(text)).flatten() {
        return Ok(Some(found));
    }
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.'))).unwrap_or(text.len());
    let Some((head, rest)) = text.split_at_checked(end) else { return Ok(None) };
    let parts: Vec<&str> = head.trim_end_matches(['-', '.', '/']).split(['-', '/', '.']).collect();
    let rest = rest.trim_start_matches(['T', ' ', ',']);
    let date = match parts.as_slice() {
        [one] if one.len() == 8 => ymd(one.get(..4), one.get(4..6), one.get(6..)),
        [year, month, day] if year.len() == 4 => ymd(Some(year), Some(month), Some(day)),
        [a, b, c] => short(a, b, c, head.contains('.'), locale)?,
        _ => None,
    };
    Ok(date.map(|date| (date, rest)))
}

fn ymd(year: Option<&str>, month: Option<&str>, day: Option<&str>) -> Option<Date> {
    Date::new(year?.parse().ok()?, month?.parse().ok()?, day?.parse().ok()?).ok()
}

/// Three numbers of which the first is no year. Points always put the day first; so does a day beyond 12.
fn short(a: &str, b: &str, c: &str, has_points: bool, locale: &ImportLocale) -> Result<Option<Date>, Wrong> {
    if !matches!((a.len(), b.len(), c.len()), (1..=2, 1..=2, 2 | 4)) {
        return Ok(None);
    }
    let (Ok(first), Ok(second)) = (a.parse::<u32>(), b.parse::<u32>()) else { return Ok(None) };
    let order = match locale.date_order {
        DateOrder::Ymd if c.len() == 2 && !has_points => DateOrder::Ymd,
        _ if has_points || first > 12 => DateOrder::Dmy,
        _ if second > 12 => DateOrder::Mdy,
        DateOrder::Ymd if first != second => {
            return Err(Wrong::format(format!("\"{a}/{b}/{c}\" can be read two ways; say whether the day or the month comes first")));
        }
        DateOrder::Ymd => DateOrder::Dmy,
        order => order,
    };
    let (year, month, day) = match order {
        DateOrder::Ymd => (a, b, c),
        DateOrder::Dmy => (c, b, a),
        DateOrder::Mdy => (c, a, b),
    };
    Ok(full_year(year).and_then(|year| ymd(Some(&year), Some(month), Some(day))))
}

/// `26` is 2026, `70` is 1970.
fn full_year(year: &str) -> Option<String> {
    match (year.len(), year.parse::<u32>().ok()?) {
        (4, _) => Some(year.to_string()),
        (2, n) if n < 70 => Some(format!("20{year}")),
        (2, _) => Some(format!("19{year}")),
        _ => None,
    }
}

/// Beginnings of the names of months, in English, Italian, German, French, Spanish, Portuguese and Polish.
const MONTHS: &[&[&str]] = &[
    &["jan", "gen", "ene", "janv", "sty"],
    &["feb", "fev", "lut"],
    &["mar", "maerz", "mrz"],
    &["apr", "avr", "abr", "kwi"],
    &["may", "mag", "mai", "maj"],
    &["jun", "giu", "juin", "cze"],
    &["jul", "lug", "juil", "lip"],
    &["aug", "ago", "aou", "sie"],
    &["sep", "set", "wrz"],
    &["oct", "ott", "okt", "out", "paz"],
    &["nov", "lis"],
    &["dec", "dic", "dez", "gru"],
];
const WEEKDAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mer", "gio", "ven", "sab", "dom", "of", "de", "the"];

fn month(word: &str) -> Option<i8> {
    let folded = fold(word);
    let found = |names: &[&str]| names.iter().any(|name| folded.starts_with(name));
    MONTHS.iter().position(|names| found(names)).and_then(|at| i8::try_from(at + 1).ok())
}

/// `3 Mar 2026`, `March 3rd, 2026`, `Tue, 3. März 2026 10:00`.
fn named(text: &str) -> Option<(Date, &str)> {
    let (mut day, mut month_found, mut year) = (None, None, None);
    let mut rest = text;
    while year.is_none() {
        rest = rest.trim_start_matches([' ', ',', '.', '-', '/', '\'']);
        let first = rest.chars().next()?;
        let end = rest
            .find(|c: char| c.is_alphabetic() != first.is_alphabetic() || matches!(c, ' ' | ',' | '.' | '-' | '/'))
            .unwrap_or(rest.len());
        let (token, after) = rest.split_at_checked(end)?;
        rest = after;
        match token.parse::<i16>() {
            Ok(n) if token.len() <= 2 && day.is_none() => {
                day = Some(i8::try_from(n).ok()?);
                rest = ["st", "nd", "rd", "th"].iter().find_map(|suffix| rest.strip_prefix(suffix)).unwrap_or(rest);
            }
            Ok(_) if month_found.is_some() => year = Some(full_year(token)?.parse().ok()?),
            Ok(_) => return None,
            Err(_) => match month(token) {
                Some(n) if month_found.is_none() => month_found = Some(n),
                _ if WEEKDAYS.iter().any(|w| fold(token).starts_with(w)) => {}
                _ => return None,
            },
        }
    }
    let date = Date::new(year?, month_found?, day?).ok()?;
    Some((date, rest.trim_start_matches([' ', ',', 'T'])))
}

#[derive(Default)]
struct Time {
    hour: i8,
    minute: i8,
    second: i8,
    micros: i32,
    /// Seconds east of UTC.
    offset: Option<i32>,
}

impl Time {
    fn civil(&self) -> Option<jiff::civil::Time> {
        jiff::civil::Time::new(self.hour, self.minute, self.second, self.micros.checked_mul(1_000)?).ok()
    }
}

/// `14:00`, `2:00:30.5 PM`, `14:00+02:00`, `14:00 UTC`.
fn time(text: &str) -> Option<Time> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(text.len());
    let (clock, rest) = text.split_at_checked(end)?;
    let parts: Vec<&str> = clock.trim_end_matches(':').splitn(3, ':').collect();
    let mut time = Time::default();
    match parts.as_slice() {
        [hour, minute] => (time.hour, time.minute) = (hour.parse().ok()?, minute.parse().ok()?),
        [hour, minute, second] => {
            let (whole, fraction) = second.split_once('.').unwrap_or((second, ""));
            (time.hour, time.minute, time.second) = (hour.parse().ok()?, minute.parse().ok()?, whole.parse().ok()?);
            time.micros = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
        }
        _ => return None,
    }
    let rest = half_day(rest.trim(), &mut time)?;
    time.offset = offset(rest)?;
    Some(time)
}

fn half_day<'a>(rest: &'a str, time: &mut Time) -> Option<&'a str> {
    let lower = rest.to_ascii_lowercase();
    let is_pm = lower.starts_with("pm") || lower.starts_with("p.m.");
    let is_am = lower.starts_with("am") || lower.starts_with("a.m.");
    if !is_pm && !is_am {
        return Some(rest);
    }
    if !(1..=12).contains(&time.hour) {
        return None;
    }
    time.hour = time.hour % 12 + if is_pm { 12 } else { 0 };
    rest.get(if lower.contains(".m.") { 4 } else { 2 }..).map(str::trim)
}

/// `None` inside: no offset is written. Outside: what is written is none.
fn offset(rest: &str) -> Option<Option<i32>> {
    if rest.is_empty() {
        return Some(None);
    }
    if ["z", "utc", "gmt"].contains(&rest.to_ascii_lowercase().as_str()) {
        return Some(Some(0));
    }
    let sign = if rest.starts_with('+') { 1 } else { -1 };
    let digits = rest.strip_prefix(['+', '-'])?.replace(':', "");
    let (hours, minutes) = match digits.len() {
        2 => (digits.parse::<i32>().ok()?, 0),
        4 => (digits.get(..2)?.parse::<i32>().ok()?, digits.get(2..)?.parse::<i32>().ok()?),
        _ => return None,
    };
    Some(Some(sign * (hours * 3600 + minutes * 60)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(order: DateOrder) -> ImportLocale {
        ImportLocale { date_order: order, zone: TimeZone::get("Europe/Rome").unwrap(), ..ImportLocale::default() }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        use DateOrder::{Dmy, Mdy, Ymd};
        for (text, order, expected) in [
            ("2026-03-31", Ymd, "2026-03-31"),
            ("2026/3/1", Mdy, "2026-03-01"),
            ("20260331", Ymd, "2026-03-31"),
            ("31/03/2026", Ymd, "2026-03-31"),
            ("03/31/2026", Ymd, "2026-03-31"),
            ("03/04/2026", Dmy, "2026-04-03"),
            ("03/04/2026", Mdy, "2026-03-04"),
            ("03/04/2026", Ymd, "format"),
            ("3.4.26", Mdy, "2026-04-03"),
            ("31.12.99", Dmy, "1999-12-31"),
            ("3 Mar 2026", Ymd, "2026-03-03"),
            ("March 3rd, 2026", Ymd, "2026-03-03"),
            ("3. März 2026", Ymd, "2026-03-03"),
            ("Tue, 3 marzo 2026", Ymd, "2026-03-03"),
            ("3-Mar-26", Ymd, "2026-03-03"),
            ("1 sierpnia 2026", Ymd, "2026-08-01"),
            ("2026年3月3日", Ymd, "2026-03-03"),
            ("2026-03-31 00:00:00", Ymd, "2026-03-31"),
            ("2026-03-31T10:00:00Z", Ymd, "2026-03-31"),
            ("2/29/2025", Mdy, "format"),
            ("31/02/2026", Dmy, "format"),
            ("tomorrow", Ymd, "format"),
            ("2026", Ymd, "format"),
            ("2026-03-31 or so", Ymd, "format"),
        ] {
            let read = date(text, &locale(order)).map_or_else(|w| w.code.to_string(), |d| d.to_string());
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn moments_without_an_offset_are_of_the_files_zone() {
        for (text, expected) in [
            ("2026-03-31T14:00:00Z", "2026-03-31T14:00:00Z"),
            ("2026-03-31T14:00:00+02:00", "2026-03-31T12:00:00Z"),
            ("2026-03-31 14:00", "2026-03-31T12:00:00Z"),
            ("31/03/2026 2:30:15 PM", "2026-03-31T12:30:15Z"),
            ("31/03/2026, 12:05 am", "2026-03-30T22:05:00Z"),
            ("2026-01-31", "2026-01-30T23:00:00Z"),
            ("2026-03-31 14:00:00.123 +0200", "2026-03-31T12:00:00.123Z"),
            ("2026-03-31 14:00 UTC", "2026-03-31T14:00:00Z"),
            ("March 31, 2026 14:00", "2026-03-31T12:00:00Z"),
            ("1774965600", "2026-03-31T14:00:00Z"),
            ("1774965600000", "2026-03-31T14:00:00Z"),
            ("2026年3月31日 14:00", "2026-03-31T12:00:00Z"),
            ("2026-03-31 25:00", "format"),
            ("soon", "format"),
        ] {
            let read = instant(text, &locale(DateOrder::Dmy)).map_or_else(|w| w.code.to_string(), |i| i.to_string());
            assert_eq!(read, expected, "{text}");
        }
    }
}
