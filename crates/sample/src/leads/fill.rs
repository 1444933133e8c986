//! Draws enquiries and what became of them.

use base::{Date, Instant};

use super::Lead;
use crate::calendar::{first_working, last_working};
use crate::companies::Company;
use crate::deals::Deal;
use crate::people::Contact;
use crate::shelf::No;
use crate::staff::Staff;
use crate::tables::{self, Word, cell, firms, names, roots, rows, some_place, titles};
use crate::text::render;
use crate::world::World;

const MINUTE: i64 = 60_000_000;
const DISQUALIFIED: &[(&str, u32)] = &[
    ("not_reachable", 26),
    ("no_budget", 22),
    ("no_need", 18),
    ("junk", 12),
    ("wrong_timing", 10),
    ("student", 6),
    ("competitor", 3),
    ("duplicate", 3),
];

/// Where enquiries came from, and how they stand today.
pub struct Campaign {
    pub source: &'static str,
    pub detail: &'static str,
    pub code: &'static str,
    /// Days ago on which the first and the last came in.
    pub from: i64,
    pub to: i64,
    /// New, working, nurturing, qualified, converted, disqualified.
    counts: [usize; 6],
}

/// Those of the fair that worked …
pub const FAIR: Campaign =
    Campaign { source: "trade_fair", detail: "Salone del Gelato, Rimini", code: "", from: 300, to: 297, counts: [0, 6, 18, 2, 86, 30] };
/// … beside the advertising that did not.
pub const SEARCH: Campaign = Campaign {
    source: "advertising",
    detail: "Search advertising",
    code: "gelato-search",
    from: 236,
    to: 2,
    counts: [12, 34, 38, 4, 44, 82],
};
const WEB: Campaign = Campaign { source: "web_form", detail: "Contact form", code: "", from: 270, to: 3, counts: [0, 6, 5, 3, 38, 6] };
const STATUSES: [&str; 6] = ["new", "working", "nurturing", "qualified", "converted", "disqualified"];

pub fn fill(world: &mut World) {
    of_deals(world);
    for campaign in [&FAIR, &SEARCH, &WEB] {
        for (status, count) in STATUSES.iter().zip(campaign.counts) {
            let present = world.leads.find(|l| l.source == campaign.source && l.detail == campaign.detail && l.status == *status).len();
            for _ in present..world.size.of(count) {
                if *status == "converted" {
                    let _ = converted(world, campaign, None, None);
                } else {
                    let lead = open(world, campaign, status);
                    world.leads.put(lead);
                }
            }
        }
    }
}

/// The leads that became deals: all of the fair and of the advertising, some of the web site.
fn of_deals(world: &mut World) {
    for campaign in [&FAIR, &SEARCH] {
        for deal in world.deals.find(|d| d.detail.as_deref() == Some(campaign.detail)) {
            let company = world.deals[deal].company;
            converted(world, campaign, company, Some(deal));
        }
    }
    let (from, to) = (world.calendar.ago(WEB.from - 7), world.calendar.ago(WEB.to + 4));
    let mut web =
        world.deals.find(|d| d.source == "web_form" && from <= *d.begun && *d.begun <= to && !d.is_cast && d.owner != Staff::Stefano);
    world.dice.shuffle(&mut web);
    for deal in web.into_iter().take(world.size.of(30)) {
        let company = world.deals[deal].company;
        if converted(world, &WEB, company, Some(deal)).is_some() {
            world.deals[deal].detail = Some(WEB.detail.to_string());
        }
    }
}

/// When an enquiry of a campaign came in: fairs by day, the web at any hour.
fn arrival(world: &mut World, campaign: &Campaign) -> Instant {
    let day = world.calendar.ago(world.dice.between(campaign.to, campaign.from));
    if campaign.source == "trade_fair" {
        let morning = first_working(world.calendar.ago(campaign.to - 2));
        return world.calendar.at(morning, &world.calendar.zone, 9 * 60 + 30).plus_micros(world.dice.between(0, 900) * 1_000_000);
    }
    let minute = world.dice.between(6 * 60, 23 * 60);
    let at = day.start_in(&world.calendar.zone).plus_micros(minute * MINUTE);
    at.min(world.calendar.now.plus_micros(-30 * MINUTE))
}

