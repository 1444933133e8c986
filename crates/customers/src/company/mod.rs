//! Organisations: customers, prospects, suppliers, partners, often several of these at once (D15).
//!
//! `group` keeps who stands on top of whom; `domain`, `since` and `size` fill what follows from what was written; `vat`
//! checks the number that tax offices know it by.

pub mod domain;
pub mod group;
pub mod since;
pub mod size;
pub mod vat;

use kernel::ObjectSource;

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };

#[cfg(test)]
mod tests;
