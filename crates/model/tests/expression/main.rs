//! An expression means the same in memory and in SQL, on SQLite and, when `TEST_POSTGRES_URL` is set, on PostgreSQL:
//! random expressions over records of every field type.

#[cfg(test)]
mod agree;
#[cfg(test)]
mod sentence;
#[cfg(test)]
mod world;
