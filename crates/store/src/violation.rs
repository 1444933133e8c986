//! Which rule of a table a write broke.

use std::fmt;

use base::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViolationKind {
    Unique,
    ForeignKey,
    Check,
    NotNull,
}

/// The private cause of a `Conflict` that the database found; see [`violation`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub kind: ViolationKind,
    /// Empty where the database does not say (foreign keys on SQLite).
    pub table: String,
    /// Columns of the broken unique index, in its order; SQLite tells them for plain columns, PostgreSQL always.
    pub columns: Vec<String>,
    /// The constraint or index; PostgreSQL tells it always, SQLite for checks and indexes over expressions.
    pub constraint: Option<String>,
}

impl Violation {
    pub(crate) fn into_error(self, source: impl fmt::Display) -> Error {
        let message = match self.kind {
            ViolationKind::Unique => "Another record already has this value",
            ViolationKind::ForeignKey => "This refers to a record that does not exist, or is still referred to",
            ViolationKind::Check => "A value is not allowed here",
            ViolationKind::NotNull => "A required value is missing",
        };
        tracing::debug!(violation = %self, cause = %source, "a write broke a rule of its table");
        // A value that was free when it was looked at was taken a moment ago: run again, the write is told by whom.
        let is_race = self.kind == ViolationKind::Unique;
        let error = Error::conflict(message).with_source(self);
        if is_race { error.retryable() } else { error }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} of {}({})", self.kind, self.table, self.columns.join(", "))?;
        match &self.constraint {
            Some(name) => write!(f, " by {name}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Violation {}

/// The broken rule behind an error, if that is what it is.
pub fn violation(error: &Error) -> Option<&Violation> {
    error.cause()?.downcast_ref::<Violation>()
}
