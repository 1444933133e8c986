//! Fills a workspace through the record pipeline: as an import would, with validation, log and search.

use std::sync::Arc;
use std::time::Instant as Clock;

use base::{Id, Result};
use kernel::{Ctx, Engine, record};
use serde_json::{Map, Value as Json, json};

use crate::generate::World;

/// Records that one transaction writes; it must stay short, so that others can write between.
const SLICE: usize = 100;
const USERS: usize = 200;
const TEAMS: usize = 12;
/// Place of the lost stage.
const LOST: usize = 4;

/// Who and what the cases ask for.
pub struct Filled {
    pub rows_per_second: f64,
    pub rows: usize,
}

/// Brings the workspace to this many contacts and deals, a tenth as many companies and activities (half calls, half planned tasks); what is there stays.
pub fn fill(engine: &Arc<Engine>, records: usize) -> Result<Filled> {
    let mut world = World::new(7);
    let owners = people(engine)?;
    let stages = stages(engine)?;
    let began = Clock::now();
    let owner = |n: usize| owners.get(n % owners.len().max(1)).map(Id::to_string).unwrap_or_default();
    let companies = make(engine, "company", records / 10, &mut |n| world.company(n, &owner(n)))?;
    let of = |ids: &[Id], n: usize| ids.get(n % ids.len().max(1)).map(Id::to_string);
    let contacts = make(engine, "contact", records, &mut |n| world.contact(n, of(&companies, n).as_deref(), &owner(n)))?;
    let deals = make(engine, "deal", records, &mut |n| {
        let at = if world.chance(80) { 3 + n % 2 } else { n % 3 };
        let stage = stages.get(at).map(Id::to_string).unwrap_or_default();
        let mut deal = world.deal(n, of(&companies, n).as_deref(), &stage, &owner(n));
        if at == LOST {
            deal.insert("lost_reason".to_string(), json!("price"));
        }
        deal
    })?;
    let today = Ctx::system(engine).today();
    let activities = make(engine, "activity", records / 10, &mut |n| {
        let about = of(&contacts, n).unwrap_or_default();
        // A colleague's index is the number's remainder, so that everybody has some of both.
        if (n / USERS).is_multiple_of(2) { world.call(&about, &owner(n)) } else { world.task(&about, &owner(n), today) }
    })?;
    let rows = companies.len() + contacts.len() + deals.len() + activities.len();
    let seconds = began.elapsed().as_secs_f64().max(0.001);
    Ok(Filled { rows, rows_per_second: f64::from(u32::try_from(rows).unwrap_or(u32::MAX)) / seconds })
}

/// Writes in slices and tells how far it is, once in a while.
fn make(engine: &Arc<Engine>, object: &'static str, count: usize, one: &mut dyn FnMut(usize) -> Map<String, Json>) -> Result<Vec<Id>> {
    let mut ids = Vec::with_capacity(count);
    let began = Clock::now();
    let mut told = Clock::now();
    while ids.len() < count {
        let from = ids.len();
        let rows: Vec<Map<String, Json>> = (from..count.min(from + SLICE)).map(&mut *one).collect();
        let ctx = Ctx::system(engine);
        let made = engine
            .store()
            .write(move |tx| rows.iter().map(|row| Ok(record::create(&ctx, tx, object, row)?.id)).collect::<Result<Vec<Id>>>())?;
        ids.extend(made);
        if told.elapsed().as_secs() >= 10 {
            told = Clock::now();
            let done = f64::from(u32::try_from(ids.len()).unwrap_or(u32::MAX));
            eprintln!("  {object}: {} of {count}, {:.0} a second", ids.len(), done / began.elapsed().as_secs_f64());
        }
    }
    Ok(ids)
}

fn people(engine: &Arc<Engine>) -> Result<Vec<Id>> {
    let ctx = Ctx::system(engine);
    engine.store().write(move |tx| {
        let role = kernel::user::role_by_name(tx, "representative")?;
        let mut teams = Vec::new();
        for n in 0..TEAMS {
            let input = json!({"name": format!("Team {n}")});
            teams.push(record::create(&ctx, tx, "team", input.as_object().unwrap_or(&Map::new()))?.id);
        }
        let mut users = Vec::new();
        for n in 0..USERS {
            let team = teams.get(n % TEAMS).map(Id::to_string);
            let input = json!({"name": format!("Person {n}"), "email": format!("person{n}@bench.example"), "status": "active",
                "roles": [role.to_string()], "team": team});
            users.push(record::create(&ctx, tx, "user", input.as_object().unwrap_or(&Map::new()))?.id);
        }
        Ok(users)
    })
}

/// Three open stages, one won, one lost.
fn stages(engine: &Arc<Engine>) -> Result<Vec<Id>> {
    let ctx = Ctx::system(engine);
    engine.store().write(move |tx| {
        let input = json!({"name": "Bench", "object": "deal", "default": true, "active": true});
        let pipeline = record::create(&ctx, tx, "pipeline", input.as_object().unwrap_or(&Map::new()))?;
        let mut stages = Vec::new();
        for (n, (name, kind, chance)) in
            [("Qualify", "open", 10), ("Proposal", "open", 50), ("Negotiation", "open", 70), ("Won", "won", 100), ("Lost", "lost", 0)]
                .iter()
                .enumerate()
        {
            let input = json!({"pipeline": pipeline.id.to_string(), "name": name, "kind": kind, "probability": chance, "position": n});
            stages.push(record::create(&ctx, tx, "stage", input.as_object().unwrap_or(&Map::new()))?.id);
        }
        Ok(stages)
    })
}
