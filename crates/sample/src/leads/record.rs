//! Leads as the record pipeline takes them, and what was done with them.

use base::Instant;
use serde_json::{Map, Value as Json, json};

use super::Lead;
use crate::companies;
use crate::deals;
use crate::people;
use crate::setup;
use crate::shelf::No;
use crate::staff::Staff;
use crate::step::{By, Key, Step, What, filled};
use crate::world::World;

const SECOND: i64 = 1_000_000;

pub fn key(no: No<Lead>) -> Key {
    Key::new("lead", no.number())
}

pub fn record(world: &World, no: No<Lead>) -> Map<String, Json> {
    let lead = &world.leads[no];
    let text = |s: &str| if s.is_empty() { Json::Null } else { Json::from(s) };
    let is_search = !lead.campaign.is_empty();
    filled(json!({
        "first_name": text(&lead.first), "last_name": text(&lead.last), "company_name": text(&lead.company_name), "job_title": text(lead.title),
        "emails": lead.email.iter().map(|a| json!({"address": a, "kind": "work"})).collect::<Vec<_>>(),
        "phones": lead.phone.iter().map(|n| json!({"number": n, "kind": "mobile"})).collect::<Vec<_>>(),
        "address": {"city": lead.place.city, "region": lead.place.region, "country": lead.place.country},
        "sector": text(lead.sector), "language": lead.place.language, "need": lead.need, "score": lead.score,
        "source": lead.source, "source_detail": lead.detail, "status": "new",
        "utm_source": is_search.then_some("search"), "utm_medium": is_search.then_some("cpc"), "utm_campaign": text(lead.campaign),
        "landing_page": (lead.source != "trade_fair").then_some("https://www.fratellidolce.example/contatti"),
        "recall_on": lead.recall.map(|d| d.to_string()),
    }))
}

pub fn steps(world: &World, no: No<Lead>, steps: &mut Vec<Step>) {
    let lead = &world.leads[no];
    let by = if lead.is_import { By::Import(Staff::Marta) } else { By::Nobody };
    let mut tell = |at: Instant, by: By, what: What| steps.push(Step { at, by, what, act: 0 });
    tell(lead.created, by, What::Create(key(no)));
    let Some(owner) = lead.owner else { return };
    let worked = lead.worked.unwrap_or(lead.created.plus_micros(600 * SECOND));
    let given = lead.created.plus_micros(((worked.micros() - lead.created.micros()) / 3).clamp(SECOND, 7_200 * SECOND));
    let to = json!({"owner": setup::user(owner).link()});
    tell(given, By::Nobody, What::Update(key(no), filled(to)));
    if lead.worked.is_some() {
        tell(
            worked.max(given),
            By::Staff(owner),
            What::Update(key(no), filled(json!({"status": "working", "qualification": qualification(lead)}))),
        );
    }
    let Some(settled) = lead.settled else { return };
    match lead.status {
        "converted" => tell(settled, By::Staff(owner), conversion(world, no)),
        "disqualified" => {
            let why = json!({"status": "disqualified", "disqualify_reason": lead.reason});
            tell(settled, By::Staff(owner), What::Update(key(no), filled(why)));
        }
        status => tell(settled, By::Staff(owner), What::Update(key(no), filled(json!({"status": status})))),
    }
}

fn qualification(lead: &Lead) -> &'static str {
    match lead.status {
        "qualified" | "converted" => "sql",
        "nurturing" => "mql",
        "working" => "sal",
        _ => "none",
    }
}

/// The action with what we know already; the deal begins as it would have been typed.
fn conversion(world: &World, no: No<Lead>) -> What {
    let lead = &world.leads[no];
    let link = |key: Option<Key>| key.map_or(Json::Null, Key::link);
    let deal = lead.deal.map(|d| &world.deals[d]);
    let input = filled(json!({
        "contact": link(lead.contact.map(people::key)), "company": link(lead.company.map(companies::key)),
        "create_company": false, "without_deal": deal.is_none(), "deal_name": deal.map(|d| d.name.as_str()),
        "deal_pipeline": link(deal.map(|d| d.pipe.key())), "deal_expected_close": deal.map(|d| d.expected.to_string()),
    }));
    What::Convert(key(no), lead.deal.map(deals::key), input)
}
