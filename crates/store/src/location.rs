//! Where a workspace is kept, and how it is opened.

use std::path::PathBuf;
use std::time::Duration;

use base::{Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A folder with one SQLite file per workspace (`main.db`), or the file itself where the path ends in `.db`.
    Folder(PathBuf),
    /// A URL `postgres://user@host/database`.
    Postgres(String),
}

impl Location {
    /// `postgres://…` and `postgresql://…` are a PostgreSQL server; everything else is a path.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::invalid("Say where the data is: a folder, or a URL like postgres://user@host/database"));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Location::Postgres(text.to_string()));
        }
        if let Some((scheme, _)) = text.split_once("://") {
            return Err(Error::invalid(format!("\"{scheme}\" is not a database Legame knows; give a folder or postgres://…")));
        }
        Ok(Location::Folder(PathBuf::from(text)))
    }

    /// The SQLite file of a workspace.
    pub(crate) fn file(folder: &std::path::Path, workspace: &str) -> PathBuf {
        if folder.extension().is_some_and(|e| e == "db") { folder.to_path_buf() } else { folder.join(format!("{workspace}.db")) }
    }
}

#[derive(Clone, Debug)]
pub struct Options {
    /// File name on SQLite, schema on PostgreSQL: small letters, digits and `_`.
    pub workspace: String,
    /// Threads and connections that read at once on SQLite; connections in all on PostgreSQL.
    pub connections: usize,
    /// Refuse to open where another server already has the folder (SQLite); programs beside it are welcome.
    pub is_server: bool,
    /// A read that takes longer is broken off.
    pub read_limit: Duration,
    /// Page cache of all SQLite connections together; half of it is the writer's.
    pub cache_bytes: usize,
    /// Where PostgreSQL's connections live; without one the store starts its own small runtime.
    pub runtime: Option<tokio::runtime::Handle>,
}

impl Default for Options {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        Options {
            workspace: "main".to_string(),
            connections: (processors * 2).clamp(4, 16),
            is_server: false,
            read_limit: Duration::from_secs(30),
            cache_bytes: 96 << 20,
            runtime: None,
        }
    }
}

impl Options {
    pub fn workspace(name: &str) -> Self {
        Options { workspace: name.to_string(), ..Options::default() }
    }

    pub(crate) fn check(&self) -> Result<()> {
        let name = &self.workspace;
        let starts = name.starts_with(|c: char| c.is_ascii_lowercase());
        let shape = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if starts && shape && name.len() <= 60 && !name.starts_with("pg_") {
            Ok(())
        } else {
            Err(Error::invalid(format!(
                "\"{}\" is no name for a workspace; use small letters, digits and _",
                base::text::shorten(name, 60)
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_a_url_or_a_path() {
        assert_eq!(Location::parse("/var/lib/legame").unwrap(), Location::Folder("/var/lib/legame".into()));
        assert_eq!(Location::parse("postgres://a@b/c").unwrap(), Location::Postgres("postgres://a@b/c".into()));
        assert!(Location::parse("mysql://a@b/c").is_err());
        assert_eq!(Location::file("data".as_ref(), "main"), PathBuf::from("data/main.db"));
        assert_eq!(Location::file("data/one.db".as_ref(), "main"), PathBuf::from("data/one.db"));
    }

    #[test]
    fn names_of_workspaces_are_plain() {
        assert!(Options::workspace("acme_2").check().is_ok());
        for wrong in ["", "Acme", "a b", "2a", "pg_x", "a\"b", "../x"] {
            assert!(Options::workspace(wrong).check().is_err(), "{wrong}");
        }
    }
}
