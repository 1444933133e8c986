//! Own records let go of what is removed.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use base::{Id, Result, Value};
use kernel::{Ctx, Record, record};
use model::{FieldType, Object};
use store::{Sql, Tx};

use super::survey;

/// Clears the links of own records to records that go. One that cannot be without them goes to the bin; answers how many.
pub fn all(ctx: &Ctx, going: &Arc<Vec<(String, Id)>>, mark: Id) -> Result<usize> {
    let gone: Arc<HashSet<Id>> = Arc::new(going.iter().map(|(_, id)| *id).collect());
    let mut binned = 0;
    for object in ctx.model.objects() {
        let name = object.name.clone();
        let (system, known) = (ctx.as_system(), Arc::clone(&gone));
        binned += ctx.engine.store().write(move |tx| {
            let Some(object) = system.model.object(&name) else { return Ok(0) };
            let mut binned = 0;
            for id in bound(tx, object, mark)? {
                binned += usize::from(loosen(&system, tx, object, id, &known)?);
            }
            Ok(binned)
        })?;
    }
    Ok(binned)
}

/// Records of the sample that stay let go of what is removed, too.
pub fn kept(ctx: &Ctx, going: &Arc<Vec<(String, Id)>>, kept: &[(String, Id)]) -> Result<()> {
    let gone: HashSet<Id> = going.iter().map(|(_, id)| *id).collect();
    let (system, kept) = (ctx.as_system(), kept.to_vec());
    ctx.engine.store().write(move |tx| {
        for (name, id) in &kept {
            if let Some(object) = system.model.object(name) {
                loosen(&system, tx, object, *id, &gone)?;
            }
        }
        Ok(())
    })
}

/// Own records of an object that link to anything of the sample.
fn bound(tx: &mut Tx, object: &Object, mark: Id) -> Result<BTreeSet<Id>> {
    let mut all = BTreeSet::new();
    for (column, table) in survey::links(object, |_| true) {
        let record = if table == object.name { "id" } else { "record" };
        let mut sql = Sql::new(tx.dialect());
        sql.push("select distinct t.")
            .push(record)
            .push(" from ")
            .push_ident(&table)
            .push(" t join event m on m.record = t.")
            .push_ident(&column);
        sql.push(" and m.kind = ").bind(kernel::event::CREATED).push(" and m.origin_id = ").bind(mark).push(" where ");
        survey::is_own(&mut sql, &format!("t.{record}"), mark);
        all.extend(tx.all(&sql, |row| row.must_id(0))?);
    }
    Ok(all)
}

/// Is it in the bin now?
fn loosen(ctx: &Ctx, tx: &mut Tx, object: &Object, id: Id, gone: &HashSet<Id>) -> Result<bool> {
    let Some(known) = record::find(ctx, tx, &object.name, id)? else { return Ok(false) };
    let mut values = Vec::new();
    for field in object.fields.iter().filter(|f| f.alias_of.is_none() && !f.computed) {
        let leads_away = record::targets(field, known.get(&field.name)).iter().any(|(_, id, _)| gone.contains(id));
        if leads_away {
            let rest = without(&known, &field.name, field.kind, gone);
            if field.required && (rest.is_null() || rest.as_list().is_empty() && field.kind != FieldType::Link) {
                record::delete(ctx, tx, &object.name, id)?;
                return Ok(true);
            }
            values.push((field.name.as_str(), rest));
        }
    }
    if !values.is_empty() {
        record::set(ctx, tx, &object.name, id, values)?;
    }
    Ok(false)
}

/// The value without links to what goes.
fn without(record: &Record, name: &str, kind: FieldType, gone: &HashSet<Id>) -> Value {
    let is_gone = |value: &Value| value.as_id().is_some_and(|id| gone.contains(&id));
    match (kind, record.get(name)) {
        (FieldType::Links, Value::List(items)) => {
            let rest: Vec<Value> = items.iter().filter(|item| !is_gone(item) && !is_gone(item.part("id"))).cloned().collect();
            if rest.is_empty() { Value::Null } else { Value::List(rest) }
        }
        (FieldType::Rows, Value::List(rows)) => {
            let rest: Vec<Value> =
                rows.iter().filter(|row| !row.as_map().is_some_and(|parts| parts.values().any(is_gone))).cloned().collect();
            if rest.is_empty() { Value::Null } else { Value::List(rest) }
        }
        _ => Value::Null,
    }
}
