//! `POST /api/v1/{object}/batch`: up to 1,000 operations in order, all or each for itself. With `dry_run=true` nothing is
//! done, and what would become of each is told, with what hangs on those that would go to the bin.

use axum::extract::State;
use axum::http::StatusCode;
use base::{Code, Error, Id, Result};
use kernel::{Ctx, Record, Speech, record, role};
use model::{Field, FieldType, Object};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use store::Tx;

use super::{object, upsert};
use crate::app::Shared;
use crate::body::Sent;
use crate::context::{At, Call};
use crate::door;
use crate::error::{self, Refused, Reply};
use crate::parameter::Parameters;

pub const LIMIT: usize = 1_000;
pub const PARAMETERS: &[&str] = &["dry_run"];
/// Operations of one call without the right to change many at once; of these none but one may delete.
const FEW: usize = 100;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    pub operations: Vec<Operation>,
    /// All or nothing; without it every operation stands for itself.
    #[serde(default)]
    pub atomic: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    pub op: Verb,
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default)]
    pub values: Option<Map<String, Json>>,
    /// Lists of an update, such as tags: what is put to those that are there.
    #[serde(default)]
    pub add: Option<Map<String, Json>>,
    /// The same: what is taken out of them.
    #[serde(default)]
    pub remove: Option<Map<String, Json>>,
    /// The version that the caller saw, as `If-Match` elsewhere.
    #[serde(default)]
    pub version: Option<i64>,
    /// Of an upsert.
    #[serde(default, rename = "match")]
    pub key: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    Create,
    Update,
    Delete,
    Upsert,
}

pub async fn batch(State(app): State<Shared>, At(path): At<String>, call: Call, sent: Sent) -> Reply {
    let input = dry_run(call.query.as_deref()).map_err(Into::into).and_then(|dry| Ok((parse(&sent)?, dry)));
    let request_id = call.request_id.clone();
    door::write(&app, call, &sent.bytes, input, move |ctx, tx, (batch, dry_run)| {
        let object = object(ctx, &path)?;
        refuse_many(ctx, object, batch)?;
        let name = object.name.clone();
        tx.take_turns(&changed(batch))?;
        if !*dry_run {
            let results = all(ctx, tx, &name, batch, &request_id)?;
            return Ok(door::json(StatusCode::OK, &json!({"results": results})));
        }
        let results = super::rehearse(tx, |tx| all(ctx, tx, &name, batch, &request_id))?;
        let going: Vec<Id> =
            batch.operations.iter().filter(|o| o.op == Verb::Delete).filter_map(|o| o.id.as_deref()?.parse().ok()).collect();
        let hanging = super::hanging(ctx, tx, &name, &going)?;
        Ok(door::json(StatusCode::OK, &json!({"dry_run": true, "results": results, "hanging": hanging})))
    })
    .await
}

fn dry_run(query: Option<&str>) -> Result<bool> {
    let mut p = Parameters::read(query, PARAMETERS)?;
    let dry_run = p.flag("dry_run");
    p.finish()?;
    Ok(dry_run)
}

/// Who has not the right to change many changes a few, and deletes one by one.
fn refuse_many(ctx: &Ctx, object: &Object, batch: &Batch) -> Result<()> {
    if role::may_bulk(ctx, object) {
        return Ok(());
    }
    if batch.operations.iter().filter(|o| o.op == Verb::Delete).count() > 1 {
        return Err(Error::forbidden(format!("You may not delete more than one of {} at once", object.path)));
    }
    if batch.operations.len() > FEW {
        return Err(Error::forbidden(format!("You may not change more than 100 {} at once", object.path)));
    }
    Ok(())
}

/// What became of each operation, in order.
fn all(ctx: &Ctx, tx: &mut Tx, name: &str, batch: &Batch, request_id: &str) -> Result<Vec<Json>> {
    let mut results = Vec::with_capacity(batch.operations.len());
    for (place, operation) in batch.operations.iter().enumerate() {
        match tx.savepoint(|tx| one(ctx, tx, name, operation)) {
            Ok(result) => results.push(result),
            Err(error) if is_ours(&error) => return Err(error),
            Err(error) if batch.atomic => return Err(at_place(&error, place)),
            Err(error) => {
                let status = error::status(error.code());
                let problem = error::document(&error, status, request_id, &Speech { language: &ctx.language, model: &ctx.model });
                results.push(json!({"status": status.as_u16(), "id": operation.id, "error": problem}));
            }
        }
    }
    Ok(results)
}

/// The records that the operations name.
fn changed(batch: &Batch) -> Vec<Id> {
    batch.operations.iter().filter_map(|o| o.id.as_deref()?.parse().ok()).collect()
}

