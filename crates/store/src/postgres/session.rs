use base::{Error, Result};

use crate::{Row, Sql};

pub(crate) struct Session {}

impl Session {
    pub fn execute(&mut self, _sql: &Sql) -> Result<u64> {
        Err(Error::internal("not there yet"))
    }
    pub fn execute_all(&mut self, _sql: &[Sql]) -> Result<Vec<u64>> {
        Err(Error::internal("not there yet"))
    }
    pub fn define(&mut self, _sql: &Sql) -> Result<()> {
        Err(Error::internal("not there yet"))
    }
    pub fn each(&mut self, _sql: &Sql, _f: &mut dyn FnMut(&Row<'_>) -> Result<bool>) -> Result<()> {
        Err(Error::internal("not there yet"))
    }
    pub fn control(&mut self, _text: &str) -> Result<()> {
        Err(Error::internal("not there yet"))
    }
}
