//! Other companies' parts in a deal: competitors, partners, the end customer.

use kernel::ObjectSource;

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };
