//! Days and hours on which the company works, seen from today.

use std::collections::HashMap;

use base::{Date, Instant};
use jiff::civil::{self, Weekday};
use jiff::tz::TimeZone;

use crate::dice::{Dice, float};

/// Months that the figures cover.
pub const MONTHS: i64 = 36;
/// Months before them in which deals began that closed in their first days.
const RUN_UP: i64 = 6;
const MINUTE: i64 = 60_000_000;
/// Wins of Europe by month against the average of the year.
const SEASON: [f64; 12] = [0.7, 1.0, 1.5, 1.5, 1.2, 0.9, 0.7, 0.4, 0.9, 1.3, 1.2, 0.7];
const CHINA_SEASON: [f64; 12] = [0.8, 0.8, 1.0, 1.6, 1.0, 0.9, 0.8, 0.8, 1.0, 0.9, 1.6, 0.9];
const GROWTH_A_YEAR: f64 = 1.14;
/// Days on which Spring Festival begins; further years repeat the last.
const SPRING_FESTIVALS: [(i16, i8, i8); 20] = [
    (2022, 2, 1),
    (2023, 1, 22),
    (2024, 2, 10),
    (2025, 1, 29),
    (2026, 2, 17),
    (2027, 2, 6),
    (2028, 1, 26),
    (2029, 2, 13),
    (2030, 2, 3),
    (2031, 1, 23),
    (2032, 2, 11),
    (2033, 1, 31),
    (2034, 2, 19),
    (2035, 2, 8),
    (2036, 1, 28),
    (2037, 2, 15),
    (2038, 2, 4),
    (2039, 1, 24),
    (2040, 2, 12),
    (2041, 2, 1),
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Region {
    Europe,
    China,
}

/// A day that is known later: the epoch until then.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Day(Date);

impl Default for Day {
    fn default() -> Self {
        Day(Date::from_days(0))
    }
}
impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Day(date)
    }
}
impl std::ops::Deref for Day {
    type Target = Date;
    fn deref(&self) -> &Date {
        &self.0
    }
}
impl Day {
    pub fn is_known(self) -> bool {
        self.0.days() != 0
    }
}

pub struct Calendar {
    pub now: Instant,
    pub today: Date,
    /// The workspace's zone.
    pub zone: TimeZone,
    /// When the oldest records were written.
    pub start: Date,
}

