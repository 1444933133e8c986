//! One row becomes a record, through the same pipeline as everything else.

use std::collections::BTreeSet;

use base::{Error, Id, Result};
use kernel::Ctx;
use kernel::record::{self, Record};
use model::{FieldType, Object, field};
use serde_json::{Map, Value as Json, json};
use store::{Param, Sql, Tx};

use super::convert::{Child, Converted, Pending};
use super::find::{Finder, Found, names_of};
use super::mapping::{By, Plan, Policy, Target, Unknown};
use super::report::Problem;
use super::stay;

/// What became of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Created(Option<Id>),
    Updated { id: Option<Id>, changed: bool },
    Skipped(Option<Id>),
    Rejected(Vec<Problem>),
}

/// A link of a record that the file brings further down; it is set in a second pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Later {
    pub line: u64,
    pub record: Id,
    pub link: Pending,
}

/// What holds for every row of a run.
pub struct Job {
    pub plan: Plan,
    /// Nothing stays: links to records that would have been made are left out.
    pub is_trial: bool,
}

/// What a slice of rows did.
#[derive(Default)]
pub struct Done {
    pub outcomes: Vec<(u64, Outcome)>,
    pub later: Vec<Later>,
    /// Problems of rows that were taken all the same.
    pub notes: Vec<Problem>,
}

/// Rows that share a savepoint as long as none of them is refused.
const TOGETHER: usize = 32;

/// Writes rows until the time is over. Most rows are right, so several share a savepoint; when one is refused, they are
/// taken back and written one by one. An error is one of the database; what is wrong with a row is its outcome.
pub fn rows(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, rows: &[Converted], is_over: &dyn Fn() -> bool) -> Result<Done> {
    let mut done = Done::default();
    for group in rows.chunks(TOGETHER) {
        let before = (finder.mark(), done.outcomes.len(), done.later.len(), done.notes.len());
        let together = tx.savepoint(|tx| {
            for row in group {
                let outcome = if row.problems.is_empty() {
                    one(ctx, tx, job, finder, row, &mut done)?
                } else {
                    Outcome::Rejected(row.problems.clone())
                };
                done.outcomes.push((row.line, outcome));
            }
            Ok(())
        });
        match together {
            Ok(()) => {}
            Err(error) if is_ours(&error) => return Err(error),
            Err(_) => {
                finder.forget(before.0);
                done.outcomes.truncate(before.1);
                done.later.truncate(before.2);
                done.notes.truncate(before.3);
                for row in group {
                    self::row(ctx, tx, job, finder, row, &mut done)?;
                }
            }
        }
        if is_over() {
            break;
        }
    }
    Ok(done)
}

/// No fault of a row: the transaction is to be run again, or given up.
fn is_ours(error: &Error) -> bool {
    error.code() == base::Code::Internal || error.is_retryable()
}

fn row(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, row: &Converted, done: &mut Done) -> Result<()> {
    let (mark, later, notes) = (finder.mark(), done.later.len(), done.notes.len());
    let written = if row.problems.is_empty() {
        tx.savepoint(|tx| one(ctx, tx, job, finder, row, done))
    } else {
        Ok(Outcome::Rejected(row.problems.clone()))
    };
    let outcome = match written {
        Ok(outcome) => outcome,
        Err(error) if is_ours(&error) => return Err(error),
        Err(error) => {
            finder.forget(mark);
            done.later.truncate(later);
            done.notes.truncate(notes);
            Outcome::Rejected(problems(&error, row, &job.plan))
        }
    };
    done.outcomes.push((row.line, outcome));
    Ok(())
}

