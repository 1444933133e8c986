//! The one thread that writes: many requests, each taken back alone if it fails, in one commit.
//!
//! While a commit waits for the disk further requests gather and share the next one. A request is answered after the
//! commit that carries it, and not before.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use base::{Code, Error, Result};
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::Session;
use crate::Tx;
use crate::notice::{Hub, Notice};
use crate::store::Inside;
use crate::tx::Session as AnySession;
use crate::worker::{closed, guarded, join};

/// Requests in one commit at most.
const MOST: usize = 256;
/// A commit takes further requests for this long at most.
const LONGEST: Duration = Duration::from_millis(5);
/// How long a commit waits for the companions that the last one had.
const LINGER: Duration = Duration::from_micros(300);
/// Requests that may wait; a caller beyond that is refused.
const WAITING: usize = 10_000;

pub(super) struct Writer {
    queue: Mutex<Option<SyncSender<Box<dyn Job>>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// A request, whatever its closure returns.
trait Job: Send {
    fn run(&mut self, tx: &mut Tx) -> bool;
    /// Answers; with an error if the commit failed after a successful run.
    fn answer(self: Box<Self>, failure: Option<Error>);
}

struct Request<T, F> {
    f: F,
    store: u64,
    outcome: Option<Result<T>>,
    reply: oneshot::Sender<(F, Result<T>)>,
}

impl<T, F> Job for Request<T, F>
where
    T: Send,
    F: FnMut(&mut Tx) -> Result<T> + Send,
{
    fn run(&mut self, tx: &mut Tx) -> bool {
        let outcome = guarded(|| {
            let _inside = Inside::enter(self.store)?;
            (self.f)(tx)
        });
        let outcome = tx.verdict(outcome);
        let is_good = outcome.is_ok();
        self.outcome = Some(outcome);
        is_good
    }

    fn answer(self: Box<Self>, failure: Option<Error>) {
        let outcome = match (self.outcome, failure) {
            (Some(Err(error)), _) => Err(error),
            (_, Some(failure)) => Err(failure),
            (Some(done), None) => done,
            (None, None) => Err(closed()),
        };
        // The caller may have gone away.
        let _ = self.reply.send((self.f, outcome));
    }
}

impl Writer {
    pub fn start(connection: Connection, hub: Hub) -> Result<Self> {
        let (queue, requests) = sync_channel(WAITING);
        let tx = Tx::writing(AnySession::Sqlite(Session { connection }));
        let mut work = Work { tx, hub, requests, expected: 1 };
        let thread = std::thread::Builder::new().name("store-writer".to_string()).spawn(move || work.serve())?;
        Ok(Writer { queue: Mutex::new(Some(queue)), thread: Mutex::new(Some(thread)) })
    }

    pub fn submit<T, F>(&self, f: F, store: u64) -> Result<oneshot::Receiver<(F, Result<T>)>>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(closed)?;
        let (reply, answer) = oneshot::channel();
        let full = |_| Error::new(Code::Unavailable, "Too many changes are waiting; please try again in a moment");
        queue.try_send(Box::new(Request { f, store, outcome: None, reply })).map_err(full)?;
        Ok(answer)
    }

    pub fn close(&self) {
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        if let Some(thread) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() {
            join(thread);
        }
    }
}

struct Work {
    tx: Tx,
    hub: Hub,
    requests: Receiver<Box<dyn Job>>,
    /// Requests in the last commit.
    expected: usize,
}

/// Requests that ran well and wait for their commit, and what they want told.
#[derive(Default)]
struct Batch {
    done: Vec<Box<dyn Job>>,
    notices: Vec<Notice>,
    size: usize,
}

impl Work {
    fn serve(&mut self) {
        while let Ok(first) = self.requests.recv() {
            let begun = self.control("begin immediate");
            match begun {
                Ok(()) => self.gather(first),
                Err(error) => first.answer(Some(error)),
            }
        }
        // Nobody else looks at the outcome; the next start does it again.
        let _ = self.control(super::statistics::RENEW);
    }

    fn gather(&mut self, first: Box<dyn Job>) {
        let begin = Instant::now();
        let mut batch = Batch::default();
        let mut next = Some(first);
        while let Some(job) = next {
            if !self.run(job, &mut batch) {
                return;
            }
            next = self.companion(begin, &batch);
        }
        self.expected = batch.size;
        self.commit(batch);
    }

    /// The next request for this commit: one that waits already, or one of those that came along with the last commit
    /// and will be here in a moment.
    fn companion(&self, begin: Instant, batch: &Batch) -> Option<Box<dyn Job>> {
        let spent = begin.elapsed();
        if batch.size >= MOST || spent >= LONGEST {
            return None;
        }
        let patience = if batch.size < self.expected { LINGER.saturating_sub(spent) } else { Duration::ZERO };
        self.requests.recv_timeout(patience).ok()
    }

    /// Runs one request. False if the whole transaction was lost by it and all were told.
    ///
    /// The first one has the transaction to itself and can be taken back with it; a savepoint, which copies every page
    /// before it is touched, is for those that follow.
    fn run(&mut self, mut job: Box<dyn Job>, batch: &mut Batch) -> bool {
        let (begin, keep, take_back): (&str, &str, &[&str]) = match batch.done.is_empty() {
            true => ("", "", &["rollback", "begin immediate"]),
            false => ("savepoint request", "release savepoint request", &["rollback to savepoint request", "release savepoint request"]),
        };
        batch.size += 1;
        self.tx.reset();
        if let Err(error) = self.control(begin) {
            job.answer(Some(error));
            return self.is_open_or_lost(batch);
        }
        let is_good = job.run(&mut self.tx);
        let kept = if is_good { self.control(keep) } else { Err(Error::internal("unused")) };
        match kept {
            Ok(()) => {
                batch.notices.append(&mut self.tx.notices);
                batch.done.push(job);
            }
            Err(error) => {
                for text in take_back {
                    // Fails where the error ended the transaction; that is seen below.
                    let _ = self.control(text);
                }
                job.answer(Some(error));
            }
        }
        self.is_open_or_lost(batch)
    }

