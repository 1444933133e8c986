//! `POST /api/v1/{object}`: a new record.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::record;

use super::{object, show};
use crate::app::Shared;
use crate::body::Sent;
use crate::context::{At, Call};
use crate::door;
use crate::error::Reply;
use crate::parameter;

pub async fn create(State(app): State<Shared>, At(path): At<String>, call: Call, sent: Sent) -> Reply {
    let input = parameter::none(call.query.as_deref()).map_err(Into::into).and_then(|()| sent.object());
    door::write(&app, call, &sent.bytes, input, move |ctx, tx, input| {
        let name = object(ctx, &path)?.name.clone();
        let record = record::create(ctx, tx, &name, input)?;
        let answer = show(ctx, tx, StatusCode::CREATED, &record)?;
        Ok(door::with(answer, "location", format!("/api/v1/{path}/{}", record.id)))
    })
    .await
}
