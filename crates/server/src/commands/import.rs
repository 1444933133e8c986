//! `legame import`.

use base::{Error, Result};
use integrations::import::{FileOptions, from_file};
use kernel::Ctx;
use serde_json::json;

use crate::config::{Import, Place};

pub fn run(place: &Place, options: &Import) -> Result<()> {
    let engine = super::open(place, false)?;
    let ctx = Ctx::system(&engine);
    let file = FileOptions {
        object: &options.object,
        map: options.map.as_deref(),
        match_by: options.matching.as_deref(),
        policy: options.policy.as_deref(),
        is_trial: options.dry_run,
        rejects: options.rejects.as_deref(),
    };
    let (import, report) = from_file(&ctx, &options.file, &file)?;
    kernel::reader::catch_up(&engine)?;
    if place.json {
        println!("{}", json!({"import": import.map(|id| id.to_string()), "report": report}));
    } else {
        println!("{}{}", if options.dry_run { "would be " } else { "" }, report.counts());
        for group in &report.groups {
            eprintln!("  {}", group.sentence());
        }
    }
    if report.rejected > 0 && report.rejected == report.rows {
        return Err(Error::invalid("Every row was rejected"));
    }
    Ok(())
}
