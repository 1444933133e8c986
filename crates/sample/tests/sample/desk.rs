//! The loaded company, shared by all tests of one build.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::UNIX_EPOCH;

use kernel::{Ctx, Engine, Module, query, workspace};
use serde_json::{Value as Json, json};
use store::{Location, Sql};

static MODULES: &[&Module] = &[&customers::MODULE, &sales::MODULE];

static FULL: LazyLock<Arc<Engine>> = LazyLock::new(|| loaded("full", sample::load));

pub fn full() -> Arc<Engine> {
    Arc::clone(&FULL)
}

pub fn small() -> Arc<Engine> {
    loaded("small", sample::load_small)
}

pub fn open(folder: &Path) -> Arc<Engine> {
    let options = workspace::Options {
        location: Location::Folder(folder.to_path_buf()),
        files: folder.join("files"),
        modules: MODULES,
        demo: false,
        store: store::Options::default(),
    };
    Engine::open(&options).unwrap()
}

/// A workspace of this build and day, loaded by whoever comes first.
fn loaded(name: &str, load: fn(&Arc<Engine>) -> base::Result<()>) -> Arc<Engine> {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let built = fs::metadata(std::env::current_exe().unwrap()).unwrap().modified().unwrap().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let day = base::Instant::now().to_string()[..10].to_string();
    let (prefix, folder) = (format!("sample-{name}-"), root.join(format!("sample-{name}-{built}-{day}")));
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

/// Rows of a statement as text, for what the interface does not tell.
pub fn rows(engine: &Engine, sql: &str) -> Vec<Vec<String>> {
    let columns = sql.split(" from ").next().unwrap().matches(',').count() + 1;
    engine
        .store()
        .read(|tx| {
            let sql = Sql::raw(tx.dialect(), sql);
            tx.all(&sql, |row| (0..columns).map(|i| Ok(row.text(i)?.unwrap_or_default().to_string())).collect::<base::Result<Vec<String>>>())
        })
        .unwrap()
}

pub fn number(engine: &Engine, sql: &str) -> i64 {
    engine.store().read(|tx| Ok(tx.first(&Sql::raw(tx.dialect(), sql), |row| row.int(0))?.flatten().unwrap_or(0))).unwrap()
}

/// A report as the interface answers it.
pub fn report(engine: &Arc<Engine>, request: Json) -> Vec<Json> {
    let ctx = Ctx::system(engine);
    let request: query::ReportRequest = serde_json::from_value(request).unwrap();
    let answer = engine.store().read(|tx| query::report(&ctx, tx, &request)).unwrap();
    answer["rows"].as_array().unwrap().clone()
}

/// How many records of an object meet a filter.
pub fn count(engine: &Arc<Engine>, object: &str, filter: &str) -> i64 {
    let rows = report(engine, json!({"object": object, "filter": filter, "measures": [{"fn": "count"}]}));
    rows[0]["count"].as_i64().unwrap()
}
