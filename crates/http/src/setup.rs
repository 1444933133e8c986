//! The first run: nobody can sign in yet, so whoever comes first makes the workspace and its administrator.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use base::{Error, Result};
use kernel::session::{self, SignedIn};
use kernel::setting::{self, Settings};
use kernel::{Ctx, Engine, Template, record, role, user};
use serde_json::{Map, Value as Json, json};
use store::Tx;

use crate::app::Shared;
use crate::body::Sent;
use crate::context::Call;
use crate::door;
use crate::error::{Refused, Reply};
use crate::parameter;
use crate::session::{setup_state, welcome};
use crate::workspace;

/// `GET /api/v1/setup`: is the first run still to come, and what may it begin with? For everybody.
pub async fn show(State(app): State<Shared>, call: Call) -> Reply {
    parameter::none(call.query.as_deref())?;
    let (inside, language) = (Arc::clone(&app), call.language(None, true));
    let state = app.engine.store().read_async(move |tx| setup_state(&inside, tx, &language)).await?;
    Ok(door::respond(door::json(StatusCode::OK, &state))?)
}

#[derive(Clone)]
struct FirstRun {
    name: String,
    email: String,
    password: String,
    settings: Settings,
    template: Option<String>,
}

/// `POST /api/v1/setup`: makes workspace and administrator and signs him in. `Conflict` once that was done.
pub async fn run(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    parameter::none(call.query.as_deref())?;
    if app.engine.settings().is_set_up {
        return Err(already().into());
    }
    let first = parse(&app.engine, &sent)?;
    let _permit = app.hashing.acquire().await.map_err(|_| Error::new(base::Code::Unavailable, "The server is stopping"))?;
    let password = first.password.clone();
    let hash = door::blocking(move || session::hash_password(&password)).await?;
    let (engine, settings) = (Arc::clone(&app.engine), first.settings.clone());
    let made = app.engine.store().write_async(move |tx| make(&engine, tx, &first, &hash));
    let signed_in = made.await?;
    app.engine.set_settings(settings);
    welcome(&app, call, signed_in).await
}

fn already() -> Error {
    Error::conflict("This workspace was set up already; sign in instead")
}

fn parse(engine: &Arc<Engine>, sent: &Sent) -> Result<FirstRun, Refused> {
    let mut form = sent.form(&["workspace", "name", "email", "password", "currency", "language", "time_zone", "country", "template"])?;
    let present = engine.settings();
    let (workspace, name, email, password) =
        (form.required("workspace"), form.required("name"), form.required("email"), form.required("password"));
    let count = password.chars().count();
    if count > 0 && count < session::PASSWORD_MIN {
        form.problem("password", "too_short", format!("A password has at least {} characters", session::PASSWORD_MIN));
    }
    let settings = Settings { name: workspace.trim().to_string(), is_set_up: true, ..workspace::place(&mut form, engine, &present) };
    let template = form.text("template");
    if let Some(code) = template.as_deref().filter(|code| !engine.templates().any(|t| t.code() == *code)) {
        let known: Vec<&str> = engine.templates().map(Template::code).collect();
        let shown = base::text::shorten(code, 60);
        form.problem("template", "unknown", format!("There is no template \"{shown}\"; there are {}", known.join(", ")));
    }
    form.finish()?;
    Ok(FirstRun { name, email, password, settings, template })
}

fn make(engine: &Arc<Engine>, tx: &mut Tx, first: &FirstRun, hash: &str) -> Result<SignedIn> {
    // Of two who come at once, the second waits and is told.
    tx.lock_workspace()?;
    if setting::load(tx)?.is_set_up || user::exists(tx)? {
        return Err(already());
    }
    setting::save(tx, &first.settings)?;
    let ctx = Ctx::system(engine);
    let administrator = user::role_by_name(tx, role::ADMINISTRATOR)?;
    let input = json!({
        "name": first.name, "email": first.email, "status": user::ACTIVE, "roles": [administrator.to_string()],
        "language": first.settings.language, "time_zone": first.settings.time_zone,
    });
    let input: Map<String, Json> = input.as_object().cloned().unwrap_or_default();
    let made = record::create(&ctx, tx, "user", &input)?;
    let template = engine.templates().find(|t| first.template.as_deref() == Some(t.code()));
    engine.begin(&Ctx { language: first.settings.language.clone(), ..ctx.clone() }, tx, template)?;
    session::set_password(&ctx, tx, made.id, hash)?;
    session::open(tx, made.id, ctx.now())
}
