//! The last step of the pipeline: row, children, external ids, search, stays, event, and the rules that run after.

use base::{Error, Id, Instant, Result};
use model::field;
use model::{Field, FieldType, Object};
use serde_json::Value as Json;
use store::{Dialect, Param, Sql, Tx};

use super::{Change, Draft, Record, memo, reading, stay, validate};
use crate::ctx::Ctx;
use crate::event::{self, FieldChange, NewEvent};

/// Writes a new record with its event.
pub fn insert(
    ctx: &Ctx,
    tx: &mut Tx,
    object: &Object,
    draft: Draft,
    external: Option<Vec<(String, String)>>,
    kind: &str,
) -> Result<Record> {
    let record = &draft.record;
    let mut columns: Vec<(String, Param)> = vec![
        ("id".into(), record.id.into()),
        ("version".into(), 1_i64.into()),
        ("created_at".into(), record.created_at.into()),
        ("created_by".into(), record.created_by.into()),
        ("updated_at".into(), record.updated_at.into()),
        ("updated_by".into(), record.updated_by.into()),
    ];
    for field in reading::stored_fields(object) {
        let value = record.get(&field.name);
        if !value.is_null() {
            field::kind(field.kind).store(field, value, &mut columns);
        }
    }
    let mut sql = Sql::new(tx.dialect());
    sql.push("insert into ").push_ident(&object.name).push(" (");
    for (i, (name, _)) in columns.iter().enumerate() {
        sql.push(if i == 0 { "" } else { ", " }).push_ident(name);
    }
    sql.push(") values (").bind_each(columns.into_iter().map(|(_, param)| param)).push(")");
    let mut batch = vec![sql];
    for field in reading::child_fields(object) {
        children(tx.dialect(), object, field, &draft.record, false, &mut batch);
    }
    finish(ctx, tx, object, draft, Rest { batch, external, kind })
}

/// Writes what changed of an existing record with its event; nothing at all when nothing changed.
pub fn change(
    ctx: &Ctx,
    tx: &mut Tx,
    object: &Object,
    mut draft: Draft,
    external: Option<Vec<(String, String)>>,
    kind: &str,
) -> Result<Record> {
    let changed: Vec<&Field> = object.fields.iter().filter(|f| f.alias_of.is_none() && draft.changed(&f.name)).collect();
    if changed.is_empty() && kind == event::UPDATED && external.is_none() {
        return Ok(draft.record);
    }
    let seen = draft.record.version;
    draft.record.version = seen + 1;
    draft.record.updated_at = ctx.now();
    draft.record.updated_by = ctx.user_id();
    let record = &draft.record;
    let mut columns: Vec<(String, Param)> = vec![
        ("version".into(), record.version.into()),
        ("updated_at".into(), record.updated_at.into()),
        ("updated_by".into(), record.updated_by.into()),
    ];
    if kind != event::UPDATED {
        columns.push(("deleted_at".into(), record.deleted_at.into()));
    }
    let own = |f: &&&Field| !reading::is_child(f) && !reading::is_system(&f.name) && f.kind != FieldType::Reverse;
    for field in changed.iter().filter(own) {
        field::kind(field.kind).store(field, record.get(&field.name), &mut columns);
    }
    if draft.changed("created_at") {
        columns.push(("created_at".into(), record.created_at.into()));
    }
    let mut sql = Sql::new(tx.dialect());
    sql.push("update ").push_ident(&object.name).push(" set ");
    for (i, (name, param)) in columns.into_iter().enumerate() {
        sql.push(if i == 0 { "" } else { ", " }).push_ident(&name).push(" = ").bind(param);
    }
    sql.push(" where id = ").bind(record.id).push(" and version = ").bind(seen);
    if tx.execute(&sql)? != 1 {
        return Err(Error::conflict("Somebody else changed this at the same moment; try again").retryable());
    }
    let mut batch = Vec::new();
    for field in changed.iter().filter(|f| reading::is_child(f)) {
        children(tx.dialect(), object, field, &draft.record, true, &mut batch);
    }
    finish(ctx, tx, object, draft, Rest { batch, external, kind })
}

