//! Kestrel Hotels at risk: three complaints, silence, a renewal ahead, and the sponsor left for Juniper Hotels.

use super::{Win, person, put, someone, won};
use crate::activities::Activity;
use crate::deals::{Deal, Fate, Part, exact};
use crate::people::Contact;
use crate::setup::pipelines::Pipe;
use crate::shelf::No;
use crate::staff::Staff;
use crate::world::World;

const NAME: &str = "Kestrel Hotels";
const LEFT: i64 = 52;

pub fn people(world: &mut World) {
    let old = world.calendar.start;
    if let Some(company) = world.company(NAME) {
        (world.companies[company].created, world.companies[company].since) = (old.into(), Some(old.plus_days(-300)));
    }
    let helen = person(world, NAME, "Helen Marsh", someone("Helen", "Marsh", "Operations director", "director"));
    person(world, NAME, "Owen Pritchard", someone("Owen", "Pritchard", "Facilities manager", "manager"));
    person(world, NAME, "Ruth Ashworth", someone("Ruth", "Ashworth", "Accounts", "staff"));
    let when = world.calendar.before(world.calendar.ago(LEFT));
    if let (Some(helen), Some(juniper)) = (helen, world.company("Juniper Hotels")) {
        world.companies[juniper].created = world.companies[juniper].created.min(world.calendar.before(world.calendar.ago(200)).into());
        world.contacts[helen].moved = Some((when, juniper, "Group operations director"));
    }
}

pub fn deals(world: &mut World) {
    let win = |days_ago, sum, code, quantity| Win { company: NAME, days_ago, sum, code, quantity, source: "existing_customer" };
    let helen = world.person("Helen Marsh");
    let mut all = vec![won(world, win(620, 22_400, "VTR-090", 5))];
    if world.size.is_full() {
        all.push(won(world, win(905, 31_000, "VTR-150", 4)));
    }
    let Some(company) = world.company(NAME) else { return };
    let renewal = |fate, closed_on, price: i64, name: &str| {
        let mut lines = exact("GBP", "SUB-PRO", 150, price * 1_800);
        lines.truncate(1);
        if let Some(line) = lines.first_mut() {
            line.price = price * 100;
        }
        Deal {
            pipe: Pipe::Renewals,
            fate,
            closed_on,
            company: Some(company),
            source: "existing_customer",
            currency: "GBP",
            target: price * 1_800,
            lines,
            name: name.to_string(),
            ..Deal::default()
        }
    };
    let last =
        put(world, renewal(Fate::Won, Some(world.calendar.before(world.calendar.ago(331))), 8, "Monitoring Pro renewal, 150 probes"));
    let mut next = renewal(Fate::Open(0), None, 9, "Monitoring Pro renewal, 150 probes, next year");
    next.expected = world.calendar.today.plus_days(34).into();
    next.days_in_stage = Some(12);
    next.renews = Some(last);
    next.is_silent = true;
    next.people = world
        .person("Owen Pritchard")
        .map(|contact| Part { contact, role: "influencer", stance: "opponent", influence: 3 })
        .into_iter()
        .collect();
    put(world, next);
    for deal in all.into_iter().flatten().chain([last]) {
        world.deals[deal].people =
            helen.map(|contact| Part { contact, role: "champion", stance: "supporter", influence: 5 }).into_iter().collect();
    }
}

pub fn activities(world: &mut World) {
    let (Some(company), Some(helen), Some(owen)) = (world.company(NAME), world.person("Helen Marsh"), world.person("Owen Pritchard"))
    else {
        return;
    };
    let zone = Staff::Tom.zone();
    let base = Activity { company: Some(company), owner: Staff::Tom, is_cast: true, phase: "care", ..Activity::default() };
    let meetings = [
        (420, "Annual review with Helen", "Alarms of the year, three new probes, she wants all five houses on one screen."),
        (270, "Breakfast room, Bath", "Helen showed the refit. She defends us against purchasing."),
        (128, "Quarterly meeting", "Helen hinted at changes in management. Ask again."),
    ];
    for (days, subject, body) in meetings {
        let day = world.calendar.before(world.calendar.ago(days));
        let at = world.calendar.at(day, &zone, 10 * 60 + 30);
        world.activities.put(Activity {
            kind: "meeting",
            outcome: "held",
            minutes: 60,
            at,
            subject: subject.into(),
            body: body.into(),
            contact: Some(helen),
            ..base.clone()
        });
    }
    complaints(world, &base, owen);
}

/// Three complaints, and what became of their sponsor.
fn complaints(world: &mut World, base: &Activity, owen: No<Contact>) {
    let zone = Staff::Tom.zone();
    let complaints = [
        (74, "Probe offline again", "Third weekend in a row that the probe in the fish store is silent. Nobody called us back.", owen),
        (
            66,
            "Alarm came four hours late",
            "We lost £900 of stock on Saturday. The alarm came at noon, the door had been open since eight.",
            owen,
        ),
        (
            58,
            "Invoice for a repair under warranty",
            "Please cancel this invoice. We are not going to pay for a replacement of your own part.",
            owen,
        ),
    ];
    for (days, subject, body, contact) in complaints {
        let day = world.calendar.before(world.calendar.ago(days));
        let at = world.calendar.at(day, &zone, 9 * 60 + 10);
        world.activities.put(Activity {
            kind: "email",
            direction: "incoming",
            sort: "complaint",
            at,
            subject: subject.into(),
            body: body.into(),
            contact: Some(contact),
            ..base.clone()
        });
    }
    let day = world.calendar.before(world.calendar.ago(LEFT - 4));
    let at = world.calendar.at(day, &zone, 17 * 60);
    world.activities.put(Activity {
        kind: "note",
        at,
        subject: "Helen Marsh has left".into(),
        body: "Reception says she went to Juniper Hotels. Nobody here has asked for us since.".into(),
        ..base.clone()
    });
}
