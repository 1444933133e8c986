//! Leads of the weekend: six with a score of 80 that nobody has worked, one of them claimed by two people.

use jiff::civil::Weekday;
use serde_json::json;

use crate::calendar::weekday;
use crate::leads::{self, Lead};
use crate::setup;
use crate::staff::Staff;
use crate::step::Step;
use crate::tables::place;
use crate::world::World;

const MINUTE: i64 = 60_000_000;
/// Hours ago, name, company, town, what they want.
const ALL: &[(i64, &str, &str, &str, &str, &str)] = &[
    (
        26,
        "Ilaria",
        "Marchetti",
        "Gelateria Piazzetta",
        "Bologna",
        "Apriamo a marzo, servono banco da 24 gusti e mantecatore. Budget 40.000 euro.",
    ),
    (
        21,
        "Thomas",
        "Lechner",
        "Seehotel Lechner",
        "Rosenheim",
        "Drei Vitrinen für das Frühstücksbuffet, Lieferung vor Weihnachten möglich?",
    ),
    (
        17,
        "Grace",
        "Fletcher",
        "Harbour Scoops",
        "Brighton",
        "Second shop opening in May. Need two batch freezers and probes for both sites.",
    ),
    (11, "Antoine", "Perrin", "Glacier des Aravis", "Annecy", "Vitrine 18 parfums et turbine, installation avant Pâques."),
    (6, "Federico", "Basile", "Farmacia Basile", "Salerno", "Armadio per vaccini con registrazione automatica, serve la validazione."),
    (
        3,
        "Noemi",
        "Sanna",
        "Cremeria Poetto",
        "Cagliari",
        "Macchina ferma, la stagione inizia presto. Quanto costa una Crema 7 e quando arriva?",
    ),
];

pub fn leads(world: &mut World) {
    let count = world.size.of(ALL.len());
    for (at, (hours, first, last, company, town, need)) in ALL.iter().copied().enumerate().take(count) {
        let created = world.calendar.now.plus_micros(-hours * 60 * MINUTE + 90 * 1_000_000);
        let domain = crate::tables::plain(company);
        let lead = Lead {
            first: first.into(),
            last: last.into(),
            company_name: company.into(),
            title: "",
            status: "new",
            score: 80,
            created,
            source: "web_form",
            detail: "Contact form".into(),
            email: Some(format!("{}@{domain}.example", crate::tables::plain(first))),
            phone: Some(crate::tables::mobile(&mut world.dice, place(town).country)),
            place: place(town),
            sector: "food_and_beverage",
            need: need.into(),
            ..Lead::default()
        };
        let no = world.leads.put(lead);
        if at == 0 {
            claimed_twice(world, no);
        }
    }
}

/// Sofia took it, and two minutes later Luca took it as well; just after a Sunday, as soon as they may.
fn claimed_twice(world: &mut World, no: crate::shelf::No<Lead>) {
    let created = world.leads[no].created;
    let day = world.calendar.latest();
    let evening = world.calendar.at(day, &Staff::Sofia.zone(), 17 * 60 + 30).max(created.plus_micros(10 * MINUTE));
    let now = world.calendar.now;
    let first = evening.min(now.plus_micros(-8 * MINUTE));
    let midnight = world.calendar.today.start_in(&Staff::Sofia.zone());
    let third = (now.micros() - midnight.micros()) / 3;
    let is_sunday = weekday(Staff::Sofia.day_of(first)) == Weekday::Sunday;
    let (first, pause) = if is_sunday { (midnight.plus_micros(third), third) } else { (first, 2 * MINUTE) };
    for (pause, staff) in [(0, Staff::Sofia), (pause, Staff::Luca)] {
        let at = first.plus_micros(pause);
        world.edits.push(Step::update(at, staff, leads::key(no), json!({"owner": setup::user(staff).link()})));
    }
}
