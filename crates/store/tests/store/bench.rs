//! A fresh workspace for each test, gone afterwards.

use std::path::PathBuf;

use base::{Id, Result};
use store::{Dialect, Location, Options, Param, Row, Sql, Store, Tx};

pub struct Bench {
    pub store: Store,
    pub location: Location,
    pub options: Options,
    folder: Option<PathBuf>,
}

/// Runs a story on every database there is.
pub fn on_each(story: impl Fn(&Bench)) {
    story(&Bench::sqlite());
    if let Ok(url) = std::env::var("TEST_POSTGRES_URL") {
        story(&Bench::postgres(&url));
    }
}

impl Bench {
    pub fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(format!("legame-store-{}", Id::new()));
        let location = Location::Folder(folder.clone());
        Bench::open(location, Options { connections: 4, ..Options::default() }, Some(folder))
    }

    pub fn postgres(url: &str) -> Self {
        let workspace = format!("test_{}", Id::new().to_string().replace('-', ""));
        Bench::open(Location::parse(url).unwrap(), Options { connections: 4, ..Options::workspace(&workspace) }, None)
    }

    fn open(location: Location, options: Options, folder: Option<PathBuf>) -> Self {
        Bench { store: Store::open(&location, &options).unwrap(), location, options, folder }
    }

    /// The same workspace as another process would open it.
    pub fn again(&self) -> Store {
        Store::open(&self.location, &self.options).unwrap()
    }

    /// Another workspace of the same database.
    pub fn beside(&self, ending: &str) -> Bench {
        let options = Options { workspace: format!("{}{ending}", self.options.workspace), ..self.options.clone() };
        Bench::open(self.location.clone(), options, self.folder.clone())
    }

    pub fn sql(&self, text: &str, params: impl IntoIterator<Item = Param>) -> Sql {
        Sql::fill(self.store.dialect(), text, params)
    }

    /// `create table` in words of both databases: `{int}`, `{text}`, … stand for the types.
    pub fn define(&self, text: &str) {
        let sql = Sql::raw(self.store.dialect(), in_types(self.store.dialect(), text));
        self.store.write(move |tx| tx.define(&sql)).unwrap();
    }

    pub fn run(&self, text: &str, params: impl IntoIterator<Item = Param>) -> Result<u64> {
        let sql = self.sql(text, params);
        self.store.write(move |tx| tx.execute(&sql))
    }

    pub fn ints(&self, text: &str, params: impl IntoIterator<Item = Param>) -> Vec<i64> {
        let sql = self.sql(text, params);
        self.store.read(|tx| tx.all(&sql, |row| row.must_int(0))).unwrap()
    }

    pub fn one<T>(&self, sql: &Sql, f: impl FnMut(&Row<'_>) -> Result<T>) -> T {
        self.store.read(|tx| tx.first(sql, f)).unwrap().unwrap()
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if self.folder.is_none() {
            let sql = Sql::raw(Dialect::Postgres, format!("drop schema \"{}\" cascade", self.options.workspace));
            let _ = self.store.write(move |tx| tx.define(&sql));
        }
        self.store.close();
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

pub fn in_types(dialect: Dialect, text: &str) -> String {
    use store::table::ColumnKind;
    let kinds = [
        ("{id}", ColumnKind::Id),
        ("{bool}", ColumnKind::Bool),
        ("{int}", ColumnKind::Int),
        ("{float}", ColumnKind::Float),
        ("{text}", ColumnKind::Text),
        ("{bytes}", ColumnKind::Bytes),
        ("{date}", ColumnKind::Date),
        ("{instant}", ColumnKind::Instant),
    ];
    kinds.iter().fold(text.to_string(), |text, (word, kind)| text.replace(word, dialect.column_type(*kind)))
}

pub fn insert(tx: &mut Tx, n: i64) -> Result<u64> {
    tx.execute(&Sql::fill(tx.dialect(), "insert into thing (n) values (?1)", [n.into()]))
}

pub fn things(bench: &Bench) {
    bench.define("create table thing (n {int} primary key)");
}
