//! The OpenAPI 3.1 document: built from the model at run time, as the caller may see it.
//!
//! [`record`] writes the routes of one object, [`fixed`] those that every workspace has, [`part`] the pieces that both
//! share. A new route of `router.rs` gets its lines in one of the two.

mod fixed;
mod part;
mod record;

use axum::extract::State;
use axum::http::StatusCode;
use base::Result;
use kernel::Ctx;
use kernel::role::{self, Reach, Right};
use serde_json::{Map, Value as Json, json};

use crate::app::Shared;
use crate::context::Call;
use crate::door;
use crate::error::Reply;
use crate::etag;
use crate::parameter;

/// `GET /api/v1/openapi.json`.
pub async fn show(State(app): State<Shared>, call: Call) -> Reply {
    let input = parameter::none(call.query.as_deref()).map_err(Into::into);
    let has_imports = app.options.imports.is_some();
    door::read(&app, call, input, move |ctx, _, ()| {
        let bytes = document(ctx, has_imports)?.to_string().into_bytes();
        let tag = etag::of_bytes(&bytes);
        Ok(door::with(door::bytes(StatusCode::OK, bytes), "etag", tag))
    })
    .await
}

/// The whole document for this caller.
pub fn document(ctx: &Ctx, has_imports: bool) -> Result<Json> {
    let mut paths = Map::new();
    let mut schemas = part::schemas();
    let mut tags = Vec::new();
    for object in ctx.model.objects() {
        if matches!(role::reach(ctx, object, Right::Read)?, Reach::Nothing) || !role::scope_allows(ctx, object, "read") {
            continue;
        }
        tags.push(json!({"name": object.path, "description": object.about}));
        record::schemas(ctx, object, &mut schemas);
        record::paths(ctx, object, &mut paths)?;
    }
    fixed::paths(ctx, has_imports, &mut paths);
    tags.push(json!({"name": "workspace", "description": "Sign-in, model, search, reports, files, live updates"}));
    Ok(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Legame", "version": "1", "summary": "Records, actions, reports and the change log of one workspace",
            "description": "Every record carries a version, which is its ETag. Refusals are application/problem+json with all field \
                            problems at once. What is unknown is refused with the nearest valid name.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}, {"session": []}],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": part::responses(),
            "parameters": part::parameters(),
            "headers": part::headers(),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "A token begins with lg_"},
                "session": {"type": "apiKey", "in": "cookie", "name": "legame_session", "description": "Writes also need the header X-CSRF-Token"},
            },
        },
    }))
}
