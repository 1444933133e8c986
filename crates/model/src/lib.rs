//! Objects as data, and the two small languages over them: expressions and queries.
//!
//! Pure: text and plain data in, plain data out; no transaction, no clock, no network.

pub mod check;
pub mod expression;
pub mod fault;
pub mod field;
pub mod list;
pub mod load;
pub mod merge;
pub mod nearest;
pub mod object;
pub mod plan;

pub use object::{Access, Choice, Field, FieldAccess, FieldType, Label, Layout, Levels, Model, Object, Related, Section, View};
