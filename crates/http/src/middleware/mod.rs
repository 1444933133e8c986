//! What surrounds every request: its id, its time limit, the rendering of refusals, security headers, measures.
//!
//! Knows no route's meaning. [`around`] is the whole of it; [`security`] says which headers and why.

pub mod security;

use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base::{Code, Error, Id};

use crate::app::Shared;
use crate::context::preferred_language;
use crate::error::{Refused, render};
use kernel::Speech;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The name of one request in answers and logs: the caller's own, or a new one.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

pub async fn around(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers());
    let language =
        request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).and_then(preferred_language).unwrap_or("en");
    request.extensions_mut().insert(RequestId(id.clone()));
    let limit = time_limit(&app, &request);
    let method = request.method().clone();
    let response = match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refused::from(Error::new(Code::Unavailable, "This took too long and was given up")).into_response(),
    };
    let mut response = render(response, &id, &Speech { language, model: &app.engine.model() });
    let took = started.elapsed();
    app.metrics.count(&method, response.status(), took);
    security::protect(response.headers_mut());
    mark(response.headers_mut(), &id, took);
    response
}

/// What a handler's panic becomes; the cause is in the log.
pub fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Refused::from(Error::internal("a handler panicked")).into_response()
}

fn time_limit(app: &Shared, request: &Request) -> Duration {
    let path = request.uri().path();
    let is_upload = path.starts_with("/api/v1/imports") || path.starts_with("/api/v1/files") || path == "/api/v1/sample";
    if is_upload { app.options.upload_time_limit } else { app.options.time_limit }
}

fn request_id(headers: &HeaderMap) -> String {
    let given = headers.get(&REQUEST_ID).and_then(|v| v.to_str().ok());
    let plain = |text: &&str| (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    given.filter(plain).map_or_else(|| Id::new().to_string(), str::to_string)
}

fn mark(headers: &mut HeaderMap, id: &str, took: Duration) {
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, value);
    }
    if let Ok(value) = HeaderValue::from_str(&format!("total;dur={:.2}", took.as_secs_f64() * 1_000.0)) {
        headers.append("server-timing", value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_keeps_its_callers_id_unless_it_is_odd() {
        let with = |id: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, HeaderValue::from_str(id).unwrap());
            request_id(&headers)
        };
        assert_eq!(with("trace-1.a_b"), "trace-1.a_b");
        assert_ne!(with("a b"), "a b");
        assert_ne!(with(&"x".repeat(65)), "x".repeat(65));
        assert_eq!(request_id(&HeaderMap::new()).len(), 36);
    }
}
