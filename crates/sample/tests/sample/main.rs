//! The sample company as it stands in the database: numbers, shares, coherence, stories, and that it leaves again.
//!
//! Loading takes a while, and every test may be a process of its own: the first one loads a workspace into the folder of
//! test files, the others open it. They only read.
#![expect(clippy::as_conversions, reason = "shares are compared as floats, and the numbers are small")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that stumbles should stop")]

mod coherence;
mod counts;
mod desk;
mod night;
mod removal;
mod shares;
mod small;
mod stories;
