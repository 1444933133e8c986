//! Finds the records that a file speaks of: those that its rows become, and those that they link to.
//!
//! Objects with few records are held in memory as an index, so that spaces, accents and other names do not hide one;
//! of large ones the texts of a whole slice are asked for in one statement. What the import itself makes is known
//! from the moment it is written. Only records that the caller may see are found.

use std::collections::{BTreeSet, HashMap};

use base::{Id, Result, Value};
use kernel::Ctx;
use kernel::record::Record;
use kernel::role::{self, Reach, Right};
use model::{Field, FieldType, Object};
use store::{Sql, Tx};

use super::mapping::By;
use super::matching::{Index, Match, squeeze};

/// Records of an object that is held in memory as a whole.
const SMALL: i64 = 20_000;
/// Look-ups that are remembered; beyond them all are forgotten.
const REMEMBERED: usize = 200_000;

#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    One(Id),
    Several(Vec<Id>),
    None,
    /// A record that a trial run would have made.
    Virtual,
}

/// How look-ups by title are kept apart from those by fields.
const TITLE: &str = "title";

type Key = (String, String, String);

#[derive(Default)]
pub struct Finder {
    indexes: HashMap<String, Option<Held>>,
    known: HashMap<Key, Found>,
    /// What this import made, and what the slice in hand made, which may still be rolled back.
    made: HashMap<Key, Vec<Option<Id>>>,
    staged: Vec<(Key, Option<Id>)>,
}

/// An object in memory.
#[derive(Default)]
struct Held {
    index: Index<Id>,
    /// Its links by which namesakes are told apart: the pipeline of a stage.
    links: HashMap<Id, Vec<(String, Id)>>,
    /// Targets of those links that are the default of their kind.
    defaults: BTreeSet<Id>,
}

fn key(object: &str, by: &By, text: &str) -> Key {
    let form = match by {
        By::Title => squeeze(text),
        By::Field(_) => base::text::fold(text),
        By::External(_) | By::Id => text.trim().to_string(),
    };
    (object.to_string(), word(by), form)
}

fn word(by: &By) -> String {
    match by {
        By::Title => TITLE.to_string(),
        By::Field(name) => format!("field {name}"),
        By::External(system) => format!("external {system}"),
        By::Id => "id".to_string(),
    }
}

impl Finder {
    /// Begins a slice: what an attempt before it staged is forgotten.
    pub fn begin(&mut self) {
        self.staged.clear();
    }

    /// The slice is committed. The database itself tells of the records from now on, except where an index in memory
    /// answers, and in a trial.
    pub fn commit(&mut self) {
        for (key, id) in std::mem::take(&mut self.staged) {
            self.known.remove(&key);
            let is_held = key.1 == TITLE && self.indexes.get(&key.0).is_some_and(Option::is_some);
            if is_held || id.is_none() && self.made.len() < REMEMBERED {
                self.made.entry(key).or_default().push(id);
            }
        }
        if self.made.len() > REMEMBERED {
            // No object that grew by so much is small any more.
            self.indexes.values_mut().for_each(|held| *held = None);
            self.made.clear();
        }
    }

    /// Tells of a record that was written with such links; `None` where a trial run only would have written it.
    pub fn learn(&mut self, object: &str, by: &By, text: &str, id: Option<Id>, links: &[(String, Id)]) {
        if let (Some(id), Some(Some(held))) = (id, self.indexes.get_mut(object)) {
            held.links.insert(id, links.to_vec());
        }
        let key = key(object, by, text);
        if !key.2.is_empty() {
            self.staged.push((key, id));
        }
    }

    /// The number of staged records, to go back to when a row is rejected.
    pub fn mark(&self) -> usize {
        self.staged.len()
    }

    pub fn forget(&mut self, mark: usize) {
        self.staged.truncate(mark);
    }

