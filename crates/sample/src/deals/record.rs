//! Deals as the record pipeline takes them, and the steps by which each came to where it is.

use base::Instant;
use serde_json::{Map, Value as Json, json};

use super::{Deal, Fate, lines};
use crate::companies;
use crate::people;
use crate::setup;
use crate::setup::pipelines::Pipe;
use crate::setup::products;
use crate::shelf::No;
use crate::step::{By, Key, Step, What, filled, map};
use crate::world::World;

/// Lines, people and rivals of one deal have numbers of their own up to this many.
const PLACES: u32 = 16;
const SECOND: i64 = 1_000_000;
const WON_REASONS: &[&str] = &["product", "product", "relationship", "service", "price", "delivery_time", "reference"];

pub fn key(no: No<Deal>) -> Key {
    Key::new("deal", no.number())
}

fn within(object: &'static str, no: No<Deal>, at: usize) -> Key {
    Key::new(object, no.number() * PLACES + u32::try_from(at).unwrap_or(0))
}

/// The deal and the place in it that a number stands for.
fn split(number: u32) -> (No<Deal>, usize) {
    (No::new(number / PLACES), usize::try_from(number % PLACES).unwrap_or(0))
}

/// The deal as it was first written down: at the first stage, without an amount.
pub fn record(world: &World, no: No<Deal>) -> Map<String, Json> {
    let deal = &world.deals[no];
    let mut values = details(world, deal);
    let first = json!({
        "name": deal.name, "pipeline": deal.pipe.key().link(), "stage": deal.pipe.stage(0).link(),
        "company": deal.company.map_or(Json::Null, |c| companies::key(c).link()),
        "contact": deal.contact.map_or(Json::Null, |c| people::key(c).link()),
        "source": deal.source, "source_detail": deal.detail, "owner": setup::user(deal.owner).link(),
        "expected_close": deal.expected.to_string(), "kind": deal.kind,
    });
    values.extend(filled(first));
    values
}

/// What a conversion leaves to be added.
fn details(world: &World, deal: &Deal) -> Map<String, Json> {
    let tags: Vec<Json> = deal.tags.iter().filter_map(|t| Some(setup::tag(t)?.link())).collect();
    let priority = match lines::base_amount(world, deal) {
        4_000_000.. => "high",
        800_000.. => "medium",
        _ => "low",
    };
    filled(json!({
        "priority": if deal.is_kit() { Json::Null } else { priority.into() }, "need": deal.need,
        "referred_by": deal.referred_by.map_or(Json::Null, |c| people::key(c).link()),
        "source_deal": deal.renews.map_or(Json::Null, |d| key(d).link()),
        "term_months": if deal.pipe == Pipe::Renewals && !deal.is_kit() { json!(12) } else { Json::Null },
        "tags": tags,
    }))
}

pub fn line_record(world: &World, number: u32) -> Map<String, Json> {
    let (no, at) = split(number);
    let deal = &world.deals[no];
    let Some(line) = deal.lines.get(at) else { return Map::new() };
    let money = |cents: i64| json!({"amount": format!("{}.{:02}", cents / 100, cents % 100), "currency": deal.currency});
    filled(json!({
        "deal": key(no).link(), "position": at, "product": products::key(line.product).link(), "quantity": line.quantity.to_string(),
        "unit_price": money(line.price), "list_price": money(line.list), "cost": money(line.list * line.product.cost / 100),
        "discount": if line.discount > 0 { json!(line.discount) } else { Json::Null },
        "free": if line.is_free { json!(true) } else { Json::Null },
    }))
}

pub fn part_record(world: &World, number: u32) -> Map<String, Json> {
    let (no, at) = split(number);
    let Some(part) = world.deals[no].people.get(at) else { return Map::new() };
    filled(json!({
        "deal": key(no).link(), "contact": people::key(part.contact).link(), "buying_role": part.role, "stance": part.stance,
        "influence": part.influence,
    }))
}

pub fn rival_record(world: &World, number: u32) -> Map<String, Json> {
    let (no, at) = split(number);
    let Some((company, part, standing)) = world.deals[no].rivals.get(at) else { return Map::new() };
    filled(json!({"deal": key(no).link(), "company": companies::key(*company).link(), "part": part, "standing": standing}))
}

/// Everything that happened to a deal.
pub fn steps(world: &World, no: No<Deal>, steps: &mut Vec<Step>) {
    let deal = &world.deals[no];
    let by = deal.owner;
    let later = |seconds: i64| soon(world, deal.created, seconds);
    let mut tell = |at: Instant, what: What| steps.push(Step { at, by: By::Staff(by), what, act: 0 });
    match deal.lead {
        // The conversion of the lead makes the deal.
        Some(_) => tell(later(1), What::Update(key(no), details(world, deal))),
        None => tell(deal.created, What::Create(key(no))),
    }
    for at in 0..deal.lines.len() {
        tell(later(20 + 15 * i64::try_from(at).unwrap_or(0)), What::Create(within("deal_line", no, at)));
    }
    for (at, part) in deal.people.iter().enumerate() {
        let role = json!({"buying_role": part.role, "stance": part.stance, "influence": part.influence});
        let what = within("deal_contact", no, at);
        let known_at = world.contacts[part.contact].created.start_in(&world.calendar.zone).plus_micros(14 * 3_600 * SECOND);
        let when = later(90 + 20 * i64::try_from(at).unwrap_or(0)).max(known_at.min(world.calendar.now));
        tell(when, if at == 0 { What::Update(what, map(role)) } else { What::Create(what) });
    }
    if let Some(step) = &deal.next_step {
        let last = deal.moves.last().map_or(deal.created, |(_, at)| *at);
        tell(soon(world, last, 240), What::Update(key(no), filled(json!({"next_step": step}))));
    }
    for (at, day) in &deal.slips {
        tell(*at, What::Update(key(no), filled(json!({"expected_close": day.to_string()}))));
    }
    for (stage, at) in &deal.moves {
        tell(*at, What::Update(key(no), filled(json!({"stage": deal.pipe.stage(*stage).link()}))));
    }
    for at in 0..deal.rivals.len() {
        let when = deal.moves.get(1).or(deal.moves.first()).map_or(later(400), |(_, at)| soon(world, *at, 300));
        tell(when, What::Create(within("deal_company", no, at)));
    }
    if let Some(at) = deal.closed {
        tell(at, What::Update(key(no), closing(deal, no)));
    }
}

/// Some seconds later, but not ahead of now.
fn soon(world: &World, at: Instant, seconds: i64) -> Instant {
    let later = at.plus_micros(seconds * SECOND);
    if later < world.calendar.now { later } else { at.plus_micros(seconds) }
}

fn closing(deal: &Deal, no: No<Deal>) -> Map<String, Json> {
    if deal.fate == Fate::Won {
        let reason = usize::try_from(no.number()).ok().and_then(|n| WON_REASONS.get(n * 7 % (WON_REASONS.len() + 3))).copied();
        return filled(json!({"stage": deal.pipe.won().link(), "won_reason": reason, "close_note": deal.note}));
    }
    filled(json!({
        "stage": deal.pipe.lost().link(), "lost_reason": deal.lost_reason, "close_note": deal.note,
        "lost_to": deal.lost_to.map_or(Json::Null, |c| companies::key(c).link()),
    }))
}

/// The row that a deal made by itself for its primary contact is the first of its people.
pub fn primary_part(no: u32) -> Key {
    within("deal_contact", No::new(no), 0)
}
