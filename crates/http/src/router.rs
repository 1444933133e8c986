//! Every route that exists, in one list.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{delete, get, patch, post};
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::app::Shared;
use crate::middleware::{around, panicked};
use crate::records;
use crate::{
    actions, declare, error, exports, files, imports, invitation, live, model, openapi, probe, query, sample, search, session, setup,
    token, undo, web, workspace,
};

/// Fonts come compressed: once more makes them larger.
const PACKED_FONTS: NotForContentType = NotForContentType::const_new("font/");

/// Methods and addresses, for the test that tries each as nobody and as a stranger. `{object}` stands for any.
pub const ROUTES: &[(&str, &str)] = &[
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/api/v1/setup"),
    ("POST", "/api/v1/setup"),
    ("GET", "/api/v1/session"),
    ("POST", "/api/v1/session"),
    ("PATCH", "/api/v1/session"),
    ("DELETE", "/api/v1/session"),
    ("POST", "/api/v1/session/demo"),
    ("POST", "/api/v1/session/password"),
    ("POST", "/api/v1/session/view_as"),
    ("POST", "/api/v1/invitations"),
    ("POST", "/api/v1/invitations/look"),
    ("POST", "/api/v1/invitations/accept"),
    ("GET", "/api/v1/tokens"),
    ("POST", "/api/v1/tokens"),
    ("DELETE", "/api/v1/tokens/{id}"),
    ("GET", "/api/v1/model"),
    ("POST", "/api/v1/model/objects"),
    ("PATCH", "/api/v1/model/objects/{object}"),
    ("DELETE", "/api/v1/model/objects/{object}"),
    ("POST", "/api/v1/model/objects/{object}/fields"),
    ("PATCH", "/api/v1/model/objects/{object}/fields/{field}"),
    ("DELETE", "/api/v1/model/objects/{object}/fields/{field}"),
    ("GET", "/api/v1/model/objects/{object}/fields/{field}/options"),
    ("GET", "/api/v1/model/rights"),
    ("POST", "/api/v1/model/roles"),
    ("POST", "/api/v1/model/plan"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/api/v1/live"),
    ("POST", "/api/v1/search"),
    ("POST", "/api/v1/query"),
    ("POST", "/api/v1/exports"),
    ("POST", "/api/v1/undo"),
    ("DELETE", "/api/v1/sample"),
    ("GET", "/api/v1/workspace"),
    ("PATCH", "/api/v1/workspace"),
    ("GET", "/api/v1/files"),
    ("POST", "/api/v1/files"),
    ("GET", "/api/v1/files/{id}/content"),
    ("GET", "/api/v1/imports"),
    ("POST", "/api/v1/imports"),
    ("GET", "/api/v1/imports/{id}/rows"),
    ("POST", "/api/v1/imports/{id}/actions/check"),
    ("POST", "/api/v1/imports/{id}/actions/run"),
    ("POST", "/api/v1/imports/{id}/actions/undo"),
    ("GET", "/api/v1/{object}"),
    ("POST", "/api/v1/{object}"),
    ("POST", "/api/v1/{object}/batch"),
    ("POST", "/api/v1/{object}/upsert"),
    ("POST", "/api/v1/{object}/duplicates"),
    ("POST", "/api/v1/{object}/actions/{action}"),
    ("GET", "/api/v1/{object}/{id}"),
    ("PATCH", "/api/v1/{object}/{id}"),
    ("DELETE", "/api/v1/{object}/{id}"),
    ("GET", "/api/v1/{object}/{id}/timeline"),
    ("GET", "/api/v1/{object}/{id}/history"),
    ("GET", "/api/v1/{object}/{id}/access"),
    ("POST", "/api/v1/{object}/{id}/actions/{action}"),
];

pub fn router(app: Shared) -> Router {
    let routes = Router::new()
        .route("/healthz", get(probe::healthz))
        .route("/readyz", get(probe::readyz))
        .route("/metrics", get(probe::metrics))
        .route("/api/v1/setup", get(setup::show).post(setup::run))
        .route("/api/v1/session", get(session::show).post(session::sign_in).patch(session::change).delete(session::sign_out))
        .route("/api/v1/session/demo", post(session::demo))
        .route("/api/v1/session/password", post(session::password))
        .route("/api/v1/session/view_as", post(session::view_as))
        .route("/api/v1/invitations", post(invitation::create))
        .route("/api/v1/invitations/look", post(invitation::look))
        .route("/api/v1/invitations/accept", post(invitation::accept))
        .route("/api/v1/tokens", get(token::list).post(token::create))
        .route("/api/v1/tokens/{id}", delete(token::withdraw))
        .route("/api/v1/model", get(model::show))
        .route("/api/v1/model/objects", post(declare::create_object))
        .route("/api/v1/model/objects/{object}", patch(declare::change_object).delete(declare::remove_object))
        .route("/api/v1/model/objects/{object}/fields", post(declare::create_field))
        .route("/api/v1/model/objects/{object}/fields/{field}", patch(declare::change_field).delete(declare::retire_field))
        .route("/api/v1/model/objects/{object}/fields/{field}/options", get(declare::options))
        .route("/api/v1/model/rights", get(declare::rights))
        .route("/api/v1/model/roles", post(declare::create_role))
        .route("/api/v1/model/plan", post(declare::plan))
        .route("/api/v1/openapi.json", get(openapi::show))
        .route("/api/v1/live", get(live::live))
        .route("/api/v1/search", post(search::search))
        .route("/api/v1/query", post(query::query))
        .route("/api/v1/exports", post(exports::export))
        .route("/api/v1/undo", post(undo::undo))
        .route("/api/v1/sample", delete(sample::remove))
        .route("/api/v1/workspace", get(workspace::show).patch(workspace::change))
        .route("/api/v1/files", get(files::list).post(files::create))
        .route("/api/v1/files/{id}/content", get(files::content))
        .route("/api/v1/imports", get(imports::list).post(imports::start))
        .route("/api/v1/imports/{id}/rows", get(imports::rows))
        .route("/api/v1/imports/{id}/actions/check", post(imports::check))
        .route("/api/v1/imports/{id}/actions/run", post(imports::run))
        .route("/api/v1/imports/{id}/actions/undo", post(imports::undo))
        .route("/api/v1/{object}", get(records::list::list).post(records::create::create))
        .route("/api/v1/{object}/batch", post(records::batch::batch))
        .route("/api/v1/{object}/duplicates", post(records::duplicates::duplicates))
        .route("/api/v1/{object}/upsert", post(records::upsert::upsert))
        .route("/api/v1/{object}/actions/{action}", post(actions::on_many))
        .route("/api/v1/{object}/{id}", get(records::get::get).patch(records::patch::patch).delete(records::delete::delete))
        .route("/api/v1/{object}/{id}/timeline", get(records::timeline::timeline))
        .route("/api/v1/{object}/{id}/history", get(records::history::history))
        .route("/api/v1/{object}/{id}/access", get(records::access::access))
        .route("/api/v1/{object}/{id}/actions/{action}", post(actions::on_one))
        .fallback(web::serve)
        .method_not_allowed_fallback(error::method_not_allowed);
    let layers = ServiceBuilder::new()
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(5)).compress_when(DefaultPredicate::new().and(PACKED_FONTS)))
        .layer(from_fn_with_state(app.clone(), around))
        .layer(CatchPanicLayer::custom(panicked))
        // Each route has a limit of its own, which tells what it is.
        .layer(DefaultBodyLimit::disable());
    routes.layer(layers).with_state(app)
}
