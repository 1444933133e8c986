//! A connection of the pool that runs statements for a blocking thread.

use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use base::{Code, Error, Result};
use deadpool_postgres::Client;
use futures_util::Stream;
use futures_util::future::{join, maybe_done};
use tokio::runtime::Handle;
use tokio_postgres::Statement;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::error::translate;
use crate::row::{Row, Source};
use crate::{Param, Sql};

/// Statements that are under way at once.
const PIPELINE: usize = 256;

pub(crate) struct Session {
    pub client: Client,
    pub runtime: Handle,
    /// Reads are broken off after this; writes are not.
    pub limit: Option<Duration>,
    /// For the connection that breaks a read off.
    pub tls: MakeRustlsConnect,
    /// Something was left under way, so the connection cannot be used again.
    pub is_broken: bool,
    /// Statements whose outcome nobody asked for; they travel with the next one.
    pub waiting: Vec<Sql>,
}

impl Session {
    pub fn execute(&mut self, sql: &Sql) -> Result<u64> {
        self.must_write()?;
        let waiting = std::mem::take(&mut self.waiting);
        let client = &self.client;
        self.runtime.block_on(async {
            let before = prepare_all(client, &waiting).await?;
            let statement = prepare(client, sql).await?;
            let (before, count) = join(together(client, &waiting, &before), run(client, &statement, sql)).await;
            before.and(count)
        })
    }

    /// Statements that travel with the next one, or with the end of the transaction or part.
    pub fn execute_later(&mut self, statements: Vec<Sql>) -> Result<()> {
        self.must_write()?;
        self.waiting.extend(statements);
        if self.waiting.len() < PIPELINE { Ok(()) } else { self.settle() }
    }

    /// Runs what waits.
    pub fn settle(&mut self) -> Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.waiting);
        let client = &self.client;
        self.runtime.block_on(async {
            let before = prepare_all(client, &waiting).await?;
            together(client, &waiting, &before).await
        })
    }

    pub fn define(&mut self, sql: &Sql) -> Result<()> {
        self.must_write()?;
        if !sql.params().is_empty() {
            return Err(Error::internal("a statement that changes tables takes no parameters"));
        }
        self.control(sql.text())
    }

    /// Steps through the answers to questions that travel together, until the closure says `false`; it is told which
    /// question a row answers.
    pub fn each(&mut self, questions: &[Sql], f: &mut dyn FnMut(usize, &Row<'_>) -> Result<bool>) -> Result<()> {
        if self.limit.is_some() && !questions.iter().all(|sql| is_reading(sql.text())) {
            self.must_write()?;
        }
        let waiting = std::mem::take(&mut self.waiting);
        let client = &self.client;
        let steps = step(client, &waiting, questions, f);
        match self.limit {
            None => self.runtime.block_on(steps),
            Some(limit) => {
                let outcome = self.runtime.block_on(async { tokio::time::timeout(limit, steps).await });
                outcome.unwrap_or_else(|_| Err(self.break_off()))
            }
        }
    }

    /// Statements of our own, without values. What waits goes before, and is forgotten by a roll-back.
    pub fn control(&mut self, text: &str) -> Result<()> {
        if text.starts_with("rollback") {
            self.waiting.clear()
        } else {
            self.settle()?
        }
        self.runtime.block_on(self.client.batch_execute(text)).map_err(|e| translate(e, text))
    }

    fn must_write(&self) -> Result<()> {
        match self.limit {
            None => Ok(()),
            Some(_) => Err(Error::internal("a read tried to write")),
        }
    }

    fn break_off(&mut self) -> Error {
        self.is_broken = true;
        let (cancel, tls) = (self.client.cancel_token(), self.tls.clone());
        // Best effort: the connection is thrown away in any case.
        drop(self.runtime.spawn(async move { cancel.cancel_query(tls).await }));
        Error::new(Code::Unavailable, "This took too long and was broken off")
    }
}