    /// Looks the texts of a slice up at once where that saves statements.
    pub fn prepare(&mut self, ctx: &Ctx, tx: &mut Tx, object: &str, by: &By, texts: &BTreeSet<String>) -> Result<()> {
        if *by == By::Title && self.held(ctx, tx, object)?.is_some() || *by == By::Id {
            return Ok(());
        }
        if self.known.len() > REMEMBERED {
            self.known.clear();
        }
        let wanted: BTreeSet<String> =
            texts.iter().map(|t| key(object, by, t)).filter(|k| !self.known.contains_key(k)).map(|k| k.2).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let Some(target) = ctx.model.object(object) else { return Ok(()) };
        let texts: Vec<String> = match by {
            By::Title => texts.iter().map(|t| base::text::fold(t)).collect(),
            _ => wanted.iter().cloned().collect(),
        };
        let mut found: HashMap<String, Vec<Id>> = HashMap::new();
        for mut sql in statements(tx, target, by, texts) {
            if !push_reach(ctx, target, &mut sql)? {
                continue;
            }
            tx.each(&sql, &mut |row| {
                let ids = found.entry(key(object, by, row.text(1)?.unwrap_or_default()).2).or_default();
                let id = row.must_id(0)?;
                if !ids.contains(&id) {
                    ids.push(id);
                }
                Ok(())
            })?;
        }
        for form in wanted {
            let ids = found.remove(&form).unwrap_or_default();
            self.known.insert((object.to_string(), word(by), form), several(ids));
        }
        Ok(())
    }

    /// The record that a text means. `record` are links of the row in hand that tell namesakes apart.
    pub fn find(&mut self, ctx: &Ctx, tx: &mut Tx, object: &str, by: &By, text: &str, record: &[(String, Id)]) -> Result<Found> {
        // Where a person chose the record that is meant, its id stands in place of the name.
        let chosen = text.trim().parse().ok().filter(|_| !matches!(by, By::External(_)));
        if *by == By::Id || chosen.is_some() {
            return Ok(chosen.map_or(Found::None, Found::One));
        }
        let key = key(object, by, text);
        let staged = self.staged.iter().filter(|(k, _)| *k == key).map(|(_, id)| *id);
        let made: Vec<Option<Id>> = self.made.get(&key).into_iter().flatten().copied().chain(staged).collect();
        if made.contains(&None) {
            return Ok(Found::Virtual);
        }
        let made: Vec<Id> = made.into_iter().flatten().collect();
        if *by == By::Title && self.held(ctx, tx, object)?.is_some() {
            return Ok(self.find_held(object, text, record, made));
        }
        if !self.known.contains_key(&key) {
            self.prepare(ctx, tx, object, by, &BTreeSet::from([text.to_string()]))?;
        }
        let known = self.known.get(&key).cloned().unwrap_or(Found::None);
        Ok(join(known, made))
    }

    fn find_held(&self, object: &str, text: &str, record: &[(String, Id)], made: Vec<Id>) -> Found {
        let Some(held) = self.indexes.get(object).and_then(Option::as_ref) else { return several(made) };
        match held.index.find(text) {
            Match::One(id, _) => join(Found::One(id), made),
            Match::Several(ids) => held.narrow(ids, record).map_or_else(|ids| join(Found::Several(ids), made), Found::One),
            Match::None => several(made),
        }
    }

    /// Of what was found, those records that do not belong elsewhere by the links of the row in hand: a stage of another
    /// pipeline is another stage, however it is named.
    pub fn apart(&self, object: &str, found: Found, record: &[(String, Id)]) -> Found {
        let Some(held) = self.indexes.get(object).and_then(Option::as_ref) else { return found };
        let ids = match found {
            Found::One(id) => vec![id],
            Found::Several(ids) => ids,
            Found::None | Found::Virtual => return found,
        };
        match several(ids.into_iter().filter(|id| !held.is_elsewhere(id, record)).collect()) {
            Found::Several(ids) => held.narrow(ids, record).map_or_else(Found::Several, Found::One),
            found => found,
        }
    }

