//! Runs a mapping over a file: rows are converted here, and written in short transactions, so that nobody else waits.
//!
//! One pass finds out how the file writes numbers and dates, one writes the records, and a last one sets links to
//! records that stood further down. A trial does the same and takes every slice back.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use base::{Currency, Error, FieldProblem, Result};
use jiff::tz::TimeZone;
use kernel::{Ctx, Speech, role};
use model::field::Context;
use model::{FieldType, Object};
use store::Tx;

use super::convert::{Converted, Converter, Pending};
use super::find::Finder;
use super::link::{self, Later};
use super::locale::{self, Custom, Findings};
use super::mapping::{By, Mapping, Plan, Source, Target};
use super::outcome::{RowOutcome, Writer};
use super::read::Reader;
use super::remedy;
use super::report::{Problem, Rejects, Report};
use super::write::{self, Done, Job, Outcome};

/// A transaction of an import ends after this, so that others wait less than twice as long.
const SLICE: Duration = Duration::from_millis(40);
/// Rows that are converted and handed over together.
const BATCH: usize = 256;
/// Slices after a refused row that are written with care: bad rows come in company.
const CAREFUL: u32 = 4;
/// Batches that wait for the database.
const AHEAD: usize = 2;

/// Where outcomes go besides the report.
#[derive(Default)]
pub struct Sinks<'a> {
    pub outcomes: Option<Writer>,
    pub rejects: Option<Rejects<&'a mut dyn std::io::Write>>,
}

/// A file that can be opened anew for every pass.
pub type Opener<'a> = &'a dyn Fn() -> Result<Reader>;

/// The mapping against the file and what the caller may write; all problems at once.
pub fn plan(ctx: &Ctx, object: &Object, mapping: &Mapping, headers: &[String]) -> Result<Plan> {
    role::require_create(ctx, object)?;
    let plan = mapping.resolve(&ctx.model, object, headers)?;
    let mut problems = Vec::new();
    for step in &plan.steps {
        let Some(field) = step.target.field().and_then(|name| object.field(name)) else { continue };
        let is_origin =
            field.origin && (field.computed || field.name.starts_with("created_")) || matches!(step.target, Target::Stay { .. });
        if is_origin && !ctx.set_origin {
            problems.push(FieldProblem::new(
                &step.header,
                "forbidden",
                format!("You may not set {}, which tells when it really began", step.target),
            ));
        }
    }
    if problems.is_empty() { Ok(plan) } else { Err(Error::fields(problems)) }
}

/// Writes all rows, or tries them.
pub fn run(ctx: &Ctx, object: &Object, mapping: &Mapping, open: Opener<'_>, is_trial: bool, sinks: &mut Sinks<'_>) -> Result<Report> {
    let reader = open()?;
    let headers = reader.headers().to_vec();
    let plan = plan(ctx, object, mapping, &headers)?;
    let customs = customs(ctx, object, mapping, &plan, reader)?;
    let settings = ctx.engine.settings();
    let currency = mapping.locale.currency.as_deref().map_or(Ok(settings.currency), Currency::parse)?;
    let country = mapping.locale.country.clone().unwrap_or_else(|| settings.country.clone());
    let context = Context { model: &ctx.model, currency, country: &country };
    let zone = zone(ctx, mapping)?;
    let converter = Converter::new(&ctx.model, object, &plan, context, &customs, &zone).speaking(&ctx.language);
    let may_lack_owner = remedy::may_lack_owner(ctx, object)?;
    let mut run = Run::new(ctx, Job { plan: plan.clone(), is_trial, may_lack_owner });
    let reader = open()?;
    std::thread::scope(|scope| {
        let (send, batches) = sync_channel(AHEAD);
        // One thread converts while the other waits for the database; it ends when nobody takes its batches any more.
        scope.spawn(move || batched(reader, &converter, &|batch| send.send(batch).is_ok()));
        for batch in batches {
            run.batch(batch?, sinks)?;
        }
        run.links_between()
    })?;
    if let Some(rejects) = sinks.rejects.take() {
        rejects.finish()?;
    }
    run.report.finish();
    remedy::tell(ctx, object, &run.job, &mut run.report);
    Ok(run.report)
}

/// Reads and converts to the end of the file, or as long as batches are wanted.
fn batched(mut reader: Reader, converter: &Converter<'_>, take: &dyn Fn(Result<Vec<Converted>>) -> bool) {
    loop {
        let batch: Result<Vec<Converted>> = (&mut reader).take(BATCH).map(|row| row.map(|r| converter.convert(r))).collect();
        let is_last = batch.as_ref().map_or(true, Vec::is_empty);
        if batch.as_ref().is_ok_and(Vec::is_empty) || !take(batch) || is_last {
            return;
        }
    }
}

fn zone(ctx: &Ctx, mapping: &Mapping) -> Result<TimeZone> {
    match &mapping.locale.time_zone {
        Some(name) => TimeZone::get(name).map_err(|_| Error::field("time_zone", "unknown", format!("\"{name}\" is no time zone"))),
        None => Ok(ctx.workspace_zone()),
    }
}

