//! What an activity is about beyond what was said: a deal's company and primary contact, a contact's company (D9).
//!
//! Derived records are stamped when the activity is written and stay as they were that day: when a person changes
//! employer, old meetings stay with the old company. Contacts who take part count as said.

use std::collections::BTreeSet;

use base::{Id, Result, Value};
use kernel::record::{self, Change};
use kernel::{Ctx, Draft, Rule, event};
use store::Tx;

/// A record by object and id.
type Party = (String, Id);

pub struct Derived;

impl Rule for Derived {
    fn object(&self) -> &'static str {
        "activity"
    }

    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if !draft.changed("about") && !draft.changed("participants") {
            return Ok(());
        }
        let old = Said::of(draft.old("about"), draft.old("participants"));
        let new = Said::of(draft.get("about"), draft.get("participants"));
        // What was derived before and is sent back without its mark is still derived.
        let said: Vec<Party> = new.direct.iter().filter(|p| !old.derived.contains(p)).cloned().collect();
        let derived = derived(ctx, tx, &old, &Said { direct: said.clone(), ..new })?;
        let mut items: Vec<Value> = said.iter().map(|p| item(p, "direct")).collect();
        let mut seen: BTreeSet<Party> = said.into_iter().collect();
        items.extend(derived.into_iter().filter(|p| seen.insert(p.clone())).map(|p| item(&p, "derived")));
        draft.set("about", if items.is_empty() { Value::Null } else { Value::List(items) });
        Ok(())
    }

    /// Events from before the change move along into the timelines of the records it is about now.
    fn after(&self, _ctx: &Ctx, tx: &mut Tx, change: &Change) -> Result<()> {
        let Some(before) = change.before.as_ref().filter(|_| change.changed("about")) else { return Ok(()) };
        let parties = |value: &Value| -> BTreeSet<Party> { value.as_list().iter().filter_map(party).collect() };
        let (old, new) = (parties(before.get("about")), parties(change.after.get("about")));
        let added: Vec<Party> = new.difference(&old).cloned().collect();
        let gone: Vec<Party> = old.difference(&new).cloned().collect();
        event::concern(tx, "activity", change.after.id, &added, &gone)
    }
}

/// What the lists of an activity say.
struct Said {
    direct: Vec<Party>,
    derived: Vec<Party>,
    people: Vec<Party>,
}

impl Said {
    fn of(about: &Value, participants: &Value) -> Said {
        let is_derived = |item: &&Value| item.part("via").as_text() == Some("derived");
        let items = about.as_list();
        let people = participants.as_list().iter().filter_map(|row| Some(("contact".to_string(), row.part("contact").as_id()?)));
        Said {
            direct: items.iter().filter(|i| !is_derived(i)).filter_map(party).collect(),
            derived: items.iter().filter(is_derived).filter_map(party).collect(),
            people: people.collect(),
        }
    }
    /// What further records are derived from.
    fn sources(&self) -> BTreeSet<Party> {
        self.direct.iter().chain(&self.people).cloned().collect()
    }
}

/// Those of before, as far as what they came from is still there; those that an action brings marked as derived; and
/// those that follow from what was added.
fn derived(ctx: &Ctx, tx: &mut Tx, old: &Said, new: &Said) -> Result<Vec<Party>> {
    let (were, are) = (old.sources(), new.sources());
    let mut all: Vec<Party> = Vec::new();
    if were.intersection(&are).next().is_some() {
        let mut gone = follow(ctx, tx, were.difference(&are))?;
        gone.extend(were.difference(&are).cloned());
        let still = follow(ctx, tx, were.intersection(&are))?;
        all.extend(old.derived.iter().filter(|p| !gone.contains(p) || still.contains(p)).cloned());
    }
    all.extend(new.derived.iter().filter(|p| !old.derived.contains(p)).cloned());
    all.extend(new.people.iter().cloned());
    all.extend(follow(ctx, tx, are.difference(&were))?);
    Ok(all)
}

/// The company and primary contact of a deal, and the company of a contact, as they are now.
fn follow<'a>(ctx: &Ctx, tx: &mut Tx, parties: impl Iterator<Item = &'a Party>) -> Result<Vec<Party>> {
    let mut found = Vec::new();
    for (object, id) in parties {
        let links: &[&str] = match object.as_str() {
            "deal" => &["contact", "company"],
            "contact" => &["company"],
            _ => continue,
        };
        let Some(record) = record::find(ctx, tx, object, *id)? else { continue };
        found.extend(links.iter().filter_map(|link| Some(((*link).to_string(), record.link(link)?))));
    }
    Ok(found)
}

fn party(item: &Value) -> Option<Party> {
    Some((item.part("object").as_text()?.to_string(), item.part("id").as_id()?))
}

fn item((object, id): &Party, via: &str) -> Value {
    Value::Map([("id".to_string(), Value::Id(*id)), ("object".to_string(), object.as_str().into()), ("via".to_string(), via.into())].into())
}