/// Minutes to the first answer: fast ones do better.
fn answer(world: &mut World, is_good: bool) -> i64 {
    let median = if is_good { 34.0 } else { 260.0 };
    crate::dice::whole(world.dice.spread(median, if is_good { 0.5 } else { 0.9 })).clamp(4, 4_000)
}

fn blank(world: &mut World, campaign: &Campaign, status: &'static str, language: &'static str) -> Lead {
    let created = arrival(world, campaign);
    let is_fair = campaign.source == "trade_fair";
    let score = match status {
        "converted" | "qualified" => world.dice.between(62, 96),
        "disqualified" => world.dice.between(4, 48),
        _ => world.dice.between(25, 78),
    };
    Lead {
        status,
        score,
        created,
        source: campaign.source,
        detail: campaign.detail.to_string(),
        campaign: campaign.code,
        is_import: is_fair,
        need: need(world, language),
        ..Lead::default()
    }
}

fn need(world: &mut World, language: &str) -> String {
    let of = |language: &str| rows(include_str!("../lists/needs.tsv")).find(|row| cell(row, 0) == language).map(|row| cell(&row, 1));
    let patterns = of(language).or_else(|| of("en")).unwrap_or_default();
    let all: Vec<&str> = patterns.split(';').collect();
    let city = some_place(&mut world.dice, "IT").city.to_string();
    let pattern = world.dice.word(&all);
    let n = world.dice.between(2, 14).to_string();
    render(&mut world.dice, pattern, &[("city", city), ("n", n)])
}

/// Somebody who is not (yet) among our contacts.
fn open(world: &mut World, campaign: &Campaign, status: &'static str) -> Lead {
    let code = world.dice.weighted(&[("IT", 70), ("DE", 10), ("AT", 5), ("FR", 7), ("GB", 6), ("CH", 2)]).unwrap_or("IT");
    let place = some_place(&mut world.dice, code);
    let mut lead = blank(world, campaign, status, place.language);
    lead.place = place;
    person(world, &mut lead);
    lead.owner = Some(owner(world, code));
    let now = world.calendar.now;
    if status == "new" {
        lead.created = now.plus_micros(-world.dice.between(3 * 60, 60 * 60) * MINUTE);
        lead.owner = None;
        return lead;
    }
    let minutes = answer(world, status == "qualified");
    lead.answer = (status != "disqualified" || world.dice.percent(70)).then_some(minutes);
    let worked = lead.created.plus_micros(minutes.max(10) * MINUTE);
    lead.worked = Some(in_hours(world, worked, lead.owner.unwrap_or_default()));
    if status != "working" {
        let days = world.dice.between(3, 30);
        let settled = last_working(world.calendar.later(lead.owner.unwrap_or_default().day_of(worked), days));
        lead.settled = Some(world.calendar.moment(&mut world.dice, settled, &lead.owner.unwrap_or_default().zone()));
    } else if campaign.to < 200 {
        // What is still worked on came in lately.
        let day = world.calendar.ago(world.dice.between(2, 40));
        lead.created = day.start_in(&world.calendar.zone).plus_micros(world.dice.between(6 * 60, 23 * 60) * MINUTE);
        lead.worked = Some(in_hours(world, lead.created.plus_micros(minutes.max(10) * MINUTE), lead.owner.unwrap_or_default()));
    }
    in_order(&mut lead, minutes);
    match status {
        "disqualified" => lead.reason = world.dice.weighted(DISQUALIFIED).unwrap_or("no_need"),
        "nurturing" => lead.recall = Some(first_working(world.calendar.today.plus_days(world.dice.between(5, 120)))),
        _ => {}
    }
    lead
}

/// Over feasts nobody works: what would be answered before it came in, came in before.
fn in_order(lead: &mut Lead, minutes: i64) {
    let Some(worked) = lead.worked else { return };
    if worked <= lead.created {
        lead.created = worked.plus_micros(-minutes.max(10) * MINUTE);
    }
    lead.settled = lead.settled.map(|settled| settled.max(worked.plus_micros(MINUTE)));
}

