//! What a module brings: one constant per module, listed in `server/src/modules.rs`.

use base::Result;
use store::Tx;

use crate::action::Action;
use crate::ctx::Ctx;
use crate::job::Job;
use crate::reader::Reader;
use crate::record::Rule;

/// The text of one `object.toml`.
pub struct ObjectSource {
    pub toml: &'static str,
}

/// What a module puts into a new workspace, in the language of the context.
pub type Begin = fn(&Ctx, &mut Tx) -> Result<()>;

/// A shape in which a new workspace may begin, offered at the first run.
pub trait Template: Sync {
    fn code(&self) -> &'static str;
    fn name(&self, language: &str) -> &'static str;
    /// What it lays down, in order.
    fn steps(&self, language: &str) -> Vec<&'static str>;
    /// Makes it, in the language of the context.
    fn make(&self, ctx: &Ctx, tx: &mut Tx) -> Result<()>;
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
    /// Run once, when the first administrator sets the workspace up.
    pub begin: &'static [Begin],
    /// What a new workspace may begin with instead; the usual one first.
    pub templates: &'static [&'static dyn Template],
}

impl Module {
    pub const EMPTY: Module =
        Module { name: "", objects: &[], locales: &[], rules: &[], actions: &[], readers: &[], jobs: &[], begin: &[], templates: &[] };
}
