//! The stories that the sample company tells, one file each: companies and people, then deals, then what was done.
//!
//! A story writes plain data before chance fills up the rest, so that the numbers of the whole still hold.

mod alpenglow;
mod borgo;
mod duplicates;
mod fair;
mod frostline;
mod good_week;
mod granaio;
mod haichuan;
mod kestrel;
mod kits;
mod leaver;
mod mended;
mod names;
mod quiet;
mod referrals;
mod special_price;
mod valsesia;
mod weekend;
mod whale;

use crate::calendar::last_working;
use crate::companies::Company;
use crate::deals::{self, Deal, Fate};
use crate::people::{Contact, Draft, add};
use crate::setup::pipelines::Pipe;
use crate::shelf::No;
use crate::world::World;

pub use leaver::LEFT_DAYS;

/// Dates and owners of the companies that stories are about.
pub fn companies(world: &mut World) {
    mended::companies(world);
    alpenglow::companies(world);
    kits::companies(world);
    referrals::companies(world);
    whale::companies(world);
    granaio::companies(world);
}

/// The people whom stories name.
pub fn people(world: &mut World) {
    valsesia::people(world);
    kestrel::people(world);
    duplicates::people(world);
    referrals::people(world);
    names::people(world);
}

pub fn deals(world: &mut World) {
    valsesia::deals(world);
    quiet::deals(world);
    special_price::deals(world);
    alpenglow::deals(world);
    kestrel::deals(world);
    duplicates::deals(world);
    leaver::deals(world);
    fair::deals(world);
    kits::deals(world);
    referrals::deals(world);
    frostline::deals(world);
    haichuan::deals(world);
    whale::deals(world);
    borgo::deals(world);
    granaio::deals(world);
    good_week::deals(world);
}

pub fn activities(world: &mut World) {
    valsesia::activities(world);
    special_price::activities(world);
    kestrel::activities(world);
    leaver::activities(world);
    fair::activities(world);
    referrals::activities(world);
    haichuan::activities(world);
    whale::activities(world);
    weekend::leads(world);
    mended::edits(world);
}

/// A deal that was won so many days ago, for an exact sum.
struct Win<'a> {
    company: &'a str,
    days_ago: i64,
    sum: i64,
    code: &'a str,
    quantity: i64,
    source: &'static str,
}

fn won(world: &mut World, win: Win<'_>) -> Option<No<Deal>> {
    let company = world.company(win.company)?;
    let currency = world.companies[company].currency();
    let pipe = if currency == "CNY" { Pipe::China } else { Pipe::Equipment };
    let deal = Deal {
        pipe,
        fate: Fate::Won,
        company: Some(company),
        source: win.source,
        currency,
        target: win.sum,
        closed_on: Some(near_quarter_end(world.calendar.ago(win.days_ago))),
        lines: deals::exact(currency, win.code, win.quantity, win.sum),
        ..Deal::default()
    };
    Some(put(world, deal))
}

/// Great deals close when a quarter does, if that is near.
fn near_quarter_end(day: base::Date) -> base::Date {
    let is_late = |d: &base::Date| crate::calendar::is_quarter_end(d.civil()) && crate::calendar::is_working(*d);
    let mut near = (0..=26).flat_map(|n| [day.plus_days(-n), day.plus_days(n)]);
    near.find(is_late).unwrap_or_else(|| last_working(day))
}

/// Puts a deal of a story, with owner and kind as its company and source have them.
fn put(world: &mut World, mut deal: Deal) -> No<Deal> {
    deals::settle(world, &mut deal);
    if let (Some(company), Some(day)) = (deal.company, deal.closed_on) {
        since(world, company, &deal, day);
    }
    deal.is_cast = true;
    world.deals.put(deal)
}

/// A company is there before its first deal, and a customer from its first win.
fn since(world: &mut World, no: No<Company>, deal: &Deal, day: base::Date) {
    let length = if deal.pipe == Pipe::China { 260 } else { 110 };
    let early = crate::calendar::first_working(day.plus_days(-length)).max(world.calendar.start);
    let company = &mut world.companies[no];
    // Those of the file came with the fair, and all their deals after it.
    if *company.created > early && !company.is_misplaced {
        company.created = early.into();
        if company.since.is_some_and(|s| s > day) || company.since.is_none() && deal.is_won() {
            company.since = Some(day);
        }
    }
}

/// A person of a company of the stories.
fn person(world: &mut World, company: &str, name: &'static str, draft: Draft) -> Option<No<Contact>> {
    let company = world.company(company)?;
    let no = add(world, Some(company), &draft);
    world.contacts[no].created = world.companies[company].created;
    world.name_person(name, no);
    Some(no)
}

/// A draft of a person with title and rank.
fn someone(first: &'static str, last: &'static str, title: &'static str, seniority: &'static str) -> Draft {
    Draft { first, last, title, seniority }
}
