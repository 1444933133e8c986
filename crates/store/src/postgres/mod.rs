//! PostgreSQL: a pool of connections, used by blocking threads through the runtime's handle.

pub(crate) mod read;
mod session;

use base::{Error, Result};

pub(crate) use session::Session;

use crate::notice::Hub;
use crate::{Options, Sql, Tx};

pub(crate) struct Database {}

impl Database {
    pub fn open(_url: &str, _options: &Options, _hub: Hub) -> Result<Self> {
        Err(Error::internal("not there yet"))
    }
    pub fn read<T>(&self, _f: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        Err(Error::internal("not there yet"))
    }
    pub fn write<T>(&self, _f: &mut impl FnMut(&mut Tx) -> Result<T>) -> Result<T> {
        Err(Error::internal("not there yet"))
    }
    pub fn build_index(&self, _find: &Sql, _drop: &Sql, _create: &Sql) -> Result<()> {
        Err(Error::internal("not there yet"))
    }
    pub fn close(&self) {}
}
