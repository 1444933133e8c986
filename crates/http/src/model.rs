//! `GET /api/v1/model`: objects, fields, views and actions as the caller may see them, in his language.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::workspace;

use crate::app::Shared;
use crate::context::Call;
use crate::door;
use crate::error::Reply;
use crate::etag;
use crate::parameter;

pub async fn show(State(app): State<Shared>, call: Call) -> Reply {
    let input = parameter::none(call.query.as_deref()).map_err(Into::into);
    door::read(&app, call, input, |ctx, _, ()| {
        let bytes = workspace::describe(ctx)?.to_string().into_bytes();
        let tag = etag::of_bytes(&bytes);
        let answer = door::with(door::bytes(StatusCode::OK, bytes), "etag", tag);
        Ok(door::with(answer, "vary", "Accept-Language"))
    })
    .await
}
