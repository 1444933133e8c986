//! How many deals end how, per pipeline, source and reason: the numbers of the sample company's description.

use super::Deal;
use crate::setup::pipelines::Pipe;
use crate::world::{Size, World};

/// How a deal stands today. Stages count from 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Fate {
    Open(usize),
    Won,
    /// Lost at this stage.
    Lost(usize),
}

impl Default for Fate {
    fn default() -> Self {
        Fate::Open(0)
    }
}

/// Of one pipeline: open by stage, won, lost by the stage at which it happened.
struct Plan {
    pipe: Pipe,
    open: &'static [usize],
    won: usize,
    lost: &'static [usize],
}

const PLANS: &[Plan] = &[
    // 68 % reach Discovery, 50 % Proposal, then 60, 80 and 93 % go on.
    Plan { pipe: Pipe::Equipment, open: &[24, 19, 29, 15, 9], won: 255, lost: &[366, 206, 229, 69, 19] },
    Plan { pipe: Pipe::Renewals, open: &[20, 12, 11, 5], won: 509, lost: &[30, 28, 21, 4] },
    Plan { pipe: Pipe::China, open: &[8, 7, 5, 4, 2], won: 23, lost: &[30, 18, 14, 7, 2] },
];

/// Closed Equipment deals by source: all, and of these won.
pub const SOURCES: &[(&str, usize, usize)] = &[
    ("existing_customer", 275, 85),
    ("web_form", 252, 45),
    ("trade_fair", 183, 46),
    ("advertising", 137, 4),
    ("referral", 103, 45),
    ("partner", 103, 25),
    ("cold_call", 91, 5),
];

/// Lost deals by reason.
pub const REASONS: &[(&str, usize)] = &[
    ("price", 282),
    ("no_decision", 250),
    ("competitor", 177),
    ("no_answer", 125),
    ("missing_feature", 83),
    ("delivery_time", 73),
    ("sponsor_left", 31),
    ("duplicate", 22),
];

/// The fates of a pipeline that nobody has yet.
pub fn remaining(world: &World, pipe: Pipe) -> Vec<Fate> {
    let Some(plan) = PLANS.iter().find(|p| p.pipe == pipe) else { return Vec::new() };
    let mut all: Vec<(Fate, usize)> = plan.open.iter().enumerate().map(|(s, n)| (Fate::Open(s), *n)).collect();
    all.push((Fate::Won, plan.won));
    all.extend(plan.lost.iter().enumerate().map(|(s, n)| (Fate::Lost(s), *n)));
    let scaled = all.into_iter().map(|(fate, n)| (fate, scale(world.size, n)));
    scaled.flat_map(|(fate, n)| vec![fate; n.saturating_sub(count(world, |d| d.pipe == pipe && d.fate == fate))]).collect()
}

/// A tenth loses small numbers; a stage without any deal would be an empty column.
fn scale(size: Size, n: usize) -> usize {
    size.of(n)
}

pub fn count(world: &World, holds: impl Fn(&Deal) -> bool) -> usize {
    world.deals.iter().filter(|(_, d)| holds(d)).count()
}

/// The sources that remain for closed Equipment deals, won or lost.
pub fn sources(world: &World, won: bool) -> Vec<&'static str> {
    let wanted = |all: usize, won_of: usize| if won { won_of } else { all - won_of };
    let present = |source: &str| count(world, |d| d.pipe == Pipe::Equipment && !d.is_open() && d.is_won() == won && d.source == source);
    SOURCES
        .iter()
        .flat_map(|(source, all, won_of)| vec![*source; world.size.of(wanted(*all, *won_of)).saturating_sub(present(source))])
        .collect()
}

/// The reasons that remain for lost deals.
pub fn reasons(world: &World) -> Vec<&'static str> {
    let present = |reason: &str| count(world, |d| d.lost_reason == reason);
    REASONS.iter().flat_map(|(reason, n)| vec![*reason; world.size.of(*n).saturating_sub(present(reason))]).collect()
}
