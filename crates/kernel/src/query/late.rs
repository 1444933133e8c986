//! What a page needs beyond its rows, one statement per relation: lists, expanded links, links beyond the caller's reach.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use base::{Id, Result, Value};
use model::field;
use model::{Field, FieldType, Object};
use serde_json::{Map, Value as Json, json};
use store::Tx;

use super::page::{Item, in_row};
use super::plan::Plan;
use crate::ctx::Ctx;
use crate::record;
use crate::role::{self, Reach, Right};

/// `email` is the primary row of a list, `domain` the first of one.
pub fn is_late_alias(field: &Field) -> bool {
    field.alias_of.as_deref().is_some_and(|alias| !alias.starts_with("address.") && !alias.contains("_address."))
}

/// Links of the plan that are not written with their row: expanded, or to an object of which the caller sees a part.
pub fn links<'a>(ctx: &Ctx, plan: &Plan<'a>) -> Result<Vec<&'a Field>> {
    let mut late = Vec::new();
    for field in plan.fields.iter().filter(|f| in_row(f) && matches!(f.kind, FieldType::Link | FieldType::User | FieldType::File)) {
        if is_expanded(&plan.expand, &field.name) || !sees_all(ctx, field)? {
            late.push(*field);
        }
    }
    Ok(late)
}

