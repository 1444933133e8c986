//! Values that can be computed anew at any time (last touch, Pulse, open amounts): written without event and version.

use base::{Id, Result, Value};
use model::field;
use store::{Notice, Param, Sql, Tx};

use crate::ctx::Ctx;

/// Writes fields marked `computed` of one record, in the reader's transaction, and tells live listeners. Neither the
/// version nor the log moves, so that nobody's edit is in conflict with a count.
pub fn keep(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id, values: Vec<(&str, Value)>) -> Result<()> {
    let Some(object) = ctx.model.object(object) else { return Ok(()) };
    let mut columns: Vec<(String, Param)> = Vec::new();
    let mut names = Vec::new();
    for (name, value) in values {
        if let Some(field) = object.field(name).filter(|f| f.computed) {
            field::kind(field.kind).store(field, &value, &mut columns);
            names.push(name);
        }
    }
    if columns.is_empty() {
        return Ok(());
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
    if tx.execute(&sql)? > 0 {
        super::memo::forget(tx, id);
        let payload = serde_json::json!({"object": object.name, "id": id.to_string(), "kind": "record.kept", "fields": names});
        tx.notify(Notice { channel: "change".to_string(), payload: payload.to_string() })?;
    }
    Ok(())
}
