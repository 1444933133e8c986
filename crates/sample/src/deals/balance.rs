//! Sums that several deals must come to together.

use std::collections::HashMap;

use base::Date;

use super::{Deal, Fate, lines};
use crate::calendar::{back, is_quarter_end};
use crate::companies::Company;
use crate::setup::pipelines::Pipe;
use crate::shelf::No;
use crate::world::World;

/// What each of the ten greatest single customers has bought at least, in euro; above any part of Alpenglow.
const GREAT: i64 = 112_000;
const TEN: usize = 10;
/// What falls into the last ten days of a quarter, in percent of its value.
const LAST_DAYS: i64 = 40;
/// Values are exchanged that differ by no more than this, in euro.
const STEP: i64 = 10_000;
/// The month so far, in percent of the same days of the month before.
const THIS_MONTH: i64 = 112;

/// Greater values at the ends of quarters, or lesser ones, until those take their share of what Europe brings.
pub fn quarter_ends(world: &mut World) {
    if !world.size.is_full() {
        return;
    }
    let today = world.calendar.today;
    let is_counted =
        |d: &Deal| d.is_won() && d.pipe != Pipe::China && d.closed_on.is_some_and(|day| crate::figures::is_of_whole_quarter(today, day));
    let is_last = |d: &Deal| d.closed_on.is_some_and(|day| is_quarter_end(day.civil()));
    let (last, first) = (world.deals.find(|d| is_counted(d) && is_last(d)), world.deals.find(|d| is_counted(d) && !is_last(d)));
    let (ours, theirs) = (sum(world, &last), sum(world, &first));
    exchange(world, &last, &first, (ours + theirs) * LAST_DAYS / 100 - ours);
}

/// The month so far and the same days of the month before are worth what they should be, as near as values go that others
/// have in exchange.
pub fn months(world: &mut World) {
    let (this, last) = two_months(world);
    if !world.size.is_full() || this.is_empty() || last.is_empty() {
        return;
    }
    let others = world.deals.find(|d| d.is_won() && d.closed_on.is_some());
    let others: Vec<No<Deal>> = others.into_iter().filter(|no| !this.contains(no) && !last.contains(no)).collect();
    for is_end in [false, true] {
        let of = |world: &World, all: &[No<Deal>]| -> Vec<No<Deal>> {
            let fits = |no: &No<Deal>| world.deals[*no].closed_on.is_some_and(|day| is_quarter_end(day.civil()) == is_end);
            all.iter().copied().filter(fits).collect()
        };
        let others = of(world, &others);
        for (ours, theirs, percent) in [(&last, &this, 10_000 / THIS_MONTH), (&this, &last, THIS_MONTH)] {
            let some = of(world, ours);
            let missing = sum(world, theirs) * percent / 100 - sum(world, ours);
            exchange(world, &some, &others, missing);
        }
    }
}

/// Exchanges values with other deals of the same kind until the ones have what is missing, in euro, or too much when it is
/// negative, as near as they can.
fn exchange(world: &mut World, ones: &[No<Deal>], others: &[No<Deal>], mut missing: i64) {
    let kind = |no: No<Deal>| (world.deals[no].pipe, world.deals[no].currency);
    let free = |all: &[No<Deal>]| -> Vec<(No<Deal>, (Pipe, &str))> {
        let is_free = |no: &No<Deal>| !world.deals[*no].is_cast && world.deals[*no].lines.is_empty();
        all.iter().copied().filter(is_free).map(|no| (no, kind(no))).collect()
    };
    let (ours, theirs) = (free(ones), free(others));
    let mut worths: HashMap<No<Deal>, i64> = ours.iter().chain(&theirs).map(|(no, _)| (*no, worth(&world.deals[*no]))).collect();
    loop {
        let of = |no: &No<Deal>| worths.get(no).copied().unwrap_or(0);
        let pairs = ours.iter().flat_map(|(one, kind)| theirs.iter().filter(move |(_, k)| k == kind).map(move |(other, _)| (*one, *other)));
        let gains = pairs.map(|(one, other)| (of(&other) - of(&one), one, other)).filter(|(gain, ..)| gain.abs() <= STEP);
        let Some((gain, one, other)) = gains.min_by_key(|(gain, ..)| (missing - gain).abs()) else { return };
        if (missing - gain).abs() * 100 >= missing.abs() * 99 {
            return;
        }
        (world.deals[one].target, world.deals[other].target) = (world.deals[other].target, world.deals[one].target);
        for no in [one, other] {
            worths.insert(no, worth(&world.deals[no]));
        }
        missing -= gain;
    }
}

fn sum(world: &World, all: &[No<Deal>]) -> i64 {
    all.iter().map(|no| worth(&world.deals[*no])).sum()
}

/// Ten customers stand above every single company of the group that is greatest together.
pub fn key_accounts(world: &mut World) {
    if !world.size.is_full() {
        return;
    }
    let mut sums = won(world);
    let is_group = |c: &Company| c.name.starts_with("Alpenglow") || c.name == "雪映酒店管理";
    let mut ranked: Vec<No<Company>> = world
        .companies
        .find(|c| (c.is("customer")) && c.weight > 1 && !is_group(c) && !c.is_quiet && c.created.days() < world.calendar.ago(900).days());
    ranked.sort_by_key(|no| (std::cmp::Reverse(sums.get(no).copied().unwrap_or(0)), no.number()));
    let great: Vec<No<Company>> = ranked.iter().copied().take(TEN).collect();
    for no in &great {
        while sums.get(no).copied().unwrap_or(0) < GREAT {
            let Some((deal, worth)) = gift(world, *no, &great, &sums) else { break };
            if let Some(from) = world.deals[deal].company {
                *sums.entry(from).or_default() -= worth;
            }
            *sums.entry(*no).or_default() += worth;
            let owner = world.companies[*no].owner.unwrap_or_default();
            let deal = &mut world.deals[deal];
            (deal.company, deal.owner) = (Some(*no), owner);
        }
    }
}

