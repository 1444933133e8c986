//! An import from upload to undo: `mapping → checked → running → done → undone`.
//!
//! These are the functions that the interface and the command line call. Each opens its own transactions and checks
//! what the caller may. The import's own record is kept by the engine; the records that it writes are the caller's
//! work, told by the import's origin and one correlation.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use base::{Error, Id, Result, Value};
use kernel::file::{self, Stored};
use kernel::record::{self, Record};
use kernel::{Ctx, Origin, Speech, role};
use model::Object;
use serde_json::{Map, Value as Json, json};

use super::mapping::{Mapping, Policy};
use super::outcome::{self, RowsRequest, Writer};
use super::propose::{self, Proposed};
use super::read::{self, How, Reader};
use super::report::{Rejects, Report};
use super::run::{self, Sinks};

const OBJECT: &str = "import";
/// Characters of a proposal that are kept beside the import.
const PROPOSAL: usize = 1_000_000;

/// A kept file becomes an import with a proposed mapping. `object` is the name or the path of what the rows become.
pub fn start(ctx: &Ctx, object: &str, name: &str, stored: &Stored) -> Result<Json> {
    let target = target(ctx, object)?;
    let reader = read::open(Box::new(file::open(ctx.engine.files(), &stored.hash)?), name, &How::default())?;
    let proposed = propose::propose(reader, &ctx.model, target)?;
    let mapping = proposed.mapping(target);
    let (ctx, target, name, stored) = (ctx.clone(), target.name.clone(), name.to_string(), stored.clone());
    ctx.clone().engine.store().write(move |tx| {
        let file = record::create_values(
            &ctx,
            tx,
            "file",
            vec![
                ("name", Value::from(base::text::shorten(&name, 300))),
                ("mime", Value::from(stored.mime.as_str())),
                ("size", Value::Int(i64::try_from(stored.size)?)),
                ("hash", Value::from(stored.hash.as_str())),
            ],
        )?;
        let mut values = vec![
            ("name", Value::from(base::text::shorten(&name, 300))),
            ("object", Value::from(target.as_str())),
            ("state", Value::from("mapping")),
            ("file", Value::Id(file.id)),
            ("format", Value::from(format_word(&proposed))),
            ("mapping", Value::from(serde_json::to_string(&mapping)?)),
            ("proposal", proposal(&proposed)?),
            ("policy", Value::from("update")),
        ];
        values.extend(mapping.match_by.as_deref().map(|m| ("match", Value::from(m))));
        let made = record::create_values(&ctx, tx, OBJECT, values)?;
        shown(&ctx, tx, &made)
    })
}

fn format_word(proposed: &Proposed) -> String {
    serde_json::to_value(proposed.about.format).ok().and_then(|v| v.as_str().map(str::to_string)).unwrap_or_default()
}

fn proposal(proposed: &Proposed) -> Result<Value> {
    let text = serde_json::to_string(proposed)?;
    Ok(if text.len() <= PROPOSAL { Value::from(text) } else { Value::Null })
}

/// The object by name or path, if the caller may create its records.
fn target<'a>(ctx: &'a Ctx, object: &str) -> Result<&'a Object> {
    let name = ctx.model.object_by_path(object).map_or(object, |o| o.name.as_str());
    let object = role::known(ctx, name)?;
    role::require_create(ctx, object)?;
    Ok(object)
}

/// The import as the interface shows it, mapping and proposal as JSON.
fn shown(ctx: &Ctx, tx: &mut store::Tx, import: &Record) -> Result<Json> {
    let mut map = record::to_json(ctx, tx, import)?;
    for name in ["mapping", "proposal", "report", "fates"] {
        if let Some(inner) = import.text(name).and_then(|text| serde_json::from_str::<Json>(text).ok()) {
            map.insert(name.to_string(), inner);
        }
    }
    Ok(Json::Object(map))
}