    /// The record of an object that is its default, such as the usual pipeline.
    pub fn default_of(ctx: &Ctx, tx: &mut Tx, object: &str) -> Result<Option<Id>> {
        match ctx.model.object(object) {
            Some(object) => Ok(default_records(tx, object)?.first().copied()),
            None => Ok(None),
        }
    }

    /// Names that come near, of an object held in memory.
    pub fn similar(&self, object: &str, text: &str) -> Vec<String> {
        let held = self.indexes.get(object).and_then(Option::as_ref);
        held.map(|h| h.index.similar(text).into_iter().map(str::to_string).collect()).unwrap_or_default()
    }

    /// The object in memory, loaded when it is asked for first; `None` where it is too large.
    fn held(&mut self, ctx: &Ctx, tx: &mut Tx, object: &str) -> Result<Option<&Held>> {
        if !self.indexes.contains_key(object) {
            let loaded = match ctx.model.object(object) {
                Some(target) => load(ctx, tx, target)?,
                None => None,
            };
            self.indexes.insert(object.to_string(), loaded);
        }
        Ok(self.indexes.get(object).and_then(Option::as_ref))
    }
}

impl Held {
    fn is_elsewhere(&self, id: &Id, record: &[(String, Id)]) -> bool {
        let links = self.links.get(id).map(Vec::as_slice).unwrap_or_default();
        links.iter().any(|(name, to)| record.iter().any(|(n, t)| n == name && t != to))
    }

    /// Among namesakes the one whose links are those of the row, or else whose links are defaults.
    fn narrow(&self, ids: Vec<Id>, record: &[(String, Id)]) -> Result<Id, Vec<Id>> {
        let links = |id: &Id| self.links.get(id).map(Vec::as_slice).unwrap_or_default();
        let same: Vec<Id> = ids.iter().copied().filter(|id| links(id).iter().any(|l| record.contains(l))).collect();
        if let [one] = same.as_slice() {
            return Ok(*one);
        }
        let told = ids.iter().any(|id| links(id).iter().any(|(name, _)| record.iter().any(|(n, _)| n == name)));
        let usual: Vec<Id> = ids.iter().copied().filter(|id| links(id).iter().any(|(_, to)| self.defaults.contains(to))).collect();
        match usual.as_slice() {
            [one] if !told => Ok(*one),
            _ => Err(ids),
        }
    }
}

fn several(mut ids: Vec<Id>) -> Found {
    match (ids.pop(), ids.is_empty()) {
        (None, _) => Found::None,
        (Some(one), true) => Found::One(one),
        (Some(one), false) => {
            ids.push(one);
            Found::Several(ids)
        }
    }
}

