//! Imports: the upload, the change and the verbs that need more than one transaction. Records of the object `import`
//! are listed, read and deleted through the generic routes.
//!
//! What an import does belongs to a module, and `http` names none: the server hands a table of plain functions over
//! at start. Each opens its own transactions and checks what the caller may.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Error, Id, Result};
use kernel::Ctx;
use kernel::file::Stored;
use serde_json::{Map, Value as Json};

use crate::app::Shared;
use crate::body::Sent;
use crate::context::{At, Call};
use crate::door;
use crate::error::{Refused, Reply, no_such_route};
use crate::parameter::{self, Parameters};
use crate::records::{id, list};
use crate::upload;

/// What the routes call.
pub struct Imports {
    /// A kept file becomes an import with a proposed mapping. `object` is the name or path of what the rows become.
    pub start: fn(&Ctx, object: &str, name: &str, &Stored) -> Result<Json>,
    /// Changes mapping, match or policy.
    pub change: fn(&Ctx, Id, &Map<String, Json>) -> Result<Json>,
    /// What running would do, without doing it.
    pub check: fn(&Ctx, Id) -> Result<Json>,
    pub run: fn(&Ctx, Id) -> Result<Json>,
    /// Takes all of it back; a trial only tells what would become of the records.
    pub undo: fn(&Ctx, Id, is_trial: bool) -> Result<Json>,
    /// Rows with their outcome.
    pub rows: fn(&Ctx, Id, &RowsRequest) -> Result<Json>,
    /// The same rows as a CSV file to mend and bring again.
    pub rows_csv: fn(&Ctx, Id, &RowsRequest) -> Result<Vec<u8>>,
}

#[derive(Clone, Debug, Default)]
pub struct RowsRequest {
    /// `created`, `updated`, `skipped`, `rejected`; all without it.
    pub state: Option<String>,
    pub cursor: Option<String>,
    pub limit: Option<usize>,
}

/// Where imports stand among the objects.
pub const PATH: &str = "imports";

pub const UNDO_PARAMETERS: &[&str] = &["dry_run"];
pub const ROWS_PARAMETERS: &[&str] = &["state", "cursor", "limit", "format"];

/// `GET /api/v1/imports`.
pub async fn list(State(app): State<Shared>, call: Call) -> Reply {
    list::page(app, PATH.to_string(), call).await
}

/// `POST /api/v1/imports`: the parts `file` and `object`.
pub async fn start(State(app): State<Shared>, call: Call, multipart: Result<Multipart, MultipartRejection>) -> Reply {
    let query = call.query.clone();
    let ctx = door::identify(&app, call).await?.ctx;
    parameter::none(query.as_deref())?;
    let imports = table(&app)?;
    let received = upload::receive(&app, multipart, &["object"]).await?;
    let object = received.text("object").ok_or_else(|| Error::field("object", "required", "Say what the rows are: a part \"object\""))?;
    let object = object.to_string();
    let correlation = ctx.correlation;
    let made = door::blocking(move || (imports.start)(&ctx, &object, &received.name, &received.stored)).await?;
    let place = made.get("id").and_then(Json::as_str).map(|id| format!("/api/v1/imports/{id}")).unwrap_or_default();
    let answer = door::with(door::json(StatusCode::CREATED, &made), "location", place);
    Ok(door::respond(door::with(answer, door::CORRELATION, correlation.to_string()))?)
}

/// `PATCH /api/v1/imports/{id}`, which the route of all records hands over.
pub async fn change(app: Shared, import: String, call: Call, sent: Sent) -> Reply {
    let query = call.query.clone();
    let ctx = door::identify(&app, call).await?.ctx;
    parameter::none(query.as_deref())?;
    let imports = table(&app)?;
    let (id, input) = (id(&import)?, sent.object()?);
    answer(ctx, move |ctx| (imports.change)(ctx, id, &input)).await
}

pub async fn check(State(app): State<Shared>, at: At<String>, call: Call, sent: Sent) -> Reply {
    verb(app, at, call, sent, |imports| imports.check).await
}

pub async fn run(State(app): State<Shared>, at: At<String>, call: Call, sent: Sent) -> Reply {
    verb(app, at, call, sent, |imports| imports.run).await
}

/// With `dry_run=true` nothing is done, and what would become of the records is told.
pub async fn undo(State(app): State<Shared>, At(import): At<String>, call: Call, sent: Sent) -> Reply {
    let query = call.query.clone();
    let ctx = door::identify(&app, call).await?.ctx;
    let mut p = Parameters::read(query.as_deref(), UNDO_PARAMETERS)?;
    let is_trial = p.flag("dry_run");
    p.finish()?;
    sent.form(&[])?.finish()?;
    let (imports, id) = (table(&app)?, id(&import)?);
    answer(ctx, move |ctx| (imports.undo)(ctx, id, is_trial)).await
}

/// What one of the plain verbs does with an import.
type Verb = fn(&Ctx, Id) -> Result<Json>;

async fn verb(app: Shared, At(import): At<String>, call: Call, sent: Sent, choose: fn(&'static Imports) -> Verb) -> Reply {
    let query = call.query.clone();
    let ctx = door::identify(&app, call).await?.ctx;
    parameter::none(query.as_deref())?;
    sent.form(&[])?.finish()?;
    let (work, id) = (choose(table(&app)?), id(&import)?);
    answer(ctx, move |ctx| work(ctx, id)).await
}

/// `GET /api/v1/imports/{id}/rows`, as JSON or with `format=csv`.
pub async fn rows(State(app): State<Shared>, At(import): At<String>, call: Call) -> Reply {
    let query = call.query.clone();
    let ctx = door::identify(&app, call).await?.ctx;
    let imports = table(&app)?;
    let (request, is_csv) = parse(query.as_deref())?;
    let id = id(&import)?;
    if !is_csv {
        return answer(ctx, move |ctx| (imports.rows)(ctx, id, &request)).await;
    }
    let bytes = door::blocking(move || (imports.rows_csv)(&ctx, id, &request)).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_string()),
        (header::CONTENT_DISPOSITION, upload::disposition("attachment", "rows.csv")),
    ];
    let response: Response = (headers, bytes).into_response();
    Ok(response)
}

fn parse(query: Option<&str>) -> Result<(RowsRequest, bool)> {
    let mut p = Parameters::read(query, ROWS_PARAMETERS)?;
    let request = RowsRequest { state: p.text("state"), cursor: p.text("cursor"), limit: p.number("limit", 1..=500) };
    let is_csv = p.choice("format", &["json", "csv"]) == Some(1);
    p.finish()?;
    Ok((request, is_csv))
}

fn table(app: &Shared) -> Result<&'static Imports, Refused> {
    app.options.imports.ok_or_else(|| no_such_route("/api/v1/imports"))
}

async fn answer(ctx: Ctx, work: impl FnOnce(&Ctx) -> Result<Json> + Send + 'static) -> Reply {
    let ctx = Arc::new(ctx);
    let inside = Arc::clone(&ctx);
    let body = door::blocking(move || work(&inside)).await?;
    let answer = door::json(StatusCode::OK, &body);
    Ok(door::respond(door::with(answer, door::CORRELATION, ctx.correlation.to_string()))?)
}
