//! The sample company: Fratelli Dolce S.p.A. of Trento, makers of cold cabinets and gelato machines.
//!
//! A seeded program draws 36 months of a living company as plain data ([`world`]), relative to today, and writes it
//! through the record pipeline in the order of time. Start with [`load`]; `world` says what there is, `stories` what it
//! tells, `figures` what it all comes to, `write` how it gets into the database. Depends on objects by name alone, and on no module.

mod activities;
mod calendar;
mod companies;
mod deals;
mod dice;
mod figures;
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
use kernel::{Ctx, Engine, job, reader, setting};

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
/// So often a company is drawn at most: on one day of fourteen the first has a figure that chance spoilt.
const DRAWS: u64 = 12;

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
    let mut world = draw(size, Instant::now());
    let steps = write::steps(&mut world);
    let writer = write::Writer::new(engine, world, Id::new());
    writer.write(steps)?;
    writer.passwords(PASSWORD)?;
    reader::catch_up(engine)?;
    let ctx = Ctx::system(engine);
    // Temperatures were judged by the clock of the writing, the rest by that of the readers.
    job::run_today(&ctx, "deal_temperature")?;
    job::skip_today(&ctx)?;
    finish(engine)
}

/// The company as plain data, as it is at a moment: the first one drawn whose figures hold, or else the last.
fn draw(size: Size, now: Instant) -> World {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    let mut seed = SEED;
    loop {
        let mut world = World::new(size, Calendar::new(now, zone.clone()), seed);
        invent(&mut world);
        seed += 1;
        if seed == SEED + DRAWS || figures::faults(&world).is_empty() {
            return world;
        }
    }
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
mod tests;
