//! Import: a file of somebody else's making becomes records, after a look at it.

pub mod cell;
pub mod read;
