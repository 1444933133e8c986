//! Steps the rows of a plan straight into bytes: one statement, and a second one only where a page reaches the
//! records whose sorted field is absent.

use base::{Error, Id, Result};
use model::field;
use model::{Field, FieldType, Object};
use store::table::ColumnKind;
use store::{Param, Row, Sql, Tx};

use super::cursor::Cursor;
use super::late;
use super::order::Order;
use super::plan::Plan;
use crate::ctx::Ctx;

/// One record on its way to the answer: an open JSON object, with what later statements still need.
pub struct Item {
    pub id: Id,
    pub version: i64,
    /// `{"id":…,"version":…` without the closing brace.
    pub json: Vec<u8>,
    /// The targets of the plan's late links, in the order of `late::links`.
    pub links: Vec<Option<Id>>,
    /// Values of the sort columns, for the cursor.
    pub sort: Vec<Param>,
}

/// The records of a page in order, and whether more follow.
pub fn items(ctx: &Ctx, tx: &mut Tx, plan: &Plan<'_>) -> Result<(Vec<Item>, bool)> {
    let want = plan.limit + 1;
    let mut items = Vec::new();
    match plan.order.as_slice() {
        [one] if !one.certain => {
            let in_absent = plan.after.as_ref().is_some_and(|c| c.values.first().is_none_or(Param::is_null));
            if !in_absent {
                items = fetch(ctx, tx, plan, Phase::Present(one), want)?;
            }
            if items.len() < want {
                let rest = want - items.len();
                items.extend(fetch(ctx, tx, plan, Phase::Absent(one, in_absent), rest)?);
            }
        }
        [one] => items = fetch(ctx, tx, plan, Phase::Present(one), want)?,
        _ => items = fetch(ctx, tx, plan, Phase::Many, want)?,
    }
    let more = items.len() > plan.limit;
    items.truncate(plan.limit);
    Ok((items, more))
}

/// Which records a statement fetches when the sorted field may be absent: absent ones come last, in either direction.
enum Phase<'a> {
    Present(&'a Order<'a>),
    /// The flag tells that the cursor stands among the absent ones.
    Absent(&'a Order<'a>, bool),
    Many,
}

fn fetch(ctx: &Ctx, tx: &mut Tx, plan: &Plan<'_>, phase: Phase<'_>, limit: usize) -> Result<Vec<Item>> {
    let late = late::links(ctx, plan)?;
    let conditions = plan.conditions(ctx, tx)?;
    let sql = statement(ctx, plan, conditions.clone(), &phase, limit, None)?;
    if let Phase::Present(order) = &phase
        && let Some(Walk { index, until }) = walk(ctx, tx, plan, order, &sql, &conditions, limit)?
    {
        let mut near = conditions;
        near.append(until);
        let items = tx.all(&statement(ctx, plan, near, &phase, limit, Some(&index))?, |row| item(ctx, plan, &late, row))?;
        if items.len() == limit {
            return Ok(items);
        }
    }
    tx.all(&sql, |row| item(ctx, plan, &late, row))
}

/// With the name of an index the rows are looked at in its order.
fn statement(ctx: &Ctx, plan: &Plan<'_>, conditions: Sql, phase: &Phase<'_>, limit: usize, index: Option<&str>) -> Result<Sql> {
    let mut sql = Sql::new(conditions.dialect());
    select(ctx, plan, &mut sql)?;
    sql.push(" from ").push_ident(&plan.object.name).push(" t");
    if let Some(index) = index {
        sql.push(" indexed by ").push_ident(index);
    }
    sql.push(" where ").append(conditions);
    let direction = if plan.order.first().is_some_and(|o| o.descending) { " desc" } else { "" };
    match phase {
        Phase::Present(order) => present(ctx, plan, order, direction, &mut sql)?,
        Phase::Absent(order, inside) => absent(ctx, plan, order, *inside, direction, &mut sql)?,
        Phase::Many => many(ctx, plan, direction, &mut sql)?,
    }
    sql.push(&format!(" limit {limit}"));
    Ok(sql)
}

/// So many records are looked at in the order of the sort, until a page of a wide filter is full.
const FAR: i64 = 30_000;
/// A filter that leaves fewer is sorted at once.
const WIDE: i64 = 500;

/// Records in the order of an index.
struct Walk {
    index: String,
    /// A further condition: no further than this.
    until: Sql,
}

