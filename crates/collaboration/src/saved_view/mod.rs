//! Lists, boards and calendars as somebody keeps them, for oneself, a team or everyone.

pub mod reach;
pub mod valid;

use kernel::ObjectSource;

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };

#[cfg(test)]
mod tests;
