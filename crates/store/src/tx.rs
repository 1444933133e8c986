//! One transaction, on either database.

use base::{Error, Result};

use crate::notice::{self, Notice};
use crate::row::Row;
use crate::{Dialect, Sql, postgres, sqlite};

/// Handed to the closures of [`crate::Store`]; it commits when the closure gives `Ok` and is rolled back otherwise.
///
/// After a statement failed on PostgreSQL the transaction takes no further ones; what may fail and be gone on from
/// stands in a [`Tx::savepoint`].
pub struct Tx {
    pub(crate) session: Session,
    pub(crate) notices: Vec<Notice>,
    depth: usize,
}

// One lives per thread at most, so the difference in size is no matter.
#[expect(clippy::large_enum_variant, reason = "one value per thread")]
pub(crate) enum Session {
    Sqlite(sqlite::Session),
    Postgres(postgres::Session),
}

impl Tx {
    pub(crate) fn new(session: Session) -> Self {
        Tx { session, notices: Vec::new(), depth: 0 }
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
        match &mut self.session {
            Session::Sqlite(session) => session.execute(sql),
            Session::Postgres(session) => session.execute(sql),
        }
    }

    /// Runs statements in their order and waits for all at once, which saves PostgreSQL a journey for each.
    pub fn execute_all(&mut self, statements: &[Sql]) -> Result<Vec<u64>> {
        match &mut self.session {
            Session::Sqlite(session) => statements.iter().map(|sql| session.execute(sql)).collect(),
            Session::Postgres(session) => session.execute_all(statements),
        }
    }

    /// Changes tables; the statement is not kept for the next time.
    pub fn define(&mut self, sql: &Sql) -> Result<()> {
        match &mut self.session {
            Session::Sqlite(session) => session.define(sql),
            Session::Postgres(session) => session.define(sql),
        }
    }

    /// Steps through the rows of a result without collecting them.
    pub fn each(&mut self, sql: &Sql, f: &mut dyn FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        match &mut self.session {
            Session::Sqlite(session) => session.each(sql, &mut |row| f(row).map(|()| true)),
            Session::Postgres(session) => session.each(sql, &mut |row| f(row).map(|()| true)),
        }
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
        let mut step = |row: &Row<'_>| {
            found = Some(f(row)?);
            Ok(false)
        };
        match &mut self.session {
            Session::Sqlite(session) => session.each(sql, &mut step)?,
            Session::Postgres(session) => session.each(sql, &mut step)?,
        }
        Ok(found)
    }

    /// A part that is rolled back alone when it gives `Err`; its notices are forgotten with it.
    pub fn savepoint<T>(&mut self, f: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let name = format!("part_{}", self.depth);
        let told = self.notices.len();
        self.control(&format!("savepoint {name}"))?;
        self.depth += 1;
        let outcome = f(self);
        self.depth -= 1;
        if outcome.is_err() {
            self.notices.truncate(told);
            self.control(&format!("rollback to savepoint {name}"))?;
        }
        self.control(&format!("release savepoint {name}"))?;
        outcome
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

    fn control(&mut self, text: &str) -> Result<()> {
        match &mut self.session {
            Session::Sqlite(session) => session.control(text),
            Session::Postgres(session) => session.control(text),
        }
    }

    /// Forgets what an ended request left behind.
    pub(crate) fn reset(&mut self) {
        self.notices.clear();
        self.depth = 0;
    }
}
