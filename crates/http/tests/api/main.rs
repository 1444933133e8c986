//! The real router over a real database, with a handful of declarations of its own: what must hold for any model.

mod exports;
mod files;
mod harness;
mod live;
mod openapi;
mod page;
mod records;
mod session;
mod strict;
mod tokens;
