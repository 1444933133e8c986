//! Growing quietly: Granaio Partners went from 4 to 28 probes in 14 months, without a maintenance contract.

use super::put;
use crate::calendar::last_working;
use crate::deals::{Deal, Fate, line};
use crate::setup::pipelines::Pipe;
use crate::world::World;

const NAME: &str = "Granaio Partners";
/// Days ago and probes more.
const STEPS: &[(i64, i64)] = &[(425, 4), (330, 6), (215, 8), (70, 10)];

pub fn companies(world: &mut World) {
    let Some(company) = world.company(NAME) else { return };
    world.companies[company].created = last_working(world.calendar.ago(480)).into();
    world.companies[company].since = Some(last_working(world.calendar.ago(425)));
}

pub fn deals(world: &mut World) {
    let Some(company) = world.company(NAME) else { return };
    for (at, (days, probes)) in STEPS.iter().copied().enumerate().rev().take(if world.size.is_full() { 4 } else { 2 }) {
        let lines = vec![line("EUR", "PRB-TH", probes), line("EUR", "SUB-PRO", probes)];
        let source = if at == 0 { "web_form" } else { "existing_customer" };
        let deal = Deal {
            pipe: Pipe::Equipment,
            fate: Fate::Won,
            company: Some(company),
            source,
            currency: "EUR",
            target: 1_000 * probes / 4,
            closed_on: Some(last_working(world.calendar.ago(days))),
            lines,
            name: format!("Sonde TH per i clienti horeca, altre {probes}"),
            ..Deal::default()
        };
        put(world, deal);
    }
}
