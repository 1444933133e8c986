//! The days of a deal: when it began, when it moved from stage to stage, when it was put off, when it closed.

use base::{Date, Instant};

use super::{Deal, Fate};
use crate::calendar::{first_working, last_working};
use crate::dice::{Dice, float, whole};
use crate::setup::pipelines::Pipe;
use crate::shelf::No;
use crate::world::World;

const MINUTE: i64 = 60_000_000;

/// Days from beginning to end, or of an open deal until now.
pub fn length(dice: &mut Dice, pipe: Pipe, fate: Fate) -> i64 {
    let (median, sigma) = match (pipe, fate) {
        (Pipe::Equipment, Fate::Won) => (41.0, 0.45),
        (Pipe::Renewals, Fate::Won) => (38.0, 0.3),
        (Pipe::China, Fate::Won) => (150.0, 0.25),
        (pipe, Fate::Lost(stage)) => (until(pipe, stage) * 1.15, 0.5),
        (pipe, Fate::Open(stage)) => (until(pipe, stage) * 0.8, 0.3),
    };
    whole(dice.spread(median, sigma)).clamp(3, 420)
}

/// The usual days up to the end of a stage.
fn until(pipe: Pipe, stage: usize) -> f64 {
    (0..=stage).map(|s| float(usize::try_from(pipe.usual_days(s)).unwrap_or(0))).sum()
}

pub fn run(world: &mut World) {
    overdue_shares(world);
    let all: Vec<No<Deal>> = world.deals.numbers().collect();
    for no in all {
        one(world, no);
    }
}

/// Goes the way once more, to another stage.
pub fn again(world: &mut World, no: No<Deal>) {
    world.deals[no].slips.clear();
    one(world, no);
}

/// Twelve of the 29 at Proposal have stood there far too long; elsewhere every third, half of them very long.
fn overdue_shares(world: &mut World) {
    for pipe in [Pipe::Equipment, Pipe::Renewals, Pipe::China] {
        for stage in 0..pipe.opens() {
            let usual = pipe.usual_days(stage);
            let here = world.deals.find(|d| d.pipe == pipe && d.fate == Fate::Open(stage));
            let is_over = |no: &No<Deal>| world.deals[*no].days_in_stage.is_some_and(|days| days > usual);
            let told = here.iter().filter(|no| is_over(no)).count();
            let is_stuck = pipe == Pipe::Equipment && stage == 2;
            let wanted = if is_stuck { world.size.of(12) } else { here.len() * 3 / 10 };
            let mut free: Vec<No<Deal>> = here.into_iter().filter(|no| world.deals[*no].days_in_stage.is_none()).collect();
            world.dice.shuffle(&mut free);
            for (at, no) in free.into_iter().enumerate() {
                let days = match at {
                    _ if at >= wanted.saturating_sub(told) => world.dice.between(0, usual - 2),
                    _ if at % 2 == 0 && !is_stuck => world.dice.between(usual + 1, usual * 3 / 2),
                    _ => world.dice.between(usual * 3 / 2 + 1, usual * 5 / 2),
                };
                world.deals[no].days_in_stage = Some(days);
            }
        }
    }
}

/// Moments of one deal, all on working hours of its owner.
fn one(world: &mut World, no: No<Deal>) {
    let mut deal = world.deals[no].clone();
    let stages = deal.reached();
    let end = match deal.closed_on {
        Some(day) => day,
        None => entered(world, deal.pipe, stages, deal.days_in_stage.unwrap_or(0)),
    };
    if !deal.begun.is_known() || *deal.begun > end || deal.is_open() && !deal.is_cast {
        let ahead = if deal.is_open() { before_stage(world, deal.pipe, stages) } else { length(&mut world.dice, deal.pipe, deal.fate) };
        deal.begun = first_working(end.plus_days(-ahead)).min(end).into();
    }
    // Nor before there is anything to write it in.
    let first = first_working(world.calendar.start.plus_days(1));
    deal.begun = (*deal.begun).max(first).min(end).into();
    not_before_company(world, &mut deal, end);
    let days = entries(world, &deal, stages, end);
    let zone = deal.owner.zone();
    let mut last = world.calendar.moment(&mut world.dice, *deal.begun, &zone);
    deal.created = last;
    deal.moves.clear();
    for (stage, day) in days.into_iter().enumerate().skip(1) {
        last = after(world, &deal, last, day);
        deal.moves.push((stage, last));
    }
    if let Some(day) = deal.closed_on {
        deal.closed = Some(after(world, &deal, last, day));
    }
    expectation(world, &mut deal);
    world.deals[no] = deal;
}

