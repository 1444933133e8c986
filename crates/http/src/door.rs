//! Where a request enters the engine: one transaction, with the caller looked up inside it.
//!
//! Handlers hand over what they parsed and a piece of work; [`read`] and [`write`] identify the caller, refuse what
//! was parsed wrongly, run the work on the store's threads and turn its [`Answer`] into a response. A write with an
//! idempotency key keeps its answer in the same transaction.

use std::sync::Arc;
use std::time::Instant as Stopwatch;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use base::{Error, Result};
use kernel::Ctx;
use kernel::idempotency::{self, Key};
use serde_json::Value as Json;
use store::Tx;

pub use kernel::idempotency::Answer;

use crate::app::{App, Shared};
use crate::context::{Call, Caller, Credential, Touch, nobody};
use crate::error::{Refused, Reply};
use crate::etag;

/// The header by which a write is undone; absent when it changed nothing.
pub const CORRELATION: &str = "x-correlation-id";
const JSON: &str = "application/json";

/// JSON with a status.
pub fn json(status: StatusCode, body: &Json) -> Answer {
    bytes(status, body.to_string().into_bytes())
}

/// JSON that is already written.
pub fn bytes(status: StatusCode, body: Vec<u8>) -> Answer {
    Answer { status: status.as_u16(), headers: vec![("content-type".to_string(), JSON.to_string())], body }
}

pub fn empty() -> Answer {
    Answer { status: StatusCode::NO_CONTENT.as_u16(), ..Answer::default() }
}

/// Adds a header.
#[must_use]
pub fn with(mut answer: Answer, name: &str, value: impl Into<String>) -> Answer {
    answer.headers.push((name.to_string(), value.into()));
    answer
}

/// Runs a question.
pub async fn read<I, F>(app: &Shared, call: Call, input: Result<I, Refused>, work: F) -> Reply
where
    I: Send + 'static,
    F: FnOnce(&Ctx, &mut Tx, I) -> Result<Answer> + Send + 'static,
{
    if call.credential == Credential::None {
        return Err(nobody().into());
    }
    let if_none_match = call.if_none_match.clone();
    let inside = Arc::clone(app);
    let outcome = app.engine.store().read_async(move |tx| {
        let caller = call.identify(&inside, tx)?;
        let started = Stopwatch::now();
        let answer = match input {
            Ok(input) => Ok(work(&caller.ctx, tx, input)?),
            Err(refused) => Err(refused),
        };
        Ok((answer, caller.stale, started.elapsed()))
    });
    let (answer, stale, took) = outcome.await?;
    touch(app, stale);
    Ok(timed(etag::unless_known(respond(answer?)?, if_none_match.as_deref()), took))
}

/// Runs a write. The work may be run several times, so it must do nothing outside the transaction.
pub async fn write<I, F>(app: &Shared, call: Call, sent: &[u8], input: Result<I, Refused>, work: F) -> Reply
where
    I: Send + Sync + 'static,
    F: Fn(&Ctx, &mut Tx, &I) -> Result<Answer> + Send + Sync + 'static,
{
    if call.credential == Credential::None {
        return Err(nobody().into());
    }
    let body = if call.idempotency_key.is_some() { sent.to_vec() } else { Vec::new() };
    let inside = Arc::clone(app);
    let outcome = app.engine.store().write_async(move |tx| {
        let caller = call.identify(&inside, tx)?;
        let input = match &input {
            Ok(input) => input,
            Err(refused) => return Ok(Err(refused.again())),
        };
        let started = Stopwatch::now();
        let answer = once(&inside, &call, &caller, tx, &body, |ctx, tx| work(ctx, tx, input))?;
        Ok(Ok((answer, caller.stale, started.elapsed())))
    });
    let (answer, stale, took) = outcome.await??;
    touch(app, stale);
    Ok(timed(respond(answer)?, took))
}

/// Runs the work unless its key was answered before.
fn once(
    app: &App,
    call: &Call,
    caller: &Caller,
    tx: &mut Tx,
    body: &[u8],
    work: impl Fn(&Ctx, &mut Tx) -> Result<Answer>,
) -> Result<Answer> {
    let key = match &call.idempotency_key {
        Some(key) => Some(Key::new(key, caller.ctx.user_id(), &format!("{} {}", call.method, call.route), body)?),
        None => None,
    };
    if let Some(key) = &key
        && let Some(answer) = idempotency::find(tx, key, app.now())?
    {
        return Ok(with(answer, "idempotency-replayed", "true"));
    }
    let mut answer = work(&caller.ctx, tx)?;
    // Every event is told to the listeners.
    if tx.has_notices() {
        answer = with(answer, CORRELATION, caller.ctx.correlation.to_string());
    }
    if let Some(key) = &key {
        idempotency::save(tx, key, &answer, app.now())?;
    }
    Ok(answer)
}

/// Who asks, for work that opens transactions of its own.
pub async fn identify(app: &Shared, call: Call) -> Result<Caller, Refused> {
    if call.credential == Credential::None {
        return Err(nobody().into());
    }
    let inside = Arc::clone(app);
    let mut caller = app.engine.store().read_async(move |tx| call.identify(&inside, tx)).await?;
    touch(app, caller.stale.take());
    Ok(caller)
}

/// Runs blocking work that opens transactions of its own.
pub async fn blocking<T, F>(work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T> + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::internal(format!("blocking work: {e}")))?
}

/// Writes the last use of a session or token, without keeping the caller waiting.
fn touch(app: &Shared, stale: Option<Touch>) {
    let Some(stale) = stale else { return };
    let app = Arc::clone(app);
    tokio::spawn(async move {
        let ctx = Ctx::system(&app.engine);
        if let Err(error) = app.engine.store().write_async(move |tx| stale.write(&ctx, tx)).await {
            tracing::debug!(%error, "the last use of a session was not written");
        }
    });
}

pub fn respond(answer: Answer) -> Result<Response> {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status)?;
    for (name, value) in answer.headers {
        response.headers_mut().append(HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(&value)?);
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

fn timed(mut response: Response, took: std::time::Duration) -> Response {
    if let Ok(value) = HeaderValue::from_str(&format!("work;dur={:.2}", took.as_secs_f64() * 1_000.0)) {
        response.headers_mut().append("server-timing", value);
    }
    response
}
