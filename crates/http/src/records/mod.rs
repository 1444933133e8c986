//! The routes of records, the same for every object: one file per verb.
//!
//! A handler parses, hands over to the engine and renders; what a caller may do and see is decided there.

pub mod access;
pub mod batch;
pub mod create;
pub mod delete;
pub mod duplicates;
pub mod get;
pub mod history;
pub mod list;
pub mod patch;
pub mod timeline;
pub mod upsert;

use axum::http::StatusCode;
use base::{Error, Id, Result};
use kernel::{Ctx, Record, record};
use model::Object;
use model::nearest::nearest;
use serde_json::{Value as Json, json};
use store::Tx;

use crate::door::{self, Answer};
use crate::etag;

/// The object of a path such as `deals`. `NotFound` with the nearest for what is none.
pub fn object<'a>(ctx: &'a Ctx, path: &str) -> Result<&'a Object> {
    ctx.model.object_by_path(path).ok_or_else(|| {
        let paths = ctx.model.objects().iter().map(|o| o.path.as_str());
        let hint = nearest(path, paths).map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
        Error::not_found(format!("There is nothing called \"{}\"{hint}", base::text::shorten(path, 60)))
    })
}

/// The id of an address; what is no id names no record.
pub fn id(text: &str) -> Result<Id> {
    text.parse().map_err(|_| Error::not_found(format!("\"{}\" is not an id", base::text::shorten(text, 60))))
}

/// One record with its version as tag, as it stands after all rules have run.
pub fn show(ctx: &Ctx, tx: &mut Tx, status: StatusCode, record: &Record) -> Result<Answer> {
    let settled = match ctx.model.object(&record.object) {
        Some(object) => record::find_any(ctx, tx, object, record.id)?,
        None => None,
    };
    let record = settled.as_ref().unwrap_or(record);
    let body = Json::Object(record::to_json(ctx, tx, record)?);
    Ok(door::with(door::json(status, &body), "etag", etag::of_version(record.version)))
}

/// Does a piece of work and takes it back, to tell what it would do.
fn rehearse<T>(tx: &mut Tx, work: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
    let mut outcome = None;
    let rolled_back = tx.savepoint(|tx| {
        outcome = Some(work(tx)?);
        Err::<(), Error>(Error::internal("a rehearsal"))
    });
    match (outcome, rolled_back) {
        (Some(outcome), _) => Ok(outcome),
        (None, Err(error)) => Err(error),
        (None, Ok(())) => Err(Error::internal("a rehearsal without outcome")),
    }
}

/// What hangs on some records, as `[{object, label, count}]`.
fn hanging(ctx: &Ctx, tx: &mut Tx, name: &str, ids: &[Id]) -> Result<Vec<Json>> {
    let Some(object) = ctx.model.object(name) else { return Ok(Vec::new()) };
    let show = |h: &record::Hanging<'_>| {
        let label = if h.count == 1 { &h.object.label } else { &h.object.label_plural };
        json!({"object": h.object.name, "label": label.in_language(&ctx.language), "count": h.count})
    };
    Ok(record::hanging(ctx, tx, object, ids)?.iter().map(show).collect())
}