fn join(known: Found, made: Vec<Id>) -> Found {
    let mut ids = match known {
        Found::One(id) => vec![id],
        Found::Several(ids) => ids,
        Found::None | Found::Virtual => Vec::new(),
    };
    for id in made {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    several(ids)
}

/// Adds the caller's reach to a statement over `t`; false where he may see nothing.
fn push_reach(ctx: &Ctx, object: &Object, sql: &mut Sql) -> Result<bool> {
    match role::reach(ctx, object, Right::Read)? {
        Reach::All => Ok(true),
        Reach::Nothing => Ok(false),
        Reach::Where(expr) => {
            sql.push(" and ");
            role::push_rule(ctx, &expr, "t", sql)?;
            Ok(true)
        }
    }
}

/// Statements of id and text for the texts in hand, without the caller's reach.
fn statements(tx: &Tx, object: &Object, by: &By, texts: Vec<String>) -> Vec<Sql> {
    match by {
        By::Id => Vec::new(),
        By::External(system) => {
            let mut sql = Sql::new(tx.dialect());
            sql.push("select t.id, x.external_id from external_id x join ").push_ident(&object.name);
            sql.push(" t on t.id = x.record where t.deleted_at is null and x.object = ").bind(object.name.as_str());
            sql.push(" and x.system = ").bind(system.as_str()).push(" and ");
            tx.dialect().any(&mut sql, "x.external_id", texts);
            vec![sql]
        }
        By::Field(name) => field_statement(tx, object, name, texts).into_iter().collect(),
        By::Title => {
            let names = [object.title.as_str(), "known_as"].into_iter().chain(extra_names(object));
            names.filter_map(|name| field_statement(tx, object, name, texts.clone())).collect()
        }
    }
}

/// Other fields that name a record of an object in files: codes, and the e-mail addresses of users.
fn extra_names(object: &Object) -> impl Iterator<Item = &str> {
    let unique = |f: &&Field| f.unique && f.alias_of.is_none() && matches!(f.kind, FieldType::Text | FieldType::Email);
    object.fields.iter().filter(unique).map(|f| f.name.as_str()).filter(|name| *name != object.title)
}

/// Where the text of a field stands: in the object's table, or in that of a list.
fn field_statement(tx: &Tx, object: &Object, name: &str, texts: Vec<String>) -> Option<Sql> {
    let (table, column) = place(object, name)?;
    let mut sql = Sql::new(tx.dialect());
    match table {
        None => {
            sql.push("select t.id, t.")
                .push_ident(&column)
                .push(" from ")
                .push_ident(&object.name)
                .push(" t where t.deleted_at is null and ");
            tx.dialect().any(&mut sql, &format!("t.\"{column}\""), texts);
        }
        Some(table) => {
            sql.push("select t.id, c.").push_ident(&column).push(" from ").push_ident(&table).push(" c join ").push_ident(&object.name);
            sql.push(" t on t.id = c.record where t.deleted_at is null and ");
            tx.dialect().any(&mut sql, &format!("c.\"{column}\""), texts);
        }
    }
    Some(sql)
}

/// The folded column of a field, with the table of its list.
fn place(object: &Object, name: &str) -> Option<(Option<String>, String)> {
    let field = object.field(name)?;
    let list = |list: &str, column: &str| Some((Some(format!("{}__{}", object.name, object.field(list)?.id)), column.to_string()));
    match (field.alias_of.as_deref(), field.kind) {
        (Some("emails.address"), _) | (None, FieldType::Emails) => list("emails", "address__fold"),
        (Some("phones.number"), _) | (None, FieldType::Phones) => list("phones", "number"),
        (Some(alias), _) if !alias.contains('.') => list(alias, "text__fold"),
        (Some(_), _) => None,
        (None, FieldType::Texts) => list(name, "text__fold"),
        (
            None,
            FieldType::Text
            | FieldType::LongText
            | FieldType::Email
            | FieldType::Phone
            | FieldType::Url
            | FieldType::PersonName
            | FieldType::Choice,
        ) => {
            let folded = model::field::has_fold(field);
            Some((None, if folded { format!("{}__fold", field.id) } else { field.id.clone() }))
        }
        _ => None,
    }
}

/// All records of a small object by their names.
fn load(ctx: &Ctx, tx: &mut Tx, object: &Object) -> Result<Option<Held>> {
    let mut count = Sql::new(tx.dialect());
    count.push("select count(*) from (select 1 as n from ").push_ident(&object.name);
    count.push(" where deleted_at is null limit ").bind(SMALL + 1).push(") few");
    if tx.first(&count, |row| row.int(0))?.flatten().unwrap_or(0) > SMALL {
        return Ok(None);
    }
    let mut held = Held::default();
    let Some(title) = object.field(&object.title).filter(|f| place(object, &f.name).is_some_and(|(table, _)| table.is_none())) else {
        return Ok(Some(held));
    };
    let names: Vec<&Field> =
        extra_names(object).chain(["native_name"]).filter_map(|n| object.field(n)).filter(|f| f.kind != FieldType::Emails).collect();
    let links: Vec<&Field> =
        object.fields.iter().filter(|f| f.kind == FieldType::Link && f.to.as_deref() != Some("any") && f.required).collect();
    let mut sql = Sql::new(tx.dialect());
    sql.push("select t.id");
    for field in std::iter::once(title).chain(names.iter().copied()).chain(links.iter().copied()) {
        sql.push(", t.").push_ident(&field.id);
    }
    sql.push(" from ").push_ident(&object.name).push(" t where t.deleted_at is null");
    if !push_reach(ctx, object, &mut sql)? {
        return Ok(Some(held));
    }
    let mut rows: Vec<(Id, Vec<String>)> = Vec::new();
    tx.each(&sql, &mut |row| {
        let id = row.must_id(0)?;
        let texts = (0..=names.len()).map(|at| Ok(row.text(at + 1)?.unwrap_or_default().to_string())).collect::<Result<Vec<_>>>()?;
        for (at, field) in links.iter().enumerate() {
            if let Some(to) = row.id(at + 2 + names.len())? {
                held.links.entry(id).or_default().push((field.name.clone(), to));
            }
        }
        rows.push((id, texts));
        Ok(())
    })?;
    let mut others = known_as(tx, object)?;
    for (id, texts) in rows {
        let aliases = others.remove(&id).unwrap_or_default();
        let all: Vec<&str> = texts.iter().skip(1).chain(&aliases).map(String::as_str).filter(|t| !t.is_empty()).collect();
        held.index.add(id, texts.first().map(String::as_str).unwrap_or_default(), &all);
    }
    held.defaults = defaults(ctx, tx, &links)?;
    Ok(Some(held))
}

fn known_as(tx: &mut Tx, object: &Object) -> Result<HashMap<Id, Vec<String>>> {
    let mut names: HashMap<Id, Vec<String>> = HashMap::new();
    let Some(field) = object.field("known_as").filter(|f| f.kind == FieldType::Texts) else { return Ok(names) };
    let mut sql = Sql::new(tx.dialect());
    sql.push("select record, text from ").push_ident(&format!("{}__{}", object.name, field.id));
    tx.each(&sql, &mut |row| {
        names.entry(row.must_id(0)?).or_default().push(row.text(1)?.unwrap_or_default().to_string());
        Ok(())
    })?;
    Ok(names)
}

/// Records marked `default` of the objects that the links lead to.
fn defaults(ctx: &Ctx, tx: &mut Tx, links: &[&Field]) -> Result<BTreeSet<Id>> {
    let mut found = BTreeSet::new();
    for object in links.iter().filter_map(|f| ctx.model.object(f.to.as_deref()?)) {
        found.extend(default_records(tx, object)?);
    }
    Ok(found)
}

fn default_records(tx: &mut Tx, object: &Object) -> Result<Vec<Id>> {
    let Some(field) = object.field("default").filter(|f| f.kind == FieldType::Boolean) else { return Ok(Vec::new()) };
    let mut sql = Sql::new(tx.dialect());
    sql.push("select id from ").push_ident(&object.name).push(" where deleted_at is null and ");
    sql.push_ident(&field.id).push(" = ").bind(true).push(" order by id");
    Ok(tx.all(&sql, |row| row.id(0))?.into_iter().flatten().collect())
}

/// The texts by which a written record is found again.
pub fn names_of(record: &Record, object: &Object, by: &By, external: &[(String, String)]) -> Vec<String> {
    match by {
        By::Id => Vec::new(),
        By::External(system) => external.iter().filter(|(s, _)| s == system).map(|(_, id)| id.clone()).collect(),
        By::Title => record.text(&object.title).map(str::to_string).into_iter().collect(),
        By::Field(name) => {
            let alias = object.field(name).and_then(|f| f.alias_of.as_deref());
            let list = alias.map_or(name.as_str(), |a| a.split('.').next().unwrap_or(a));
            let part = alias.and_then(|a| a.split_once('.')).map(|(_, part)| part);
            match (record.get(list), part) {
                (Value::List(items), Some(part)) => items.iter().filter_map(|i| i.part(part).as_text()).map(str::to_string).collect(),
                (Value::List(items), None) => items.iter().filter_map(Value::as_text).map(str::to_string).collect(),
                (value, _) => value.as_text().map(str::to_string).into_iter().collect(),
            }
        }
    }
}
