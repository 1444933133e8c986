//! Four great deals in Negotiation that wait for a special price.

use super::put;
use crate::activities::Activity;
use crate::deals::{Deal, Fate, exact};
use crate::setup::pipelines::Pipe;
use crate::staff::Staff;
use crate::world::World;

struct Waiting {
    company: &'static str,
    name: &'static str,
    sum: i64,
    code: &'static str,
    quantity: i64,
    days: i64,
}

const ALL: &[Waiting] = &[
    Waiting { company: "Orsa Hotels", name: "14 cabinets for four houses", sum: 61_400, code: "VTR-090", quantity: 14, days: 19 },
    Waiting { company: "Nordlicht Hotels", name: "Vela 180 für drei Hotels", sum: 52_800, code: "VTR-180", quantity: 6, days: 17 },
    Waiting { company: "Farmacie Levante", name: "Salus 300 per la rete di farmacie", sum: 49_600, code: "ARM-300", quantity: 3, days: 16 },
    Waiting { company: "Maison Delorme", name: "Dolcevita 45 for the Lyon lab", sum: 47_900, code: "GEL-045", quantity: 1, days: 22 },
];

pub fn deals(world: &mut World) {
    for waiting in ALL {
        let Some(company) = world.company(waiting.company) else { continue };
        let deal = Deal {
            pipe: Pipe::Equipment,
            fate: Fate::Open(3),
            company: Some(company),
            source: "existing_customer",
            currency: "EUR",
            target: waiting.sum,
            days_in_stage: Some(waiting.days),
            expected: world.calendar.latest().plus_days(12).into(),
            lines: exact("EUR", waiting.code, waiting.quantity, waiting.sum),
            name: waiting.name.to_string(),
            next_step: Some("Waiting for the special price".to_string()),
            tags: vec!["Price sensitive"],
            ..Deal::default()
        };
        let no = put(world, deal);
        // The talks before are drawn like others; nothing is planned but the decision.
        world.deals[no].is_silent = false;
    }
}

pub fn activities(world: &mut World) {
    let zone = Staff::Paola.zone();
    for (at, waiting) in (0_i64..).zip(ALL) {
        let Some(company) = world.company(waiting.company) else { continue };
        let deal = world.deals.find(|d| d.name == waiting.name).first().copied();
        let asked = world.calendar.before(world.calendar.ago(waiting.days - 4));
        let due = world.calendar.before(world.calendar.ago(2 + at));
        let owner = world.companies[company].owner.unwrap_or(Staff::Giulia);
        let base = Activity { company: Some(company), deal, is_cast: true, ..Activity::default() };
        let note = Activity {
            kind: "note",
            owner,
            at: world.calendar.at(asked, &owner.zone(), 16 * 60),
            subject: format!("Special price asked: {}", waiting.company),
            body: format!(
                "They want {} % less on the whole order. Above my limit, so I asked Paola. The other side has answered already.",
                13 + at
            ),
            is_pinned: true,
            ..base.clone()
        };
        let task = Activity {
            kind: "task",
            owner: Staff::Paola,
            at: world.calendar.at(asked, &zone, 16 * 60 + 5),
            due: Some(due),
            priority: "high",
            subject: format!("Approve special price: {}", waiting.company),
            ..base
        };
        world.activities.put(note);
        world.activities.put(task);
    }
}