/// Changes mapping, match, policy or name. The mapping is compared with the file; all that is wrong is told at once.
pub fn change(ctx: &Ctx, id: Id, input: &Map<String, Json>) -> Result<Json> {
    let import = load(ctx, id)?;
    if matches!(import.text("state"), Some("running" | "done" | "undone" | "checking")) {
        return Err(Error::conflict("This import has run; begin a new one"));
    }
    let mut mapping = mapping(&import)?;
    let mut input = input.clone();
    if let Some(given) = input.remove("mapping") {
        mapping = match given {
            Json::String(text) => Mapping::parse(&text)?,
            other => serde_json::from_value(other)
                .map_err(|e| Error::field("mapping", "invalid", format!("The mapping is not readable: {e}")))?,
        };
    }
    let text = |value: &Json| value.as_str().map(str::trim).filter(|t| !t.is_empty()).map(str::to_string);
    if let Some(given) = input.remove("match") {
        mapping.match_by = text(&given);
    }
    if let Some(given) = input.remove("policy") {
        mapping.policy = Some(policy(given.as_str().unwrap_or_default())?);
    }
    let object = target(ctx, import.text("object").unwrap_or_default())?;
    let headers = reader(ctx, &import, &mapping)?.headers().to_vec();
    run::plan(ctx, object, &mapping, &headers)?;
    input.insert("mapping".to_string(), serde_json::to_string(&mapping)?.into());
    input.insert("match".to_string(), mapping.match_by.clone().into());
    input.insert("policy".to_string(), serde_json::to_value(mapping.policy.unwrap_or_default())?);
    let ctx = ctx.clone();
    ctx.clone().engine.store().write(move |tx| {
        record::update(&ctx, tx, OBJECT, id, &input, None)?;
        let import = record::set(&ctx, tx, OBJECT, id, vec![("state", Value::from("mapping"))])?;
        shown(&ctx, tx, &import)
    })
}

fn policy(word: &str) -> Result<Policy> {
    serde_json::from_value(json!(word))
        .map_err(|_| Error::field("policy", "unknown", format!("\"{word}\" is no policy; there are update, skip and create")))
}

/// What running would do, without doing it.
pub fn check(ctx: &Ctx, id: Id) -> Result<Json> {
    let import = load(ctx, id)?;
    if matches!(import.text("state"), Some("running" | "done" | "undone")) {
        return Err(Error::conflict("This import has run already"));
    }
    execute(ctx, &import, true)
}

/// Writes the records.
pub fn run(ctx: &Ctx, id: Id) -> Result<Json> {
    let import = load(ctx, id)?;
    match import.text("state") {
        Some("done") => return Err(Error::conflict("This import has run already; undo it, or begin a new one")),
        Some("running") => return Err(Error::conflict("This import is running")),
        Some("undone") => return Err(Error::conflict("This import was taken back; begin a new one")),
        _ => {}
    }
    execute(ctx, &import, false)
}

/// Rows with their outcome, of the last check or run.
pub fn rows(ctx: &Ctx, id: Id, request: &RowsRequest) -> Result<Json> {
    let page = outcome::read(outcomes(ctx, id)?, request)?;
    Ok(json!({"headers": page.headers, "items": page.rows, "next_cursor": page.next}))
}

/// All of them as a CSV file, to be mended and imported again.
pub fn rows_csv(ctx: &Ctx, id: Id, request: &RowsRequest) -> Result<Vec<u8>> {
    let mut request = RowsRequest { limit: Some(500), ..request.clone() };
    let mut bytes = Vec::new();
    let mut page = outcome::read(outcomes(ctx, id)?, &request)?;
    let mut csv = Rejects::new(&mut bytes, &page.headers)?;
    loop {
        for row in &page.rows {
            csv.write(row.line, &row.cells, &row.problems)?;
        }
        let Some(next) = page.next.take() else { break };
        request.cursor = Some(next);
        page = outcome::read(outcomes(ctx, id)?, &request)?;
    }
    csv.finish()?;
    Ok(bytes)
}

fn outcomes(ctx: &Ctx, id: Id) -> Result<File> {
    let import = load(ctx, id)?;
    let hash = import.text("outcomes").ok_or_else(|| Error::conflict("This import was neither checked nor run yet"))?;
    file::open(ctx.engine.files(), hash)
}

pub(super) fn load(ctx: &Ctx, id: Id) -> Result<Record> {
    let ctx = ctx.clone();
    ctx.clone().engine.store().read(move |tx| record::get(&ctx, tx, OBJECT, id))
}

fn mapping(import: &Record) -> Result<Mapping> {
    let mut mapping = import.text("mapping").map_or_else(|| Ok(Mapping::default()), Mapping::parse)?;
    mapping.match_by = import.text("match").map(str::to_string);
    if let Some(word) = import.text("policy") {
        mapping.policy = Some(policy(word)?);
    }
    Ok(mapping)
}

fn reader(ctx: &Ctx, import: &Record, mapping: &Mapping) -> Result<Reader> {
    let file = import.link("file").ok_or_else(|| Error::conflict("The file of this import is gone"))?;
    let inside = ctx.as_system();
    let found = ctx.engine.store().read(move |tx| record::find(&inside, tx, "file", file))?;
    let hash = found.as_ref().and_then(|f| f.text("hash")).ok_or_else(|| Error::conflict("The file of this import is gone"))?;
    read::open(Box::new(file::open(ctx.engine.files(), hash)?), import.text("name").unwrap_or_default(), &mapping.file)
}

