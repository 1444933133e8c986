//! What the figures of the whole company come to, against what its description promises.
//!
//! Chance fills up between the stories, and on some days it spoils a figure: it decides a median of few, or puts one
//! talk too late. Such a company is drawn again ([`crate::draw`]); what no chance mends belongs into the rooms that draw.
//! The tests beside this crate ask the database for the same, by its own ways.

use std::collections::{HashMap, HashSet};

use base::{Date, Instant};
use jiff::civil::Weekday;

use crate::activities::{Activity, CALLS_SINCE};
use crate::calendar::{MONTHS, back, is_quarter_end, weekday};
use crate::companies::Company;
use crate::deals::{self, Deal, Fate};
use crate::dice::float;
use crate::people::Contact;
use crate::setup::pipelines::Pipe;
use crate::shelf::No;
use crate::staff::Staff;
use crate::world::World;

const DAY: i64 = 86_400_000_000;
/// Somebody looks at the company some time after it was drawn.
const LATER: i64 = DAY / 12;
/// Wins of a month against the average one, in Europe.
const SEASON: &[(i8, f64)] = &[(1, 0.7), (3, 1.5), (4, 1.5), (8, 0.4), (10, 1.3), (12, 0.7)];

/// What is not as it should be, in words; of a tenth, which promises no figures, only what nobody may do.
pub fn faults(world: &World) -> Vec<String> {
    let mut found = Found { world, faults: Vec::new() };
    found.sundays();
    if world.size.is_full() {
        found.seasons();
        found.quarters();
        found.month_so_far();
        found.week();
        found.china();
        found.values();
        found.lengths();
        found.winning();
        found.weekdays();
        found.calls();
        found.silence();
        found.temperatures();
        found.valsesia();
        found.frostline();
    }
    found.faults
}

struct Found<'a> {
    world: &'a World,
    faults: Vec<String>,
}

