//! Valsesia Logistics: two questions of this morning, and a quote that expires on Friday.

use super::{person, put, someone};
use crate::activities::{Activity, moment, put as put_done};
use crate::deals::{Deal, Fate, Part, exact};
use crate::setup::pipelines::Pipe;
use crate::staff::Staff;
use crate::world::World;

const NAME: &str = "Valsesia Logistics";
const DEAL: &str = "Winter season contract";

pub fn people(world: &mut World) {
    if let Some(company) = world.company(NAME) {
        let start = world.calendar.start;
        (world.companies[company].created, world.companies[company].since) = (start.into(), Some(start.plus_days(-200)));
    }
    person(world, NAME, "Elena Conti", someone("Elena", "Conti", "Operations director", "director"));
    person(world, NAME, "Paolo Rizzi", someone("Paolo", "Rizzi", "Kitchen lead", "specialist"));
    person(world, NAME, "Sara Dalla Torre", someone("Sara", "Dalla Torre", "Accounts", "staff"));
    for name in ["Elena Conti", "Paolo Rizzi", "Sara Dalla Torre"] {
        if let Some(no) = world.person(name) {
            (world.contacts[no].language, world.contacts[no].prefix, world.contacts[no].is_woman) = ("en", None, name != "Paolo Rizzi");
        }
    }
}

pub fn deals(world: &mut World) {
    let Some(company) = world.company(NAME) else { return };
    let friday = world.calendar.friday();
    let part = |name: &str, role, stance, influence| world.person(name).map(|contact| Part { contact, role, stance, influence });
    let people = [
        part("Elena Conti", "decision_maker", "supporter", 5),
        part("Paolo Rizzi", "user", "supporter", 3),
        part("Sara Dalla Torre", "procurement", "neutral", 2),
    ];
    let deal = Deal {
        pipe: Pipe::Equipment,
        fate: Fate::Open(2),
        company: Some(company),
        source: "existing_customer",
        currency: "EUR",
        target: 38_500,
        begun: world.calendar.before(world.calendar.ago(30)).into(),
        days_in_stage: Some(1),
        expected: world.calendar.latest().plus_days(24).into(),
        lines: exact("EUR", "VTR-120", 6, 38_500),
        name: DEAL.to_string(),
        people: people.into_iter().flatten().collect(),
        next_step: Some(format!("Answer Elena's two questions; the quote is valid until Friday, {friday}")),
        need: Some("Two sites, probes that do not fail at weekends, remote alarms with a four-hour response.".to_string()),
        is_silent: true,
        ..Deal::default()
    };
    put(world, deal);
}

pub fn activities(world: &mut World) {
    let Some(company) = world.company(NAME) else { return };
    let deal = world.deals.find(|d| d.name == DEAL).first().copied();
    let base = Activity { company: Some(company), owner: Staff::Giulia, deal, is_cast: true, ..Activity::default() };
    mails(world, &base);
    talks(world, &base);
    history(world);
}

/// The quote of yesterday, the two questions of this morning, and the day on which the quote expires.
fn mails(world: &mut World, base: &Activity) {
    let Some(elena) = world.person("Elena Conti") else { return };
    let zone = Staff::Giulia.zone();
    let today = world.calendar.today;
    let yesterday = world.calendar.before(today);
    let at = |minute| world.calendar.at(yesterday, &zone, minute);
    let (sent, noted) = (at(17 * 60 + 5), at(17 * 60 + 10));
    let dawn = today.start_in(&zone).plus_micros(60_000_000);
    let morning = world.calendar.at(today, &zone, 8 * 60 + 52).max(dawn).min(world.calendar.now);
    let quote = Activity {
        kind: "email",
        subject: "Quote: Winter season contract".into(),
        at: sent,
        direction: "outgoing",
        contact: Some(elena),
        sort: "quote",
        body: "Dear Elena, here is the quote we spoke about. It is valid until Friday.".into(),
        ..base.clone()
    };
    let question =
        Activity { kind: "email", at: morning, direction: "incoming", contact: Some(elena), is_incoming_by_itself: true, ..base.clone() };
    let first = Activity {
        subject: "Re: Winter contract, two questions".into(),
        body: "Thank you for the draft. Before I take it to the board, two questions. The first: can the service window start on 1 December? The second follows, I am looking for the plan.\n\nElena Conti".into(),
        ..question.clone()
    };
    let second = Activity {
        subject: "The second site".into(),
        body: "Here is the other one: is the second site included in the price of the first?\n\nElena Conti".into(),
        at: morning.plus_micros(9 * 60_000_000).min(world.calendar.now),
        ..question
    };
    let due = Some(world.calendar.friday());
    let expiry =
        Activity { kind: "task", subject: "Quote for Valsesia expires today".into(), at: noted, due, priority: "high", ..base.clone() };
    for activity in [quote, first, second, expiry] {
        world.activities.put(activity);
    }
}

/// The visit of yesterday, and what was said and sent a week ago.
fn talks(world: &mut World, base: &Activity) {
    let (Some(elena), Some(paolo)) = (world.person("Elena Conti"), world.person("Paolo Rizzi")) else { return };
    let zone = Staff::Giulia.zone();
    let last_week = world.calendar.before(world.calendar.ago(6));
    let at = |day, minute| world.calendar.at(day, &zone, minute);
    let visited = at(world.calendar.before(world.calendar.today), 11 * 60);
    let (called, done) = (at(last_week, 15 * 60 + 20), at(last_week, 17 * 60));
    let visit = Activity {
        kind: "meeting",
        subject: "Site visit, Trento kitchen".into(),
        at: visited,
        outcome: "held",
        minutes: 45,
        sort: "site_visit",
        body: "Walked the cold room with Paolo. Three probes fail every weekend. They will pay for remote alarms if we guarantee a 4 h response.".into(),
        contact: Some(elena),
        also: vec![paolo],
        ..base.clone()
    };
    let call = Activity {
        kind: "call",
        subject: "Call with Paolo Rizzi".into(),
        owner: Staff::Marco,
        at: called,
        outcome: "connected",
        minutes: 6,
        direction: "incoming",
        body: "Asked for the price list of spare probes. Sent.".into(),
        contact: Some(paolo),
        deal: None,
        ..base.clone()
    };
    let body = "Sent: Orsa Hotels, Ester Energia.".into();
    let task = Activity { kind: "task", subject: "Send reference customers".into(), at: done, body, ..base.clone() };
    for activity in [visit, call, task] {
        world.activities.put(activity);
    }
}

/// A good customer: somebody is in touch every other week.
fn history(world: &mut World) {
    let Some(company) = world.company(NAME) else { return };
    for _ in 0..world.size.of(44) {
        let day = world.calendar.ago(world.dice.between(9, 600));
        let at = moment(world, Staff::Giulia, day, day);
        let people = crate::deals::known(world, company, day);
        let contact = world.dice.pick(&people);
        let phase = world.dice.word(&["care", "care", "service"]);
        put_done(world, Activity { phase, owner: Staff::Giulia, at, company: Some(company), contact, ..Activity::default() });
    }
}
