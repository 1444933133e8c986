//! Records that a new one may already be: proposed while it is being typed, never taken by themselves.
//!
//! An object says in `alike` which of its fields tell. Addresses, numbers and domains count when they are the same, names
//! when they are very similar. Everything stays within the caller's reach, and a field that he may not read tells nothing.

use base::text::{fold, name_core, similarity, words_of_query};
use base::{Error, Id, Result, Value};
use model::{Field, FieldType, Object};
use serde_json::{Map, Value as Json, json};
use store::{Param, Sql, Tx};

use crate::ctx::Ctx;
use crate::{record, role};

/// Proposals of one kind at most.
const MOST: usize = 5;
/// Names at least so similar are proposed.
const SIMILAR: f64 = 0.88;
/// Shorter names must be the same.
const SHORT: usize = 5;
/// Records with a word in common that are compared by name.
const COMPARED: u32 = 200;
/// Words of a name that are looked up, and how much of each.
const WORDS: usize = 4;
const STEM: usize = 4;

/// What was typed so far, as far as it can be read.
struct Typed {
    values: Vec<(String, Value)>,
}

/// A proposal: which record, and by which field.
struct Found(Vec<(Id, String)>);

/// Answers `{"items": [{id, title, by}], "links": {field: [{id, title, by}]}}`: what the record may already be, and what it
/// may belong to by the domain of its addresses. `by` names the field that tells. Values that cannot be read yet are
/// passed over, unknown fields are refused.
pub fn run(ctx: &Ctx, tx: &mut Tx, object: &Object, input: &Map<String, Json>) -> Result<Json> {
    role::require_read(ctx, object)?;
    let (fields, problems) = record::normalise(ctx, object, input);
    let unknown: Vec<_> = problems.into_iter().filter(|p| p.code == "unknown").collect();
    if !unknown.is_empty() {
        return Err(Error::fields(unknown));
    }
    let typed = Typed { values: fields.values };
    let mut found = Found(Vec::new());
    for field in object.alike.iter().filter_map(|name| object.field(name)).filter(|f| role::may_read_field(ctx, object, f)) {
        same(tx, object, field, &typed, &mut found)?;
    }
    Ok(json!({"items": found.shown(ctx, tx, object)?, "links": links(ctx, tx, object, &typed)?}))
}

/// What one field tells.
fn same(tx: &mut Tx, object: &Object, field: &Field, typed: &Typed, found: &mut Found) -> Result<()> {
    let column = match field.kind {
        FieldType::Emails => "address__fold",
        FieldType::Phones => "number",
        FieldType::Texts => "text__fold",
        FieldType::Text | FieldType::PersonName => return names(tx, object, field, typed, found),
        _ => return Ok(()),
    };
    let wanted = match field.kind {
        FieldType::Emails => typed.parts(object, FieldType::Emails, FieldType::Email, "address").iter().map(|a| fold(a)).collect(),
        FieldType::Phones => typed.parts(object, FieldType::Phones, FieldType::Phone, "number"),
        _ => typed.hosts(object),
    };
    for text in wanted {
        found.add(tx, &field.name, &listed(object, field, column), text.into())?;
    }
    Ok(())
}

fn listed(object: &Object, field: &Field, column: &str) -> String {
    let table = format!("{}__{}", object.name, field.id);
    format!(
        "select c.record from {table} c join {} t on t.id = c.record where c.{column} = ?1 and t.deleted_at is null limit 50",
        object.name
    )
}

/// Records whose name shares a word with the one typed, or nearly, and is very similar as a whole; the nearest first.
fn names(tx: &mut Tx, object: &Object, field: &Field, typed: &Typed, found: &mut Found) -> Result<()> {
    let name = typed.name(field);
    let core = name_core(&name);
    if core.chars().count() < 2 {
        return Ok(());
    }
    let mut near: Vec<(Id, f64)> = Vec::new();
    for (id, other) in candidates(tx, object, field, &name)? {
        let other = name_core(&other);
        let is_short = core.chars().count().min(other.chars().count()) < SHORT;
        let likeness = if core == other { 1.0 } else { similarity(&core, &other) };
        // A common beginning alone is no likeness: "Rossi" is not "Rossini Gelati".
        let lengths = core.chars().count().abs_diff(other.chars().count());
        if likeness >= SIMILAR && (likeness >= 1.0 || !is_short && lengths <= 2) && !near.iter().any(|(known, _)| *known == id) {
            near.push((id, likeness));
        }
    }
    near.sort_by(|a, b| b.1.total_cmp(&a.1));
    near.into_iter().for_each(|(id, _)| found.push(id, &field.name));
    Ok(())
}

