//! The purchase cycle: 64 parlours buy cleaning kits every 84 to 96 days; eleven are due, four are late.

use super::put;
use crate::calendar::{first_working, last_working};
use crate::companies::Company;
use crate::deals::{Deal, Fate, line};
use crate::setup::pipelines::Pipe;
use crate::shelf::No;
use crate::world::World;

const ORDERS: i64 = 3;
const DUE: usize = 11;
const LATE: usize = 4;

fn parlours(world: &World) -> Vec<No<Company>> {
    world.companies.find(|c| c.trade == "parlour" && c.is("customer"))
}

/// They are customers for longer than three orders take.
pub fn companies(world: &mut World) {
    for no in parlours(world) {
        let early = first_working(world.calendar.ago(400));
        let company = &mut world.companies[no];
        if *company.created > early {
            company.created = early.into();
        }
        if company.since.is_none_or(|since| since > early) {
            company.since = Some(early.plus_days(-40));
        }
    }
}

pub fn deals(world: &mut World) {
    let (due, late) = (world.size.of(DUE), world.size.of(LATE));
    for (at, company) in parlours(world).into_iter().enumerate() {
        // Sundays and feasts move an order by up to two days; these stay within their band.
        let last = match at {
            _ if at < due => world.dice.between(86, 94),
            _ if at < due + late => world.dice.between(100, 117),
            _ => world.dice.between(10, 80),
        };
        let mut ago = last;
        for _ in 0..ORDERS {
            order(world, company, ago);
            ago += world.dice.between(86, 94);
        }
    }
}

fn order(world: &mut World, company: No<Company>, days_ago: i64) {
    let day = last_working(world.calendar.ago(days_ago));
    let currency = world.companies[company].currency();
    let count = world.dice.between(5, 14);
    let deal = Deal {
        pipe: Pipe::Renewals,
        fate: Fate::Won,
        company: Some(company),
        source: "existing_customer",
        currency,
        target: count * 48,
        begun: last_working(day.plus_days(-world.dice.between(1, 4))).into(),
        closed_on: Some(day),
        lines: vec![line(currency, "KIT-CLN", count)],
        ..Deal::default()
    };
    let no = put(world, deal);
    world.deals[no].kind = "existing_business";
}