impl Calendar {
    pub fn new(now: Instant, zone: TimeZone) -> Self {
        let today = now.date_in(&zone);
        let start = first_working(back(today, MONTHS + RUN_UP));
        Calendar { now, today, zone, start }
    }
    /// The first day of the figures.
    pub fn window(&self) -> Date {
        back(self.today, MONTHS)
    }
    pub fn ago(&self, days: i64) -> Date {
        self.today.plus_days(-days)
    }
    /// The last working day before a day.
    pub fn before(&self, day: Date) -> Date {
        last_working(day.plus_days(-1))
    }
    /// Today, or the last working day when nobody works today.
    pub fn latest(&self) -> Date {
        last_working(self.today)
    }
    /// The Friday that comes.
    pub fn friday(&self) -> Date {
        (1..=7).map(|n| self.today.plus_days(n)).find(|d| weekday(*d) == Weekday::Friday).unwrap_or(self.today)
    }
    /// The Monday with which the week of a day begins.
    pub fn monday(&self, day: Date) -> Date {
        (0..7).map(|n| day.plus_days(-n)).find(|d| weekday(*d) == Weekday::Monday).unwrap_or(day)
    }
    /// Some working moment of a day in a zone, before now.
    pub fn moment(&self, dice: &mut Dice, day: Date, zone: &TimeZone) -> Instant {
        let morning = dice.percent(55);
        let minute = if morning { dice.between(8 * 60 + 15, 12 * 60 + 20) } else { dice.between(13 * 60 + 40, 18 * 60 + 5) };
        self.at(day, zone, minute).plus_micros(dice.between(0, 59) * 1_000_000)
    }
    /// A minute of a day in a zone; what would lie ahead is put into the hour before now, or on the last working day.
    pub fn at(&self, day: Date, zone: &TimeZone, minute: i64) -> Instant {
        let at = day.start_in(zone).plus_micros(minute * MINUTE);
        if at < self.now {
            return at;
        }
        let earlier = self.now.plus_micros(-(minute % 50 + 3) * MINUTE);
        let same_day = earlier.date_in(zone) == day && weekday(earlier.date_in(zone)) != Weekday::Sunday;
        if same_day { earlier } else { self.before(day.min(self.today)).start_in(zone).plus_micros(minute * MINUTE) }
    }
    /// The working day so many days after another, not after today.
    pub fn later(&self, day: Date, days: i64) -> Date {
        let there = last_working(day.plus_days(days).min(self.today));
        if there < day { day } else { there }
    }
    /// Days on which deals close, drawn by season and growth: `count` working days from the beginning of the figures until
    /// some days ago, in order. Months in which some are told already get the fewer.
    pub fn closings(&self, dice: &mut Dice, until: Date, count: usize, region: Region, told: &[Date]) -> Vec<Date> {
        let days = self.open_days(until, count, region, told);
        let sum: f64 = days.iter().map(|(_, weight)| weight).sum();
        let mut found = Vec::with_capacity(count);
        let mut passed = 0.0;
        for (day, weight) in days {
            passed += weight;
            while found.len() < count && (float(found.len()) + dice.unit() * 0.8 + 0.1) / float(count) * sum < passed {
                found.push(day);
            }
        }
        while found.len() < count {
            found.push(last_working(until));
        }
        found
    }
    /// Working days with the weight that told ones leave them.
    fn open_days(&self, until: Date, count: usize, region: Region, told: &[Date]) -> Vec<(Date, f64)> {
        let month = |d: &Date| (d.civil().year(), d.civil().month());
        let (from, to) = (self.window(), self.today);
        let mut days: Vec<(Date, f64)> = days(from, to).filter(|d| is_working(*d)).map(|d| (d, self.weight(d, region))).collect();
        lean(&mut days, until);
        let mut months: HashMap<(i16, i8), (f64, f64)> = HashMap::new();
        for (day, weight) in &days {
            months.entry(month(day)).or_default().0 += weight;
        }
        let sum: f64 = days.iter().map(|(_, weight)| weight).sum();
        let told: Vec<&Date> = told.iter().filter(|d| from <= **d && **d <= to).collect();
        for day in &told {
            months.entry(month(day)).or_default().1 += 1.0;
        }
        let all = float(count + told.len());
        let year = |d: &Date| (self.today.days() - d.days()) / 366;
        let mut years: HashMap<i32, (f64, f64)> = HashMap::new();
        for (day, weight) in &mut days {
            let (share, told) = months.get(&month(day)).copied().unwrap_or((1.0, 0.0));
            let wanted = share / sum.max(f64::MIN_POSITIVE) * all;
            let before = *weight / sum.max(f64::MIN_POSITIVE) * all;
            *weight = before * ((wanted - told) / wanted.max(f64::MIN_POSITIVE)).max(0.0);
            let of_year = years.entry(year(day)).or_default();
            (of_year.0, of_year.1) = (of_year.0 + before, of_year.1 + *weight);
        }
        // A month that has more than its share takes it from the others of its year.
        for day in told {
            years.entry(year(day)).or_default().0 -= 1.0;
        }
        for (day, weight) in &mut days {
            let (wanted, left) = years.get(&year(day)).copied().unwrap_or((1.0, 1.0));
            *weight *= wanted.max(0.0) / left.max(f64::MIN_POSITIVE);
        }
        days
    }
    fn weight(&self, day: Date, region: Region) -> f64 {
        let date = day.civil();
        let years = f64::from(day.days() - self.window().days()) / 365.25;
        let growth = GROWTH_A_YEAR.powf(years);
        let month = usize::try_from(date.month() - 1).unwrap_or(0);
        let table = if region == Region::China { &CHINA_SEASON } else { &SEASON };
        let season = table.get(month).copied().unwrap_or(1.0);
        let even = share(date, region) / month_of(date).map(|d| share(d, region)).sum::<f64>();
        season * growth * even * if region == Region::China { china_pause(day) } else { 1.0 }
    }
}

