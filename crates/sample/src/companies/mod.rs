//! The 300 organisations: those of the stories by name, the rest drawn so that everything about one agrees.

mod cast;
mod country;
mod fill;
mod record;

use base::Date;

use crate::calendar::Day;
use crate::people::Contact;
use crate::shelf::No;
use crate::staff::Staff;
use crate::tables::Place;

pub use cast::put as put_cast;
pub use country::country;
pub use fill::fill;
pub use record::{key, record, steps};

#[derive(Default, Clone)]
pub struct Company {
    pub name: String,
    pub legal_name: String,
    /// Latin letters of the name, for domains and texts in other languages.
    pub latin: String,
    pub known_as: Vec<String>,
    pub place: Place,
    pub trade: &'static str,
    /// What it is to us today.
    pub relationships: Vec<&'static str>,
    pub owner: Option<Staff>,
    pub parent: Option<No<Company>>,
    pub employees: i64,
    pub domain: String,
    pub phone: String,
    pub street: String,
    pub vat: Option<String>,
    pub founded: i64,
    pub created: Day,
    /// When it bought first; before the records begin for old customers.
    pub since: Option<Date>,
    pub churned: Option<Date>,
    pub source: &'static str,
    pub detail: Option<String>,
    pub referred_by: Option<No<Contact>>,
    /// How many of the deals fall to it, against others.
    pub weight: u32,
    /// Part of a story that decides about its deals and activities.
    pub is_cast: bool,
    /// Was in touch every week and fell silent ten weeks ago.
    pub is_quiet: bool,
    /// Was brought in from a file that put it into the wrong country.
    pub is_misplaced: bool,
    pub tags: Vec<&'static str>,
    pub description: Option<String>,
    pub contacts: Vec<No<Contact>>,
}

impl Company {
    pub fn is(&self, relationship: &str) -> bool {
        self.relationships.contains(&relationship)
    }
    pub fn is_buyer(&self) -> bool {
        ["customer", "prospect", "former_customer", "partner"].iter().any(|r| self.is(r))
    }
    pub fn is_chinese(&self) -> bool {
        matches!(self.place.country, "CN" | "HK")
    }
    pub fn is_bavarian(&self) -> bool {
        self.place.country == "DE" && self.place.region == "BY"
    }
    /// The currency in which it is billed.
    pub fn currency(&self) -> &'static str {
        country(self.place.country).currency
    }
    /// The industry of its trade.
    pub fn sector(&self) -> &'static str {
        match self.trade {
            "parlour" | "maker" | "dairy" => "food_and_beverage",
            "hotel" | "restaurant" => "hospitality",
            "pharmacy" => "pharmaceuticals",
            "retail" => "retail",
            "logistics" => "logistics",
            "wholesale" => "wholesale",
            "components" => "electronics",
            "rival" => "machinery",
            "authority" => "government",
            "press" => "media",
            "agency" => "marketing",
            "energy" => "energy",
            _ => "other",
        }
    }
    /// The name without what a sentence need not repeat.
    pub fn short(&self) -> &str {
        &self.name
    }
    /// May a deal with it have begun on that day?
    pub fn exists(&self, day: Date) -> bool {
        *self.created <= day
    }
    /// Was it a customer on that day?
    pub fn was_customer(&self, day: Date) -> bool {
        self.since.is_some_and(|since| since < day) && self.churned.is_none_or(|churned| day < churned)
    }
}
