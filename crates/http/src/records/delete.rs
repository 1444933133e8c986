//! `DELETE /api/v1/{object}/{id}`: into the bin, or with `purge=true` for good.

use axum::extract::State;
use axum::http::StatusCode;
use base::Result;
use kernel::record;

use super::{id, object, show};
use crate::app::Shared;
use crate::context::{At, Call};
use crate::door;
use crate::error::Reply;
use crate::parameter::Parameters;

pub const PARAMETERS: &[&str] = &["purge"];

pub async fn delete(State(app): State<Shared>, At((path, record)): At<(String, String)>, call: Call) -> Reply {
    one(app, path, record, call).await
}

/// The same for an object whose address is written out because it has further routes.
pub async fn one(app: Shared, path: String, record: String, call: Call) -> Reply {
    let input = parse(call.query.as_deref()).map_err(Into::into);
    door::write(&app, call, &[], input, move |ctx, tx, purge| {
        let name = object(ctx, &path)?.name.clone();
        let id = id(&record)?;
        if *purge {
            record::purge(ctx, tx, &name, id)?;
            return Ok(door::empty());
        }
        let record = record::delete(ctx, tx, &name, id)?;
        show(ctx, tx, StatusCode::OK, &record)
    })
    .await
}

fn parse(query: Option<&str>) -> Result<bool> {
    let mut p = Parameters::read(query, PARAMETERS)?;
    let purge = p.flag("purge");
    p.finish()?;
    Ok(purge)
}
