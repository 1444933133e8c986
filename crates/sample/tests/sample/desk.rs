//! The loaded company, shared by all tests of one build.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use base::{Date, Instant};
use jiff::tz::TimeZone;
use kernel::{Ctx, Engine, Module, query, workspace};
use serde_json::{Value as Json, json};
use store::{Location, Sql};

static MODULES: &[&Module] = &[&customers::MODULE, &sales::MODULE];

pub struct Desk {
    pub engine: Arc<Engine>,
}

pub fn full() -> Desk {
    Desk { engine: loaded("full", sample::load) }
}

pub fn small() -> Desk {
    Desk { engine: loaded("small", sample::load_small) }
}

pub fn open(folder: &Path) -> Arc<Engine> {
    open_at(Location::Folder(folder.to_path_buf()), "main", folder)
}

/// An empty workspace of its own on every database there is.
pub fn both(name: &str, test: impl Fn(&Desk)) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    test(&Desk { engine: open(&folder) });
    let _ = fs::remove_dir_all(&folder);
    if let Ok(url) = std::env::var("TEST_POSTGRES_URL") {
        let workspace = format!("{}_{}", name.replace('-', "_"), base::Id::new().to_string().replace('-', "_"));
        test(&Desk { engine: open_at(Location::Postgres(url), &workspace, &folder) });
    }
}

fn open_at(location: Location, workspace: &str, folder: &Path) -> Arc<Engine> {
    let store = store::Options { workspace: workspace.to_string(), ..store::Options::default() };
    let options = workspace::Options { location, files: folder.join("files"), modules: MODULES, demo: false, store };
    Engine::open(&options).unwrap()
}

/// A workspace of this build and day, loaded by whoever comes first.
fn loaded(name: &str, load: fn(&Arc<Engine>) -> base::Result<()>) -> Arc<Engine> {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let built = fs::metadata(std::env::current_exe().unwrap()).unwrap().modified().unwrap().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let (prefix, folder) = (format!("sample-{name}-"), root.join(format!("sample-{name}-{built}-{}", today())));
    fs::create_dir_all(&root).unwrap();
    let lock = File::create(root.join(format!("sample-{name}.lock"))).unwrap();
    lock.lock().unwrap();
    if !folder.join("done").exists() {
        for old in fs::read_dir(&root).unwrap().flatten().filter(|e| e.file_name().to_string_lossy().starts_with(&prefix)) {
            let _ = fs::remove_dir_all(old.path());
        }
        let began = std::time::Instant::now();
        let engine = open(&folder);
        load(&engine).unwrap();
        engine.store().close();
        eprintln!("{name} company loaded in {:?}", began.elapsed());
        fs::write(folder.join("done"), "").unwrap();
    }
    open(&folder)
}

pub fn rome() -> TimeZone {
    TimeZone::get("Europe/Rome").unwrap()
}

pub fn today() -> Date {
    Instant::now().date_in(&rome())
}

impl Desk {
    /// A report as the interface answers it.
    pub fn report(&self, request: Json) -> Vec<Json> {
        let ctx = Ctx::system(&self.engine);
        let request: query::ReportRequest = serde_json::from_value(request).unwrap();
        let answer = self.engine.store().read(|tx| query::report(&ctx, tx, &request)).unwrap();
        answer["rows"].as_array().unwrap().clone()
    }
    /// How many records of an object meet a filter.
    pub fn count(&self, object: &str, filter: &str) -> i64 {
        let rows = self.report(json!({"object": object, "filter": filter, "measures": [{"fn": "count"}]}));
        rows[0]["count"].as_i64().unwrap()
    }
    /// How many records there are by the value of a field, a choice's code or a link's title.
    pub fn by(&self, object: &str, filter: &str, field: &str) -> BTreeMap<String, i64> {
        let rows = self.report(json!({"object": object, "filter": filter, "group_by": [{"field": field}], "measures": [{"fn": "count"}]}));
        rows.iter().map(|row| (name(&row[field]), row["count"].as_i64().unwrap())).collect()
    }
    /// The sum of a money field, in the workspace's currency.
    pub fn sum(&self, object: &str, filter: &str, field: &str) -> f64 {
        let rows = self.report(json!({"object": object, "filter": filter, "measures": [{"fn": "sum", "field": field}]}));
        amount(&rows[0][&format!("sum_{field}")])
    }
    /// The records of a list, with some fields.
    pub fn list(&self, object: &str, filter: &str, fields: &str) -> Vec<Json> {
        let ctx = Ctx::system(&self.engine);
        let mut all = Vec::new();
        let mut cursor = None;
        loop {
            let request = query::ListRequest {
                object: object.to_string(),
                filter: Some(filter.to_string()),
                fields: Some(fields.to_string()),
                cursor: cursor.take(),
                limit: 200,
                ..Default::default()
            };
            let mut out = Vec::new();
            self.engine.store().read(|tx| query::list(&ctx, tx, &request, &mut out)).unwrap();
            let page: Json = serde_json::from_slice(&out).unwrap();
            all.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = Some(next.to_string()),
                None => return all,
            }
        }
    }
    /// Whole numbers of a statement, for what the interface does not tell.
    pub fn numbers(&self, sql: &str) -> Vec<i64> {
        self.engine.store().read(|tx| tx.all(&Sql::raw(tx.dialect(), sql), |row| Ok(row.int(0)?.unwrap_or(0)))).unwrap()
    }
    pub fn number(&self, sql: &str) -> i64 {
        self.numbers(sql)[0]
    }
    /// Rows of texts of a statement.
    pub fn texts(&self, sql: &str, columns: usize) -> Vec<Vec<String>> {
        let read = |row: &store::Row<'_>| (0..columns).map(|i| Ok(row.text(i)?.unwrap_or_default().to_string())).collect();
        self.engine.store().read(|tx| tx.all(&Sql::raw(tx.dialect(), sql), read)).unwrap()
    }
}

/// A group key as one word.
fn name(key: &Json) -> String {
    key.get("title").unwrap_or(key).as_str().unwrap_or("").to_string()
}

pub fn amount(money: &Json) -> f64 {
    money["amount"].as_str().map_or(0.0, |text| text.parse().unwrap())
}

/// Says by how much a number misses.
#[track_caller]
pub fn near(found: f64, wanted: f64, tolerance: f64, what: &str) {
    assert!((found - wanted).abs() <= tolerance, "{what}: {found:.3}, wanted {wanted} ± {tolerance}");
}
