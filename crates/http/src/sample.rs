//! `DELETE /api/v1/sample`: the sample company leaves, and nothing else goes with it.
//!
//! What that means is no matter of `http`: the server hands the function over at start.

use axum::extract::State;
use axum::http::StatusCode;
use base::Error;
use kernel::ctx::Scopes;

use crate::app::Shared;
use crate::context::Call;
use crate::door;
use crate::error::{Reply, no_such_route};
use crate::parameter;

/// Answers `{records, kept, binned}`: how many are gone, how many stay because own records rest on them, how many own
/// ones are in the bin because they could not be without one that went. Cannot be undone.
pub async fn remove(State(app): State<Shared>, call: Call) -> Reply {
    let query = call.query.clone();
    let ctx = door::identify(&app, call).await?.ctx;
    parameter::none(query.as_deref())?;
    ctx.require_administrator()?;
    if ctx.scopes != Scopes::All {
        return Err(Error::forbidden("A token with scopes may not remove the sample company").into());
    }
    let remove = app.options.remove_sample.ok_or_else(|| no_such_route("/api/v1/sample"))?;
    let told = door::blocking(move || remove(&ctx)).await?;
    Ok(door::respond(door::json(StatusCode::OK, &told))?)
}
