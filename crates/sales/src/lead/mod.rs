//! An enquiry that is not yet qualified. It stays readable when it becomes a contact, a company and a deal.
//!
//! On saving: `person` (someone must be named), `status` (what each status needs), `stamps` (assigned, qualified).
//! Verbs: `convert` with the `matches` that it proposes, `disqualify`, `requalify`. `answer` keeps the first answer.

pub mod answer;
pub mod convert;
pub mod disqualify;
mod matches;
pub mod person;
pub mod requalify;
pub mod stamps;
pub mod status;

use kernel::ObjectSource;

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };

#[cfg(test)]
mod tests;
