//! When somebody had to do with a deal, a lead or a customer who fell silent.

use base::{Date, Instant};

use super::Activity;
use crate::calendar::{Region, china_pause, first_working, is_working, last_working, weekday};
use crate::deals::{Deal, Fate};
use crate::leads::Lead;
use crate::people::Contact;
use crate::setup::pipelines::Pipe;
use crate::shelf::No;
use crate::staff::Staff;
use crate::world::World;

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;
/// Since then a call follows every proposal.
pub const CALLS_SINCE: i64 = 90;

/// Percent by kind in each phase.
pub fn kinds(phase: &str) -> &'static [(&'static str, u32)] {
    match phase {
        "first" => &[("call", 52), ("email", 38), ("note", 10)],
        "discovery" => &[("meeting", 32), ("call", 32), ("email", 22), ("note", 12), ("task", 2)],
        "proposal" => &[("email", 46), ("call", 36), ("note", 12), ("meeting", 4), ("task", 2)],
        "negotiation" => &[("call", 42), ("email", 30), ("meeting", 15), ("note", 13)],
        "closing" => &[("email", 38), ("call", 38), ("meeting", 10), ("task", 8), ("note", 6)],
        "renewal" => &[("call", 48), ("email", 40), ("note", 10), ("task", 2)],
        "lead" => &[("call", 55), ("email", 45)],
        _ => &[("call", 40), ("email", 30), ("note", 14), ("meeting", 12), ("task", 4)],
    }
}

pub fn phase(pipe: Pipe, stage: usize) -> &'static str {
    match (pipe, stage) {
        (Pipe::Renewals, _) => "renewal",
        (_, 0) => "first",
        (_, 1) => "discovery",
        (_, 2) => "proposal",
        (_, 3) => "negotiation",
        _ => "closing",
    }
}

/// Puts an activity that was done at a moment, with the outcome and length that its kind usually has.
pub fn put(world: &mut World, mut activity: Activity) -> No<Activity> {
    if activity.kind.is_empty() {
        activity.kind = world.dice.weighted(kinds(activity.phase)).unwrap_or("call");
    }
    complete(world, &mut activity);
    world.activities.put(activity)
}

