//! A good week: four wins in seven days, one of them yesterday in China.

use super::put;
use crate::calendar::first_working;
use crate::companies::Company;
use crate::deals::{Deal, Fate};
use crate::setup::pipelines::Pipe;
use crate::shelf::No;
use crate::staff::Staff;
use crate::world::World;

/// Who won, days ago (the working day before) and at most, pipeline, value, source. Over feasts they come closer together.
const WINS: &[(Staff, i64, i64, Pipe, i64, &str)] = &[
    (Staff::Ting, 0, 3, Pipe::China, 268_000, "partner"),
    (Staff::Marco, 1, 6, Pipe::Equipment, 14_600, "referral"),
    (Staff::Jonas, 3, 6, Pipe::Equipment, 9_900, "existing_customer"),
    (Staff::Claire, 4, 6, Pipe::Renewals, 2_400, "existing_customer"),
];

pub fn deals(world: &mut World) {
    for (owner, days, most, pipe, target, source) in WINS.iter().copied() {
        let buys = |c: &Company| {
            c.owner == Some(owner)
                && (c.is("customer") || pipe == Pipe::China && c.is("partner"))
                && !c.is_quiet
                && c.weight > 0
                && c.created.days() < world.calendar.ago(300).days()
        };
        let currency = if pipe == Pipe::China { "CNY" } else { "EUR" };
        let all: Vec<No<Company>> = world.companies.find(|c| buys(c) && c.currency() == currency);
        let any: Vec<No<Company>> = world
            .companies
            .find(|c| c.is_buyer() && c.currency() == currency && c.weight > 0 && c.created.days() < world.calendar.ago(300).days());
        let Some(company) = world.dice.pick(if all.is_empty() { &any } else { &all }) else { continue };
        let closed = world.calendar.before(world.calendar.ago(days)).max(first_working(world.calendar.ago(most)));
        let deal =
            Deal { pipe, fate: Fate::Won, company: Some(company), source, currency, target, closed_on: Some(closed), ..Deal::default() };
        let no = put(world, deal);
        (world.deals[no].is_cast, world.deals[no].owner) = (false, owner);
    }
}
