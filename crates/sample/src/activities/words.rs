//! Subjects and texts of activities, in the language in which their owner writes.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Activity;
use crate::calendar::Region;
use crate::companies::Company;
use crate::dice::float;
use crate::shelf::No;
use crate::staff::{CARDS, Staff};
use crate::tables::{cell, rows};
use crate::text::{Slots, render};
use crate::world::World;

/// Pairs of subject and text by language, phase and kind.
type Texts = HashMap<(&'static str, &'static str, &'static str), Vec<(&'static str, &'static str)>>;

static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    let mut all = Texts::new();
    let files = [
        ("it", include_str!("../lists/texts/it.tsv")),
        ("de", include_str!("../lists/texts/de.tsv")),
        ("en", include_str!("../lists/texts/en.tsv")),
        ("zh", include_str!("../lists/texts/zh.tsv")),
    ];
    for (language, text) in files {
        for row in rows(text) {
            all.entry((language, cell(&row, 0), cell(&row, 1))).or_default().push((cell(&row, 2), cell(&row, 3)));
        }
    }
    all
});

pub fn write(world: &mut World) {
    let all: Vec<No<Activity>> = world.activities.find(|a| a.subject.is_empty());
    let bought = bought(world);
    for no in all {
        let activity = world.activities[no].clone();
        let language = activity.owner.pen();
        let patterns = patterns(language, activity.phase, sort(&activity));
        let Some((subject, body)) = world.dice.pick(patterns) else { continue };
        let slots = slots(world, &activity, language, &bought);
        let subject = render(&mut world.dice, subject, &slots);
        let mut body = render(&mut world.dice, body, &slots);
        if matches!(sort(&activity), "call" | "meeting" | "note") {
            more(world, language, &slots, &mut body);
        }
        let written = &mut world.activities[no];
        (written.subject, written.body) = (subject, body);
    }
}

/// A sentence or two about what came up beside the matter.
fn more(world: &mut World, language: &'static str, slots: Slots<'_>, body: &mut String) {
    let tails = TEXTS.get(&(language, "any", "tail")).map_or(&[][..], Vec::as_slice);
    for chance in [72, 24] {
        if !world.dice.percent(chance) {
            return;
        }
        let (_, tail) = world.dice.pick(tails).unwrap_or_default();
        let sentence = render(&mut world.dice, tail, slots);
        if !body.contains(&sentence) {
            body.push_str(if language == "zh" { "" } else { " " });
            body.push_str(&sentence);
        }
    }
}

/// What a company bought first, as people say it.
type Bought = HashMap<No<Company>, &'static str>;

fn bought(world: &World) -> Bought {
    let won = world.deals.iter().filter(|(_, d)| d.is_won() && !d.is_kit());
    let things = won.filter(|(_, d)| d.lines.first().is_some_and(|l| matches!(l.product.family, "cabinet" | "machine")));
    things.filter_map(|(_, d)| Some((d.company?, d.lines.first()?.product.short))).collect()
}

/// The texts that fit best: of the phase, else of ordinary care, else of any.
fn patterns(language: &'static str, phase: &'static str, kind: &'static str) -> &'static [(&'static str, &'static str)] {
    let ordinary = if kind == "task" { "discovery" } else { "care" };
    let places = [(language, phase, kind), (language, ordinary, kind), (language, "any", kind), (language, "care", "note")];
    let found = places.iter().find_map(|place| TEXTS.get(place));
    found.map_or(&[], Vec::as_slice)
}

fn sort(activity: &Activity) -> &'static str {
    match (activity.kind, activity.is_open()) {
        ("call", true) => "plan_call",
        ("meeting", true) => "plan_meeting",
        ("email" | "message", true) => "plan_email",
        (_, true) => "plan_task",
        ("call", _) if activity.outcome != "connected" => "missed",
        ("meeting", _) if activity.outcome != "held" => "missed_meeting",
        ("call", _) => "call",
        ("meeting", _) => "meeting",
        ("email" | "message", _) if activity.direction == "incoming" => "email_in",
        ("email" | "message", _) => "email_out",
        ("task", _) => "task",
        _ => "note",
    }
}

