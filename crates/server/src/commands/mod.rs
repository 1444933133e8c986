//! One file per command. Each opens the workspace, does its work and prints what it did.

pub mod action;
pub mod bench;
pub mod doctor;
pub mod export;
pub mod import;
pub mod query;
pub mod serve;
pub mod token;
pub mod user;
pub mod welcome;

use std::sync::Arc;

use base::Result;
use kernel::Engine;
use kernel::workspace::Options;

use crate::config::Place;
use crate::modules::MODULES;

/// The workspace that the command line names, brought to the present shape; beside a running server or without one.
pub fn open(place: &Place, demo: bool) -> Result<Arc<Engine>> {
    open_with(place, demo, store::Options::default())
}

fn open_with(place: &Place, demo: bool, store: store::Options) -> Result<Arc<Engine>> {
    Engine::open(&Options { location: place.location()?, files: place.files(), modules: MODULES, demo, store })
}
