//! What goes on beside deals: service, courtesy, orders, partners, suppliers. Fills up to the exact number of each kind.

use std::collections::{HashMap, HashSet};

use base::{Date, Instant};

use super::{Activity, DONE, slots};
use crate::companies::Company;
use crate::people::Contact;
use crate::shelf::No;
use crate::staff::Staff;
use crate::world::World;

/// Days within which somebody was in touch with everyone but the forgotten.
const REMEMBERED: i64 = 525;
const FORGOTTEN: i64 = 565;

pub fn fill(world: &mut World) {
    greet(world);
    let mut kinds = rest(world);
    world.dice.shuffle(&mut kinds);
    let companies = crowd(world);
    let private: Vec<No<Contact>> = world.contacts.find(|c| c.company.is_none() && !c.is_forgotten);
    for kind in kinds {
        if world.dice.percent(5) && !private.is_empty() {
            let contact = world.dice.pick(&private);
            with_person(world, kind, contact);
        } else if let Some(company) = world.dice.weighted(&companies) {
            with_company(world, kind, company);
        }
    }
}

/// Kinds that are still wanted; too many of one are turned into others.
fn rest(world: &mut World) -> Vec<&'static str> {
    let mut present: HashMap<&'static str, usize> = HashMap::new();
    for (_, activity) in world.activities.iter().filter(|(_, a)| !a.is_open()) {
        *present.entry(activity.kind).or_default() += 1;
    }
    let wanted = |kind: &str| DONE.iter().find(|(k, _)| *k == kind).map_or(0, |(_, n)| world.size.of(*n));
    let count = |kind: &str| present.get(kind).copied().unwrap_or(0);
    let rest: Vec<&'static str> = DONE.iter().flat_map(|(kind, _)| vec![*kind; wanted(kind).saturating_sub(count(kind))]).collect();
    let surplus: Vec<(&'static str, usize)> =
        DONE.iter().map(|(kind, _)| (*kind, count(kind).saturating_sub(wanted(kind)))).filter(|(_, n)| *n > 0).collect();
    let mut rest = rest;
    for (kind, many) in surplus {
        let free =
            world.activities.find(|a| a.kind == kind && !a.is_cast && !a.is_open() && !matches!(a.phase, "proposal_call" | "reorder"));
        for no in free.into_iter().take(many) {
            let Some(to) = rest.pop() else { return rest };
            let mut changed = Activity { kind: to, outcome: "", direction: "", minutes: 0, ..world.activities[no].clone() };
            slots::complete(world, &mut changed);
            world.activities[no] = changed;
        }
    }
    rest
}

/// Companies by how much goes on with them.
fn crowd(world: &mut World) -> Vec<(No<Company>, u32)> {
    let weigh = |c: &Company| match c.relationships.first().copied() {
        _ if c.is_quiet || matches!(c.name.as_str(), "Kestrel Hotels" | "Valsesia Logistics") => 0,
        Some("customer") => 16 + c.weight.min(6) * 7,
        Some("partner") => 34,
        Some("supplier") => 22,
        Some("prospect") => 9,
        Some("former_customer") => 4,
        Some("press" | "authority") => 5,
        Some("competitor") => 2,
        _ => 2,
    };
    world.companies.iter().map(|(no, c)| (no, weigh(c))).collect()
}

fn phase(world: &mut World, company: No<Company>) -> &'static str {
    let is_technical = world.dice.percent(26);
    match world.companies[company].relationships.first().copied() {
        Some("customer") if is_technical => "service",
        Some("customer") => "care",
        Some("partner") => "partner",
        Some("supplier") => "supplier",
        Some("former_customer") => "winback",
        Some("press" | "authority") => "press",
        Some("competitor") => "rival",
        _ => "prospect",
    }
}

