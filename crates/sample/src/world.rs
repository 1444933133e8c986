//! Everything that will be written, as plain data. Nothing here knows the database.

use std::collections::HashMap;

use crate::activities::Activity;
use crate::calendar::Calendar;
use crate::companies::Company;
use crate::deals::Deal;
use crate::dice::Dice;
use crate::leads::Lead;
use crate::people::{Contact, Position, Relation};
use crate::shelf::{No, Shelf};
use crate::step::Step;

/// The whole company, or a tenth of it for tests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Size {
    Full,
    Small,
}

impl Size {
    /// So many of the whole company's number; never none.
    pub fn of(self, count: usize) -> usize {
        match self {
            Size::Full => count,
            Size::Small if count == 0 => 0,
            Size::Small => ((count + 5) / 10).max(1),
        }
    }
    pub fn is_full(self) -> bool {
        self == Size::Full
    }
}

pub struct World {
    pub size: Size,
    pub calendar: Calendar,
    pub dice: Dice,
    pub companies: Shelf<Company>,
    pub contacts: Shelf<Contact>,
    pub deals: Shelf<Deal>,
    pub leads: Shelf<Lead>,
    pub activities: Shelf<Activity>,
    pub positions: Vec<Position>,
    pub relations: Vec<Relation>,
    /// Changes that stories make beside the usual course.
    pub edits: Vec<Step>,
    named: HashMap<&'static str, No<Company>>,
    people: HashMap<&'static str, No<Contact>>,
}

impl World {
    pub fn new(size: Size, calendar: Calendar, seed: u64) -> Self {
        World {
            size,
            calendar,
            dice: Dice::new(seed),
            companies: Shelf::default(),
            contacts: Shelf::default(),
            deals: Shelf::default(),
            leads: Shelf::default(),
            activities: Shelf::default(),
            positions: Vec::new(),
            relations: Vec::new(),
            edits: Vec::new(),
            named: HashMap::new(),
            people: HashMap::new(),
        }
    }
    pub fn name_company(&mut self, name: &'static str, no: No<Company>) {
        self.named.insert(name, no);
    }
    /// A company of the stories by its name; `None` where the small company goes without it.
    pub fn company(&self, name: &str) -> Option<No<Company>> {
        self.named.get(name).copied()
    }
    pub fn name_person(&mut self, name: &'static str, no: No<Contact>) {
        self.people.insert(name, no);
    }
    /// A person of the stories by name.
    pub fn person(&self, name: &str) -> Option<No<Contact>> {
        self.people.get(name).copied()
    }
}
