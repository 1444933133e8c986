//! One language for whatever may be true or have a value: filters, rules of access, formulas, conditions.
//!
//! Text is parsed (`parse.rs`), checked against the model to one typed tree (`check/`, `tree.rs`), and the tree is
//! evaluated in memory (`eval/`) or compiled to SQL (`sql/`); both mean exactly the same, which a property test proves.
//! `show.rs` writes a tree back as text. Knows no transaction and no clock: who asks and when stands in [`Scope`].
//!
//! Two-valued: a comparison with something absent is false whatever the operator, `!` negates that, `has(x)` asks.

mod check;
mod eval;
mod parse;
mod show;
mod sql;
mod syntax;
pub mod tree;

use base::{Id, Instant};
use jiff::tz::TimeZone;

pub use check::{Visible, compile, compile_value};
pub use eval::{Source, evaluate, is_true};
pub use show::show;
pub use sql::{Reach, to_sql, value_to_sql};
pub use syntax::{Problem, Span};
pub use tree::{Expr, Type};

/// What an expression may ask of the caller and the moment.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The user who asks; absent for the system itself.
    pub me: Option<Id>,
    pub my_teams: Vec<Id>,
    pub now: Instant,
    /// The zone in which days begin.
    pub zone: TimeZone,
}

#[cfg(test)]
mod tests;
