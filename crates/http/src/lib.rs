//! The asynchronous edge: HTTP in, the engine's blocking work in the middle, JSON out.
//!
//! Start with `router`, the one list of what exists, then `door` (how a request enters the engine), `context` (who
//! asks) and `error` (what a refusal looks like). A handler parses, hands over and renders; it checks no right by
//! hand. Knows no module: what a module offers beyond records and actions is handed over in [`Options`].
//! A new endpoint that is neither record nor action is one file and one line in `router`.

mod actions;
mod app;
mod body;
mod context;
mod declare;
mod door;
mod error;
mod etag;
pub mod exports;
mod files;
mod imports;
mod invitation;
mod live;
mod middleware;
mod model;
mod openapi;
mod parameter;
mod probe;
mod query;
mod records;
mod router;
mod sample;
mod search;
mod server;
mod session;
mod setup;
mod token;
mod undo;
mod upload;
mod web;
mod workspace;

use std::sync::Arc;

use axum::Router;
use kernel::Engine;

pub use app::Options;
pub use imports::{Imports, RowsRequest};
pub use openapi::document as openapi_document;
pub use router::ROUTES;
pub use server::serve;

/// The routes alone, for tests that need no socket.
pub fn router(engine: Arc<Engine>, options: Options) -> Router {
    router::router(app::App::new(engine, options))
}
