//! A sale in progress: one amount, one stage of one pipeline, from the first talk to won or lost.
//!
//! Each rule on saving is a file of its own, run in the order of `lib.rs`: `place` (pipeline, stage and status agree),
//! `gate` (what stages ask for), `reason` (why it ended), `probability`, `forecast`, `amount`, `company`, `name`, `slip`,
//! `temperature`; then, once it is written, `people` and `plan`. Verbs: `close`, `reopen`, `duplicate`. `sums` keeps what
//! companies and contacts show of their deals.

pub mod amount;
pub mod close;
pub mod company;
pub mod duplicate;
pub mod forecast;
pub mod gate;
pub mod name;
pub mod people;
pub mod place;
pub mod plan;
pub mod probability;
pub mod reason;
pub mod reopen;
pub mod slip;
pub mod sums;
pub mod temperature;

use base::Value;
use kernel::{Ctx, Draft, ObjectSource};

pub const OBJECT: ObjectSource = ObjectSource { toml: include_str!("object.toml") };

/// Is this written by something that takes the deal as it is: an import, or the retirement of a stage? Then what stages
/// and rules ask of people does not hold it up.
fn is_taken_as_is(ctx: &Ctx) -> bool {
    ctx.is_import() || ctx.origin.as_ref().is_some_and(|o| o.kind == crate::stage::retire::ORIGIN)
}

/// Does the deal go from one status to another with this write (a new one from none)?
fn turns(draft: &Draft, status: &str) -> bool {
    draft.changed("status") && draft.get("status").as_text() == Some(status)
}

/// The same value; of money the same amount in the same currency, whatever it is in the workspace's.
pub fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Money(a), Value::Money(b)) => a.amount == b.amount && a.currency == b.currency,
        (a, b) => a == b,
    }
}

#[cfg(test)]
mod tests;
