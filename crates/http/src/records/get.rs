//! `GET /api/v1/{object}/{id}`: one record, tagged with its version.

use axum::extract::State;
use axum::http::StatusCode;
use base::Result;
use kernel::query::{self, GetRequest};

use super::{id, object};
use crate::app::Shared;
use crate::context::{At, Call};
use crate::door;
use crate::error::Reply;
use crate::etag;
use crate::parameter::Parameters;

pub const PARAMETERS: &[&str] = &["fields", "expand", "as_of"];

pub async fn get(State(app): State<Shared>, At((path, record)): At<(String, String)>, mut call: Call) -> Reply {
    let request = parse(call.query.as_deref());
    // Titles of linked records change without a new version of this one, so its tag says nothing about them.
    if request.as_ref().is_ok_and(|r| r.expand.is_some() || r.as_of.is_some()) {
        call.if_none_match = None;
    }
    door::read(&app, call, request.map_err(Into::into), move |ctx, tx, request| {
        let name = object(ctx, &path)?.name.clone();
        let mut out = Vec::with_capacity(2_048);
        let version = query::get(ctx, tx, &name, id(&record)?, &request, &mut out)?;
        let answer = door::with(door::bytes(StatusCode::OK, out), "etag", etag::of_version(version));
        // Sums and dates that are computed anew make no version: a browser that asked by the tag would be shown the old.
        Ok(door::with(answer, "cache-control", "private, no-store"))
    })
    .await
}

fn parse(query: Option<&str>) -> Result<GetRequest> {
    let mut p = Parameters::read(query, PARAMETERS)?;
    let request = GetRequest { fields: p.text("fields"), expand: p.text("expand"), as_of: p.instant("as_of") };
    p.finish()?;
    Ok(request)
}
