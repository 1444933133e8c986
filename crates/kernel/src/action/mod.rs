//! Verbs: written once by a module, called from the interface, bulk edits, the command line and automations alike.

mod run;

use base::{Id, Result, Value};
use store::Tx;

use crate::ctx::Ctx;
use crate::record::Record;

pub use run::{Outcome, input_fields, run, run_many};

/// One thing that can be done with a record. The transaction is opened by the door.
pub trait Action: Sync {
    /// `close`; with its object it names the verb everywhere.
    fn name(&self) -> &'static str;
    /// The object it acts on, `any` for all.
    fn object(&self) -> &'static str;
    /// English label, translated by `locales`.
    fn label(&self) -> &'static str;
    fn icon(&self) -> &'static str {
        "bolt"
    }
    /// Fields of the input, in the format of `[fields]` in an `object.toml`.
    fn input(&self) -> &'static str {
        ""
    }
    /// Expression that a record must meet for the action to be offered.
    fn when(&self) -> Option<&'static str> {
        None
    }
    fn is_destructive(&self) -> bool {
        false
    }
    /// Does reading the record suffice (a private act such as following), or is the right to change it needed?
    fn needs_update(&self) -> bool {
        true
    }
    /// Answers what the caller should know, such as ids of what was made.
    fn run(&self, ctx: &Ctx, tx: &mut Tx, record: &Record, input: &Input) -> Result<serde_json::Value>;
}

/// The checked input of an action, by field name.
#[derive(Clone, Debug, Default)]
pub struct Input {
    pub values: std::collections::BTreeMap<String, Value>,
    /// As the caller sent it, for nested input that an action reads itself.
    pub raw: serde_json::Map<String, serde_json::Value>,
}

impl Input {
    pub fn get(&self, name: &str) -> &Value {
        self.values.get(name).unwrap_or(&base::value::NULL)
    }
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).as_text()
    }
    pub fn link(&self, name: &str) -> Option<Id> {
        self.get(name).as_id()
    }
    pub fn has(&self, name: &str) -> bool {
        !self.get(name).is_null()
    }
}
