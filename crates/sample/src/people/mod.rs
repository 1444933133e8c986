//! The 1,500 people, their positions, and who knows whom.

mod bonds;
mod fill;
mod record;

use base::{Date, Instant};

use crate::calendar::Day;
use crate::companies::Company;
use crate::shelf::No;
use crate::staff::Staff;
use crate::step::Key;
use crate::tables::Place;

pub use bonds::tie;
pub use fill::{Draft, add, fill, settle};
pub use record::{key, moment, position, record, relation, steps};

#[derive(Default, Clone)]
pub struct Contact {
    pub first: String,
    pub last: String,
    /// Chinese characters of the whole name.
    pub native: Option<String>,
    /// How it is read.
    pub pinyin: Option<String>,
    /// Shown with Latin letters, the characters beside it.
    pub is_latin: bool,
    pub is_woman: bool,
    pub prefix: Option<&'static str>,
    pub company: Option<No<Company>>,
    pub title: &'static str,
    pub seniority: &'static str,
    pub language: &'static str,
    pub place: Place,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub mobile: Option<String>,
    /// Nobody answers at this number, or somebody else.
    pub has_wrong_number: bool,
    pub owner: Option<Staff>,
    pub created: Day,
    /// The moment, where it matters: when a lead became a contact.
    pub at: Option<Instant>,
    pub source: Option<&'static str>,
    pub detail: Option<String>,
    pub referred_by: Option<No<Contact>>,
    /// Left for another employer on that day.
    pub moved: Option<(Date, No<Company>, &'static str)>,
    /// Nobody has been in touch for a year and a half.
    pub is_forgotten: bool,
    pub is_cast: bool,
    pub preferences: Option<&'static str>,
}

impl Contact {
    pub fn is_chinese(&self) -> bool {
        self.native.is_some()
    }
    /// As texts call him.
    pub fn name(&self) -> String {
        match &self.native {
            Some(native) if !self.is_latin => native.clone(),
            _ => format!("{} {}", self.first, self.last),
        }
    }
    /// The employer on a day.
    pub fn employer(&self, day: Date) -> Option<No<Company>> {
        match self.moved {
            Some((when, to, _)) if day >= when => Some(to),
            _ => self.company,
        }
    }
}

/// A position beside the one that follows from the contact.
pub struct Position {
    pub contact: No<Contact>,
    pub company: No<Company>,
    pub title: &'static str,
    pub tie: &'static str,
    pub started: Date,
    pub by: Staff,
}

/// A bond between two parties.
pub struct Relation {
    pub from: Key,
    pub kind: &'static str,
    pub to: Key,
    pub since: Date,
    pub note: Option<String>,
    pub by: Staff,
}
