//! `POST /api/v1/undo`: takes back everything that one earlier write did, named by its `X-Correlation-Id`.

use axum::extract::State;
use axum::http::StatusCode;
use base::{Error, Id};
use kernel::record;
use serde_json::json;

use crate::app::Shared;
use crate::body::Sent;
use crate::context::Call;
use crate::door;
use crate::error::{Refused, Reply};
use crate::parameter;

pub async fn undo(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    let input = parameter::none(call.query.as_deref()).map_err(Into::into).and_then(|()| parse(&sent));
    door::write(&app, call, &sent.bytes, input, |ctx, tx, (correlation, force)| {
        let outcome = record::undo(ctx, tx, *correlation, *force)?;
        if outcome.restored == 0 && !outcome.refused.is_empty() {
            let message = "Nothing was undone; what it did was changed again since";
            return Err(Error::conflict(message).with_extra(json!({"refused": outcome.refused})));
        }
        Ok(door::json(StatusCode::OK, &json!({"restored": outcome.restored, "refused": outcome.refused})))
    })
    .await
}

fn parse(sent: &Sent) -> Result<(Id, bool), Refused> {
    let mut form = sent.form(&["correlation", "force"])?;
    let correlation: Option<Id> = form.parsed("correlation");
    let force = form.flag("force").unwrap_or(false);
    form.finish()?;
    let correlation = correlation.ok_or_else(|| Error::field("correlation", "required", "Name what to undo by its X-Correlation-Id"))?;
    Ok((correlation, force))
}
