//! Reading records: one, several, as they were, and what others see of them.

use std::collections::HashMap;

use base::{Error, Id, Instant, Result, Value};
use model::field;
use model::{Field, FieldType, Object};
use serde_json::{Value as Json, json};
use store::{Row, Sql, Tx};

use super::{Record, access, memo, normalise};
use crate::ctx::Ctx;
use crate::event::{self, Event};
use crate::role::{self, Reach, Right};

/// Columns of every table, which are members of [`Record`] and not among its values.
const SYSTEM: &[&str] = &["created_at", "created_by", "updated_at", "updated_by"];

pub fn is_system(field: &str) -> bool {
    SYSTEM.contains(&field)
}

/// Kept in a table of its own: a list of anything.
pub fn is_child(field: &Field) -> bool {
    field::is_child(field)
}

/// Fields with columns in the object's own table, in the order of their declaration.
pub fn stored_fields(object: &Object) -> impl Iterator<Item = &Field> {
    object.fields.iter().filter(|f| f.alias_of.is_none() && !is_child(f) && f.kind != FieldType::Reverse && !is_system(&f.name))
}

pub fn child_fields(object: &Object) -> impl Iterator<Item = &Field> {
    object.fields.iter().filter(|f| f.alias_of.is_none() && is_child(f))
}

/// A record past access; `None` in the bin or unknown.
pub fn find(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id) -> Result<Option<Record>> {
    let object = ctx.model.object(object).ok_or_else(|| Error::not_found("There is no such object"))?;
    Ok(find_any(ctx, tx, object, id)?.filter(|r| r.deleted_at.is_none()))
}

/// A record past access, also from the bin.
pub fn find_any(ctx: &Ctx, tx: &mut Tx, object: &Object, id: Id) -> Result<Option<Record>> {
    if let Some(known) = memo::get(tx, &object.name, id) {
        return Ok(Some(known));
    }
    let found = load(ctx, tx, object, &[id], true)?.pop();
    if let Some(record) = &found {
        memo::put(tx, record);
    }
    Ok(found)
}

/// A record that the caller may see. `NotFound` otherwise.
pub fn get(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id) -> Result<Record> {
    let object = role::known(ctx, object)?;
    for_change(ctx, tx, object, id, Right::Read)
}

/// As [`get`], also from the bin: its timeline and history can still be read.
pub fn get_any(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id) -> Result<Record> {
    let object = role::known(ctx, object)?;
    in_bin(ctx, tx, object, id)
}

/// A record in the bin or not, if the caller may see it.
pub fn in_bin(ctx: &Ctx, tx: &mut Tx, object: &Object, id: Id) -> Result<Record> {
    let record = find_any(ctx, tx, object, id)?.ok_or_else(|| Error::not_found(format!("{} not found", object.label.en)))?;
    access::require(ctx, tx, object, &record, Right::Read)?;
    Ok(record)
}

/// A record that the caller may see and to which he has the right. Whoever is going to write it waits for those who write
/// it at this moment.
pub fn for_change(ctx: &Ctx, tx: &mut Tx, object: &Object, id: Id, right: Right) -> Result<Record> {
    if right != Right::Read {
        tx.take_turns(&[id])?;
    }
    let record = find(ctx, tx, &object.name, id)?.ok_or_else(|| Error::not_found(format!("{} not found", object.label.en)))?;
    access::require(ctx, tx, object, &record, right)?;
    Ok(record)
}

/// Several records that the caller may see, in no certain order.
pub fn get_all(ctx: &Ctx, tx: &mut Tx, object: &Object, ids: &[Id]) -> Result<Vec<Record>> {
    let visible = existing(ctx, tx, object, ids)?;
    load(ctx, tx, object, &visible, false)
}

fn load(_ctx: &Ctx, tx: &mut Tx, object: &Object, ids: &[Id], also_deleted: bool) -> Result<Vec<Record>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(tx.dialect());
    sql.push("select id, version, created_at, created_by, updated_at, updated_by, deleted_at");
    for column in stored_fields(object).flat_map(|f| field::kind(f.kind).columns(f)) {
        sql.push(", ").push_ident(&column.name);
    }
    sql.push(" from ").push_ident(&object.name).push(" where ");
    one_of(&mut sql, "id", ids);
    if !also_deleted {
        sql.push(" and deleted_at is null");
    }
    let mut records = tx.all(&sql, |row| record(object, row))?;
    complete(tx, object, &mut records)?;
    Ok(records)
}

/// One id is compared plainly, which both databases do faster than looking it up in a list.
fn one_of(sql: &mut Sql, column: &str, ids: &[Id]) {
    match ids {
        [one] => {
            sql.push(column).push(" = ").bind(*one);
        }
        many => sql.dialect().any(sql, column, many.to_vec()),
    }
}

