//! Actions: `POST …/{id}/actions/{action}` on one record, `POST …/actions/{action}` on many. What an action does is
//! a module's; whether the caller may is decided by the engine.

use axum::extract::State;
use axum::http::StatusCode;
use base::{Error, FieldProblem, Id, Result};
use kernel::query::{self, Count, ListRequest};
use kernel::{Ctx, action};
use serde_json::{Map, Value as Json, json};
use store::Tx;

use crate::app::Shared;
use crate::body::Sent;
use crate::context::{At, Call};
use crate::door;
use crate::error::{Refused, Reply};
use crate::parameter::Parameters;
use crate::records::{id, object};

pub const PARAMETERS: &[&str] = &["dry_run"];
/// Records that one call may act on.
pub const LIMIT: usize = 1_000;

/// The body is the action's input.
pub async fn on_one(State(app): State<Shared>, At((path, record, name)): At<(String, String, String)>, call: Call, sent: Sent) -> Reply {
    let input = dry_run(call.query.as_deref()).map_err(Refused::from).and_then(|dry| Ok((sent.object()?, dry)));
    door::write(&app, call, &sent.bytes, input, move |ctx, tx, (input, dry)| {
        let object = object(ctx, &path)?.name.clone();
        let outcome = action::run(ctx, tx, &object, &name, id(&record)?, input, *dry)?;
        let mut body = json!({"result": outcome.result, "records": outcome.records});
        if let (true, Some(body)) = (*dry, body.as_object_mut()) {
            body.insert("dry_run".to_string(), json!(true));
        }
        Ok(door::json(StatusCode::OK, &body))
    })
    .await
}

struct Many {
    ids: Option<Vec<Id>>,
    filter: Option<String>,
    input: Map<String, Json>,
    dry_run: bool,
}

/// The body names the records by `ids` or `filter`, and holds the `input`.
pub async fn on_many(State(app): State<Shared>, At((path, name)): At<(String, String)>, call: Call, sent: Sent) -> Reply {
    let input = dry_run(call.query.as_deref()).map_err(Refused::from).and_then(|dry| parse(&sent, dry));
    door::write(&app, call, &sent.bytes, input, move |ctx, tx, many| {
        let object = object(ctx, &path)?.name.clone();
        let ids = match (&many.ids, &many.filter) {
            (Some(ids), _) => ids.clone(),
            (None, filter) => matching(ctx, tx, &object, filter.as_deref().unwrap_or_default())?,
        };
        let body = action::run_many(ctx, tx, &object, &name, &ids, &many.input, many.dry_run)?;
        Ok(door::json(StatusCode::OK, &body))
    })
    .await
}

fn parse(sent: &Sent, dry_run: bool) -> Result<Many, Refused> {
    let mut form = sent.form(&["ids", "filter", "input"])?;
    let ids = form.array("ids");
    let filter = form.text("filter");
    let input = form.object("input").unwrap_or_default();
    match (&ids, &filter) {
        (Some(_), Some(_)) => form.problem("filter", "conflicting", "Name the records by ids or by filter, not both"),
        (None, None) => form.problem("ids", "required", "Name the records by ids or by filter"),
        (Some(ids), None) if ids.is_empty() || ids.len() > LIMIT => form.problem("ids", "length", format!("Name 1 to {LIMIT} records")),
        _ => {}
    }
    form.finish()?;
    let ids = ids.map(|ids| parse_ids(&ids)).transpose()?;
    Ok(Many { ids, filter, input, dry_run })
}

fn parse_ids(ids: &[Json]) -> Result<Vec<Id>> {
    let mut parsed = Vec::with_capacity(ids.len());
    let mut problems = Vec::new();
    for (place, value) in ids.iter().enumerate() {
        match value.as_str().and_then(|text| text.parse().ok()) {
            Some(id) => parsed.push(id),
            None => problems.push(FieldProblem::new(format!("ids[{place}]"), "type", "This is not an id")),
        }
    }
    if problems.is_empty() { Ok(parsed) } else { Err(Error::fields(problems)) }
}

/// Ids of the records that the caller may see and that meet a filter; too many are refused rather than cut off.
fn matching(ctx: &Ctx, tx: &mut Tx, object: &str, filter: &str) -> Result<Vec<Id>> {
    let mut ids = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let request = ListRequest {
            object: object.to_string(),
            filter: Some(filter.to_string()),
            fields: Some("id".to_string()),
            limit: 500,
            count: Count::None,
            cursor: cursor.take(),
            ..ListRequest::default()
        };
        let mut out = Vec::new();
        query::list(ctx, tx, &request, &mut out)?;
        let page: Json = serde_json::from_slice(&out)?;
        let items = page.get("items").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        ids.extend(items.iter().filter_map(|i| i.get("id")?.as_str()?.parse::<Id>().ok()));
        if ids.len() > LIMIT {
            return Err(Error::field("filter", "too_many", format!("This is met by more than {LIMIT} records; narrow it")));
        }
        match page.get("next_cursor").and_then(Json::as_str) {
            Some(next) => cursor = Some(next.to_string()),
            None => return Ok(ids),
        }
    }
}

fn dry_run(query: Option<&str>) -> Result<bool> {
    let mut p = Parameters::read(query, PARAMETERS)?;
    let dry_run = p.flag("dry_run");
    p.finish()?;
    Ok(dry_run)
}
