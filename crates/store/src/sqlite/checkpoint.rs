//! Moves what was committed from the write-ahead log into the file, on a thread of its own, so that writers do not wait
//! for it.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;

use base::Result;
use rusqlite::Connection;
use rusqlite::hooks::Wal;

use super::connect;
use crate::worker::join;

/// Pages of the log between two rounds (4 MB).
const STEP: i32 = 1_000;
/// When the log is longer than this the writer helps itself (100 MB): under steady writing only it can come to an end.
const LONGEST: i32 = 25_000;
const CACHE: usize = 1 << 20;

pub(super) struct Checkpointer {
    signal: Arc<Signal>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct Signal {
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Default)]
struct State {
    is_due: bool,
    is_closed: bool,
}

impl Checkpointer {
    /// Watches the commits of the writer's connection, in place of SQLite's own checkpoints.
    pub fn start(file: &Path, writer: &mut Connection) -> Result<Self> {
        let connection = connect(file, CACHE)?;
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        let signal = Arc::new(Signal::default());
        let served = Arc::clone(&signal);
        let thread = std::thread::Builder::new().name("store-checkpoint".to_string()).spawn(move || served.serve(&connection))?;
        let (told, mut seen) = (Arc::clone(&signal), 0);
        writer.wal_hook(Some(move |wal: &mut Wal, pages| told.committed(wal, pages, &mut seen)))?;
        Ok(Checkpointer { signal, thread: Mutex::new(Some(thread)) })
    }

    pub fn close(&self) {
        self.signal.state.lock().unwrap_or_else(PoisonError::into_inner).is_closed = true;
        self.signal.wake.notify_all();
        if let Some(thread) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() {
            join(thread);
        }
    }
}

impl Signal {
    /// `seen` are the pages at the last round; the log begins anew when all of it was moved.
    ///
    /// What goes wrong here is no matter of the commit, which has taken place: its error would be told as that of the commit.
    fn committed(&self, wal: &mut Wal, pages: i32, seen: &mut i32) -> rusqlite::Result<()> {
        if pages < *seen {
            *seen = 0;
        }
        if pages - *seen < STEP {
            return Ok(());
        }
        *seen = pages;
        if pages >= LONGEST {
            // Busy when the other thread is at it.
            if let Err(error) = wal.checkpoint() {
                tracing::debug!(%error, "the write-ahead log is moved a little later");
            }
            return Ok(());
        }
        self.state.lock().unwrap_or_else(PoisonError::into_inner).is_due = true;
        self.wake.notify_one();
        Ok(())
    }

    fn serve(&self, connection: &Connection) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while !state.is_closed {
            if state.is_due {
                state.is_due = false;
                drop(state);
                if let Err(error) = connection.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(())) {
                    tracing::warn!(%error, "the write-ahead log could not be moved into the database; it is tried again");
                }
                state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            } else {
                state = self.wake.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }
}