/// Checks or runs, keeping the import's record in step.
fn execute(ctx: &Ctx, import: &Record, is_trial: bool) -> Result<Json> {
    let mapping = mapping(import)?;
    let object = target(ctx, import.text("object").unwrap_or_default())?;
    let work = worker(ctx, import.id, import.text("name"));
    let mut sinks = Sinks { outcomes: Some(Writer::begin(ctx.engine.files(), reader(ctx, import, &mapping)?.headers())?), rejects: None };
    let mut begun = vec![("state", Value::from(if is_trial { "checking" } else { "running" })), ("problem", Value::Null)];
    if !is_trial {
        begun.push(("correlation", Value::from(work.correlation.to_string())));
        begun.push(("started_at", Value::Instant(ctx.now())));
    }
    begin(ctx, import.id, begun)?;
    let report = run::run(&work, object, &mapping, &|| reader(ctx, import, &mapping), is_trial, &mut sinks);
    let hash = sinks.outcomes.take().map(Writer::finish).transpose()?;
    let ended = match &report {
        Ok(report) => results(report, hash, if is_trial { "checked" } else { "done" })?,
        Err(error) => {
            let state = if is_trial { "mapping" } else { "failed" };
            vec![("state", Value::from(state)), ("problem", Value::from(why(ctx, error)))]
        }
    };
    let ended = if is_trial { ended } else { ended.into_iter().chain([("finished_at", Value::Instant(ctx.now()))]).collect() };
    let shown = keep(ctx, import.id, ended)?;
    report.map(|report| with_report(shown, &report))
}

/// Why it failed, in the caller's language.
fn why(ctx: &Ctx, error: &Error) -> String {
    let speech = Speech { language: &ctx.language, model: &ctx.model };
    let problems = error.problems().iter().map(|p| format!("  {}: {}", p.field, speech.say(&p.message)));
    let lines: Vec<String> = std::iter::once(speech.say(error.message())).chain(problems).collect();
    base::text::shorten(&lines.join("\n"), 2_000)
}

/// The caller, telling that it is this import that writes.
fn worker(ctx: &Ctx, import: Id, name: Option<&str>) -> Ctx {
    let origin = Origin { kind: "import".to_string(), id: Some(import), name: name.map(str::to_string) };
    Ctx { origin: Some(origin), correlation: Id::new(), ..ctx.clone() }
}

fn results(report: &Report, hash: Option<String>, state: &'static str) -> Result<Vec<(&'static str, Value)>> {
    let count = |n: u64| i64::try_from(n).map(Value::Int);
    let summary = json!({"groups": report.groups, "unchanged": report.unchanged});
    Ok(vec![
        ("state", Value::from(state)),
        ("rows", count(report.rows)?),
        ("created", count(report.created)?),
        ("updated", count(report.updated)?),
        ("skipped", count(report.skipped)?),
        ("rejected", count(report.rejected)?),
        ("report", Value::from(summary.to_string())),
        ("outcomes", hash.into()),
    ])
}

