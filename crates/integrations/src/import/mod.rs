//! Import: a file of somebody else's making becomes records, after a look at it.

mod cell;
mod convert;
mod find;
mod life;
mod link;
pub mod locale;
pub mod mapping;
mod matching;
mod merge;
mod outcome;
pub mod propose;
pub mod read;
mod remedy;
pub mod report;
mod run;
mod stay;
mod undo;
mod write;

#[cfg(test)]
mod tests;

pub use life::{FileOptions, change, check, from_file, rows, rows_csv, run, start};
pub use outcome::RowsRequest;
pub use undo::undo;
