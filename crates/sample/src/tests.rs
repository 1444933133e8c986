//! The plain data, before any database: on whatever day the company is invented, it holds together.

use base::Instant;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

use crate::calendar::Calendar;
use crate::step::{By, Step};
use crate::world::{Size, World};
use crate::{SEED, ZONE, invent, write};

fn invented(size: Size, now: &str) -> (World, Vec<Step>) {
    let zone = TimeZone::get(ZONE).unwrap();
    let mut world = World::new(size, Calendar::new(now.parse().unwrap(), zone), SEED);
    invent(&mut world);
    let steps = write::steps(&mut world);
    (world, steps)
}

fn check(size: Size, now: &str) {
    let (world, steps) = invented(size, now);
    let wrong = write::tests::rehearse(&world, &steps);
    assert!(wrong.is_empty(), "{now}: {} steps use what is not there: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
    let moment: Instant = now.parse().unwrap();
    for step in &steps {
        assert!(step.at <= moment, "{now}: {step:?} lies ahead");
        if let By::Staff(staff) = step.by {
            assert_ne!(staff.day_of(step.at).civil().weekday(), Weekday::Sunday, "{now}: {step:?}");
        }
    }
    let planned = |holds: &dyn Fn(base::Date) -> bool| world.activities.find(|a| a.due.is_some_and(holds)).len();
    let today = world.calendar.today;
    assert_eq!(
        (planned(&|_| true), planned(&|d| d < today), planned(&|d| d == today)),
        (size.of(440), size.of(31), size.of(27)),
        "{now}: planned"
    );
    let misplaced: Vec<_> = world.companies.iter().filter(|(_, c)| c.is_misplaced).map(|(_, c)| *c.created).collect();
    assert!(misplaced.iter().all(|day| *day == misplaced[0]), "{now}: those of one file are mended in one act: {misplaced:?}");
}

#[test]
fn the_whole_company_holds_together_on_a_sunday_morning_and_in_the_middle_of_a_week() {
    check(Size::Full, "2026-11-22T07:15:00Z");
    check(Size::Full, "2027-02-10T14:40:00Z");
}

#[test]
fn the_whole_company_holds_together_when_the_leads_of_the_fair_had_to_wait_for_monday() {
    check(Size::Full, "2026-11-30T00:23:00Z");
}

#[test]
fn the_whole_company_holds_together_over_the_feasts() {
    for now in ["2026-12-18T22:50:00Z", "2026-12-26T22:50:00Z", "2026-12-29T14:40:00Z", "2027-01-05T07:15:00Z", "2027-01-08T00:23:00Z"] {
        check(Size::Full, now);
    }
}

#[test]
fn the_whole_company_holds_together_when_somebody_came_only_yesterday() {
    for now in ["2026-12-09T07:15:00Z", "2026-12-19T22:50:00Z", "2027-01-15T14:40:00Z", "2027-02-11T07:15:00Z"] {
        check(Size::Full, now);
    }
}

#[test]
fn the_tenth_holds_together_on_any_day_of_the_year() {
    for now in [
        "2026-01-01T00:10:00Z",
        "2026-03-01T23:50:00Z",
        "2026-05-04T05:00:00Z",
        "2026-08-15T12:00:00Z",
        "2026-12-25T09:00:00Z",
        "2026-12-27T09:00:00Z",
        "2028-02-29T16:00:00Z",
        "2027-04-05T22:30:00Z",
        "2026-10-25T01:30:00Z",
    ] {
        check(Size::Small, now);
    }
}

#[test]
fn the_same_day_gives_the_same_company() {
    let shown = |world: &World| world.activities.iter().map(|(_, a)| format!("{} {}", a.at, a.subject)).collect::<Vec<String>>();
    let (one, _) = invented(Size::Small, "2026-11-24T10:00:00Z");
    let (two, _) = invented(Size::Small, "2026-11-24T10:00:00Z");
    assert_eq!(shown(&one), shown(&two));
}
