//! One row becomes a record, through the same pipeline as everything else.

use base::{Error, Id, Result};
use kernel::Ctx;
use kernel::record::{self, Record};
use model::Object;
use serde_json::{Map, Value as Json, json};
use store::Tx;

use super::convert::{Child, Converted, Pending};
use super::find::{Finder, Found, names_of};
use super::link::{Later, Resolved, joined, refusal, resolve};
use super::mapping::{By, Plan, Policy, Target};
use super::merge::{external_ids, merge};
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

/// What holds for every row of a run.
pub struct Job {
    pub plan: Plan,
    /// Nothing stays: links to records that would have been made are left out.
    pub is_trial: bool,
    /// Would the caller still see a record that is nobody's? Otherwise it stays his.
    pub may_lack_owner: bool,
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

/// Writes rows without a savepoint until the time is over. `Err(None)` when a row is refused: the slice is to be taken
/// back and written with care.
pub fn briskly(
    ctx: &Ctx,
    tx: &mut Tx,
    job: &Job,
    finder: &mut Finder,
    rows: &[Converted],
    is_over: &dyn Fn() -> bool,
) -> std::result::Result<Done, Option<Error>> {
    let mut done = Done::default();
    for row in rows {
        let outcome = match one(ctx, tx, job, finder, row, &mut done) {
            Ok(outcome) => outcome,
            Err(error) if is_ours(&error) => return Err(Some(error)),
            Err(_) => return Err(None),
        };
        done.outcomes.push((row.line, outcome));
        if is_over() {
            break;
        }
    }
    Ok(done)
}

/// Writes rows until the time is over. Several share a savepoint; when one is refused, they are taken back and written
/// one by one. An error is one of the database; what is wrong with a row is its outcome.
pub fn with_care(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, rows: &[Converted], is_over: &dyn Fn() -> bool) -> Result<Done> {
    let mut done = Done::default();
    for group in rows.chunks(TOGETHER) {
        let before = (finder.mark(), done.outcomes.len(), done.later.len(), done.notes.len());
        let together = tx.savepoint(|tx| {
            for row in group {
                let outcome = one(ctx, tx, job, finder, row, &mut done)?;
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
pub fn is_ours(error: &Error) -> bool {
    error.code() == base::Code::Internal || error.is_retryable()
}

fn row(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, row: &Converted, done: &mut Done) -> Result<()> {
    let (mark, later, notes) = (finder.mark(), done.later.len(), done.notes.len());
    let outcome = match tx.savepoint(|tx| one(ctx, tx, job, finder, row, done)) {
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
    if !row.problems.is_empty() {
        return Ok(Outcome::Rejected(row.problems.clone()));
    }
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
    let mut resolved = Resolved::new(row.line, &row.input);
    resolve(ctx, tx, job, finder, &row.links, &mut resolved)?;
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
        let left = self::child(ctx, tx, job, finder, (row.line, record.id, &known), child);
        done.notes.extend(left.map_err(|error| joined(error, &resolved.notes, job))?);
    }
    if !row.children.is_empty() {
        restate(ctx, tx, object, &record, &row.input)?;
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

/// What a row says of a record holds also where the records that link to it would have it otherwise, as the lines of a
/// deal its amount.
fn restate(ctx: &Ctx, tx: &mut Tx, object: &Object, record: &Record, input: &Map<String, Json>) -> Result<()> {
    let now = record::get(ctx, tx, &object.name, record.id)?;
    let differs = |name: &String| object.field(name).is_some() && now.get(name) != record.get(name);
    let said: Map<String, Json> = input.iter().filter(|(name, _)| differs(name)).map(|(n, v)| (n.clone(), v.clone())).collect();
    if said.is_empty() { Ok(()) } else { record::update(ctx, tx, &object.name, record.id, &said, None).map(drop) }
}

/// In a trial: the row meets a record that an earlier row would have made.
fn met(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, row: &Converted, done: &mut Done) -> Result<Outcome> {
    if job.plan.policy == Policy::Skip {
        return Ok(Outcome::Skipped(None));
    }
    let mut resolved = Resolved::new(row.line, &row.input);
    resolve(ctx, tx, job, finder, &row.links, &mut resolved)?;
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
    // What is left empty takes nothing away from a record that exists.
    input.retain(|_, value| !value.is_null());
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

/// A record that links here: of those that are `known` the one with the same links, or the only one, is changed;
/// otherwise a new one is made.
/// Answers what was left out of it.
fn child(
    ctx: &Ctx,
    tx: &mut Tx,
    job: &Job,
    finder: &mut Finder,
    (line, parent, known): (u64, Id, &[Record]),
    child: &Child,
) -> Result<Vec<Problem>> {
    let mut resolved = Resolved::new(line, &child.input);
    resolve(ctx, tx, job, finder, &child.links, &mut resolved)?;
    if resolved.is_virtual {
        return Ok(resolved.notes);
    }
    let linked = |known: &Record, link: &Pending| known.link(&link.field).map(|id| id.to_string());
    let brought = |link: &Pending| resolved.input.get(&link.field).and_then(Json::as_str).map(str::to_string);
    let same = known.iter().find(|k| child.links.iter().any(|l| brought(l).is_some() && brought(l) == linked(k, l)));
    let only = if let [one] = known { Some(one) } else { None };
    match same.or(only).map(|k| k.id) {
        Some(id) => {
            resolved.input.retain(|_, value| !value.is_null());
            record::update(ctx, tx, &child.object, id, &resolved.input, None)?;
        }
        None => {
            resolved.input.insert(child.link.clone(), json!(parent.to_string()));
            record::create(ctx, tx, &child.object, &resolved.input)?;
        }
    }
    Ok(resolved.notes)
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
            finder.learn(&object.name, &by, &name, id, &[]);
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
