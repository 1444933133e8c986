//! What those hear of a record in the bin who could see it before: what it was, who deleted it and when.

use std::collections::HashMap;

use base::{Error, Id, Instant, Result};
use model::Object;
use serde_json::json;
use store::{Sql, Tx};

use super::{Record, access, reading, show};
use crate::ctx::Ctx;
use crate::role;

/// A record in the bin as a link to it shows it.
pub struct Binned {
    pub title: String,
    pub deleted_at: Instant,
}

/// Why a record is not there: unknown, as far as the caller may know, or in the bin. The second has a member `bin` with
/// title, `deleted_at`, `deleted_by` and whether the caller may restore it.
pub fn absent(ctx: &Ctx, tx: &mut Tx, object: &Object, id: Id) -> Result<Error> {
    let unknown = || Error::not_found(format!("{} not found", object.label.en));
    let Some(record) = reading::find_any(ctx, tx, object, id)? else { return Ok(unknown()) };
    let Some(deleted_at) = record.deleted_at else { return Ok(unknown()) };
    if !access::may_read(ctx, tx, object, &record)? {
        return Ok(unknown());
    }
    let may_restore = role::scope_allows_action(ctx, object, "restore") && access::may_delete(ctx, tx, object, &record)?;
    let by = record.updated_by.map(|by| Ok::<_, Error>(json!({"id": by.to_string(), "name": name_of(tx, by)?}))).transpose()?;
    Ok(Error::not_found(format!("{} is in the bin", object.label.en)).with_extra(json!({"bin": {
        "title": title(ctx, object, &record), "deleted_at": deleted_at.to_string(), "deleted_by": by, "may_restore": may_restore,
    }})))
}

fn title(ctx: &Ctx, object: &Object, record: &Record) -> Option<String> {
    let readable = object.field(&object.title).is_some_and(|field| role::may_read_field(ctx, object, field));
    readable.then(|| show::title(object, record))
}

fn name_of(tx: &mut Tx, user: Id) -> Result<Option<String>> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select name from \"user\" where id = ").bind(user);
    Ok(tx.first(&sql, |row| Ok(row.text(0)?.map(str::to_string)))?.flatten())
}

/// Those of the ids that lie in the bin and that the caller could see before.
pub fn binned(ctx: &Ctx, tx: &mut Tx, object: &Object, ids: &[Id]) -> Result<HashMap<Id, Binned>> {
    let column = reading::title_column(ctx, object);
    let columns = format!("t.id, {column}, t.deleted_at");
    let Some(sql) = reading::visible(ctx, tx, object, ids, &columns, true)? else { return Ok(HashMap::new()) };
    let rows = tx.all(&sql, |row| {
        let title = row.text(1)?.unwrap_or_default().to_string();
        Ok((row.must_id(0)?, row.instant(2)?.map(|deleted_at| Binned { title, deleted_at })))
    })?;
    Ok(rows.into_iter().filter_map(|(id, binned)| Some((id, binned?))).collect())
}
