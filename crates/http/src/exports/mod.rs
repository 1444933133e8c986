//! Exports: all records of an object that the caller may see and that meet a filter, as one file.
//!
//! The file is written as pages are read, so memory stays small however long it is. Start with [`write`], which the
//! command line calls, too; [`export`] is the route. One file per format; the next format is a file here and a line
//! in [`Format`].

mod cell;
mod column;
mod csv;
mod jsonl;
mod vcard;
mod xlsx;

use std::io::{self, Write};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use base::{Error, Result};
use futures_util::{StreamExt, stream};
use kernel::query::{self, Count, ListRequest};
use kernel::{Ctx, role};
use model::Object;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use store::Tx;
use tokio::sync::mpsc;

use crate::app::Shared;
use crate::body::Sent;
use crate::context::{Call, Credential, nobody};
use crate::error::Reply;
use crate::{parameter, upload};

use column::Column;

/// Records that are read at once.
const PAGE: usize = 500;
/// Bytes that are sent at once.
const CHUNK: usize = 64 * 1024;

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Csv,
    Jsonl,
    Xlsx,
    Vcard,
}

impl Format {
    fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Jsonl => "application/jsonl",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Vcard => "text/vcard; charset=utf-8",
        }
    }
    fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
            Format::Xlsx => "xlsx",
            Format::Vcard => "vcf",
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportRequest {
    /// Name or path of the object.
    pub object: String,
    #[serde(default)]
    pub filter: Option<String>,
    #[serde(default)]
    pub q: Option<String>,
    #[serde(default)]
    pub sort: Option<String>,
    /// As in a list: `name,amount`; all that the caller may read without it.
    #[serde(default)]
    pub fields: Option<String>,
    pub format: Format,
}

/// Turns records into the bytes of one format.
trait Sheet {
    fn begin(&mut self, columns: &[Column]) -> Result<()>;
    fn row(&mut self, columns: &[Column], item: &Map<String, Json>) -> Result<()>;
    /// What is ready to be sent.
    fn take(&mut self) -> Vec<u8>;
    /// After the last record, for formats that can be written only then.
    fn finish(&mut self, out: &mut dyn Write) -> Result<()>;
}

/// Everything resolved: what to ask for and how it is laid out.
pub struct Plan {
    format: Format,
    path: String,
    list: ListRequest,
    columns: Vec<Column>,
}

/// Checks the request and the right to export, without reading more than one record.
pub fn plan(ctx: &Ctx, tx: &mut Tx, request: &ExportRequest) -> Result<Plan> {
    let name = ctx.model.object_by_path(&request.object).map_or(request.object.as_str(), |o| o.name.as_str());
    let object = role::known(ctx, name)?;
    if !role::may_export(ctx, object) {
        return Err(Error::forbidden(format!("You may not export {}", object.path)));
    }
    refuse_format(request.format, object)?;
    let columns = column::columns(ctx, object, request.fields.as_deref());
    let expand = if request.format == Format::Jsonl { String::new() } else { column::expand(ctx, object, &columns) };
    let list = ListRequest {
        object: object.name.clone(),
        filter: request.filter.clone(),
        q: request.q.clone(),
        sort: request.sort.clone(),
        fields: request.fields.clone(),
        expand: Some(expand).filter(|e| !e.is_empty()),
        limit: PAGE,
        count: Count::None,
        ..ListRequest::default()
    };
    query::list(ctx, tx, &ListRequest { limit: 1, ..list.clone() }, &mut Vec::new())?;
    Ok(Plan { format: request.format, path: object.path.clone(), list, columns })
}

fn refuse_format(format: Format, object: &Object) -> Result<()> {
    match format {
        Format::Vcard if !vcard::suits(object) => Err(Error::field(
            "format",
            "unsupported",
            format!("{} have neither e-mail nor phone, so there is no vCard of them", object.label_plural.en),
        )),
        _ => Ok(()),
    }
}

/// Writes the file; answers how many records are in it. Opens one read per page.
pub fn write(ctx: &Ctx, plan: &Plan, out: &mut dyn Write) -> Result<u64> {
    let mut sheet: Box<dyn Sheet> = match plan.format {
        Format::Csv => Box::new(csv::Csv::default()),
        Format::Xlsx => Box::new(xlsx::Xlsx::new(ctx)?),
        Format::Vcard => Box::new(vcard::Cards::default()),
        Format::Jsonl => Box::new(jsonl::Lines::default()),
    };
    sheet.begin(&plan.columns)?;
    let mut written = 0;
    let mut cursor: Option<String> = None;
    loop {
        let request = ListRequest { cursor: cursor.take(), ..plan.list.clone() };
        let mut bytes = Vec::new();
        ctx.engine.store().read(|tx| query::list(ctx, tx, &request, &mut bytes))?;
        let page: Json = serde_json::from_slice(&bytes)?;
        for item in page.get("items").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_object) {
            sheet.row(&plan.columns, item)?;
            written += 1;
        }
        out.write_all(&sheet.take())?;
        match page.get("next_cursor").and_then(Json::as_str) {
            Some(next) => cursor = Some(next.to_string()),
            None => break,
        }
    }
    sheet.finish(out)?;
    out.flush()?;
    Ok(written)
}

/// `POST /api/v1/exports`.
pub async fn export(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    if call.credential == Credential::None {
        return Err(nobody().into());
    }
    let input = parameter::none(call.query.as_deref()).map_err(Into::into).and_then(|()| sent.typed::<ExportRequest>());
    let inside = std::sync::Arc::clone(&app);
    let planned = app.engine.store().read_async(move |tx| {
        let ctx = call.identify(&inside, tx)?.ctx;
        match input {
            Ok(request) => Ok(Ok((plan(&ctx, tx, &request)?, ctx))),
            Err(refused) => Ok(Err(refused)),
        }
    });
    let (plan, ctx) = planned.await??;
    let name = format!("{}-{}.{}", plan.path, ctx.today(), plan.format.ending());
    let media_type = plan.format.media_type();
    let mut response = Response::new(stream(ctx, plan));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let disposition = HeaderValue::from_str(&upload::disposition("attachment", &name)).map_err(Error::from)?;
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}

/// A thread writes while the caller reads; when he goes away, it stops at the next piece.
fn stream(ctx: Ctx, plan: Plan) -> Body {
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(4);
    tokio::task::spawn_blocking(move || {
        let mut pipe = Pipe { sender: sender.clone(), buffer: Vec::with_capacity(CHUNK) };
        if let Err(error) = write(&ctx, &plan, &mut pipe) {
            tracing::warn!(%error, "an export ended early");
            // The connection is broken off, so that half a file is not taken for a whole one.
            let _ = sender.blocking_send(Err(io::Error::other("the export failed")));
        }
    });
    let pieces = stream::unfold(receiver, |mut receiver| async move { receiver.recv().await.map(|chunk| (chunk, receiver)) });
    Body::from_stream(pieces.fuse())
}

struct Pipe {
    sender: mpsc::Sender<io::Result<Bytes>>,
    buffer: Vec<u8>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let bytes = Bytes::from(std::mem::take(&mut self.buffer));
        self.sender.blocking_send(Ok(bytes)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}