fn is_reading(text: &str) -> bool {
    let start = text.lines().map(str::trim_start).find(|line| !line.is_empty() && !line.starts_with("--")).unwrap_or_default();
    ["select", "with", "values", "explain", "show", "("].iter().any(|word| start.starts_with(word))
}

async fn prepare(client: &Client, sql: &Sql) -> Result<Statement> {
    let statement = if sql.is_once() { client.prepare(sql.text()).await } else { client.prepare_cached(sql.text()).await };
    statement.map_err(|e| translate(e, sql.text()))
}

async fn prepare_all(client: &Client, statements: &[Sql]) -> Result<Vec<Statement>> {
    let mut prepared = Vec::with_capacity(statements.len());
    for sql in statements {
        prepared.push(prepare(client, sql).await?);
    }
    Ok(prepared)
}

async fn run(client: &Client, statement: &Statement, sql: &Sql) -> Result<u64> {
    client.execute_raw::<_, &Param, _>(statement, sql.params()).await.map_err(|e| failed(client, e, sql))
}

async fn step(client: &Client, waiting: &[Sql], questions: &[Sql], f: &mut dyn FnMut(usize, &Row<'_>) -> Result<bool>) -> Result<()> {
    let before = prepare_all(client, waiting).await?;
    let prepared = at_once(questions.iter().map(|sql| prepare(client, sql))).await.into_iter().collect::<Result<Vec<_>>>()?;
    let mut before = pin!(maybe_done(together(client, waiting, &before)));
    let ask = |(sql, statement)| Box::pin(maybe_done(client.query_raw::<_, &Param, _>(statement, Sql::params(sql))));
    let mut asked: Vec<_> = questions.iter().zip(&prepared).map(ask).collect();
    // The first poll of each sends it. The answers are read one after another: the connection holds back what follows a
    // result that nobody reads, so waiting for them all would never end.
    std::future::poll_fn(|cx| {
        let _ = before.as_mut().poll(cx);
        for question in &mut asked {
            let _ = question.as_mut().poll(cx);
        }
        Poll::Ready(())
    })
    .await;
    before.as_mut().await;
    before.as_mut().take_output().transpose()?;
    for (at, (mut question, sql)) in asked.into_iter().zip(questions).enumerate() {
        question.as_mut().await;
        let Some(answer) = question.as_mut().take_output() else { continue };
        let mut rows = pin!(answer.map_err(|e| failed(client, e, sql))?);
        while let Some(row) = std::future::poll_fn(|cx| rows.as_mut().poll_next(cx)).await {
            let row = row.map_err(|e| failed(client, e, sql))?;
            if !f(at, &Row(Source::Postgres(&row)))? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// A kept statement may have been overtaken by a change of its tables; it is prepared anew the next time.
fn failed(client: &Client, error: tokio_postgres::Error, sql: &Sql) -> Error {
    if error.as_db_error().is_some_and(|db| matches!(db.code().code(), "0A000" | "26000")) {
        client.statement_cache.remove(sql.text(), &[]);
    }
    translate(error, sql.text())
}

async fn together(client: &Client, statements: &[Sql], prepared: &[Statement]) -> Result<()> {
    let runs = statements.iter().zip(prepared).map(|(sql, statement)| run(client, statement, sql));
    at_once(runs).await.into_iter().try_for_each(|outcome| outcome.map(drop))
}

/// Starts all in their order at its first poll and waits for all, so that they travel together.
async fn at_once<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<Pin<Box<F>>> = futures.map(Box::pin).collect();
    let mut done: Vec<Option<F::Output>> = running.iter().map(|_| None).collect();
    std::future::poll_fn(|cx| {
        let mut is_waiting = false;
        for (future, slot) in running.iter_mut().zip(&mut done).filter(|(_, slot)| slot.is_none()) {
            match future.as_mut().poll(cx) {
                Poll::Ready(outcome) => *slot = Some(outcome),
                Poll::Pending => is_waiting = true,
            }
        }
        if is_waiting { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    done.into_iter().flatten().collect()
}