/// The statements that bring a list's table in step; with `replace` the former rows go first.
fn children(dialect: Dialect, object: &Object, field: &Field, record: &Record, replace: bool, batch: &mut Vec<Sql>) {
    let Some(child) = field::kind(field.kind).child(object, field) else { return };
    if replace {
        let mut sql = Sql::new(dialect);
        sql.push("delete from ").push_ident(&child.name).push(" where record = ").bind(record.id);
        batch.push(sql);
    }
    for row in field::kind(field.kind).store_children(field, record.id, record.get(&field.name)) {
        let mut sql = Sql::new(dialect);
        sql.push("insert into ").push_ident(&child.name).push(" (");
        for (i, (name, _)) in row.iter().enumerate() {
            sql.push(if i == 0 { "" } else { ", " }).push_ident(name);
        }
        sql.push(") values (").bind_each(row.into_iter().map(|(_, param)| param)).push(")");
        batch.push(sql);
    }
}

/// What is still to be written after the row itself.
struct Rest<'a> {
    /// Sent with everything else at once, which saves PostgreSQL a journey for each.
    batch: Vec<Sql>,
    external: Option<Vec<(String, String)>>,
    kind: &'a str,
}

fn finish(ctx: &Ctx, tx: &mut Tx, object: &Object, mut draft: Draft, rest: Rest<'_>) -> Result<Record> {
    let Rest { mut batch, external, kind } = rest;
    let dialect = tx.dialect();
    if let Some(ids) = external {
        external_ids(dialect, object, draft.record.id, ids, &mut batch);
    }
    let names: Vec<String> =
        object.fields.iter().filter(|f| f.alias_of.is_none() && draft.changed(&f.name)).map(|f| f.name.clone()).collect();
    batch.extend(search(dialect, object, &draft, kind));
    let event = Id::new();
    let new = NewEvent {
        id: event,
        kind,
        object: &object.name,
        record: draft.record.id,
        version: draft.record.version,
        changes: differences(object, &draft),
        about: about(ctx, object, &draft.record),
        recorded_at: draft.record.updated_at,
        occurred_at: draft.occurred_at,
        fields: &names,
    };
    event::append(ctx, tx, &new, &mut batch)?;
    stay::follow(ctx, dialect, object, &draft, &mut batch);
    tx.execute_later(batch)?;
    reading::settle(object, &mut draft.record);
    memo::put(tx, &draft.record);
    let change = Change { before: draft.before, after: draft.record, fields: names, event };
    for rule in ctx.engine.rules(&object.name) {
        rule.after(ctx, tx, &change)?;
    }
    Ok(change.after)
}

/// Before and after of each changed field, by stable id, as the interface writes values.
fn differences(object: &Object, draft: &Draft) -> Vec<FieldChange> {
    let worth = |f: &&Field| f.alias_of.is_none() && f.kind != FieldType::Reverse && !reading::is_system(&f.name) && draft.changed(&f.name);
    let change = |f: &Field| {
        let kind = field::kind(f.kind);
        FieldChange { field: f.id.clone(), before: kind.write(f, draft.old(&f.name)), after: kind.write(f, draft.get(&f.name)) }
    };
    object.fields.iter().filter(worth).map(change).collect()
}

/// The records besides itself that an event of this record concerns: what it links to among things with a timeline.
fn about(ctx: &Ctx, object: &Object, record: &Record) -> Vec<(String, Id)> {
    let has_timeline = |name: &str| ctx.model.object(name).is_some_and(|o| o.timeline);
    let links = object.fields.iter().filter(|f| f.alias_of.is_none()).flat_map(|f| validate::targets(f, record.get(&f.name)));
    links.filter(|(to, _, _)| has_timeline(to)).map(|(to, id, _)| (to, id)).collect()
}

/// The statement that keeps the search index in step with the record, if it must move.
fn search(dialect: Dialect, object: &Object, draft: &Draft, kind: &str) -> Option<Sql> {
    if !object.searched {
        return None;
    }
    if draft.record.deleted_at.is_some() {
        return Some(store::search_remove(dialect, &object.name, draft.record.id));
    }
    let touched = object.fields.iter().any(|f| f.search && draft.changed(&f.name));
    if !touched && kind == event::UPDATED {
        return None;
    }
    Some(store::search_replace(dialect, &object.name, draft.record.id, &super::words::of(object, &draft.record)))
}

