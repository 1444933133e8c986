//! Takes the sample company away again, and nothing else.
//!
//! What it wrote is known by the origin of its events. People, teams, pipelines and products that somebody's own records
//! rest on stay with them (`survey`), as do whoever presses the button and the default pipeline, without which nobody
//! could go on; links of own records to what goes are cleared (`loosen`). The log keeps that there was something, without its values.

mod loosen;
mod survey;

use std::sync::Arc;

use base::{Id, Result};
use kernel::setting::Settings;
use kernel::{Ctx, record, setting};

/// Records that one transaction removes.
const SLICE: usize = 200;

/// What became of it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Removed {
    /// Records that are gone.
    pub records: usize,
    /// People, pipelines, products … of the sample that own records rest on, and that stay.
    pub kept: usize,
    /// Own records that could not be without a sample record, such as a line of its deal: they are in the bin.
    pub binned: usize,
}

/// Removes the sample data of a workspace. Only an administrator may; opens its own transactions.
pub fn remove(ctx: &Ctx) -> Result<Removed> {
    ctx.require_administrator()?;
    let store = ctx.engine.store();
    let Some(mark) = store.read(survey::mark)? else { return Ok(Removed::default()) };
    let found = {
        let ctx = ctx.clone();
        store.read(move |tx| survey::of(&ctx, tx, mark))?
    };
    let going: Arc<Vec<(String, Id)>> = Arc::new(found.going);
    let binned = loosen::all(ctx, &going, mark)?;
    loosen::kept(ctx, &going, &found.kept)?;
    for from in (0..going.len()).step_by(SLICE) {
        let (ctx, going) = (ctx.as_system(), Arc::clone(&going));
        store.write(move |tx| going.iter().skip(from).take(SLICE).try_for_each(|(object, id)| record::purge(&ctx, tx, object, *id)))?;
    }
    let settings = Settings { has_sample: false, ..(*ctx.engine.settings()).clone() };
    let saved = settings.clone();
    store.write(move |tx| setting::save(tx, &saved))?;
    ctx.engine.set_settings(settings);
    Ok(Removed { records: going.len(), kept: found.kept.len(), binned })
}