/// Won value by company, in euro, as far as the targets tell.
fn won(world: &World) -> HashMap<No<Company>, i64> {
    let mut sums = HashMap::new();
    for (_, deal) in world.deals.iter().filter(|(_, d)| d.is_won()) {
        if let Some(company) = deal.company {
            *sums.entry(company).or_default() += worth(deal);
        }
    }
    sums
}

fn worth(deal: &Deal) -> i64 {
    let whole = if deal.lines.is_empty() { deal.target } else { lines::amount(deal) / 100 };
    let rate = crate::setup::rates::rate(deal.currency, deal.closed_on.unwrap_or(*deal.begun));
    crate::dice::whole(f64::from(i32::try_from(whole).unwrap_or(0)) * rate)
}

/// A great deal of another customer in the same currency who can spare it.
fn gift(world: &World, to: No<Company>, great: &[No<Company>], sums: &HashMap<No<Company>, i64>) -> Option<(No<Deal>, i64)> {
    let company = &world.companies[to];
    let spares = |d: &Deal| {
        let from = d.company.filter(|from| !great.contains(from));
        d.is_won()
            && !d.is_cast
            && d.pipe != Pipe::Renewals
            && d.currency == company.currency()
            && from.is_some()
            && company.exists(*d.begun)
    };
    let all = world.deals.iter().filter(|(_, d)| spares(d)).map(|(no, d)| (no, worth(d)));
    let rich = |d: &Deal| d.company.and_then(|c| sums.get(&c)).copied().unwrap_or(0);
    all.max_by_key(|(no, worth)| (*worth.min(&40_000), rich(&world.deals[*no]), no.number()))
}

/// Since a call follows every proposal, seven of ten go on: late ones that were lost there change with earlier ones that
/// were lost one stage later.
pub fn calls_help(world: &mut World) {
    let limit = world.calendar.ago(crate::activities::CALLS_SINCE);
    let proposed = |d: &Deal| d.moves.iter().find(|(stage, _)| *stage == 2).map(|(_, at)| d.owner.day_of(*at));
    let closed = |d: &Deal| d.pipe == Pipe::Equipment && !d.is_open();
    let late = world.deals.find(|d| closed(d) && proposed(d).is_some_and(|day| day > limit));
    let wanted = late.len() * 7 / 10;
    let on = late.iter().filter(|no| world.deals[**no].fate != Fate::Lost(2)).count();
    let stuck: Vec<No<Deal>> = late.into_iter().filter(|no| world.deals[*no].fate == Fate::Lost(2) && !world.deals[*no].is_cast).collect();
    let early: Vec<No<Deal>> =
        world.deals.find(|d| closed(d) && d.fate == Fate::Lost(3) && !d.is_cast && proposed(d).is_some_and(|day| day <= limit));
    for (one, other) in stuck.into_iter().zip(early).take(wanted.saturating_sub(on)) {
        world.deals[one].fate = Fate::Lost(3);
        world.deals[other].fate = Fate::Lost(2);
        super::course::again(world, one);
        super::course::again(world, other);
    }
}

/// The month so far stands twelve percent above the same days of the month before: what values left, prices settle.
pub fn prices(world: &mut World) {
    let (this, last) = two_months(world);
    let sum = |world: &World, all: &[No<Deal>]| all.iter().map(|no| lines::base_amount(world, &world.deals[*no])).sum::<i64>();
    let free = |world: &World, all: &[No<Deal>]| all.iter().copied().filter(|no| !world.deals[*no].is_cast).collect::<Vec<_>>();
    let (ours, theirs) = (sum(world, &this), sum(world, &last));
    if ours == 0 || theirs == 0 {
        return;
    }
    // Half of the way by this month's prices, the rest by last month's.
    let (low, high) = (free(world, &this), free(world, &last));
    let fixed = ours - sum(world, &low);
    scale(world, &low, theirs * THIS_MONTH / 100 - fixed);
    let ours = sum(world, &this);
    let fixed = theirs - sum(world, &high);
    scale(world, &high, ours * 100 / THIS_MONTH - fixed);
}

/// What was won in the month so far, and on the same days of the month before.
fn two_months(world: &World) -> (Vec<No<Deal>>, Vec<No<Deal>>) {
    let today = world.calendar.today;
    let first = Date::from_civil(today.civil().first_of_month());
    (won_between(world, first, today), won_between(world, back(first, 1), back(today, 1)))
}

fn won_between(world: &World, from: Date, to: Date) -> Vec<No<Deal>> {
    world.deals.find(|d| d.is_won() && d.closed_on.is_some_and(|day| from <= day && day <= to))
}

/// Brings some deals together to a sum in hundredths of a euro, as far as prices may reasonably move: special prices, no
/// gifts.
fn scale(world: &mut World, deals: &[No<Deal>], wanted: i64) {
    let present: i64 = deals.iter().map(|no| lines::base_amount(world, &world.deals[*no])).sum();
    if present <= 0 || wanted <= 0 {
        return;
    }
    let share = (wanted * 10_000 / present).clamp(6_500, 15_000);
    for no in deals {
        for line in &mut world.deals[*no].lines {
            line.price = (line.price * share / 10_000 + 50) / 100 * 100;
        }
    }
}
