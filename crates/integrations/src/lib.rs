//! Integrations: data in and out.

pub mod import;
