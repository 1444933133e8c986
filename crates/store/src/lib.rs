//! The databases: statements, transactions, tables, search index and notices, on SQLite and PostgreSQL alike.
//!
//! Knows no object and no field; what a table means is said by `model`. Start with [`Store`], then [`Tx`] and [`Sql`].
//! Every difference between the two databases stands in [`dialect`]; a new one is a method there.

pub mod dialect;
pub mod table;

mod location;
mod notice;
mod param;
mod postgres;
mod row;
mod search;
mod sequence;
mod sql;
mod sqlite;
mod store;
mod tx;
mod violation;
mod worker;

pub use dialect::{Arithmetic, Dialect, Unit};
pub use location::{Location, Options};
pub use notice::{Notice, RECONNECTED};
pub use param::Param;
pub use row::Row;
pub use search::{search_index, search_remove, search_replace};
pub use sql::Sql;
pub use store::Store;
pub use tx::{Tx, Way};
pub use violation::{Violation, ViolationKind, violation};
