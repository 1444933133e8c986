//! Names of deals, in the language of whoever wrote them: what it is and for which place.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Deal;
use crate::shelf::No;
use crate::tables::{cell, rows};
use crate::text::render;
use crate::world::World;

/// Patterns by language and family or trade.
type Patterns = HashMap<(&'static str, &'static str), Vec<&'static str>>;

fn read(text: &'static str) -> Patterns {
    rows(text).map(|row| ((cell(&row, 0), cell(&row, 1)), cell(&row, 2).split(';').collect())).collect()
}
static NAMES: LazyLock<Patterns> = LazyLock::new(|| read(include_str!("../lists/deals.tsv")));
static PLACES: LazyLock<Patterns> = LazyLock::new(|| read(include_str!("../lists/places_of_trade.tsv")));

/// What the trade calls the place where our things stand.
pub fn place(world: &mut World, language: &'static str, trade: &'static str) -> String {
    let all = PLACES.get(&(language, trade)).or_else(|| PLACES.get(&(language, "hotel")));
    all.map_or_else(String::new, |all| world.dice.word(all).to_string())
}

pub fn name(world: &mut World) {
    let all: Vec<No<Deal>> = world.deals.find(|d| d.name.is_empty());
    for no in all {
        let (language, company) = (world.deals[no].owner.pen(), world.deals[no].company);
        let Some(line) = world.deals[no].lines.first().copied() else { continue };
        let trade = company.map_or("parlour", |c| world.companies[c].trade);
        let city = company.map_or("", |c| world.companies[c].place.city);
        let place = place(world, language, trade);
        let slots =
            [("short", line.product.short.to_string()), ("n", line.quantity.to_string()), ("city", city.to_string()), ("place", place)];
        let family = if world.deals[no].is_kit() { "kit" } else { line.product.family };
        let pattern = NAMES.get(&(language, family)).map_or("<short>", |all| world.dice.word(all));
        // One of a thing is not counted.
        let pattern = if line.quantity == 1 { pattern.replace("<n> × ", "").replace("<n>台", "") } else { pattern.to_string() };
        world.deals[no].name = render(&mut world.dice, &pattern, &slots);
    }
}
