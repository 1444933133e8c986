//! `GET /api/v1/{object}/{id}/history`: field changes with actor and origin.

use axum::extract::State;
use axum::http::StatusCode;
use base::Result;
use kernel::event;

use super::{id, object};
use crate::app::Shared;
use crate::context::{At, Call};
use crate::door;
use crate::error::Reply;
use crate::parameter::Parameters;

pub const PARAMETERS: &[&str] = &["cursor"];

pub async fn history(State(app): State<Shared>, At((path, record)): At<(String, String)>, call: Call) -> Reply {
    let cursor = parse(call.query.as_deref()).map_err(Into::into);
    door::read(&app, call, cursor, move |ctx, tx, cursor: Option<String>| {
        let name = object(ctx, &path)?.name.clone();
        let body = event::history(ctx, tx, &name, id(&record)?, cursor.as_deref())?;
        Ok(door::json(StatusCode::OK, &body))
    })
    .await
}

fn parse(query: Option<&str>) -> Result<Option<String>> {
    let p = Parameters::read(query, PARAMETERS)?;
    let cursor = p.text("cursor");
    p.finish()?;
    Ok(cursor)
}
