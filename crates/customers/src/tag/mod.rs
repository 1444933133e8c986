//! Words of the team's own that records are marked with; their names are unique.

use kernel::ObjectSource;

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };
