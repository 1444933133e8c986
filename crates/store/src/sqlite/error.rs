//! What SQLite's errors mean to a caller.

use base::{Code, Error};
use rusqlite::ErrorCode;
use rusqlite::ffi;

use crate::{Violation, ViolationKind};

pub(super) fn translate(error: rusqlite::Error, statement: &str) -> Error {
    let (code, message) = match &error {
        rusqlite::Error::SqliteFailure(failure, message) => (*failure, message.clone().unwrap_or_default()),
        _ => return explained(error, statement),
    };
    match code.code {
        ErrorCode::ConstraintViolation => violation(code.extended_code, &message).into_error(error),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            Error::new(Code::Unavailable, "The database is busy; please try again in a moment").with_source(error).retryable()
        }
        ErrorCode::OperationInterrupted => Error::new(Code::Unavailable, "This took too long and was broken off").with_source(error),
        ErrorCode::DiskFull => Error::new(Code::Unavailable, "The disk of the server is full").with_source(error),
        ErrorCode::TooBig => Error::new(Code::TooLarge, "A value is too large").with_source(error),
        _ => explained(error, statement),
    }
}

/// An error of ours, with the statement (which never holds values) for the log.
fn explained(error: rusqlite::Error, statement: &str) -> Error {
    Error::internal(format!("{error}, in: {}", base::text::shorten(statement, 2_000)))
}

/// From `UNIQUE constraint failed: deal.pipeline, deal.name` and its siblings.
fn violation(extended: i32, message: &str) -> Violation {
    let kind = match extended {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => ViolationKind::Unique,
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ViolationKind::ForeignKey,
        ffi::SQLITE_CONSTRAINT_NOTNULL => ViolationKind::NotNull,
        _ => ViolationKind::Check,
    };
    let what = message.split_once("failed: ").map_or("", |(_, what)| what);
    let mut violation = Violation { kind, table: String::new(), columns: Vec::new(), constraint: None };
    if let Some(index) = what.strip_prefix("index ") {
        violation.constraint = Some(index.trim_matches('\'').to_string());
    } else if kind == ViolationKind::Check {
        violation.constraint = Some(what.to_string()).filter(|w| !w.is_empty());
    } else {
        for place in what.split(", ").filter(|p| !p.is_empty()) {
            let (table, column) = place.split_once('.').unwrap_or(("", place));
            violation.table = table.to_string();
            violation.columns.push(column.to_string());
        }
    }
    violation
}
