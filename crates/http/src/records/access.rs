//! `GET /api/v1/{object}/{id}/access?user=`: why a person may see, change or delete a record, or may not; without one,
//! the caller himself.

use axum::extract::State;
use axum::http::StatusCode;
use base::{Error, Id, Result};
use kernel::workspace;

use super::{id, object};
use crate::app::Shared;
use crate::context::{At, Call, nobody};
use crate::door;
use crate::error::Reply;
use crate::parameter::Parameters;

pub const PARAMETERS: &[&str] = &["user"];

pub async fn access(State(app): State<Shared>, At((path, record)): At<(String, String)>, call: Call) -> Reply {
    let person = parse(call.query.as_deref()).map_err(Into::into);
    door::read(&app, call, person, move |ctx, tx, person: Option<Id>| {
        let person = person.or(ctx.user_id()).ok_or_else(nobody)?;
        let body = workspace::reasons(ctx, tx, object(ctx, &path)?, id(&record)?, person)?;
        Ok(door::json(StatusCode::OK, &body))
    })
    .await
}

fn parse(query: Option<&str>) -> Result<Option<Id>> {
    let p = Parameters::read(query, PARAMETERS)?;
    let person = p.text("user");
    p.finish()?;
    let wrong = |text: &str| Error::field("user", "invalid", format!("\"{}\" is not an id", base::text::shorten(text, 60)));
    person.map(|text| text.parse().map_err(|_| wrong(&text))).transpose()
}
