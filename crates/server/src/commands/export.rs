//! `legame export`.

use std::fs::File;
use std::io::BufWriter;

use base::{Error, Result};
use http::exports::{ExportRequest, plan, write};
use kernel::Ctx;
use serde_json::json;

use crate::config::{Export, Place};

pub fn run(place: &Place, options: &Export) -> Result<()> {
    let wanted = json!({"object": options.object, "filter": options.filter, "format": options.format});
    let request: ExportRequest = serde_json::from_value(wanted)
        .map_err(|_| Error::invalid(format!("\"{}\" is not a format; write csv, xlsx, jsonl or vcard", options.format)))?;
    let engine = super::open(place, false)?;
    let ctx = Ctx::system(&engine);
    let plan = engine.store().read(|tx| plan(&ctx, tx, &request))?;
    let partial = options.out.with_extension("partial");
    let file = File::create(&partial).map_err(|e| Error::invalid(format!("Cannot write {}: {e}", options.out.display())))?;
    let written = write(&ctx, &plan, &mut BufWriter::new(file))?;
    std::fs::rename(&partial, &options.out)?;
    if place.json {
        println!("{}", json!({"exported": written, "file": options.out}));
    } else {
        println!("exported {written} {} to {}", options.object, options.out.display());
    }
    Ok(())
}
