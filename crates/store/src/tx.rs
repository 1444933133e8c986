//! One transaction, on either database.

use std::any::Any;
use std::collections::HashSet;

use base::{Error, Id, Result};

use crate::notice::{self, Notice};
use crate::row::Row;
use crate::{Dialect, Sql, postgres, sqlite};

/// Records that one transaction keeps from others one by one (see [`Tx::take_turns`]).
const TURNS: usize = 64;

/// Handed to the closures of [`crate::Store`]; it commits when the closure gives `Ok` and is rolled back otherwise.
///
/// After a statement failed the transaction takes no further ones and does not commit, on either database; what may fail
/// and be gone on from stands in a [`Tx::savepoint`].
pub struct Tx {
    pub(crate) session: Session,
    pub(crate) notices: Vec<Notice>,
    depth: usize,
    /// A statement failed and nothing was rolled back since.
    is_failed: bool,
    is_reading: bool,
    /// What the layer above remembers for the length of this transaction.
    memory: Option<Box<dyn Any + Send>>,
    /// Records whose turn was taken.
    turns: HashSet<Id>,
}

/// How a database goes about a statement, as far as the layer above may choose another way.
#[derive(Debug, Default)]
pub struct Way {
    /// It collects all rows and sorts them, though only some are wanted.
    pub sorts: bool,
    /// The index by which it comes to the first table.
    pub index: Option<String>,
}

pub(crate) enum Session {
    Sqlite(sqlite::Session),
    Postgres(postgres::Session),
}

impl Tx {
    pub(crate) fn writing(session: Session) -> Self {
        Tx { session, notices: Vec::new(), depth: 0, is_failed: false, is_reading: false, memory: None, turns: HashSet::new() }
    }
    pub(crate) fn reading(session: Session) -> Self {
        Tx { is_reading: true, ..Tx::writing(session) }
    }

    /// Whatever a layer above keeps to itself while the transaction lasts, such as records that it has read; forgotten
    /// when a part is rolled back. One type per program.
    pub fn memory<T: Any + Send + Default>(&mut self) -> &mut T {
        let fits = self.memory.as_ref().is_some_and(|m| m.is::<T>());
        if !fits {
            self.memory = Some(Box::<T>::default());
        }
        match self.memory.as_mut().and_then(|m| m.downcast_mut::<T>()) {
            Some(memory) => memory,
            None => unreachable!("it was put there above"),
        }
    }

