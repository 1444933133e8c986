//! The 420 enquiries of the last ten months: of a fair, of search advertising, of the web site, and what became of them.

mod fill;
mod record;

use base::{Date, Instant};

use crate::companies::Company;
use crate::deals::Deal;
use crate::people::Contact;
use crate::shelf::No;
use crate::staff::Staff;
use crate::tables::Place;

pub use fill::{Campaign, FAIR, SEARCH, fill, free_contact};
pub use record::{key, record, steps};

#[derive(Default, Clone)]
pub struct Lead {
    pub first: String,
    pub last: String,
    pub company_name: String,
    pub title: &'static str,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub place: Place,
    pub sector: &'static str,
    /// How it stands today.
    pub status: &'static str,
    pub reason: &'static str,
    pub score: i64,
    pub source: &'static str,
    pub detail: String,
    pub campaign: &'static str,
    pub owner: Option<Staff>,
    pub created: Instant,
    /// Brought in from a file by somebody, and not through the web site.
    pub is_import: bool,
    /// Minutes until somebody answered first.
    pub answer: Option<i64>,
    /// Moments at which it came to be worked on, and to stand as it stands.
    pub worked: Option<Instant>,
    pub settled: Option<Instant>,
    pub recall: Option<Date>,
    pub contact: Option<No<Contact>>,
    pub company: Option<No<Company>>,
    pub deal: Option<No<Deal>>,
    pub need: String,
}