/// Whether a page is better found by looking at records in the order of the sort, one after the other.
///
/// SQLite sorts everything that a filter leaves, however much, for the sake of one page. Where it leaves so many that
/// they are likely to fill the page soon, they are met on the way; if the page is not full by then, the whole is asked.
fn walk(ctx: &Ctx, tx: &mut Tx, plan: &Plan<'_>, order: &Order<'_>, sql: &Sql, conditions: &Sql, limit: usize) -> Result<Option<Walk>> {
    if plan.bin || !tx.way(sql)?.sorts {
        return Ok(None);
    }
    let mut last = Sql::new(tx.dialect());
    last.push("select ");
    order.push(ctx, &mut last)?;
    last.push(", t.id from ").push_ident(&plan.object.name).push(" t where t.deleted_at is null");
    present(ctx, plan, order, if order.descending { " desc" } else { "" }, &mut last)?;
    last.push(&format!(" limit 1 offset {FAR}"));
    let way = tx.way(&last)?;
    let Some(index) = way.index.filter(|_| !way.sorts) else { return Ok(None) };
    if !is_wide(tx, plan, conditions, limit)? {
        return Ok(None);
    }
    let mut until = Sql::new(tx.dialect());
    if let Some((value, id)) = tx.first(&last, |row| Ok((sort_value(ctx, order, row, 0)?, row.id(1)?)))? {
        until.push(" and (");
        order.push(ctx, &mut until)?;
        until.push(", t.id) ").push(if order.descending { ">=" } else { "<=" }).push(" (").bind(value).push(", ").bind(id).push(")");
    }
    Ok(Some(Walk { index, until }))
}

/// Would so many records, taken as they come, hold a page of those that meet the conditions?
fn is_wide(tx: &mut Tx, plan: &Plan<'_>, conditions: &Sql, limit: usize) -> Result<bool> {
    let mut count = Sql::new(tx.dialect());
    count.push("select max(rid) from ").push_ident(&plan.object.name);
    let all = tx.first(&count, |row| row.int(0))?.flatten().unwrap_or(0);
    let wide = (all / FAR * i64::try_from(limit).unwrap_or(i64::MAX)).max(WIDE);
    let mut some = Sql::new(tx.dialect());
    some.push("select count(*) from (select 1 from ").push_ident(&plan.object.name).push(" t where ");
    some.append(conditions.clone()).push(&format!(" limit {wide})"));
    Ok(tx.first(&some, |row| row.must_int(0))? == Some(wide))
}

/// `id, version, created_at, updated_at`, the fields, the sort columns; of the bin since when it lies there.
fn select(ctx: &Ctx, plan: &Plan<'_>, sql: &mut Sql) -> Result<()> {
    sql.push("select t.id, t.version, t.created_at, t.updated_at");
    for field in plan.fields.iter().filter(|f| in_row(f)) {
        for column in field::row_columns(plan.object, field) {
            sql.push(", ").push_column("t", &column);
        }
    }
    for order in &plan.order {
        sql.push(", ");
        order.push(ctx, sql)?;
    }
    if plan.bin {
        sql.push(", t.deleted_at");
    }
    Ok(())
}

/// Stands in the record's own row (everything but lists and what is always there).
pub fn in_row(field: &Field) -> bool {
    !field::is_child(field) && field.kind != FieldType::Reverse && !late::is_late_alias(field) && !is_always(field)
}

fn is_always(field: &Field) -> bool {
    matches!(field.name.as_str(), "created_at" | "updated_at")
}

fn present(ctx: &Ctx, plan: &Plan<'_>, order: &Order<'_>, direction: &str, sql: &mut Sql) -> Result<()> {
    if !order.certain {
        sql.push(" and ");
        order.push(ctx, sql)?;
        sql.push(" is not null");
    }
    if let Some(Cursor { values, id, .. }) = &plan.after {
        let value = values.first().cloned().unwrap_or(Param::Null);
        sql.push(" and (");
        order.push(ctx, sql)?;
        sql.push(", t.id) ").push(if order.descending { "<" } else { ">" }).push(" (").bind(value).push(", ").bind(*id).push(")");
    }
    sql.push(" order by ");
    order.push(ctx, sql)?;
    sql.push(direction).push(", t.id").push(direction);
    Ok(())
}

fn absent(ctx: &Ctx, plan: &Plan<'_>, order: &Order<'_>, inside: bool, direction: &str, sql: &mut Sql) -> Result<()> {
    sql.push(" and ");
    order.push(ctx, sql)?;
    sql.push(" is null");
    if let (true, Some(cursor)) = (inside, &plan.after) {
        sql.push(if order.descending { " and t.id < " } else { " and t.id > " }).bind(cursor.id);
    }
    sql.push(" order by t.id").push(direction);
    Ok(())
}

