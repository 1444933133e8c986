//! Activities as the record pipeline takes them.

use serde_json::{Map, Value as Json, json};

use super::Activity;
use crate::companies;
use crate::deals;
use crate::leads;
use crate::people;
use crate::setup;
use crate::shelf::No;
use crate::step::{By, Key, Step, What, filled};
use crate::world::World;

const MINUTE: i64 = 60_000_000;

pub fn key(no: No<Activity>) -> Key {
    Key::new("activity", no.number())
}

/// The activity when it was written down: done already, or planned.
pub fn record(world: &World, no: No<Activity>) -> Map<String, Json> {
    let activity = &world.activities[no];
    let is_planned = activity.is_open() || activity.planned.is_some();
    let text = |s: &str| if s.is_empty() { Json::Null } else { Json::from(s) };
    let due = activity.due.or(activity.planned.map(|_| activity.owner.day_of(activity.at)));
    let is_meeting = activity.kind == "meeting";
    let starts = if is_meeting { activity.due_at.or((!activity.is_open()).then_some(activity.at)) } else { None };
    let mut values = filled(json!({
        "kind": activity.kind, "subject": text(&activity.subject), "about": about(activity),
        "owner": setup::user(activity.owner).link(), "type": text(activity.sort), "priority": text(activity.priority),
        "channel": channel(activity), "direction": text(activity.direction), "pinned": if activity.is_pinned { json!(true) } else { Json::Null },
        "starts_at": starts.map(|at| at.to_string()), "participants": participants(activity),
        "duration_minutes": if activity.minutes > 0 { json!(activity.minutes) } else { Json::Null },
        "due_on": due.filter(|_| is_planned).map(|d| d.to_string()),
        "due_at": activity.due_at.filter(|_| !is_meeting).map(|at| at.to_string()),
    }));
    if activity.planned.is_none() {
        values.extend(told(activity));
    }
    values
}

/// What is known once it was done.
fn told(activity: &Activity) -> Map<String, Json> {
    let text = |s: &str| if s.is_empty() { Json::Null } else { Json::from(s) };
    let done = (!activity.is_open()).then(|| activity.at.to_string());
    filled(json!({"body": text(&activity.body), "outcome": text(activity.outcome), "done_at": done}))
}

fn about(activity: &Activity) -> Vec<Json> {
    let deal = activity.deal.map(deals::key);
    let lead = activity.lead.map(leads::key);
    let contact = activity.contact.map(people::key);
    // The company follows from the deal or the contact where there is one.
    let company = activity.company.filter(|_| deal.is_none()).map(companies::key);
    [deal, lead, contact, company].into_iter().flatten().map(Key::item).collect()
}

fn participants(activity: &Activity) -> Vec<Json> {
    if activity.kind != "meeting" {
        return Vec::new();
    }
    let people = activity.contact.iter().chain(&activity.also).map(|c| json!({"contact": people::key(*c).link(), "part": "required"}));
    let host = json!({"user": setup::user(activity.owner).link(), "part": "organiser"});
    std::iter::once(host).chain(people).collect()
}

fn channel(activity: &Activity) -> Json {
    match activity.kind {
        "call" => "phone".into(),
        "email" => "email".into(),
        "meeting" if activity.minutes <= 30 => "video".into(),
        "meeting" => "in_person".into(),
        "message" => "wechat".into(),
        _ => Json::Null,
    }
}

/// Written down some minutes after it was done; or planned before, and completed then.
pub fn steps(world: &World, no: No<Activity>, steps: &mut Vec<Step>) {
    let activity = &world.activities[no];
    let by = if activity.is_incoming_by_itself { By::Nobody } else { By::Staff(activity.owner) };
    let after = activity.at.plus_micros(activity.minutes.clamp(1, 240) * MINUTE);
    let logged = if after < world.calendar.now { after } else { activity.at };
    match activity.planned {
        Some(planned) => {
            steps.push(Step { at: planned, by, what: What::Create(key(no)), act: 0 });
            steps.push(Step { at: logged, by, what: What::Update(key(no), told(activity)), act: 0 });
        }
        None => steps.push(Step { at: if activity.is_open() { activity.at } else { logged }, by, what: What::Create(key(no)), act: 0 }),
    }
}