fn one(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, row: &Converted, done: &mut Done) -> Result<Outcome> {
    let model = ctx.model.clone();
    let object = model.object(&job.plan.object).ok_or_else(|| Error::not_found("There is no such object"))?;
    let existing = match matched(ctx, tx, job, finder, row)? {
        Found::One(id) => Some(id),
        Found::Virtual => return met(ctx, tx, job, finder, row, done),
        Found::Several(ids) => return Err(ambiguous(object, row, &ids)),
        Found::None => None,
    };
    if let (Some(id), Policy::Skip) = (existing, job.plan.policy) {
        return Ok(Outcome::Skipped(Some(id)));
    }
    let mut resolved = Resolved { input: row.input.clone(), waiting: Vec::new(), is_virtual: false, notes: Vec::new() };
    resolve(ctx, tx, job, finder, row.line, &row.links, &mut resolved)?;
    let ctx = &Ctx { occurred_at: row.created_at.filter(|_| existing.is_none()).or(ctx.occurred_at), ..ctx.clone() };
    if resolved.is_virtual && object.fields.iter().any(|f| f.required && !resolved.input.contains_key(&f.name)) {
        // A trial cannot write what links to records of the trial; the run itself will.
        learn(finder, job, object, row, None);
        return Ok(Outcome::Created(None));
    }
    let (record, outcome) = match existing.filter(|_| job.plan.policy == Policy::Update) {
        Some(id) => update(ctx, tx, object, id, row, std::mem::take(&mut resolved.input))?,
        None => {
            let record = create(ctx, tx, object, row, std::mem::take(&mut resolved.input))?;
            let id = Some(record.id).filter(|_| !job.is_trial);
            (record, Outcome::Created(id))
        }
    };
    for child in &row.children {
        let known = match (&outcome, model.object(&child.object)) {
            (Outcome::Updated { .. }, Some(object)) => record::linking(ctx, tx, object, &child.link, &[record.id])?,
            _ => Vec::new(),
        };
        self::child(ctx, tx, job, finder, (row.line, record.id, &known), child)?;
    }
    if matches!(outcome, Outcome::Created(_))
        && let Err(value) = stay::write(ctx, tx, finder, object, &record, &row.stays)?
    {
        let step = job.plan.steps.iter().find(|s| matches!(&s.target, Target::Stay { value: named, .. } if *named == value));
        let header = step.map(|s| s.header.as_str());
        return Err(refusal(vec![Problem::new(
            row.line,
            header,
            &value,
            "unknown",
            format!("There is no value \"{value}\" that was entered"),
        )]));
    }
    if matches!(outcome, Outcome::Created(_)) {
        learn(finder, job, object, row, Some(&record));
    }
    done.notes.extend(row.notes.iter().cloned().chain(resolved.notes));
    done.later.extend(resolved.waiting.into_iter().map(|link| Later { line: row.line, record: record.id, link }));
    Ok(outcome)
}

/// In a trial: the row meets a record that an earlier row would have made.
fn met(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, row: &Converted, done: &mut Done) -> Result<Outcome> {
    if job.plan.policy == Policy::Skip {
        return Ok(Outcome::Skipped(None));
    }
    let mut resolved = Resolved { input: row.input.clone(), waiting: Vec::new(), is_virtual: true, notes: Vec::new() };
    resolve(ctx, tx, job, finder, row.line, &row.links, &mut resolved)?;
    let nobody = Id::from_bytes([0; 16]);
    done.later.extend(resolved.waiting.into_iter().map(|link| Later { line: row.line, record: nobody, link }));
    Ok(Outcome::Updated { id: None, changed: true })
}

fn matched(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, row: &Converted) -> Result<Found> {
    match &row.key {
        Some((by, text)) if job.plan.policy != Policy::Create || matches!(by, By::Id) => {
            finder.find(ctx, tx, &job.plan.object, by, text, &[])
        }
        _ => Ok(Found::None),
    }
}

fn ambiguous(object: &Object, row: &Converted, ids: &[Id]) -> Error {
    let text = row.key.as_ref().map(|(_, text)| text.clone()).unwrap_or_default();
    let ids: Vec<String> = ids.iter().take(5).map(Id::to_string).collect();
    let message = format!("\"{text}\" means several {}: {}", object.label_plural.en.to_lowercase(), ids.join(", "));
    Error::field(row.key.as_ref().map(|(by, _)| by_name(by)).unwrap_or_default(), "ambiguous", message)
}

