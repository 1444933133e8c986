//! Draws the deals that no story tells.

use std::collections::HashMap;

use base::Date;

use super::quota::{self, Fate};
use super::{Deal, course};
use crate::calendar::{Region, is_quarter_end};
use crate::companies::Company;
use crate::dice::{float, quantiles, whole};
use crate::setup::pipelines::Pipe;
use crate::shelf::No;
use crate::staff::Staff;
use crate::world::World;

/// Stories win within this time what was won of late.
const LATELY: i64 = 8;

/// What companies have already, so that nobody gets it all.
#[derive(Default)]
struct Crowd {
    /// Deals by pipeline, open and closed apart.
    deals: HashMap<(No<Company>, Pipe, bool), usize>,
    renewed: HashMap<No<Company>, Vec<Date>>,
}

impl Crowd {
    fn add(&mut self, deal: &Deal) {
        let Some(company) = deal.company else { return };
        *self.deals.entry((company, deal.pipe, deal.is_open())).or_default() += 1;
        if let (Pipe::Renewals, Some(day)) = (deal.pipe, deal.closed_on) {
            self.renewed.entry(company).or_default().push(day);
        }
    }
    fn load(&self, company: No<Company>, deal: &Deal) -> usize {
        self.deals.get(&(company, deal.pipe, deal.is_open())).copied().unwrap_or(0)
    }
    /// Was a contract renewed within the same year?
    fn is_renewed(&self, company: No<Company>, end: Date) -> bool {
        self.renewed.get(&company).is_some_and(|days| days.iter().any(|day| (day.days() - end.days()).abs() < 300))
    }
}

pub fn fill(world: &mut World) {
    let mut crowd = Crowd::default();
    world.deals.iter().filter(|(_, d)| !d.is_kit()).for_each(|(_, d)| crowd.add(d));
    for pipe in [Pipe::Equipment, Pipe::Renewals, Pipe::China] {
        let fates = quota::remaining(world, pipe);
        let drafts = drafts(world, pipe, &fates);
        let currencies = currencies(world, pipe, drafts.len());
        for (mut deal, currency) in drafts.into_iter().zip(currencies) {
            deal.currency = currency;
            deal.company = company(world, &crowd, &deal);
            crowd.add(&deal);
            settle(world, &mut deal);
            world.deals.put(deal);
        }
    }
    reasons(world);
    first_wins(world);
}

/// Deals with fate, source, day of closing, length and value, in a mixed order.
fn drafts(world: &mut World, pipe: Pipe, fates: &[Fate]) -> Vec<Deal> {
    let won = fates.iter().filter(|f| **f == Fate::Won).count();
    let lost: Vec<Fate> = fates.iter().copied().filter(|f| matches!(f, Fate::Lost(_))).collect();
    let open: Vec<Fate> = fates.iter().copied().filter(|f| matches!(f, Fate::Open(_))).collect();
    let region = if pipe == Pipe::China { Region::China } else { Region::Europe };
    let today = world.calendar.today;
    let told = |is_won: bool| -> Vec<Date> {
        let all = world.deals.iter().filter(|(_, d)| d.pipe == pipe && d.is_won() == is_won && !d.is_kit());
        all.filter_map(|(_, d)| d.closed_on).collect()
    };
    let (told_won, told_lost) = (told(true), told(false));
    let won_days = world.calendar.closings(&mut world.dice, today.plus_days(-LATELY), won, region, &told_won);
    let mut lost_days = world.calendar.closings(&mut world.dice, today.plus_days(-1), lost.len(), region, &told_lost);
    world.dice.shuffle(&mut lost_days);
    let mut all = Vec::new();
    for (day, value) in won_days.iter().zip(values(world, pipe, &won_days)) {
        all.push(Deal { pipe, fate: Fate::Won, closed_on: Some(*day), target: value, ..Deal::default() });
    }
    let mut rest = some_values(world, pipe, lost.len() + open.len()).into_iter();
    for (fate, day) in lost.into_iter().zip(lost_days) {
        all.push(Deal { pipe, fate, closed_on: Some(day), target: rest.next().unwrap_or(1_000), ..Deal::default() });
    }
    for fate in open {
        all.push(Deal { pipe, fate, target: rest.next().unwrap_or(1_000), ..Deal::default() });
    }
    sources(world, pipe, &mut all);
    for deal in &mut all {
        let days = course::length(&mut world.dice, pipe, deal.fate);
        let end = deal.closed_on.unwrap_or(today);
        deal.begun = crate::calendar::last_working(end.plus_days(-days)).into();
    }
    world.dice.shuffle(&mut all);
    all
}

