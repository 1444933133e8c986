//! Moves readers along the log, woken by each commit, and runs jobs that are due.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use base::{Error, Result};
use store::{Dialect, Notice, Param, Sql, Tx};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use super::Reader;
use crate::ctx::Ctx;
use crate::event::{self, Event};
use crate::job;
use crate::workspace::{Engine, layer};

/// Events that one step takes at most; a step is one transaction and must stay short.
const STEP: i64 = 100;
/// Looks for jobs that are due at most this often.
const JOBS_EVERY: Duration = Duration::from_secs(2);
/// Looks at the log at least this often, should a notice be lost.
const AT_LEAST_EVERY: Duration = Duration::from_secs(5);

/// The planner of queries hears this often of tables that grew much.
const OPTIMIZE_EVERY: Duration = Duration::from_mins(10);
/// A day's pass rests as long as its last step took, at most this long: most of the machine is the people's.
const REST: Duration = Duration::from_millis(250);

/// The thread that moves readers along.
pub struct Running {
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Ends after the step in hand.
    pub fn stop(mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub fn start(engine: &Arc<Engine>) -> Result<Running> {
    let stopping = Arc::new(AtomicBool::new(false));
    let (engine, flag) = (Arc::clone(engine), Arc::clone(&stopping));
    let mut notices = engine.store().subscribe();
    let thread = std::thread::Builder::new().name("readers".to_string()).spawn(move || {
        let mut looked: Option<Instant> = None;
        let mut optimized = Instant::now();
        let goes_on = || !flag.load(Ordering::SeqCst);
        let read = || {
            if let Err(error) = follow(&engine, &goes_on) {
                tracing::error!(?error, "a reader of the log failed; it is tried again");
                std::thread::sleep(Duration::from_secs(1));
            }
        };
        while goes_on() {
            read();
            if looked.is_none_or(|at| at.elapsed() >= JOBS_EVERY) {
                // A day's pass over a million records takes minutes; what people do meanwhile is read between its steps.
                let begun = Cell::new(Instant::now());
                job::run_due(&Ctx::system(&engine), &|| {
                    read();
                    std::thread::sleep(begun.get().elapsed().min(REST));
                    begun.set(Instant::now());
                    goes_on()
                });
                looked = Some(Instant::now());
            }
            if optimized.elapsed() >= OPTIMIZE_EVERY {
                if let Err(error) = engine.store().optimize() {
                    tracing::error!(?error, "the statistics of the query planner were not renewed");
                }
                optimized = Instant::now();
            }
            if wait(&mut notices, &flag)
                && let Err(error) = layer::reload(&engine)
            {
                tracing::error!(?error, "the declarations that another process changed cannot be loaded");
            }
        }
    })?;
    Ok(Running { stopping, thread: Some(thread) })
}

/// Until something was committed, or some time went by; answers whether the declarations were changed.
fn wait(notices: &mut Receiver<Notice>, stopping: &AtomicBool) -> bool {
    let step = Duration::from_millis(20);
    let mut waited = Duration::ZERO;
    while waited < AT_LEAST_EVERY && !stopping.load(Ordering::SeqCst) {
        let (mut is_woken, mut is_changed) = (false, false);
        loop {
            match notices.try_recv() {
                Ok(notice) => {
                    is_woken = true;
                    is_changed |= notice.channel == layer::CHANNEL;
                }
                Err(TryRecvError::Lagged(_)) => (is_woken, is_changed) = (true, true),
                Err(_) => break,
            }
        }
        if is_woken {
            return is_changed;
        }
        std::thread::sleep(step);
        waited += step;
    }
    false
}

/// Brings every reader to the end of the log.
pub fn catch_up(engine: &Arc<Engine>) -> Result<()> {
    follow(engine, &|| true)
}

/// The same for as long as it may go on: after a large import a reader has minutes of work.
fn follow(engine: &Arc<Engine>, goes_on: &dyn Fn() -> bool) -> Result<()> {
    for reader in engine.readers().collect::<Vec<_>>() {
        while goes_on() && step(engine, reader)? {}
    }
    Ok(())
}

/// One step of one reader; answers whether more may follow.
fn step(engine: &Arc<Engine>, reader: &'static dyn Reader) -> Result<bool> {
    let engine_of_step = Arc::clone(engine);
    engine.store().write(move |tx| {
        let (xact, seq) = cursor(tx, reader.name())?;
        let events = after(tx, xact, seq)?;
        let Some((last_xact, last)) = events.last().map(|(x, e)| (*x, e.seq)) else { return Ok(false) };
        let full = i64::try_from(events.len()).unwrap_or(STEP) == STEP;
        let wanted: Vec<Event> = events.into_iter().map(|(_, e)| e).filter(|e| reader.wants(e)).collect();
        if !wanted.is_empty() {
            reader.read(&Ctx::system(&engine_of_step), tx, &wanted)?;
        }
        let text = "update reader_cursor set xact = ?2, seq = ?3 where name = ?1";
        tx.execute(&Sql::fill(tx.dialect(), text, [Param::from(reader.name()), last_xact.into(), last.into()]))?;
        Ok(full)
    })
}

/// The cursor, locked for this transaction so that two processes do not run one reader at once.
fn cursor(tx: &mut Tx, name: &str) -> Result<(i64, i64)> {
    let text = "insert into reader_cursor (name, xact, seq) values (?1, 0, 0) on conflict (name) do nothing";
    tx.execute(&Sql::fill(tx.dialect(), text, [Param::from(name)]))?;
    let text = format!("select xact, seq from reader_cursor where name = ?1{}", tx.dialect().lock());
    let found = tx.first(&Sql::fill(tx.dialect(), &text, [Param::from(name)]), |row| Ok((row.must_int(0)?, row.must_int(1)?)))?;
    found.ok_or_else(|| Error::internal("a reader without cursor"))
}

fn after(tx: &mut Tx, xact: i64, seq: i64) -> Result<Vec<(i64, Event)>> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select ").push(event::COLUMNS).push(", e.xact from event e left join event_payload p on p.seq = e.rid where ");
    match tx.dialect() {
        Dialect::Sqlite => {
            sql.push("e.rid > ").bind(seq).push(" order by e.rid");
        }
        Dialect::Postgres => {
            sql.push("(e.xact, e.rid) > (").bind(xact).push(", ").bind(seq).push(") and e.xact < ");
            sql.push(tx.dialect().settled_below()).push(" order by e.xact, e.rid");
        }
    }
    sql.push(&format!(" limit {STEP}"));
    tx.all(&sql, |row| Ok((row.must_int(16)?, event::row(row)?)))
}