fn parse(sent: &Sent) -> Result<Batch, Refused> {
    let batch: Batch = sent.typed()?;
    match batch.operations.len() {
        0 => Err(Error::field("operations", "required", "At least one operation is needed").into()),
        n if n > LIMIT => Err(Error::field("operations", "too_many", format!("A batch has at most {LIMIT} operations, not {n}")).into()),
        _ => Ok(batch),
    }
}

/// Not the caller's fault, or one that another run of the whole may mend.
fn is_ours(error: &Error) -> bool {
    error.is_retryable() || matches!(error.code(), Code::Internal | Code::Unavailable)
}

fn one(ctx: &Ctx, tx: &mut Tx, object: &str, operation: &Operation) -> Result<Json> {
    let empty = Map::new();
    let values = operation.values.as_ref().unwrap_or(&empty);
    let id = || -> Result<Id> {
        let text = operation.id.as_deref().ok_or_else(|| Error::field("id", "required", "\"id\" is needed here"))?;
        super::id(text)
    };
    let done =
        |status: StatusCode, record: &Record| json!({"status": status.as_u16(), "id": record.id.to_string(), "version": record.version});
    match operation.op {
        Verb::Create => Ok(done(StatusCode::CREATED, &record::create(ctx, tx, object, values)?)),
        Verb::Update => {
            let values = with_lists(ctx, tx, object, id()?, operation, values)?;
            Ok(done(StatusCode::OK, &record::update(ctx, tx, object, id()?, &values, operation.version)?))
        }
        Verb::Delete => Ok(done(StatusCode::OK, &record::delete(ctx, tx, object, id()?)?)),
        Verb::Upsert => {
            let key = operation.key.as_deref().ok_or_else(|| Error::field("match", "required", "\"match\" is needed here"))?;
            let (created, record) = upsert::apply(ctx, tx, object, key, values)?;
            Ok(done(if created { StatusCode::CREATED } else { StatusCode::OK }, &record))
        }
    }
}

/// The values of an update, with the lists as they will be.
fn with_lists(
    ctx: &Ctx,
    tx: &mut Tx,
    object: &str,
    id: Id,
    operation: &Operation,
    values: &Map<String, Json>,
) -> Result<Map<String, Json>> {
    let mut values = values.clone();
    let changes = [(&operation.add, true), (&operation.remove, false)];
    for (name, items, is_put) in changes.iter().flat_map(|(map, put)| map.iter().flatten().map(move |(name, items)| (name, items, *put))) {
        let known = ctx.model.object(object).and_then(|o| Some((o, o.field(name)?)));
        let Some((object, field)) = known.filter(|(o, f)| is_list(f) && role::may_read_field(ctx, o, f)) else {
            let told = format!("\"{}\" is no list to which something could be put", base::text::shorten(name, 60));
            return Err(Error::field(name.as_str(), "type", told));
        };
        let items = items.as_array().cloned().unwrap_or_else(|| vec![items.clone()]);
        let current = match values.remove(name) {
            Some(Json::Array(list)) => list,
            _ => {
                let record = record::get(ctx, tx, &object.name, id)?;
                let written = model::field::kind(field.kind).write(field, record.get(name));
                written.as_array().cloned().unwrap_or_default()
            }
        };
        let kept = current.iter().filter(|item| is_put || !items.contains(item)).cloned();
        let put = items.iter().filter(|item| is_put && !current.contains(item)).cloned();
        values.insert(name.clone(), Json::Array(kept.chain(put).collect()));
    }
    Ok(values)
}

/// Lists of plain values: words, codes, ids.
fn is_list(field: &Field) -> bool {
    matches!(field.kind, FieldType::Links | FieldType::Choices | FieldType::Texts) && field.to.as_deref() != Some("any")
}

/// The problems of one operation of an atomic batch, with its place.
fn at_place(error: &Error, place: usize) -> Error {
    let prefix = format!("operations[{place}]");
    let mut moved = match error.problems() {
        [] => Error::new(error.code(), format!("{prefix}: {}", error.message())),
        problems => Error::fields(
            problems.iter().map(|p| base::FieldProblem::new(format!("{prefix}.values.{}", p.field), &p.code, p.message.clone())).collect(),
        ),
    };
    let mut extra = error.extra().and_then(Json::as_object).cloned().unwrap_or_default();
    extra.insert("operation".to_string(), json!(place));
    moved = moved.with_extra(Json::Object(extra));
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_of_an_atomic_batch_names_its_operation() {
        let moved = at_place(&Error::field("amount", "type", "Write a number"), 3);
        assert_eq!(moved.problems()[0].field, "operations[3].values.amount");
        let conflict = Error::conflict("Somebody else changed amount").with_extra(json!({"conflicts": []}));
        let moved = at_place(&conflict, 2);
        assert_eq!(moved.code(), Code::Conflict);
        assert_eq!(moved.extra().unwrap()["operation"], 2);
    }
}
