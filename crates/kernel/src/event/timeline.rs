//! What happened with a record and around it, newest first.

use std::collections::HashMap;

use base::{Error, Id, Instant, Result};
use model::{Field, FieldType, Object};
use serde_json::{Map, Value as Json, json};
use store::{Sql, Tx};

use super::link::{self, Known};
use super::{Event, FieldChange, read};
use crate::ctx::{Actor, Ctx};
use crate::record::{self, Record};
use crate::role;

#[derive(Debug, Default, Clone)]
pub struct TimelineRequest {
    /// An event kind (`record.updated`), an object (`activity`), or an activity's kind (`call`).
    pub kind: Option<String>,
    pub cursor: Option<String>,
    pub limit: Option<usize>,
    /// A list of the same object's records that point here (a company's subsidiaries), and theirs: what concerns any of
    /// them stands here too, once.
    pub include: Option<String>,
}

type Names = HashMap<Id, String>;

/// One page of events that concern the record. Events of records that the caller may not see are left out, and so
/// are fields that he may not read. `NotFound` for a record that he may not see.
pub fn timeline(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id, request: &TimelineRequest) -> Result<Json> {
    let own = record::get_any(ctx, tx, object, id)?;
    let limit = request.limit.unwrap_or(50).clamp(1, 200);
    let mut cursor = request.cursor.as_deref().map(parse_cursor).transpose()?;
    let records = match &request.include {
        Some(list) => super::below::of(ctx, tx, object, id, list)?,
        None => vec![id],
    };
    let mut items = Vec::new();
    loop {
        let events = page(tx, object, &records, request.kind.as_deref(), cursor, limit + 1)?;
        let exhausted = events.len() <= limit;
        let mut shown = Shown::gather(ctx, tx, &own, &events)?;
        for event in &events {
            if items.len() == limit {
                return Ok(json!({"items": items, "next_cursor": cursor.map(|(at, seq)| format!("{}_{seq}", at.micros()))}));
            }
            cursor = Some((event.occurred_at, event.seq));
            if let Some(item) = shown.item(ctx, tx, event)? {
                items.push(item);
            }
        }
        if exhausted {
            return Ok(json!({"items": items, "next_cursor": null}));
        }
    }
}

fn parse_cursor(text: &str) -> Result<(Instant, i64)> {
    let parts = text.split_once('_').and_then(|(at, seq)| Some((at.parse::<i64>().ok()?, seq.parse::<i64>().ok()?)));
    parts
        .map(|(at, seq)| (Instant::from_micros(at), seq))
        .ok_or_else(|| Error::field("cursor", "invalid", "This cursor is not one of ours"))
}

fn page(tx: &mut Tx, object: &str, records: &[Id], kind: Option<&str>, cursor: Option<(Instant, i64)>, limit: usize) -> Result<Vec<Event>> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select ").push(read::COLUMNS).push(" from ");
    match records {
        [_] => sql.push("event_about a"),
        // An event about several of them is told once.
        _ => {
            sql.push("(select distinct occurred_at, seq from event_about where object = ").bind(object).push(" and ");
            tx.dialect().any(&mut sql, "record", records.to_vec());
            sql.push(") a")
        }
    };
    sql.push(" join event e on e.rid = a.seq left join event_payload p on p.seq = e.rid where 1 = 1");
    if let [id] = records {
        sql.push(" and a.object = ").bind(object).push(" and a.record = ").bind(*id);
    }
    if let Some((at, seq)) = cursor {
        sql.push(" and (a.occurred_at, a.seq) < (").bind(at).push(", ").bind(seq).push(")");
    }
    match kind {
        Some(kind) if kind.contains('.') => {
            sql.push(" and e.kind = ").bind(kind);
        }
        Some("changes") => {
            sql.push(" and e.object <> ").bind("activity");
        }
        Some(kind) => {
            sql.push(" and (e.object = ").bind(kind);
            sql.push(" or e.object = 'activity' and exists (select 1 from activity x where x.id = e.record and x.kind = ")
                .bind(kind)
                .push("))");
        }
        None => {}
    }
    sql.push(&format!(" order by a.occurred_at desc, a.seq desc limit {limit}"));
    tx.all(&sql, read::row)
}

/// What a page of events needs to be told: records that may be known, names of people, activities as a whole.
struct Shown {
    /// The record whose timeline it is, which may lie in the bin.
    own: Id,
    known: Known,
    people: Names,
    activities: HashMap<Id, Record>,
}

impl Shown {
    fn gather(ctx: &Ctx, tx: &mut Tx, own: &Record, events: &[Event]) -> Result<Shown> {
        let mut wanted: HashMap<String, Vec<Id>> = HashMap::new();
        for event in events {
            wanted.entry(event.object.clone()).or_default().push(event.record);
            if let Some(object) = ctx.model.object(&event.object) {
                link::wanted(object, event, &mut wanted);
            }
        }
        let activities = match ctx.model.object("activity") {
            Some(object) => record::get_all(ctx, tx, object, wanted.get("activity").map_or(&[], Vec::as_slice))?,
            None => Vec::new(),
        };
        let mut known = Known::of(ctx, tx, wanted)?;
        if let Some(object) = ctx.model.object(&own.object) {
            known.titles.entry(own.id).or_insert_with(|| record::title(object, own));
        }
        let activities = activities.into_iter().map(|r| (r.id, r)).collect();
        Ok(Shown { own: own.id, known, people: names(tx, events)?, activities })
    }