/// A quick answer is one only where somebody is at work: what came in by night or on a Sunday came in by day.
fn by_day(lead: &mut Lead, owner: Staff, converted: Instant) {
    let minute = 9 * 60 + (lead.created.micros() / MINUTE).rem_euclid(6 * 60);
    let created = last_working(owner.day_of(lead.created)).start_in(&owner.zone()).plus_micros(minute * MINUTE);
    if created < converted.plus_micros(-3 * 60 * MINUTE) {
        lead.created = created;
        lead.worked = Some(created.plus_micros(lead.answer.unwrap_or(30).clamp(5, 55) * MINUTE));
    }
}

/// The next working hour of somebody, not ahead of now.
fn in_hours(world: &mut World, at: Instant, staff: Staff) -> Instant {
    let zone = staff.zone();
    let day = first_working(at.date_in(&zone));
    let opening = day.start_in(&zone).plus_micros((8 * 60 + 20) * MINUTE);
    let closing = day.start_in(&zone).plus_micros(18 * 60 * MINUTE);
    let at = if at < opening {
        opening.plus_micros(world.dice.between(0, 50) * MINUTE)
    } else if at > closing {
        first_working(day.plus_days(1)).start_in(&zone).plus_micros((8 * 60 + 30 + world.dice.between(0, 60)) * MINUTE)
    } else {
        at
    };
    if at < world.calendar.now {
        at
    } else {
        world.calendar.moment(&mut world.dice, world.calendar.latest(), &zone).min(world.calendar.now.plus_micros(-2 * MINUTE))
    }
}

fn owner(world: &mut World, code: &str) -> Staff {
    let shares: &[(Staff, u32)] = match code {
        "IT" => &[(Staff::Marco, 4), (Staff::Luca, 3), (Staff::Sofia, 3)],
        "FR" => &[(Staff::Claire, 1)],
        "GB" => &[(Staff::Tom, 1), (Staff::Claire, 1)],
        _ => &[(Staff::Jonas, 1)],
    };
    world.dice.weighted(shares).unwrap_or(Staff::Marco)
}

fn person(world: &mut World, lead: &mut Lead) {
    let language = lead.place.language;
    let all = names(language);
    let blank = Word { text: "Dolce", latin: "Dolce" };
    let is_woman = world.dice.percent(45);
    let first = world.dice.pick(if is_woman { &all.female } else { &all.male }).unwrap_or(blank);
    let last = world.dice.pick(&all.last).unwrap_or(blank);
    let trade = world
        .dice
        .weighted(&[("parlour", 50), ("hotel", 16), ("restaurant", 16), ("maker", 8), ("pharmacy", 6), ("retail", 4)])
        .unwrap_or("parlour");
    let root = world.dice.pick(roots(language)).unwrap_or(blank);
    let name = world.dice.word(firms(language, trade)).replace("<r>", root.text);
    (lead.first, lead.last) = (first.text.to_string(), last.text.to_string());
    lead.company_name = if world.dice.percent(82) { name.clone() } else { String::new() };
    let rank = world.dice.word(&["owner", "owner", "manager"]);
    lead.title = world.dice.word(titles(language, rank));
    let domain = if lead.company_name.is_empty() { "posta-mia.example".to_string() } else { format!("{}.example", tables::plain(&name)) };
    lead.email = world.dice.percent(92).then(|| format!("{}.{}@{domain}", tables::plain(first.text), tables::plain(last.text)));
    lead.phone = (lead.email.is_none() || world.dice.percent(60)).then(|| tables::mobile(&mut world.dice, lead.place.country));
    lead.sector = Company { trade, ..Company::default() }.sector();
}