    pub fn dialect(&self) -> Dialect {
        match &self.session {
            Session::Sqlite(_) => Dialect::Sqlite,
            Session::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Runs a statement that gives no rows; returns how many rows it touched. A broken unique index, foreign key or
    /// check is a `Conflict` with a [`crate::Violation`] behind it.
    pub fn execute(&mut self, sql: &Sql) -> Result<u64> {
        self.attempt(|session| match session {
            Session::Sqlite(session) => session.execute(sql),
            Session::Postgres(session) => session.execute(sql),
        })
    }

    /// Runs statements in their order whose outcome nobody asks for. PostgreSQL gets them with the next statement, which
    /// saves a journey for each; an error of theirs is that of the next statement, or of the end of the part or transaction.
    pub fn execute_later(&mut self, statements: Vec<Sql>) -> Result<()> {
        self.attempt(|session| match session {
            Session::Sqlite(session) => statements.iter().try_for_each(|sql| session.execute(sql).map(drop)),
            Session::Postgres(session) => session.execute_later(statements),
        })
    }

    /// Changes tables; the statement has no parameters and is not kept for the next time.
    pub fn define(&mut self, sql: &Sql) -> Result<()> {
        self.attempt(|session| match session {
            Session::Sqlite(session) => session.define(sql),
            Session::Postgres(session) => session.define(sql),
        })
    }

    /// Steps through the rows of a result without collecting them. The closure may not ask the database for more.
    pub fn each(&mut self, sql: &Sql, f: &mut dyn FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        self.step(std::slice::from_ref(sql), &mut |_, row| f(row).map(|()| true))
    }

    /// As [`Tx::each`] for several questions, which PostgreSQL gets together; the closure is told which one a row answers.
    pub fn each_of(&mut self, questions: &[Sql], f: &mut dyn FnMut(usize, &Row<'_>) -> Result<()>) -> Result<()> {
        self.step(questions, &mut |at, row| f(at, row).map(|()| true))
    }

    pub fn all<T>(&mut self, sql: &Sql, mut f: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        self.each(sql, &mut |row| {
            rows.push(f(row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The first row, if there is one; further rows are not looked at.
    pub fn first<T>(&mut self, sql: &Sql, mut f: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Option<T>> {
        let mut found = None;
        let mut step = |_, row: &Row<'_>| {
            found = Some(f(row)?);
            Ok(false)
        };
        self.step(std::slice::from_ref(sql), &mut step)?;
        Ok(found)
    }

    /// How SQLite would go about a statement. PostgreSQL takes a limit into account by itself and is not asked.
    pub fn way(&mut self, sql: &Sql) -> Result<Way> {
        let mut way = Way::default();
        if self.dialect() == Dialect::Postgres {
            return Ok(way);
        }
        let mut explain = Sql::raw(self.dialect(), "explain query plan ");
        explain.append(sql.clone());
        for step in self.all(&explain, |row| row.text(3).map(|step| step.unwrap_or_default().to_string()))? {
            way.sorts |= step.contains("TEMP B-TREE");
            let index = step.split_once(" INDEX ").and_then(|(_, rest)| rest.split_whitespace().next());
            way.index = way.index.or(index.map(str::to_string));
        }
        Ok(way)
    }

    /// A part that is rolled back alone when it gives `Err`; its notices are forgotten with it.
    pub fn savepoint<T>(&mut self, f: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        if self.is_failed {
            return Err(went_on());
        }
        if self.is_reading {
            return f(self);
        }
        let name = format!("part_{}", self.depth);
        let told = self.notices.len();
        self.control(&format!("savepoint {name}"))?;
        self.depth += 1;
        let outcome = f(self);
        let outcome = self.ended(outcome);
        self.depth -= 1;
        if outcome.is_err() {
            self.notices.truncate(told);
            self.memory = None;
            // The database gives them back with the part.
            self.turns.clear();
            self.control(&format!("rollback to savepoint {name}"))?;
            self.is_failed = false;
        }
        self.control(&format!("release savepoint {name}"))?;
        outcome
    }

    /// Waits until no other transaction of the workspace has this and keeps it to the end; for what may happen once only,
    /// such as changing tables. On SQLite every write has it anyway.
    pub fn lock_workspace(&mut self) -> Result<()> {
        match self.dialect() {
            Dialect::Sqlite => Ok(()),
            Dialect::Postgres => {
                let text = "select pg_advisory_xact_lock(hashtext('legame'), hashtext(current_schema()))";
                self.each(&Sql::raw(Dialect::Postgres, text), &mut |_| Ok(()))
            }
        }
    }

    /// Waits for every other transaction that was in somebody's way twice. The wait takes no transaction number, so the
    /// log's order stays that of the writes.
    pub(crate) fn queue(&mut self) -> Result<()> {
        let text = "select pg_advisory_xact_lock(hashtext('legame again'), hashtext(current_schema()))";
        self.each(&Sql::raw(self.dialect(), text), &mut |_| Ok(()))
    }

    /// Waits until no other transaction that asked the same has any of these records, in one order for everybody, so that
    /// writers of the same records come one after another. Nothing on SQLite, where there is one writer. Takes no
    /// transaction number. Beyond [`TURNS`] records a transaction waits for the other large ones alone.
    pub fn take_turns(&mut self, records: &[Id]) -> Result<()> {
        let wanted: Vec<Id> = records.iter().filter(|id| !self.turns.contains(id)).copied().collect();
        if self.dialect() == Dialect::Sqlite || self.is_reading || wanted.is_empty() {
            return Ok(());
        }
        let is_large = self.turns.len() + wanted.len() > TURNS;
        let mut sql = Sql::new(self.dialect());
        if is_large {
            sql.push("select pg_advisory_xact_lock(hashtext('legame bulk'), hashtext(current_schema()))");
        } else {
            sql.push("select pg_advisory_xact_lock(hashtextextended(t.id, 0)) from (select value::text as id from (");
            let rows = self.dialect().rows_of(wanted.clone());
            sql.append(rows).push(") as listed order by 1) as t");
        }
        if !is_large || self.turns.len() <= TURNS {
            self.each(&sql, &mut |_| Ok(()))?;
        }
        self.turns.extend(wanted);
        Ok(())
    }

    /// A message for the subscribers of the store, in every process on PostgreSQL, delivered after the commit and only
    /// then. `Internal` if it is too long.
    pub fn notify(&mut self, notice: Notice) -> Result<()> {
        if notice.channel.len() + notice.payload.len() > notice::MAX_BYTES || notice.channel.contains('\n') {
            return Err(Error::internal(format!("a notice on {} is too long to be sent", base::text::shorten(&notice.channel, 60))));
        }
        self.notices.push(notice);
        Ok(())
    }

    /// Is there anything to tell the subscribers after the commit?
    pub fn has_notices(&self) -> bool {
        !self.notices.is_empty()
    }

    fn control(&mut self, text: &str) -> Result<()> {
        match &mut self.session {
            Session::Sqlite(session) => session.control(text),
            Session::Postgres(session) => session.control(text),
        }
    }

    fn attempt<T>(&mut self, run: impl FnOnce(&mut Session) -> Result<T>) -> Result<T> {
        if self.is_failed {
            return Err(went_on());
        }
        let outcome = run(&mut self.session);
        self.is_failed = outcome.is_err();
        outcome
    }

    /// Steps until the closure says `false`; an error of the closure is no error of the statement.
    fn step(&mut self, questions: &[Sql], f: &mut dyn FnMut(usize, &Row<'_>) -> Result<bool>) -> Result<()> {
        let mut refused = None;
        let mut guarded = |at: usize, row: &Row<'_>| match f(at, row) {
            Ok(goes_on) => Ok(goes_on),
            Err(error) => {
                refused = Some(error);
                Ok(false)
            }
        };
        self.attempt(|session| match session {
            Session::Sqlite(session) => session.each(questions, &mut guarded),
            Session::Postgres(session) => session.each(questions, &mut guarded),
        })?;
        refused.map_or(Ok(()), Err)
    }

    /// What a closure returned, unless it went on after a statement had failed.
    pub(crate) fn verdict<T>(&self, outcome: Result<T>) -> Result<T> {
        if self.is_failed && outcome.is_ok() { Err(went_on()) } else { outcome }
    }

    /// The verdict on a part that ends here, with what was still waiting.
    pub(crate) fn ended<T>(&mut self, outcome: Result<T>) -> Result<T> {
        let value = self.verdict(outcome)?;
        self.attempt(|session| match session {
            Session::Sqlite(_) => Ok(()),
            Session::Postgres(session) => session.settle(),
        })?;
        Ok(value)
    }

    /// Forgets what an ended request left behind.
    pub(crate) fn reset(&mut self) {
        self.notices.clear();
        self.depth = 0;
        self.is_failed = false;
        self.memory = None;
        self.turns.clear();
    }
}

fn went_on() -> Error {
    Error::internal("a transaction went on after one of its statements had failed")
}
