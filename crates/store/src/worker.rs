//! A bounded number of threads that run blocking work for async callers.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;

use base::{Code, Error, Result};

type Work = Box<dyn FnOnce() + Send>;

/// Work waiting beyond this is refused, since nobody would wait that long for its answer.
const MAX_WAITING: usize = 10_000;

pub(crate) struct Workers {
    queue: Arc<Queue>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

struct Queue {
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Work>,
    is_closed: bool,
}

impl Workers {
    pub fn start(count: usize) -> Result<Self> {
        let queue = Arc::new(Queue { state: Mutex::default(), wake: Condvar::new() });
        let mut threads = Vec::new();
        for n in 0..count {
            let queue = Arc::clone(&queue);
            threads.push(std::thread::Builder::new().name(format!("store-{n}")).spawn(move || queue.serve())?);
        }
        Ok(Workers { queue, threads: Mutex::new(threads) })
    }

    /// `Unavailable` when too much waits already or the store is closed.
    pub fn submit(&self, work: impl FnOnce() + Send + 'static) -> Result<()> {
        let mut state = self.queue.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.is_closed {
            return Err(closed());
        }
        if state.waiting.len() >= MAX_WAITING {
            return Err(Error::new(Code::Unavailable, "Too many requests are waiting; please try again in a moment"));
        }
        state.waiting.push_back(Box::new(work));
        drop(state);
        self.queue.wake.notify_one();
        Ok(())
    }

    /// Lets the waiting work end and the threads with it.
    pub fn close(&self) {
        self.queue.state.lock().unwrap_or_else(PoisonError::into_inner).is_closed = true;
        self.queue.wake.notify_all();
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        threads.into_iter().for_each(join);
    }
}

impl Queue {
    fn serve(&self) {
        while let Some(work) = self.next() {
            if catch_unwind(AssertUnwindSafe(work)).is_err() {
                tracing::error!("a worker of the store panicked outside a transaction");
            }
        }
    }

    fn next(&self) -> Option<Work> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(work) = state.waiting.pop_front() {
                return Some(work);
            }
            if state.is_closed {
                return None;
            }
            state = self.wake.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Waits for a thread, unless it is this one (the last handle of a store may be dropped by its own thread).
pub(crate) fn join(thread: JoinHandle<()>) {
    if thread.thread().id() != std::thread::current().id() {
        // A panic was already caught and told.
        let _ = thread.join();
    }
}

pub(crate) fn closed() -> Error {
    Error::new(Code::Unavailable, "The database is closed")
}

/// Runs a closure of the caller; a panic becomes an `Internal` error.
pub(crate) fn guarded<T>(f: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(f)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().map(ToString::to_string).or_else(|| panic.downcast_ref::<String>().cloned());
        Err(Error::internal(format!("panic in a transaction: {}", text.unwrap_or_default())))
    })
}
