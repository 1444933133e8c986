//! The sample company as it stands in the database: numbers, shares, coherence.
//!
//! Loading takes a while, and every test may be a process of its own: the first one loads a workspace into the folder of
//! test files, the others open it.

mod desk;
mod first;
