//! What a module brings: one constant per module, listed in `server/src/modules.rs`.

use crate::action::Action;
use crate::job::Job;
use crate::reader::Reader;
use crate::record::Rule;

/// The text of one `object.toml`.
pub struct ObjectSource {
    pub toml: &'static str,
}

pub struct Module {
    pub name: &'static str,
    pub objects: &'static [ObjectSource],
    /// Language code and text of `locales/<language>.toml`.
    pub locales: &'static [(&'static str, &'static str)],
    /// Run in this order on every write of their object.
    pub rules: &'static [&'static dyn Rule],
    pub actions: &'static [&'static dyn Action],
    pub readers: &'static [&'static dyn Reader],
    pub jobs: &'static [&'static dyn Job],
}

impl Module {
    pub const EMPTY: Module = Module { name: "", objects: &[], locales: &[], rules: &[], actions: &[], readers: &[], jobs: &[] };
}
