//! Analysis: reports and dashboards over what the other modules keep.

use kernel::Module;

pub static MODULE: Module = Module { name: "analytics", ..Module::EMPTY };
