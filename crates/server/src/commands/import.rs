//! `legame import`.

use base::{Error, Result};

use crate::config::{Import, Place};

pub fn run(_place: &Place, options: &Import) -> Result<()> {
    Err(Error::invalid(format!("{} cannot be imported from the command line yet", options.file.display())))
}