/// The working day on which an open deal came to its stage: nobody has stood there too long for a Sunday alone.
fn entered(world: &World, pipe: Pipe, stage: usize, days_in_stage: i64) -> Date {
    let day = world.calendar.ago(days_in_stage);
    let is_over = days_in_stage > pipe.usual_days(stage);
    if is_over { last_working(day) } else { first_working(day).min(world.calendar.latest()) }
}

/// Days that an open deal took before it came to its stage.
fn before_stage(world: &mut World, pipe: Pipe, stage: usize) -> i64 {
    if stage == 0 {
        return 0;
    }
    whole(world.dice.spread(until(pipe, stage - 1) * 0.8, 0.3)).max(i64::try_from(stage).unwrap_or(1))
}

fn not_before_company(world: &mut World, deal: &mut Deal, end: Date) {
    let Some(company) = deal.company else { return };
    let created = *world.companies[company].created;
    if *deal.begun <= created {
        deal.begun = first_working(created.plus_days(1)).min(end).into();
    }
    if *deal.begun <= created {
        world.companies[company].created = last_working(deal.begun.plus_days(-1)).into();
        deal.begun = end.into();
    }
}

/// The day on which each stage was entered, from the beginning to the end, by the usual time of each and chance.
fn entries(world: &mut World, deal: &Deal, stages: usize, end: Date) -> Vec<Date> {
    let mut parts: Vec<f64> =
        (0..=stages).map(|s| world.dice.spread(float(usize::try_from(deal.pipe.usual_days(s)).unwrap_or(7)), 0.45)).collect();
    if matches!(deal.fate, Fate::Lost(_)) {
        // Who is lost has usually been silent for a while before somebody says so.
        if let Some(last) = parts.last_mut() {
            *last *= 1.7;
        }
    }
    if deal.is_open() {
        parts.pop();
    }
    let sum: f64 = parts.iter().sum::<f64>().max(1.0);
    let span = f64::from(end.days() - deal.begun.days());
    let mut days = vec![*deal.begun];
    let mut passed = 0.0;
    for part in parts.iter().take(stages) {
        passed += part;
        let day = deal.begun.plus_days(whole(span * passed / sum));
        days.push(last_working(day).max(*deal.begun).min(end));
    }
    days
}

/// A moment on a day, later than the one before.
fn after(world: &mut World, deal: &Deal, last: Instant, day: Date) -> Instant {
    let at = world.calendar.moment(&mut world.dice, day, &deal.owner.zone());
    if at > last { at } else { moved_on(world, last) }
}

/// Some minutes later on the same day.
pub fn moved_on(world: &mut World, last: Instant) -> Instant {
    let later = last.plus_micros(world.dice.between(4, 22) * MINUTE);
    if later < world.calendar.now { later } else { last.plus_micros(1_000_000) }
}

/// What was expected: a day near the end that it took, put off now and then to a later month.
fn expectation(world: &mut World, deal: &mut Deal) {
    if deal.expected.is_known() {
        return;
    }
    let today = world.calendar.today;
    let end = match deal.closed_on {
        Some(day) => day,
        None => {
            let rest: i64 = (deal.reached()..deal.pipe.opens()).map(|s| deal.pipe.usual_days(s)).sum();
            let late = world.dice.percent(9);
            if late {
                today.plus_days(-world.dice.between(2, 20))
            } else {
                today.plus_days(whole(world.dice.spread(float(usize::try_from(rest).unwrap_or(20)), 0.35)).max(2))
            }
        }
    };
    let final_day = end.plus_days(world.dice.between(-3, 9)).max(*deal.begun);
    let days = i64::from(final_day.days() - deal.begun.days());
    let slips = if days > 45 && world.dice.percent(38) { 1 + i64::from(days > 100 && world.dice.percent(30)) } else { 0 };
    deal.expected = last_working(final_day.plus_days(-slips * 31)).max(deal.begun.plus_days(3)).into();
    let until = deal.closed.unwrap_or(world.calendar.now);
    for n in 1..=slips {
        let day = deal.begun.plus_days(days * n / (slips + 1));
        let at = world.calendar.moment(&mut world.dice, last_working(day), &deal.owner.zone());
        if at > deal.created && at < until {
            deal.slips.push((at, last_working(final_day.plus_days(-(slips - n) * 31))));
        }
    }
}
