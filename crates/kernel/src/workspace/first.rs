//! What exists from the first start: the built-in roles.

use std::sync::Arc;

use base::{Id, Result, Value};
use store::{Param, Sql, Tx};

use super::Engine;
use crate::ctx::Ctx;
use crate::{record, role, user};

/// Names the built-in roles in the language of the context. For the first run: nobody can have named them otherwise yet.
pub fn name_roles(ctx: &Ctx, tx: &mut Tx) -> Result<()> {
    let at = match ctx.language.as_str() {
        "it" => 1,
        "zh" => 2,
        _ => return Ok(()),
    };
    for (name, labels) in role::BUILT_IN {
        let label = labels.get(at).copied().unwrap_or_default();
        let id = user::role_by_name(tx, name)?;
        record::set(&ctx.as_system(), tx, "role", id, vec![("label", Value::from(label))])?;
    }
    Ok(())
}

/// Creates the built-in roles that are missing.
pub fn roles(engine: &Arc<Engine>) -> Result<()> {
    let (missing, unsaid) = engine.store().read(|tx| Ok((missing(tx)?, unsaid(tx)?)))?;
    if missing.is_empty() && unsaid.is_none() {
        return Ok(());
    }
    let ctx = Ctx::system(engine);
    engine.store().write(move |tx| {
        for (name, label) in &missing {
            let manages = ("manages", Value::Bool(*name == role::MANAGER));
            let values = vec![("name", Value::from(*name)), ("label", Value::from(*label)), ("built_in", Value::Bool(true)), manages];
            record::create_values(&ctx, tx, "role", values)?;
        }
        match unsaid {
            Some(id) => record::set(&ctx, tx, "role", id, vec![("manages", Value::Bool(true))]).map(|_| ()),
            None => Ok(()),
        }
    })
}

/// The managers of a workspace that is older than the question whether a role manages teams.
fn unsaid(tx: &mut Tx) -> Result<Option<Id>> {
    let sql = Sql::fill(tx.dialect(), "select id from role where name = ?1 and manages is null", [Param::from(role::MANAGER)]);
    Ok(tx.first(&sql, |row| row.id(0))?.flatten())
}

fn missing(tx: &mut Tx) -> Result<Vec<(&'static str, &'static str)>> {
    let mut found = Vec::new();
    for (name, [label, ..]) in role::BUILT_IN {
        let sql = Sql::fill(tx.dialect(), "select id from role where name = ?1", [Param::from(*name)]);
        if tx.first(&sql, |row| row.id(0))?.is_none() {
            found.push((*name, *label));
        }
    }
    Ok(found)
}
