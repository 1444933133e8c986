//! The last step of the pipeline: row, children, external ids, search, stays, event, and the rules that run after.

use base::{Error, Id, Instant, Result, Value};
use model::field;
use model::{Field, FieldType, Object};
use store::{Param, Sql, Tx};

use super::{Change, Draft, Record, reading, stay, validate};
use crate::ctx::Ctx;
use crate::event::{self, FieldChange, NewEvent};

/// Writes a new record with its event.
pub fn insert(
    ctx: &Ctx,
    tx: &mut Tx,
    object: &Object,
    mut draft: Draft,
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
    sql.push(") values (").bind_each(columns.into_iter().map(|(_, param)| param)).push(") returning rid");
    let rid = tx.first(&sql, |row| row.int(0))?.flatten().ok_or_else(|| Error::internal("record without row number"))?;
    draft.record.rid = rid;
    for field in reading::child_fields(object) {
        write_children(tx, object, field, draft.record.id, draft.record.get(&field.name), false)?;
    }
    finish(ctx, tx, object, draft, external, kind)
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
    for field in changed.iter().filter(|f| reading::is_child(f)) {
        write_children(tx, object, field, draft.record.id, draft.record.get(&field.name), true)?;
    }
    finish(ctx, tx, object, draft, external, kind)
}

fn write_children(tx: &mut Tx, object: &Object, field: &Field, id: Id, value: &Value, replace: bool) -> Result<()> {
    let Some(child) = field::kind(field.kind).child(object, field) else { return Ok(()) };
    if replace {
        let mut sql = Sql::new(tx.dialect());
        sql.push("delete from ").push_ident(&child.name).push(" where record = ").bind(id);
        tx.execute(&sql)?;
    }
    for row in field::kind(field.kind).store_children(field, id, value) {
        let mut sql = Sql::new(tx.dialect());
        sql.push("insert into ").push_ident(&child.name).push(" (");
        for (i, (name, _)) in row.iter().enumerate() {
            sql.push(if i == 0 { "" } else { ", " }).push_ident(name);
        }
        sql.push(") values (").bind_each(row.into_iter().map(|(_, param)| param)).push(")");
        tx.execute(&sql)?;
    }
    Ok(())
}

fn finish(ctx: &Ctx, tx: &mut Tx, object: &Object, draft: Draft, external: Option<Vec<(String, String)>>, kind: &str) -> Result<Record> {
    if let Some(ids) = external {
        write_external_ids(tx, object, draft.record.id, ids)?;
    }
    let occurred_at = draft.occurred_at;
    let changes = differences(object, &draft);
    let names: Vec<String> =
        object.fields.iter().filter(|f| f.alias_of.is_none() && draft.changed(&f.name)).map(|f| f.name.clone()).collect();
    search(tx, object, &draft, kind)?;
    let event = Id::new();
    let new = NewEvent {
        id: event,
        kind,
        object: &object.name,
        record: draft.record.id,
        version: draft.record.version,
        changes,
        about: about(ctx, object, &draft.record),
        occurred_at,
        fields: &names,
    };
    event::append(ctx, tx, new)?;
    stay::follow(ctx, tx, object, &draft)?;
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

/// Keeps the search index in step with the record.
fn search(tx: &mut Tx, object: &Object, draft: &Draft, kind: &str) -> Result<()> {
    if !object.searched {
        return Ok(());
    }
    if draft.record.deleted_at.is_some() {
        return store::search_remove(tx, &object.name, draft.record.rid);
    }
    let touched = object.fields.iter().any(|f| f.search && draft.changed(&f.name));
    if !touched && kind == event::UPDATED {
        return Ok(());
    }
    let words = super::words::of(object, &draft.record);
    store::search_replace(tx, &object.name, draft.record.rid, &words)
}

fn write_external_ids(tx: &mut Tx, object: &Object, id: Id, ids: Vec<(String, String)>) -> Result<()> {
    let delete = Sql::fill(
        tx.dialect(),
        "delete from external_id where record = ?1 and object = ?2",
        [Param::from(id), object.name.as_str().into()],
    );
    tx.execute(&delete)?;
    for (system, external) in ids {
        let insert = "insert into external_id (object, system, external_id, record) values (?1, ?2, ?3, ?4)";
        tx.execute(&Sql::fill(tx.dialect(), insert, [Param::from(object.name.as_str()), system.into(), external.into(), id.into()]))?;
    }
    Ok(())
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
        store::search_remove(tx, &object.name, record.rid)?;
    }
    for text in ["delete from external_id where record = ?1", "delete from stay where record = ?1"] {
        tx.execute(&Sql::fill(tx.dialect(), text, [Param::from(record.id)]))?;
    }
    let mut sql = Sql::new(tx.dialect());
    sql.push("delete from ").push_ident(&object.name).push(" where id = ").bind(record.id);
    tx.execute(&sql)?;
    let new = NewEvent {
        id: Id::new(),
        kind: event::PURGED,
        object: &object.name,
        record: record.id,
        version: record.version + 1,
        changes: Vec::new(),
        about: Vec::new(),
        occurred_at: None::<Instant>,
        fields: &[],
    };
    event::append(ctx, tx, new).map(|_| ())
}
