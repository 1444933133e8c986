//! The customer's own declarations: kept in the database, merged over the built-in ones, changed while running.
//!
//! A change is checked as a whole, told as a plan, and applied by adding tables and columns; nothing is dropped. A
//! field that is removed is retired: its values stay in the database and in the log.

use std::sync::Arc;

use base::{Error, FieldProblem, Result};
use model::fault::Fault;
use model::{Model, plan};
use serde_json::{Value as Json, json};
use store::table::{self, Column, ColumnKind, Table};
use store::{Notice, Param, Sql, Tx};

use super::{Engine, apply, open, rights};
use crate::ctx::Ctx;
use crate::setting;

/// Changes of the declarations are told here, so that other processes load them.
pub const CHANNEL: &str = "model";

pub fn tables() -> Vec<Table> {
    vec![Table {
        name: "model_layer".into(),
        columns: vec![
            Column::new("object", ColumnKind::Text).primary(),
            Column::new("toml", ColumnKind::Text).required(),
            Column::new("changed_at", ColumnKind::Instant).required(),
            Column::new("changed_by", ColumnKind::Id),
        ],
        ..Table::default()
    }]
}

/// The layers by object, in the order of their names.
pub fn load(tx: &mut Tx) -> Result<Vec<(String, toml::Table)>> {
    if !table::introspect(tx)?.iter().any(|t| t.name == "model_layer") {
        return Ok(Vec::new());
    }
    let sql = Sql::raw(tx.dialect(), "select object, toml from model_layer order by object");
    let rows = tx.all(&sql, |row| Ok((row.must_text(0)?.to_string(), row.must_text(1)?.to_string())))?;
    rows.into_iter().map(|(object, text)| Ok((object, text.parse::<toml::Table>()?))).collect()
}

/// What an administrator asks for.
pub enum Edit {
    /// A new object, or other keys of one that exists (`{"label": […], "fields": {…}}`).
    Object { name: String, keys: Json },
    /// A new field, or other keys of one that exists.
    Field { object: String, name: String, keys: Json },
    /// Takes a field of the customer out of use.
    RetireField { object: String, name: String },
    /// Removes an object that the customer made; its table stays.
    RemoveObject { name: String },
}

/// Checks an edit and tells what it would do: tables and columns that are added. With `apply` it is done.
/// Only an administrator may; every fault is told at once with its place.
pub fn edit(ctx: &Ctx, edit: &Edit, is_applied: bool) -> Result<Json> {
    ctx.require_administrator()?;
    let engine = &ctx.engine;
    let turn = engine.editing();
    refresh(engine)?;
    let ctx = &Ctx { model: engine.model(), ..ctx.clone() };
    let mut layers = engine.store().read(load)?;
    let object = put(ctx, &mut layers, edit)?;
    let mut model = open::declared(engine.modules(), &layers).map_err(as_problems)?;
    let steps = engine.store().read(|tx| steps(tx, &model))?;
    let answer = json!({"object": object, "steps": steps, "applied": is_applied});
    if is_applied {
        let text = layers.iter().find(|(name, _)| *name == object).map(|(_, table)| table.to_string());
        let (version, shape) = (apply::apply(engine.store(), &model)?, apply::shape(&model));
        let inside = ctx.clone();
        model.version = engine.store().write(move |tx| save(&inside, tx, &[(object.clone(), text.clone())], version, &shape))?;
        engine.set_model(model);
    }
    drop(turn);
    Ok(answer)
}

/// Loads what another process changed.
pub fn reload(engine: &Arc<Engine>) -> Result<()> {
    let turn = engine.editing();
    let done = refresh(engine);
    drop(turn);
    done
}

/// As [`reload`], for who has the turn already.
pub(super) fn refresh(engine: &Arc<Engine>) -> Result<()> {
    let (layers, known) = engine.store().read(|tx| Ok((load(tx)?, setting::model_version(tx)?)))?;
    let version = known.map_or(1, |(version, _)| version);
    if version != engine.model().version {
        let mut model = open::declared(engine.modules(), &layers).map_err(as_problems)?;
        model.version = version;
        engine.set_model(model);
    }
    Ok(())
}

