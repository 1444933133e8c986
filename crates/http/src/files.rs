//! Files: an upload becomes a record of the object `file`; its content is only ever downloaded, pictures aside.

use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use base::{Error, Result, Value};
use kernel::{Ctx, Record, file, record, role};
use serde_json::{Map, Value as Json, json};
use store::Tx;

use crate::app::Shared;
use crate::context::{At, Call};
use crate::door;
use crate::error::Reply;
use crate::etag;
use crate::parameter;
use crate::records::{id, list, show};
use crate::upload::{self, Received};

const OBJECT: &str = "file";

/// `GET /api/v1/files`.
pub async fn list(State(app): State<Shared>, call: Call) -> Reply {
    list::page(app, "files".to_string(), call).await
}

/// `POST /api/v1/files`: the parts `file` and, where it belongs to something, `about` (`[{"object", "id"}]`).
pub async fn create(State(app): State<Shared>, call: Call, multipart: Result<Multipart, MultipartRejection>) -> Reply {
    door::identify(&app, call.clone()).await?;
    parameter::none(call.query.as_deref())?;
    let received = upload::receive(&app, multipart, &["about"]).await?;
    let input = about(&received);
    let Received { name, stored, .. } = received;
    let sent = format!("{}\n{name}\n{:?}", stored.hash, input.as_ref().ok());
    let input = input.map(|about| (name, stored, about)).map_err(Into::into);
    door::write(&app, call, sent.as_bytes(), input, |ctx, tx, (name, stored, about)| {
        let record = keep(ctx, tx, name, stored, about)?;
        let answer = show(ctx, tx, StatusCode::CREATED, &record)?;
        Ok(door::with(answer, "location", format!("/api/v1/files/{}", record.id)))
    })
    .await
}

fn about(received: &Received) -> Result<Json> {
    let Some(text) = received.text("about") else { return Ok(Json::Array(Vec::new())) };
    crate::body::parse(text.as_bytes()).map_err(|e| Error::field("about", "type", Error::message(&e)))
}

/// The caller says name and place, the server what the content is.
fn keep(ctx: &Ctx, tx: &mut Tx, name: &str, stored: &file::Stored, about: &Json) -> Result<Record> {
    let object = role::known(ctx, OBJECT)?;
    role::require_create(ctx, object)?;
    let input: Map<String, Json> = [("name".to_string(), json!(name)), ("about".to_string(), about.clone())].into_iter().collect();
    let (fields, problems) = record::normalise(ctx, object, &input);
    if !problems.is_empty() {
        return Err(Error::fields(problems));
    }
    let mut values: Vec<(&str, Value)> = fields.values.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
    values.push(("mime", Value::text(stored.mime.as_str())));
    values.push(("size", Value::Int(i64::try_from(stored.size)?)));
    values.push(("hash", Value::text(stored.hash.as_str())));
    record::create_values(ctx, tx, OBJECT, values)
}

/// `GET /api/v1/files/{id}/content`.
pub async fn content(State(app): State<Shared>, At(record): At<String>, call: Call) -> Reply {
    let query = call.query.clone();
    let if_none_match = call.if_none_match.clone();
    let inside = std::sync::Arc::clone(&app);
    if call.credential == crate::context::Credential::None {
        return Err(crate::context::nobody().into());
    }
    let found = app.engine.store().read_async(move |tx| {
        let caller = call.identify(&inside, tx)?;
        record::get(&caller.ctx, tx, OBJECT, id(&record)?)
    });
    let found = found.await?;
    parameter::none(query.as_deref())?;
    let hash = found.text("hash").unwrap_or_default().to_string();
    let folder = app.engine.files().clone();
    let opened = hash.clone();
    let content = door::blocking(move || file::open(&folder, &opened)).await?;
    Ok(etag::unless_known(download(&found, &hash, content)?, if_none_match.as_deref()))
}

fn download(record: &Record, hash: &str, content: std::fs::File) -> Result<Response> {
    let mime = record.text("mime").unwrap_or("application/octet-stream");
    let kind = if file::is_shown_inline(mime) { "inline" } else { "attachment" };
    let size = content.metadata()?.len();
    let mut response = Response::new(upload::body_of(content));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(mime)?);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&upload::disposition(kind, record.text("name").unwrap_or("file")))?);
    headers.insert(header::ETAG, HeaderValue::from_str(&format!("\"{hash}\""))?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

#[cfg(test)]
fn empty_record(mime: &str, name: &str) -> Record {
    let mut values = std::collections::BTreeMap::new();
    values.insert("mime".to_string(), Value::text(mime));
    values.insert("name".to_string(), Value::text(name));
    Record {
        object: OBJECT.to_string(),
        id: base::Id::new(),
        version: 1,
        created_at: base::Instant::default(),
        created_by: None,
        updated_at: base::Instant::default(),
        updated_by: None,
        deleted_at: None,
        values,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_pictures_are_shown_and_everything_else_is_downloaded() {
        let open = || std::fs::File::open(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
        let kind = |mime: &str| {
            let response = download(&empty_record(mime, "x"), "ab", open()).unwrap();
            response.headers()[header::CONTENT_DISPOSITION].to_str().unwrap().split(';').next().unwrap().to_string()
        };
        assert_eq!(kind("image/png"), "inline");
        assert_eq!(kind("application/pdf"), "attachment");
        assert_eq!(kind("text/plain"), "attachment");
    }
}
