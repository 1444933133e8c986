//! The positions of a deal: what, how many, at what price. They drive the deal's amount until it is set by hand.

pub mod price;
pub mod sums;

use kernel::ObjectSource;

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };

#[cfg(test)]
mod tests;
