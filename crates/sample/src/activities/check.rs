//! What must hold over all activities together, mended where chance broke it.

use std::collections::BTreeMap;

use base::Instant;

use super::{Activity, slots};
use crate::companies::Company;
use crate::shelf::No;
use crate::world::World;

pub fn mend(world: &mut World) {
    known_by_then(world);
    nobody_else_is_quiet(world);
    wrong_numbers(world);
    valsesia_waits(world);
}

/// Nobody is met before he is written down, and nothing planned with him.
fn known_by_then(world: &mut World) {
    for no in world.activities.numbers() {
        let Some(contact) = world.activities[no].contact else { continue };
        let known = crate::people::moment(world, contact);
        let activity = &mut world.activities[no];
        if activity.planned.is_some_and(|planned| planned <= known) {
            activity.planned = None;
        }
        if activity.at <= known {
            activity.contact = None;
        }
        activity.also.retain(|other| *other != contact);
    }
}

/// "Going quiet" shows the nine of the story alone: whoever else was in touch four times and not of late, had one talk
/// later than chance put it.
fn nobody_else_is_quiet(world: &mut World) {
    let zone = world.calendar.zone.clone();
    let first = world.calendar.monday(world.calendar.today).plus_days(-77).start_in(&zone);
    let late = world.calendar.ago(40).start_in(&zone);
    let mut touches: BTreeMap<No<Company>, Vec<(Instant, No<Activity>)>> = BTreeMap::new();
    for (no, activity) in world.activities.iter().filter(|(_, a)| a.is_touch() && a.at >= first) {
        if let Some(company) = activity.party(world) {
            touches.entry(company).or_default().push((activity.at, no));
        }
    }
    for (company, list) in touches {
        let is_wrong = list.len() >= 4 && list.iter().all(|(at, _)| *at < late) && !world.companies[company].is_quiet;
        if !is_wrong {
            continue;
        }
        let is_free = |no: &No<Activity>| {
            let activity = &world.activities[*no];
            !activity.is_cast && activity.deal.is_none() && activity.lead.is_none()
        };
        let own = list.iter().map(|(_, no)| *no).find(is_free);
        // Where every talk belonged to a deal, somebody asked this one how things are instead of a customer whom many ask.
        let other = || spare(world).filter(is_free);
        let Some(no) = own.or_else(other) else { continue };
        let owner = world.activities[no].owner;
        let at = slots::moment(world, owner, world.calendar.ago(30), world.calendar.ago(3));
        let activity = &mut world.activities[no];
        activity.at = at;
        if own.is_none() {
            (activity.company, activity.contact) = (Some(company), None);
        }
    }
}

/// A talk of the last weeks with the company with which there were most.
fn spare(world: &World) -> Option<No<Activity>> {
    let from = world.calendar.ago(30).start_in(&world.calendar.zone);
    let mut talks: BTreeMap<No<Company>, Vec<No<Activity>>> = BTreeMap::new();
    for (no, activity) in world.activities.iter().filter(|(_, a)| a.is_touch() && a.phase == "care" && a.at > from) {
        if let Some(company) = activity.company {
            talks.entry(company).or_default().push(no);
        }
    }
    talks.into_values().max_by_key(Vec::len).and_then(|all| all.last().copied())
}

/// Where a number is wrong, somebody found out: by a call in which nobody was reached, or by one beside later talks.
fn wrong_numbers(world: &mut World) {
    for contact in world.contacts.find(|c| c.has_wrong_number) {
        let calls = world.activities.find(|a| a.contact == Some(contact) && a.kind == "call" && !a.is_cast);
        let in_vain = calls.iter().copied().rfind(|no| !world.activities[*no].is_touch());
        let last = world.activities.iter().filter(|(_, a)| a.contact == Some(contact) && a.is_touch()).map(|(_, a)| a.at).max();
        let early =
            || calls.iter().copied().find(|no| world.activities[*no].phase != "proposal_call" && Some(world.activities[*no].at) < last);
        if let Some(no) = in_vain.or_else(early) {
            let activity = &mut world.activities[no];
            (activity.outcome, activity.direction, activity.minutes) = ("wrong_number", "outgoing", 0);
        }
    }
}

/// Nobody has answered the questions of this morning: what was written today, was written in the days before.
fn valsesia_waits(world: &mut World) {
    let company = world.company("Valsesia Logistics");
    let today = world.calendar.today.start_in(&world.calendar.zone);
    let is_written = |a: &Activity| a.kind == "email" && a.direction == "outgoing" && a.at >= today && !a.is_open() && !a.is_cast;
    let mut written = world.activities.find(|a| is_written(a) && company.is_some() && a.party(world) == company);
    while let Some(no) = written.pop() {
        let (owner, begun) = (world.activities[no].owner, world.activities[no].deal.map(|d| world.deals[d].created));
        let at = slots::moment(world, owner, world.calendar.ago(9), world.calendar.ago(2));
        let activity = &mut world.activities[no];
        match begun.is_none_or(|begun| begun < at) {
            true => (activity.at, activity.planned) = (at, None),
            // Its deal is younger: they wrote, not we.
            false => activity.direction = "incoming",
        }
    }
}
