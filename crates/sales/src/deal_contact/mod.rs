//! People's parts in a deal: who decides, who champions it, who stands in the way. One of them is the primary contact.

pub mod primary;

use kernel::ObjectSource;

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };

#[cfg(test)]
mod tests;
