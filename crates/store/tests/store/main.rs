//! Stories of the store, each on SQLite and, when `TEST_POSTGRES_URL` is set, on PostgreSQL.

#[cfg(test)]
mod bench;
#[cfg(test)]
mod expressions;
#[cfg(test)]
mod notices;
#[cfg(test)]
mod search;
#[cfg(test)]
mod statistics;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod transactions;
#[cfg(test)]
mod values;
