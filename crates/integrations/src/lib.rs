//! Integrations: data in and out.
//!
//! Start with `import`. Knows nothing of deals or companies; it speaks of objects and fields as the model declares them,
//! and writes through the one record pipeline.

pub mod import;

use kernel::{Module, ObjectSource};

pub const MODULE: Module = Module {
    name: "integrations",
    objects: &[ObjectSource { toml: include_str!("import/object.toml") }],
    locales: &[("it", include_str!("../locales/it.toml")), ("zh", include_str!("../locales/zh.toml"))],
    ..Module::EMPTY
};
