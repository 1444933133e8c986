//! The sample company: Fratelli Dolce S.p.A. of Trento, makers of cold cabinets and gelato machines.
//!
//! A seeded program draws 36 months of a living company as plain data ([`world`]), relative to today, and writes it
//! through the record pipeline in the order of time. Start with [`load`]; `world` says what there is, `stories` what it
//! tells, `write` how it gets into the database. Depends on objects by name alone, and on no module.

mod activities;
mod calendar;
mod companies;
mod deals;
mod dice;
mod leads;
mod people;
mod remove;
mod setup;
mod shelf;
mod staff;
mod step;
mod stories;
mod tables;
mod text;
mod vat;
mod world;
mod write;

use std::sync::Arc;

use base::{Currency, Id, Instant, Result};
use jiff::tz::TimeZone;
use kernel::setting::Settings;
use kernel::{Engine, reader, setting};

use calendar::Calendar;
use world::{Size, World};

pub use remove::{Removed, remove};

/// The kind of origin that all events of the sample company carry, with one id.
pub const ORIGIN: &str = "sample";
/// Signs in as administrator.
pub const ADMINISTRATOR: &str = "nadia.ricci@fratellidolce.example";
/// Of everybody.
pub const PASSWORD: &str = "gelato-in-trento";
/// Whom the page for signing in offers by one click: e-mail, name, role.
pub const SIGN_INS: &[(&str, &str, &str)] = &[
    (ADMINISTRATOR, "Nadia Ricci", "Administrator"),
    ("giulia.ferri@fratellidolce.example", "Giulia Ferri", "Manager"),
    ("marco.bianchi@fratellidolce.example", "Marco Bianchi", "Representative"),
    ("chen.yu@fratellidolce.example", "Chen Yu 陈宇", "Manager"),
    ("ingrid.hofer@fratellidolce.example", "Ingrid Hofer", "Read only"),
];

const ZONE: &str = "Europe/Rome";
const SEED: u64 = 2019;

/// Loads the whole company into an empty workspace.
pub fn load(engine: &Arc<Engine>) -> Result<()> {
    load_sized(engine, Size::Full)
}

/// Loads a tenth of it, with the same people, pipelines and shares, for tests that only need something to look at.
pub fn load_small(engine: &Arc<Engine>) -> Result<()> {
    load_sized(engine, Size::Small)
}

fn load_sized(engine: &Arc<Engine>, size: Size) -> Result<()> {
    begin(engine)?;
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    let mut world = World::new(size, Calendar::new(Instant::now(), zone), SEED);
    invent(&mut world);
    let steps = write::steps(&mut world);
    let writer = write::Writer::new(engine, world, Id::new());
    writer.write(steps)?;
    writer.passwords(PASSWORD)?;
    reader::catch_up(engine)?;
    finish(engine)
}

/// Everything as plain data; each step builds on those before.
fn invent(world: &mut World) {
    companies::put_cast(world);
    companies::fill(world);
    stories::companies(world);
    stories::people(world);
    people::fill(world);
    stories::deals(world);
    deals::fill(world);
    people::settle(world);
    leads::fill(world);
    people::tie(world);
    deals::complete(world);
    stories::activities(world);
    activities::fill(world);
}

/// The settings that the records are read with.
fn begin(engine: &Arc<Engine>) -> Result<()> {
    let settings = Settings {
        name: "Fratelli Dolce S.p.A.".to_string(),
        currency: Currency::parse("EUR")?,
        language: "en".to_string(),
        time_zone: ZONE.to_string(),
        country: "IT".to_string(),
        ..(*engine.settings()).clone()
    };
    save(engine, settings)
}

/// Only a company that was loaded to its end is offered.
fn finish(engine: &Arc<Engine>) -> Result<()> {
    save(engine, Settings { is_set_up: true, has_sample: true, ..(*engine.settings()).clone() })
}