/// Of two who start the same import at once, the second is told that it runs.
fn begin(ctx: &Ctx, id: Id, values: Vec<(&'static str, Value)>) -> Result<()> {
    let ctx = ctx.clone();
    ctx.clone().engine.store().write(move |tx| {
        let now = record::get(&ctx, tx, OBJECT, id)?;
        if matches!(now.text("state"), Some("running" | "done" | "undone")) {
            return Err(Error::conflict("This import is running, or has run already"));
        }
        record::set(&ctx, tx, OBJECT, id, values.clone()).map(|_| ())
    })
}

pub(super) fn keep(ctx: &Ctx, id: Id, values: Vec<(&'static str, Value)>) -> Result<Json> {
    let ctx = ctx.clone();
    ctx.clone().engine.store().write(move |tx| {
        let import = record::set(&ctx, tx, OBJECT, id, values.clone())?;
        shown(&ctx, tx, &import)
    })
}

fn with_report(shown: Json, report: &Report) -> Json {
    let mut shown = shown;
    if let (Json::Object(map), Ok(report)) = (&mut shown, serde_json::to_value(report)) {
        map.insert("report".to_string(), report);
    }
    shown
}

/// What the command line asks for.
#[derive(Clone, Debug, Default)]
pub struct FileOptions<'a> {
    pub object: &'a str,
    /// A mapping file, or `Header=field,…`; absent: as proposed.
    pub map: Option<&'a str>,
    pub match_by: Option<&'a str>,
    /// Absent: `update` where rows are matched.
    pub policy: Option<&'a str>,
    pub is_trial: bool,
    /// Rejected rows are written here.
    pub rejects: Option<&'a Path>,
}

/// Imports a file of this machine at once. A run leaves an import behind, so that it can be looked at and undone;
/// the id of it is answered with the report.
pub fn from_file(ctx: &Ctx, path: &Path, options: &FileOptions<'_>) -> Result<(Option<Id>, Report)> {
    let object = target(ctx, options.object)?;
    let mapping = mapping_for(ctx, path, object, options)?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let open = || read::open(Box::new(opened(path)?), &name, &mapping.file);
    run::plan(ctx, object, &mapping, open()?.headers())?;
    let mut out: Box<dyn Write> = match options.rejects {
        Some(path) => Box::new(std::io::BufWriter::new(
            File::create(path).map_err(|e| Error::invalid(format!("{} cannot be written: {e}", path.display())))?,
        )),
        None => Box::new(std::io::sink()),
    };
    let rejects = Some(Rejects::<&mut dyn Write>::new(out.as_mut(), open()?.headers())?);
    if options.is_trial {
        return run::run(&worker(ctx, Id::new(), Some(&name)), object, &mapping, &open, true, &mut Sinks { outcomes: None, rejects })
            .map(|r| (None, r));
    }
    let stored = store_file(ctx, path, &name)?;
    let made = start(ctx, &object.name, &name, &stored)?;
    let id: Id = made.get("id").and_then(Json::as_str).and_then(|t| t.parse().ok()).ok_or_else(|| Error::internal("import without id"))?;
    let work = worker(ctx, id, Some(&name));
    let mut sinks = Sinks { outcomes: Some(Writer::begin(ctx.engine.files(), open()?.headers())?), rejects };
    let begun = vec![
        ("state", Value::from("running")),
        ("mapping", Value::from(serde_json::to_string(&mapping)?)),
        ("match", mapping.match_by.clone().into()),
        ("policy", Value::from(serde_json::to_value(mapping.policy.unwrap_or_default())?.as_str().unwrap_or("update"))),
        ("correlation", Value::from(work.correlation.to_string())),
        ("started_at", Value::Instant(ctx.now())),
    ];
    keep(ctx, id, begun)?;
    let report = run::run(&work, object, &mapping, &open, false, &mut sinks);
    let hash = sinks.outcomes.take().map(Writer::finish).transpose()?;
    let ended = match &report {
        Ok(report) => results(report, hash, "done")?,
        Err(error) => vec![("state", Value::from("failed")), ("problem", Value::from(why(ctx, error)))],
    };
    keep(ctx, id, ended.into_iter().chain([("finished_at", Value::Instant(ctx.now()))]).collect())?;
    report.map(|report| (Some(id), report))
}

fn opened(path: &Path) -> Result<File> {
    File::open(path).map_err(|e| Error::invalid(format!("{} cannot be read: {e}", path.display())))
}

/// What the options say, over the mapping file, over the proposal.
fn mapping_for(ctx: &Ctx, path: &Path, object: &Object, options: &FileOptions<'_>) -> Result<Mapping> {
    let mut mapping = match options.map {
        Some(argument) => Mapping::from_argument(argument)?,
        None => {
            let name = path.to_string_lossy();
            let proposed = propose::propose(read::open(Box::new(opened(path)?), &name, &How::default())?, &ctx.model, object)?;
            // Without a word about it no record that exists is touched.
            Mapping { match_by: None, ..proposed.mapping(object) }
        }
    };
    if let Some(wanted) = mapping.object.as_deref().filter(|o| *o != object.name) {
        return Err(Error::field("object", "mismatch", format!("The mapping is for {wanted}, not for {}", object.name)));
    }
    if let Some(field) = options.match_by {
        mapping.match_by = Some(field.to_string());
    }
    if let Some(word) = options.policy {
        mapping.policy = Some(policy(word)?);
    }
    Ok(mapping)
}

fn store_file(ctx: &Ctx, path: &Path, name: &str) -> Result<Stored> {
    let mut upload = file::Upload::begin(ctx.engine.files(), u64::MAX)?;
    let mut source = opened(path)?;
    let mut piece = vec![0; 256 * 1024];
    loop {
        let length = std::io::Read::read(&mut source, &mut piece)?;
        if length == 0 {
            return upload.finish(name);
        }
        upload.write(piece.get(..length).unwrap_or_default())?;
    }
}