pub fn complete(world: &mut World, activity: &mut Activity) {
    let dice = &mut world.dice;
    match activity.kind {
        "call" => {
            if activity.outcome.is_empty() {
                let shares: &[(&'static str, u32)] =
                    &[("connected", 66), ("no_answer", 19), ("voicemail", 8), ("busy", 5), ("rescheduled", 2)];
                activity.outcome = dice.weighted(shares).unwrap_or("connected");
            }
            if activity.direction.is_empty() {
                activity.direction = if dice.percent(24) && activity.outcome == "connected" { "incoming" } else { "outgoing" };
            }
            activity.minutes = if activity.outcome == "connected" { dice.between(2, 34) } else { 0 };
        }
        "email" if activity.direction.is_empty() => activity.direction = if dice.percent(36) { "incoming" } else { "outgoing" },
        "meeting" => {
            if activity.outcome.is_empty() {
                activity.outcome = dice.weighted(&[("held", 90), ("no_show", 3), ("rescheduled", 5), ("declined", 2)]).unwrap_or("held");
            }
            activity.minutes = dice.pick(&[30, 45, 45, 60, 60, 90, 120]).unwrap_or(60);
        }
        _ => {}
    }
}

/// A working moment between two days in the hours of somebody; Saturdays are rare.
pub fn moment(world: &mut World, staff: Staff, from: Date, to: Date) -> Instant {
    let span = i64::from(to.days() - from.days()).max(0);
    let mut day = last_working(from.plus_days(world.dice.between(0, span)));
    if weekday(day) == jiff::civil::Weekday::Saturday
        && world.dice.percent(88)
        && day.plus_days(-1) >= from
        && is_working(day.plus_days(-1))
    {
        day = day.plus_days(-1);
    }
    if staff.region() == Region::China && china_pause(day) < 1.0 && world.dice.percent(75) {
        day = last_working(from);
    }
    let day = if day < from { first_working(from) } else { day };
    world.calendar.moment(&mut world.dice, day, &staff.zone())
}

pub fn of_deals(world: &mut World) {
    let all: Vec<No<Deal>> = world.deals.numbers().collect();
    for no in all {
        if !world.deals[no].is_silent {
            along(world, no);
        }
        proposal_call(world, no);
        first_answer(world, no);
    }
}

/// Talks while the deal stood at each of its stages.
fn along(world: &mut World, no: No<Deal>) {
    let deal = world.deals[no].clone();
    if deal.is_kit() {
        return order(world, &deal);
    }
    let end = deal.closed.unwrap_or(world.calendar.now);
    let mut entered = deal.created;
    for stage in 0..=deal.reached() {
        let left = deal.moves.iter().find(|(s, _)| *s == stage + 1).map_or(end, |(_, at)| *at);
        for _ in 0..talks(world, &deal, stage) {
            let at = within(world, deal.owner, entered, left);
            talk(world, no, phase(deal.pipe, stage), at);
        }
        entered = left;
    }
}

/// How many talks fall into a stage: more in deals that are won.
fn talks(world: &mut World, deal: &Deal, stage: usize) -> i64 {
    let (least, most) = match (deal.pipe, deal.fate) {
        (Pipe::Renewals, _) => (0, 1),
        (Pipe::China, Fate::Won) => (1, 3),
        (Pipe::China, _) => (1, 2),
        (_, Fate::Won) => (1, 2),
        (_, Fate::Open(last)) if last == stage => (1, 2),
        (_, Fate::Lost(0)) => (1, 2),
        _ => (0, 2),
    };
    world.dice.between(least, most)
}

/// A moment between two, as near to working hours as they allow.
fn within(world: &mut World, staff: Staff, from: Instant, to: Instant) -> Instant {
    let (first, last) = (staff.day_of(from), staff.day_of(to));
    for _ in 0..4 {
        let at = moment(world, staff, first, last);
        if at > from && at < to {
            return at;
        }
    }
    let middle = from.plus_micros((to.micros() - from.micros()).max(2) / 2);
    let is_on_time = is_working(staff.day_of(middle)) && to.micros() - from.micros() < 9 * HOUR;
    if is_on_time { middle } else { from.plus_micros(90_000_000).min(to) }
}

fn talk(world: &mut World, no: No<Deal>, phase: &'static str, at: Instant) {
    let deal = &world.deals[no];
    let (owner, company) = (deal.owner, deal.company);
    let people: Vec<No<Contact>> = deal.people.iter().map(|p| p.contact).chain(deal.contact).collect();
    let contact = world.dice.pick(&people).filter(|c| world.contacts[*c].created.days() <= owner.day_of(at).days());
    let is_won = deal.is_won();
    let kind = world.dice.weighted(kinds(phase)).unwrap_or("call");
    // What is won had a next step all along: most of it was planned before it was done.
    let is_planned = kind != "note" && world.dice.percent(if is_won { 42 } else { 9 });
    let planned = is_planned
        .then(|| at.plus_micros(-world.dice.between(2, 9) * 24 * HOUR))
        .filter(|p| *p > world.deals[no].created && is_working(owner.day_of(*p)));
    put(world, Activity { kind, phase, owner, at, planned, company, contact, deal: Some(no), ..Activity::default() });
}

/// The order of a supply comes by mail or phone.
fn order(world: &mut World, deal: &Deal) {
    let kind = if world.dice.percent(60) { "email" } else { "call" };
    let at = deal.created.plus_micros(-5 * MINUTE);
    let order = Activity {
        kind,
        phase: "reorder",
        owner: deal.owner,
        at,
        direction: "incoming",
        outcome: if kind == "call" { "connected" } else { "" },
        company: deal.company,
        contact: deal.contact,
        ..Activity::default()
    };
    put(world, order);
}

/// A call within two days of the proposal: always for the last 90 days, now and then before.
fn proposal_call(world: &mut World, no: No<Deal>) {
    let deal = &world.deals[no];
    let Some(sent) =
        deal.moves.iter().find(|(stage, _)| *stage == 2).map(|(_, at)| *at).filter(|_| deal.pipe == Pipe::Equipment && !deal.is_silent)
    else {
        return;
    };
    let (owner, company, contact, end) = (deal.owner, deal.company, deal.contact, deal.closed.unwrap_or(world.calendar.now));
    let is_rule = owner.day_of(sent) > world.calendar.ago(CALLS_SINCE);
    if !is_rule && !world.dice.percent(28) {
        return;
    }
    let next = first_working(owner.day_of(sent).plus_days(1));
    let morning = next.start_in(&owner.zone()).plus_micros((9 * 60 + world.dice.between(0, 150)) * MINUTE);
    let soon = if morning < end && morning.micros() - sent.micros() < 48 * HOUR { morning } else { sent.plus_micros(35 * MINUTE) };
    if soon >= end {
        return;
    }
    let kind = "call";
    put(
        world,
        Activity {
            kind,
            phase: "proposal_call",
            outcome: "connected",
            direction: "outgoing",
            owner,
            at: soon,
            company,
            contact,
            deal: Some(no),
            ..Activity::default()
        },
    );
}

/// Who won, had answered within the hour.
fn first_answer(world: &mut World, no: No<Deal>) {
    let deal = &world.deals[no];
    let asked = matches!(deal.source, "web_form" | "advertising" | "referral") && deal.pipe == Pipe::Equipment && deal.lead.is_none();
    if !asked {
        return;
    }
    let is_fast = deal.is_won() || world.dice.percent(18);
    let deal = &world.deals[no];
    let (owner, company, contact, created, end) =
        (deal.owner, deal.company, deal.contact, deal.created, deal.closed.unwrap_or(world.calendar.now));
    let at = if is_fast {
        created.plus_micros(world.dice.between(6, 55) * MINUTE)
    } else {
        within(world, owner, created.plus_micros(5 * HOUR), created.plus_micros(60 * HOUR))
    };
    if at < end && is_working(owner.day_of(at)) {
        let kind = world.dice.word(&["call", "email"]);
        put(
            world,
            Activity {
                kind,
                phase: "first",
                outcome: if kind == "call" { "connected" } else { "" },
                direction: "outgoing",
                owner,
                at,
                company,
                contact,
                deal: Some(no),
                ..Activity::default()
            },
        );
    }
}

/// The first answer to an enquiry, and what followed until it was settled.
pub fn of_leads(world: &mut World) {
    let all: Vec<No<Lead>> = world.leads.numbers().collect();
    for no in all {
        let lead = world.leads[no].clone();
        let (Some(owner), Some(worked), Some(_)) = (lead.owner, lead.worked, lead.answer) else { continue };
        let kind = world.dice.weighted(kinds("lead")).unwrap_or("call");
        let reached = lead.reason != "not_reachable";
        let outcome = match (kind, reached) {
            ("call", true) => "connected",
            ("call", false) => "no_answer",
            _ => "",
        };
        let answer =
            Activity { kind, phase: "lead", outcome, direction: "outgoing", owner, at: worked, lead: Some(no), ..Activity::default() };
        put(world, answer);
        let until = lead.settled.unwrap_or(world.calendar.now);
        for _ in 0..world.dice.between(0, 2) {
            let at = within(world, owner, worked, until);
            if at > worked && at < until {
                put(world, Activity { phase: "lead", owner, at, lead: Some(no), ..Activity::default() });
            }
        }
    }
}

/// Two or three touches in each week until ten weeks ago.
pub fn of_quiet(world: &mut World) {
    for no in world.companies.find(|c| c.is_quiet) {
        let owner = world.companies[no].owner.unwrap_or_default();
        let this_week = world.calendar.monday(world.calendar.today);
        for week in 10..=30_i64 {
            let monday = this_week.plus_days(-7 * week);
            for _ in 0..world.dice.between(2, 3) {
                let day = first_working(monday.plus_days(world.dice.between(0, 4)));
                let at = world.calendar.moment(&mut world.dice, day, &owner.zone());
                let people = crate::deals::known(world, no, day);
                let contact = world.dice.pick(&people);
                let kind = world.dice.word(&["call", "email", "email", "meeting"]);
                let outcome = match kind {
                    "call" => "connected",
                    "meeting" => "held",
                    _ => "",
                };
                put(world, Activity { kind, outcome, phase: "care", owner, at, company: Some(no), contact, ..Activity::default() });
            }
        }
    }
}