/// The layers with the edit in them, and the object that it is about.
fn put(ctx: &Ctx, layers: &mut Vec<(String, toml::Table)>, edit: &Edit) -> Result<String> {
    let (object, addition) = match edit {
        Edit::Object { name, keys } => {
            let keys = rights::prepare(ctx, ctx.model.object(name), keys)?;
            let mut table = as_table(&keys)?;
            table.insert("name".to_string(), toml::Value::String(name.clone()));
            (name.clone(), table)
        }
        Edit::Field { object, name, keys } => {
            known(ctx, object)?;
            let field = ctx.model.object(object).and_then(|o| o.field(name));
            rights::prepare_field(ctx, object, name, keys)?;
            let keys = super::option::prepare(field, keys)?;
            (object.clone(), field_layer(name, as_table(&keys)?))
        }
        Edit::RetireField { object, name } => {
            known(ctx, object)?;
            let is_own =
                layers.iter().any(|(o, t)| o == object && t.get("fields").and_then(|f| f.get(name)).and_then(|f| f.get("type")).is_some());
            if !is_own {
                return Err(Error::conflict(format!("{name} is built in; only fields that you added can be removed")));
            }
            let retired = [("retired".to_string(), toml::Value::Boolean(true))].into_iter().collect();
            (object.clone(), field_layer(name, retired))
        }
        Edit::RemoveObject { name } => {
            let is_own = layers.iter().any(|(o, t)| o == name && t.contains_key("path"));
            if !is_own {
                return Err(Error::conflict(format!("{name} is built in; only objects that you made can be removed")));
            }
            layers.retain(|(o, _)| o != name);
            return Ok(name.clone());
        }
    };
    match layers.iter_mut().find(|(o, _)| *o == object) {
        Some((_, table)) => model::merge::merge(table, &addition),
        None => layers.push((object.clone(), addition)),
    }
    Ok(object)
}

fn known(ctx: &Ctx, object: &str) -> Result<()> {
    ctx.model
        .object(object)
        .map(|_| ())
        .ok_or_else(|| Error::not_found(format!("There is no object \"{}\"", base::text::shorten(object, 60))))
}

fn field_layer(name: &str, keys: toml::Table) -> toml::Table {
    let fields: toml::Table = [(name.to_string(), toml::Value::Table(keys))].into_iter().collect();
    [("fields".to_string(), toml::Value::Table(fields))].into_iter().collect()
}

fn as_table(json: &Json) -> Result<toml::Table> {
    let mut plain = json.clone();
    strip_nulls(&mut plain);
    match toml::Value::try_from(&plain) {
        Ok(toml::Value::Table(table)) => Ok(table),
        _ => Err(Error::invalid("Write an object with the keys of a declaration")),
    }
}

/// TOML has no null: a key that is null is a key that is not there.
fn strip_nulls(json: &mut Json) {
    match json {
        Json::Object(map) => {
            map.retain(|_, value| !value.is_null());
            map.values_mut().for_each(strip_nulls);
        }
        Json::Array(items) => items.iter_mut().for_each(strip_nulls),
        _ => {}
    }
}

/// Faults of declarations as problems of the request.
pub(super) fn as_problems(faults: Vec<Fault>) -> Error {
    let problem = |f: Fault| FieldProblem::new(f.place, f.id, format!("{}. {}", f.message, f.remedy));
    Error::fields(faults.into_iter().map(problem).collect())
}

/// Tables and columns that are missing in the database.
fn steps(tx: &mut Tx, model: &Model) -> Result<Vec<Json>> {
    let existing = table::introspect(tx)?;
    let mut steps = Vec::new();
    for wanted in plan::tables(model) {
        match existing.iter().find(|t| t.name == wanted.name) {
            None => steps.push(json!({"step": "create_table", "table": wanted.name})),
            Some(found) => {
                let columns = wanted.columns.iter().filter(|c| !found.has_column(&c.name));
                steps.extend(columns.map(|c| json!({"step": "add_column", "table": wanted.name, "column": c.name})));
                let indexes = wanted.indexes.iter().filter(|i| !found.has_index(&i.name));
                steps.extend(indexes.map(|i| json!({"step": "create_index", "table": wanted.name, "index": i.name})));
            }
        }
    }
    Ok(steps)
}

/// Writes layers (without a text: takes them away), moves the version of the model on, and tells other processes.
pub(super) fn save(ctx: &Ctx, tx: &mut Tx, layers: &[(String, Option<String>)], from: i64, shape: &str) -> Result<i64> {
    let version = setting::raise_model_version(tx, from, shape)?;
    for (object, text) in layers {
        tx.execute(&Sql::fill(tx.dialect(), "delete from model_layer where object = ?1", [Param::from(object)]))?;
        if let Some(text) = text {
            let insert = "insert into model_layer (object, toml, changed_at, changed_by) values (?1, ?2, ?3, ?4)";
            let params = [Param::from(object), text.into(), ctx.now().into(), ctx.user_id().into()];
            tx.execute(&Sql::fill(tx.dialect(), insert, params))?;
        }
    }
    tx.notify(Notice { channel: CHANNEL.to_string(), payload: version.to_string() })?;
    Ok(version)
}
