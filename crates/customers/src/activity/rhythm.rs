//! Rules of repetition, the part of RFC 5545 that people use: every so many days, weeks, months or years, on days of the
//! week (`BYDAY=MO,TH`, in months also `1MO` or `-1FR`) or of the month (`BYMONTHDAY=15`, `-1` for the last), until a
//! date or a number of times.

use base::Date;

/// Days that are looked ahead for the next time: leap days in a rule of every four years are found, too.
const AHEAD: i64 = 366 * 12;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Every {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Rhythm {
    every: Every,
    interval: i64,
    /// Which one of the month (0: every; -1: the last), and day of the week from Monday = 1.
    days: Vec<(i64, i64)>,
    month_days: Vec<i64>,
    until: Option<Date>,
    /// How often in all.
    pub count: Option<i64>,
}

const WEEKDAYS: &[(&str, i64)] = &[("MO", 1), ("TU", 2), ("WE", 3), ("TH", 4), ("FR", 5), ("SA", 6), ("SU", 7)];

impl Rhythm {
    /// `None` for what is no rule, or one of a kind that is not understood.
    pub fn parse(text: &str) -> Option<Rhythm> {
        let text = text.trim().to_uppercase();
        let text = text.strip_prefix("RRULE:").unwrap_or(&text);
        let mut rhythm = Rhythm { every: Every::Day, interval: 1, days: Vec::new(), month_days: Vec::new(), until: None, count: None };
        let mut has_freq = false;
        for part in text.split(';').filter(|p| !p.is_empty()) {
            let (name, value) = part.split_once('=')?;
            match name {
                "FREQ" => {
                    has_freq = true;
                    rhythm.every = match value {
                        "DAILY" => Every::Day,
                        "WEEKLY" => Every::Week,
                        "MONTHLY" => Every::Month,
                        "YEARLY" => Every::Year,
                        _ => return None,
                    };
                }
                "INTERVAL" => rhythm.interval = value.parse().ok().filter(|n| (1..=1000).contains(n))?,
                "COUNT" => rhythm.count = Some(value.parse().ok().filter(|n| *n > 0)?),
                "UNTIL" => rhythm.until = Some(until(value)?),
                "BYDAY" => rhythm.days = value.split(',').map(weekday).collect::<Option<_>>()?,
                "BYMONTHDAY" => rhythm.month_days = value.split(',').map(month_day).collect::<Option<_>>()?,
                "WKST" if value == "MO" => {}
                _ => return None,
            }
        }
        let is_ordinal = rhythm.days.iter().any(|(which, _)| *which != 0);
        let fits = rhythm.every == Every::Month || !is_ordinal && rhythm.month_days.is_empty();
        (has_freq && fits).then_some(rhythm)
    }

    /// The first time after a day, and not before another one; the series began at `start`.
    pub fn next(&self, start: Date, after: Date, not_before: Date) -> Option<Date> {
        let first = after.plus_days(1).max(not_before);
        (0..AHEAD)
            .map(|ahead| first.plus_days(ahead))
            .take_while(|day| self.until.is_none_or(|until| *day <= until))
            .find(|day| self.is_on(start, *day))
    }

    fn is_on(&self, start: Date, day: Date) -> bool {
        let (from, to) = (start.civil(), day.civil());
        let days = i64::from(day.days()) - i64::from(start.days());
        let months = (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month()) - i64::from(from.month());
        let of_week = i64::from(to.weekday().to_monday_one_offset());
        let in_turn = |n: i64| n >= 0 && n % self.interval == 0;
        match self.every {
            Every::Day => in_turn(days) && (self.days.is_empty() || self.days.contains(&(0, of_week))),
            Every::Week => {
                let monday = |date: Date| i64::from(date.days()) - i64::from(date.civil().weekday().to_monday_one_offset());
                let own = i64::from(from.weekday().to_monday_one_offset());
                in_turn((monday(day) - monday(start)) / 7)
                    && if self.days.is_empty() { of_week == own } else { self.days.contains(&(0, of_week)) }
            }
            Every::Month => in_turn(months) && self.is_on_in_month(from, to, of_week),
            Every::Year => {
                in_turn(i64::from(to.year()) - i64::from(from.year()))
                    && to.month() == from.month()
                    && to.day() == from.day().min(to.days_in_month())
            }
        }
    }

    fn is_on_in_month(&self, from: jiff::civil::Date, to: jiff::civil::Date, of_week: i64) -> bool {
        let (day, length) = (i64::from(to.day()), i64::from(to.days_in_month()));
        if self.days.is_empty() && self.month_days.is_empty() {
            // The 31st of a short month is its last day.
            return day == i64::from(from.day()).min(length);
        }
        let by_date = self.month_days.iter().any(|n| day == if *n < 0 { length + 1 + n } else { *n });
        let (nth, nth_last) = ((day - 1) / 7 + 1, -((length - day) / 7 + 1));
        let by_week = self.days.iter().any(|(which, weekday)| *weekday == of_week && (*which == 0 || *which == nth || *which == nth_last));
        by_date || by_week
    }
}

/// `20271231`, with or without a time.
fn until(value: &str) -> Option<Date> {
    let part = |range: std::ops::Range<usize>| value.get(range);
    Date::new(part(0..4)?.parse().ok()?, part(4..6)?.parse().ok()?, part(6..8)?.parse().ok()?).ok()
}

fn weekday(text: &str) -> Option<(i64, i64)> {
    let at = text.len().checked_sub(2)?;
    let (_, day) = WEEKDAYS.iter().find(|(name, _)| text.get(at..) == Some(name))?;
    let which = match text.get(..at)? {
        "" => 0,
        number => number.parse().ok().filter(|n: &i64| *n != 0 && (-5..=5).contains(n))?,
    };
    Some((which, *day))
}

fn month_day(text: &str) -> Option<i64> {
    text.parse().ok().filter(|n: &i64| *n != 0 && (-31..=31).contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// The next three times.
    fn times(rule: &str, start: &str) -> Vec<String> {
        let rhythm = Rhythm::parse(rule).unwrap();
        let mut day = date(start);
        let mut all = Vec::new();
        for _ in 0..3 {
            let Some(next) = rhythm.next(date(start), day, date(start)) else { break };
            all.push(next.to_string());
            day = next;
        }
        all
    }

    #[test]
    fn days_weeks_months_and_years_come_round() {
        for (rule, start, next) in [
            ("FREQ=DAILY;INTERVAL=3", "2026-07-20", ["2026-07-23", "2026-07-26", "2026-07-29"]),
            ("FREQ=WEEKLY", "2026-07-20", ["2026-07-27", "2026-08-03", "2026-08-10"]),
            ("FREQ=WEEKLY;BYDAY=MO,TH", "2026-07-20", ["2026-07-23", "2026-07-27", "2026-07-30"]),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-07-20", ["2026-07-24", "2026-08-07", "2026-08-21"]),
            ("RRULE:FREQ=MONTHLY", "2026-01-31", ["2026-02-28", "2026-03-31", "2026-04-30"]),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31", ["2026-02-28", "2026-03-31", "2026-04-30"]),
            ("FREQ=MONTHLY;BYDAY=1MO", "2026-07-06", ["2026-08-03", "2026-09-07", "2026-10-05"]),
            ("FREQ=MONTHLY;BYDAY=-1FR", "2026-07-31", ["2026-08-28", "2026-09-25", "2026-10-30"]),
            ("FREQ=YEARLY", "2024-02-29", ["2025-02-28", "2026-02-28", "2027-02-28"]),
        ] {
            assert_eq!(times(rule, start), next, "{rule}");
        }
        assert_eq!(times("FREQ=WEEKLY;UNTIL=20260803T000000Z", "2026-07-20"), ["2026-07-27", "2026-08-03"]);
    }

    #[test]
    fn what_is_no_rule_is_told_from_one() {
        for text in [
            "",
            "weekly",
            "FREQ=HOURLY",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=WEEKLY;BYDAY=1MO",
            "FREQ=DAILY;INTERVAL=0",
            "INTERVAL=2",
            "FREQ=DAILY;X=1",
        ] {
            assert_eq!(Rhythm::parse(text), None, "{text}");
        }
    }
}
