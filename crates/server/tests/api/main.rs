//! The product through its front door: real router, real databases.

#[path = "../../src/modules.rs"]
mod modules;

mod access_coverage;
mod app;
mod contract;
mod maker;
mod matrix;
mod reach;
mod records;