/// Reads the whole file once where numbers or dates are to be read; elsewhere the question does not arise.
fn customs(ctx: &Ctx, object: &Object, mapping: &Mapping, plan: &Plan, reader: Reader) -> Result<Vec<Custom>> {
    let mut findings = vec![Findings::default(); reader.headers().len()];
    let asked: BTreeSet<usize> = plan
        .steps
        .iter()
        .filter(|s| asks(ctx, object, &s.target))
        .filter_map(|s| if let Source::Cell(column) = s.source { Some(column) } else { None })
        .collect();
    if !asked.is_empty() {
        for row in reader {
            let row = row?;
            for column in &asked {
                if let (Some(finding), Some(cell)) = (findings.get_mut(*column), row.cells.get(*column)) {
                    finding.learn(cell);
                }
            }
        }
    }
    Ok(locale::settle(&findings, &mapping.locale, &ctx.engine.settings().country))
}

fn asks(ctx: &Ctx, object: &Object, target: &Target) -> bool {
    use FieldType::{Date, Decimal, Instant, Integer, Money, Percent, Rating};
    match target {
        Target::Stay { .. } => true,
        Target::Part { part, .. } => part == "amount",
        Target::Child { object, target, .. } => ctx.model.object(object).is_some_and(|o| asks(ctx, o, target)),
        Target::Field { field } => {
            object.field(field).is_some_and(|f| matches!(f.kind, Date | Decimal | Instant | Integer | Money | Percent | Rating))
        }
        _ => false,
    }
}

struct Run {
    ctx: Arc<Ctx>,
    job: Arc<Job>,
    finder: Arc<Mutex<Finder>>,
    later: Vec<Later>,
    report: Report,
    /// Slices that are still to be written with care.
    careful: u32,
    /// Of a trial: rows by their content, with the line at which it stood first.
    first: HashMap<u64, u64>,
}

impl Run {
    fn new(ctx: &Ctx, job: Job) -> Run {
        Run {
            ctx: Arc::new(ctx.clone()),
            job: Arc::new(job),
            finder: Arc::default(),
            later: Vec::new(),
            report: Report::default(),
            careful: 0,
            first: HashMap::new(),
        }
    }

    /// Writes a batch in as many slices as its time takes.
    fn batch(&mut self, rows: Vec<Converted>, sinks: &mut Sinks<'_>) -> Result<()> {
        let rows = Arc::new(rows);
        let mut from = 0;
        while from < rows.len() {
            let done = self.slice(&rows, from)?;
            lock(&self.finder).commit();
            let written = done.outcomes.len().max(1);
            let slice = rows.get(from..from + written).unwrap_or_default();
            self.tell(slice, done, sinks)?;
            from += written;
        }
        Ok(())
    }

    /// Most slices hold no row that is refused, and then need no savepoints, which cost much; the others are begun anew.
    fn slice(&mut self, rows: &Arc<Vec<Converted>>, from: usize) -> Result<Done> {
        if self.careful == 0 {
            let is_refused = Arc::new(AtomicBool::new(false));
            match self.write(rows, from, Some(Arc::clone(&is_refused))) {
                Err(_) if is_refused.load(Ordering::SeqCst) => self.careful = CAREFUL,
                outcome => return outcome,
            }
        }
        self.careful -= 1;
        self.write(rows, from, None)
    }

    /// Briskly where `refused` is there to tell that it did not work, else with care.
    fn write(&self, rows: &Arc<Vec<Converted>>, from: usize, refused: Option<Arc<AtomicBool>>) -> Result<Done> {
        let (ctx, job, finder, rows) = (Arc::clone(&self.ctx), Arc::clone(&self.job), Arc::clone(&self.finder), Arc::clone(rows));
        self.ctx.engine.store().write(move |tx| {
            let mut finder = lock(&finder);
            finder.begin();
            let rows = rows.get(from..).unwrap_or_default();
            trial(tx, job.is_trial, |tx| rows_of(&ctx, tx, &job, &mut finder, rows, refused.as_deref()))
        })
    }

    fn tell(&mut self, rows: &[Converted], mut done: Done, sinks: &mut Sinks<'_>) -> Result<()> {
        let rejected =
            done.outcomes.iter_mut().filter_map(|(_, o)| if let Outcome::Rejected(problems) = o { Some(problems) } else { None });
        rejected.flatten().chain(&mut done.notes).for_each(|problem| say(&self.ctx, problem));
        for (row, (line, outcome)) in rows.iter().zip(&done.outcomes) {
            self.report.rows += 1;
            if let Some(mut note) = self.repeated(row).filter(|_| !matches!(outcome, Outcome::Rejected(_))) {
                say(&self.ctx, &mut note);
                self.report.note(&note);
            }
            match outcome {
                Outcome::Created(_) => self.report.created += 1,
                Outcome::Updated { changed, .. } => {
                    self.report.updated += 1;
                    self.report.unchanged += u64::from(!changed);
                }
                Outcome::Skipped(_) => self.report.skipped += 1,
                Outcome::Rejected(problems) => {
                    self.report.reject(problems);
                    if let Some(rejects) = &mut sinks.rejects {
                        rejects.write(*line, &row.cells, problems)?;
                    }
                }
            }
            if let Some(outcomes) = &mut sinks.outcomes {
                outcomes.row(&RowOutcome::of(*line, outcome, &row.cells))?;
            }
        }
        done.notes.iter().for_each(|n| self.report.note(n));
        self.later.extend(done.later);
        Ok(())
    }

