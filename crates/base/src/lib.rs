//! Words that everybody uses: identity, time, exact numbers, money, values, text, errors.
//!
//! Knows no database, no object and no network; does no input or output. Start with [`value`].
//! A new word belongs here only if at least three crates above need it.

pub mod error;
pub mod id;
pub mod money;
pub mod number;
pub mod text;
pub mod time;
pub mod value;

pub use error::{Code, Error, FieldProblem, Result};
pub use id::Id;
pub use money::{Currency, Money};
pub use number::Number;
pub use time::{Date, Instant};
pub use value::Value;
