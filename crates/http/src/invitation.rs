//! `/api/v1/invitations`: links by which a colleague comes in, or gets a new password.
//!
//! An administrator makes them and passes them on; `look` and `accept` are for whoever holds one. Keys travel in bodies,
//! and in the part of the page's address that browsers keep to themselves.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use base::{Error, Id, Result};
use kernel::ctx::Scopes;
use kernel::invitation::{self, Link};
use kernel::{Ctx, record};
use serde_json::{Map, Value as Json, json};
use store::Tx;

use crate::app::Shared;
use crate::body::Sent;
use crate::context::Call;
use crate::door;
use crate::error::{Refused, Reply};
use crate::parameter;
use crate::session::welcome;

/// For whom a link is made.
enum For {
    /// Somebody who is a user already: invited again, or without his password.
    Known(Id),
    /// A colleague to come, by the fields of a user.
    New(Map<String, Json>),
}

/// `POST /api/v1/invitations`: `{user}`, or `name`, `email`, `roles` and further fields of a new user. The link is told
/// this once, so nothing of the answer is kept for a repeated request.
pub async fn create(State(app): State<Shared>, mut call: Call, sent: Sent) -> Reply {
    call.idempotency_key = None;
    let input = parameter::none(call.query.as_deref()).map_err(Into::into).and_then(|()| parse(&sent));
    door::write(&app, call, &sent.bytes, input, |ctx, tx, wanted| {
        ctx.require_administrator()?;
        if ctx.scopes != Scopes::All {
            return Err(Error::forbidden("A token with scopes may not invite people"));
        }
        let user = match wanted {
            For::Known(user) => *user,
            For::New(fields) => invite(ctx, tx, fields)?,
        };
        let link = invitation::create(ctx, tx, user)?;
        Ok(door::json(StatusCode::CREATED, &told(user, &link)))
    })
    .await
}

fn parse(sent: &Sent) -> Result<For, Refused> {
    if !sent.object()?.contains_key("user") {
        return Ok(For::New(sent.object()?));
    }
    let mut form = sent.form(&["user"])?;
    let user = form.parsed("user");
    form.finish()?;
    user.map(For::Known).ok_or_else(|| Error::field("user", "required", "\"user\" is needed").into())
}

fn invite(ctx: &Ctx, tx: &mut Tx, fields: &Map<String, Json>) -> Result<Id> {
    let mut fields = fields.clone();
    let has_role = fields.get("roles").and_then(Json::as_array).is_some_and(|roles| !roles.is_empty());
    if !has_role {
        return Err(Error::field("roles", "required", "Say what the colleague may do"));
    }
    fields.insert("status".to_string(), json!("invited"));
    Ok(record::create(ctx, tx, "user", &fields)?.id)
}

fn told(user: Id, link: &Link) -> Json {
    json!({
        "user": user.to_string(), "key": link.key, "path": format!("/join#{}", link.key),
        "expires_at": link.expires_at.to_string(),
    })
}

/// `POST /api/v1/invitations/look`: `{key}`. Whose link it is, for the page that asks for a password.
pub async fn look(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    parameter::none(call.query.as_deref())?;
    let mut form = sent.form(&["key"])?;
    let key = form.required("key");
    form.finish()?;
    let (engine, address, now) = (Arc::clone(&app.engine), call.address.clone(), app.now());
    let known = door::blocking(move || invitation::look(&engine, &key, &address, now)).await?;
    let body = json!({
        "name": known.name, "email": known.email, "is_new": known.is_new, "expires_at": known.expires_at.to_string(),
        "workspace": app.engine.settings().name,
    });
    Ok(door::respond(door::json(StatusCode::OK, &body))?)
}

/// `POST /api/v1/invitations/accept`: `{key, password}`. Uses the link up and signs its person in.
pub async fn accept(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    parameter::none(call.query.as_deref())?;
    let mut form = sent.form(&["key", "password"])?;
    let (key, password) = (form.required("key"), form.required("password"));
    form.finish()?;
    let _permit = app.hashing.acquire().await.map_err(|_| Error::new(base::Code::Unavailable, "The server is stopping"))?;
    let (engine, address, now) = (Arc::clone(&app.engine), call.address.clone(), app.now());
    let signed_in = door::blocking(move || invitation::accept(&engine, &key, &password, &address, now)).await?;
    welcome(&app, call, signed_in).await
}
