//! Customers that fell silent: the greatest of them bought for €167,000 within a year.

use super::{Win, won};
use crate::world::World;

pub fn deals(world: &mut World) {
    if let Some(ester) = world.company("Ester Energia") {
        world.companies[ester].weight = 0;
    }
    let win = |days_ago, sum, code, quantity| Win { company: "Ester Energia", days_ago, sum, code, quantity, source: "existing_customer" };
    for (at, win) in
        [win(128, 90_000, "ARM-200", 8), win(236, 77_000, "VTR-180", 8), win(610, 18_400, "VTR-150", 2), win(840, 9_700, "PRB-TH", 60)]
            .into_iter()
            .enumerate()
            .take(if world.size.is_full() { 4 } else { 2 })
    {
        let deal = won(world, win);
        if let Some(deal) = deal {
            let name = ["Abbattitori per dodici mense", "Banchi self-service, mense aziendali"].get(at);
            world.deals[deal].name = name.map_or_else(String::new, |n| (*n).to_string());
        }
    }
}
