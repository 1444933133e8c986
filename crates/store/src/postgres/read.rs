//! Reading columns as they arrive.

use base::{Date, Error, Id, Instant, Number, Result};
use tokio_postgres::Row;

macro_rules! stub {
    ($($name:ident: $t:ty),*) => { $(pub fn $name(_: &Row, _: usize) -> Result<$t> { Err(Error::internal("not there yet")) })* };
}
stub!(is_null: bool, text: Option<&str>, int: Option<i64>, float: Option<f64>, bool: Option<bool>, bytes: Option<&[u8]>, id: Option<Id>, date: Option<Date>, instant: Option<Instant>, number: Option<Number>);
