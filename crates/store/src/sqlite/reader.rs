//! Connections for reading, opened when first needed and kept.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use base::{Error, Result};
use rusqlite::Connection;

use super::{Session, connect};
use crate::tx::Session as AnySession;
use crate::worker::{closed, guarded};
use crate::{Options, Tx};

/// Instructions of SQLite's machine between two looks at the clock.
const STEPS: i32 = 20_000;
/// How long a reader waits for a free connection.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Readers {
    file: PathBuf,
    cache_bytes: usize,
    limit: Duration,
    most: usize,
    state: Mutex<State>,
    free: Condvar,
    start: Instant,
}

#[derive(Default)]
struct State {
    idle: Vec<Reader>,
    opened: usize,
    is_closed: bool,
}

struct Reader {
    tx: Tx,
    /// Milliseconds since the pool's start after which a statement is broken off; 0 is never.
    deadline: Arc<AtomicU64>,
}

impl Readers {
    pub fn new(file: PathBuf, options: &Options, cache_bytes: usize) -> Self {
        Readers {
            file,
            cache_bytes,
            limit: options.read_limit,
            most: options.connections.max(1),
            state: Mutex::default(),
            free: Condvar::new(),
            start: Instant::now(),
        }
    }

    /// All statements of the closure see one state of the data.
    pub fn read<T>(&self, f: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let mut reader = self.take()?;
        let end = self.start.elapsed().saturating_add(self.limit);
        reader.deadline.store(u64::try_from(end.as_millis()).unwrap_or(0), Ordering::Relaxed);
        let outcome = guarded(|| {
            control(&mut reader.tx, "begin")?;
            f(&mut reader.tx)
        });
        reader.deadline.store(0, Ordering::Relaxed);
        let is_sound = control(&mut reader.tx, "rollback").is_ok();
        reader.tx.reset();
        self.give_back(is_sound.then_some(reader));
        outcome
    }

    fn take(&self) -> Result<Reader> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let until = Instant::now() + PATIENCE;
        loop {
            if state.is_closed {
                return Err(closed());
            }
            // The connection used last has the warmest cache.
            if let Some(reader) = state.idle.pop() {
                return Ok(reader);
            }
            if state.opened < self.most {
                state.opened += 1;
                drop(state);
                return self.open().inspect_err(|_| self.give_back(None));
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Error::new(base::Code::Unavailable, "Too many requests are waiting; please try again in a moment"));
            }
            state = self.free.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn open(&self) -> Result<Reader> {
        let mut connection = connect(&self.file, self.cache_bytes)?;
        connection.pragma_update(None, "query_only", true)?;
        let deadline = Arc::new(AtomicU64::new(0));
        watch(&mut connection, Arc::clone(&deadline), self.start)?;
        Ok(Reader { tx: Tx::reading(AnySession::Sqlite(Session { connection })), deadline })
    }

    fn give_back(&self, reader: Option<Reader>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match reader {
            Some(reader) if !state.is_closed => state.idle.push(reader),
            _ => state.opened = state.opened.saturating_sub(1),
        }
        drop(state);
        self.free.notify_one();
    }

    pub fn close(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.is_closed = true;
        state.idle.clear();
        drop(state);
        self.free.notify_all();
    }
}

fn watch(connection: &mut Connection, deadline: Arc<AtomicU64>, start: Instant) -> Result<()> {
    let is_late = move || {
        let end = deadline.load(Ordering::Relaxed);
        end != 0 && start.elapsed().as_millis() > u128::from(end)
    };
    Ok(connection.progress_handler(STEPS, Some(is_late))?)
}

fn control(tx: &mut Tx, text: &str) -> Result<()> {
    match &mut tx.session {
        AnySession::Sqlite(session) => session.control(text),
        AnySession::Postgres(_) => Err(Error::internal("a reader of SQLite has another connection")),
    }
}