impl Found<'_> {
    fn near(&mut self, what: &str, found: f64, wanted: f64, tolerance: f64) {
        if (found - wanted).abs() > tolerance {
            self.faults.push(format!("{what}: {found:.3}, wanted {wanted} ± {tolerance}"));
        }
    }
    fn same(&mut self, what: &str, found: usize, wanted: usize) {
        if found != wanted {
            self.faults.push(format!("{what}: {found}, wanted {wanted}"));
        }
    }
    fn holds(&mut self, what: &str, holds: bool) {
        if !holds {
            self.faults.push(what.to_string());
        }
    }
    fn deals(&self, holds: impl Fn(&Deal) -> bool) -> Vec<&Deal> {
        self.world.deals.iter().map(|(_, d)| d).filter(|d| holds(d)).collect()
    }
    fn day(&self, at: Instant) -> Date {
        at.date_in(&self.world.calendar.zone)
    }
    fn closed(&self, deal: &Deal) -> Option<Date> {
        deal.closed.map(|at| self.day(at))
    }
    /// Whole euros.
    fn worth(&self, deals: &[&Deal]) -> Vec<i64> {
        deals.iter().map(|d| deals::base_amount(self.world, d) / 100).collect()
    }

    fn sundays(&mut self) {
        let is_sunday = |at: Option<Instant>, owner: Option<Staff>| {
            at.zip(owner).is_some_and(|(at, owner)| weekday(owner.day_of(at)) == Weekday::Sunday)
        };
        let on_sunday = self.world.leads.find(|l| is_sunday(l.worked, l.owner) || is_sunday(l.settled, l.owner)).len();
        self.same("leads worked on a Sunday", on_sunday, 0);
    }

    fn seasons(&mut self) {
        let won = self.deals(|d| d.is_won() && d.pipe != Pipe::China && !d.is_kit());
        let days: Vec<Date> = won.iter().filter_map(|d| self.closed(d)).collect();
        let today = self.world.calendar.today.days();
        let year = |back: i32| float(days.iter().filter(|d| (today - d.days()) / 365 == back).count());
        let growth = (year(0) / year(2)).sqrt() - 1.0;
        self.near("growth a year", growth, 0.14, 0.04);
        let mean = float(days.len()) / 12.0;
        for (month, share) in SEASON {
            let count = days.iter().filter(|d| d.civil().month() == *month).count();
            self.near(&format!("season of month {month}"), float(count) / mean, *share, 0.2);
        }
    }

    fn quarters(&mut self) {
        let won = self.deals(|d| d.is_won() && d.pipe != Pipe::China);
        let (mut last, mut all) = (0, 0);
        for (deal, worth) in won.iter().zip(self.worth(&won)) {
            let Some(day) = self.closed(deal).filter(|day| is_of_whole_quarter(self.world.calendar.today, *day)) else { continue };
            all += worth;
            last += if is_quarter_end(day.civil()) { worth } else { 0 };
        }
        self.near("share of the last ten days of a quarter", ratio(last, all), 0.40, 0.06);
    }

    fn month_so_far(&mut self) {
        let today = self.world.calendar.today;
        if today.civil().day() <= 8 {
            return;
        }
        let first = Date::from_civil(today.civil().first_of_month());
        let sum = |from: Date, to: Date| -> i64 {
            let won = self.deals(|d| d.is_won() && self.closed(d).is_some_and(|day| from <= day && day <= to));
            won.iter().map(|d| deals::base_amount(self.world, d)).sum()
        };
        let (this, last) = (sum(first, today), sum(back(first, 1), back(today, 1)));
        self.near("month so far against the same days of the last", ratio(this, last), 1.12, 0.019);
    }

    fn week(&mut self) {
        let now = self.world.calendar.now;
        let since = |days: i64, later: i64, holds: &dyn Fn(&Deal) -> bool| {
            let from = now.plus_micros(later - days * DAY);
            self.deals(|d| d.is_won() && holds(d) && d.closed.is_some_and(|at| at > from)).len()
        };
        let all = [0, LATER].map(|later| since(7, later, &|_| true));
        let one = [0, LATER].map(|later| since(4, later, &|d| d.owner == Staff::Ting));
        for (all, one) in all.into_iter().zip(one) {
            self.same("wins of a week", all, 4);
            self.same("wins of Li Ting within four days", one, 1);
        }
    }

    fn china(&mut self) {
        let closed = self.deals(|d| d.pipe == Pipe::China && !d.is_open());
        let days: Vec<Date> = closed.iter().filter_map(|d| self.closed(d)).collect();
        let count = |holds: &dyn Fn(i8, i8) -> bool| days.iter().filter(|d| holds(d.civil().month(), d.civil().day())).count();
        let (october, february, peaks) =
            (count(&|month, day| month == 10 && day <= 7), count(&|month, _| month == 2), count(&|month, _| matches!(month, 4 | 11)));
        let all = days.len();
        self.holds("China rests in the first week of October", october <= 3);
        self.holds("China has its peaks and its Spring Festival", peaks * 6 > all && february * 6 < all);
        let open = self.deals(|d| d.pipe == Pipe::China && d.is_open());
        let chance = |d: &Deal| d.pipe.pipeline().stages.get(d.reached()).map_or(0, |s| s.probability);
        let weighted = |d: &Deal| deals::base_amount(self.world, d) * chance(d);
        let whale: i64 = open.iter().filter(|d| d.target == 3_200_000).map(|d| weighted(d)).sum();
        let sum: i64 = open.iter().map(|d| weighted(d)).sum();
        self.near("the whale's share of China", ratio(whale, sum), 0.465, 0.08);
    }

    fn values(&mut self) {
        let equipment = self.worth(&self.deals(|d| d.pipe == Pipe::Equipment && !d.is_open()));
        let mean = ratio(equipment.iter().sum(), i64::try_from(equipment.len()).unwrap_or(1));
        let greatest = equipment.iter().max().copied().unwrap_or(0);
        self.near("mean value of Equipment", mean, 12_400.0, 800.0);
        self.near("median value of Equipment", median(equipment), 9_000.0, 450.0);
        self.holds(&format!("tail to 90k: {greatest}"), (80_000..=92_000).contains(&greatest));
        let renewals = self.worth(&self.deals(|d| d.pipe == Pipe::Renewals && d.is_won() && d.kind == "renewal"));
        self.near("median value of Renewals", median(renewals), 2_100.0, 200.0);
        let china = self.deals(|d| d.pipe == Pipe::China && !d.is_open()).into_iter().map(|d| deals::amount(d) / 100).collect();
        self.near("median value of China", median(china), 300_000.0, 45_000.0);
        let lines: usize = self.world.deals.iter().map(|(_, d)| d.lines.len()).sum();
        self.near("lines of a deal", float(lines) / 2_000.0, 1.9, 0.06);
    }

    fn lengths(&mut self) {
        for (pipe, days, tolerance) in [(Pipe::Equipment, 41.0, 5.0), (Pipe::Renewals, 38.0, 4.0), (Pipe::China, 150.0, 20.0)] {
            let won = self.deals(|d| d.pipe == pipe && d.is_won() && (pipe != Pipe::Renewals || d.kind == "renewal"));
            let length = |d: &&Deal| d.closed.map(|at| (at.micros() - d.created.micros()) * 24 / DAY);
            self.near(&format!("{pipe:?}: days until it is won"), median(won.iter().filter_map(length).collect()) / 24.0, days, tolerance);
        }
    }

    /// Several people, a quick answer, a next step.
    fn winning(&mut self) {
        let people = |won: bool| {
            let known = self.deals(|d| d.pipe == Pipe::Equipment && !d.is_open() && d.is_won() == won && d.contact.is_some());
            float(known.iter().map(|d| d.people.len().max(1)).sum()) / float(known.len().max(1))
        };
        let (won, lost) = (people(true), people(false));
        self.holds(&format!("several contacts: {won:.2} against {lost:.2}"), won > 1.9 && lost * 1.5 < won);
        let answer = |won: bool| {
            let of = |l: &crate::leads::Lead| l.deal.is_some_and(|d| !self.world.deals[d].is_open() && self.world.deals[d].is_won() == won);
            let all = self.world.leads.iter().filter(|(_, l)| of(l) && l.source != "trade_fair");
            median(all.filter_map(|(_, l)| l.worked.map(|at| (at.micros() - l.created.micros()) / 60_000_000)).collect())
        };
        let (fast, slow) = (answer(true), answer(false));
        self.holds(&format!("first answer within the hour: {fast} against {slow} minutes"), fast <= 60.0 && slow > fast);
        let planned = |won: bool| {
            let of = |a: &Activity| {
                let deal = a.deal.map(|d| &self.world.deals[d]);
                !a.is_open() && deal.is_some_and(|d| d.pipe == Pipe::Equipment && !d.is_open() && d.is_won() == won)
            };
            let all: Vec<&Activity> = self.world.activities.iter().map(|(_, a)| a).filter(|a| of(a)).collect();
            float(all.iter().filter(|a| a.planned.is_some()).count()) / float(all.len().max(1))
        };
        let (won, lost) = (planned(true), planned(false));
        self.holds(&format!("a next step is planned: {won:.3} against {lost:.3}"), won > lost * 2.0);
    }

    fn weekdays(&mut self) {
        let closed = self.deals(|d| !d.is_open() && d.kind != "renewal");
        let rate = |wanted: Weekday| {
            let of_day: Vec<&&Deal> = closed.iter().filter(|d| self.closed(d).is_some_and(|day| weekday(day) == wanted)).collect();
            float(of_day.iter().filter(|d| d.is_won()).count()) / float(of_day.len().max(1))
        };
        let rates = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday].map(rate);
        let spread = rates.iter().copied().fold(0.0, f64::max) - rates.iter().copied().fold(1.0, f64::min);
        self.holds(&format!("the weekday says nothing: {rates:.2?}"), spread < 0.139);
    }

    /// What the calls after proposals changed.
    fn calls(&mut self) {
        let sent = |d: &Deal| d.moves.iter().find(|(stage, _)| *stage == 2).map(|(_, at)| *at).filter(|_| d.pipe == Pipe::Equipment);
        let limit = self.world.calendar.now.plus_micros(-CALLS_SINCE * DAY);
        for later in [0, LATER] {
            let share = |of: &dyn Fn(Instant) -> bool| {
                let all = self.deals(|d| !d.is_open() && sent(d).is_some_and(of));
                float(all.iter().filter(|d| d.is_won() || d.reached() > 2).count()) / float(all.len().max(1))
            };
            let limit = limit.plus_micros(later);
            let (before, since) = (share(&|at| at <= limit), share(&|at| at > limit));
            self.near("Proposal to Negotiation, before", before, 0.60, 0.03);
            self.near("Proposal to Negotiation, since", since, 0.70, 0.07);
        }
        let mut called: HashMap<No<Deal>, Vec<Instant>> = HashMap::new();
        for (_, call) in self.world.activities.iter().filter(|(_, a)| a.kind == "call" && a.is_touch()) {
            if let Some(deal) = call.deal {
                called.entry(deal).or_default().push(call.at);
            }
        }
        let now = self.world.calendar.now.plus_micros(LATER);
        let is_missing = |no: No<Deal>, deal: &Deal| {
            let at = sent(deal).filter(|at| deal.is_open() && *at > limit && *at < now.plus_micros(-2 * DAY));
            let soon = |at: Instant, call: &Instant| (0..=2 * DAY).contains(&(call.micros() - at.micros()));
            at.is_some_and(|at| !called.get(&no).is_some_and(|calls| calls.iter().any(|call| soon(at, call))))
        };
        let missing = self.world.deals.iter().filter(|(no, d)| is_missing(*no, d)).count();
        self.holds(&format!("{missing} open proposals without a call in two days"), missing <= 3);
    }

    /// Nine customers of late, and thirty-one people for a year and a half.
    fn silence(&mut self) {
        let world = self.world;
        let now = world.calendar.now;
        let first = world.calendar.monday(world.calendar.today).plus_days(-77).start_in(&world.calendar.zone);
        let mut last_of: HashMap<No<Company>, (usize, Instant)> = HashMap::new();
        let mut met: HashMap<No<Contact>, Instant> = HashMap::new();
        for (_, activity) in world.activities.iter().filter(|(_, a)| a.is_touch()) {
            if let Some(company) = activity.party(world) {
                let of = last_of.entry(company).or_insert((0, activity.at));
                *of = (of.0 + usize::from(activity.at >= first), of.1.max(activity.at));
            }
            let of_deal = activity.deal.and_then(|d| world.deals[d].contact);
            let of_lead = activity.lead.and_then(|l| world.leads[l].contact);
            for contact in activity.contact.into_iter().chain(activity.also.iter().copied()).chain(of_deal).chain(of_lead) {
                let last = met.entry(contact).or_insert(activity.at);
                *last = (*last).max(activity.at);
            }
        }
        for later in [0, LATER] {
            let limit = now.plus_micros(later - 42 * DAY);
            let is_quiet = |(no, (touches, last)): &(&No<Company>, &(usize, Instant))| {
                *touches >= 4 && *last < limit && world.companies[**no].is("customer")
            };
            self.same("customers gone quiet", last_of.iter().filter(is_quiet).count(), 9);
            let limit = now.plus_micros(later - 548 * DAY);
            let is_old = |(no, _): &(No<Contact>, &Contact)| met.get(no).is_none_or(|last| *last < limit);
            self.same("people not met for a year and a half", world.contacts.iter().filter(is_old).count(), 31);
        }
    }

    fn temperatures(&mut self) {
        let world = self.world;
        let mut touched: HashMap<No<Deal>, Instant> = HashMap::new();
        let mut planned: HashSet<No<Deal>> = HashSet::new();
        for (_, activity) in world.activities.iter() {
            let deal = activity.deal.or_else(|| activity.lead.and_then(|l| world.leads[l].deal));
            let Some(deal) = deal else { continue };
            if activity.is_open() {
                planned.insert(deal);
            } else if activity.is_touch() {
                let last = touched.entry(deal).or_insert(activity.at);
                *last = (*last).max(activity.at);
            }
        }
        let ago = |at: Instant| i64::from(world.calendar.today.days() - self.day(at).days());
        let judge = |no: No<Deal>, d: &Deal| {
            let usual = d.pipe.usual_days(d.reached());
            let stays = ago(d.moves.last().map_or(d.created, |(_, at)| *at));
            let silent = ago(touched.get(&no).copied().unwrap_or(d.created));
            let is_over = |days: i64| days * 2 > usual * 3;
            match is_over(stays) || !planned.contains(&no) && is_over(silent) {
                true => 2,
                false => i32::from(stays > usual),
            }
        };
        let open: Vec<(&Deal, i32)> = world.deals.iter().filter(|(_, d)| d.is_open()).map(|(no, d)| (d, judge(no, d))).collect();
        let count = |holds: &dyn Fn(&Deal, i32) -> bool| open.iter().filter(|(d, t)| holds(d, *t)).count();
        let is_at = |d: &Deal, stage| d.pipe == Pipe::Equipment && d.fate == Fate::Open(stage);
        let proposals = count(&|d, t| is_at(d, 2) && t > 0);
        let great = count(&|d, t| is_at(d, 3) && t == 2 && deals::base_amount(world, d) > 4_500_000);
        let left = count(&|d, t| d.owner == Staff::Stefano && t == 2);
        self.same("proposals that have stood too long", proposals, 12);
        self.same("great values in Negotiation", great, 4);
        self.same("rotten deals of who left", left, 6);
    }

    fn valsesia(&mut self) {
        let world = self.world;
        let Some(company) = world.company("Valsesia Logistics") else { return };
        let mails = |direction: &'static str| {
            let of = move |a: &&Activity| a.kind == "email" && a.direction == direction && !a.is_open();
            world.activities.iter().map(|(_, a)| a).filter(of).filter(|a| a.party(world) == Some(company))
        };
        let asked = mails("incoming").filter(|a| a.subject == "Re: Winter contract, two questions").map(|a| a.at).max();
        self.holds("Valsesia asked and nobody answered", asked.is_some_and(|asked| mails("outgoing").all(|a| a.at <= asked)));
    }

    fn frostline(&mut self) {
        let world = self.world;
        let lost = self.deals(|d| d.lost_to.is_some_and(|no| world.companies[no].name == "FrostLine GmbH"));
        let from = world.deals.iter().filter_map(|(_, d)| d.closed).max().unwrap_or(world.calendar.now).plus_micros(-213 * DAY);
        let is_late = |d: &&&Deal| d.closed.is_some_and(|at| at > from) && d.company.is_some_and(|c| world.companies[c].is_bavarian());
        let (all, late) = (lost.len(), lost.iter().filter(is_late).count());
        self.same("deals lost to FrostLine", all, 41);
        self.same("of them in Bavaria within seven months", late, 23);
    }
}

/// Quarters of which the figures know the whole.
pub fn is_of_whole_quarter(today: Date, day: Date) -> bool {
    let begin = |day: Date| {
        let first = day.civil().first_of_month();
        back(Date::from_civil(first), i64::from((first.month() - 1) % 3))
    };
    begin(day) >= back(today, MONTHS) && begin(day) < begin(today)
}

fn ratio(one: i64, other: i64) -> f64 {
    let float = |n: i64| f64::from(i32::try_from(n / 100).unwrap_or(i32::MAX)) + f64::from(i32::try_from(n % 100).unwrap_or(0)) / 100.0;
    float(one) / float(other).max(0.01)
}

fn median(mut all: Vec<i64>) -> f64 {
    all.sort_unstable();
    f64::from(i32::try_from(all.get(all.len() / 2).copied().unwrap_or(0)).unwrap_or(i32::MAX))
}
