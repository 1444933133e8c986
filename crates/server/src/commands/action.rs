//! `legame action NAME`: any action on one record.

use base::{Error, Id, Result};
use kernel::{Ctx, action};
use serde_json::{Map, Value, json};

use crate::config::{ActionOptions, Place};

pub fn run(place: &Place, options: &ActionOptions) -> Result<()> {
    let id: Id = options.id.parse()?;
    let input: Map<String, Value> = match &options.input {
        Some(text) => serde_json::from_str(text).map_err(|e| Error::malformed(format!("--input is not a JSON object: {e}")))?,
        None => Map::new(),
    };
    let engine = super::open(place, false)?;
    let ctx = Ctx::system(&engine);
    let (object, name, dry_run) = (options.object.clone(), options.name.clone(), options.dry_run);
    let outcome = engine.store().write(move |tx| action::run(&ctx, tx, &object, &name, id, &input, dry_run))?;
    println!("{}", json!({"result": outcome.result, "records": outcome.records}));
    Ok(())
}