fn record(object: &Object, row: &Row<'_>) -> Result<Record> {
    let mut record = Record {
        object: object.name.clone(),
        id: row.must_id(0)?,
        version: row.must_int(1)?,
        created_at: row.must_instant(2)?,
        created_by: row.id(3)?,
        updated_at: row.must_instant(4)?,
        updated_by: row.id(5)?,
        deleted_at: row.instant(6)?,
        values: Default::default(),
    };
    let mut at = 7;
    for field in stored_fields(object) {
        let value = field::kind(field.kind).load(field, row, &mut at)?;
        if !value.is_null() {
            record.values.insert(field.name.clone(), value);
        }
    }
    Ok(record)
}

/// Lists, system members as values, and aliases.
fn complete(tx: &mut Tx, object: &Object, records: &mut [Record]) -> Result<()> {
    let ids: Vec<Id> = records.iter().map(|r| r.id).collect();
    let fields: Vec<&Field> = child_fields(object).collect();
    for (field, mut lists) in fields.iter().zip(lists(tx, object, &fields, &ids)?) {
        for record in records.iter_mut() {
            if let Some(list) = lists.remove(&record.id) {
                record.values.insert(field.name.clone(), list);
            }
        }
    }
    for record in records {
        settle(object, record);
    }
    Ok(())
}

/// Puts the values that are read from others in place: members of every record, and aliases.
pub fn settle(object: &Object, record: &mut Record) {
    let members = [
        ("created_at", Value::Instant(record.created_at)),
        ("created_by", record.created_by.into()),
        ("updated_at", Value::Instant(record.updated_at)),
        ("updated_by", record.updated_by.into()),
    ];
    for (name, value) in members {
        record.values.insert(name.to_string(), value);
    }
    for field in object.fields.iter() {
        if let Some(alias) = &field.alias_of {
            let value = normalise::alias_value(&record.values, alias);
            record.values.insert(field.name.clone(), value);
        }
    }
}

/// The lists of some fields for several records: for each field, by record.
pub fn lists(tx: &mut Tx, object: &Object, fields: &[&Field], ids: &[Id]) -> Result<Vec<HashMap<Id, Value>>> {
    let children = fields.iter().filter_map(|f| Some((*f, field::kind(f.kind).child(object, f)?)));
    let (of, questions): (Vec<&Field>, Vec<Sql>) = children.map(|(f, child)| (f, children_of(tx, &child, ids))).unzip();
    let mut found: Vec<HashMap<Id, Vec<Value>>> = vec![HashMap::new(); of.len()];
    if !ids.is_empty() {
        tx.each_of(&questions, &mut |index, row| {
            let (Some(field), Some(lists)) = (of.get(index), found.get_mut(index)) else { return Ok(()) };
            let mut at = 1;
            let item = field::kind(field.kind).load_child(field, row, &mut at)?;
            lists.entry(row.must_id(0)?).or_default().push(item);
            Ok(())
        })?;
    }
    Ok(found.into_iter().map(|lists| lists.into_iter().map(|(id, items)| (id, Value::List(items))).collect()).collect())
}

fn children_of(tx: &Tx, child: &field::ChildTable, ids: &[Id]) -> Sql {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select record");
    for column in &child.columns {
        sql.push(", ").push_ident(&column.name);
    }
    sql.push(" from ").push_ident(&child.name).push(" where ");
    one_of(&mut sql, "record", ids);
    sql.push(" order by record, position");
    sql
}

/// The ids that other systems gave some records, as `{system, id}`.
pub fn external_ids(tx: &mut Tx, object: &Object, ids: &[Id]) -> Result<HashMap<Id, Vec<Json>>> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select record, system, external_id from external_id where object = ").bind(object.name.as_str()).push(" and ");
    one_of(&mut sql, "record", ids);
    sql.push(" order by system, external_id");
    let mut all: HashMap<Id, Vec<Json>> = HashMap::new();
    tx.each(&sql, &mut |row| {
        let one = json!({"system": row.must_text(1)?, "id": row.must_text(2)?});
        all.entry(row.must_id(0)?).or_default().push(one);
        Ok(())
    })?;
    Ok(all)
}

/// Those of the ids that exist, are not in the bin, and may be seen by the caller.
pub fn existing(ctx: &Ctx, tx: &mut Tx, object: &Object, ids: &[Id]) -> Result<Vec<Id>> {
    let sees_all = matches!(role::reach(ctx, object, Right::Read)?, Reach::All);
    if sees_all && ids.iter().all(|id| memo::has(tx, &object.name, *id)) {
        return Ok(ids.to_vec());
    }
    let Some(sql) = visible(ctx, tx, object, ids, "t.id", false)? else { return Ok(Vec::new()) };
    let found: Vec<Id> = tx.all(&sql, |row| row.must_id(0))?;
    found.iter().for_each(|id| memo::met(tx, &object.name, *id));
    Ok(found)
}

