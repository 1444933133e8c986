//! What PostgreSQL's errors mean to a caller.

use base::{Code, Error};
use deadpool_postgres::{HookError, PoolError};
use tokio_postgres::error::{DbError, SqlState};

use crate::{Violation, ViolationKind};

pub(super) fn translate(error: tokio_postgres::Error, statement: &str) -> Error {
    let Some(db) = error.as_db_error() else {
        if error.is_closed() || std::error::Error::source(&error).is_some_and(|s| s.is::<std::io::Error>()) {
            return Error::new(Code::Unavailable, "The connection to the database was lost; please try again")
                .with_source(error)
                .retryable();
        }
        return explained(error, statement);
    };
    let code = db.code();
    if let Some(kind) = violation_kind(code) {
        return violation(kind, db).into_error(error);
    }
    let unavailable = |message: &str| Error::new(Code::Unavailable, message);
    match code.code() {
        // Serialisation failure, deadlock, a lock not to be had.
        "40001" | "40P01" | "55P03" => {
            unavailable("Someone else changed the same records; please try again").with_source(error).retryable()
        }
        "57014" => unavailable("This took too long and was broken off").with_source(error),
        // A kept statement whose tables have changed since; it was forgotten, the next run prepares it anew.
        "0A000" if db.message().contains("cached plan") => explained(error, statement).retryable(),
        "26000" => explained(error, statement).retryable(),
        "53100" => unavailable("The disk of the database server is full").with_source(error),
        "22003" | "22008" => Error::invalid("A number or a date is out of range").with_source(error),
        "22021" => Error::invalid("Text may not contain the character of code zero").with_source(error),
        "54000" | "22001" => Error::new(Code::TooLarge, "A value is too large").with_source(error),
        // Shutting down, starting up, too many connections, connection trouble.
        other if other.starts_with("57P") || other.starts_with("08") || other.starts_with("53") => {
            unavailable("The database is not available; please try again in a moment").with_source(error).retryable()
        }
        _ => explained(error, statement),
    }
}

/// An error of ours, with the statement (which never holds values) for the log.
fn explained(error: tokio_postgres::Error, statement: &str) -> Error {
    let told = error.as_db_error().map_or_else(
        || std::error::Error::source(&error).map_or_else(|| error.to_string(), |source| format!("{error}: {source}")),
        |db| format!("{} {}", db.code().code(), db.message()),
    );
    Error::internal(format!("{told}, in: {}", base::text::shorten(statement, 2_000)))
}

fn violation_kind(code: &SqlState) -> Option<ViolationKind> {
    match *code {
        SqlState::UNIQUE_VIOLATION | SqlState::EXCLUSION_VIOLATION => Some(ViolationKind::Unique),
        SqlState::FOREIGN_KEY_VIOLATION => Some(ViolationKind::ForeignKey),
        SqlState::CHECK_VIOLATION => Some(ViolationKind::Check),
        SqlState::NOT_NULL_VIOLATION => Some(ViolationKind::NotNull),
        _ => None,
    }
}

fn violation(kind: ViolationKind, db: &DbError) -> Violation {
    let columns = match db.column() {
        Some(column) => vec![column.to_string()],
        None => columns_of(db.detail().unwrap_or_default()),
    };
    Violation { kind, table: db.table().unwrap_or_default().to_string(), columns, constraint: db.constraint().map(ToString::to_string) }
}

/// From `Key (pipeline, name)=(…) already exists.`, in whatever language.
fn columns_of(detail: &str) -> Vec<String> {
    let inside = detail.split_once('(').and_then(|(_, rest)| rest.split_once(")=")).map_or("", |(inside, _)| inside);
    inside.split(", ").filter(|c| !c.is_empty()).map(|c| c.trim_matches('"').to_string()).collect()
}

pub(super) fn from_pool(error: PoolError) -> Error {
    match error {
        PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => cannot_connect(error),
        PoolError::Closed => crate::worker::closed(),
        other => {
            Error::new(Code::Unavailable, "Too many requests are waiting for the database; please try again in a moment").with_source(other)
        }
    }
}

pub(super) fn cannot_connect(error: tokio_postgres::Error) -> Error {
    let reason = match error.as_db_error() {
        Some(db) => db.message().to_string(),
        None => std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string),
    };
    Error::new(Code::Unavailable, format!("The database cannot be reached: {reason}")).with_source(error).retryable()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_from_the_detail_of_a_violation() {
        assert_eq!(columns_of("Key (pipeline, \"Name\")=(1, a) already exists."), ["pipeline", "Name"]);
        assert_eq!(columns_of("Schlüssel (name)=((x)) existiert bereits."), ["name"]);
        assert!(columns_of("").is_empty());
    }
}