/// Several sort fields: the general form, row by row compared, absent last.
fn many(ctx: &Ctx, plan: &Plan<'_>, direction: &str, sql: &mut Sql) -> Result<()> {
    if let Some(cursor) = &plan.after {
        sql.push(" and ");
        after(ctx, &plan.order, &cursor.values, cursor.id, direction, sql)?;
    }
    sql.push(" order by ");
    for order in &plan.order {
        sql.push("(");
        order.push(ctx, sql)?;
        sql.push(" is null), ");
        order.push(ctx, sql)?;
        sql.push(if order.descending { " desc, " } else { ", " });
    }
    sql.push("t.id").push(direction);
    Ok(())
}

fn after(ctx: &Ctx, orders: &[Order<'_>], values: &[Param], id: Id, direction: &str, sql: &mut Sql) -> Result<()> {
    let Some((order, rest)) = orders.split_first() else {
        sql.push(if direction.is_empty() { "t.id > " } else { "t.id < " }).bind(id);
        return Ok(());
    };
    let (value, values) = values.split_first().map_or((Param::Null, values), |(v, rest)| (v.clone(), rest));
    sql.push("(");
    if !value.is_null() {
        order.push(ctx, sql)?;
        sql.push(if order.descending { " < " } else { " > " }).bind(value.clone()).push(" or ");
        order.push(ctx, sql)?;
        sql.push(" is null or ");
    }
    sql.push("(");
    order.push(ctx, sql)?;
    if value.is_null() {
        sql.push(" is null");
    } else {
        sql.push(" = ").bind(value);
    }
    sql.push(" and ");
    after(ctx, rest, values, id, direction, sql)?;
    sql.push("))");
    Ok(())
}

fn item(ctx: &Ctx, plan: &Plan<'_>, late: &[&Field], row: &Row<'_>) -> Result<Item> {
    let missing = || Error::internal("a record lacks its id");
    let id = row.id(0)?.ok_or_else(missing)?;
    let version = row.int(1)?.unwrap_or(1);
    let mut json = Vec::with_capacity(512);
    json.extend_from_slice(b"{\"id\":\"");
    id.write_to(&mut json);
    json.extend_from_slice(format!("\",\"version\":{version}").as_bytes());
    for (at, name) in [(2, "created_at"), (3, "updated_at")] {
        if let Some(instant) = row.instant(at)? {
            json.extend_from_slice(format!(",\"{name}\":\"{instant}\"").as_bytes());
        }
    }
    let mut at = 4;
    let mut links = Vec::new();
    for field in plan.fields.iter().filter(|f| in_row(f)) {
        if late.iter().any(|l| l.name == field.name) {
            links.push(row.id(at)?);
            at += 1;
            continue;
        }
        json.extend_from_slice(b",\"");
        json.extend_from_slice(field.name.as_bytes());
        json.extend_from_slice(b"\":");
        field::render(plan.object, field, row, &mut at, &mut json)?;
    }
    if plan.bin
        && let Some(since) = row.instant(at + plan.order.len())?
    {
        json.extend_from_slice(format!(",\"deleted_at\":\"{since}\"").as_bytes());
    }
    let sort = plan.order.iter().enumerate().map(|(i, order)| sort_value(ctx, order, row, at + i)).collect::<Result<_>>()?;
    Ok(Item { id, version, json, links, sort })
}

/// The sort column's value as it will be compared with again.
fn sort_value(ctx: &Ctx, order: &Order<'_>, row: &Row<'_>, at: usize) -> Result<Param> {
    Ok(match order.column_kind(ctx) {
        ColumnKind::Id => row.id(at)?.into(),
        ColumnKind::Bool => row.bool(at)?.into(),
        ColumnKind::Int => row.int(at)?.into(),
        ColumnKind::Float => row.float(at)?.into(),
        ColumnKind::Text => row.text(at)?.into(),
        ColumnKind::Bytes => row.bytes(at)?.into(),
        ColumnKind::Date => row.date(at)?.into(),
        ColumnKind::Instant => row.instant(at)?.into(),
    })
}

/// Ids of all records that meet the plan, at most `limit`, in no certain order; for bulk work.
pub fn ids(ctx: &Ctx, tx: &mut Tx, object: &Object, filter: Option<&str>, limit: usize) -> Result<Vec<Id>> {
    let mut plan = Plan::of(ctx, object)?;
    plan.filter = filter.map(|text| super::compile_filter(ctx, object, "filter", text)).transpose()?;
    let mut sql = Sql::new(tx.dialect());
    sql.push("select t.id from ").push_ident(&object.name).push(" t where ");
    let conditions = plan.conditions(ctx, tx)?;
    sql.append(conditions).push(&format!(" order by t.id limit {limit}"));
    Ok(tx.all(&sql, |row| row.id(0))?.into_iter().flatten().collect())
}
