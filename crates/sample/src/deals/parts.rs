//! The people of a deal and what they have to say in it. Deals that are won know more of them.

use base::Date;

use super::{Deal, Fate, Part};
use crate::companies::Company;
use crate::people::Contact;
use crate::setup::pipelines::Pipe;
use crate::shelf::No;
use crate::world::World;

pub fn draw(world: &mut World) {
    let all: Vec<No<Deal>> = world.deals.numbers().collect();
    for no in all {
        one(world, no);
        rivals(world, no);
    }
}

fn one(world: &mut World, no: No<Deal>) {
    let deal = &world.deals[no];
    let (begun, fate, pipe, is_told) = (*deal.begun, deal.fate, deal.pipe, !deal.people.is_empty());
    let Some(company) = deal.company else { return };
    if is_told {
        world.deals[no].contact = world.deals[no].people.first().map(|p| p.contact);
        return;
    }
    let primary = world.deals[no].contact.or_else(|| primary(world, company, begun));
    let Some(primary) = primary else { return };
    world.deals[no].contact = Some(primary);
    let wanted = count(world, pipe, fate);
    let mut others: Vec<No<Contact>> = known(world, company, begun).into_iter().filter(|c| *c != primary).collect();
    world.dice.shuffle(&mut others);
    let all = std::iter::once(primary).chain(others).take(wanted).collect::<Vec<_>>();
    if all.len() < 2 && !matches!(fate, Fate::Won) && world.dice.percent(70) {
        return;
    }
    let mut people = Vec::new();
    for contact in all {
        let part = part(world, contact, people.is_empty(), fate);
        people.push(part);
    }
    world.deals[no].people = people;
}

/// The people of a company whom we knew on a day and who worked there.
pub fn known(world: &World, company: No<Company>, day: Date) -> Vec<No<Contact>> {
    let all = world.companies[company].contacts.iter().copied();
    // Whoever came by a lead came in the course of his day.
    let met = |c: &Contact| *c.created < day || *c.created == day && c.at.is_none();
    all.filter(|c| met(&world.contacts[*c]) && world.contacts[*c].employer(day) == Some(company) && !world.contacts[*c].is_forgotten)
        .collect()
}

fn primary(world: &mut World, company: No<Company>, day: Date) -> Option<No<Contact>> {
    let all = known(world, company, day);
    let first = all.first().copied().or_else(|| world.companies[company].contacts.first().copied());
    if world.dice.percent(40) { world.dice.pick(&all).or(first) } else { first }
}

/// How many we know: two or three in those that are won.
fn count(world: &mut World, pipe: Pipe, fate: Fate) -> usize {
    let shares: &[(usize, u32)] = match (pipe, fate) {
        (Pipe::Renewals, _) => &[(1, 85), (2, 15)],
        (_, Fate::Won) => &[(1, 8), (2, 34), (3, 38), (4, 20)],
        (_, Fate::Lost(0)) => &[(1, 92), (2, 8)],
        (_, Fate::Lost(_)) => &[(1, 58), (2, 32), (3, 10)],
        (_, Fate::Open(0)) => &[(1, 80), (2, 20)],
        (_, Fate::Open(_)) => &[(1, 30), (2, 40), (3, 30)],
    };
    world.dice.weighted(shares).unwrap_or(1)
}

fn part(world: &mut World, contact: No<Contact>, is_primary: bool, fate: Fate) -> Part {
    let role = match world.contacts[contact].seniority {
        "owner" => world.dice.word(&["decision_maker", "decision_maker", "economic_buyer"]),
        "director" => world.dice.word(&["decision_maker", "economic_buyer", "influencer"]),
        "manager" if is_primary => world.dice.word(&["champion", "influencer", "procurement"]),
        "manager" => world.dice.word(&["influencer", "procurement", "technical_evaluator", "champion"]),
        "specialist" => world.dice.word(&["technical_evaluator", "user", "user"]),
        _ => world.dice.word(&["gatekeeper", "user", "procurement"]),
    };
    let stances: &[(&str, u32)] = match fate {
        Fate::Won => &[("supporter", 60), ("neutral", 30), ("unknown", 10)],
        Fate::Lost(_) => &[("supporter", 18), ("neutral", 38), ("opponent", 18), ("unknown", 26)],
        Fate::Open(_) => &[("supporter", 35), ("neutral", 35), ("opponent", 6), ("unknown", 24)],
    };
    let stance = world.dice.weighted(stances).unwrap_or("unknown");
    let influence = if matches!(role, "decision_maker" | "economic_buyer") { world.dice.between(4, 5) } else { world.dice.between(1, 4) };
    Part { contact, role, stance, influence }
}

/// A competitor beside us in some of the deals that came to a proposal.
fn rivals(world: &mut World, no: No<Deal>) {
    let deal = &world.deals[no];
    let is_worth = deal.pipe != Pipe::Renewals && deal.reached() >= 2 && deal.rivals.is_empty();
    let (fate, lost_to, is_chinese) = (deal.fate, deal.lost_to, deal.pipe == Pipe::China);
    if let (true, Some(rival)) = (is_worth, lost_to) {
        world.deals[no].rivals.push((rival, "competitor", "ahead"));
    } else if is_worth && world.dice.percent(14) {
        let all = world.companies.find(|c| c.is("competitor") && c.is_chinese() == is_chinese);
        let standing = if fate == Fate::Won { "out" } else { world.dice.word(&["even", "behind", "ahead"]) };
        world.deals[no].rivals.extend(world.dice.pick(&all).map(|rival| (rival, "competitor", standing)));
    }
}
