//! `/api/v1/tokens`: a person's own keys for programs. The text of a token is told once, when it is made.

use axum::extract::State;
use axum::http::StatusCode;
use base::{Error, FieldProblem, Id, Instant, Result};
use kernel::{Ctx, token};
use serde_json::{Value as Json, json};

use crate::app::Shared;
use crate::body::Sent;
use crate::context::{At, Call};
use crate::door;
use crate::error::{Refused, Reply};
use crate::parameter;

pub async fn list(State(app): State<Shared>, call: Call) -> Reply {
    let input = parameter::none(call.query.as_deref()).map_err(Into::into);
    door::read(&app, call, input, |ctx, tx, ()| {
        let items = token::list(tx, person(ctx)?)?;
        Ok(door::json(StatusCode::OK, &json!({"items": items})))
    })
    .await
}

struct Wanted {
    name: String,
    scopes: Vec<String>,
    expires_at: Option<Instant>,
}

/// Kept out of the idempotency table, since its answer holds a secret.
pub async fn create(State(app): State<Shared>, mut call: Call, sent: Sent) -> Reply {
    call.idempotency_key = None;
    let input = parameter::none(call.query.as_deref()).map_err(Into::into).and_then(|()| parse(&sent));
    door::write(&app, call, &sent.bytes, input, |ctx, tx, wanted| {
        let text = token::create(ctx, tx, person(ctx)?, &wanted.name, &wanted.scopes, wanted.expires_at)?;
        Ok(door::json(StatusCode::CREATED, &json!({"token": text})))
    })
    .await
}

fn parse(sent: &Sent) -> Result<Wanted, Refused> {
    let mut form = sent.form(&["name", "scopes", "expires_at"])?;
    let name = form.required("name");
    let scopes = form.array("scopes").unwrap_or_default();
    let expires_at = form.parsed("expires_at");
    form.finish()?;
    let scopes = scopes.iter().enumerate().map(|(i, s)| scope(i, s)).collect::<Result<_>>()?;
    Ok(Wanted { name, scopes, expires_at })
}

fn scope(place: usize, value: &Json) -> Result<String> {
    let wrong = || Error::fields(vec![FieldProblem::new(format!("scopes[{place}]"), "type", "Write a text like deals:read")]);
    value.as_str().map(str::to_string).ok_or_else(wrong)
}

pub async fn withdraw(State(app): State<Shared>, At(id): At<String>, call: Call) -> Reply {
    let input = parameter::none(call.query.as_deref()).map_err(Into::into);
    door::write(&app, call, &[], input, move |ctx, tx, ()| {
        token::withdraw(tx, person(ctx)?, crate::records::id(&id)?)?;
        Ok(door::empty())
    })
    .await
}

fn person(ctx: &Ctx) -> Result<Id> {
    match (&ctx.scopes, ctx.user_id()) {
        (kernel::ctx::Scopes::All, Some(id)) => Ok(id),
        _ => Err(Error::forbidden("A token with scopes may not look after tokens")),
    }
}