fn by_name(by: &By) -> String {
    match by {
        By::Title => "name".to_string(),
        By::Field(name) => name.clone(),
        By::External(system) => format!("external.{system}"),
        By::Id => "id".to_string(),
    }
}

struct Resolved {
    input: Map<String, Json>,
    /// Links to records of this object that are not there yet.
    waiting: Vec<Pending>,
    /// Something was left out because it exists in this trial only.
    is_virtual: bool,
    /// What was left out because nobody knows it.
    notes: Vec<Problem>,
}

fn left_out(problem: Problem) -> Problem {
    Problem { message: format!("{}; left empty", problem.message), ..problem }
}

/// Turns the texts of links into ids. All that is unknown is told at once.
fn resolve(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, line: u64, links: &[Pending], out: &mut Resolved) -> Result<()> {
    let mut wrong = Vec::new();
    let mut told: Vec<(String, Id)> = Vec::new();
    for link in links {
        for text in &link.texts {
            match finder.find(ctx, tx, &link.object, &link.by, text, &told)? {
                Found::One(id) => {
                    told.push((link.field.clone(), id));
                    put(&mut out.input, link, id);
                }
                Found::Virtual => out.is_virtual = true,
                Found::None if link.object == job.plan.object && link.unknown != Unknown::Create => {
                    out.waiting.push(Pending { texts: vec![text.clone()], ..link.clone() })
                }
                Found::None if link.unknown == Unknown::Empty => out.notes.push(left_out(unknown(ctx, finder, line, link, text))),
                Found::None if link.unknown == Unknown::Create => match make(ctx, tx, job, finder, link, text)? {
                    Some(id) => put(&mut out.input, link, id),
                    None => out.is_virtual = true,
                },
                Found::None => wrong.push(unknown(ctx, finder, line, link, text)),
                Found::Several(ids) => wrong.push(namesakes(ctx, line, link, text, ids.len())),
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(refusal(wrong)) }
}

/// Problems of links travel as an error with their own words, read again by [`problems`].
fn refusal(problems: Vec<Problem>) -> Error {
    let message = problems.first().map(|p| p.message.clone()).unwrap_or_default();
    Error::invalid(message).with_extra(json!({ "import": problems }))
}

fn unknown(ctx: &Ctx, finder: &Finder, line: u64, link: &Pending, text: &str) -> Problem {
    let label = ctx.model.object(&link.object).map_or_else(|| link.object.clone(), |o| o.label.en.to_lowercase());
    let nearest = if link.by == By::Title { finder.similar(&link.object, text) } else { Vec::new() };
    Problem {
        nearest,
        ..Problem::new(line, Some(&link.header), text, "unknown", format!("There is no {label} \"{}\"", base::text::shorten(text, 100)))
    }
}

fn namesakes(ctx: &Ctx, line: u64, link: &Pending, text: &str, count: usize) -> Problem {
    let label = ctx.model.object(&link.object).map_or_else(|| link.object.clone(), |o| o.label_plural.en.to_lowercase());
    let message =
        format!("{count} {label} are called \"{}\"; map the column to something that tells them apart", base::text::shorten(text, 100));
    Problem::new(line, Some(&link.header), text, "ambiguous", message)
}

fn put(input: &mut Map<String, Json>, link: &Pending, id: Id) {
    if !link.many {
        input.insert(link.field.clone(), json!(id.to_string()));
        return;
    }
    let item = if link.any { json!({"object": link.object, "id": id.to_string()}) } else { json!(id.to_string()) };
    if let Json::Array(items) = input.entry(link.field.clone()).or_insert_with(|| json!([]))
        && !items.contains(&item)
    {
        items.push(item);
    }
}

/// A linked record that nobody knows is made of its name alone; `None` in a trial, where it does not stay.
fn make(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, link: &Pending, text: &str) -> Result<Option<Id>> {
    let model = ctx.model.clone();
    let object = model.object(&link.object).ok_or_else(|| Error::not_found("There is no such object"))?;
    let mut input = Map::new();
    match (&link.by, object.field(&object.title)) {
        (By::Field(name), _) => {
            input.insert(name.clone(), json!(text));
            input.entry(object.title.clone()).or_insert_with(|| json!(text));
        }
        (By::External(system), _) => {
            return Err(Error::invalid(format!(
                "There is no {} with the id {text} in {system}, and an id alone makes none",
                object.label.en.to_lowercase()
            )));
        }
        (_, Some(field)) if field.kind == FieldType::PersonName && field.computed => super::convert::name(&mut input, object, text),
        _ => {
            input.insert(object.title.clone(), json!(text));
        }
    }
    let id = record::create(ctx, tx, &object.name, &input)?.id;
    let id = Some(id).filter(|_| !job.is_trial);
    finder.learn(&object.name, &link.by, text, id);
    Ok(id)
}

fn create(ctx: &Ctx, tx: &mut Tx, object: &Object, row: &Converted, mut input: Map<String, Json>) -> Result<Record> {
    if !row.external.is_empty() {
        let ids: Vec<Json> = row.external.iter().map(|(system, id)| json!({"system": system, "id": id})).collect();
        input.insert("external_ids".to_string(), ids.into());
    }
    record::create(ctx, tx, &object.name, &input)
}

fn update(ctx: &Ctx, tx: &mut Tx, object: &Object, id: Id, row: &Converted, mut input: Map<String, Json>) -> Result<(Record, Outcome)> {
    let before = record::get(ctx, tx, &object.name, id)?;
    // When it began is known already, and its history is not told anew.
    input.remove("created_at");
    input.remove("created_by");
    merge(object, &before, &mut input);
    let missing = external_ids(tx, object, id, &row.external)?;
    if let Some(ids) = missing {
        input.insert("external_ids".to_string(), ids);
    }
    if input.is_empty() {
        return Ok((before, Outcome::Updated { id: Some(id), changed: false }));
    }
    let after = record::update(ctx, tx, &object.name, id, &input, None)?;
    let changed = after.version != before.version;
    Ok((after, Outcome::Updated { id: Some(id), changed }))
}

/// A file that brings one address does not take the others away, nor one part of a postal address the rest.
fn merge(object: &Object, before: &Record, input: &mut Map<String, Json>) {
    for (name, value) in input.iter_mut() {
        let Some(field) = object.field(name) else { continue };
        let known = field::kind(field.kind).write(field, before.get(name));
        match (field.kind, known, &mut *value) {
            (FieldType::Address, Json::Object(old), Json::Object(new)) => {
                for (part, value) in old {
                    new.entry(part).or_insert(value);
                }
            }
            (FieldType::Emails, Json::Array(old), Json::Array(new)) => join_rows(old, new, "address"),
            (FieldType::Phones, Json::Array(old), Json::Array(new)) => join_rows(old, new, "number"),
            _ => {}
        }
    }
}

/// The rows of the record, then those of the file that it lacks; a primary one of the file becomes the primary.
fn join_rows(old: Vec<Json>, new: &mut Vec<Json>, part: &str) {
    let form = |row: &Json| {
        let text = row.get(part).and_then(Json::as_str).unwrap_or_default();
        if part == "number" { base::text::digits(text) } else { base::text::fold(text) }
    };
    let is_same = |a: &Json, b: &Json| form(a) == form(b) || part == "number" && form(a).ends_with(&form(b)) && form(b).len() >= 7;
    let brought = std::mem::take(new);
    let primary = brought.iter().position(|r| r.get("primary").and_then(Json::as_bool) == Some(true));
    let chosen = primary.and_then(|at| brought.get(at)).cloned();
    new.extend(old);
    for row in brought {
        if !new.iter().any(|known| is_same(known, &row)) {
            new.push(row);
        }
    }
    if let Some(chosen) = chosen {
        for row in new.iter_mut() {
            let is_chosen = is_same(row, &chosen);
            if let Json::Object(map) = row {
                map.insert("primary".to_string(), is_chosen.into());
            }
        }
    }
}

/// All ids of other systems, if the row brings one that the record lacks.
fn external_ids(tx: &mut Tx, object: &Object, id: Id, brought: &[(String, String)]) -> Result<Option<Json>> {
    if brought.is_empty() {
        return Ok(None);
    }
    let sql = Sql::fill(
        tx.dialect(),
        "select system, external_id from external_id where record = ?1 and object = ?2",
        [Param::from(id), object.name.as_str().into()],
    );
    let text = |t: Option<&str>| t.unwrap_or_default().to_string();
    let mut known: Vec<(String, String)> = tx.all(&sql, |row| Ok((text(row.text(0)?), text(row.text(1)?))))?;
    let missing: BTreeSet<&(String, String)> = brought.iter().filter(|b| !known.contains(b)).collect();
    if missing.is_empty() {
        return Ok(None);
    }
    known.extend(missing.into_iter().cloned());
    Ok(Some(known.iter().map(|(system, id)| json!({"system": system, "id": id})).collect()))
}

/// A record that links here: of those that are `known` the one with the same links, or the only one, is changed;
/// otherwise a new one is made.
fn child(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, (line, parent, known): (u64, Id, &[Record]), child: &Child) -> Result<()> {
    let mut resolved = Resolved { input: child.input.clone(), waiting: Vec::new(), is_virtual: false, notes: Vec::new() };
    resolve(ctx, tx, job, finder, line, &child.links, &mut resolved)?;
    if resolved.is_virtual {
        return Ok(());
    }
    let linked = |known: &Record, link: &Pending| known.link(&link.field).map(|id| id.to_string());
    let brought = |link: &Pending| resolved.input.get(&link.field).and_then(Json::as_str).map(str::to_string);
    let same = known.iter().find(|k| child.links.iter().any(|l| brought(l).is_some() && brought(l) == linked(k, l)));
    let only = if let [one] = known { Some(one) } else { None };
    match same.or(only).map(|k| k.id) {
        Some(id) => record::update(ctx, tx, &child.object, id, &resolved.input, None).map(drop),
        None => {
            resolved.input.insert(child.link.clone(), json!(parent.to_string()));
            record::create(ctx, tx, &child.object, &resolved.input).map(drop)
        }
    }
}

/// Tells the finder of a new record under all names by which later rows may look for it.
fn learn(finder: &mut Finder, job: &Job, object: &Object, row: &Converted, record: Option<&Record>) {
    let own = row.links.iter().filter(|l| l.object == object.name).map(|l| l.by.clone());
    let mut ways: Vec<By> = own.chain(row.key.iter().map(|(by, _)| by.clone())).collect();
    let of_plan = job.plan.steps.iter().filter_map(|s| match &s.target {
        Target::Link { object: to, by, .. } if *to == object.name => Some(by.clone()),
        _ => None,
    });
    ways.extend(of_plan);
    ways.dedup();
    let id = record.map(|r| r.id).filter(|_| !job.is_trial);
    for by in ways {
        let mut names = record.map(|r| names_of(r, object, &by, &row.external)).unwrap_or_default();
        names.extend(row.key.iter().filter(|(b, _)| *b == by).map(|(_, text)| text.clone()));
        names.sort();
        names.dedup();
        for name in names {
            finder.learn(&object.name, &by, &name, id);
        }
    }
}

/// What the pipeline refused, at the columns that brought it.
fn problems(error: &Error, row: &Converted, plan: &Plan) -> Vec<Problem> {
    let own = error.extra().and_then(|e| e.get("import")).and_then(|p| serde_json::from_value::<Vec<Problem>>(p.clone()).ok());
    if let Some(own) = own.filter(|o| !o.is_empty()) {
        return own;
    }
    if error.problems().is_empty() {
        return vec![Problem::new(row.line, None, "", error.code().as_str(), error.message())];
    }
    let told = |p: &base::FieldProblem| {
        let name = p.field.split(['.', '[']).next().unwrap_or_default();
        let step = plan.steps.iter().find(|s| s.target.field() == Some(name) || s.target.to_string() == p.field || alias(name, &s.target));
        let value = step.map(|s| cell(s, row)).unwrap_or_default();
        Problem::new(row.line, Some(step.map_or(name, |s| s.header.as_str())), &value, &p.code, p.message.clone())
    };
    error.problems().iter().map(told).collect()
}

/// `emails` is what `email` was written to.
fn alias(name: &str, target: &Target) -> bool {
    target.field().is_some_and(|f| format!("{f}s") == name)
}

fn cell(step: &super::mapping::Step, row: &Converted) -> String {
    match step.source {
        super::mapping::Source::Cell(column) => row.cells.get(column).cloned().unwrap_or_default(),
        super::mapping::Source::Text(_) => String::new(),
    }
}

/// Sets the links that had to wait for records further down in the file.
pub fn later(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, links: &[Later], done: &mut Done) -> Result<()> {
    for later in links {
        let problem = match target_of(ctx, tx, finder, later)? {
            Ok(Some(id)) => match tx.savepoint(|tx| set(ctx, tx, job, later, id)) {
                Ok(()) => None,
                Err(error) if is_ours(&error) => return Err(error),
                Err(error) => Some(of_link(later, error.code().as_str(), error.message())),
            },
            Ok(None) => None,
            Err(problem) => Some(*problem),
        };
        done.notes.extend(problem.map(|p| Problem { message: format!("{}; the record was written without it", p.message), ..p }));
    }
    Ok(())
}

/// What would be missing, in a trial.
pub fn missing(ctx: &Ctx, tx: &mut Tx, finder: &mut Finder, later: &Later) -> Result<Option<Problem>> {
    Ok(target_of(ctx, tx, finder, later)?.err().map(|p| *p))
}

fn set(ctx: &Ctx, tx: &mut Tx, job: &Job, later: &Later, id: Id) -> Result<()> {
    let mut input = Map::new();
    if later.link.many {
        let known = record::get(ctx, tx, &job.plan.object, later.record)?;
        let items = known.get(&later.link.field).as_list().iter().filter_map(|i| i.as_id()).map(|id| json!(id.to_string()));
        input.insert(later.link.field.clone(), items.collect::<Vec<Json>>().into());
    }
    put(&mut input, &later.link, id);
    record::update(ctx, tx, &job.plan.object, later.record, &input, None).map(|_| ())
}

/// The record that a waiting link means; `None` where the field stays empty.
fn target_of(ctx: &Ctx, tx: &mut Tx, finder: &mut Finder, later: &Later) -> Result<std::result::Result<Option<Id>, Box<Problem>>> {
    let text = later.link.texts.first().map(String::as_str).unwrap_or_default();
    Ok(match finder.find(ctx, tx, &later.link.object, &later.link.by, text, &[])? {
        Found::One(id) if id == later.record => Err(Box::new(of_link(later, "invalid", "It links to itself"))),
        Found::One(id) => Ok(Some(id)),
        Found::Virtual => Ok(None),
        Found::Several(ids) => Err(Box::new(namesakes(ctx, later.line, &later.link, text, ids.len()))),
        Found::None if later.link.unknown == Unknown::Empty => Ok(None),
        Found::None => Err(Box::new(unknown(ctx, finder, later.line, &later.link, text))),
    })
}

fn of_link(later: &Later, code: &str, message: &str) -> Problem {
    let text = later.link.texts.first().map(String::as_str).unwrap_or_default();
    Problem::new(later.line, Some(&later.link.header), text, code, message)
}
