//! What is still to be done: 440, of which 31 are late and 27 are for today.

use base::Date;

use super::{Activity, slots};
use crate::calendar::{first_working, last_working};
use crate::companies::Company;
use crate::deals::Deal;
use crate::leads::Lead;
use crate::shelf::No;
use crate::staff::Staff;
use crate::world::World;

const ALL: usize = 440;
const LATE: usize = 31;
const TODAY: usize = 27;
const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;

pub fn plan(world: &mut World) {
    let mut days = days(world);
    world.dice.shuffle(&mut days);
    let mut days = days.into_iter();
    let mut deals: Vec<No<Deal>> = world.deals.find(|d| d.is_open() && !d.is_silent);
    world.dice.shuffle(&mut deals);
    // Every fifth deal has no plan.
    let with_plan = deals.len() * 8 / 10;
    for no in deals.into_iter().take(with_plan) {
        if world.activities.iter().any(|(_, a)| a.is_open() && a.deal == Some(no)) {
            continue;
        }
        let Some(due) = days.next() else { return };
        let deal = &world.deals[no];
        let (owner, company, contact, phase) = (deal.owner, deal.company, deal.contact, slots::phase(deal.pipe, deal.reached()));
        put(world, due, Activity { phase, owner, company, contact, deal: Some(no), ..Activity::default() });
    }
    let leads: Vec<No<Lead>> = world.leads.find(|l| l.status == "working" || l.status == "qualified");
    for no in leads {
        let Some(due) = days.next() else { return };
        let owner = world.leads[no].owner.unwrap_or_default();
        put(world, due, Activity { phase: "lead", owner, lead: Some(no), ..Activity::default() });
    }
    let companies: Vec<(No<Company>, u32)> = world
        .companies
        .iter()
        .filter(|(_, c)| c.is_buyer() && !c.is_quiet && !matches!(c.name.as_str(), "Kestrel Hotels" | "Valsesia Logistics"))
        .map(|(no, c)| (no, 1 + c.weight.min(5) * u32::from(c.is("customer"))))
        .collect();
    for due in days {
        let Some(company) = world.dice.weighted(&companies) else { return };
        let people = crate::deals::known(world, company, world.calendar.ago(1));
        let contact = world.dice.pick(&people);
        let owner = world.companies[company].owner.filter(|o| *o != Staff::Stefano).unwrap_or(Staff::Giulia);
        put(world, due, Activity { phase: "care", owner, company: Some(company), contact, ..Activity::default() });
    }
}

/// The days that stories left: late ones, today, and the weeks that come.
fn days(world: &mut World) -> Vec<Date> {
    let today = world.calendar.today;
    let told: Vec<Date> = world.activities.iter().filter_map(|(_, a)| a.due).collect();
    let count = |holds: &dyn Fn(&Date) -> bool| told.iter().filter(|d| holds(d)).count();
    let late = world.size.of(LATE).saturating_sub(count(&|d| *d < today));
    let now = world.size.of(TODAY).saturating_sub(count(&|d| *d == today));
    let ahead = (world.size.of(ALL) - world.size.of(LATE) - world.size.of(TODAY)).saturating_sub(count(&|d| *d > today));
    let mut days = Vec::new();
    for _ in 0..late {
        let ago = world.dice.pick(&[1, 1, 2, 2, 3, 4, 5, 7, 9]).unwrap_or(1);
        days.push(last_working(today.plus_days(-ago)));
    }
    days.extend(vec![today; now]);
    for _ in 0..ahead {
        let span = world.dice.unit().powf(1.8) * 55.0;
        days.push(first_working(today.plus_days(1 + crate::dice::whole(span))));
    }
    days
}

/// Plans something for a day; it was written down at the last talk or some days ago.
pub fn put(world: &mut World, due: Date, mut activity: Activity) -> No<Activity> {
    let owner = activity.owner;
    let zone = owner.zone();
    let written = due.min(world.calendar.today).plus_days(-world.dice.between(1, 9));
    let begun = activity.deal.map_or(written, |d| owner.day_of(world.deals[d].created).plus_days(1));
    let begun = activity.lead.and_then(|l| world.leads[l].worked).map_or(begun, |at| owner.day_of(at));
    let day = last_working(written).max(first_working(begun)).min(world.calendar.before(world.calendar.today));
    activity.at = world.calendar.moment(&mut world.dice, day, &zone);
    if let Some(worked) = activity.lead.and_then(|l| world.leads[l].worked).filter(|worked| *worked >= activity.at) {
        activity.at = worked.plus_micros(2 * MINUTE).min(world.calendar.now);
    }
    if let Some(created) = activity.deal.map(|d| world.deals[d].created).filter(|created| *created >= activity.at) {
        activity.at = created.plus_micros(20 * MINUTE).min(world.calendar.now);
    }
    let at = activity.at;
    activity.contact = activity.contact.filter(|contact| crate::people::moment(world, *contact) < at);
    if activity.kind.is_empty() {
        activity.kind = world.dice.weighted(&[("call", 44), ("task", 26), ("meeting", 18), ("email", 12)]).unwrap_or("call");
    }
    activity.due = Some(due);
    if activity.kind == "meeting" && due > world.calendar.today {
        activity.due_at = Some(due.start_in(&zone).plus_micros(world.dice.pick(&[9, 10, 10, 11, 14, 15, 16]).unwrap_or(10) * HOUR));
        activity.minutes = world.dice.pick(&[30, 45, 60, 90]).unwrap_or(60);
    }
    if activity.priority.is_empty() && world.dice.percent(14) {
        activity.priority = "high";
    }
    world.activities.put(activity)
}