fn is_expanded(expand: &BTreeSet<String>, name: &str) -> bool {
    expand.iter().any(|path| path == name || path.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

fn sees_all(ctx: &Ctx, field: &Field) -> Result<bool> {
    let Some(target) = field.to.as_deref().and_then(|to| ctx.model.object(to)) else { return Ok(false) };
    Ok(matches!(role::reach(ctx, target, Right::Read)?, Reach::All))
}

/// Completes the items and closes their JSON.
pub fn complete(ctx: &Ctx, tx: &mut Tx, plan: &Plan<'_>, items: &mut [Item]) -> Result<()> {
    let mut hidden: Vec<Vec<String>> = vec![Vec::new(); items.len()];
    for (at, field) in links(ctx, plan)?.into_iter().enumerate() {
        link(ctx, tx, plan, field, at, items, &mut hidden)?;
    }
    let ids: Vec<Id> = items.iter().map(|i| i.id).collect();
    let lists = lists(tx, plan, &ids)?;
    for field in plan.fields.iter().filter(|f| field::is_child(f)) {
        list(ctx, tx, plan, field, &lists, items, &mut hidden)?;
    }
    for field in plan.fields.iter().filter(|f| is_late_alias(f)) {
        alias(field, &lists, items);
    }
    for name in plan.expand.iter().filter(|p| !p.contains('.')) {
        if let Some(field) = plan.object.field(name).filter(|f| f.kind == FieldType::Reverse) {
            reverse(ctx, tx, field, &ids, items)?;
        }
    }
    if plan.external_ids {
        let mut all = record::external_ids(tx, plan.object, &ids)?;
        items.iter_mut().for_each(|item| member(item, "external_ids", &Json::Array(all.remove(&item.id).unwrap_or_default())));
    }
    for (item, names) in items.iter_mut().zip(hidden) {
        if !names.is_empty() {
            member(item, "hidden", &json!(names));
        }
        item.json.push(b'}');
    }
    Ok(())
}

fn member(item: &mut Item, name: &str, value: &Json) {
    item.json.extend_from_slice(format!(",\"{name}\":{value}").as_bytes());
}

fn link(ctx: &Ctx, tx: &mut Tx, plan: &Plan<'_>, field: &Field, at: usize, items: &mut [Item], hidden: &mut [Vec<String>]) -> Result<()> {
    let targets: Vec<Id> = distinct(items.iter().filter_map(|i| i.links.get(at).copied().flatten()));
    let shown = shown(ctx, tx, plan, &field.name, field.to.as_deref().unwrap_or_default(), &targets)?;
    for (item, names) in items.iter_mut().zip(hidden) {
        let value = match item.links.get(at).copied().flatten() {
            None => Json::Null,
            Some(id) => match shown.get(&id) {
                Some(map) if is_expanded(&plan.expand, &field.name) => Json::Object(map.clone()),
                Some(_) => json!(id.to_string()),
                None => {
                    names.push(field.name.clone());
                    Json::Null
                }
            },
        };
        member(item, &field.name, &value);
    }
    Ok(())
}

/// The visible ones of some records as `{id, object, title, …}`; `nested` relations one level below are expanded too.
fn shown(ctx: &Ctx, tx: &mut Tx, plan: &Plan<'_>, name: &str, to: &str, ids: &[Id]) -> Result<HashMap<Id, Map<String, Json>>> {
    let Some(target) = ctx.model.object(to) else { return Ok(HashMap::new()) };
    if !is_expanded(&plan.expand, name) {
        let titles = record::titles(ctx, tx, target, ids)?;
        let mut found: HashMap<Id, Map<String, Json>> = titles.into_iter().map(|(id, _)| (id, Map::new())).collect();
        add_binned(ctx, tx, target, ids, &mut found)?;
        return Ok(found);
    }
    let nested: Vec<String> = plan.expand.iter().filter_map(|p| p.strip_prefix(&format!("{name}."))).map(str::to_string).collect();
    let mut found = summaries(ctx, tx, target, ids, &nested)?;
    add_binned(ctx, tx, target, ids, &mut found)?;
    Ok(found)
}

/// Links to records in the bin stay and come back with them: who could see such a record sees that it lies there.
fn add_binned(ctx: &Ctx, tx: &mut Tx, target: &Object, ids: &[Id], found: &mut HashMap<Id, Map<String, Json>>) -> Result<()> {
    let missing: Vec<Id> = ids.iter().copied().filter(|id| !found.contains_key(id)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for (id, binned) in record::binned(ctx, tx, target, &missing)? {
        let at = binned.deleted_at.to_string();
        let map =
            [("id", json!(id.to_string())), ("object", json!(target.name)), ("title", json!(binned.title)), ("deleted_at", json!(at))];
        found.insert(id, map.into_iter().map(|(k, v)| (k.to_string(), v)).collect());
    }
    Ok(())
}

/// Records as an expanded link shows them: id, object, title, and the relations asked for below.
pub fn summaries(ctx: &Ctx, tx: &mut Tx, target: &Object, ids: &[Id], nested: &[String]) -> Result<HashMap<Id, Map<String, Json>>> {
    let mut all: HashMap<Id, Map<String, Json>> = HashMap::new();
    for (id, title) in record::titles(ctx, tx, target, ids)? {
        let map = [("id", json!(id.to_string())), ("object", json!(target.name)), ("title", json!(title))];
        all.insert(id, map.into_iter().map(|(k, v)| (k.to_string(), v)).collect());
    }
    for name in nested {
        let Some(field) = target.field(name) else { continue };
        let Some(next) = field.to.as_deref().and_then(|to| ctx.model.object(to)) else { continue };
        let records = record::get_all(ctx, tx, target, ids)?;
        let onward = distinct(records.iter().filter_map(|r| r.link(name)));
        let below = summaries(ctx, tx, next, &onward, &[])?;
        for found in records {
            let value = found.link(name).and_then(|id| below.get(&id)).map_or(Json::Null, |m| Json::Object(m.clone()));
            if let Some(map) = all.get_mut(&found.id) {
                map.insert(name.clone(), value);
            }
        }
    }
    Ok(all)
}

type Lists = BTreeMap<String, HashMap<Id, Value>>;

/// The lists that are shown, and those of which an alias shows a part.
fn lists(tx: &mut Tx, plan: &Plan<'_>, ids: &[Id]) -> Result<Lists> {
    let mut fields: Vec<&Field> = plan.fields.iter().copied().filter(|f| field::is_child(f)).collect();
    for alias in plan.fields.iter().filter(|f| is_late_alias(f)) {
        if let Some(source) = plan.object.field(source_of(alias)).filter(|f| field::is_child(f))
            && !fields.iter().any(|f| f.name == source.name)
        {
            fields.push(source);
        }
    }
    let found = record::lists(tx, plan.object, &fields, ids)?;
    Ok(fields.iter().map(|f| f.name.clone()).zip(found).collect())
}

fn source_of(alias: &Field) -> &str {
    alias.alias_of.as_deref().and_then(|path| path.split('.').next()).unwrap_or_default()
}

fn list(
    ctx: &Ctx,
    tx: &mut Tx,
    plan: &Plan<'_>,
    field: &Field,
    lists: &Lists,
    items: &mut [Item],
    hidden: &mut [Vec<String>],
) -> Result<()> {
    let Some(values) = lists.get(&field.name) else { return Ok(()) };
    let expanded = is_expanded(&plan.expand, &field.name);
    let limited = field.kind == FieldType::Links && (expanded || !sees_all(ctx, field)?);
    let visible = if limited { visible_targets(ctx, tx, field, values)? } else { HashMap::new() };
    for (item, names) in items.iter_mut().zip(hidden) {
        let value = values.get(&item.id).cloned().unwrap_or(Value::List(Vec::new()));
        let mut json = field::kind(field.kind).write(field, &value);
        if limited {
            limit(&mut json, &visible, expanded, &field.name, names);
        }
        member(item, &field.name, &json);
    }
    Ok(())
}

/// Visible targets of a list of links, with what an expanded one shows.
fn visible_targets(ctx: &Ctx, tx: &mut Tx, field: &Field, values: &HashMap<Id, Value>) -> Result<HashMap<Id, Map<String, Json>>> {
    let mut wanted: BTreeMap<String, Vec<Id>> = BTreeMap::new();
    for value in values.values() {
        for (to, id, _) in record::targets(field, value) {
            wanted.entry(to).or_default().push(id);
        }
    }
    let mut visible = HashMap::new();
    for (to, ids) in wanted {
        if let Some(target) = ctx.model.object(&to) {
            let ids = distinct(ids.into_iter());
            let mut found = summaries(ctx, tx, target, &ids, &[])?;
            add_binned(ctx, tx, target, &ids, &mut found)?;
            visible.extend(found);
        }
    }
    Ok(visible)
}

fn limit(json: &mut Json, visible: &HashMap<Id, Map<String, Json>>, expanded: bool, name: &str, hidden: &mut Vec<String>) {
    let Json::Array(entries) = json else { return };
    let before = entries.len();
    let of = |entry: &Json| entry.get("id").unwrap_or(entry).as_str().and_then(|s| s.parse::<Id>().ok());
    entries.retain(|entry| of(entry).is_some_and(|id| visible.contains_key(&id)));
    if entries.len() < before {
        hidden.push(name.to_string());
    }
    if !expanded {
        return;
    }
    for entry in entries {
        let Some(summary) = of(entry).and_then(|id| visible.get(&id)) else { continue };
        let mut map = summary.clone();
        if let Json::Object(own) = entry {
            map.extend(own.clone());
        }
        *entry = Json::Object(map);
    }
}

fn alias(field: &Field, lists: &Lists, items: &mut [Item]) {
    let source = source_of(field);
    for item in items {
        let value = lists.get(source).and_then(|values| values.get(&item.id)).cloned().unwrap_or_default();
        let values = [(source.to_string(), value)].into_iter().collect();
        let json = field::kind(field.kind).write(field, &record::alias_value(&values, field.alias_of.as_deref().unwrap_or_default()));
        member(item, &field.name, &json);
    }
}

/// The records that link here, at most 100 for each, oldest first.
fn reverse(ctx: &Ctx, tx: &mut Tx, field: &Field, ids: &[Id], items: &mut [Item]) -> Result<()> {
    let (Some(target), Some(by)) = (field.to.as_deref().and_then(|to| ctx.model.object(to)), field.by.as_deref()) else { return Ok(()) };
    let found = record::linking(ctx, tx, target, by, ids)?;
    for item in items {
        let mut entries = Vec::new();
        for record in found.iter().filter(|r| r.link(by) == Some(item.id)).take(100) {
            let mut map = record::to_json(ctx, tx, record)?;
            map.insert("title".to_string(), json!(record::title(target, record)));
            entries.push(Json::Object(map));
        }
        member(item, &field.name, &Json::Array(entries));
    }
    Ok(())
}

fn distinct(ids: impl Iterator<Item = Id>) -> Vec<Id> {
    let set: BTreeSet<Id> = ids.collect();
    set.into_iter().collect()
}