/// Ids of the systems that are named take the place of those that were there; other systems keep theirs. An empty list
/// removes all.
fn external_ids(dialect: Dialect, object: &Object, id: Id, ids: Vec<(String, String)>, batch: &mut Vec<Sql>) {
    let delete = "delete from external_id where record = ?1 and object = ?2";
    if ids.is_empty() {
        batch.push(Sql::fill(dialect, delete, [Param::from(id), object.name.as_str().into()]));
    }
    for (system, _) in &ids {
        let text = format!("{delete} and system = ?3");
        batch.push(Sql::fill(dialect, &text, [Param::from(id), object.name.as_str().into(), system.as_str().into()]));
    }
    for (system, external) in ids {
        let insert = "insert into external_id (object, system, external_id, record) values (?1, ?2, ?3, ?4)";
        batch.push(Sql::fill(dialect, insert, [Param::from(object.name.as_str()), system.into(), external.into(), id.into()]));
    }
}

/// What a record led to among things with a timeline, so that readers of the log can follow its end. The same ids stand in
/// the index of the timelines anyway.
fn links_away(ctx: &Ctx, object: &Object, record: &Record) -> Vec<FieldChange> {
    let leads = |f: &&Field| {
        let targets = validate::targets(f, record.get(&f.name));
        targets.iter().any(|(to, _, _)| ctx.model.object(to).is_some_and(|o| o.timeline))
    };
    let links = object.fields.iter().filter(|f| f.alias_of.is_none() && matches!(f.kind, FieldType::Link | FieldType::Links)).filter(leads);
    let change =
        |f: &Field| FieldChange { field: f.id.clone(), before: field::kind(f.kind).write(f, record.get(&f.name)), after: Json::Null };
    links.map(change).collect()
}

/// Removes the row with everything that hangs on it.
pub fn purge(ctx: &Ctx, tx: &mut Tx, object: &Object, record: &Record) -> Result<()> {
    for field in reading::child_fields(object) {
        if let Some(child) = field::kind(field.kind).child(object, field) {
            let mut sql = Sql::new(tx.dialect());
            sql.push("delete from ").push_ident(&child.name).push(" where record = ").bind(record.id);
            tx.execute(&sql)?;
        }
    }
    if object.searched {
        tx.execute(&store::search_remove(tx.dialect(), &object.name, record.id))?;
    }
    for text in ["delete from external_id where record = ?1", "delete from stay where record = ?1"] {
        tx.execute(&Sql::fill(tx.dialect(), text, [Param::from(record.id)]))?;
    }
    let mut sql = Sql::new(tx.dialect());
    sql.push("delete from ").push_ident(&object.name).push(" where id = ").bind(record.id);
    tx.execute(&sql)?;
    memo::forget(tx, record.id);
    unlink(ctx, tx, object, record.id)?;
    let new = NewEvent {
        id: Id::new(),
        kind: event::PURGED,
        object: &object.name,
        record: record.id,
        version: record.version + 1,
        changes: links_away(ctx, object, record),
        about: Vec::new(),
        recorded_at: ctx.now(),
        occurred_at: None::<Instant>,
        fields: &[],
    };
    let mut batch = Vec::new();
    event::append(ctx, tx, &new, &mut batch)?;
    tx.execute_later(batch)
}

/// Links to a record that is gone for good lead nowhere; required ones stay, with the record that cannot be without it.
fn unlink(ctx: &Ctx, tx: &mut Tx, object: &Object, id: Id) -> Result<()> {
    for other in ctx.model.objects() {
        let is_link = |f: &&Field| matches!(f.kind, FieldType::Link | FieldType::User | FieldType::File) && !reading::is_system(&f.name);
        for field in other.fields.iter().filter(is_link).filter(|f| !f.required && f.to.as_deref() == Some(&object.name)) {
            let mut sql = Sql::new(tx.dialect());
            sql.push("update ").push_ident(&other.name).push(" set ").push_ident(&field.id).push(" = null where ");
            sql.push_ident(&field.id).push(" = ").bind(id);
            tx.execute(&sql)?;
        }
    }
    Ok(())
}
