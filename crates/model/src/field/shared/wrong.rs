//! Something that is not as it should be, before it is known where it stands.

use base::FieldProblem;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// A stable word: `type`, `format`, `unknown`, `too_long`, `too_big`, `too_small`, `too_many`, `too_precise`, `read_only`.
    pub code: &'static str,
    /// A sentence that says what would be right.
    pub message: String,
}

impl Wrong {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Wrong { code, message: message.into() }
    }
    /// A JSON value of another type than the field's.
    pub fn kind(message: impl Into<String>) -> Self {
        Wrong::new("type", message)
    }
    pub fn format(message: impl Into<String>) -> Self {
        Wrong::new("format", message)
    }
    pub fn problem(self, path: &str) -> FieldProblem {
        FieldProblem::new(path, self.code, self.message)
    }
    pub fn at(self, path: &str) -> Vec<FieldProblem> {
        vec![self.problem(path)]
    }
}
