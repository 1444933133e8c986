//! What a browser needs to know of the person in front of it.

use base::Result;
use kernel::{Ctx, setting};
use serde_json::{Value as Json, json};
use store::{Sql, Tx};

use crate::app::App;

/// The document of `GET /api/v1/session`; without a CSRF word for programs.
pub fn document(ctx: &Ctx, tx: &mut Tx, csrf: Option<&str>) -> Result<Json> {
    let settings = ctx.engine.settings();
    let Some(user) = &ctx.user else { return Ok(Json::Null) };
    let preferences = setting::load_preferences(tx, user.id)?;
    let scopes = match &ctx.scopes {
        kernel::ctx::Scopes::All => Json::Null,
        kernel::ctx::Scopes::Only(scopes) => json!(scopes),
    };
    let mut document = json!({
        "user": {
            "id": user.id.to_string(), "name": user.name, "email": user.email, "roles": user.roles, "manages": user.manages,
            "teams": user.teams.iter().map(ToString::to_string).collect::<Vec<_>>(), "team": user.team.map(|t| t.to_string()),
            "language": user.language, "locale": user.locale, "time_zone": user.time_zone, "week_start": user.week_start,
            "preferences": preferences,
        },
        "viewer": ctx.viewer.as_ref().map(|v| json!({"id": v.id.to_string(), "name": v.name})),
        "scopes": scopes,
        "workspace": {
            "name": settings.name, "currency": settings.currency.as_str(), "time_zone": settings.time_zone,
            "language": settings.language, "country": settings.country, "has_sample": settings.has_sample,
        },
    });
    if let (Some(map), Some(csrf)) = (document.as_object_mut(), csrf) {
        map.insert("csrf".to_string(), json!(csrf));
        if ctx.engine.is_demo() {
            map.insert("demo".to_string(), demo_people(tx)?);
        }
    }
    Ok(document)
}

/// The people of the sample company, for signing in by one click. Only ever told by a server that was started so.
fn demo_people(tx: &mut Tx) -> Result<Json> {
    let text = r#"select u.email, u.name, min(r.label) from "user" u
                  left join user__roles x on x.record = u.id left join role r on r.id = x.target
                  where u.deleted_at is null and u.status = 'active' group by u.email, u.name order by min(u.created_at), u.name limit 50"#;
    let people = tx.all(&Sql::raw(tx.dialect(), text), |row| {
        Ok(json!({"email": row.text(0)?, "name": row.text(1)?, "role": row.text(2)?.unwrap_or_default()}))
    })?;
    Ok(Json::Array(people))
}

/// What a page knows of a server before anybody signed in.
pub fn setup_state(app: &App, tx: &mut Tx, language: &str) -> Result<Json> {
    let needed = !app.engine.settings().is_set_up && !kernel::user::exists(tx)?;
    let mut state = json!({"needed": needed});
    if let (true, Some(map)) = (needed, state.as_object_mut()) {
        let told = |t: &dyn kernel::Template| json!({"code": t.code(), "name": t.name(language), "steps": t.steps(language)});
        map.insert("templates".to_string(), app.engine.templates().map(told).collect());
    }
    if let (true, Some(map)) = (app.engine.is_demo(), state.as_object_mut()) {
        map.insert("demo".to_string(), demo_people(tx)?);
    }
    Ok(state)
}
