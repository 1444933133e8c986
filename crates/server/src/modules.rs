//! Every module, in the order in which their objects are declared. A new module is one line here.

use kernel::Module;

pub static MODULES: &[&Module] = &[&customers::MODULE, &sales::MODULE, &collaboration::MODULE, &analytics::MODULE, &integrations::MODULE];
