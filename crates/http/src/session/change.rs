//! What people change of themselves: language, zone, preferences (`PATCH /api/v1/session`), password.

use axum::extract::State;
use axum::http::StatusCode;
use base::{Error, Result};
use kernel::{Ctx, record, session, setting, user};
use serde_json::{Map, Value as Json, json};
use store::Tx;

use super::{browser, document, only_browsers};
use crate::app::Shared;
use crate::body::Sent;
use crate::context::Call;
use crate::door;
use crate::error::{Refused, Reply};
use crate::parameter;

type Members = Map<String, Json>;

/// Fields of the user's own record that he may set here.
const OWN: &[&str] = &["language", "locale", "time_zone", "week_start"];

pub async fn change(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    let csrf = session::csrf(&browser(&app, &call).await?);
    let input = parameter::none(call.query.as_deref()).map_err(Into::into).and_then(|()| parse(&sent));
    door::write(&app, call, &sent.bytes, input, move |ctx, tx, (own, preferences)| {
        let ctx = apply(ctx, tx, own, preferences)?;
        Ok(door::json(StatusCode::OK, &document(&ctx, tx, Some(&csrf))?))
    })
    .await
}

/// Members of the user's record, and preferences.
fn parse(sent: &Sent) -> Result<(Members, Members), Refused> {
    let own: Members = sent.object()?.into_iter().filter(|(name, _)| OWN.contains(&name.as_str())).collect();
    let mut form = sent.form(&["language", "locale", "time_zone", "week_start", "preferences"])?;
    let preferences = form.object("preferences").unwrap_or_default();
    form.finish()?;
    Ok((own, preferences))
}

/// Through the record pipeline on the person's behalf: everybody may set these of himself. Answers him as he is then.
fn apply(ctx: &Ctx, tx: &mut Tx, own: &Members, preferences: &Members) -> Result<Ctx> {
    let id = ctx.user_id().ok_or_else(only_browsers)?;
    if !own.is_empty() {
        record::update(&ctx.as_system(), tx, "user", id, own, None)?;
    }
    if !preferences.is_empty() {
        setting::save_preferences(tx, id, preferences)?;
    }
    let user = user::load(tx, id)?.ok_or_else(crate::context::nobody)?;
    Ok(Ctx { user: Some(std::sync::Arc::new(user)), ..ctx.clone() })
}

/// `POST /api/v1/session/password`: the present one and a new one; all other sessions of the person end.
pub async fn password(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    let key = browser(&app, &call).await?;
    let query = call.query.clone();
    let caller = door::identify(&app, call).await?;
    parameter::none(query.as_deref())?;
    let mut form = sent.form(&["present_password", "password"])?;
    let (present, new) = (form.required("present_password"), form.required("password"));
    form.finish()?;
    let _permit = app.hashing.acquire().await.map_err(|_| Error::new(base::Code::Unavailable, "The server is stopping"))?;
    let ctx = caller.ctx;
    door::blocking(move || session::change_password(&ctx, &present, &new, Some(&key))).await?;
    Ok(door::respond(door::json(StatusCode::OK, &json!({"changed": true})))?)
}
