//! Identity of a record, an event, a file: a UUID version 7 (RFC 9562), so that ids sort by creation.

use std::fmt;
use std::str::FromStr;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(uuid::Uuid);

impl Id {
    /// A new id of this moment.
    pub fn new() -> Self {
        Id(uuid::Uuid::now_v7())
    }
    /// A new id that sorts at the given moment; the rest is random.
    pub fn at(instant: crate::Instant) -> Self {
        let micros = instant.micros().max(0).unsigned_abs();
        let nanos = u32::try_from(micros % 1_000_000).unwrap_or(0) * 1_000;
        let stamp = uuid::Timestamp::from_unix(uuid::NoContext, micros / 1_000_000, nanos);
        Id(uuid::Uuid::new_v7(stamp))
    }
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Id(uuid::Uuid::from_bytes(bytes))
    }
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
    pub fn uuid(self) -> uuid::Uuid {
        self.0
    }
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        uuid::Uuid::from_slice(bytes).ok().map(Id)
    }
    /// Writes the 36 characters without allocating.
    pub fn write_to(self, out: &mut Vec<u8>) {
        let mut buffer = uuid::Uuid::encode_buffer();
        out.extend_from_slice(self.0.hyphenated().encode_lower(&mut buffer).as_bytes());
    }
}

impl Default for Id {
    fn default() -> Self {
        Id::new()
    }
}
impl From<uuid::Uuid> for Id {
    fn from(u: uuid::Uuid) -> Self {
        Id(u)
    }
}
impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}
impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl FromStr for Id {
    type Err = crate::Error;
    fn from_str(s: &str) -> crate::Result<Self> {
        uuid::Uuid::parse_str(s).map(Id).map_err(|_| crate::Error::invalid(format!("\"{s}\" is not an id")))
    }
}
