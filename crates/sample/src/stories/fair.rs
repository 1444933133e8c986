//! The fair that worked, beside search advertising that did not.

use base::Date;

use super::put;
use crate::activities::Activity;
use crate::calendar::{first_working, last_working};
use crate::companies::Company;
use crate::deals::{Deal, Fate, exact};
use crate::leads::{FAIR, SEARCH};
use crate::setup::pipelines::Pipe;
use crate::shelf::No;
use crate::staff::Staff;
use crate::world::World;

/// What each of the fifteen wins of the fair was worth: together €189,000.
const WINS: &[i64] = &[9_800, 14_200, 7_600, 21_500, 11_900, 8_300, 16_400, 12_700, 6_900, 18_600, 10_400, 13_300, 9_200, 15_700, 12_500];
const LOST: usize = 29;
/// Of the advertising: one small win, six lost, two open.
const SMALL_WIN: i64 = 6_200;

pub fn deals(world: &mut World) {
    let mut companies = free(world);
    world.dice.shuffle(&mut companies);
    let mut companies = companies.into_iter();
    let wins = world.size.of(WINS.len());
    for sum in WINS.iter().copied().take(wins) {
        let begun = world.calendar.ago(FAIR.to - world.dice.between(3, 40));
        let closed = last_working(begun.plus_days(world.dice.between(24, 140)));
        let Some(company) = next(world, &mut companies, true) else { return };
        let code = world.dice.word(&["VTR-090", "GEL-007", "VTR-120", "GEL-004", "VTR-070"]);
        let list = crate::setup::products::of(code).cents / 100;
        let lines = exact("EUR", code, (sum / list.max(1)).max(1), sum);
        let deal = one(world, Fate::Won, company, &FAIR, sum);
        put(world, Deal { begun: after_the_fair(world, begun).into(), closed_on: Some(closed), lines, ..deal });
    }
    for at in 0..world.size.of(LOST) {
        let begun = world.calendar.ago(FAIR.to - world.dice.between(3, 60));
        let closed = last_working(begun.plus_days(world.dice.between(10, 120)));
        let Some(company) = next(world, &mut companies, false) else { return };
        let fate = Fate::Lost([0, 1, 0, 2, 1, 0, 2, 3].get(at % 8).copied().unwrap_or(0));
        let target = world.dice.between(3_000, 24_000);
        let deal = one(world, fate, company, &FAIR, target);
        put(world, Deal { begun: after_the_fair(world, begun).into(), closed_on: Some(closed), ..deal });
    }
    advertising(world, &mut companies);
}

/// No deal begins before the day after the leads of the fair were read in.
fn after_the_fair(world: &World, day: Date) -> Date {
    let read_in = first_working(world.calendar.ago(FAIR.to - 2));
    first_working(day.max(read_in.plus_days(1)))
}

fn advertising(world: &mut World, companies: &mut std::vec::IntoIter<No<Company>>) {
    if let Some(company) = next(world, companies, true) {
        let deal = one(world, Fate::Won, company, &SEARCH, SMALL_WIN);
        let begun = first_working(world.calendar.ago(150));
        let lines = exact("EUR", "GEL-004", 1, SMALL_WIN);
        put(world, Deal { begun: begun.into(), closed_on: Some(last_working(world.calendar.ago(112))), lines, ..deal });
    }
    for at in 0..world.size.of(6) {
        let Some(company) = next(world, companies, false) else { return };
        let days = world.dice.between(20, 130);
        let target = world.dice.between(2_500, 12_000);
        let deal = one(world, Fate::Lost(at % 2), company, &SEARCH, target);
        let begun = first_working(world.calendar.ago(days + world.dice.between(15, 50)));
        put(world, Deal { begun: begun.into(), closed_on: Some(last_working(world.calendar.ago(days))), ..deal });
    }
    for stage in 0..world.size.of(2) {
        let Some(company) = next(world, companies, false) else { return };
        let deal = one(world, Fate::Open(stage), company, &SEARCH, 5_400);
        put(world, deal);
    }
}

fn one(world: &World, fate: Fate, company: No<Company>, campaign: &crate::leads::Campaign, target: i64) -> Deal {
    let currency = world.companies[company].currency();
    Deal {
        pipe: Pipe::Equipment,
        fate,
        company: Some(company),
        source: campaign.source,
        detail: Some(campaign.detail.to_string()),
        currency,
        target,
        ..Deal::default()
    }
}

/// Companies in euro that somebody new may come from.
fn free(world: &World) -> Vec<No<Company>> {
    let fits = |c: &Company| {
        c.is_buyer()
            && c.currency() == "EUR"
            && !c.is_quiet
            && c.weight > 0
            && c.contacts.len() >= 2
            && c.churned.is_none()
            && c.owner != Some(Staff::Stefano)
            && (!c.is_cast || c.place.country == "AT")
    };
    world.companies.find(fits)
}

/// The next company whose first contact the deal may be; winners are customers.
fn next(world: &mut World, all: &mut std::vec::IntoIter<No<Company>>, wins: bool) -> Option<No<Company>> {
    let mut later = Vec::new();
    let mut found = None;
    for no in all.by_ref() {
        let is_customer = world.companies[no].is("customer") && world.companies[no].since.is_some_and(|s| s < world.calendar.ago(310));
        let has_contact = crate::leads::free_contact(world, Some(no), world.calendar.today).is_some();
        if has_contact && is_customer == wins && found.is_none() {
            found = Some(no);
            break;
        }
        later.push(no);
    }
    later.extend(all.by_ref());
    *all = later.into_iter();
    found
}

/// What both cost, told by whoever ordered them.
pub fn activities(world: &mut World) {
    let zone = Staff::Marta.zone();
    let costs = [
        (
            "Salone del Gelato Rimini",
            FAIR.to - 20,
            "Costi Rimini: 31.000 euro",
            "Stand, montaggio, viaggi e catering: in tutto 31.000 euro. 142 contatti raccolti con il lettore, file fiera-rimini.csv.",
        ),
        (
            "Agenzia Bussola",
            12,
            "Pubblicità sui motori di ricerca: 18.400 euro",
            "Spesa da inizio campagna: 18.400 euro, 214 richieste. Ne sono nate poche trattative: rivedere le parole chiave.",
        ),
    ];
    for (name, days, subject, body) in costs {
        let Some(company) = world.company(name) else { continue };
        let day = world.calendar.before(world.calendar.ago(days));
        let at = world.calendar.at(day, &zone, 15 * 60);
        let note = Activity {
            kind: "note",
            owner: Staff::Marta,
            at,
            subject: subject.into(),
            body: body.into(),
            company: Some(company),
            is_pinned: true,
            is_cast: true,
            ..Activity::default()
        };
        world.activities.put(note);
    }
}
