//! Who belongs to whom: families behind counters, assistants, consultants, distributors, rivals.

use base::Date;

use super::{Contact, Relation, key};
use crate::calendar::first_working;
use crate::companies::{self, Company};
use crate::shelf::No;
use crate::staff::Staff;
use crate::step::Key;
use crate::world::World;

pub fn tie(world: &mut World) {
    within_firms(world, "family", 10, |c| c.trade == "parlour", |_, _| true);
    within_firms(
        world,
        "assistant_of",
        6,
        |c| c.employees > 40 && c.is_buyer(),
        |one, two| one.seniority == "staff" && two.seniority == "director",
    );
    consultants(world);
    between(
        world,
        "distributor_of",
        3,
        |c| c.is("partner") && c.is_chinese(),
        |c| c.is("customer") && c.trade == "wholesale" && c.is_chinese(),
    );
    between(world, "supplier_of", 3, |c| c.is("supplier") && c.place.country == "IT", |c| c.is("customer") && c.trade == "maker");
    between(world, "competitor_of", 2, |c| c.name == "FrostLine GmbH", |c| c.trade == "rival" && c.name != "FrostLine GmbH");
}

fn put(world: &mut World, from: (Key, Date), kind: &'static str, to: (Key, Date), by: Staff) {
    let since = first_working(from.1.max(to.1).plus_days(1)).min(yesterday(world));
    world.relations.push(Relation { from: from.0, kind, to: to.0, since, note: None, by });
}

/// When the last bonds are written down: who came on that day himself is not bound yet.
fn yesterday(world: &World) -> Date {
    world.calendar.before(world.calendar.today)
}

/// Pairs of people of one firm.
fn within_firms(
    world: &mut World,
    kind: &'static str,
    wanted: usize,
    firm: impl Fn(&Company) -> bool,
    pair: impl Fn(&Contact, &Contact) -> bool,
) {
    let mut firms = world.companies.find(|c| firm(c) && c.contacts.len() > 1 && !c.is_quiet);
    world.dice.shuffle(&mut firms);
    let mut left = world.size.of(wanted);
    for no in firms {
        let is_settled = |c: &Contact| c.moved.is_none() && *c.created < yesterday(world);
        let people: Vec<No<Contact>> = world.companies[no].contacts.iter().copied().filter(|c| is_settled(&world.contacts[*c])).collect();
        let found = people
            .iter()
            .flat_map(|a| people.iter().map(move |b| (*a, *b)))
            .find(|(a, b)| a != b && pair(&world.contacts[*a], &world.contacts[*b]));
        if let (Some((one, two)), true) = (found, left > 0) {
            let by = world.companies[no].owner.unwrap_or_default();
            let (a, b) = (*world.contacts[one].created, *world.contacts[two].created);
            put(world, (key(one), a), kind, (key(two), b), by);
            left -= 1;
        }
    }
}

/// Whoever advises a second firm.
fn consultants(world: &mut World) {
    let all: Vec<(No<Contact>, No<Company>, Date, Staff)> = world
        .positions
        .iter()
        .filter(|p| p.tie == "consultant" && p.started < yesterday(world))
        .map(|p| (p.contact, p.company, p.started, p.by))
        .take(world.size.of(5))
        .collect();
    for (contact, company, day, by) in all {
        put(world, (key(contact), day), "consultant_of", (companies::key(company), day), by);
    }
}

fn between(world: &mut World, kind: &'static str, wanted: usize, one: impl Fn(&Company) -> bool, two: impl Fn(&Company) -> bool) {
    let is_settled = |c: &Company| *c.created < yesterday(world);
    let (ones, twos) = (world.companies.find(|c| one(c) && is_settled(c)), world.companies.find(|c| two(c) && is_settled(c)));
    for at in 0..world.size.of(wanted) {
        let (Some(from), Some(to)) = (ones.get(at % ones.len().max(1)).copied(), twos.get(at % twos.len().max(1)).copied()) else { return };
        let by = world.companies[from].owner.unwrap_or_default();
        let (a, b) = (*world.companies[from].created, *world.companies[to].created);
        if from != to {
            put(world, (companies::key(from), a), kind, (companies::key(to), b), by);
        }
    }
}