fn candidates(tx: &mut Tx, object: &Object, field: &Field, name: &str) -> Result<Vec<(Id, String)>> {
    let read = |row: &store::Row<'_>| Ok((row.must_id(0)?, row.text(1)?.unwrap_or_default().to_string()));
    let mut sql = Sql::new(tx.dialect());
    sql.push("select t.id, t.").push_ident(&field.id).push(" from ").push_ident(&object.name);
    sql.push(" t where t.deleted_at is null and t.")
        .push_ident(&format!("{}__fold", field.id))
        .push(" = ")
        .bind(fold(name))
        .push(" limit 50");
    let mut all = tx.all(&sql, read)?;
    if !object.searched {
        return Ok(all);
    }
    for word in words_of_query(name).0.into_iter().take(WORDS) {
        let stem: String = word.chars().take(STEM).collect();
        let mut sql = Sql::new(tx.dialect());
        sql.push("select t.id, t.")
            .push_ident(&field.id)
            .push(" from ")
            .push_ident(&object.name)
            .push(" t where t.deleted_at is null and ");
        tx.dialect().search_match(&mut sql, "t", &object.name, &[stem], true, COMPARED);
        all.extend(tx.all(&sql, read)?);
    }
    Ok(all)
}

/// Of each link that is still empty, the records that own a domain of the addresses typed.
fn links(ctx: &Ctx, tx: &mut Tx, object: &Object, typed: &Typed) -> Result<Map<String, Json>> {
    let mut all = Map::new();
    let hosts = typed.hosts(object);
    for field in object.fields.iter().filter(|f| f.kind == FieldType::Link && !f.computed && role::may_read_field(ctx, object, f)) {
        let Some(target) = field.to.as_deref().and_then(|to| ctx.model.object(to)).filter(|t| t.name != object.name) else { continue };
        let domains = target.alike.iter().filter_map(|n| target.field(n)).find(|f| f.kind == FieldType::Texts);
        let Some(domains) = domains.filter(|f| role::may_read_field(ctx, target, f) && role::scope_allows(ctx, target, "read")) else {
            continue;
        };
        if typed.get(&field.name).is_some_and(|v| !v.is_null()) {
            continue;
        }
        let mut found = Found(Vec::new());
        for host in &hosts {
            found.add(tx, &domains.name, &listed(target, domains, "text__fold"), host.as_str().into())?;
        }
        let shown = found.shown(ctx, tx, target)?;
        if !shown.is_empty() {
            all.insert(field.name.clone(), Json::Array(shown));
        }
    }
    Ok(all)
}

impl Typed {
    fn get(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    /// Everything typed into fields of a kind: of lists the parts, of single ones the text.
    fn parts(&self, object: &Object, list: FieldType, single: FieldType, part: &str) -> Vec<String> {
        let mut all = Vec::new();
        for (name, value) in &self.values {
            match object.field(name).map(|f| f.kind) {
                Some(kind) if kind == list => all.extend(value.as_list().iter().filter_map(|r| r.part(part).as_text()).map(str::to_string)),
                Some(kind) if kind == single => all.extend(value.as_text().map(str::to_string)),
                _ => {}
            }
        }
        all
    }

    /// The folded hosts of all mail and web addresses, and what was typed as a domain.
    fn hosts(&self, object: &Object) -> Vec<String> {
        let mut all = self.parts(object, FieldType::Emails, FieldType::Email, "address");
        for (name, value) in &self.values {
            match object.field(name).map(|f| f.kind) {
                Some(FieldType::Url) => all.extend(value.as_text().map(str::to_string)),
                Some(FieldType::Texts) => all.extend(value.as_list().iter().filter_map(Value::as_text).map(str::to_string)),
                _ if name == "domain" => all.extend(value.as_text().map(str::to_string)),
                _ => {}
            }
        }
        let mut hosts: Vec<String> = all.iter().map(|text| host(text)).filter(|h| h.contains('.')).collect();
        hosts.sort_unstable();
        hosts.dedup();
        hosts
    }

    /// The name as typed, or put together from the parts of a person's.
    fn name(&self, field: &Field) -> String {
        if field.kind != FieldType::PersonName || !field.computed {
            return self.get(&field.name).and_then(Value::as_text).unwrap_or_default().to_string();
        }
        let parts = ["first_name", "middle_name", "last_name"].iter().filter_map(|n| self.get(n).and_then(Value::as_text));
        parts.map(str::trim).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// The folded host of a mail or web address, without `www.`.
fn host(text: &str) -> String {
    let text = fold(text.trim());
    let rest = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let rest = rest.split(':').next().unwrap_or_default().trim_end_matches('.');
    rest.strip_prefix("www.").unwrap_or(rest).to_string()
}

impl Found {
    fn push(&mut self, id: Id, by: &str) {
        if !self.0.iter().any(|(known, _)| *known == id) {
            self.0.push((id, by.to_string()));
        }
    }

    fn add(&mut self, tx: &mut Tx, by: &str, text: &str, param: Param) -> Result<()> {
        for id in tx.all(&Sql::fill(tx.dialect(), text, [param]), |row| row.must_id(0))? {
            self.push(id, by);
        }
        Ok(())
    }

    /// Those that the caller may see, with their titles.
    fn shown(self, ctx: &Ctx, tx: &mut Tx, object: &Object) -> Result<Vec<Json>> {
        let ids: Vec<Id> = self.0.iter().map(|(id, _)| *id).collect();
        let titles = record::titles(ctx, tx, object, &ids)?;
        let one = |(id, by): &(Id, String)| {
            let (_, title) = titles.iter().find(|(known, _)| known == id)?;
            Some(json!({"id": id.to_string(), "title": title, "by": by}))
        };
        Ok(self.0.iter().filter_map(one).take(MOST).collect())
    }
}
