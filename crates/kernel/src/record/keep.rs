//! Values that can be computed anew at any time (last touch, Pulse, open amounts): written without event and version.

use base::{Id, Result, Value};
use model::field;
use store::{Notice, Param, Sql, Tx};

use crate::ctx::Ctx;

/// Writes fields marked `computed` of one record, in the reader's transaction, and tells live listeners. Neither the
/// version nor the log moves, so that nobody's edit is in conflict with a count.
pub fn keep(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id, values: Vec<(&str, Value)>) -> Result<()> {
    let names: Vec<String> = values.iter().map(|(name, _)| (*name).to_string()).collect();
    if keep_unsaid(ctx, tx, object, id, values)? {
        let payload = serde_json::json!({"object": object, "id": id.to_string(), "kind": "record.kept", "fields": names});
        tx.notify(Notice { channel: "change".to_string(), payload: payload.to_string() })?;
    }
    Ok(())
}

/// The same for what is nobody's news, such as somebody's last use of the program. Answers whether anything changed.
pub fn keep_unsaid(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id, values: Vec<(&str, Value)>) -> Result<bool> {
    let Some(object) = ctx.model.object(object) else { return Ok(false) };
    let mut columns: Vec<(String, Param)> = Vec::new();
    for (name, value) in values {
        if let Some(field) = object.field(name).filter(|f| f.computed) {
            field::kind(field.kind).store(field, &value, &mut columns);
        }
    }
    if columns.is_empty() {
        return Ok(false);
    }
    let mut sql = Sql::new(tx.dialect());
    sql.push("update ").push_ident(&object.name).push(" set ");
    for (i, (column, param)) in columns.iter().enumerate() {
        sql.push(if i == 0 { "" } else { ", " }).push_ident(column).push(" = ").bind(param.clone());
    }
    sql.push(" where id = ").bind(id).push(" and (");
    for (i, (column, param)) in columns.into_iter().enumerate() {
        let differs = if tx.dialect() == store::Dialect::Sqlite { " is not " } else { " is distinct from " };
        sql.push(if i == 0 { "" } else { " or " }).push_ident(&column).push(differs).bind(param);
    }
    sql.push(")");
    let changed = tx.execute(&sql)? > 0;
    if changed {
        super::memo::forget(tx, id);
    }
    Ok(changed)
}
