//! One workspace of one database, open.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base::{Error, Result};
use tokio::sync::{broadcast, oneshot};

use crate::notice::{Hub, Notice};
use crate::worker::{self, Workers};
use crate::{Dialect, Location, Options, Tx, postgres, sqlite, table};

/// How often a transaction is run when it fails in a way that another run may mend.
const ATTEMPTS: u32 = 5;

/// Cheap to clone; the database is closed with the last clone or by [`Store::close`].
///
/// Transactions do not nest: a store that is asked for one within one of its own, on the same thread, refuses.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    number: u64,
    backend: Backend,
    workers: Workers,
    hub: Hub,
}

enum Backend {
    Sqlite(Box<sqlite::Database>),
    Postgres(Box<postgres::Database>),
}

impl Store {
    /// Opens a workspace, creating its folder and file or its schema. Blocks, so never from async code. `Conflict` where
    /// another server has the folder, `Unavailable` where the database cannot be reached.
    pub fn open(location: &Location, options: &Options) -> Result<Store> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        options.check()?;
        let hub = Hub::new();
        let backend = match location {
            Location::Folder(folder) => Backend::Sqlite(Box::new(sqlite::Database::open(folder, options, hub.clone())?)),
            Location::Postgres(url) => Backend::Postgres(Box::new(postgres::Database::open(url, options, hub.clone())?)),
        };
        let workers = Workers::start(options.connections.max(1))?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let store = Store(Arc::new(Inner { number, backend, workers, hub }));
        store.write(|tx| {
            tx.lock_workspace()?;
            tx.define(&table::sequences(tx.dialect()))
        })?;
        Ok(store)
    }

    pub fn dialect(&self) -> Dialect {
        match self.0.backend {
            Backend::Sqlite(_) => Dialect::Sqlite,
            Backend::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Reads on this thread; blocks, so never from async code. On SQLite all statements see one state of the data, on
    /// PostgreSQL each sees what is committed when it begins. Writing is refused.
    pub fn read<T>(&self, f: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let _inside = Inside::enter(self.0.number)?;
        match &self.0.backend {
            Backend::Sqlite(database) => database.read(f),
            Backend::Postgres(database) => database.read(f),
        }
    }

    /// Writes in one transaction and returns when it is on disk; blocks, so never from async code. The closure is run
    /// again (five times at most) when its error is retryable, so it must not have effects outside `tx`.
    pub fn write<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        let mut f = f;
        for attempt in 1.. {
            let outcome;
            (f, outcome) = self.write_once(f, attempt)?;
            match outcome {
                Err(error) if error.is_retryable() && attempt < ATTEMPTS => std::thread::sleep(pause(attempt)),
                outcome => return outcome,
            }
        }
        Err(Error::internal("a write was never run"))
    }

    /// Whoever was in another's way twice queues the next time, so that many who write the same record all get their turn.
    fn write_once<T, F>(&self, mut f: F, attempt: u32) -> Result<(F, Result<T>)>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        let _inside = Inside::enter(self.0.number)?;
        match &self.0.backend {
            Backend::Sqlite(database) => {
                let answer = database.submit(f, self.0.number)?;
                answer.blocking_recv().map_err(|_| worker::closed())
            }
            Backend::Postgres(database) => {
                let outcome = database.write(&mut |tx: &mut Tx| {
                    if attempt > 2 {
                        tx.queue()?;
                    }
                    f(tx)
                });
                Ok((f, outcome))
            }
        }
    }

    /// Reads on a thread of the store, for async callers. When the caller goes away before the read began, it is left out.
    pub async fn read_async<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let store = self.clone();
        self.0.workers.submit(move || {
            if !reply.is_closed() {
                // The caller may have gone away meanwhile.
                let _ = reply.send(store.read(f));
            }
        })?;
        answer.await.map_err(|_| worker::closed())?
    }

    /// Writes on a thread of the store, for async callers; otherwise as [`Store::write`]. A write that was handed over is
    /// done even if the caller goes away.
    pub async fn write_async<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        let mut f = f;
        for attempt in 1.. {
            let answer = match &self.0.backend {
                Backend::Sqlite(database) => database.submit(f, self.0.number)?,
                Backend::Postgres(_) => {
                    let (reply, answer) = oneshot::channel();
                    let store = self.clone();
                    self.0.workers.submit(move || {
                        if let Ok(done) = store.write_once(f, attempt) {
                            let _ = reply.send(done);
                        }
                    })?;
                    answer
                }
            };
            let outcome;
            (f, outcome) = answer.await.map_err(|_| worker::closed())?;
            match outcome {
                Err(error) if error.is_retryable() && attempt < ATTEMPTS => tokio::time::sleep(pause(attempt)).await,
                outcome => return outcome,
            }
        }
        Err(Error::internal("a write was never run"))
    }

    /// Builds an index without keeping writers waiting, where the database can (PostgreSQL); not in a transaction. Does
    /// nothing if it is there already.
    pub fn build_index(&self, table: &str, index: &table::Index) -> Result<()> {
        let _inside = Inside::enter(self.0.number)?;
        match &self.0.backend {
            Backend::Sqlite(_) => {
                drop(_inside);
                let sql = table::create_index(Dialect::Sqlite, table, index, false);
                self.write(move |tx| tx.define(&sql))
            }
            Backend::Postgres(database) => {
                let create = table::create_index(Dialect::Postgres, table, index, true);
                database.build_index(&index.name, &table::drop_index(Dialect::Postgres, &index.name), &create)
            }
        }
    }

    /// Notices of every committed transaction from now on. Async code awaits `recv`, a thread calls `blocking_recv`.
    /// A receiver that lags, or gets a notice on [`crate::RECONNECTED`], has missed some and looks at the data anew.
    pub fn subscribe(&self) -> broadcast::Receiver<Notice> {
        self.0.hub.subscribe()
    }

    /// How many notices have been told since the store was opened. Who subscribes and finds the number of some moment
    /// before has missed nothing since then.
    pub fn told(&self) -> u64 {
        self.0.hub.told()
    }

    /// Reads every page of the database and compares indexes with tables; slow on a large one. Nothing on PostgreSQL.
    pub fn backup_check(&self) -> Result<()> {
        match &self.0.backend {
            Backend::Sqlite(_) => self.read(sqlite::check_integrity),
            Backend::Postgres(_) => Ok(()),
        }
    }

    /// Writes a consistent copy of the workspace into a new SQLite file while others go on reading and writing.
    /// `Invalid` on PostgreSQL, whose own tools do that.
    pub fn copy_to(&self, file: &Path) -> Result<()> {
        match &self.0.backend {
            Backend::Sqlite(database) => database.copy_to(file),
            Backend::Postgres(_) => Err(Error::invalid("A PostgreSQL database is backed up with its own tools, such as pg_dump")),
        }
    }

    /// Brings the statistics of the query planner up to date, as far as that is due; the next question of every
    /// connection is planned with them. PostgreSQL does so by itself.
    pub fn optimize(&self) -> Result<()> {
        match &self.0.backend {
            Backend::Sqlite(_) => self.write(sqlite::statistics::renew),
            Backend::Postgres(_) => Ok(()),
        }
    }

    /// Ends waiting work, then threads and connections. Later calls are `Unavailable`.
    pub fn close(&self) {
        self.0.close();
    }
}

impl Inner {
    fn close(&self) {
        self.workers.close();
        match &self.backend {
            Backend::Sqlite(database) => database.close(),
            Backend::Postgres(database) => database.close(),
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

/// Before the next attempt: 2, 8, 32, 128 ms, a part of it by chance, so that two that collided do not meet again.
fn pause(attempt: u32) -> Duration {
    let base = 2_u64.saturating_mul(4_u64.saturating_pow(attempt.saturating_sub(1)));
    let chance = u64::from(base::Id::new().as_bytes().last().copied().unwrap_or(0));
    Duration::from_micros(base * 500 + base * 1_000 * chance / 256)
}

thread_local! {
    /// The stores that have a transaction on this thread.
    static WITHIN: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// That this thread is within a transaction of a store, until dropped.
pub(crate) struct Inside(u64);

impl Inside {
    pub fn enter(number: u64) -> Result<Inside> {
        WITHIN.with_borrow_mut(|within| {
            if within.contains(&number) {
                return Err(Error::internal("a transaction was asked for within a transaction of the same store"));
            }
            within.push(number);
            Ok(Inside(number))
        })
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        WITHIN.with_borrow_mut(|within| within.retain(|n| *n != self.0));
    }
}
