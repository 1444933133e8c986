//! `POST /api/v1/{object}/duplicates`: what a record that is being typed may already be. Nothing is written.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::alike;

use super::object;
use crate::app::Shared;
use crate::body::Sent;
use crate::context::{At, Call};
use crate::door;
use crate::error::Reply;
use crate::parameter;

/// The body holds the fields as a new record would.
pub async fn duplicates(State(app): State<Shared>, At(path): At<String>, call: Call, sent: Sent) -> Reply {
    let values = parameter::none(call.query.as_deref()).map_err(Into::into).and_then(|()| sent.object());
    door::read(&app, call, values, move |ctx, tx, values| {
        let body = alike::run(ctx, tx, object(ctx, &path)?, &values)?;
        Ok(door::json(StatusCode::OK, &body))
    })
    .await
}
