//! Companies as the record pipeline takes them, and what became of them later.

use serde_json::{Map, Value as Json, json};

use super::{Company, country};
use crate::calendar::last_working;
use crate::shelf::No;
use crate::staff::Staff;
use crate::step::{By, Key, Step, What, filled};
use crate::world::World;

pub fn key(no: No<Company>) -> Key {
    Key::new("company", no.number())
}

/// The company as it was first written down.
pub fn record(world: &World, no: No<Company>) -> Map<String, Json> {
    let company = &world.companies[no];
    let land = country(company.place.country);
    let begins_as_buyer = company.since.is_some_and(|since| since <= *company.created);
    let relationships: Vec<&str> = match company.relationships.first().copied() {
        Some("customer" | "former_customer") if begins_as_buyer => vec!["customer"],
        Some("customer" | "former_customer") => vec!["prospect"],
        _ => company.relationships.clone(),
    };
    let tags: Vec<Json> = company.tags.iter().filter_map(|t| Some(crate::setup::tag(t)?.link())).collect();
    let is_big = company.employees >= 40;
    filled(json!({
        "name": company.name,
        "legal_name": company.legal_name,
        "native_name": if company.is_chinese() { Json::from(company.legal_name.as_str()) } else { Json::Null },
        "known_as": company.known_as,
        "relationships": relationships,
        "domains": [company.domain],
        "website": format!("https://www.{}", company.domain),
        "emails": [{"address": format!("info@{}", company.domain), "kind": "office"}],
        "phones": [{"number": company.phone, "kind": "office"}],
        "sector": company.sector(),
        "employees": if company.employees > 0 { json!(company.employees) } else { Json::Null },
        "annual_revenue": if is_big { json!({"amount": (company.employees * 165_000).to_string(), "currency": "EUR"}) } else { Json::Null },
        "founded_year": company.founded,
        "address": {
            "street": company.street, "postal_code": company.place.postal_code, "city": company.place.city,
            "region": company.place.region, "country": if company.is_misplaced { "IT" } else { company.place.country },
        },
        "parent": company.parent.map_or(Json::Null, |p| key(p).link()),
        "phase": phase(company, begins_as_buyer),
        "tier": tier(company),
        "customer_since": company.since.filter(|_| begins_as_buyer).map(|d| d.to_string()),
        "vat_number": company.vat.as_ref().filter(|_| !company.is_misplaced),
        "currency": land.currency,
        "language": if company.is_misplaced { "it" } else { company.place.language },
        "time_zone": if company.is_misplaced { "Europe/Rome" } else { land.zone },
        "payment_terms": if company.is_chinese() { "prepayment" } else if is_big { "net_60" } else { "net_30" },
        "source": company.source,
        "source_detail": company.detail,
        "referred_by": company.referred_by.map_or(Json::Null, |c| crate::people::key(c).link()),
        "tags": tags,
        "description": company.description,
        "owner": company.owner.map_or(Json::Null, |o| crate::setup::user(o).link()),
    }))
}

fn phase(company: &Company, is_buyer: bool) -> Json {
    match company.relationships.first().copied() {
        Some("customer" | "former_customer") if is_buyer => "retention".into(),
        Some("customer" | "former_customer" | "prospect") => "consideration".into(),
        _ => Json::Null,
    }
}

fn tier(company: &Company) -> Json {
    match company.weight {
        _ if company.tags.contains(&"Key account") => "key".into(),
        5.. => "key".into(),
        _ if !company.is_buyer() => Json::Null,
        2..=4 => "standard".into(),
        _ => "small".into(),
    }
}

/// Everything that happened to the companies. A parent is there before its subsidiaries.
pub fn steps(world: &mut World, steps: &mut Vec<Step>) {
    for no in world.companies.numbers() {
        if let Some(parent) = world.companies[no].parent {
            // In whatever zone their owners live.
            let before = last_working(world.companies[no].created.plus_days(-1));
            world.companies[parent].created = world.companies[parent].created.min(before.into());
        }
    }
    for no in world.companies.numbers() {
        let company = &world.companies[no];
        let owner = company.owner.unwrap_or(Staff::Nadia);
        let at = world.calendar.at(*company.created, &owner.zone(), 7 * 60 + 20).plus_micros(i64::from(no.number()) * 1_000_000);
        let by = if company.is_misplaced { By::Import(Staff::Marta) } else { By::Staff(owner) };
        steps.push(Step { at, by, what: What::Create(key(no)), act: 0 });
        changes(world, no, steps);
    }
}

/// What the company became after it was written down.
fn changes(world: &World, no: No<Company>, steps: &mut Vec<Step>) {
    let company = &world.companies[no];
    let owner = company.owner.unwrap_or(Staff::Giulia);
    let zone = owner.zone();
    let mut tell = |day, minute, values| steps.push(Step::update(world.calendar.at(day, &zone, minute), owner, key(no), values));
    if let Some(since) = company.since.filter(|since| *since > *company.created) {
        let rest: Vec<&str> = company.relationships.iter().copied().filter(|r| !matches!(*r, "customer" | "former_customer")).collect();
        let all: Vec<&str> = rest.into_iter().chain(["customer"]).collect();
        tell(last_working(since), 17 * 60 + 40, json!({"relationships": all, "phase": "retention"}));
    }
    if let Some(churned) = company.churned {
        tell(last_working(churned), 17 * 60 + 50, json!({"relationships": ["former_customer"], "phase": "consideration"}));
    }
}
