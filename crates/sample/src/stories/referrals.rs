//! Hidden referrals: Bruna Sartori sent us seven customers; three of them are marked as web form.

use base::Date;

use super::put;
use crate::activities::Activity;
use crate::calendar::last_working;
use crate::companies;
use crate::deals::{Deal, Fate, base_amount, exact};
use crate::people::{self, Draft, Relation, add};
use crate::setup::pipelines::Pipe;
use crate::staff::Staff;
use crate::tables::place;
use crate::world::World;

/// What the seven bought in all, in euro.
const TOGETHER: i64 = 41_000;
const BRUNA: &str = "Bruna Sartori";

/// Company, days ago, euro, product, marked as a referral.
const SENT: &[(&str, i64, i64, &str, bool)] = &[
    ("Gelateria Ginestra", 760, 4_300, "GEL-004", true),
    ("Cremeria Lungarno", 640, 7_900, "GEL-007", false),
    ("Hotel Granduca", 590, 5_200, "VTR-090", true),
    ("Caffè Bastioni", 470, 3_900, "VTR-070", true),
    ("Pasticceria Chianti", 380, 5_600, "VTR-120", false),
    ("Gelateria Umbra", 300, 4_100, "VTR-070", true),
    // The last one brings the sum.
    ("Gelateria Maremma", 210, 0, "GEL-004", false),
];

pub fn companies(world: &mut World) {
    for (name, days, _, _, is_marked) in SENT {
        let Some(no) = world.company(name) else { continue };
        let closed = last_working(world.calendar.ago(*days));
        let company = &mut world.companies[no];
        company.created = last_working(closed.plus_days(-90)).into();
        company.since = Some(closed);
        company.source = if *is_marked { "referral" } else { "web_form" };
    }
}

/// A teacher of gelato makers, whom no company employs.
pub fn people(world: &mut World) {
    let bruna = add(world, None, &Draft { first: "Bruna", last: "Sartori", title: "Consulente per gelaterie", seniority: "owner" });
    let start = world.calendar.start;
    let contact = &mut world.contacts[bruna];
    (contact.place, contact.owner, contact.created, contact.is_woman) = (place("Firenze"), Some(Staff::Sofia), start.into(), true);
    (contact.source, contact.preferences) = (Some("trade_fair"), Some("Non vuole provvigioni, ma una telefonata di ringraziamento sì"));
    world.name_person(BRUNA, bruna);
    for (name, _, _, _, is_marked) in SENT {
        if let (true, Some(company)) = (*is_marked, world.company(name)) {
            world.companies[company].referred_by = Some(bruna);
        }
    }
}

pub fn deals(world: &mut World) {
    let Some(bruna) = world.person(BRUNA) else { return };
    let kits: i64 = world
        .deals
        .iter()
        .filter(|(_, d)| d.company.is_some_and(|c| is_sent(&world.companies[c].name)))
        .map(|(_, d)| base_amount(world, d))
        .sum();
    let told: i64 = SENT.iter().map(|(_, _, sum, _, _)| sum).sum();
    for (name, days, sum, code, is_marked) in SENT.iter().copied() {
        let Some(company) = world.company(name) else { continue };
        let whole = if sum > 0 { sum } else { TOGETHER - told - (kits + 50) / 100 };
        let deal = Deal {
            pipe: Pipe::Equipment,
            fate: Fate::Won,
            company: Some(company),
            source: if is_marked { "referral" } else { "web_form" },
            currency: "EUR",
            target: whole,
            closed_on: Some(last_working(world.calendar.ago(days))),
            lines: exact("EUR", code, 1, whole),
            referred_by: is_marked.then_some(bruna),
            ..Deal::default()
        };
        put(world, deal);
        let since: Date = *world.companies[company].created;
        let note = "Detto al telefono: \"ci ha mandati la Bruna\"".to_string();
        world.relations.push(Relation {
            from: people::key(bruna),
            kind: "referred",
            to: companies::key(company),
            since,
            note: Some(note),
            by: Staff::Sofia,
        });
    }
}

fn is_sent(name: &str) -> bool {
    SENT.iter().any(|(sent, ..)| *sent == name)
}

/// In the three that say web form, the first call tells otherwise.
pub fn activities(world: &mut World) {
    for (name, _, _, _, _) in SENT.iter().filter(|(.., is_marked)| !is_marked) {
        let Some(company) = world.company(name) else { continue };
        let Some(deal) = world.deals.find(|d| d.company == Some(company) && d.pipe == Pipe::Equipment).first().copied() else { continue };
        let at = world.deals[deal].created.plus_micros(38 * 60_000_000);
        let call = Activity {
            kind: "call",
            phase: "first",
            owner: Staff::Sofia,
            at,
            outcome: "connected",
            direction: "outgoing",
            minutes: 9,
            company: Some(company),
            deal: Some(deal),
            contact: world.deals[deal].contact,
            subject: format!("Prima chiamata {name}"),
            body: "Hanno compilato il modulo, ma il nome gliel'ha dato Bruna Sartori, che li segue per l'apertura.".into(),
            is_cast: true,
            ..Activity::default()
        };
        world.activities.put(call);
    }
}
