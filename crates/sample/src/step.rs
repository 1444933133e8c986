//! One thing that somebody did at some moment, on the way into the database.

use base::Instant;
use serde_json::{Map, Value as Json};

use crate::staff::Staff;

/// A record before it has an id: object and number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Key {
    pub object: &'static str,
    pub number: u32,
}

/// What marks a text as the place of an id; no real text begins so.
const MARK: char = '\u{1}';

impl Key {
    pub fn new(object: &'static str, number: u32) -> Self {
        Key { object, number }
    }
    /// As a value of a link; the writer puts the id in its place.
    pub fn link(self) -> Json {
        Json::String(format!("{MARK}{}:{}", self.object, self.number))
    }
    /// As an item of a link to anything.
    pub fn item(self) -> Json {
        serde_json::json!({"object": self.object, "id": self.link()})
    }
    /// Reads a link back as (object, number).
    pub fn parse(text: &str) -> Option<(&str, u32)> {
        let (object, number) = text.strip_prefix(MARK)?.split_once(':')?;
        Some((object, number.parse().ok()?))
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    Staff(Staff),
    /// A file that somebody brought in.
    Import(Staff),
    /// The program itself: a form on the web site, a mail that came in.
    Nobody,
}

#[derive(Clone, Debug)]
pub enum What {
    /// The record is put together when it is written, from the plain data.
    Create(Key),
    Update(Key, Map<String, Json>),
    /// A lead becomes a contact and perhaps a deal, which gets its number so.
    Convert(Key, Option<Key>, Map<String, Json>),
}

#[derive(Clone, Debug)]
pub struct Step {
    pub at: Instant,
    pub by: By,
    pub what: What,
    /// Steps of the same number were one act of one person; 0 stands alone.
    pub act: u32,
}

impl Step {
    pub fn create(at: Instant, by: Staff, object: &'static str, number: u32) -> Self {
        Step { at, by: By::Staff(by), what: What::Create(Key::new(object, number)), act: 0 }
    }
    pub fn update(at: Instant, by: Staff, key: Key, values: Json) -> Self {
        Step { at, by: By::Staff(by), what: What::Update(key, map(values)), act: 0 }
    }
    pub fn by_nobody(self) -> Self {
        Step { by: By::Nobody, ..self }
    }
}

/// The members of a JSON object.
pub fn map(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

/// The members that hold something; a record is written without the others.
pub fn filled(json: Json) -> Map<String, Json> {
    map(json).into_iter().filter(|(_, value)| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty())).collect()
}
