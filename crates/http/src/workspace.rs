//! `/api/v1/workspace`: what holds for everybody, for administrators. The first run asks for the same.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use base::{Currency, Error, Result};
use kernel::ctx::Scopes;
use kernel::setting::{self, Settings};
use kernel::{Ctx, Engine};
use serde_json::{Value as Json, json};
use store::Tx;

use crate::app::Shared;
use crate::body::{Form, Sent};
use crate::context::{Call, LANGUAGES};
use crate::door;
use crate::error::{Refused, Reply};
use crate::parameter;

const NAMES: &[&str] = &["name", "currency", "language", "time_zone", "country"];
/// Characters of a name.
const LONGEST: usize = 200;
/// Changes that are told.
const TOLD: usize = 20;

/// `GET /api/v1/workspace`: the settings; `currency_held_by`, the plural of what holds amounts and so fixes the
/// currency, or null; and the latest changes.
pub async fn show(State(app): State<Shared>, call: Call) -> Reply {
    let input = parameter::none(call.query.as_deref()).map_err(Into::into);
    door::read(&app, call, input, |ctx, tx, ()| {
        ctx.require_administrator()?;
        let settings = setting::load(tx)?;
        Ok(door::json(StatusCode::OK, &document(ctx, tx, &settings)?))
    })
    .await
}

/// `PATCH /api/v1/workspace`: any of `name`, `currency`, `language`, `time_zone`, `country`. Answers as `GET`.
pub async fn change(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    let query = call.query.clone();
    let ctx = Arc::new(door::identify(&app, call).await?.ctx);
    parameter::none(query.as_deref())?;
    ctx.require_administrator()?;
    if ctx.scopes != Scopes::All {
        return Err(Error::forbidden("A token with scopes may not change the workspace").into());
    }
    let wanted = parse(&app.engine, &sent)?;
    let inside = Arc::clone(&ctx);
    let write = move |tx: &mut Tx| {
        let saved = setting::change(&inside, tx, &|present| wanted.over(present))?;
        Ok((document(&inside, tx, &saved)?, saved))
    };
    let (told, saved) = app.engine.store().write_async(write).await?;
    app.engine.set_settings(saved);
    Ok(door::respond(door::with(door::json(StatusCode::OK, &told), door::CORRELATION, ctx.correlation.to_string()))?)
}

fn document(ctx: &Ctx, tx: &mut Tx, settings: &Settings) -> Result<Json> {
    let held = setting::amounts(ctx, tx)?;
    let label = held.map(|plural| {
        let object = ctx.model.objects().iter().find(|o| o.label_plural.en == plural);
        object.map_or(plural, |o| o.label_plural.in_language(&ctx.language).to_string())
    });
    Ok(json!({
        "name": settings.name, "currency": settings.currency.as_str(), "language": settings.language,
        "time_zone": settings.time_zone, "country": settings.country, "currency_held_by": label,
        "changes": setting::changes(tx, TOLD)?,
    }))
}

/// What a body names; the rest stays.
struct Wanted {
    named: Vec<&'static str>,
    settings: Settings,
}

impl Wanted {
    fn over(&self, present: &Settings) -> Settings {
        let (new, mut after) = (&self.settings, present.clone());
        for name in &self.named {
            match *name {
                "name" => after.name.clone_from(&new.name),
                "currency" => after.currency = new.currency,
                "language" => after.language.clone_from(&new.language),
                "time_zone" => after.time_zone.clone_from(&new.time_zone),
                _ => after.country.clone_from(&new.country),
            }
        }
        after
    }
}

fn parse(engine: &Arc<Engine>, sent: &Sent) -> Result<Wanted, Refused> {
    let body = sent.object()?;
    let named: Vec<&'static str> = NAMES.iter().copied().filter(|name| body.contains_key(*name)).collect();
    let mut form = sent.form(NAMES)?;
    let present = engine.settings();
    let name = if named.contains(&"name") { form.required("name") } else { present.name.clone() };
    if name.trim().chars().count() > LONGEST {
        form.problem("name", "too_long", format!("This has {} characters; at most {LONGEST} fit", name.trim().chars().count()));
    }
    for field in ["currency", "language", "time_zone"] {
        // A country may be unknown; without these nothing can be reckoned or said.
        if body.get(field).is_some_and(|value| value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())) {
            form.problem(field, "required", format!("\"{field}\" is needed"));
        }
    }
    let without = Settings { country: String::new(), ..(*present).clone() };
    let settings = Settings { name: name.trim().to_string(), ..place(&mut form, engine, &without) };
    form.finish()?;
    Ok(Wanted { named, settings })
}

/// Currency, language, zone and country out of a body, those of `present` where it names none.
pub fn place(form: &mut Form, engine: &Arc<Engine>, present: &Settings) -> Settings {
    let settings = Settings {
        currency: currency(form, engine).unwrap_or(present.currency),
        language: form.text("language").unwrap_or_else(|| present.language.clone()),
        time_zone: form.text("time_zone").unwrap_or_else(|| present.time_zone.clone()),
        country: form.text("country").unwrap_or_else(|| present.country.clone()),
        ..present.clone()
    };
    if !LANGUAGES.contains(&settings.language.as_str()) {
        form.problem("language", "unknown", format!("Choose one of {}", LANGUAGES.join(", ")));
    }
    if jiff::tz::TimeZone::get(&settings.time_zone).is_err() {
        form.problem("time_zone", "unknown", "Write a zone like Europe/Rome");
    }
    if !settings.country.is_empty() && !is_listed(engine, "country", &settings.country) {
        form.problem("country", "unknown", "Write a country by its two letters, like IT");
    }
    settings
}

fn currency(form: &mut Form, engine: &Arc<Engine>) -> Option<Currency> {
    let text = form.text("currency")?;
    match Currency::parse(&text) {
        Ok(currency) if is_listed(engine, "currency", currency.as_str()) => Some(currency),
        _ => {
            form.problem("currency", "unknown", "Write a currency by its three letters, like EUR");
            None
        }
    }
}

fn is_listed(engine: &Arc<Engine>, list: &str, code: &str) -> bool {
    engine.model().lists.get(list).is_none_or(|choices| choices.iter().any(|c| c.code == code))
}
