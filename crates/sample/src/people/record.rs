//! People as the record pipeline takes them, and what became of them later.

use base::Instant;
use serde_json::{Map, Value as Json, json};

use super::{Contact, Position, Relation};
use crate::companies;
use crate::shelf::No;
use crate::staff::Staff;
use crate::step::{Key, Step, filled};
use crate::world::World;

pub fn key(no: No<Contact>) -> Key {
    Key::new("contact", no.number())
}

pub fn record(world: &World, no: No<Contact>) -> Map<String, Json> {
    let contact = &world.contacts[no];
    let is_han = contact.is_chinese() && !contact.is_latin;
    let relationships: &[&str] = match contact.company {
        Some(company) => match world.companies[company].relationships.first().copied() {
            Some("former_customer") => &["former_customer"],
            Some("customer") => &["customer"],
            Some("prospect") => &["prospect"],
            Some("partner") => &["partner"],
            Some("supplier") => &["supplier"],
            Some("competitor") => &["competitor"],
            Some("press") => &["press"],
            Some("authority") => &["authority"],
            _ => &[],
        },
        None => &["prospect"],
    };
    let state = if contact.has_wrong_number { "wrong" } else { "unknown" };
    let mut phones = Vec::new();
    phones.extend(contact.phone.as_ref().map(|n| json!({"number": n, "kind": "office", "state": state})));
    phones.extend(contact.mobile.as_ref().map(|n| json!({"number": n, "kind": "mobile"})));
    let home = json!({"city": contact.place.city, "region": contact.place.region, "country": contact.place.country});
    filled(json!({
        "first_name": contact.first,
        "last_name": contact.last,
        "name_prefix": contact.prefix,
        "name_order": if is_han { Json::from("family_first") } else { Json::Null },
        "native_name": contact.native,
        "phonetic_name": contact.pinyin,
        "salutation": if contact.is_woman { "ms" } else { "mr" },
        "company": contact.company.map_or(Json::Null, |c| companies::key(c).link()),
        "job_title": Some(contact.title).filter(|t| !t.is_empty()),
        "seniority": seniority(contact),
        "emails": contact.email.iter().map(|a| json!({"address": a, "kind": if contact.company.is_some() { "work" } else { "personal" }})).collect::<Vec<_>>(),
        "phones": phones,
        "language": contact.language,
        "address": if contact.company.is_some() { home.clone() } else { Json::Null },
        "private_address": if contact.company.is_none() { home } else { Json::Null },
        "relationships": relationships,
        "phase": phase(relationships),
        "source": contact.source,
        "source_detail": contact.detail,
        "referred_by": contact.referred_by.map_or(Json::Null, |c| key(c).link()),
        "preferences": contact.preferences,
        "owner": contact.owner.map_or(Json::Null, |o| crate::setup::user(o).link()),
    }))
}

fn seniority(contact: &Contact) -> Json {
    if contact.seniority.is_empty() { Json::Null } else { contact.seniority.into() }
}

fn phase(relationships: &[&str]) -> Json {
    match relationships.first().copied() {
        Some("customer") => "retention".into(),
        Some("prospect" | "former_customer") => "consideration".into(),
        _ => Json::Null,
    }
}

/// The moment at which somebody is written down: before the work of his day begins, or when a lead became him.
pub fn moment(world: &World, no: No<Contact>) -> Instant {
    let contact = &world.contacts[no];
    let zone = contact.owner.unwrap_or(Staff::Nadia).zone();
    contact.at.unwrap_or_else(|| world.calendar.at(*contact.created, &zone, 7 * 60 + 40).plus_micros(i64::from(no.number()) * 1_000_000))
}

/// Everything that happened to people, their second positions and bonds.
pub fn steps(world: &World, steps: &mut Vec<Step>) {
    for no in world.contacts.numbers() {
        let owner = world.contacts[no].owner.unwrap_or(Staff::Nadia);
        steps.push(Step::create(moment(world, no), owner, "contact", no.number()));
        changes(world, no, steps);
    }
    for (n, position) in (0..).zip(&world.positions) {
        let at = world.calendar.at(position.started, &world.calendar.zone, 12 * 60 + 10);
        steps.push(Step::create(at, position.by, "position", n));
    }
    for (n, relation) in (0..).zip(&world.relations) {
        let at = world.calendar.at(relation.since, &world.calendar.zone, 12 * 60 + 30);
        steps.push(Step::create(at, relation.by, "relation", n));
    }
}

/// A new employer; the position before it ends by itself.
fn changes(world: &World, no: No<Contact>, steps: &mut Vec<Step>) {
    let contact = &world.contacts[no];
    if let Some((day, company, title)) = contact.moved {
        let by = contact.owner.unwrap_or(Staff::Marta);
        let at = world.calendar.at(day, &by.zone(), 9 * 60 + 25);
        let owner = world.companies[company].owner.map_or(Json::Null, |o| crate::setup::user(o).link());
        let domain = &world.companies[company].domain;
        let mail = contact.email.as_ref().and_then(|m| m.split_once('@')).map(|(name, _)| format!("{name}@{domain}"));
        let mut values = json!({"company": companies::key(company).link(), "job_title": title, "owner": owner});
        if let (Some(old), Some(new), Some(map)) = (&contact.email, mail, values.as_object_mut()) {
            let rows = json!([{"address": new, "kind": "work", "primary": true}, {"address": old, "kind": "work", "state": "retired"}]);
            map.insert("emails".to_string(), rows);
        }
        steps.push(Step::update(at, by, key(no), values));
    }
}

pub fn position(world: &World, at: u32) -> Map<String, Json> {
    let Some(position) = usize::try_from(at).ok().and_then(|at| world.positions.get(at)) else { return Map::new() };
    let Position { contact, company, title, tie, started, .. } = position;
    filled(json!({
        "contact": key(*contact).link(), "company": companies::key(*company).link(), "job_title": title, "tie": tie,
        "started_on": started.to_string(),
    }))
}

pub fn relation(world: &World, at: u32) -> Map<String, Json> {
    let Some(relation) = usize::try_from(at).ok().and_then(|at| world.relations.get(at)) else { return Map::new() };
    let Relation { from, kind, to, since, note, .. } = relation;
    filled(json!({"from": [from.item()], "kind": kind, "to": [to.item()], "since": since.to_string(), "note": note}))
}
