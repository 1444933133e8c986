//! Bonds between two parties, each a contact or a company, told from either side.

pub mod parties;

use kernel::ObjectSource;

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };

#[cfg(test)]
mod tests;
