//! `DELETE /api/v1/{object}/{id}`: into the bin, or with `purge=true` for good; with `If-Match` only the version that the
//! caller saw. With `dry_run=true` nothing is done, and what hangs on the record is told.

use axum::extract::State;
use axum::http::StatusCode;
use base::{Error, Result};
use kernel::{Record, record};
use serde_json::json;

use super::{id, object, show};
use crate::app::Shared;
use crate::context::{At, Call};
use crate::door;
use crate::error::Reply;
use crate::etag;
use crate::parameter::Parameters;

pub const PARAMETERS: &[&str] = &["purge", "dry_run"];

pub async fn delete(State(app): State<Shared>, At((path, record)): At<(String, String)>, call: Call) -> Reply {
    let input = parse(call.query.as_deref()).and_then(|how| Ok((how, etag::version(call.if_match.as_deref())?))).map_err(Into::into);
    door::write(&app, call, &[], input, move |ctx, tx, (how, seen)| {
        let name = object(ctx, &path)?.name.clone();
        let id = id(&record)?;
        if let Some(seen) = seen {
            refuse_changed(&record::get_any(ctx, tx, &name, id)?, *seen)?;
        }
        if how.dry_run {
            super::rehearse(tx, |tx| record::delete(ctx, tx, &name, id))?;
            let body = json!({"dry_run": true, "hanging": super::hanging(ctx, tx, &name, &[id])?});
            return Ok(door::json(StatusCode::OK, &body));
        }
        if how.purge {
            record::purge(ctx, tx, &name, id)?;
            return Ok(door::empty());
        }
        let record = record::delete(ctx, tx, &name, id)?;
        show(ctx, tx, StatusCode::OK, &record)
    })
    .await
}

/// What was changed since the caller saw it is not deleted unseen.
fn refuse_changed(record: &Record, seen: i64) -> Result<()> {
    if record.version == seen {
        return Ok(());
    }
    let message = format!("This was changed since version {seen}; it is at {}", record.version);
    Err(Error::conflict(message).with_extra(json!({"version": record.version})))
}

struct How {
    purge: bool,
    dry_run: bool,
}

fn parse(query: Option<&str>) -> Result<How> {
    let mut p = Parameters::read(query, PARAMETERS)?;
    let how = How { purge: p.flag("purge"), dry_run: p.flag("dry_run") };
    p.finish()?;
    Ok(how)
}