    /// In a trial: the row stood in the file before, which may be a slip; it is taken all the same.
    fn repeated(&mut self, row: &Converted) -> Option<Problem> {
        if !self.job.is_trial {
            return None;
        }
        let mut hasher = DefaultHasher::new();
        row.cells.iter().for_each(|cell| cell.trim().hash(&mut hasher));
        let first = *self.first.entry(hasher.finish()).or_insert(row.line);
        (first != row.line).then(|| Problem::new(row.line, None, "", "repeated", format!("The row is the same as row {first}")))
    }

    /// Links to records that the file brought further down.
    fn links_between(&mut self) -> Result<()> {
        let later = Arc::new(std::mem::take(&mut self.later));
        let mut from = 0;
        while from < later.len() && !self.job.is_trial {
            let (ctx, job, finder, links) = (Arc::clone(&self.ctx), Arc::clone(&self.job), Arc::clone(&self.finder), Arc::clone(&later));
            let mut notes = self.ctx.engine.store().write(move |tx| {
                let mut done = Done::default();
                let slice = links.get(from..links.len().min(from + BATCH / 4)).unwrap_or_default();
                link::later(&ctx, tx, &job, &mut lock(&finder), slice, &mut done)?;
                Ok(done.notes)
            })?;
            notes.iter_mut().for_each(|problem| say(&self.ctx, problem));
            notes.iter().for_each(|n| self.report.note(n));
            from += BATCH / 4;
        }
        if self.job.is_trial {
            self.try_links(&later)?;
        }
        Ok(())
    }

    /// A trial only looks whether the records would be there.
    fn try_links(&mut self, later: &[Later]) -> Result<()> {
        let (ctx, finder) = (Arc::clone(&self.ctx), Arc::clone(&self.finder));
        let links = later.to_vec();
        let mut notes: Vec<Problem> = self.ctx.engine.store().read(move |tx| {
            let mut finder = lock(&finder);
            links.iter().filter_map(|l| link::missing(&ctx, tx, &mut finder, l).transpose()).collect()
        })?;
        notes.iter_mut().for_each(|problem| say(&self.ctx, problem));
        notes.iter().for_each(|n| self.report.note(n));
        Ok(())
    }
}

/// In the language of whoever imports: the report and the rejected rows are read by him.
fn say(ctx: &Ctx, problem: &mut Problem) {
    problem.message = Speech { language: &ctx.language, model: &ctx.model }.say(&problem.message);
}

fn lock(finder: &Mutex<Finder>) -> MutexGuard<'_, Finder> {
    finder.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Does the work, and in a trial takes it back.
fn trial<T>(tx: &mut Tx, is_trial: bool, work: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
    if !is_trial {
        return work(tx);
    }
    let mut done = None;
    let taken_back = tx.savepoint(|tx| {
        done = Some(work(tx)?);
        Err::<(), Error>(Error::conflict("a trial is taken back"))
    });
    match (done, taken_back) {
        (Some(done), _) => Ok(done),
        (None, Err(error)) => Err(error),
        (None, Ok(())) => Err(Error::internal("a trial without outcome")),
    }
}

fn rows_of(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, rows: &[Converted], refused: Option<&AtomicBool>) -> Result<Done> {
    let began = Instant::now();
    let is_over = || began.elapsed() > SLICE;
    prepare(ctx, tx, job, finder, rows)?;
    let Some(refused) = refused else { return write::with_care(ctx, tx, job, finder, rows, &is_over) };
    write::briskly(ctx, tx, job, finder, rows, &is_over).map_err(|error| {
        refused.store(error.is_none(), Ordering::SeqCst);
        error.unwrap_or_else(|| Error::conflict("a row was refused"))
    })
}

/// Looks up at once what the rows will ask for one by one.
fn prepare(ctx: &Ctx, tx: &mut Tx, job: &Job, finder: &mut Finder, rows: &[Converted]) -> Result<()> {
    let mut wanted: BTreeMap<(String, String), (By, BTreeSet<String>)> = BTreeMap::new();
    let mut want = |object: &str, by: &By, text: &str| {
        let key = (object.to_string(), format!("{by:?}"));
        wanted.entry(key).or_insert_with(|| (by.clone(), BTreeSet::new())).1.insert(text.to_string());
    };
    for row in rows {
        if let Some((by, text)) = &row.key {
            want(&job.plan.object, by, text);
        }
        let links: Vec<&Pending> = row.links.iter().chain(row.children.iter().flat_map(|c| &c.links)).collect();
        for link in links {
            link.texts.iter().for_each(|text| want(&link.object, &link.by, text));
        }
    }
    for ((object, _), (by, texts)) in &wanted {
        finder.prepare(ctx, tx, object, by, texts)?;
    }
    Ok(())
}
