//! What is wrong with a declaration: a stable number, the place, the matter, and the remedy.

use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Stable number for documentation and tests, such as `M014`.
    pub id: &'static str,
    /// Where: `deal.fields.amount.type`.
    pub place: String,
    pub message: String,
    pub remedy: String,
}

impl Fault {
    pub fn new(id: &'static str, place: impl Into<String>, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Fault { id, place: place.into(), message: message.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}. {}.", self.id, self.place, self.message, self.remedy)
    }
}

/// All faults as one error, for a start that must stop.
pub fn refuse(faults: &[Fault]) -> base::Error {
    let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
    base::Error::invalid(format!("The declarations have {} faults:\n{}", faults.len(), lines.join("\n")))
}