/// Median and spread of what deals of a pipeline are worth, and the bounds.
fn worth(pipe: Pipe) -> (f64, f64, i64, i64) {
    match pipe {
        Pipe::Equipment => (9_000.0, 0.78, 450, 90_000),
        Pipe::Renewals => (2_100.0, 0.55, 300, 14_000),
        Pipe::China => (330_000.0, 0.55, 60_000, 1_400_000),
    }
}

fn even_values(pipe: Pipe, count: usize) -> Vec<i64> {
    let (median, sigma, least, most) = worth(pipe);
    quantiles(count, median, sigma).into_iter().map(|v| whole(v).clamp(least, most)).collect()
}

fn some_values(world: &mut World, pipe: Pipe, count: usize) -> Vec<i64> {
    let mut all = even_values(pipe, count);
    world.dice.shuffle(&mut all);
    all
}

/// Values of won deals by day: the greater ones rather at the end of a quarter.
fn values(world: &mut World, pipe: Pipe, days: &[Date]) -> Vec<i64> {
    let mut ranked: Vec<(f64, usize)> = days
        .iter()
        .enumerate()
        .map(|(at, day)| (world.dice.unit() + if is_quarter_end(day.civil()) && pipe == Pipe::Equipment { 0.75 } else { 0.0 }, at))
        .collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut placed: Vec<(usize, i64)> = ranked.into_iter().map(|(_, at)| at).zip(even_values(pipe, days.len())).collect();
    placed.sort_unstable();
    placed.into_iter().map(|(_, value)| value).collect()
}

