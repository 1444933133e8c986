//! Stefano Villa left: nine companies, fourteen open deals and thirty-one tasks wait for somebody.

use base::Date;
use serde_json::json;

use super::put;
use crate::activities::Activity;
use crate::calendar::{first_working, last_working};
use crate::companies::Company;
use crate::deals::{Deal, Fate};
use crate::setup::pipelines::Pipe;
use crate::shelf::No;
use crate::staff::Staff;
use crate::step::Step;
use crate::world::World;

/// Days ago of his last day.
pub const LEFT_DAYS: i64 = 9;
const TASKS: usize = 31;
const LATE: usize = 12;

/// Pipeline, stage, days there, euro; the first six have stood too long.
const OPEN: &[(Pipe, usize, i64, i64)] = &[
    (Pipe::Equipment, 0, 20, 7_400),
    (Pipe::Equipment, 0, 26, 11_800),
    (Pipe::Equipment, 2, 25, 16_900),
    (Pipe::Equipment, 2, 31, 9_300),
    (Pipe::Equipment, 3, 22, 23_500),
    (Pipe::Equipment, 3, 29, 14_200),
    (Pipe::Equipment, 1, 11, 8_700),
    (Pipe::Equipment, 1, 13, 5_900),
    (Pipe::Equipment, 1, 12, 19_400),
    (Pipe::Equipment, 2, 11, 12_600),
    (Pipe::Equipment, 2, 12, 6_800),
    (Pipe::Renewals, 0, 12, 2_300),
    (Pipe::Renewals, 0, 22, 1_900),
    (Pipe::Renewals, 1, 12, 3_100),
];

fn companies(world: &World) -> Vec<No<Company>> {
    world.companies.find(|c| c.owner == Some(Staff::Stefano))
}

pub fn deals(world: &mut World) {
    let all = companies(world);
    let buyers: Vec<No<Company>> = all.iter().copied().filter(|no| world.companies[*no].is("customer")).collect();
    let wanted = world.size.of(OPEN.len());
    for (at, (pipe, stage, days, target)) in OPEN.iter().copied().enumerate().take(wanted) {
        let from = if pipe == Pipe::Renewals { &buyers } else { &all };
        let Some(company) = from.get(at % from.len().max(1)).copied() else { return };
        let source = if pipe == Pipe::Renewals {
            "existing_customer"
        } else {
            world.dice.word(&["web_form", "referral", "trade_fair", "cold_call"])
        };
        let deal = Deal {
            pipe,
            fate: Fate::Open(stage),
            company: Some(company),
            source,
            currency: "EUR",
            target,
            days_in_stage: Some(days),
            ..Deal::default()
        };
        let no = put(world, deal);
        world.deals[no].is_cast = false;
    }
}

pub fn activities(world: &mut World) {
    let mut deals: Vec<No<Deal>> = world.deals.find(|d| d.owner == Staff::Stefano && d.is_open());
    deals.sort_by_key(|no| (world.deals[*no].days_in_stage, no.number()));
    let all = companies(world);
    let wanted = world.size.of(TASKS);
    let (late, last) = (world.size.of(LATE), last_working(world.calendar.ago(LEFT_DAYS)));
    for at in 0..wanted {
        // Every deal has one; what is over is about the companies.
        let deal = deals.get(at).copied();
        let company = deal.and_then(|d| world.deals[d].company).or_else(|| all.get(at % all.len().max(1)).copied());
        let written = last_working(last.plus_days(-world.dice.between(0, 6)));
        let begun = deal.map_or(written, |d| world.deals[d].owner.day_of(world.deals[d].created).plus_days(1));
        let due = due(world, at, late);
        let at = world.calendar.moment(&mut world.dice, written.max(first_working(begun)).min(last), &Staff::Stefano.zone());
        let at = deal.map_or(at, |d| at.max(world.deals[d].created.plus_micros(20 * 60_000_000)));
        let contact = deal.and_then(|d| world.deals[d].contact);
        let phase = deal.map_or("care", |d| crate::activities::phase(world.deals[d].pipe, world.deals[d].reached()));
        let kind = if deal.is_some() { world.dice.word(&["task", "call", "task"]) } else { "task" };
        world.activities.put(Activity {
            kind,
            phase,
            owner: Staff::Stefano,
            at,
            due: Some(due),
            company,
            contact,
            deal,
            is_cast: true,
            ..Activity::default()
        });
    }
    leave(world);
}

/// Twelve are late, one is for today, the others lie ahead.
fn due(world: &mut World, at: usize, late: usize) -> Date {
    let today = world.calendar.today;
    match at {
        _ if at < late => last_working(today.plus_days(-world.dice.between(1, LEFT_DAYS - 1))),
        _ if at == late && world.size.is_full() => today,
        _ => first_working(today.plus_days(world.dice.between(1, 30))),
    }
}

/// His account was closed in the evening of his last day.
fn leave(world: &mut World) {
    let day = last_working(world.calendar.ago(LEFT_DAYS));
    let at = world.calendar.at(day, &Staff::Nadia.zone(), 18 * 60 + 30);
    world.edits.push(Step::update(at, Staff::Nadia, crate::setup::user(Staff::Stefano), json!({"status": "deactivated"})));
}
