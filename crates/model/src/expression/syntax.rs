//! An expression as it was written: names not yet resolved, every node with its place in the text.

use base::Number;

/// A stretch of the text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Span {
    pub at: usize,
    pub length: usize,
}

impl Span {
    pub fn new(at: usize, length: usize) -> Self {
        Span { at, length }
    }
    pub fn end(self) -> usize {
        self.at + self.length
    }
    /// The stretch from the first of both to the end of the last.
    pub fn to(self, other: Span) -> Span {
        let at = self.at.min(other.at);
        Span { at, length: self.end().max(other.end()) - at }
    }
}

/// What is wrong with an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Offset in bytes of the first wrong character.
    pub at: usize,
    pub length: usize,
    /// A sentence for people.
    pub message: String,
    /// What was probably meant, to be written in place of the wrong stretch.
    pub suggestion: Option<String>,
}

impl Problem {
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Problem { at: span.at, length: span.length, message: message.into(), suggestion: None }
    }
    #[must_use]
    pub fn suggest(mut self, suggestion: Option<impl Into<String>>) -> Self {
        self.suggestion = suggestion.map(Into::into);
        self
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Syntax {
    pub node: Written,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    Null,
    Bool(bool),
    Int(i64),
    Number(Number),
    Text(String),
    Name(String),
    /// `company.country`; the span is that of the last name.
    Member(Box<Syntax>, Word),
    /// `has(x)`, `tags.exists(t, …)`.
    Call {
        on: Option<Box<Syntax>>,
        name: Word,
        arguments: Vec<Syntax>,
    },
    List(Vec<Syntax>),
    Not(Box<Syntax>),
    Negate(Box<Syntax>),
    /// Flat, however long the chain.
    And(Vec<Syntax>),
    Or(Vec<Syntax>),
    Binary(Operator, Box<Syntax>, Box<Syntax>),
    Choose(Box<Syntax>, Box<Syntax>, Box<Syntax>),
}

/// A name and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    pub text: String,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    In,
    Add,
    Sub,
    Mul,
    Div,
    Mod,
}

impl Operator {
    pub fn as_str(self) -> &'static str {
        match self {
            Operator::Eq => "==",
            Operator::Ne => "!=",
            Operator::Lt => "<",
            Operator::Le => "<=",
            Operator::Gt => ">",
            Operator::Ge => ">=",
            Operator::In => "in",
            Operator::Add => "+",
            Operator::Sub => "-",
            Operator::Mul => "*",
            Operator::Div => "/",
            Operator::Mod => "%",
        }
    }
}
