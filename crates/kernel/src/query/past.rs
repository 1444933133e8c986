//! A list as it was at an earlier moment, rebuilt from the log.

use std::cmp::Ordering;

use base::{Error, Instant, Result, Value};
use model::{Field, FieldType};
use serde_json::{Map, Value as Json, json};
use store::{Sql, Tx};

use super::list::{self, Count, ListRequest};
use super::order::Order;
use super::plan::Plan;
use crate::ctx::Ctx;
use crate::record::Record;
use crate::{record, role};

/// Records that are rebuilt at most for one answer.
const BOUND: usize = 5_000;

/// Rebuilds every record that existed then and keeps those that the filter and the caller's reach admit, newest first
/// or as the sort says. Refused beyond 5,000 records: the past has no index.
pub fn list(ctx: &Ctx, tx: &mut Tx, request: &ListRequest, at: Instant, out: &mut Vec<u8>) -> Result<()> {
    let object = role::known(ctx, &request.object)?;
    let plan = list::plan_of(ctx, object, request)?;
    if request.q.is_some() || request.cursor.is_some() || request.expand.is_some() || request.bin {
        return Err(Error::field("as_of", "unsupported", "as_of goes with filter, sort, fields and limit, with nothing else"));
    }
    if request.sort.is_some() && plan.order.iter().any(|o| matches!(o.field.kind, FieldType::Link | FieldType::User | FieldType::File)) {
        return Err(Error::field("sort", "unsupported", "A list as it was cannot be sorted by a relation"));
    }
    let mut found = existed(ctx, tx, &plan, at)?;
    if request.sort.is_some() {
        found.sort_by(|a, b| compare(&plan.order, a, b));
    }
    let total = found.len();
    let fields = request.fields.as_ref().map(|_| plan.fields.as_slice());
    let shown = found.iter().take(plan.limit).map(|r| shown(ctx, tx, r, fields).map(Json::Object)).collect::<Result<Vec<_>>>()?;
    let count = if request.count == Count::None { Json::Null } else { json!({"value": total, "exact": true}) };
    let answer = json!({"items": shown, "next_cursor": null, "count": count});
    out.extend_from_slice(answer.to_string().as_bytes());
    Ok(())
}

fn existed(ctx: &Ctx, tx: &mut Tx, plan: &Plan<'_>, at: Instant) -> Result<Vec<Record>> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select t.id from ").push_ident(&plan.object.name).push(" t where t.created_at <= ").bind(at);
    sql.push(&format!(" order by t.created_at desc, t.id desc limit {}", BOUND + 1));
    let ids: Vec<_> = tx.all(&sql, |row| row.id(0))?.into_iter().flatten().collect();
    if ids.len() > BOUND {
        return Err(Error::field("as_of", "too_many", format!("More than {BOUND} records existed then; ask for single records")));
    }
    let mut found = Vec::new();
    for id in ids {
        let Some(past) = record::past(ctx, tx, plan.object, id, at)? else { continue };
        let meets = match &plan.filter {
            Some(filter) => record::holds(ctx, tx, filter, &past)?,
            None => true,
        };
        if meets {
            found.push(past);
        }
    }
    Ok(found)
}

/// A record as it was, with the fields that were asked for.
pub fn shown(ctx: &Ctx, tx: &mut Tx, record: &Record, fields: Option<&[&Field]>) -> Result<Map<String, Json>> {
    let mut map = record::to_json(ctx, tx, record)?;
    if let Some(fields) = fields {
        let keep = |k: &str| matches!(k, "id" | "version" | "created_at" | "updated_at") || fields.iter().any(|f| f.name == k);
        map.retain(|k, _| keep(k));
    }
    Ok(map)
}

/// In the order that a list of today has: texts as people sort them, absent values last in either direction.
fn compare(orders: &[Order<'_>], a: &Record, b: &Record) -> Ordering {
    let each = orders.iter().map(|order| {
        let (a, b) = (a.get(&order.field.name), b.get(&order.field.name));
        match (a.is_null(), b.is_null()) {
            (false, false) if order.descending => between(b, a),
            (false, false) => between(a, b),
            (a_absent, b_absent) => a_absent.cmp(&b_absent),
        }
    });
    each.fold(Ordering::Equal, Ordering::then)
}

fn between(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => base::text::sort_key(a).cmp(&base::text::sort_key(b)),
        (Value::Money(a), Value::Money(b)) => a.base.unwrap_or(a.amount).cmp(&b.base.unwrap_or(b.amount)),
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Instant(a), Value::Instant(b)) => a.cmp(b),
        (Value::Id(a), Value::Id(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}
