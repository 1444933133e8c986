//! `GET /api/v1/{object}/{id}/timeline`: what happened with a record and around it.

use axum::extract::State;
use axum::http::StatusCode;
use base::Result;
use kernel::event::{self, TimelineRequest};

use super::{id, object};
use crate::app::Shared;
use crate::context::{At, Call};
use crate::door;
use crate::error::Reply;
use crate::parameter::Parameters;

pub const PARAMETERS: &[&str] = &["kind", "cursor", "limit", "include"];

pub async fn timeline(State(app): State<Shared>, At((path, record)): At<(String, String)>, call: Call) -> Reply {
    let request = parse(call.query.as_deref()).map_err(Into::into);
    door::read(&app, call, request, move |ctx, tx, request| {
        let name = object(ctx, &path)?.name.clone();
        let body = event::timeline(ctx, tx, &name, id(&record)?, &request)?;
        Ok(door::json(StatusCode::OK, &body))
    })
    .await
}

fn parse(query: Option<&str>) -> Result<TimelineRequest> {
    let mut p = Parameters::read(query, PARAMETERS)?;
    let request =
        TimelineRequest { kind: p.text("kind"), cursor: p.text("cursor"), limit: p.number("limit", 1..=200), include: p.text("include") };
    p.finish()?;
    Ok(request)
}
