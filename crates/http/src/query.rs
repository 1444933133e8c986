//! `POST /api/v1/query`: a report.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::query::{ReportRequest, report};

use crate::app::Shared;
use crate::body::Sent;
use crate::context::Call;
use crate::door;
use crate::error::Reply;
use crate::parameter;

pub async fn query(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    let request = parameter::none(call.query.as_deref()).map_err(Into::into).and_then(|()| sent.typed::<ReportRequest>());
    door::read(&app, call, request, |ctx, tx, request| Ok(door::json(StatusCode::OK, &report(ctx, tx, &request)?))).await
}
