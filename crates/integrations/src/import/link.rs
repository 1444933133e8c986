//! Links of a row: from the names in the file to the ids of records, at once or when the file has been read.

use base::{Error, Id, Result};
use kernel::record;
use kernel::{Ctx, role};
use model::{FieldAccess, FieldType};
use serde_json::{Map, Value as Json, json};
use store::Tx;

use super::convert::{self, Pending};
use super::find::{Finder, Found};
use super::mapping::{By, Unknown};
use super::remedy::{NEW, OWNER};
use super::report::Problem;
use super::write::{Done, Job, is_ours};

/// A link of a record that the file brings further down; it is set in a second pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Later {
    pub line: u64,
    pub record: Id,
    pub link: Pending,
}

/// A row whose links are being found.
pub struct Resolved {
    pub line: u64,
    pub input: Map<String, Json>,
    /// Links to records of this object that are not there yet.
    pub waiting: Vec<Pending>,
    /// Something was left out because it exists in this trial only.
    pub is_virtual: bool,
    /// What was left out because nobody knows it.
    pub notes: Vec<Problem>,
}

impl Resolved {
    pub fn new(line: u64, input: &Map<String, Json>) -> Resolved {
        Resolved { line, input: input.clone(), waiting: Vec::new(), is_virtual: false, notes: Vec::new() }
    }

    /// A record without an owner may be out of the importer's sight: then it is his, which is told, and the field is not
    /// left empty.
    fn leave_empty(&mut self, job: &Job, link: &Pending, told: impl Fn() -> Problem) -> bool {
        if link.field == OWNER && !job.may_lack_owner {
            let told = told();
            self.notes.push(Problem { message: format!("{}; it is yours", told.message), ..told });
            return false;
        }
        if link.has_default && !link.many {
            self.input.insert(link.field.clone(), Json::Null);
        }
        true
    }
}

fn left_out(problem: Problem) -> Problem {
    Problem { message: format!("{}; left empty", problem.message), ..problem }
}

/// Turns the texts of links into ids. All that is unknown is told at once.
pub fn resolve(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, links: &[Pending], out: &mut Resolved) -> Result<()> {
    let line = out.line;
    let mut wrong = Vec::new();
    let mut told: Vec<(String, Id)> = Vec::new();
    for link in ordered(ctx, links) {
        for text in &link.texts {
            if link.is_nothing {
                let told = || {
                    Problem::new(
                        line,
                        Some(&link.header),
                        text,
                        "empty",
                        format!("Nobody is meant by \"{}\"", base::text::shorten(text, 100)),
                    )
                };
                out.leave_empty(job, link, told);
                continue;
            }
            let mut found = finder.find(ctx, tx, &link.object, &link.by, text, &told)?;
            if link.unknown == Unknown::Create {
                found = finder.apart(&link.object, found, &told);
            }
            match found {
                Found::One(id) => {
                    told.push((link.field.clone(), id));
                    put(&mut out.input, link, id);
                }
                Found::Virtual => {
                    out.is_virtual = true;
                    if link.unknown == Unknown::Create && link.object != job.plan.object {
                        out.notes.push(created(ctx, line, link, text));
                    }
                }
                Found::None if link.object == job.plan.object && link.unknown != Unknown::Create => {
                    out.waiting.push(Pending { texts: vec![text.clone()], ..link.clone() })
                }
                Found::None if link.unknown == Unknown::Empty => {
                    let told = unknown(ctx, finder, line, link, text);
                    if out.leave_empty(job, link, || told.clone()) {
                        out.notes.push(left_out(told));
                    }
                }
                Found::None if link.unknown == Unknown::Create => {
                    match make(ctx, tx, job, finder, (link, text), (&told, out.is_virtual))? {
                        Some(id) => {
                            told.push((link.field.clone(), id));
                            put(&mut out.input, link, id);
                        }
                        None => {
                            out.is_virtual = true;
                            out.notes.push(created(ctx, line, link, text));
                        }
                    }
                }
                Found::None => wrong.push(unknown(ctx, finder, line, link, text)),
                Found::Several(ids) => wrong.push(namesakes(ctx, line, link, text, ids.len())),
            }
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    // A trial tells everything that there is to decide, also of rows that come to nothing.
    wrong.extend(out.notes.drain(..).filter(|_| job.is_trial));
    Err(refusal(wrong))
}

/// Problems of links travel as an error with their own words, read again by [`problems`].
pub fn refusal(problems: Vec<Problem>) -> Error {
    let message = problems.first().map(|p| p.message.clone()).unwrap_or_default();
    Error::invalid(message).with_extra(json!({ "import": problems }))
}

/// What is to be made may need another record of the row, as a stage its pipeline, or take it along, as a contact its
/// company: that is found first.
fn ordered<'a>(ctx: &Ctx, links: &'a [Pending]) -> Vec<&'a Pending> {
    let mut ordered: Vec<&Pending> = links.iter().collect();
    if links.iter().any(|l| l.unknown == Unknown::Create) {
        let needs = |l: &&Pending| {
            let needed = needed(ctx, &l.object);
            let is_needed = |o: &Pending| o.field != l.field && needed.iter().any(|(_, to)| *to == o.object);
            links.iter().any(|o| is_needed(o) || o.field != l.field && shared(ctx, &l.object, &o.field, &o.object))
        };
        ordered.sort_by_key(needs);
    }
    ordered
}

