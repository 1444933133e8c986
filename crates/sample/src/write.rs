//! Writes the plain data into the database, in the order of time, through the record pipeline with a moved clock.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use base::{Error, Id, Result};
use kernel::ctx::{Scopes, User};
use kernel::{Actor, ActorKind, Ctx, Engine, Origin, action, record, session};
use serde_json::{Map, Value as Json};
use store::{Param, Sql, Tx};

use crate::staff::{CARDS, Staff};
use crate::step::{By, Key, Step, What};
use crate::world::World;
use crate::{ORIGIN, activities, companies, deals, leads, people, setup};

/// Records that one transaction writes; it must stay short, so that others can write between.
const SLICE: usize = 150;

/// The ids that records got.
#[derive(Default)]
struct Ids {
    known: HashMap<(String, u32), Id>,
}

pub struct Writer {
    engine: Arc<Engine>,
    world: Arc<World>,
    ids: Arc<Mutex<Ids>>,
    /// One id for everything, so that it can be found and removed.
    mark: Id,
    /// Correlations of acts that took several steps.
    acts: Arc<Mutex<HashMap<u32, Id>>>,
}

/// All steps of a world in the order of time.
pub fn steps(world: &mut World) -> Vec<Step> {
    let mut steps = Vec::new();
    setup::steps(world, &mut steps);
    companies::steps(world, &mut steps);
    people::steps(world, &mut steps);
    for no in world.leads.numbers() {
        leads::steps(world, no, &mut steps);
    }
    for no in world.deals.numbers() {
        deals::steps(world, no, &mut steps);
    }
    for no in world.activities.numbers() {
        activities::steps(world, no, &mut steps);
    }
    steps.append(&mut world.edits);
    steps.sort_by_key(|step| step.at);
    steps
}

impl Writer {
    pub fn new(engine: &Arc<Engine>, world: World, mark: Id) -> Self {
        Writer { engine: Arc::clone(engine), world: Arc::new(world), ids: Arc::default(), mark, acts: Arc::default() }
    }

    pub fn write(&self, steps: Vec<Step>) -> Result<()> {
        let mut rest = steps.into_iter().peekable();
        while rest.peek().is_some() {
            let slice: Vec<Step> = rest.by_ref().take(SLICE).collect();
            self.slice(slice)?;
        }
        Ok(())
    }

    fn slice(&self, slice: Vec<Step>) -> Result<()> {
        let (engine, world, ids, mark) = (Arc::clone(&self.engine), Arc::clone(&self.world), Arc::clone(&self.ids), self.mark);
        let acts = Arc::clone(&self.acts);
        self.engine.store().write(move |tx| {
            let mut ids = ids.lock().unwrap_or_else(PoisonError::into_inner);
            let mut acts = acts.lock().unwrap_or_else(PoisonError::into_inner);
            for step in &slice {
                let mut ctx = context(&engine, &ids, mark, step);
                if step.act > 0 {
                    ctx.correlation = *acts.entry(step.act).or_default();
                }
                one(&ctx, tx, &world, &mut ids, step).map_err(|error| told(error, step))?;
            }
            Ok(())
        })
    }

    /// One hash for all, since everybody has the same password.
    pub fn passwords(&self, password: &str) -> Result<()> {
        let hash = session::hash_password(password)?;
        let ids: Vec<Id> = CARDS.iter().filter_map(|card| self.id(setup::user(card.staff))).collect();
        let ctx = Ctx::system(&self.engine);
        self.engine.store().write(move |tx| ids.iter().try_for_each(|id| session::set_password(&ctx, tx, *id, &hash)))
    }

    fn id(&self, key: Key) -> Option<Id> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner).known.get(&(key.object.to_string(), key.number)).copied()
    }
}

/// An error of a step says which one it was.
fn told(error: Error, step: &Step) -> Error {
    if error.is_retryable() {
        return error;
    }
    Error::internal(format!("sample company: {:?} at {}: {error:?}", step.what, step.at))
}

/// Who does it, when. People act with an administrator's rights: what happened, happened, whoever may do what today.
fn context(engine: &Arc<Engine>, ids: &Ids, mark: Id, step: &Step) -> Ctx {
    let mut ctx = Ctx { clock: Some(step.at), correlation: Id::new(), ..Ctx::system(engine) };
    ctx.origin = Some(Origin { kind: ORIGIN.to_string(), id: Some(mark), name: None });
    let staff = match step.by {
        By::Staff(staff) => staff,
        By::Import(staff) => {
            ctx.origin = Some(Origin { kind: "import".to_string(), id: Some(mark), name: Some("fiera-rimini.csv".to_string()) });
            staff
        }
        By::Nobody => return ctx,
    };
    if let Some(id) = ids.known.get(&("user".to_string(), setup::user(staff).number)) {
        ctx.actor = Actor { kind: if matches!(step.by, By::Import(_)) { ActorKind::Import } else { ActorKind::User }, id: Some(*id) };
        ctx.user = Some(Arc::new(user(staff, *id)));
    }
    ctx
}

fn user(staff: Staff, id: Id) -> User {
    let card = staff.card();
    User {
        id,
        name: card.name.to_string(),
        email: staff.email(),
        roles: vec![kernel::role::ADMINISTRATOR.to_string()],
        manages: true,
        teams: Vec::new(),
        team: None,
        language: "en".to_string(),
        locale: card.locale.to_string(),
        time_zone: card.zone.to_string(),
        week_start: 1,
    }
}

