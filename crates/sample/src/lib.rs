//! The sample company.

use std::sync::Arc;

use base::Result;
use kernel::Engine;

pub const ADMINISTRATOR: &str = "nadia.ricci@fratellidolce.example";
pub const PASSWORD: &str = "gelato-in-trento";

pub fn load(_engine: &Arc<Engine>) -> Result<()> {
    Ok(())
}

pub fn load_small(_engine: &Arc<Engine>) -> Result<()> {
    Ok(())
}

/// Whom the page for signing in offers by one click: e-mail, name, role.
pub const SIGN_INS: &[(&str, &str, &str)] = &[(ADMINISTRATOR, "Nadia Ricci", "administrator")];
