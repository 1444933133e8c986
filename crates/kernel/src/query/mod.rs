//! Questions: lists, one record as the interface shows it, and reports.
//!
//! `parse → plan → SQL → one statement → JSON`: [`plan`] resolves names and joins the caller's reach in; [`page`]
//! steps the rows straight into bytes; [`late`] adds what one statement per relation brings (lists, expanded links).

mod cursor;
mod get;
mod late;
mod list;
mod order;
mod page;
mod past;
mod plan;
mod report;

pub use get::{GetRequest, get};
pub use list::{Count, ListRequest, list};
pub use page::ids;
pub use plan::{Plan, compile_filter, expression_error, expression_problems};
pub use report::{Group, Measure, ReportRequest, report};
