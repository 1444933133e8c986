//! Import: a file of somebody else's making becomes records, after a look at it.

pub mod cell;
pub mod locale;
pub mod mapping;
pub mod matching;
pub mod propose;
pub mod read;
pub mod report;
