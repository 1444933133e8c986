//! What sales reads of activities: they are made and kept by the customers' module; here they are only asked about.

use std::collections::BTreeSet;

use base::{Id, Result, Value};
use kernel::event::Event;
use serde_json::Value as Json;
use store::{Param, Sql, Tx};

/// The records of one object that the activities of these events are about, or were before.
pub fn concerned(tx: &mut Tx, events: &[Event], object: &str) -> Result<BTreeSet<Id>> {
    let activities: BTreeSet<Id> = events.iter().map(|e| e.record).collect();
    let mut sql = Sql::new(tx.dialect());
    sql.push("select target from activity__about where object = ").bind(object).push(" and ");
    tx.dialect().any(&mut sql, "record", activities.into_iter().collect::<Vec<Id>>());
    let mut all: BTreeSet<Id> = tx.all(&sql, |row| row.must_id(0))?.into_iter().collect();
    let left = events.iter().flat_map(|e| &e.changes).filter(|c| c.field == "about").filter_map(|c| c.before.as_array()).flatten();
    let of_object = left.filter(|item| item.get("object").and_then(Json::as_str) == Some(object));
    all.extend(of_object.filter_map(|item| item.get("id")?.as_str()?.parse::<Id>().ok()));
    Ok(all)
}

/// The activities that are about a record.
pub fn about(tx: &mut Tx, record: Id) -> Result<Vec<Id>> {
    let text = "select a.id from activity__about b join activity a on a.id = b.record
         where b.target = ?1 and a.deleted_at is null order by a.id";
    tx.all(&Sql::fill(tx.dialect(), text, [Param::from(record)]), |row| row.must_id(0))
}

/// The one item of a list of records that something new is about.
pub fn about_one(object: &str, id: Id) -> Value {
    let parts = [("object", Value::from(object)), ("id", Value::Id(id)), ("via", Value::from("direct"))];
    Value::List(vec![Value::Map(parts.into_iter().map(|(name, value)| (name.to_string(), value)).collect())])
}