/// A person of a company whom we may have met first through a lead: no deal of ours began with him.
pub fn free_contact(world: &mut World, company: Option<No<Company>>, day: Date) -> Option<No<Contact>> {
    let free = |c: &Contact| !c.is_cast && !c.is_forgotten && c.at.is_none() && c.moved.is_none() && c.place.language != "zh";
    let all: Vec<No<Contact>> = match company {
        Some(company) => world.companies[company].contacts.iter().skip(1).copied().filter(|no| free(&world.contacts[*no])).collect(),
        None => {
            let is_private = world.dice.percent(50);
            let fits = |c: &Contact| match c.company {
                None => is_private,
                Some(company) => {
                    !is_private
                        && world.companies[company].is_buyer()
                        && !world.companies[company].is_quiet
                        && *world.companies[company].created <= day
                        && !world.companies[company].is_cast
                }
            };
            world.contacts.find(|c| free(c) && fits(c))
        }
    };
    let first = |no: &No<Contact>| world.contacts[*no].company.is_some_and(|c| world.companies[c].contacts.first() == Some(no));
    let all: Vec<No<Contact>> = all.into_iter().filter(|no| !first(no) && !world.positions.iter().any(|p| p.contact == *no)).collect();
    world.dice.pick(&all)
}

/// A lead that became a contact of ours, and with a deal given, that deal. `None` when nobody is left to have come so.
fn converted(world: &mut World, campaign: &Campaign, company: Option<No<Company>>, deal: Option<No<Deal>>) -> Option<No<Lead>> {
    let from = world.calendar.ago(campaign.from);
    let day = deal.map_or(from, |d| *world.deals[d].begun);
    let contact = free_contact(world, company, day.max(from))?;
    let language = world.contacts[contact].language;
    let mut lead = blank(world, campaign, "converted", language);
    let person = world.contacts[contact].clone();
    let owner = deal.map(|d| world.deals[d].owner).or(person.owner).unwrap_or(Staff::Marco);
    let converted = match deal {
        Some(deal) => {
            let created = world.deals[deal].created;
            if !lead.is_import {
                let days = world.dice.between(1, 6);
                lead.created = created.plus_micros(-days * 24 * 60 * MINUTE - world.dice.between(0, 300) * MINUTE);
            }
            created
        }
        None => {
            let days = world.dice.between(2, 18);
            let day = world.calendar.later(owner.day_of(lead.created), days).max(owner.day_of(lead.created));
            world.calendar.moment(&mut world.dice, last_working(day).min(world.calendar.before(world.calendar.today)), &owner.zone())
        }
    };
    if !lead.is_import && lead.created >= converted {
        lead.created = converted.plus_micros(-26 * 60 * MINUTE);
    }
    let is_good = deal.is_some_and(|d| world.deals[d].is_won());
    let is_fast = is_good || world.dice.percent(40);
    lead.answer = Some(answer(world, is_fast));
    lead.worked =
        Some(in_hours(world, lead.created.plus_micros(lead.answer.unwrap_or(30) * MINUTE), owner).min(converted.plus_micros(-20 * MINUTE)));
    if is_good && !lead.is_import {
        by_day(&mut lead, owner, converted);
    }
    lead.settled = Some(converted);
    (lead.first, lead.last, lead.title) = (person.first.clone(), person.last.clone(), person.title);
    (lead.email, lead.phone, lead.place) = (person.email.clone(), person.mobile.clone().or(person.phone.clone()), person.place);
    (lead.owner, lead.contact, lead.company, lead.deal) = (Some(owner), Some(contact), person.company, deal);
    lead.company_name = person.company.map_or_else(String::new, |c| world.companies[c].name.clone());
    lead.sector = person.company.map_or("", |c| world.companies[c].sector());
    let no = world.leads.put(lead);
    let (source, detail) = (campaign.source, campaign.detail.to_string());
    let known = &mut world.contacts[contact];
    known.at = Some(converted.plus_micros(-90 * 1_000_000).max(owner.day_of(converted).start_in(&owner.zone())));
    known.created = owner.day_of(converted).into();
    (known.source, known.detail, known.owner) = (Some(source), Some(detail), Some(owner));
    if let Some(deal) = deal {
        let need = world.leads[no].need.clone();
        let deal = &mut world.deals[deal];
        (deal.lead, deal.contact, deal.need) = (Some(no), Some(contact), Some(need));
    }
    Some(no)
}
