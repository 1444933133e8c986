//! Discount habit: Borgo Foods got twelve percent or more, or free freight, on seven of eight deals.

use super::put;
use crate::calendar::last_working;
use crate::deals::{Deal, Fate, line};
use crate::setup::pipelines::Pipe;
use crate::world::World;

/// Days ago of closing (none: open), won, product, how many, percent off, freight for nothing.
type Told = (Option<i64>, bool, &'static str, i64, i64, bool);

const DEALS: &[Told] = &[
    (Some(960), true, "VTR-120", 3, 12, false),
    (Some(770), true, "ARM-200", 2, 15, true),
    (Some(655), false, "GEL-012", 1, 12, false),
    (Some(540), true, "VTR-090", 5, 0, true),
    (Some(400), true, "GTW-050", 6, 14, false),
    // Once at list price, which nobody remembers.
    (Some(300), true, "PRB-T1", 30, 0, false),
    (Some(150), false, "VTR-180", 2, 13, true),
    (None, false, "ARM-200", 3, 16, true),
];

pub fn deals(world: &mut World) {
    let Some(company) = world.company("Borgo Foods") else { return };
    let count = if world.size.is_full() { DEALS.len() } else { 3 };
    for (days, is_won, code, quantity, discount, free_freight) in DEALS.iter().copied().rev().take(count) {
        let mut main = line("EUR", code, quantity);
        main.discount = discount;
        let mut lines = vec![main];
        if free_freight {
            let mut freight = line("EUR", "SRV-FRT", 1);
            freight.is_free = true;
            lines.push(freight);
        }
        let fate = match (days, is_won) {
            (None, _) => Fate::Open(2),
            (_, true) => Fate::Won,
            _ => Fate::Lost(3),
        };
        let deal = Deal {
            pipe: Pipe::Equipment,
            fate,
            company: Some(company),
            source: "existing_customer",
            currency: "EUR",
            target: main.price * quantity / 100,
            closed_on: days.map(|d| last_working(world.calendar.ago(d))),
            lines,
            lost_reason: if matches!(fate, Fate::Lost(_)) { "price" } else { "" },
            ..Deal::default()
        };
        put(world, deal);
    }
}
