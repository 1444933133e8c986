//! What exists from the first start: the built-in roles.

use std::sync::Arc;

use base::{Result, Value};
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
    let missing = engine.store().read(missing)?;
    if missing.is_empty() {
        return Ok(());
    }
    let ctx = Ctx::system(engine);
    engine.store().write(move |tx| {
        for (name, label) in &missing {
            let values = vec![("name", Value::from(*name)), ("label", Value::from(*label)), ("built_in", Value::Bool(true))];
            record::create_values(&ctx, tx, "role", values)?;
        }
        Ok(())
    })
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
