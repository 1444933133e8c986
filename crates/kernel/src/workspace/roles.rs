//! A new role, with all rights of another one: the record and the declarations in one transaction.

use base::{Error, Result};
use model::merge::merge;
use model::{Access, FieldAccess, Model};
use serde_json::{Map, Value as Json, json};
use store::{Sql, Tx};
use toml::{Table, Value};

use super::{apply, layer, open, rights};
use crate::ctx::Ctx;
use crate::record;
use crate::role::ADMINISTRATOR;
use crate::setting;

/// Makes a role from the fields of its record. With `copy_of`, the code of a role, it may do what that one may, on every
/// object and field, and manages teams where that one does. Answers the record. Only for administrators.
pub fn create(ctx: &Ctx, fields: &Map<String, Json>, copy_of: Option<&str>) -> Result<Map<String, Json>> {
    ctx.require_administrator()?;
    let engine = &ctx.engine;
    let turn = engine.editing();
    layer::refresh(engine)?;
    let ctx = Ctx { model: engine.model(), ..ctx.clone() };
    let (fields, source) = (fields.clone(), copy_of.map(str::to_string));
    let (shown, model) = engine.store().write(move |tx| {
        let mut fields = fields.clone();
        if let Some(source) = &source
            && manages(tx, source)?
            && !fields.contains_key("manages")
        {
            fields.insert("manages".to_string(), json!(true));
        }
        let role = record::create(&ctx, tx, "role", &fields)?;
        let model = match (&source, role.text("name")) {
            (Some(source), Some(code)) => Some(copy(&ctx, tx, source, code)?),
            _ => None,
        };
        Ok((record::to_json(&ctx, tx, &role)?, model))
    })?;
    if let Some(model) = model {
        engine.set_model(model);
    }
    drop(turn);
    Ok(shown)
}

/// Does the role that is copied manage teams? Refuses one that cannot be copied.
fn manages(tx: &mut Tx, source: &str) -> Result<bool> {
    if source == ADMINISTRATOR {
        let message = "The rights of administrators are fixed and cannot be copied; give the role itself";
        return Err(Error::field("copy_of", "fixed", message));
    }
    let known = rights::codes(tx)?;
    if !known.contains(source) {
        return Err(Error::field("copy_of", "unknown", rights::no_role(source, &known)));
    }
    let sql = Sql::fill(tx.dialect(), "select manages from role where name = ?1 and deleted_at is null", [source.into()]);
    Ok(tx.first(&sql, |row| row.bool(0))?.flatten() == Some(true))
}

/// Lays the rights of one role over all declarations as those of another. Answers the model that is so.
fn copy(ctx: &Ctx, tx: &mut Tx, source: &str, code: &str) -> Result<Model> {
    let mut layers = layer::load(tx)?;
    let mut changed = Vec::new();
    for (object, addition) in additions(&ctx.model, source, code) {
        match layers.iter_mut().find(|(name, _)| *name == object) {
            Some((_, table)) => merge(table, &addition),
            None => layers.push((object.clone(), addition)),
        }
        changed.push(object);
    }
    let mut model = open::declared(ctx.engine.modules(), &layers).map_err(layer::as_problems)?;
    let texts = layers.into_iter().filter(|(name, _)| changed.contains(name)).map(|(name, table)| (name, Some(table.to_string())));
    let from = setting::model_version(tx)?.map_or(1, |(version, _)| version);
    model.version = layer::save(ctx, tx, &texts.collect::<Vec<_>>(), from, &apply::shape(&model))?;
    Ok(model)
}

/// For each object that names the one role, a layer that gives the other the same.
fn additions(model: &Model, source: &str, code: &str) -> Vec<(String, Table)> {
    let mut all = Vec::new();
    for object in model.objects() {
        let mut layer = Table::new();
        if let Some(access) = object.access.get(source) {
            layer.insert("access".to_string(), Value::Table(of_role(code, Value::Table(table(access)))));
        }
        let mut fields = Table::new();
        for field in &object.fields {
            let Some(access) = field.access.get(source) else { continue };
            let word = match access {
                FieldAccess::None => "none",
                FieldAccess::Read => "read",
                FieldAccess::Write => "write",
            };
            let inner = [("access".to_string(), Value::Table(of_role(code, word.into())))].into_iter().collect();
            fields.insert(field.name.clone(), Value::Table(inner));
        }
        if !fields.is_empty() {
            layer.insert("fields".to_string(), Value::Table(fields));
        }
        if !layer.is_empty() {
            layer.insert("name".to_string(), object.name.as_str().into());
            all.push((object.name.clone(), layer));
        }
    }
    all
}

fn of_role(code: &str, value: Value) -> Table {
    [(code.to_string(), value)].into_iter().collect()
}

fn table(access: &Access) -> Table {
    let Access { read, create, update, delete, export, bulk } = access;
    let rules = [("read", read), ("update", update), ("delete", delete)].map(|(right, rule)| (right.to_string(), rule.as_str().into()));
    let flags = [("create", create), ("export", export), ("bulk", bulk)].map(|(right, flag)| (right.to_string(), Value::Boolean(*flag)));
    rules.into_iter().chain(flags).collect()
}