/// What the days after one would take of their month, those before them take.
fn lean(days: &mut [(Date, f64)], until: Date) {
    let month = until.civil().first_of_month();
    let sum = |days: &[(Date, f64)], holds: &dyn Fn(Date) -> bool| -> f64 {
        days.iter().filter(|(day, _)| day.civil().first_of_month() == month && holds(*day)).map(|(_, weight)| weight).sum()
    };
    let (before, after) = (sum(days, &|day| day <= until), sum(days, &|day| day > until));
    for (day, weight) in days {
        if *day > until {
            *weight = 0.0;
        } else if day.civil().first_of_month() == month {
            *weight *= 1.0 + after / before.max(f64::MIN_POSITIVE);
        }
    }
}

/// What a day takes of its month. All days of a month together take the same whichever month it is: feasts and the number of
/// working days do not tell of a season.
fn share(date: civil::Date, region: Region) -> f64 {
    let saturday = if date.weekday() == Weekday::Saturday { 0.2 } else { 1.0 };
    saturday * if region == Region::China { 1.0 } else { quarter_end(date) }
}

/// The working days of the month of a day.
fn month_of(date: civil::Date) -> impl Iterator<Item = civil::Date> {
    let (first, last) = (Date::from_civil(date.first_of_month()), Date::from_civil(date.last_of_month()));
    days(first, last).filter(|d| is_working(*d)).map(|d| d.civil())
}

/// The last ten days of a quarter take most of its last month.
fn quarter_end(date: civil::Date) -> f64 {
    if date.month() % 3 != 0 {
        return 1.0;
    }
    if is_quarter_end(date) { 2.5 } else { 0.25 }
}

/// One of the last ten days of a quarter.
pub fn is_quarter_end(date: civil::Date) -> bool {
    date.month() % 3 == 0 && date.day() > date.days_in_month() - 10
}

/// Hardly anything happens around Spring Festival and in the first week of October.
pub fn china_pause(day: Date) -> f64 {
    let date = day.civil();
    if date.month() == 10 && date.day() <= 7 {
        return 0.3;
    }
    let near = |(year, month, festival): &(i16, i8, i8)| {
        Date::new(*year, *month, *festival).is_ok_and(|begin| (-4..=12).contains(&(day.days() - begin.days())))
    };
    if SPRING_FESTIVALS.iter().any(near) { 0.2 } else { 1.0 }
}

pub fn weekday(day: Date) -> Weekday {
    day.civil().weekday()
}

/// Nobody works on Sundays and on the feasts that all our countries share.
pub fn is_working(day: Date) -> bool {
    let date = day.civil();
    let feast = matches!((date.month(), date.day()), (1, 1) | (12, 25) | (12, 26));
    date.weekday() != Weekday::Sunday && !feast
}

/// The day itself or the next one on which somebody works.
pub fn first_working(day: Date) -> Date {
    (0..10).map(|n| day.plus_days(n)).find(|d| is_working(*d)).unwrap_or(day)
}

/// The day itself or the last one on which somebody worked.
pub fn last_working(day: Date) -> Date {
    (0..10).map(|n| day.plus_days(-n)).find(|d| is_working(*d)).unwrap_or(day)
}

pub fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    (from.days()..=to.days()).map(Date::from_days)
}

/// So many months earlier.
pub fn back(day: Date, months: i64) -> Date {
    day.civil().checked_sub(jiff::Span::new().months(months)).map_or(day, Date::from_civil)
}
