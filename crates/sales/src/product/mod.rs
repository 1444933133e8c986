//! What we sell. Codes are unique; lines of deals take price, unit and billing period from here.

use kernel::ObjectSource;

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };
