//! Contents of files: kept once per content on local disk, named by their SHA-256 (`ab/cd/abcd…`).
//!
//! What a file is called and what it belongs to is an ordinary record of the object `file`; this room knows only
//! bytes. A content is written to a temporary name, synced and renamed, so that a name never holds half a file.

mod sniff;

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use base::{Code, Error, Id, Result};
use sha2::{Digest, Sha256};

pub use sniff::{is_shown_inline, sniff};

/// None: contents stand on disk, everything else in the records of the object `file`.
pub fn tables() -> Vec<store::table::Table> {
    Vec::new()
}

/// Bytes that are kept from the start for [`sniff`].
const HEAD: usize = 4096;

/// A content that is safely on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// SHA-256 in hexadecimal.
    pub hash: String,
    pub size: u64,
    pub mime: String,
}

/// A content being written. Dropped before [`Upload::finish`], it leaves nothing behind.
pub struct Upload {
    folder: PathBuf,
    temporary: PathBuf,
    file: Option<File>,
    digest: Sha256,
    head: Vec<u8>,
    size: u64,
    limit: u64,
}

impl Upload {
    /// Into the engine's folder of files; more than `limit` bytes are refused as they come.
    pub fn begin(folder: &Path, limit: u64) -> Result<Self> {
        let incoming = folder.join("incoming");
        fs::create_dir_all(&incoming)?;
        let temporary = incoming.join(Id::new().to_string());
        let file = OpenOptions::new().write(true).create_new(true).open(&temporary)?;
        Ok(Upload { folder: folder.to_path_buf(), temporary, file: Some(file), digest: Sha256::new(), head: Vec::new(), size: 0, limit })
    }

    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let size = self.size.saturating_add(u64::try_from(bytes.len())?);
        if size > self.limit {
            return Err(Error::new(Code::TooLarge, format!("A file may have at most {} MiB", self.limit >> 20)));
        }
        if let Some(file) = &mut self.file {
            file.write_all(bytes)?;
        }
        let room = HEAD.saturating_sub(self.head.len());
        self.head.extend(bytes.iter().take(room));
        self.digest.update(bytes);
        self.size = size;
        Ok(())
    }

    /// Syncs and names the content. `name` is what the sender called the file; its ending only decides between
    /// formats that look alike.
    pub fn finish(mut self, name: &str) -> Result<Stored> {
        if let Some(file) = self.file.take() {
            file.sync_all()?;
        }
        let hash = hex(&std::mem::take(&mut self.digest).finalize());
        let path = path(&self.folder, &hash)?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
            fs::rename(&self.temporary, &path)?;
            File::open(folder)?.sync_all()?;
        }
        Ok(Stored { hash, size: self.size, mime: sniff(&self.head, name).to_string() })
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if self.temporary.exists() {
            // Nothing can be done about a leftover here; it is found again in the folder `incoming`.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Keeps a whole content that is already in memory.
pub fn store(folder: &Path, name: &str, bytes: &[u8]) -> Result<Stored> {
    let mut upload = Upload::begin(folder, u64::MAX)?;
    upload.write(bytes)?;
    upload.finish(name)
}

/// `NotFound` when the content is not there.
pub fn open(folder: &Path, hash: &str) -> Result<File> {
    File::open(path(folder, hash)?).map_err(|e| Error::not_found("The content of this file is missing").with_source(e))
}

fn path(folder: &Path, hash: &str) -> Result<PathBuf> {
    match (hash.get(..2), hash.get(2..4)) {
        (Some(first), Some(second)) if hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            Ok(folder.join(first).join(second).join(hash))
        }
        _ => Err(Error::not_found("The content of this file is missing")),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("legame-file-{name}-{}", Id::new()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_content_is_kept_once_and_found_by_its_hash() {
        let folder = folder("once");
        let one = store(&folder, "a.txt", b"hello").unwrap();
        let two = store(&folder, "b.txt", b"hello").unwrap();
        assert_eq!(one.hash, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assert_eq!((one.hash.clone(), one.size), (two.hash, 5));
        let mut text = String::new();
        open(&folder, &one.hash).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "hello");
        assert_eq!(fs::read_dir(folder.join("incoming")).unwrap().count(), 0);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_that_is_too_large_is_refused_and_leaves_nothing() {
        let folder = folder("large");
        let mut upload = Upload::begin(&folder, 8).unwrap();
        upload.write(b"12345").unwrap();
        assert_eq!(upload.write(b"6789").unwrap_err().code(), Code::TooLarge);
        drop(upload);
        assert_eq!(fs::read_dir(folder.join("incoming")).unwrap().count(), 0);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_hash_cannot_lead_out_of_the_folder() {
        for wrong in ["../../etc/passwd", "", "zz", &"g".repeat(64), &format!("../{}", "a".repeat(61))] {
            assert_eq!(open(Path::new("/"), wrong).unwrap_err().code(), Code::NotFound, "{wrong}");
        }
    }
}
