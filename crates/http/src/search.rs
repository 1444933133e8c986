//! `POST /api/v1/search`: across objects, ranked.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::search::{self, SearchRequest};

use crate::app::Shared;
use crate::body::Sent;
use crate::context::Call;
use crate::door;
use crate::error::Reply;
use crate::parameter;

pub async fn search(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    let request = parameter::none(call.query.as_deref()).map_err(Into::into).and_then(|()| sent.typed::<SearchRequest>());
    door::read(&app, call, request, |ctx, tx, request| Ok(door::json(StatusCode::OK, &search::run(ctx, tx, &request)?))).await
}