    fn item(&mut self, ctx: &Ctx, tx: &mut Tx, event: &Event) -> Result<Option<Json>> {
        let Some(object) = ctx.model.object(&event.object) else { return Ok(None) };
        if !role::scope_allows(ctx, object, "read") || event.record != self.own && !self.known.titles.contains_key(&event.record) {
            return Ok(None);
        }
        let changes: Vec<Json> = event.changes.iter().filter_map(|c| self.change(ctx, object, c)).collect();
        if changes.is_empty() && event.kind == super::UPDATED {
            return Ok(None);
        }
        let activity = match self.activities.get(&event.record) {
            Some(record) if event.kind == super::CREATED => Json::Object(record::to_json(ctx, tx, record)?),
            _ => Json::Null,
        };
        Ok(Some(json!({
            "id": event.id.to_string(), "kind": event.kind, "at": event.occurred_at.to_string(),
            "recorded_at": event.recorded_at.to_string(), "actor": actor(&event.actor, &self.people), "origin": origin(event),
            "correlation": event.correlation.to_string(), "object": event.object, "record": event.record.to_string(),
            "title": self.title(ctx, object, event.record), "version": event.version, "changes": changes, "activity": activity,
        })))
    }

    /// The record's title; where that is a choice (a role in a deal), in words.
    fn title(&self, ctx: &Ctx, object: &Object, id: Id) -> Option<String> {
        let title = self.known.titles.get(&id)?;
        let choice = object.field(&object.title).filter(|f| f.kind == FieldType::Choice);
        Some(choice.map_or_else(|| title.clone(), |field| label(ctx, field, title)))
    }

    fn change(&self, ctx: &Ctx, object: &Object, change: &FieldChange) -> Option<Json> {
        let field = object.fields.iter().find(|f| f.id == change.field)?;
        if !role::may_read_field(ctx, object, field) {
            return None;
        }
        let (before, after) = (self.known.within(field, &change.before), self.known.within(field, &change.after));
        let (before_text, after_text) = (self.text(ctx, field, &before), self.text(ctx, field, &after));
        Some(json!({
            "field": field.name, "label": field.label.in_language(&ctx.language), "before": before, "after": after,
            "before_text": before_text, "after_text": after_text,
        }))
    }

    /// A value in words: titles of links, labels of options, amounts with currency.
    fn text(&self, ctx: &Ctx, field: &Field, value: &Json) -> Option<String> {
        match value {
            Json::Null => None,
            Json::String(s) => Some(match field.kind {
                FieldType::Choice => label(ctx, field, s),
                _ => s.parse::<Id>().ok().and_then(|id| self.known.titles.get(&id).cloned()).unwrap_or_else(|| s.clone()),
            }),
            Json::Array(items) => Some(items.iter().filter_map(|i| self.text(ctx, field, i)).collect::<Vec<_>>().join(", ")),
            Json::Object(map) => Some(self.parts(map)),
            other => Some(other.to_string()),
        }
    }

    fn parts(&self, map: &Map<String, Json>) -> String {
        let word = |key: &str| map.get(key).and_then(Json::as_str);
        if let (Some(amount), Some(currency)) = (word("amount"), word("currency")) {
            return format!("{amount} {currency}");
        }
        if let Some(id) = word("id").and_then(|id| id.parse::<Id>().ok()) {
            return self.known.titles.get(&id).cloned().unwrap_or_default();
        }
        if let Some(main) = word("address").or_else(|| word("number")) {
            return main.to_string();
        }
        map.values().filter_map(Json::as_str).filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

fn label(ctx: &Ctx, field: &Field, code: &str) -> String {
    let option = ctx.model.options(field).iter().find(|o| o.code == code);
    option.map_or_else(|| code.to_string(), |o| o.label.in_language(&ctx.language).to_string())
}

/// Names of the people who acted, in one statement.
pub fn names(tx: &mut Tx, events: &[Event]) -> Result<Names> {
    let mut ids: Vec<Id> = events.iter().filter_map(|e| e.actor.id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(tx.dialect());
    sql.push("select id, name from \"user\" where ");
    tx.dialect().any(&mut sql, "id", ids);
    let rows = tx.all(&sql, |row| Ok((row.id(0)?, row.text(1)?.unwrap_or_default().to_string())))?;
    Ok(rows.into_iter().filter_map(|(id, name)| Some((id?, name))).collect())
}

pub fn actor(actor: &Actor, people: &Names) -> Json {
    json!({"kind": actor.kind.as_str(), "id": actor.id.map(|i| i.to_string()), "name": actor.id.and_then(|id| people.get(&id))})
}

pub fn origin(event: &Event) -> Json {
    match &event.origin {
        Some(o) => json!({"kind": o.kind, "id": o.id.map(|i| i.to_string()), "name": o.name}),
        None => Json::Null,
    }
}
