//! The 15,000 activities: what was done around deals, leads and customers, and what is planned.
//!
//! `slots` says when somebody had to do with whom, `background` fills up to the exact numbers, `write` puts words to it.

mod background;
mod check;
mod planned;
mod record;
mod slots;
mod words;

use base::{Date, Instant};

use crate::companies::Company;
use crate::deals::Deal;
use crate::leads::Lead;
use crate::people::Contact;
use crate::shelf::No;
use crate::staff::Staff;
use crate::world::World;

pub use planned::plan;
pub use record::{record, steps};
pub use slots::{CALLS_SINCE, moment, phase, put};

#[derive(Default, Clone)]
pub struct Activity {
    pub kind: &'static str,
    /// Which texts fit: `first`, `discovery`, `proposal`, … `care`.
    pub phase: &'static str,
    pub subject: String,
    pub body: String,
    pub owner: Staff,
    /// When it was done; of a planned one when it was written down.
    pub at: Instant,
    /// When it was written down, where that was before it was done.
    pub planned: Option<Instant>,
    /// Of what is still to be done.
    pub due: Option<Date>,
    pub due_at: Option<Instant>,
    pub direction: &'static str,
    pub outcome: &'static str,
    pub minutes: i64,
    pub sort: &'static str,
    pub priority: &'static str,
    pub is_pinned: bool,
    pub company: Option<No<Company>>,
    pub contact: Option<No<Contact>>,
    pub also: Vec<No<Contact>>,
    pub deal: Option<No<Deal>>,
    pub lead: Option<No<Lead>>,
    /// Came by itself, such as a mail, and was kept by nobody in particular.
    pub is_incoming_by_itself: bool,
    /// Kind, time and words are told by a story.
    pub is_cast: bool,
}

impl Activity {
    pub fn is_open(&self) -> bool {
        self.due.is_some()
    }
    /// Counts as having been in touch.
    pub fn is_touch(&self) -> bool {
        !self.is_open()
            && match self.kind {
                "call" | "meeting" => matches!(self.outcome, "connected" | "held"),
                "email" | "message" | "letter" => true,
                _ => false,
            }
    }
    /// The company that it concerned on its day.
    pub fn party(&self, world: &World) -> Option<No<Company>> {
        let day = self.at.date_in(&world.calendar.zone);
        self.company
            .or_else(|| self.deal.and_then(|d| world.deals[d].company))
            .or_else(|| self.contact.and_then(|c| world.contacts[c].employer(day)))
    }
}

/// Done activities of each kind.
pub const DONE: &[(&str, usize)] = &[("call", 5_533), ("email", 4_514), ("note", 2_038), ("meeting", 1_893), ("task", 582)];

pub fn fill(world: &mut World) {
    slots::of_deals(world);
    slots::of_leads(world);
    slots::of_quiet(world);
    background::fill(world);
    check::mend(world);
    plan(world);
    words::write(world);
}
