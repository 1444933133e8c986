//! The records that changes of links tell of: which of them the caller may know, and how they are called.

use std::collections::{HashMap, HashSet};

use base::{Id, Result};
use model::{Field, FieldType, Object};
use serde_json::Value as Json;
use store::Tx;

use super::{Event, FieldChange};
use crate::ctx::Ctx;
use crate::record;
use crate::role::{self, Reach, Right};

/// Of some records: those that the caller may see, with their titles.
#[derive(Default)]
pub struct Known {
    pub titles: HashMap<Id, String>,
    /// Objects of which he may see every record, also those that are gone.
    whole: HashSet<String>,
}

impl Known {
    /// One statement per object; `wanted` may name an id several times.
    pub fn of(ctx: &Ctx, tx: &mut Tx, wanted: HashMap<String, Vec<Id>>) -> Result<Known> {
        let mut known = Known::default();
        for (name, mut ids) in wanted {
            let Some(object) = ctx.model.object(&name) else { continue };
            ids.sort_unstable();
            ids.dedup();
            known.titles.extend(record::titles(ctx, tx, object, &ids)?);
            if matches!(role::reach(ctx, object, Right::Read)?, Reach::All) {
                known.whole.insert(name);
            }
        }
        Ok(known)
    }

    /// A value without links to records that the caller may not see.
    pub fn within(&self, field: &Field, value: &Json) -> Json {
        match (field.kind, value) {
            (FieldType::Link | FieldType::User | FieldType::File | FieldType::Links, _) if field.to.is_some() => self.cut(field, value),
            (FieldType::Rows, Json::Array(rows)) => rows.iter().map(|row| self.row(field, row)).collect(),
            _ => value.clone(),
        }
    }

    fn cut(&self, field: &Field, value: &Json) -> Json {
        match value {
            Json::Array(items) => items.iter().filter(|item| self.may_tell(field, item)).cloned().collect(),
            one if self.may_tell(field, one) => one.clone(),
            _ => Json::Null,
        }
    }

    fn row(&self, field: &Field, row: &Json) -> Json {
        let Json::Object(parts) = row else { return row.clone() };
        let part = |(name, value): (&String, &Json)| {
            let declared = field.parts.iter().find(|p| p.name == *name);
            (name.clone(), declared.map_or_else(|| value.clone(), |p| self.within(p, value)))
        };
        Json::Object(parts.iter().map(part).collect())
    }

    fn may_tell(&self, field: &Field, item: &Json) -> bool {
        match target(field, item) {
            Some((to, id)) => self.titles.contains_key(&id) || self.whole.contains(&to),
            None => true,
        }
    }
}

/// Adds the records that the before and after of an event's changes link to.
pub fn wanted(object: &Object, event: &Event, into: &mut HashMap<String, Vec<Id>>) {
    for change in &event.changes {
        let Some(field) = object.fields.iter().find(|f| f.id == change.field) else { continue };
        for (to, id) in of_change(field, change) {
            into.entry(to).or_default().push(id);
        }
    }
}

fn of_change(field: &Field, change: &FieldChange) -> Vec<(String, Id)> {
    let both = [&change.before, &change.after];
    let items = both.into_iter().flat_map(|value| if let Json::Array(items) = value { items.iter().collect() } else { vec![value] });
    let in_row = |item: &Json| -> Vec<(String, Id)> { field.parts.iter().filter_map(|part| target(part, item.get(&part.name)?)).collect() };
    items.flat_map(|item| if field.kind == FieldType::Rows { in_row(item) } else { target(field, item).into_iter().collect() }).collect()
}

/// Object and id of one link as the interface writes it.
fn target(field: &Field, item: &Json) -> Option<(String, Id)> {
    let to = item.get("object").and_then(Json::as_str).or(field.to.as_deref())?;
    let id = item.get("id").unwrap_or(item).as_str()?.parse().ok()?;
    Some((to.to_string(), id))
}
