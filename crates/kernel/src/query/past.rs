//! A list as it was at an earlier moment, rebuilt from the log.

use base::{Error, Instant, Result};
use serde_json::{Value as Json, json};
use store::{Sql, Tx};

use super::list::{self, ListRequest};
use crate::ctx::Ctx;
use crate::{record, role};

/// Records that are rebuilt at most for one answer.
const BOUND: usize = 5_000;

/// Rebuilds every record that existed then and keeps those that the filter and the caller's reach admit, newest
/// first. Refused beyond 5,000 records: the past has no index.
pub fn list(ctx: &Ctx, tx: &mut Tx, request: &ListRequest, at: Instant, out: &mut Vec<u8>) -> Result<()> {
    let object = role::known(ctx, &request.object)?;
    let plan = list::plan_of(ctx, object, request)?;
    if request.q.is_some() || request.cursor.is_some() {
        return Err(Error::field("as_of", "unsupported", "as_of goes with filter, fields and limit, not with q or cursor"));
    }
    let mut sql = Sql::new(tx.dialect());
    sql.push("select t.id from ").push_ident(&object.name).push(" t where t.created_at <= ").bind(at);
    sql.push(&format!(" order by t.created_at desc, t.id desc limit {}", BOUND + 1));
    let ids: Vec<_> = tx.all(&sql, |row| row.id(0))?.into_iter().flatten().collect();
    if ids.len() > BOUND {
        return Err(Error::field("as_of", "too_many", format!("More than {BOUND} records existed then; ask for single records")));
    }
    let mut items = Vec::new();
    let mut total = 0;
    for id in ids {
        let Some(past) = record::past(ctx, tx, object, id, at)? else { continue };
        if let Some(filter) = &plan.filter
            && !record::holds(ctx, tx, filter, &past)?
        {
            continue;
        }
        total += 1;
        if items.len() < plan.limit {
            let mut map = record::to_json(ctx, tx, &past)?;
            if request.fields.is_some() {
                let keep = |k: &str| matches!(k, "id" | "version" | "created_at" | "updated_at") || plan.fields.iter().any(|f| f.name == k);
                map.retain(|k, _| keep(k));
            }
            items.push(Json::Object(map));
        }
    }
    let answer = json!({"items": items, "next_cursor": null, "count": {"value": total, "exact": true}});
    out.extend_from_slice(answer.to_string().as_bytes());
    Ok(())
}
