//! `/api/v1/model/objects…`: an administrator's own objects and fields, what a change of them would do, and the roles'
//! rights.
//!
//! Bodies have the keys of an `object.toml` (`docs/how-to/extend.md`). Each change is checked as a whole and told as
//! steps; nothing is dropped.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use base::{Error, Result};
use kernel::Ctx;
use kernel::ctx::Scopes;
use kernel::workspace::layer::{self, Edit};
use kernel::workspace::{self, option, roles};
use serde_json::{Map, Value as Json, json};

use crate::app::Shared;
use crate::body::Sent;
use crate::context::{At, Call};
use crate::door;
use crate::error::{Refused, Reply};
use crate::parameter;

/// `POST /api/v1/model/objects`: `name` and the keys of a declaration.
pub async fn create_object(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    let edit = sent.object().and_then(|map| named(map).map_err(Refused::from)).map(|(name, keys)| Edit::Object { name, keys });
    change(app, call, edit, StatusCode::CREATED, true).await
}

/// `PATCH /api/v1/model/objects/{object}`: labels, views, layout, access, fields.
pub async fn change_object(State(app): State<Shared>, At(object): At<String>, call: Call, sent: Sent) -> Reply {
    let edit = sent.object().map(|keys| Edit::Object { name: object, keys: Json::Object(keys) });
    change(app, call, edit, StatusCode::OK, true).await
}

/// `DELETE /api/v1/model/objects/{object}`: one that an administrator made; its table stays.
pub async fn remove_object(State(app): State<Shared>, At(object): At<String>, call: Call) -> Reply {
    change(app, call, Ok(Edit::RemoveObject { name: object }), StatusCode::OK, true).await
}

/// `POST /api/v1/model/objects/{object}/fields`: `name`, `type` and further keys of a field.
pub async fn create_field(State(app): State<Shared>, At(object): At<String>, call: Call, sent: Sent) -> Reply {
    let named = sent.object().and_then(|map| named(map).map_err(Refused::from));
    let edit = named.map(|(name, keys)| Edit::Field { object, name, keys });
    change(app, call, edit, StatusCode::CREATED, true).await
}

/// `PATCH /api/v1/model/objects/{object}/fields/{field}`: label, help, options, rights.
pub async fn change_field(State(app): State<Shared>, At((object, name)): At<(String, String)>, call: Call, sent: Sent) -> Reply {
    let edit = sent.object().map(|keys| Edit::Field { object, name, keys: Json::Object(keys) });
    change(app, call, edit, StatusCode::OK, true).await
}

/// `DELETE /api/v1/model/objects/{object}/fields/{field}`: one that an administrator added; its values stay.
pub async fn retire_field(State(app): State<Shared>, At((object, name)): At<(String, String)>, call: Call) -> Reply {
    change(app, call, Ok(Edit::RetireField { object, name }), StatusCode::OK, true).await
}

/// `POST /api/v1/model/plan`: `{object, field?, keys}`: what a change would do, without doing it.
pub async fn plan(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    let edit = sent.form(&["object", "field", "keys"]).and_then(|mut form| {
        let object = form.required("object");
        let field = form.text("field");
        let keys = Json::Object(form.object("keys").unwrap_or_default());
        form.finish()?;
        Ok(match field {
            Some(name) => Edit::Field { object, name, keys },
            None => Edit::Object { name: object, keys },
        })
    });
    change(app, call, edit, StatusCode::OK, false).await
}

/// The name out of a body, and the other keys.
fn named(mut map: Map<String, Json>) -> Result<(String, Json)> {
    match map.shift_remove("name") {
        Some(Json::String(name)) if !name.is_empty() => Ok((name, Json::Object(map))),
        _ => Err(Error::field("name", "required", "Give it a name: small letters, digits and _")),
    }
}

/// `POST` is for what is not there yet and `PATCH` for what is; a plan may be either.
fn fits(ctx: &Ctx, edit: &Edit, is_new: Option<bool>) -> Result<()> {
    let (what, is_known) = match edit {
        Edit::Object { name, .. } | Edit::RemoveObject { name } => (name.clone(), ctx.model.object(name).is_some()),
        Edit::Field { object, name, .. } | Edit::RetireField { object, name } => {
            (format!("{object}.{name}"), ctx.model.object(object).is_some_and(|o| o.field(name).is_some()))
        }
    };
    let what = base::text::shorten(&what, 120);
    match is_new {
        Some(true) if is_known => Err(Error::conflict(format!("There is \"{what}\" already; change it with PATCH"))),
        Some(false) if !is_known => Err(Error::not_found(format!("There is no \"{what}\""))),
        _ => Ok(()),
    }
}

/// Who may change the declarations.
async fn administrator(app: &Shared, call: Call) -> Result<Ctx, Refused> {
    let query = call.query.clone();
    let ctx = door::identify(app, call).await?.ctx;
    parameter::none(query.as_deref())?;
    ctx.require_administrator()?;
    if ctx.scopes != Scopes::All {
        return Err(Error::forbidden("A token with scopes may not change the model").into());
    }
    Ok(ctx)
}

async fn change(app: Shared, call: Call, edit: Result<Edit, Refused>, status: StatusCode, is_applied: bool) -> Reply {
    let ctx = Arc::new(administrator(&app, call).await?);
    let edit = edit?;
    fits(&ctx, &edit, is_applied.then_some(status == StatusCode::CREATED))?;
    let inside = Arc::clone(&ctx);
    let told = door::blocking(move || layer::edit(&inside, &edit, is_applied)).await?;
    Ok(door::respond(door::with(door::json(status, &told), door::CORRELATION, ctx.correlation.to_string()))?)
}

/// `GET /api/v1/model/objects/{object}/fields/{field}/options`: the options of a choice, with their labels in every
/// language.
pub async fn options(State(app): State<Shared>, At((object, field)): At<(String, String)>, call: Call) -> Reply {
    let input = parameter::none(call.query.as_deref()).map_err(Into::into);
    door::read(&app, call, input, move |ctx, _, ()| Ok(door::json(StatusCode::OK, &option::list(ctx, &object, &field)?))).await
}

/// `POST /api/v1/model/roles`: the fields of a role, and `copy_of`, the code of one whose rights it takes over.
pub async fn create_role(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    let ctx = Arc::new(administrator(&app, call).await?);
    let mut fields = sent.object()?;
    let copy_of = match fields.shift_remove("copy_of") {
        None | Some(Json::Null) => None,
        Some(Json::String(code)) => Some(code),
        Some(_) => return Err(Error::field("copy_of", "type", "Write the code of a role").into()),
    };
    let inside = Arc::clone(&ctx);
    let role = door::blocking(move || roles::create(&inside, &fields, copy_of.as_deref())).await?;
    let place = format!("/api/v1/roles/{}", role.get("id").and_then(Json::as_str).unwrap_or_default());
    let answer = door::with(door::json(StatusCode::CREATED, &Json::Object(role)), "location", place);
    Ok(door::respond(door::with(answer, door::CORRELATION, ctx.correlation.to_string()))?)
}

/// `GET /api/v1/model/rights`: what each role may do with each object.
pub async fn rights(State(app): State<Shared>, call: Call) -> Reply {
    let input = parameter::none(call.query.as_deref()).map_err(Into::into);
    door::read(&app, call, input, |ctx, _, ()| Ok(door::json(StatusCode::OK, &json!({"objects": workspace::rights(ctx)?})))).await
}