fn sources(world: &mut World, pipe: Pipe, all: &mut [Deal]) {
    let mut of_won = quota::sources(world, true);
    let mut of_lost = quota::sources(world, false);
    world.dice.shuffle(&mut of_won);
    world.dice.shuffle(&mut of_lost);
    let weights: Vec<(&'static str, u32)> = quota::SOURCES.iter().map(|(s, n, _)| (*s, u32::try_from(*n).unwrap_or(1))).collect();
    for deal in all {
        deal.source = match (pipe, deal.fate) {
            (Pipe::Renewals, _) => "existing_customer",
            (Pipe::China, _) => world
                .dice
                .weighted(&[("partner", 50), ("trade_fair", 22), ("existing_customer", 16), ("cold_call", 12)])
                .unwrap_or("partner"),
            (_, Fate::Won) => of_won.pop().unwrap_or("existing_customer"),
            (_, Fate::Lost(_)) => of_lost.pop().unwrap_or("web_form"),
            _ => world.dice.weighted(&weights).unwrap_or("web_form"),
        };
    }
}

/// The currencies of the deals of a pipeline, in a mixed order.
fn currencies(world: &mut World, pipe: Pipe, count: usize) -> Vec<&'static str> {
    let share: &[(&'static str, usize)] = match pipe {
        Pipe::Equipment => &[("GBP", 66), ("USD", 12)],
        Pipe::Renewals => &[("CNY", 40), ("GBP", 34), ("USD", 8)],
        Pipe::China => &[("CNY", 120)],
    };
    let mut all: Vec<&'static str> = Vec::with_capacity(count);
    for (currency, wanted) in share {
        let present = quota::count(world, |d| d.pipe == pipe && d.currency == *currency);
        all.extend(vec![*currency; world.size.of(*wanted).saturating_sub(present)]);
    }
    all.truncate(count);
    all.resize(count, if pipe == Pipe::China { "CNY" } else { "EUR" });
    world.dice.shuffle(&mut all);
    all
}

/// Somebody for whom the deal is likely: of the currency, known by then, a customer where the source says so.
fn company(world: &mut World, crowd: &Crowd, deal: &Deal) -> Option<No<Company>> {
    let strict = candidates(world, crowd, deal, true);
    let all = if strict.is_empty() { candidates(world, crowd, deal, false) } else { strict };
    world.dice.weighted(&all)
}

fn candidates(world: &World, crowd: &Crowd, deal: &Deal, is_strict: bool) -> Vec<(No<Company>, u32)> {
    let begun = *deal.begun;
    let end = deal.closed_on.unwrap_or(world.calendar.today);
    let is_late = end > world.calendar.ago(90);
    let fits = |c: &Company| {
        let is_left = c.owner == Some(Staff::Stefano) && end > world.calendar.ago(crate::stories::LEFT_DAYS + 1);
        let pays = !is_left && c.currency() == deal.currency && (deal.pipe != Pipe::China || c.is_chinese());
        let wants = c.weight > 0 && c.is_buyer() && c.exists(begun) && !(c.is_quiet && is_late) && c.churned.is_none_or(|day| end < day);
        let buys = !deal.is_won() && deal.pipe != Pipe::Renewals || c.is("customer") || c.is("former_customer") || c.is("partner");
        let since = deal.source != "existing_customer" || c.was_customer(begun) || c.is("partner");
        let first = !deal.is_won() || c.is("partner") || c.since.is_some_and(|since| since <= end);
        pays && wants && buys && (!is_strict || since && first)
    };
    let weigh = |(no, c): (No<Company>, &Company)| {
        let share = f64::from(c.weight) * if c.is("prospect") { 1.6 } else { 1.0 };
        let crowded = if deal.is_open() { 8.0 } else { 0.35 } * float(crowd.load(no, deal));
        let again = if deal.pipe == Pipe::Renewals && crowd.is_renewed(no, end) { 30.0 } else { 1.0 };
        (no, u32::try_from(whole(share * 1_000.0 / (1.0 + crowded) / again)).unwrap_or(1).max(1))
    };
    world.companies.iter().filter(|(_, c)| fits(c)).map(weigh).collect()
}

/// What follows from company and source.
pub fn settle(world: &mut World, deal: &mut Deal) {
    deal.owner = deal.company.and_then(|no| world.companies[no].owner).unwrap_or(Staff::Giulia);
    deal.kind = match (deal.pipe, deal.source) {
        (Pipe::Renewals, _) => "renewal",
        (_, "existing_customer") => world.dice.word(&["existing_business", "existing_business", "upsell", "cross_sell"]),
        _ => "new_business",
    };
    let is_foreign = deal.currency != "EUR" && deal.pipe != Pipe::China;
    if is_foreign {
        let rate = crate::setup::rates::rate(deal.currency, *deal.begun);
        deal.target = whole(float(usize::try_from(deal.target).unwrap_or(0)) / rate);
    }
}

/// Why the rest was lost, and to whom.
fn reasons(world: &mut World) {
    let mut reasons = quota::reasons(world);
    world.dice.shuffle(&mut reasons);
    let rivals: Vec<No<Company>> = world.companies.find(|c| c.is("competitor") && c.name != "FrostLine GmbH");
    let lost: Vec<No<Deal>> = world.deals.find(|d| matches!(d.fate, Fate::Lost(_)) && d.lost_reason.is_empty());
    for no in lost {
        let reason = reasons.pop().unwrap_or("no_decision");
        let is_chinese = world.deals[no].pipe == Pipe::China;
        let near: Vec<No<Company>> = rivals.iter().copied().filter(|r| world.companies[*r].is_chinese() == is_chinese).collect();
        let told = reason == "competitor" || matches!(reason, "price" | "delivery_time") && world.dice.percent(22);
        let to = if told { world.dice.pick(if near.is_empty() { &rivals } else { &near }) } else { None };
        let deal = &mut world.deals[no];
        (deal.lost_reason, deal.lost_to) = (reason, to);
    }
}

/// Who bought first within our records, became a customer by that deal.
fn first_wins(world: &mut World) {
    let young: Vec<No<Company>> = world.companies.find(|c| c.since.is_some_and(|since| since > *c.created));
    for no in young {
        let first = world.deals.iter().filter(|(_, d)| d.company == Some(no) && d.is_won()).filter_map(|(_, d)| d.closed_on).min();
        if first.is_some() {
            world.companies[no].since = first;
        }
    }
}
