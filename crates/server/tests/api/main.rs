//! The product through its front door: real router, real databases.

#[path = "../../src/modules.rs"]
mod modules;

mod app;
mod records;
