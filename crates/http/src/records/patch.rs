//! `PATCH /api/v1/{object}/{id}`: changes the named fields. Fields changed meanwhile by somebody else are a conflict
//! with both values, when `If-Match` says which version the caller saw. Changing an import means more than its record
//! and is the module's that imports.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::record;

use super::{id, object, show};
use crate::app::Shared;
use crate::body::Sent;
use crate::context::{At, Call};
use crate::door;
use crate::error::{Refused, Reply};
use crate::etag;
use crate::imports;
use crate::parameter;

pub async fn patch(State(app): State<Shared>, At((path, record)): At<(String, String)>, call: Call, sent: Sent) -> Reply {
    if path == imports::PATH && app.options.imports.is_some() {
        return imports::change(app, record, call, sent).await;
    }
    let input = parameter::none(call.query.as_deref())
        .and_then(|()| etag::version(call.if_match.as_deref()))
        .map_err(Refused::from)
        .and_then(|version| Ok((sent.object()?, version)));
    door::write(&app, call, &sent.bytes, input, move |ctx, tx, (input, version)| {
        let name = object(ctx, &path)?.name.clone();
        let record = record::update(ctx, tx, &name, id(&record)?, input, *version)?;
        show(ctx, tx, StatusCode::OK, &record)
    })
    .await
}
