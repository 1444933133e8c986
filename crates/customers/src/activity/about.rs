//! What an activity is about beyond what was said: a deal's company and primary contact, a contact's company (D9).
//!
//! Derived records are stamped when the activity is written and stay as they were that day: when a person changes
//! employer, old meetings stay with the old company. Contacts who take part count as said.

use std::collections::BTreeSet;

use base::{Id, Result, Value};
use kernel::record::Change;
use kernel::{Ctx, Draft, Rule, event};
use store::{Param, Sql, Tx};

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
        let mut new = Said::of(draft.get("about"), draft.get("participants"));
        // What was derived before and is sent back without its mark is still derived.
        new.direct.retain(|p| !old.derived.contains(p));
        let derived = derived(ctx, tx, &old, &mut new)?;
        let mut items: Vec<Value> = new.direct.iter().map(|p| item(p, "direct")).collect();
        let mut seen: BTreeSet<Party> = new.direct.into_iter().collect();
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

/// Those of before, as far as what they came from is still there, and those that follow from what was added. A mark that
/// is new must hold now; what does not follow from anything was said.
fn derived(ctx: &Ctx, tx: &mut Tx, old: &Said, new: &mut Said) -> Result<Vec<Party>> {
    let mut all: Vec<Party> = Vec::new();
    let marked: Vec<Party> = new.derived.iter().filter(|p| !old.derived.contains(p)).cloned().collect();
    if !marked.is_empty() {
        let known = follow(ctx, tx, new.sources().iter())?;
        let (holds, said): (Vec<Party>, Vec<Party>) = marked.into_iter().partition(|p| known.contains(p));
        all.extend(holds);
        new.direct.extend(said);
    }
    let (were, are) = (old.sources(), new.sources());
    if were.intersection(&are).next().is_some() {
        let mut gone = follow(ctx, tx, were.difference(&are))?;
        gone.extend(were.difference(&are).cloned());
        let still = follow(ctx, tx, were.intersection(&are))?;
        all.extend(old.derived.iter().filter(|p| !gone.contains(p) || still.contains(p)).cloned());
    }
    all.extend(new.people.iter().cloned());
    all.extend(follow(ctx, tx, are.difference(&were))?);
    Ok(all)
}

/// The company and primary contact of a deal, the company of a contact, and all that is known of a lead, as it is now.
fn follow<'a>(ctx: &Ctx, tx: &mut Tx, parties: impl Iterator<Item = &'a Party>) -> Result<Vec<Party>> {
    let mut found = Vec::new();
    for (object, id) in parties {
        let links: &[&str] = match object.as_str() {
            "deal" => &["contact", "company"],
            "contact" => &["company"],
            "lead" => &["contact", "company", "deal"],
            _ => continue,
        };
        if ctx.model.object(object).is_none() {
            continue;
        }
        let text = format!("select {} from {object} where id = ?1 and deleted_at is null", links.join(", "));
        tx.each(&Sql::fill(tx.dialect(), &text, [Param::from(*id)]), &mut |row| {
            for (at, link) in links.iter().enumerate() {
                found.extend(row.id(at)?.map(|id| ((*link).to_string(), id)));
            }
            Ok(())
        })?;
    }
    Ok(found)
}

fn party(item: &Value) -> Option<Party> {
    Some((item.part("object").as_text()?.to_string(), item.part("id").as_id()?))
}

fn item((object, id): &Party, via: &str) -> Value {
    Value::Map([("id".to_string(), Value::Id(*id)), ("object".to_string(), object.as_str().into()), ("via".to_string(), via.into())].into())
}
