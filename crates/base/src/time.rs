//! Instants (UTC, microseconds) and dates (no time, no zone).

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

use crate::{Error, Result};

/// A moment in UTC, in microseconds since 1970.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Instant(i64);

pub const DAY_MICROS: i64 = 86_400_000_000;

impl Instant {
    pub const fn from_micros(micros: i64) -> Self {
        Instant(micros)
    }
    pub const fn micros(self) -> i64 {
        self.0
    }
    /// The clock of the machine. Only the engine's clock calls this; everybody else asks `ctx.now()`.
    pub fn now() -> Self {
        Instant(Timestamp::now().as_microsecond())
    }
    pub fn plus_micros(self, micros: i64) -> Self {
        Instant(self.0.saturating_add(micros))
    }
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_micros(days.saturating_mul(DAY_MICROS))
    }
    /// The day on which this moment falls in a zone.
    pub fn date_in(self, zone: &TimeZone) -> Date {
        match Timestamp::from_microsecond(self.0) {
            Ok(t) => Date(t.to_zoned_datetime(zone.clone()).date()),
            Err(_) => Date(civil::Date::ZERO),
        }
    }
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.timestamp(), f)
    }
}
impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
/// RFC 3339 with an offset or `Z`.
impl FromStr for Instant {
    type Err = Error;
    fn from_str(s: &str) -> Result<Self> {
        s.trim().parse::<Timestamp>().map(|t| Instant(t.as_microsecond())).map_err(|_| {
            Error::invalid(format!("\"{}\" is not a moment; write one like 2026-03-31T14:00:00Z", crate::text::shorten(s, 60)))
        })
    }
}

/// A day of the calendar, without time and zone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(civil::Date);

const EPOCH: civil::Date = civil::date(1970, 1, 1);
/// Days from 1970 to -9999-01-01 and 9999-12-31, the ends of the calendar.
const FIRST_DAY: i32 = -4_371_587;
const LAST_DAY: i32 = 2_932_896;

impl Date {
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self> {
        civil::Date::new(year, month, day).map(Date).map_err(|_| Error::invalid(format!("{year}-{month}-{day} is not a date")))
    }
    pub fn from_civil(date: civil::Date) -> Self {
        Date(date)
    }
    pub fn civil(self) -> civil::Date {
        self.0
    }
    /// Days since 1970-01-01.
    pub fn days(self) -> i32 {
        (self.0 - EPOCH).get_days()
    }
    pub fn from_days(days: i32) -> Self {
        Date(EPOCH.checked_add(jiff::Span::new().days(days.clamp(FIRST_DAY, LAST_DAY))).unwrap_or(EPOCH))
    }
    pub fn plus_days(self, days: i64) -> Self {
        let days = i32::try_from(days.clamp(-4_000_000, 4_000_000)).unwrap_or(0);
        Date::from_days(self.days().saturating_add(days))
    }
    /// Midnight that begins this day in a zone.
    pub fn start_in(self, zone: &TimeZone) -> Instant {
        match self.0.to_zoned_datetime(zone.clone()) {
            Ok(z) => Instant(z.timestamp().as_microsecond()),
            Err(_) => Instant(i64::from(self.days()).saturating_mul(DAY_MICROS)),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
/// `YYYY-MM-DD` only.
impl FromStr for Date {
    type Err = Error;
    fn from_str(s: &str) -> Result<Self> {
        let text = s.trim();
        let shape =
            text.len() == 10 && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        let wrong = || Error::invalid(format!("\"{}\" is not a date; write one like 2026-03-31", crate::text::shorten(s, 60)));
        if !shape {
            return Err(wrong());
        }
        text.parse::<civil::Date>().map(Date).map_err(|_| wrong())
    }
}