/// Some moment since the company is known, rather late than early.
fn some_moment(world: &mut World, owner: Staff, from: Date, to: Date) -> Instant {
    let span = f64::from((to.days() - from.days()).max(0));
    let ago = crate::dice::whole(span * world.dice.unit().powf(1.45));
    let day = to.plus_days(-ago);
    let day = day.max(from);
    slots::moment(world, owner, day, day)
}

fn with_company(world: &mut World, kind: &'static str, company: No<Company>) {
    let phase = phase(world, company);
    let owner = match world.companies[company].owner {
        Some(_) if phase == "service" && !world.companies[company].is_chinese() && world.dice.percent(35) => Staff::Davide,
        Some(owner) => owner,
        None => Staff::Marta,
    };
    let last = if owner == Staff::Stefano {
        world.calendar.ago(crate::stories::LEFT_DAYS + 1)
    } else {
        world.calendar.before(world.calendar.today)
    };
    let at = some_moment(world, owner, world.companies[company].created.plus_days(1), last);
    let people = crate::deals::known(world, company, owner.day_of(at));
    let contact = if kind == "note" { None } else { world.dice.pick(&people) };
    slots::put(world, Activity { kind, phase, owner, at, company: Some(company), contact, ..Activity::default() });
}

fn with_person(world: &mut World, kind: &'static str, contact: Option<No<Contact>>) {
    let Some(no) = contact else { return };
    let owner = world.contacts[no].owner.unwrap_or(Staff::Marta);
    let at = some_moment(world, owner, world.contacts[no].created.plus_days(1), world.calendar.before(world.calendar.today));
    slots::put(world, Activity { kind, phase: "private", owner, at, contact: Some(no), ..Activity::default() });
}

/// Everybody but the forgotten was spoken to or written to within a year and a half.
fn greet(world: &mut World) {
    let limit = world.calendar.ago(REMEMBERED);
    let mut touched: HashSet<No<Contact>> = HashSet::new();
    for (_, activity) in world.activities.iter().filter(|(_, a)| a.is_touch() && a.at.date_in(&world.calendar.zone) > limit) {
        touched.extend(activity.contact);
        touched.extend(activity.also.iter().copied());
        touched.extend(activity.deal.and_then(|d| world.deals[d].contact));
    }
    let all: Vec<No<Contact>> = world.contacts.numbers().filter(|no| !touched.contains(no)).collect();
    for no in all {
        greet_one(world, no, limit);
    }
}

fn greet_one(world: &mut World, no: No<Contact>, limit: Date) {
    let contact = world.contacts[no].clone();
    let owner = contact.owner.unwrap_or(Staff::Marta);
    let company = contact.company.filter(|_| contact.moved.is_none());
    let is_silent = company.is_some_and(|c| world.companies[c].is_quiet || world.companies[c].name == "Kestrel Hotels");
    let yesterday = world.calendar.before(world.calendar.today);
    let (from, to) = match contact.is_forgotten {
        true => (contact.created.plus_days(2), world.calendar.ago(FORGOTTEN)),
        false if is_silent => (limit.plus_days(10).max(contact.created.plus_days(1)), world.calendar.ago(84)),
        false if owner == Staff::Stefano => {
            (limit.plus_days(10).max(contact.created.plus_days(1)), world.calendar.ago(crate::stories::LEFT_DAYS + 1))
        }
        false => (limit.plus_days(10).max(contact.created.plus_days(1)), yesterday),
    };
    let kind = world.dice.weighted(&[("call", 42), ("email", 42), ("meeting", 16)]).unwrap_or("call");
    let outcome = match kind {
        "call" => "connected",
        "meeting" => "held",
        _ => "",
    };
    let phase = match company {
        Some(company) => phase(world, company),
        None if contact.company.is_none() => "private",
        None => "prospect",
    };
    let at = slots::moment(world, owner, from.min(to), to);
    slots::put(world, Activity { kind, outcome, phase, owner, at, company, contact: Some(no), ..Activity::default() });
}
