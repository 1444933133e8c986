//! SQLite: one file, one thread that writes, several that read.
//!
//! `writer.rs` gathers many requests into one commit, `checkpoint.rs` moves the log into the file behind its back,
//! `reader.rs` keeps connections for reading, `function.rs` gives every connection the functions that
//! `dialect/sqlite.rs` calls, `statistics.rs` keeps the planner informed.

mod checkpoint;
mod error;
mod function;
pub(crate) mod read;
mod reader;
mod session;
pub(crate) mod statistics;
mod writer;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use base::{Error, Result};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use tokio::sync::oneshot;

pub(crate) use session::Session;

use crate::notice::Hub;
use crate::{Dialect, Location, Options, Sql, Tx};
use checkpoint::Checkpointer;
use reader::Readers;
use writer::Writer;

/// How long another process may hold the file before we give up.
const BUSY: Duration = Duration::from_secs(10);
/// Statements that a connection keeps ready.
const STATEMENTS: usize = 128;
/// The write-ahead log is cut back to this after a checkpoint.
const LOG_BYTES: usize = 64 << 20;

const COPY_CACHE: usize = 4 << 20;

pub(crate) struct Database {
    file: PathBuf,
    writer: Writer,
    checkpointer: Checkpointer,
    readers: Readers,
    /// Held as long as this server has the folder.
    _claim: Option<File>,
}

impl Database {
    pub fn open(folder: &Path, options: &Options, hub: Hub) -> Result<Self> {
        let file = Location::file(folder, &options.workspace);
        if let Some(parent) = file.parent() {
            create_folder(parent).map_err(|e| cannot_open(&file, &e.to_string()).with_source(e))?;
        }
        let claim = if options.is_server { Some(claim(&file)?) } else { None };
        // The one that writes touches the most pages; those that read share the other half.
        let share = options.cache_bytes / 2 / options.connections.max(1);
        let mut connection = connect(&file, options.cache_bytes / 2)?;
        // What a savepoint may have to take back is kept in memory; in a file it was a fifth of the time of a write.
        connection.pragma_update(None, "temp_store", "memory").map_err(|e| cannot_open(&file, &e.to_string()).with_source(e))?;
        let checkpointer = Checkpointer::start(&file, &mut connection)?;
        let writer = Writer::start(connection, hub)?;
        Ok(Database { writer, checkpointer, readers: Readers::new(file.clone(), options, share), file, _claim: claim })
    }

    pub fn read<T>(&self, f: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        self.readers.read(f)
    }

    /// Hands a request to the writer; the answer brings the closure back, so that it can be run again.
    pub fn submit<T, F>(&self, f: F, store: u64) -> Result<oneshot::Receiver<(F, Result<T>)>>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        self.writer.submit(f, store)
    }

    pub fn copy_to(&self, file: &Path) -> Result<()> {
        if file.exists() {
            return Err(Error::conflict(format!("{} is there already", file.display())));
        }
        let path = file.to_str().ok_or_else(|| Error::invalid("The name of the copy is not plain text"))?;
        // It reads one state of the data, but wants a connection without a transaction.
        let connection = connect(&self.file, COPY_CACHE)?;
        connection.execute("vacuum into ?1", [path]).map_err(|e| error::translate(e, "vacuum into ?1"))?;
        Ok(File::open(file)?.sync_all()?)
    }

    pub fn close(&self) {
        self.readers.close();
        self.checkpointer.close();
        self.writer.close();
    }
}

/// Other users of the machine may not look inside.
fn create_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

fn cannot_open(file: &Path, why: &str) -> Error {
    Error::new(base::Code::Unavailable, format!("The database {} cannot be opened: {why}", file.display()))
}

/// The lock of a server on its folder; the system takes it back when the process ends, however it does.
fn claim(file: &Path) -> Result<File> {
    let path: PathBuf = file.with_extension("lock");
    let lock = File::options().create(true).truncate(false).write(true).open(&path)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(std::fs::TryLockError::WouldBlock) => {
            Err(Error::conflict(format!("Another Legame server is already running on {}", file.display())))
        }
        Err(std::fs::TryLockError::Error(e)) => Err(e.into()),
    }
}

fn connect(file: &Path, cache_bytes: usize) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(|e| cannot_open(file, &e.to_string()).with_source(e))?;
    configure(&connection, cache_bytes).map_err(|e| cannot_open(file, &e.to_string()).with_source(e))?;
    Ok(connection)
}

fn configure(connection: &Connection, cache_bytes: usize) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    // A misspelt column must be an error, not a text.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    // Kept statements are not planned anew for each value; what must be planned for its values is told by `Sql::once`.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    use_log(connection)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "journal_size_limit", i64::try_from(LOG_BYTES).unwrap_or(0))?;
    connection.pragma_update(None, "cache_size", -i64::try_from(cache_bytes / 1024).unwrap_or(2048))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    rusqlite::vtab::array::load_module(connection)?;
    function::register(connection)
}

/// Several processes may open a new file at once; SQLite does not wait for the others by itself here.
fn use_log(connection: &Connection) -> rusqlite::Result<()> {
    let until = Instant::now() + BUSY;
    loop {
        match connection.pragma_update(None, "journal_mode", "wal") {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(5));
            }
            outcome => return outcome,
        }
    }
}

/// `Internal` with what is broken.
pub(crate) fn check_integrity(tx: &mut Tx) -> Result<()> {
    let found = tx.all(&Sql::raw(Dialect::Sqlite, "pragma integrity_check(20)"), |row| Ok(row.must_text(0)?.to_string()))?;
    match found.as_slice() {
        [one] if one == "ok" => Ok(()),
        broken => Err(Error::internal(format!("the database is damaged: {}", broken.join("; ")))),
    }
}
