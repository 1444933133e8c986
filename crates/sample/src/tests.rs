//! The plain data, before any database: on whatever day the company is invented, it holds together.

use base::Instant;
use jiff::civil::Weekday;

use crate::step::{By, Step};
use crate::world::{Size, World};
use crate::{draw, figures, write};

fn invented(size: Size, now: &str) -> (World, Vec<Step>) {
    let mut world = draw(size, now.parse().unwrap());
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

/// Days on which one figure or another did not hold once, as what chance draws them by was not yet right. With
/// `LEGAME_SAMPLE_DAYS=400` so many days from the first of them on.
#[test]
fn its_figures_hold_on_the_days_that_broke_them_once() {
    let days: Vec<String> = match std::env::var("LEGAME_SAMPLE_DAYS") {
        Ok(count) => {
            let first: base::Date = "2026-12-01".parse().unwrap();
            let hours = ["03:30", "06:07", "10:00", "15:07", "22:07", "23:50"].into_iter().cycle();
            (0..count.parse().unwrap()).zip(hours).map(|(n, hour)| format!("{}T{hour}:00Z", first.plus_days(n))).collect()
        }
        Err(_) => [
            "2026-12-01T03:30:00Z",
            "2026-12-28T22:07:00Z",
            "2026-12-31T06:07:00Z",
            "2027-01-20T10:00:00Z",
            "2027-03-30T15:07:00Z",
            "2027-07-09T06:07:00Z",
            "2027-09-15T06:07:00Z",
            "2027-09-30T22:07:00Z",
        ]
        .map(str::to_string)
        .to_vec(),
    };
    for day in days {
        let faults = figures::faults(&draw(Size::Full, day.parse().unwrap()));
        assert!(faults.is_empty(), "{day}: {faults:#?}");
    }
}
