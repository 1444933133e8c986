//! Touches per week, twelve weeks, the oldest first; weeks begin on Monday in the workspace's zone.

use base::{Date, Instant, Value};
use jiff::tz::TimeZone;

pub const WEEKS: i32 = 12;

/// The Monday of a day's week.
pub fn monday(day: Date) -> Date {
    // 1970-01-01 was a Thursday.
    day.plus_days(-i64::from((day.days() + 3).rem_euclid(7)))
}

/// The Monday with which the Pulse of a day begins.
pub fn begin(today: Date) -> Date {
    monday(today).plus_days(i64::from(1 - WEEKS) * 7)
}

/// Counts moments into weeks; those outside are left out. Absent when there are none.
pub fn count(touches: impl Iterator<Item = Instant>, today: Date, zone: &TimeZone) -> (Value, i64) {
    let first = begin(today);
    let mut weeks = vec![0_i64; usize::try_from(WEEKS).unwrap_or(0)];
    for touch in touches {
        let week = (monday(touch.date_in(zone)).days() - first.days()).div_euclid(7);
        if let Some(count) = usize::try_from(week).ok().and_then(|w| weeks.get_mut(w)) {
            *count += 1;
        }
    }
    let sum = weeks.iter().sum();
    (if sum == 0 { Value::Null } else { Value::List(weeks.into_iter().map(Value::Int).collect()) }, sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(monday(day("2026-07-26")), day("2026-07-20"), "a Sunday");
        assert_eq!(monday(day("2026-07-20")), day("2026-07-20"));
        assert_eq!(monday(day("1969-12-30")), day("1969-12-29"));
        assert_eq!(begin(day("2026-07-26")), day("2026-05-04"));
    }

    #[test]
    fn a_touch_counts_in_the_week_of_the_workspace() {
        let rome = TimeZone::get("Europe/Rome").unwrap();
        let today: Date = "2026-07-22".parse().unwrap();
        let at = |text: &str| text.parse::<Instant>().unwrap();
        // Sunday 22:30 in London is Monday in Rome.
        let touches = [at("2026-07-19T22:30:00Z"), at("2026-07-19T21:30:00Z"), at("2026-05-03T21:59:00Z"), at("2026-05-03T22:00:00Z")];
        let (pulse, sum) = count(touches.into_iter(), today, &rome);
        let shown: Vec<i64> = pulse.as_list().iter().filter_map(Value::as_int).collect();
        assert_eq!((shown, sum), (vec![1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1], 3));
        assert_eq!(count(std::iter::empty(), today, &rome), (Value::Null, 0));
    }
}
