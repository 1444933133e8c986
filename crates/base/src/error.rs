//! One error for two audiences: a code and message that are safe to show, and a private cause.

use std::fmt;

/// The ten outcomes of `api.md`; the HTTP status of each stands in `http/src/error.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    Invalid,
    Malformed,
    Unauthenticated,
    Forbidden,
    NotFound,
    Conflict,
    TooLarge,
    TooMany,
    Unavailable,
    Internal,
}

impl Code {
    /// The word that stands in the `code` of a problem document.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Invalid => "invalid",
            Code::Malformed => "malformed",
            Code::Unauthenticated => "unauthenticated",
            Code::Forbidden => "forbidden",
            Code::NotFound => "not_found",
            Code::Conflict => "conflict",
            Code::TooLarge => "too_large",
            Code::TooMany => "too_many",
            Code::Unavailable => "unavailable",
            Code::Internal => "internal",
        }
    }
}

/// One thing that is wrong with one field or parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// Path of the field as the caller wrote it: `amount`, `emails[1].address`, `filter`.
    pub field: String,
    /// A stable word for programs: `required`, `unknown`, `type`, `too_long`, `not_found`, …
    pub code: String,
    /// A sentence for people, saying what would be right.
    pub message: String,
}

impl FieldProblem {
    pub fn new(field: impl Into<String>, code: &str, message: impl Into<String>) -> Self {
        FieldProblem { field: field.into(), code: code.to_string(), message: message.into() }
    }
}

pub struct Error(Box<Inner>);

struct Inner {
    code: Code,
    message: String,
    fields: Vec<FieldProblem>,
    /// Further members of the problem document, such as both values of a conflict.
    extra: Option<serde_json::Value>,
    /// May the door run the transaction again? (Serialisation failure, deadlock, stale model.)
    retry: bool,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Error(Box::new(Inner { code, message: message.into(), fields: Vec::new(), extra: None, retry: false, source: None }))
    }
    pub fn invalid(message: impl Into<String>) -> Self {
        Error::new(Code::Invalid, message)
    }
    /// All problems of one input at once.
    pub fn fields(problems: Vec<FieldProblem>) -> Self {
        let message = match problems.as_slice() {
            [one] => one.message.clone(),
            many => format!("{} fields need attention", many.len()),
        };
        let mut error = Error::new(Code::Invalid, message);
        error.0.fields = problems;
        error
    }
    /// One problem with one field.
    pub fn field(field: impl Into<String>, code: &str, message: impl Into<String>) -> Self {
        Error::fields(vec![FieldProblem::new(field, code, message)])
    }
    pub fn malformed(message: impl Into<String>) -> Self {
        Error::new(Code::Malformed, message)
    }
    pub fn not_found(message: impl Into<String>) -> Self {
        Error::new(Code::NotFound, message)
    }
    pub fn forbidden(message: impl Into<String>) -> Self {
        Error::new(Code::Forbidden, message)
    }
    pub fn conflict(message: impl Into<String>) -> Self {
        Error::new(Code::Conflict, message)
    }
    /// A fault of ours; the message goes to the log, never to the caller.
    pub fn internal(cause: impl Into<String>) -> Self {
        let mut error = Error::new(Code::Internal, "Something went wrong on the server");
        error.0.source = Some(cause.into().into());
        error
    }
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }
    #[must_use]
    pub fn with_extra(mut self, extra: serde_json::Value) -> Self {
        self.0.extra = Some(extra);
        self
    }
    /// Marks an error after which the same transaction may succeed when run again.
    #[must_use]
    pub fn retryable(mut self) -> Self {
        self.0.retry = true;
        self
    }
    pub fn code(&self) -> Code {
        self.0.code
    }
    pub fn message(&self) -> &str {
        &self.0.message
    }
    pub fn problems(&self) -> &[FieldProblem] {
        &self.0.fields
    }
    pub fn extra(&self) -> Option<&serde_json::Value> {
        self.0.extra.as_ref()
    }
    pub fn is_retryable(&self) -> bool {
        self.0.retry
    }
    /// The private cause, for the log.
    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        self.0.source.as_deref()
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code.as_str(), self.0.message)?;
        for p in &self.0.fields {
            write!(f, "; {} ({}): {}", p.field, p.code, p.message)?;
        }
        if let Some(cause) = &self.0.source {
            write!(f, " [{cause}]")?;
        }
        Ok(())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        for p in &self.0.fields {
            write!(f, "\n  {}: {}", p.field, p.message)?;
        }
        Ok(())
    }
}

/// Any error of a library becomes `Internal` by `?`; what the outside does wrong is mapped by hand at the edge.
impl<E: std::error::Error + Send + Sync + 'static> From<E> for Error {
    fn from(source: E) -> Self {
        Error::new(Code::Internal, "Something went wrong on the server").with_source(source)
    }
}
