//! `POST /api/v1/session` and, on a server with the sample company, `POST /api/v1/session/demo`.

use std::sync::Arc;

use axum::extract::State;
use base::Error;
use kernel::{session, user};

use super::welcome;
use crate::app::Shared;
use crate::body::Sent;
use crate::context::Call;
use crate::door;
use crate::error::{Refused, Reply};
use crate::parameter;

/// Needs a JSON body, which no foreign page can send without being asked about it first.
pub async fn sign_in(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    parameter::none(call.query.as_deref())?;
    let (email, password) = parse(&sent)?;
    let _permit = app.hashing.acquire().await.map_err(|_| Error::new(base::Code::Unavailable, "The server is stopping"))?;
    let (engine, address, now) = (Arc::clone(&app.engine), call.address.clone(), app.now());
    let signed_in = door::blocking(move || session::sign_in(&engine, &email, &password, &address, now)).await?;
    welcome(&app, call, signed_in).await
}

fn parse(sent: &Sent) -> Result<(String, String), Refused> {
    // A second factor is accepted and not looked at while nobody can have one.
    let mut form = sent.form(&["email", "password", "totp"])?;
    let pair = (form.required("email"), form.required("password"));
    form.finish()?;
    Ok(pair)
}

/// Without a password, for the people of the sample company. `NotFound` elsewhere.
pub async fn demo(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    parameter::none(call.query.as_deref())?;
    if !app.engine.is_demo() {
        return Err(crate::error::no_such_route("/api/v1/session/demo"));
    }
    let mut form = sent.form(&["email"])?;
    let email = form.required("email");
    form.finish()?;
    let now = app.now();
    let opened = app.engine.store().write_async(move |tx| {
        let user = user::require_by_email(tx, &email)?;
        session::open(tx, user.id, now)
    });
    let signed_in = opened.await?;
    welcome(&app, call, signed_in).await
}