/// Id and title of those that the caller may see; without the title where he, or his token, may not read it.
pub fn titles(ctx: &Ctx, tx: &mut Tx, object: &Object, ids: &[Id]) -> Result<Vec<(Id, String)>> {
    let column = title_column(ctx, object);
    let Some(sql) = visible(ctx, tx, object, ids, &format!("t.id, {column}"), false)? else { return Ok(Vec::new()) };
    tx.all(&sql, |row| Ok((row.must_id(0)?, row.text(1)?.unwrap_or_default().to_string())))
}

/// The column of the title; null where the caller, or his token, may not read it.
pub(super) fn title_column(ctx: &Ctx, object: &Object) -> String {
    match object.field(&object.title) {
        Some(field) if !is_child(field) && role::may_read_field(ctx, object, field) && role::scope_allows(ctx, object, "read") => {
            format!("t.\"{}\"", field.id)
        }
        _ => "null".to_string(),
    }
}

/// Selects those of the ids within the caller's reach, of the living ones or of those in the bin.
pub(super) fn visible(ctx: &Ctx, tx: &Tx, object: &Object, ids: &[Id], columns: &str, in_bin: bool) -> Result<Option<Sql>> {
    let reach = role::reach(ctx, object, Right::Read)?;
    if ids.is_empty() || matches!(reach, Reach::Nothing) {
        return Ok(None);
    }
    let mut sql = Sql::new(tx.dialect());
    sql.push("select ").push(columns).push(" from ").push_ident(&object.name).push(" t where t.deleted_at is ");
    sql.push(if in_bin { "not null and " } else { "null and " });
    one_of(&mut sql, "t.id", ids);
    if let Reach::Where(expr) = reach {
        sql.push(" and ");
        role::push_rule(ctx, &expr, "t", &mut sql)?;
    }
    Ok(Some(sql))
}

/// Records that link to any of the ids by a field, oldest first, as far as the caller may see them.
pub fn linking(ctx: &Ctx, tx: &mut Tx, object: &Object, by: &str, ids: &[Id]) -> Result<Vec<Record>> {
    let Some(field) = object.field(by) else { return Ok(Vec::new()) };
    let mut sql = Sql::new(tx.dialect());
    sql.push("select id from ").push_ident(&object.name).push(" where deleted_at is null and ");
    tx.dialect().any(&mut sql, &format!("\"{}\"", field.id), ids.to_vec());
    sql.push(" order by id limit 2000");
    let found: Vec<Id> = tx.all(&sql, |row| row.id(0))?.into_iter().flatten().collect();
    let mut records = get_all(ctx, tx, object, &found)?;
    records.sort_by_key(|r| (r.get("position").as_int().unwrap_or(i64::MAX), r.id));
    Ok(records)
}

/// A record as it stood at a moment of recording; `None` if it did not exist or the caller may not see it now.
pub fn past(ctx: &Ctx, tx: &mut Tx, object: &Object, id: Id, at: Instant) -> Result<Option<Record>> {
    let Some(mut record) = find_any(ctx, tx, object, id)? else { return Ok(None) };
    if !access::may_read(ctx, tx, object, &record)? {
        return Ok(None);
    }
    let events = event::of_record(tx, &object.name, id, 0)?;
    if events.first().is_some_and(|first| first.recorded_at > at) {
        return Ok(None);
    }
    events.iter().rev().filter(|e| e.recorded_at > at).for_each(|event| rewind(ctx, object, &mut record, event));
    if let Some(last) = events.iter().rev().find(|e| e.recorded_at <= at) {
        record.updated_at = last.recorded_at;
        record.updated_by = last.actor.id;
        record.version = last.version;
    }
    settle(object, &mut record);
    Ok(Some(record).filter(|r| r.deleted_at.is_none()))
}

/// A record as it stood before one of its versions came about, past access; `None` once it is gone for good.
pub fn before(ctx: &Ctx, tx: &mut Tx, object: &Object, id: Id, version: i64) -> Result<Option<Record>> {
    let Some(mut record) = find_any(ctx, tx, object, id)? else { return Ok(None) };
    let events = event::of_record(tx, &object.name, id, version - 1)?;
    events.iter().rev().for_each(|event| rewind(ctx, object, &mut record, event));
    settle(object, &mut record);
    Ok(Some(record))
}

/// Takes back what an event did to a record.
fn rewind(ctx: &Ctx, object: &Object, record: &mut Record, event: &Event) {
    let settings = ctx.engine.settings();
    let context = field::Context { model: &ctx.model, currency: settings.currency, country: &settings.country };
    for change in &event.changes {
        let Some(field) = object.fields.iter().find(|f| f.id == change.field) else { continue };
        let value = field::kind(field.kind).parse(field, &context, &change.before).unwrap_or_default();
        record.values.insert(field.name.clone(), value);
    }
    if event.kind == event::DELETED {
        record.deleted_at = None;
    }
    if event.kind == event::RESTORED {
        record.deleted_at = Some(event.recorded_at);
    }
    record.version = event.version - 1;
}