/// The links without which a record of an object cannot be: name and target.
fn needed(ctx: &Ctx, object: &str) -> Vec<(String, String)> {
    let fields = ctx.model.object(object).map(|o| o.fields.as_slice()).unwrap_or_default();
    let links = fields.iter().filter(|f| f.required && f.kind == FieldType::Link && f.default.is_none());
    links.filter_map(|f| Some((f.name.clone(), f.to.clone()?))).collect()
}

/// Has an object a link of the same name to the same object, of which nothing is known otherwise? What is made of a row is
/// then linked as the row is.
fn shared(ctx: &Ctx, object: &str, name: &str, to: &str) -> bool {
    let field = ctx.model.object(object).and_then(|o| o.field(name));
    field.is_some_and(|f| {
        f.kind == FieldType::Link && f.to.as_deref() == Some(to) && f.default.is_none() && !f.computed && f.alias_of.is_none()
    })
}

/// A refusal of a row's line, in a trial with what there is to decide of the row itself.
pub fn joined(error: Error, notes: &[Problem], job: &Job) -> Error {
    let own = error.extra().and_then(|e| e.get("import")).and_then(|p| serde_json::from_value::<Vec<Problem>>(p.clone()).ok());
    match own {
        Some(problems) if job.is_trial => refusal(problems.into_iter().chain(notes.iter().cloned()).collect()),
        _ => error,
    }
}

fn unknown(ctx: &Ctx, finder: &Finder, line: u64, link: &Pending, text: &str) -> Problem {
    let label = ctx.model.object(&link.object).map_or_else(|| link.object.clone(), |o| o.label.en.to_lowercase());
    let nearest = if link.by == By::Title { finder.similar(&link.object, text) } else { Vec::new() };
    Problem {
        nearest,
        ..Problem::new(line, Some(&link.header), text, "unknown", format!("There is no {label} \"{}\"", base::text::shorten(text, 100)))
    }
}

/// In a trial: what will be made, to be looked at before it is.
fn created(ctx: &Ctx, line: u64, link: &Pending, text: &str) -> Problem {
    let label = ctx.model.object(&link.object).map_or_else(|| link.object.clone(), |o| o.label.en.to_lowercase());
    let message = format!("There is no {label} \"{}\"; it is created", base::text::shorten(text, 100));
    Problem::new(line, Some(&link.header), text, NEW, message)
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

/// A linked record that nobody knows is made of its name, with the links that it needs from the row (`told`) or the
/// defaults; `None` in a trial, where it does not stay.
fn make(
    ctx: &Ctx,
    tx: &mut Tx,
    job: &Job,
    finder: &mut Finder,
    (link, text): (&Pending, &str),
    (told, is_virtual): (&[(String, Id)], bool),
) -> Result<Option<Id>> {
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
        (_, Some(field)) if field.kind == FieldType::PersonName && field.computed => convert::name(&mut input, object, text),
        _ => {
            input.insert(object.title.clone(), json!(text));
        }
    }
    let mut links = Vec::new();
    for (name, to) in needed(ctx, &link.object) {
        let of_row = told.iter().find(|(field, _)| *field == name).map(|(_, id)| *id);
        match of_row.map_or_else(|| Finder::default_of(ctx, tx, &to), |id| Ok(Some(id)))? {
            Some(id) => {
                input.insert(name.clone(), json!(id.to_string()));
                links.push((name, id));
            }
            None if is_virtual => return Ok(None),
            None => {}
        }
    }
    for (name, id) in told {
        let to = ctx.model.object(&job.plan.object).and_then(|o| o.field(name)).and_then(|f| f.to.as_deref());
        let may = object.field(name).is_some_and(|f| role::field_access(ctx, object, f) == FieldAccess::Write);
        if may && to.is_some_and(|to| shared(ctx, &link.object, name, to)) {
            input.entry(name.clone()).or_insert_with(|| json!(id.to_string()));
        }
    }
    let id = record::create(ctx, tx, &object.name, &input)?.id;
    let id = Some(id).filter(|_| !job.is_trial);
    finder.learn(&object.name, &link.by, text, id, &links);
    Ok(id)
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