fn save(engine: &Arc<Engine>, settings: Settings) -> Result<()> {
    let saved = settings.clone();
    engine.store().write(move |tx| setting::save(tx, &saved))?;
    engine.set_settings(settings);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world(size: Size) -> World {
        let mut world = World::new(size, Calendar::new(Instant::now(), TimeZone::get(ZONE).unwrap()), SEED);
        invent(&mut world);
        world
    }

    #[test]
    fn print() {
        let t = std::time::Instant::now();
        let mut w = world(Size::Full);
        println!("invented in {:?}", t.elapsed());
        println!("companies {} contacts {} leads {} deals {} activities {} positions {} relations {}", w.companies.len(), w.contacts.len(), w.leads.len(), w.deals.len(), w.activities.len(), w.positions.len(), w.relations.len());
        for pipe in [setup::pipelines::Pipe::Equipment, setup::pipelines::Pipe::Renewals, setup::pipelines::Pipe::China] {
            let n = |f: &dyn Fn(&deals::Deal) -> bool| w.deals.iter().filter(|(_, d)| d.pipe == pipe && f(d)).count();
            println!("{pipe:?}: open {:?} won {} lost {:?}", (0..pipe.opens()).map(|s| n(&|d| d.fate == deals::Fate::Open(s))).collect::<Vec<_>>(), n(&|d| d.is_won()), (0..pipe.opens()).map(|s| n(&|d| d.fate == deals::Fate::Lost(s))).collect::<Vec<_>>());
            let mut v: Vec<i64> = w.deals.iter().filter(|(_, d)| d.pipe == pipe && d.kind != "existing_business" || d.pipe == pipe && pipe != setup::pipelines::Pipe::Renewals).map(|(_, d)| deals::amount(d) / 100).collect();
            v.sort();
            println!("  median {} mean {} max {} min {}", v[v.len() / 2], v.iter().sum::<i64>() / v.len() as i64, v[v.len() - 1], v[0]);
            let mut c: Vec<i64> = w.deals.iter().filter(|(_, d)| d.pipe == pipe && d.is_won() && !d.is_kit()).map(|(_, d)| (d.closed.unwrap().micros() - d.created.micros()) / 86_400_000_000).collect();
            c.sort();
            println!("  won cycle median {}", c[c.len() / 2]);
        }
        let mut kinds: std::collections::BTreeMap<String, usize> = Default::default();
        for (_, a) in w.activities.iter() {
            *kinds.entry(format!("{} {}", if a.is_open() { "planned" } else { "done" }, a.kind)).or_default() += 1;
            *kinds.entry(format!("phase {}", a.phase)).or_default() += 1;
        }
        println!("{kinds:#?}");
        for (i, (_, a)) in w.activities.iter().enumerate() {
            if i % 400 == 7 {
                println!("{} {} [{}] {} | {} | {}", a.at, a.owner.card().name, a.kind, a.subject, a.body, a.outcome);
            }
        }
        for (i, (_, d)) in w.deals.iter().enumerate() {
            if i % 60 == 7 {
                println!("{:?} {:?} {} {} {} {:?} {}", d.pipe, d.fate, d.name, deals::amount(d) / 100, d.currency, d.company.map(|c| w.companies[c].name.clone()), d.source);
            }
        }
        for (i, (_, c)) in w.companies.iter().enumerate() {
            if i % 9 == 2 {
                println!("{} | {} | {} {} | {:?} {:?} | {} | {:?} {}", c.name, c.legal_name, c.place.city, c.place.country, c.relationships, c.owner, c.domain, c.vat, c.phone);
            }
        }
        let steps = write::steps(&mut w);
        println!("steps {}", steps.len());
        let wrong = write::tests::rehearse(&w, &steps);
        println!("wrong {}", wrong.len());
        for one in wrong.iter().take(40) {
            println!("{one}");
        }
        for step in &steps {
            assert!(step.at <= w.calendar.now, "{step:?}");
        }
        for object in ["team", "user", "company", "contact", "deal", "deal_line", "deal_contact", "deal_company", "lead", "activity", "position", "relation"] {
            println!("{object} created {} updated {}", steps.iter().filter(|s| matches!(s.what, step::What::Create(k) if k.object == object)).count(), steps.iter().filter(|s| matches!(&s.what, step::What::Update(k, _) if k.object == object)).count());
        }
    }
}
