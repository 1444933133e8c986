//! `GET /api/v1/{object}`: one page of records.

use base::{Error, Instant, Result};
use model::Object;
use serde_json::json;
use store::{Sql, Tx};

use super::cursor::Cursor;
use super::{late, page, plan, plan::Plan};
use crate::ctx::Ctx;
use crate::role;

/// Counting stops here unless the exact number is asked for.
const BOUND: i64 = 1_000;
const MAX_PAGE: usize = 500;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Count {
    None,
    #[default]
    Bounded,
    Exact,
}

#[derive(Clone, Debug, Default)]
pub struct ListRequest {
    /// Singular name of the object.
    pub object: String,
    pub filter: Option<String>,
    pub q: Option<String>,
    pub sort: Option<String>,
    pub fields: Option<String>,
    pub expand: Option<String>,
    pub cursor: Option<String>,
    /// 1 to 500; 0 means the default of 50.
    pub limit: usize,
    pub count: Count,
    pub as_of: Option<Instant>,
    /// What is in the bin instead.
    pub bin: bool,
}

/// Writes the whole answer: `{"items": […], "next_cursor": …, "count": …}`.
pub fn list(ctx: &Ctx, tx: &mut Tx, request: &ListRequest, out: &mut Vec<u8>) -> Result<()> {
    if let Some(at) = request.as_of {
        return super::past::list(ctx, tx, request, at, out);
    }
    let object = role::known(ctx, &request.object)?;
    let mut plan = plan_of(ctx, object, request)?;
    plan.answer(ctx, tx, words(object, request.q.as_deref())?)?;
    let (mut items, more) = page::items(ctx, tx, &plan)?;
    late::complete(ctx, tx, &plan, &mut items)?;
    out.extend_from_slice(b"{\"items\":[");
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        out.extend_from_slice(&item.json);
    }
    let next = items.last().filter(|_| more).map(|last| {
        let sort = request.sort.clone().unwrap_or_default();
        Cursor { sort, values: last.sort.clone(), id: last.id }.to_text()
    });
    out.extend_from_slice(format!("],\"next_cursor\":{},\"count\":", json!(next)).as_bytes());
    let count = match request.count {
        Count::None => json!(null),
        _ if request.cursor.is_none() && !more => json!({"value": items.len(), "exact": true}),
        Count::Bounded => count(ctx, tx, &plan, Some(BOUND))?,
        Count::Exact => count(ctx, tx, &plan, None)?,
    };
    out.extend_from_slice(format!("{count}}}").as_bytes());
    Ok(())
}

/// All faults of a request at once.
pub(super) fn plan_of<'a>(ctx: &'a Ctx, object: &'a Object, request: &ListRequest) -> Result<Plan<'a>> {
    let mut plan = Plan::of(ctx, object)?;
    let mut faults = Vec::new();
    let mut extra = None;
    let mut note = |error: Error| {
        extra = extra.take().or_else(|| error.extra().cloned());
        faults.extend_from_slice(error.problems());
    };
    if let Some(text) = request.filter.as_deref().filter(|t| !t.trim().is_empty()) {
        plan::compile_filter(ctx, object, "filter", text).map_or_else(&mut note, |e| plan.filter = Some(e));
    }
    if let Some(text) = &request.sort {
        plan::parse_sort(ctx, object, text).map_or_else(&mut note, |o| plan.order = o);
    }
    if let Some(text) = &request.fields {
        plan.choose(ctx, text).unwrap_or_else(&mut note);
    }
    if let Some(text) = &request.expand {
        plan::parse_expand(ctx, object, text).map_or_else(&mut note, |e| plan.expand = e);
    }
    if let Some(text) = &request.cursor {
        Cursor::parse(text, request.sort.as_deref().unwrap_or_default()).map_or_else(&mut note, |c| plan.after = Some(c));
    }
    if request.limit > MAX_PAGE {
        note(Error::field("limit", "invalid", format!("limit is at most {MAX_PAGE}")));
    }
    if !faults.is_empty() {
        let error = Error::fields(faults);
        return Err(if let Some(extra) = extra { error.with_extra(extra) } else { error });
    }
    if plan.after.as_ref().is_some_and(|c| c.values.len() != plan.order.len()) {
        return Err(Error::field("cursor", "invalid", "This cursor belongs to another sort"));
    }
    plan.limit = if request.limit == 0 { 50 } else { request.limit };
    plan.bin = request.bin;
    Ok(plan)
}

pub(super) fn words(object: &Object, q: Option<&str>) -> Result<Option<(Vec<String>, bool)>> {
    let Some(q) = q.filter(|q| !q.trim().is_empty()) else { return Ok(None) };
    if !object.searched {
        return Err(Error::field("q", "unsupported", format!("{} cannot be searched by words; use filter", object.label_plural.en)));
    }
    let (words, last_is_prefix) = base::text::words_of_query(q);
    if let Some(digits) = base::text::phone_digits(q).filter(|_| words.len() > 1) {
        return Ok(Some((vec![digits], true)));
    }
    Ok(if words.is_empty() { None } else { Some((words, last_is_prefix)) })
}

fn count(ctx: &Ctx, tx: &mut Tx, plan: &Plan<'_>, bound: Option<i64>) -> Result<serde_json::Value> {
    let mut sql = Sql::new(tx.dialect());
    match bound {
        Some(bound) => {
            sql.push("select count(*) from (select 1 from ").push_ident(&plan.object.name).push(" t where ");
            sql.append(plan.conditions(ctx, tx)?).push(&format!(" limit {}) as bounded", bound + 1));
        }
        None => {
            sql.push("select count(*)");
            plan.push_counted(ctx, tx, &mut sql)?;
        }
    }
    let value = tx.first(&sql, |row| row.int(0))?.flatten().unwrap_or(0);
    Ok(match bound {
        Some(bound) if value > bound => json!({"value": bound, "exact": false}),
        _ => json!({"value": value, "exact": true}),
    })
}