    /// Some errors (a full disk, a broken read) end the transaction and take the neighbours' work with them.
    fn is_open_or_lost(&mut self, batch: &mut Batch) -> bool {
        let is_open = matches!(&self.tx.session, AnySession::Sqlite(session) if !session.connection.is_autocommit());
        if !is_open {
            for job in batch.done.drain(..) {
                let lost = Error::new(Code::Unavailable, "The database broke off a group of changes; nothing was saved");
                job.answer(Some(lost.retryable()));
            }
        }
        is_open
    }

    fn commit(&mut self, batch: Batch) {
        match self.control("commit") {
            Ok(()) => {
                self.hub.publish(batch.notices);
                batch.done.into_iter().for_each(|job| job.answer(None));
            }
            Err(error) => {
                tracing::error!(cause = ?error, requests = batch.done.len(), "a commit failed");
                // Where the error ended the transaction there is nothing left to roll back.
                let _ = self.control("rollback");
                for job in batch.done {
                    job.answer(Some(Error::new(error.code(), error.message()).with_source(format!("commit failed: {error:?}"))));
                }
            }
        }
    }

    fn control(&mut self, text: &str) -> Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        match &mut self.tx.session {
            AnySession::Sqlite(session) => session.control(text),
            AnySession::Postgres(_) => Err(Error::internal("the writer of SQLite has another connection")),
        }
    }
}

#[cfg(test)]
mod tests {
    use base::{Code, Result};

    use crate::{Location, Options, Sql, Store, Tx};

    fn run(tx: &mut Tx, text: &str) -> Result<()> {
        tx.define(&Sql::raw(tx.dialect(), text))
    }

    fn count(store: &Store) -> i64 {
        store.read(|tx| tx.first(&Sql::raw(tx.dialect(), "select count(*) from thing"), |row| row.must_int(0))).unwrap().unwrap()
    }

    /// A full disk ends the whole transaction, whatever savepoints it has.
    #[test]
    fn neighbours_of_a_request_that_loses_the_transaction_are_run_again() {
        let folder = std::env::temp_dir().join(format!("legame-writer-{}", base::Id::new()));
        let store = Store::open(&Location::Folder(folder.clone()), &Options::default()).unwrap();
        store.write(|tx| run(tx, "create table thing (t text)")).unwrap();
        std::thread::scope(|scope| {
            for n in 0..40 {
                let store = store.clone();
                scope.spawn(move || {
                    let written = store.write(move |tx| {
                        run(tx, "insert into thing values ('small')")?;
                        if n % 10 == 0 {
                            let _ = run(tx, "pragma max_page_count = 20");
                            let full = run(tx, "insert into thing values (hex(randomblob(200000)))");
                            let _ = run(tx, "pragma max_page_count = 1000000");
                            full?;
                        }
                        Ok(())
                    });
                    match n % 10 {
                        0 => assert_eq!(written.unwrap_err().code(), Code::Unavailable),
                        _ => written.unwrap(),
                    }
                });
            }
        });
        assert_eq!(count(&store), 36);
        store.close();
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_log_stays_short_under_steady_writing() {
        let folder = std::env::temp_dir().join(format!("legame-writer-{}", base::Id::new()));
        let store = Store::open(&Location::Folder(folder.clone()), &Options::default()).unwrap();
        store.write(|tx| run(tx, "create table thing (t text)")).unwrap();
        for _ in 0..60 {
            store.write(|tx| (0..50).try_for_each(|_| run(tx, "insert into thing values (hex(randomblob(10000)))"))).unwrap();
        }
        assert_eq!(count(&store), 3_000);
        let log = std::fs::metadata(folder.join("main.db-wal")).unwrap().len();
        assert!(log < 110 << 20, "{log}");
        store.close();
        assert!(!folder.join("main.db-wal").exists());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_commit_counts_even_when_others_move_the_log_at_the_same_moment() {
        let folder = std::env::temp_dir().join(format!("legame-writer-{}", base::Id::new()));
        let store = Store::open(&Location::Folder(folder.clone()), &Options::default()).unwrap();
        store.write(|tx| run(tx, "create table thing (t text)")).unwrap();
        let open = || rusqlite::Connection::open(folder.join("main.db")).unwrap();
        // As long as somebody reads what was, the log cannot begin anew.
        let reader = open();
        reader.execute_batch("begin; select count(*) from thing").unwrap();
        let is_over = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            let other = open();
            let is_over = &is_over;
            scope.spawn(move || {
                while !is_over.load(std::sync::atomic::Ordering::SeqCst) {
                    let _ = other.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(()));
                }
            });
            let written: Vec<Result<()>> = (0..60)
                .map(|_| store.write(|tx| (0..25).try_for_each(|_| run(tx, "insert into thing values (hex(randomblob(50000)))"))))
                .collect();
            is_over.store(true, std::sync::atomic::Ordering::SeqCst);
            assert_eq!(written.iter().find(|outcome| outcome.is_err()).map(|o| format!("{o:?}")), None);
        });
        assert_eq!(count(&store), 1_500);
        drop(reader);
        store.close();
        std::fs::remove_dir_all(folder).unwrap();
    }
}