fn slots(world: &mut World, activity: &Activity, language: &'static str, bought: &Bought) -> Vec<(&'static str, String)> {
    let party = activity.party(world);
    let person = match (activity.contact, activity.lead) {
        (Some(contact), _) => world.contacts[contact].name(),
        (None, Some(lead)) => format!("{} {}", world.leads[lead].first, world.leads[lead].last),
        // Somebody of those whom we knew.
        _ => {
            let known = party.map_or_else(Vec::new, |c| crate::deals::known(world, c, activity.at.date_in(&world.calendar.zone)));
            match world.dice.pick(&known) {
                Some(contact) => world.contacts[contact].name(),
                None => nobody(world, language),
            }
        }
    };
    let company = match (party, activity.lead) {
        (Some(company), _) => world.companies[company].short().to_string(),
        (None, Some(lead)) if !world.leads[lead].company_name.is_empty() => world.leads[lead].company_name.clone(),
        _ => person.clone(),
    };
    let place = party.map_or(world.contacts[activity.contact.unwrap_or(No::new(u32::MAX))].place, |c| world.companies[c].place);
    let city = if place.city.is_empty() { "Trento".to_string() } else { place.city.to_string() };
    let trade = party.map_or("parlour", |c| world.companies[c].trade);
    let product = product(world, activity, bought);
    let trades_place = crate::deals::place(world, language, trade);
    let amount = amount(world, activity, language);
    let n = world.dice.between(2, 12).to_string();
    let colleague = colleague(world, activity.owner);
    vec![
        ("person", person),
        ("company", company),
        ("city", city),
        ("product", product),
        ("place", trades_place),
        ("amount", amount),
        ("n", n),
        ("colleague", colleague),
    ]
}

/// The first name of somebody near.
fn colleague(world: &mut World, owner: Staff) -> String {
    let near: Vec<&str> = CARDS
        .iter()
        .filter(|c| {
            c.staff != owner
                && c.staff != Staff::Stefano
                && (c.team == owner.card().team || matches!(c.staff, Staff::Davide | Staff::Marta))
        })
        .map(|c| c.first)
        .collect();
    let all: Vec<&str> = if owner.region() == Region::China { vec!["陈宇", "李婷", "王磊"] } else { near };
    world.dice.word(&all).to_string()
}

/// Somebody whose name nobody wrote down.
fn nobody(world: &mut World, language: &str) -> String {
    let words: &[&str] = match language {
        "it" => &["il titolare", "la responsabile", "l'ufficio acquisti"],
        "de" => &["der Einkauf", "die Leitung", "der Inhaber"],
        "zh" => &["采购部", "负责人"],
        _ => &["the owner", "purchasing", "the kitchen"],
    };
    world.dice.word(words).to_string()
}

fn product(world: &mut World, activity: &Activity, bought: &Bought) -> String {
    let of_deal = activity.deal.and_then(|d| world.deals[d].lines.first()).map(|l| l.product.short);
    let any = ["Neve 90", "Vela 150", "Bora 14", "Crema 7", "Crema 12", "Ponte 10", "Monitoring Pro", "Nuvola 2"];
    let party = activity.party(world);
    match (of_deal, party.and_then(|c| bought.get(&c).copied())) {
        (Some(short), _) => short.to_string(),
        (None, Some(short)) if world.dice.percent(70) => short.to_string(),
        _ => world.dice.word(&any).to_string(),
    }
}

/// A rounded amount as the language writes it.
fn amount(world: &mut World, activity: &Activity, language: &str) -> String {
    let deal = activity.deal.map(|d| &world.deals[d]);
    let (value, currency) = deal.map_or((8_000, "EUR"), |d| (crate::deals::amount(d) / 100, d.currency));
    let spread = world.dice.spread(float(usize::try_from(value).unwrap_or(8_000)), if deal_is_exact(activity) { 0.0 } else { 0.1 });
    let rounded = (crate::dice::whole(spread) / 100).max(1) * 100;
    let grouped = group(rounded, if language == "it" || language == "de" { "." } else { "," });
    match (currency, language) {
        ("CNY", _) => format!("¥{grouped}"),
        ("GBP", _) => format!("£{grouped}"),
        ("USD", _) => format!("US${grouped}"),
        (_, "it") => format!("{grouped} euro"),
        (_, "de") => format!("{grouped} €"),
        _ => format!("€{grouped}"),
    }
}

/// Quotes name the exact sum.
fn deal_is_exact(activity: &Activity) -> bool {
    activity.phase == "proposal" && activity.direction == "outgoing"
}

fn group(n: i64, separator: &str) -> String {
    let text = n.to_string();
    let head = text.len() % 3;
    let mut parts = Vec::new();
    if head > 0 {
        parts.push(text.get(..head).unwrap_or_default());
    }
    let mut at = head;
    while at < text.len() {
        parts.push(text.get(at..at + 3).unwrap_or_default());
        at += 3;
    }
    parts.join(separator)
}
