//! The 2,000 deals: how many end how, with whom, when, for how much, and the lines that make the amount.
//!
//! Stories put theirs first; `fill` draws the rest so that all numbers of the plan hold together. Then every deal gets
//! its days (`course`), its lines (`lines`), its name (`naming`) and its people (`parts`).

mod balance;
mod course;
mod fill;
mod lines;
mod naming;
mod parts;
mod quota;
mod record;

use base::{Date, Instant};

use crate::calendar::Day;
use crate::companies::Company;
use crate::leads::Lead;
use crate::people::Contact;
use crate::setup::pipelines::Pipe;
use crate::setup::products::Product;
use crate::shelf::No;
use crate::staff::Staff;
use crate::world::World;

pub use fill::settle;
pub use lines::{amount, base_amount, exact, line};
pub use naming::place;
pub use parts::known;
pub use quota::Fate;
pub use record::{key, line_record, part_record, primary_part, record, rival_record, steps};

#[derive(Default, Clone)]
pub struct Deal {
    pub pipe: Pipe,
    pub fate: Fate,
    pub kind: &'static str,
    pub company: Option<No<Company>>,
    pub contact: Option<No<Contact>>,
    pub owner: Staff,
    pub source: &'static str,
    pub detail: Option<String>,
    pub referred_by: Option<No<Contact>>,
    /// What it is worth, in whole units of its currency, until the lines say it exactly.
    pub target: i64,
    pub currency: &'static str,
    pub begun: Day,
    pub closed_on: Option<Date>,
    pub created: Instant,
    /// Stage and moment of each move, the last open stage included.
    pub moves: Vec<(usize, Instant)>,
    pub closed: Option<Instant>,
    pub expected: Day,
    /// When the expected close was put off, and to which day.
    pub slips: Vec<(Instant, Date)>,
    /// For how long an open deal has stood at its stage; drawn when not told.
    pub days_in_stage: Option<i64>,
    pub lines: Vec<Line>,
    pub name: String,
    pub people: Vec<Part>,
    pub lost_reason: &'static str,
    pub lost_to: Option<No<Company>>,
    pub note: Option<String>,
    pub rivals: Vec<(No<Company>, &'static str, &'static str)>,
    pub next_step: Option<String>,
    pub need: Option<String>,
    pub tags: Vec<&'static str>,
    pub lead: Option<No<Lead>>,
    pub renews: Option<No<Deal>>,
    /// Lines, amount and days are told by a story.
    pub is_cast: bool,
    /// A story or a lead waits for more than the usual course.
    pub is_silent: bool,
}

#[derive(Clone, Copy)]
pub struct Line {
    pub product: &'static Product,
    pub quantity: i64,
    /// Hundredths of the deal's currency.
    pub price: i64,
    pub list: i64,
    /// Whole percent.
    pub discount: i64,
    pub is_free: bool,
}

/// A person's part in a deal.
#[derive(Clone, Copy)]
pub struct Part {
    pub contact: No<Contact>,
    pub role: &'static str,
    pub stance: &'static str,
    pub influence: i64,
}

impl Deal {
    pub fn is_open(&self) -> bool {
        matches!(self.fate, Fate::Open(_))
    }
    pub fn is_won(&self) -> bool {
        self.fate == Fate::Won
    }
    /// The last open stage that it reached.
    pub fn reached(&self) -> usize {
        match self.fate {
            Fate::Open(stage) | Fate::Lost(stage) => stage,
            Fate::Won => self.pipe.opens().saturating_sub(1),
        }
    }
    /// A supply that is bought again and again, without much talk.
    pub fn is_kit(&self) -> bool {
        self.lines.first().is_some_and(|l| l.product.code == "KIT-CLN") && self.pipe == Pipe::Renewals
    }
}

/// Draws what the stories left open, with days and lines.
pub fn fill(world: &mut World) {
    fill::fill(world);
    balance::quarter_ends(world);
    balance::months(world);
    balance::key_accounts(world);
    course::run(world);
    balance::calls_help(world);
    lines::draw(world);
    balance::prices(world);
}

/// People and names, once it is known which deals came out of leads.
pub fn complete(world: &mut World) {
    parts::draw(world);
    naming::name(world);
}
