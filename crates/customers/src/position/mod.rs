//! What a person is at a company, from when to when. The primary position is mirrored on the contact.

pub mod primary;

use kernel::ObjectSource;

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };

#[cfg(test)]
mod tests;
