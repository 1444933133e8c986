//! What an administrator changes of the workspace later: its name, currency, language, zone and country.
//!
//! Amounts are kept beside their worth in the workspace's currency, and rates of exchange lead to it; another currency
//! would make all of them wrong, and what a closed deal was worth on its day cannot be told anew. So the currency
//! changes only as long as nothing holds an amount, the bin included.

use base::{Error, Id, Result};
use model::FieldType;
use serde_json::{Value as Json, json};
use store::{Sql, Tx};

use super::{Settings, load, save};
use crate::ctx::Ctx;
use crate::event::{self, FieldChange, NewEvent};

/// What the log calls the workspace. It is one, so its id says nothing.
pub const OBJECT: &str = "workspace";
const ID: [u8; 16] = [0; 16];

/// Saves other settings and tells the log. Administrators only; a currency that amounts are kept in already is refused.
/// The caller gives what it answers to [`crate::Engine::set_settings`] after the commit.
pub fn change(ctx: &Ctx, tx: &mut Tx, edit: &dyn Fn(&Settings) -> Settings) -> Result<Settings> {
    ctx.require_administrator()?;
    // Of two who change at once, the second changes what the first left.
    tx.lock_workspace()?;
    let before = load(tx)?;
    let after = edit(&before);
    let changes = differences(&before, &after);
    if changes.is_empty() {
        return Ok(before);
    }
    if before.currency != after.currency
        && let Some(label) = amounts(ctx, tx)?
    {
        let message =
            format!("{label} hold amounts in {} already; the currency changes only as long as there are none", before.currency.as_str());
        return Err(Error::field("currency", "in_use", message));
    }
    save(tx, &after)?;
    tell(ctx, tx, changes)?;
    Ok(after)
}

/// The plural of the first object whose records hold an amount, those in the bin too; or of which an exchange rate
/// speaks. Absent where the currency may still be changed.
pub fn amounts(ctx: &Ctx, tx: &mut Tx) -> Result<Option<String>> {
    for object in ctx.model.objects() {
        let kept = object.fields.iter().filter(|f| f.kind == FieldType::Money && !f.computed && f.formula.is_none());
        let columns: Vec<&str> = match object.name.as_str() {
            "exchange_rate" => vec!["id"],
            _ => kept.filter(|f| f.alias_of.is_none()).map(|f| f.id.as_str()).collect(),
        };
        for column in columns {
            let mut sql = Sql::new(tx.dialect());
            sql.push("select 1 from ").push_ident(&object.name).push(" where ").push_ident(column).push(" is not null limit 1");
            if tx.first(&sql, |_| Ok(()))?.is_some() {
                return Ok(Some(object.label_plural.en.clone()));
            }
        }
    }
    Ok(None)
}

/// What was changed, the latest first: moment, person, and before and after of each setting.
pub fn changes(tx: &mut Tx, limit: usize) -> Result<Vec<Json>> {
    let events = event::of_record(tx, OBJECT, Id::from_bytes(ID), 0)?;
    let mut told = Vec::new();
    for event in events.iter().rev().take(limit) {
        let name = match event.actor.id {
            Some(id) => {
                let sql = Sql::fill(tx.dialect(), r#"select name from "user" where id = ?1"#, [id.into()]);
                tx.first(&sql, |row| Ok(row.text(0)?.map(str::to_string)))?.flatten()
            }
            None => None,
        };
        let fields: serde_json::Map<String, Json> = event.changes.iter().map(|c| (c.field.clone(), json!([c.before, c.after]))).collect();
        told.push(json!({"at": event.recorded_at.to_string(), "by": name, "changes": fields}));
    }
    Ok(told)
}

fn differences(before: &Settings, after: &Settings) -> Vec<FieldChange> {
    let shown = |s: &Settings| {
        [
            ("name", s.name.clone()),
            ("currency", s.currency.as_str().to_string()),
            ("language", s.language.clone()),
            ("time_zone", s.time_zone.clone()),
            ("country", s.country.clone()),
        ]
    };
    let both = shown(before).into_iter().zip(shown(after));
    both.filter(|(b, a)| b != a)
        .map(|((field, before), (_, after))| FieldChange { field: field.to_string(), before: before.into(), after: after.into() })
        .collect()
}

fn tell(ctx: &Ctx, tx: &mut Tx, changes: Vec<FieldChange>) -> Result<()> {
    let record = Id::from_bytes(ID);
    let version = event::of_record(tx, OBJECT, record, 0)?.last().map_or(0, |e| e.version) + 1;
    let fields: Vec<String> = changes.iter().map(|c| c.field.clone()).collect();
    let new = NewEvent {
        id: Id::new(),
        kind: "workspace.updated",
        object: OBJECT,
        record,
        version,
        changes,
        about: Vec::new(),
        recorded_at: ctx.now(),
        occurred_at: None,
        fields: &fields,
    };
    let mut batch = Vec::new();
    event::append(ctx, tx, &new, &mut batch)?;
    tx.execute_later(batch)
}
