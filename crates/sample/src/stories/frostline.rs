//! FrostLine wins from us, above all in Bavaria of late, and mostly by delivery time.

use super::put;
use crate::calendar::last_working;
use crate::companies::Company;
use crate::deals::{Deal, Fate};
use crate::setup::pipelines::Pipe;
use crate::shelf::No;
use crate::world::World;

const ALL: usize = 41;
const BAVARIA: usize = 23;
/// Seven months.
const DAYS: i64 = 212;
const IN_BAVARIA: &[&str] = &["delivery_time", "delivery_time", "delivery_time", "price", "delivery_time", "competitor"];
const ELSEWHERE: &[&str] = &["competitor", "competitor", "price", "delivery_time"];

pub fn deals(world: &mut World) {
    let Some(rival) = world.company("FrostLine GmbH") else { return };
    let buys = |c: &Company| {
        c.is_buyer()
            && c.currency() == "EUR"
            && c.weight > 0
            && !c.is_quiet
            && !c.is_misplaced
            && c.owner != Some(crate::staff::Staff::Stefano)
    };
    let bavaria = world.companies.find(|c| buys(c) && c.is_bavarian());
    let near = world.companies.find(|c| buys(c) && !c.is_bavarian() && matches!(c.place.country, "DE" | "AT" | "CH" | "IT" | "PL"));
    for at in 0..world.size.of(ALL) {
        let is_bavarian = at < world.size.of(BAVARIA) && !bavaria.is_empty();
        let days = if is_bavarian { world.dice.between(4, DAYS - 3) } else { world.dice.between(40, 1_060) };
        let closed = last_working(world.calendar.ago(days));
        let Some(company) = pick(world, if is_bavarian { &bavaria } else { &near }, closed) else { continue };
        let reasons = if is_bavarian { IN_BAVARIA } else { ELSEWHERE };
        let reason = reasons.get(at % reasons.len()).copied().unwrap_or("delivery_time");
        let source = world.dice.word(&["web_form", "trade_fair", "cold_call", "existing_customer", "web_form"]);
        let stage = world.dice.pick(&[1, 2, 2, 2, 3]).unwrap_or(2);
        let weeks = world.dice.between(2, 3);
        let note = (reason == "delivery_time")
            .then(|| format!("FrostLine liefert in {weeks} Wochen, wir brauchten {}.", weeks + world.dice.between(5, 8)));
        let target = world.dice.between(4_500, 31_000);
        let deal = Deal {
            pipe: Pipe::Equipment,
            fate: Fate::Lost(stage),
            company: Some(company),
            source,
            currency: "EUR",
            target,
            closed_on: Some(closed),
            lost_reason: reason,
            lost_to: Some(rival),
            note,
            ..Deal::default()
        };
        let no = put(world, deal);
        world.deals[no].is_cast = false;
    }
}

/// One who was there by then, if anybody was.
fn pick(world: &mut World, all: &[No<Company>], closed: base::Date) -> Option<No<Company>> {
    let there: Vec<No<Company>> = all
        .iter()
        .copied()
        .filter(|no| world.companies[*no].exists(closed.plus_days(-120)) && world.companies[*no].churned.is_none_or(|day| closed < day))
        .collect();
    world.dice.pick(if there.is_empty() { all } else { &there })
}
