//! A record on its way to being written, with what it was before and what is wrong with it.

use base::{FieldProblem, Value};

use super::Record;

pub struct Draft {
    /// As it stands in the database; absent for a new record.
    pub before: Option<Record>,
    /// As it will stand.
    pub record: Record,
    /// The business moment of this write, where it is not now (a call of yesterday).
    pub occurred_at: Option<base::Instant>,
    /// Fields that the caller wrote himself, so that a rule does not overwrite them.
    pub written: Vec<String>,
    problems: Vec<FieldProblem>,
}

impl Draft {
    pub fn new(before: Option<Record>, record: Record) -> Self {
        Draft { before, record, occurred_at: None, written: Vec::new(), problems: Vec::new() }
    }
    pub fn is_new(&self) -> bool {
        self.before.is_none()
    }
    pub fn get(&self, field: &str) -> &Value {
        self.record.get(field)
    }
    /// The value before the write; absent for a new record.
    pub fn old(&self, field: &str) -> &Value {
        self.before.as_ref().map_or(&base::value::NULL, |r| r.get(field))
    }
    pub fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.record.values.insert(field.to_string(), value.into());
    }
    pub fn changed(&self, field: &str) -> bool {
        self.old(field) != self.get(field)
    }
    /// Did the caller name this field in his input?
    pub fn is_written(&self, field: &str) -> bool {
        self.written.iter().any(|f| f == field)
    }
    pub fn problem(&mut self, field: impl Into<String>, code: &str, message: impl Into<String>) {
        self.problems.push(FieldProblem::new(field, code, message));
    }
    pub fn add_problems(&mut self, problems: Vec<FieldProblem>) {
        self.problems.extend(problems);
    }
    pub fn problems(&self) -> &[FieldProblem] {
        &self.problems
    }
    /// All problems at once as one error, if there are any.
    pub fn refuse(&mut self) -> base::Result<()> {
        if self.problems.is_empty() { Ok(()) } else { Err(base::Error::fields(std::mem::take(&mut self.problems))) }
    }
}
