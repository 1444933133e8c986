//! What must hold before a record is written: required fields, existing links, uniqueness.

use std::collections::BTreeMap;

use base::{FieldProblem, Id, Result, Value};
use model::{Field, FieldType, Object};
use store::{Param, Sql, Tx};

use super::{Draft, reading};
use crate::ctx::Ctx;
use crate::message;

pub fn validate(ctx: &Ctx, tx: &mut Tx, object: &Object, draft: &mut Draft) -> Result<()> {
    required(ctx, object, draft);
    links(ctx, tx, object, draft)?;
    unique(ctx, tx, object, draft)
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_text().is_some_and(str::is_empty) || matches!(value, Value::List(items) if items.is_empty())
}

fn required(ctx: &Ctx, object: &Object, draft: &mut Draft) {
    for field in object.fields.iter().filter(|f| f.required) {
        let told = draft.problems().iter().any(|p| p.field == field.name);
        if is_empty(draft.get(&field.name)) && !told {
            draft.problem(&field.name, "required", message::required(&ctx.language, field.label.in_language(&ctx.language)));
        }
    }
}

/// The records that a value links to, as (object, id) with the place in the input.
pub fn targets(field: &Field, value: &Value) -> Vec<(String, Id, String)> {
    let to = field.to.clone().unwrap_or_default();
    match (field.kind, value) {
        (FieldType::Link | FieldType::User | FieldType::File, Value::Id(id)) => vec![(to, *id, field.name.clone())],
        (FieldType::Links, Value::List(items)) => items
            .iter()
            .enumerate()
            .filter_map(|(i, item)| {
                let place = format!("{}[{i}]", field.name);
                match item {
                    Value::Id(id) => Some((to.clone(), *id, place)),
                    Value::Map(_) => Some((item.part("object").as_text()?.to_string(), item.part("id").as_id()?, place)),
                    _ => None,
                }
            })
            .collect(),
        (FieldType::Rows, Value::List(rows)) => {
            let parts = rows.iter().enumerate().flat_map(|(i, row)| field.parts.iter().map(move |part| (i, row, part)));
            parts
                .flat_map(|(i, row, part)| {
                    let inner = targets(part, row.part(&part.name));
                    inner.into_iter().map(move |(o, id, place)| (o, id, format!("{}[{i}].{place}", field.name)))
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Every changed link must lead to a record that exists and is not in the bin. What the caller wrote must also be seen by
/// him; what a rule added or derived from it need not.
fn links(ctx: &Ctx, tx: &mut Tx, object: &Object, draft: &mut Draft) -> Result<()> {
    let mut wanted: BTreeMap<(String, bool), Vec<(Id, String)>> = BTreeMap::new();
    for field in object.fields.iter().filter(|f| f.alias_of.is_none() && draft.changed(&f.name)) {
        let known = targets(field, draft.old(&field.name));
        let derived: Vec<Id> =
            draft.get(&field.name).as_list().iter().filter(|i| is_derived(i)).filter_map(|i| i.part("id").as_id()).collect();
        for (to, id, place) in targets(field, draft.get(&field.name)) {
            if !known.iter().any(|(o, i, _)| *o == to && *i == id) {
                let is_his = draft.is_written(&field.name) && !derived.contains(&id);
                wanted.entry((to, is_his)).or_default().push((id, place));
            }
        }
    }
    let system = ctx.as_system();
    for ((to, is_his), places) in wanted {
        let ids: Vec<Id> = places.iter().map(|(id, _)| *id).collect();
        let found = match ctx.model.object(&to) {
            Some(target) => reading::existing(if is_his { ctx } else { &system }, tx, target, &ids)?,
            None => Vec::new(),
        };
        for (id, place) in places.into_iter().filter(|(id, _)| !found.contains(id)) {
            let label = ctx.model.object(&to).map_or_else(|| to.clone(), |o| o.label.en.to_lowercase());
            draft.add_problems(vec![FieldProblem::new(place, "not_found", format!("There is no {label} with the id {id}"))]);
        }
    }
    Ok(())
}

fn is_derived(item: &Value) -> bool {
    item.part("via").as_text() == Some("derived")
}

/// Fields that are unique alone or in groups; records in the bin do not count.
fn unique(ctx: &Ctx, tx: &mut Tx, object: &Object, draft: &mut Draft) -> Result<()> {
    let single = object.fields.iter().filter(|f| f.unique).map(|f| vec![f.name.clone()]);
    let groups: Vec<Vec<String>> = single.chain(object.unique.iter().cloned()).collect();
    for group in groups {
        let fields: Vec<&Field> = group.iter().filter_map(|n| object.field(n)).collect();
        let complete = fields.iter().all(|f| !is_empty(draft.get(&f.name)));
        let comes_back = draft.before.as_ref().is_some_and(|b| b.deleted_at.is_some());
        if !complete || !comes_back && !fields.iter().any(|f| draft.changed(&f.name)) {
            continue;
        }
        if let Some(other) = twin(tx, object, &fields, draft)? {
            let names: Vec<&str> = fields.iter().map(|f| f.label.en.as_str()).collect();
            let which = which(ctx, tx, object, other)?;
            let message = format!("Another {} has the same {}{which}", object.label.en.to_lowercase(), names.join(" and "));
            let place = group.first().cloned().unwrap_or_default();
            draft.problem(place, "not_unique", message);
        }
    }
    Ok(())
}

/// Which record it is, is told only to those who may see it.
fn which(ctx: &Ctx, tx: &mut Tx, object: &Object, id: Id) -> Result<String> {
    Ok(if reading::existing(ctx, tx, object, &[id])?.is_empty() { String::new() } else { format!(" ({id})") })
}

/// One id of another system names one record.
pub fn external_ids(ctx: &Ctx, tx: &mut Tx, object: &Object, draft: &mut Draft, ids: Option<&[(String, String)]>) -> Result<()> {
    for (place, (system, id)) in ids.unwrap_or_default().iter().enumerate() {
        let text = "select record from external_id where object = ?1 and system = ?2 and external_id = ?3 and record <> ?4";
        let params = [Param::from(object.name.as_str()), system.as_str().into(), id.as_str().into(), draft.record.id.into()];
        if let Some(other) = tx.first(&Sql::fill(tx.dialect(), text, params), |row| row.id(0))?.flatten() {
            let which = which(ctx, tx, object, other)?;
            let label = object.label.en.to_lowercase();
            let message =
                format!("Another {label} has the id {} of {}{which}", base::text::shorten(id, 60), base::text::shorten(system, 60));
            draft.problem(format!("external_ids[{place}]"), "not_unique", message);
        }
    }
    Ok(())
}

fn twin(tx: &mut Tx, object: &Object, fields: &[&Field], draft: &Draft) -> Result<Option<Id>> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select id from ");
    sql.push_ident(&object.name);
    sql.push(" where deleted_at is null and id <> ");
    sql.bind(draft.record.id);
    for field in fields {
        sql.push(" and ");
        match draft.get(&field.name) {
            Value::Text(text) if model::field::has_fold(field) => {
                sql.push_ident(&format!("{}__fold", field.id));
                sql.push(" = ");
                sql.bind(base::text::fold(text));
            }
            value => {
                sql.push_ident(&field.id);
                sql.push(" = ");
                sql.bind(plain(value));
            }
        }
    }
    sql.push(" limit 1");
    Ok(tx.first(&sql, |row| row.id(0))?.flatten())
}

/// A value of a single column as a parameter.
fn plain(value: &Value) -> Param {
    match value {
        Value::Text(text) => Param::Text(text.clone()),
        Value::Int(n) => Param::Int(*n),
        Value::Id(id) => Param::Id(*id),
        Value::Date(date) => Param::Date(*date),
        Value::Instant(instant) => Param::Instant(*instant),
        Value::Bool(flag) => Param::Bool(*flag),
        _ => Param::Null,
    }
}