fn one(ctx: &Ctx, tx: &mut Tx, world: &World, ids: &mut Ids, step: &Step) -> Result<()> {
    debug_assert!(!matches!(ctx.scopes, Scopes::Only(_)));
    match &step.what {
        What::Create(key) => {
            let mut input = input(world, *key);
            if key.object == "user" {
                let role = kernel::user::role_by_name(tx, role(key.number))?;
                input.insert("roles".to_string(), serde_json::json!([role.to_string()]));
            }
            let made = record::create(ctx, tx, key.object, &resolve(ids, input)?)?;
            ids.known.insert((key.object.to_string(), key.number), made.id);
            if key.object == "deal" {
                primary_part(tx, ids, *key, made.id)?;
            }
            Ok(())
        }
        What::Update(key, values) => {
            let id = find(ids, key.object, key.number)?;
            record::update(ctx, tx, key.object, id, &resolve(ids, values.clone())?, None).map(|_| ())
        }
        What::Convert(lead, deal, values) => {
            let id = find(ids, lead.object, lead.number)?;
            let outcome = action::run(ctx, tx, "lead", "convert", id, &resolve(ids, values.clone())?, false)?;
            let made = outcome.result.get("deal").and_then(Json::as_str).and_then(|text| text.parse::<Id>().ok());
            if let (Some(key), Some(made)) = (deal, made) {
                ids.known.insert((key.object.to_string(), key.number), made);
                primary_part(tx, ids, *key, made)?;
            }
            Ok(())
        }
    }
}

fn role(number: u32) -> &'static str {
    usize::try_from(number).ok().and_then(|n| CARDS.get(n)).map_or("read_only", |card| card.role)
}

/// A deal makes the row of its primary contact by itself; its number is that of the deal's first person.
fn primary_part(tx: &mut Tx, ids: &mut Ids, deal: Key, id: Id) -> Result<()> {
    let sql = Sql::fill(
        tx.dialect(),
        "select id from deal_contact where deal = ?1 and deleted_at is null order by id limit 1",
        [Param::from(id)],
    );
    if let Some(row) = tx.first(&sql, |row| row.id(0))?.flatten() {
        let key = deals::primary_part(deal.number);
        ids.known.insert((key.object.to_string(), key.number), row);
    }
    Ok(())
}

/// The record as it is first written.
fn input(world: &World, key: Key) -> Map<String, Json> {
    use crate::shelf::No;
    let n = key.number;
    match key.object {
        "team" => setup::team_record(n),
        "user" => setup::user_record(n),
        "currency" => setup::rates::currency_record(n),
        "exchange_rate" => setup::rates::record(world, n),
        "tag" => setup::tag_record(n),
        "pipeline" => setup::pipelines::record(n),
        "stage" => setup::pipelines::stage_record(n),
        "product" => setup::products::record(n),
        "company" => companies::record(world, No::new(n)),
        "contact" => people::record(world, No::new(n)),
        "position" => people::position(world, n),
        "relation" => people::relation(world, n),
        "lead" => leads::record(world, No::new(n)),
        "deal" => deals::record(world, No::new(n)),
        "deal_line" => deals::line_record(world, n),
        "deal_contact" => deals::part_record(world, n),
        "deal_company" => deals::rival_record(world, n),
        "activity" => activities::record(world, No::new(n)),
        _ => Map::new(),
    }
}

fn find(ids: &Ids, object: &str, number: u32) -> Result<Id> {
    ids.known
        .get(&(object.to_string(), number))
        .copied()
        .ok_or_else(|| Error::internal(format!("{object} {number} is used before it is written")))
}

/// Ids in the places of links.
fn resolve(ids: &Ids, input: Map<String, Json>) -> Result<Map<String, Json>> {
    input.into_iter().map(|(name, value)| Ok((name, resolved(ids, value)?))).collect()
}

fn resolved(ids: &Ids, value: Json) -> Result<Json> {
    Ok(match value {
        Json::String(text) => match Key::parse(&text) {
            Some((object, number)) => Json::String(find(ids, object, number)?.to_string()),
            None => Json::String(text),
        },
        Json::Array(items) => Json::Array(items.into_iter().map(|item| resolved(ids, item)).collect::<Result<_>>()?),
        Json::Object(map) => Json::Object(resolve(ids, map)?),
        other => other,
    })
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Goes through all steps without a database and tells what is used before it is there.
    pub fn rehearse(world: &World, steps: &[Step]) -> Vec<String> {
        let mut ids = Ids::default();
        let mut wrong = Vec::new();
        let note = |result: Result<Map<String, Json>>, step: &Step, wrong: &mut Vec<String>| {
            if let Err(error) = result {
                wrong.push(format!("{} {:?}: {error:?}", step.at, step.what));
            }
        };
        for step in steps {
            let put = |key: Key, ids: &mut Ids| {
                ids.known.insert((key.object.to_string(), key.number), Id::new());
                let has_contact = key.object == "deal" && world.deals[crate::shelf::No::new(key.number)].contact.is_some();
                if has_contact {
                    let part = deals::primary_part(key.number);
                    ids.known.insert((part.object.to_string(), part.number), Id::new());
                }
            };
            match &step.what {
                What::Create(key) => {
                    note(resolve(&ids, input(world, *key)), step, &mut wrong);
                    put(*key, &mut ids);
                }
                What::Update(key, values) => {
                    note(resolve(&ids, values.clone()), step, &mut wrong);
                    note(find(&ids, key.object, key.number).map(|_| Map::new()), step, &mut wrong);
                }
                What::Convert(lead, deal, values) => {
                    note(resolve(&ids, values.clone()), step, &mut wrong);
                    note(find(&ids, lead.object, lead.number).map(|_| Map::new()), step, &mut wrong);
                    if let Some(deal) = deal {
                        put(*deal, &mut ids);
                    }
                }
            }
        }
        wrong
    }
}
