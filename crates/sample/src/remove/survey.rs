//! What the sample company consists of, and what of it has to stay.

use std::collections::{HashMap, HashSet};

use base::{Id, Result};
use kernel::{Ctx, record};
use model::{Field, FieldType, Object, field};
use store::{Param, Sql, Tx};

use crate::ORIGIN;

/// Objects that others rest on: such records stay when something that stays links to them.
const GROUND: &[&str] = &["product", "tag", "pipeline", "stage", "user", "team", "role"];

pub struct Found {
    pub going: Vec<(String, Id)>,
    pub kept: Vec<(String, Id)>,
}

/// The id that everything carries; `None` without a sample company.
pub fn mark(tx: &mut Tx) -> Result<Option<Id>> {
    let sql = Sql::fill(tx.dialect(), "select origin_id from event where origin_kind = ?1 order by rid limit 1", [ORIGIN.into()]);
    Ok(tx.first(&sql, |row| row.id(0))?.flatten())
}

pub fn of(ctx: &Ctx, tx: &mut Tx, mark: Id) -> Result<Found> {
    let text = "select object, record from event where origin_id = ?1 and kind = ?2 order by rid desc";
    let sql = Sql::fill(tx.dialect(), text, [Param::from(mark), kernel::event::CREATED.into()]);
    let made = tx.all(&sql, |row| Ok((row.must_text(0)?.to_string(), row.must_id(1)?)))?;
    let ids: HashMap<Id, String> = made.iter().map(|(object, id)| (*id, object.clone())).collect();
    let staying = staying(ctx, tx, mark, &ids)?;
    let mut going = Vec::with_capacity(made.len());
    for (object, id) in made {
        let is_there = ctx.model.object(&object).is_some_and(|o| exists(tx, o, id).unwrap_or(false));
        if is_there && !staying.contains(&id) {
            going.push((object, id));
        }
    }
    // What others rest on goes last; a stage that ends its pipeline after the pipeline.
    let rank = |object: &str| GROUND.iter().position(|o| *o == object).map_or(0, |at| at + 1);
    going.sort_by_key(|(object, _)| rank(object));
    let kept = staying.into_iter().filter_map(|id| Some((ids.get(&id)?.clone(), id))).collect();
    Ok(Found { going, kept })
}

fn exists(tx: &mut Tx, object: &Object, id: Id) -> Result<bool> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select 1 from ").push_ident(&object.name).push(" where id = ").bind(id);
    Ok(tx.first(&sql, |_| Ok(()))?.is_some())
}

/// Sample records that own records rest on, and those that these rest on in turn.
fn staying(ctx: &Ctx, tx: &mut Tx, mark: Id, ids: &HashMap<Id, String>) -> Result<HashSet<Id>> {
    // Whoever asks stays, and the pipeline that new deals go to.
    let default = "select id from pipeline where \"default\" = ?1 and deleted_at is null";
    let mut staying: HashSet<Id> = tx.all(&Sql::fill(tx.dialect(), default, [true.into()]), |row| row.must_id(0))?.into_iter().collect();
    staying.extend(ctx.user_id());
    staying.retain(|id| ids.contains_key(id));
    for object in ctx.model.objects() {
        for (column, table) in links(object, |to| GROUND.contains(&to)) {
            let found = linked(tx, object, &table, &column, mark)?;
            staying.extend(found.into_iter().filter(|id| ids.get(id).is_some_and(|o| GROUND.contains(&o.as_str()))));
        }
        staying.extend(linked(tx, object, &object.name, "created_by", mark)?.into_iter().filter(|id| ids.contains_key(id)));
    }
    let mut fresh: Vec<Id> = staying.iter().copied().collect();
    while let Some(id) = fresh.pop() {
        for other in beneath(ctx, tx, id, ids)? {
            if staying.insert(other) {
                fresh.push(other);
            }
        }
    }
    Ok(staying)
}

/// What a record of the ground rests on itself: a user on his team, a pipeline on its stages. Not on people: whose manager
/// goes, has none.
fn beneath(ctx: &Ctx, tx: &mut Tx, id: Id, ids: &HashMap<Id, String>) -> Result<Vec<Id>> {
    let Some(name) = ids.get(&id) else { return Ok(Vec::new()) };
    let (Some(object), Some(record)) = (ctx.model.object(name), record::find(&ctx.as_system(), tx, name, id)?) else {
        return Ok(Vec::new());
    };
    let links = object.fields.iter().filter(|f| f.kind != FieldType::User);
    let mut all: Vec<Id> = links.flat_map(|f| record::targets(f, record.get(&f.name))).map(|(_, id, _)| id).collect();
    if name == "pipeline" {
        let sql = Sql::fill(tx.dialect(), "select id from stage where pipeline = ?1", [Param::from(id)]);
        all.extend(tx.all(&sql, |row| row.must_id(0))?);
    }
    all.retain(|id| ids.get(id).is_some_and(|object| GROUND.contains(&object.as_str())));
    Ok(all)
}

/// Columns that hold links, with the tables in which they stand.
pub fn links(object: &Object, wanted: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let leads_to = |f: &Field| f.to.as_deref().is_some_and(|to| to == "any" || wanted(to)) || f.kind == FieldType::User && wanted("user");
    let mut all = Vec::new();
    for f in object.fields.iter().filter(|f| f.alias_of.is_none()) {
        let child = field::kind(f.kind).child(object, f).map(|c| c.name);
        match (f.kind, child) {
            (FieldType::Link | FieldType::User, _) if leads_to(f) => all.push((f.id.clone(), object.name.clone())),
            (FieldType::Links, Some(table)) if leads_to(f) => all.push(("target".to_string(), table)),
            (FieldType::Rows, Some(table)) => {
                let parts = f.parts.iter().filter(|p| matches!(p.kind, FieldType::Link | FieldType::User) && leads_to(p));
                all.extend(parts.map(|p| (p.id.clone(), table.clone())));
            }
            _ => {}
        }
    }
    all
}

/// What the own records of an object link to by a column.
fn linked(tx: &mut Tx, object: &Object, table: &str, column: &str, mark: Id) -> Result<Vec<Id>> {
    let record = if table == object.name { "id" } else { "record" };
    let mut sql = Sql::new(tx.dialect());
    sql.push("select distinct t.")
        .push_ident(column)
        .push(" from ")
        .push_ident(table)
        .push(" t where t.")
        .push_ident(column)
        .push(" is not null and ");
    is_own(&mut sql, &format!("t.{record}"), mark);
    Ok(tx.all(&sql, |row| row.id(0))?.into_iter().flatten().collect())
}

/// Was the record made by somebody else than the sample?
pub fn is_own(sql: &mut Sql, record: &str, mark: Id) {
    sql.push("not exists (select 1 from event e where e.record = ").push(record).push(" and e.kind = ").bind(kernel::event::CREATED);
    sql.push(" and e.origin_id = ").bind(mark).push(")");
}
