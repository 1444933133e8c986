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
        let free = list
            .iter()
            .find(|(_, no)| !world.activities[*no].is_cast && world.activities[*no].deal.is_none() && world.activities[*no].lead.is_none());
        if let (true, Some((_, no))) = (is_wrong, free) {
            let owner = world.activities[*no].owner;
            let at = slots::moment(world, owner, world.calendar.ago(30), world.calendar.ago(3));
            world.activities[*no].at = at;
        }
    }
}

/// Where a number is wrong, somebody found out.
fn wrong_numbers(world: &mut World) {
    for contact in world.contacts.find(|c| c.has_wrong_number) {
        let call = world.activities.find(|a| a.contact == Some(contact) && a.kind == "call" && !a.is_touch() && !a.is_cast).pop();
        let any = || world.activities.find(|a| a.contact == Some(contact) && a.kind == "call" && !a.is_cast && a.phase != "proposal_call");
        let all = any();
        // Never the only touch that somebody had.
        let call = call.or_else(|| if all.len() > 1 { all.first().copied() } else { None });
        if let Some(no) = call {
            let activity = &mut world.activities[no];
            (activity.outcome, activity.direction, activity.minutes) = ("wrong_number", "outgoing", 0);
        }
    }
}
