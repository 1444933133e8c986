//! How long a record stood at each value of a tracked field (D3): a row per stay, open until the value changes.

use base::{Instant, Result, Value};
use model::{Field, Object};
use store::table::{Column, ColumnKind, Index, Table};
use store::{Dialect, Param, Sql, Tx};

use super::Draft;
use crate::ctx::Ctx;

/// The statements that close the stay that ended and open the one that began, for each tracked field that changed.
pub fn follow(ctx: &Ctx, dialect: Dialect, object: &Object, draft: &Draft, batch: &mut Vec<Sql>) {
    for field in object.fields.iter().filter(|f| f.track && draft.changed(&f.name)) {
        let told = since(draft, field).filter(|_| draft.is_new());
        let at = told.or(draft.occurred_at).or(ctx.occurred_at).unwrap_or_else(|| entry(ctx, draft, field));
        if !draft.is_new() {
            let text = "update stay set left_at = ?1 where record = ?2 and field = ?3 and left_at is null";
            batch.push(Sql::fill(dialect, text, [Param::from(at), draft.record.id.into(), field.id.as_str().into()]));
        }
        if let Some(value) = code(draft.get(&field.name)) {
            batch.push(opened(dialect, object, field, draft, &value, at));
        }
    }
}

/// A new record entered its first value when it was created in business; an imported `<field>_since` says it better.
fn entry(ctx: &Ctx, draft: &Draft, field: &Field) -> Instant {
    since(draft, field).unwrap_or(if draft.is_new() { draft.record.created_at } else { ctx.now() })
}

fn since(draft: &Draft, field: &Field) -> Option<Instant> {
    draft.get(&format!("{}_since", field.name)).as_instant()
}

/// Replaces what is known of a record's stays at a tracked field by a history from elsewhere: values as [`follow`]
/// writes them, each with the moment of entry. The last one goes on.
pub fn retell(tx: &mut Tx, object: &Object, record: &super::Record, field: &Field, mut entries: Vec<(String, Instant)>) -> Result<()> {
    entries.sort_by_key(|(_, at)| *at);
    let dialect = tx.dialect();
    let of_field = [Param::from(record.id), field.id.as_str().into()];
    let mut batch = vec![Sql::fill(dialect, "delete from stay where record = ?1 and field = ?2", of_field)];
    let draft = Draft::new(None, record.clone());
    for (index, (value, at)) in entries.iter().enumerate() {
        batch.push(opened(dialect, object, field, &draft, value, *at));
        let Some((_, left)) = entries.get(index + 1) else { continue };
        let text = "update stay set left_at = ?1 where record = ?2 and field = ?3 and left_at is null";
        batch.push(Sql::fill(dialect, text, [Param::from(*left), record.id.into(), field.id.as_str().into()]));
    }
    tx.execute_later(batch)
}

fn opened(dialect: Dialect, object: &Object, field: &Field, draft: &Draft, value: &str, at: Instant) -> Sql {
    let amount = draft
        .get("amount")
        .as_money()
        .and_then(|m| m.base.unwrap_or(m.amount).round_to(base::money::MONEY_SCALE).to_scaled(base::money::MONEY_SCALE));
    let params = [
        Param::from(object.name.as_str()),
        field.id.as_str().into(),
        draft.record.id.into(),
        value.into(),
        at.into(),
        draft.get("owner").as_id().into(),
        draft.get("team").as_id().into(),
        amount.into(),
    ];
    let text = "insert into stay (object, field, record, value, entered_at, owner, team, amount) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    Sql::fill(dialect, text, params)
}

/// A choice's code, a link's id, a date: one word.
pub fn code(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Id(id) => Some(id.to_string()),
        Value::Date(date) => Some(date.to_string()),
        Value::Int(n) => Some(n.to_string()),
        _ => None,
    }
}

pub fn tables() -> Vec<Table> {
    vec![Table {
        name: "stay".into(),
        with_rid: false,
        columns: vec![
            Column::new("object", ColumnKind::Text).required(),
            Column::new("field", ColumnKind::Text).required(),
            Column::new("record", ColumnKind::Id).required(),
            Column::new("value", ColumnKind::Text).required(),
            Column::new("entered_at", ColumnKind::Instant).required(),
            Column::new("left_at", ColumnKind::Instant),
            Column::new("owner", ColumnKind::Id),
            Column::new("team", ColumnKind::Id),
            // In the workspace's currency, at the money scale.
            Column::new("amount", ColumnKind::Int),
        ],
        indexes: vec![Index::on("stay", &["record", "field", "entered_at"]), Index::on("stay", &["object", "field", "value", "left_at"])],
        searched: false,
    }]
}
