//! People: at a customer, a supplier, a partner, or on their own (D15).
//!
//! `company`, `job_title` and `department` tell the primary position; `employer` keeps both in step, `position` the other
//! way round.

pub mod employer;
pub mod language;
pub mod reachable;

use kernel::ObjectSource;

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };

#[cfg(test)]
mod alike;
#[cfg(test)]
mod tests;
