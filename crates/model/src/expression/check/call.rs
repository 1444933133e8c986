//! Functions: which there are, what they are given, what they give.

use store::Unit;

use super::{Checker, compare, describe};
use crate::expression::syntax::{Problem, Span, Syntax, Word, Written};
use crate::expression::tree::{Expr, Folding, Match, Measure, Node, Type};
use crate::nearest::nearest;

/// Every function, those that stand behind a dot included.
pub const NAMES: &[&str] = &[
    "me",
    "my_teams",
    "now",
    "today",
    "date",
    "timestamp",
    "days",
    "hours",
    "weeks",
    "age",
    "start_of",
    "month",
    "year",
    "has",
    "size",
    "lower",
    "contains",
    "startsWith",
    "endsWith",
    "exists",
    "all",
];

/// Behind a dot only.
const METHODS: &[&str] = &["contains", "startsWith", "endsWith", "exists", "all", "size", "lower"];

type Outcome = Result<(Node, Type), Problem>;

impl Checker<'_> {
    pub fn call(&mut self, on: Option<&Syntax>, name: &Word, arguments: &[Syntax], span: Span) -> Expr {
        let outcome = match on {
            Some(on) => self.method(on, name, arguments, span),
            None => self.function(name, arguments, span),
        };
        match outcome {
            Ok((node, kind)) => Expr { node, kind, span },
            Err(problem) => self.refuse(problem, span),
        }
    }

    fn function(&mut self, name: &Word, arguments: &[Syntax], span: Span) -> Outcome {
        match (name.text.as_str(), arguments) {
            ("me", []) => Ok((Node::Me, Type::Link("user".to_string()))),
            ("my_teams", []) => Ok((Node::MyTeams, Type::List(Box::new(Type::Link("team".to_string()))))),
            ("now", []) => Ok((Node::Now, Type::Instant)),
            ("today", []) => Ok((Node::Today, Type::Date)),
            ("date", [of]) => literal(of, "date(\"2026-03-31\")").and_then(|t| Ok((Node::Date(compare::date(t, of.span)?), Type::Date))),
            ("timestamp", [of]) => {
                let text = literal(of, "timestamp(\"2026-03-31T14:00:00Z\")")?;
                Ok((Node::Instant(compare::instant(text, of.span)?), Type::Instant))
            }
            ("hours", [of]) => self.count(Measure::Hours, of),
            ("days", [of]) => self.count(Measure::Days, of),
            ("weeks", [of]) => self.count(Measure::Weeks, of),
            ("age", [of]) => self.age(of),
            ("month", [of]) => self.calendar(of, Node::Month, Type::Int),
            ("year", [of]) => self.calendar(of, Node::Year, Type::Int),
            ("start_of", [unit, of]) => self.start_of(unit, of),
            ("has", [of]) => self.has(of),
            ("size", [of]) => self.size(of),
            ("lower", [of]) => self.lower(of),
            ("contains" | "startsWith" | "endsWith" | "exists" | "all", [first, ..]) => {
                let written = base::text::shorten(&words_of(first), 40);
                Err(Problem::new(name.span, format!("Write {written}.{}(…)", name.text)))
            }
            (known, _) if NAMES.contains(&known) => Err(Problem::new(span, usage(known))),
            (unknown, _) => Err(no_function(unknown, name.span, NAMES)),
        }
    }

    fn method(&mut self, on: &Syntax, name: &Word, arguments: &[Syntax], span: Span) -> Outcome {
        match (name.text.as_str(), arguments) {
            ("contains", [piece]) => self.matching(Match::Contains, on, piece),
            ("startsWith", [piece]) => self.matching(Match::Starts, on, piece),
            ("endsWith", [piece]) => self.matching(Match::Ends, on, piece),
            ("exists", [variable, body]) => self.each(false, on, variable, body),
            ("all", [variable, body]) => self.each(true, on, variable, body),
            ("size", []) => self.size(on),
            ("lower", []) => self.lower(on),
            (known, _) if METHODS.contains(&known) => Err(Problem::new(span, usage(known))),
            (unknown, _) => Err(no_function(unknown, name.span, METHODS)),
        }
    }

    fn count(&mut self, measure: Measure, of: &Syntax) -> Outcome {
        let of = self.value(of);
        let kind = if measure == Measure::Hours { Type::Duration } else { Type::Days };
        match of.kind {
            Type::Int | Type::Unknown => Ok((Node::Count(measure, Box::new(of)), kind)),
            _ => Err(Problem::new(of.span, format!("A whole number is needed here, not {}", describe(&of.kind)))),
        }
    }

    fn age(&mut self, of: &Syntax) -> Outcome {
        let of = self.value(of);
        let kind = match of.kind {
            Type::Date => Type::Days,
            Type::Instant => Type::Duration,
            Type::Unknown => Type::Unknown,
            _ => return Err(no_time(&of)),
        };
        Ok((Node::Age(Box::new(of)), kind))
    }

    fn calendar(&mut self, of: &Syntax, node: fn(Box<Expr>) -> Node, kind: Type) -> Outcome {
        let of = self.value(of);
        match of.kind {
            Type::Date | Type::Instant | Type::Unknown => Ok((node(Box::new(of)), kind)),
            _ => Err(no_time(&of)),
        }
    }

    fn start_of(&mut self, unit: &Syntax, of: &Syntax) -> Outcome {
        let word = literal(unit, "start_of(\"month\", x)")?;
        let Some(unit) = Unit::parse(word) else {
            let names = Unit::ALL.map(Unit::as_str);
            let hint = nearest(word, names.into_iter()).map(|w| format!("\"{w}\""));
            return Err(Problem::new(unit.span, format!("A unit is one of {}", names.join(", "))).suggest(hint));
        };
        let of = self.value(of);
        match of.kind {
            Type::Date | Type::Instant | Type::Unknown => Ok((Node::StartOf(unit, Box::new(of)), Type::Date)),
            _ => Err(no_time(&of)),
        }
    }

    fn has(&mut self, of: &Syntax) -> Outcome {
        let of = self.any(of);
        if matches!(of.node, Node::List(_) | Node::MyTeams) {
            return Err(Problem::new(of.span, "has asks whether a field holds something"));
        }
        self.relations += usize::from(matches!(of.node, Node::Items(_)));
        Ok((Node::Has(Box::new(of)), Type::Bool))
    }

    fn size(&mut self, of: &Syntax) -> Outcome {
        let of = self.any(of);
        match (&of.node, &of.kind) {
            (Node::Items(_), _) => self.relations += 1,
            (_, Type::Text | Type::Unknown) => {}
            _ => return Err(Problem::new(of.span, format!("size counts a list or the characters of a text, not {}", describe(&of.kind)))),
        }
        Ok((Node::Size(Box::new(of)), Type::Int))
    }

    fn lower(&mut self, of: &Syntax) -> Outcome {
        let of = self.text(of)?;
        Ok((Node::Lower(Box::new(of)), Type::Text))
    }

    fn text(&mut self, of: &Syntax) -> Result<Expr, Problem> {
        let of = self.value(of);
        match of.kind {
            Type::Text | Type::Unknown => Ok(of),
            Type::Choice => Err(Problem::new(of.span, "A choice is compared with == and in only")),
            _ => Err(Problem::new(of.span, format!("Text is needed here, not {}", describe(&of.kind)))),
        }
    }

    fn matching(&mut self, by: Match, on: &Syntax, piece: &Syntax) -> Outcome {
        let (on, piece) = (self.text(on)?, self.text(piece)?);
        let folding = match (on.folds(), piece.folds()) {
            (Some(false), _) | (_, Some(false)) | (None, None) => Folding::Exact,
            _ => Folding::Folded,
        };
        Ok((Node::Match(by, Box::new(on), Box::new(piece), folding), Type::Bool))
    }

    fn each(&mut self, all: bool, on: &Syntax, variable: &Syntax, body: &Syntax) -> Outcome {
        let list = self.any(on);
        let Written::Name(name) = &variable.node else {
            return Err(Problem::new(variable.span, "Name a variable here, such as x"));
        };
        match list.node {
            Node::Items(items) => {
                let body = Box::new(self.over(&items, name, body));
                Ok((Node::Each { all, items, variable: name.clone(), body }, Type::Bool))
            }
            _ if list.kind == Type::Unknown => Ok((Node::Bool(false), Type::Bool)),
            _ => Err(Problem::new(list.span, format!("exists and all need a list field, not {}", describe(&list.kind)))),
        }
    }
}

fn literal<'s>(syntax: &'s Syntax, example: &str) -> Result<&'s str, Problem> {
    match &syntax.node {
        Written::Text(text) => Ok(text),
        _ => Err(Problem::new(syntax.span, format!("A text in quotes is needed here, as in {example}"))),
    }
}

fn words_of(syntax: &Syntax) -> String {
    let words = Checker::words(syntax).unwrap_or_default();
    if words.is_empty() { "x".to_string() } else { words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(".") }
}

fn no_time(of: &Expr) -> Problem {
    Problem::new(of.span, format!("A date or a moment is needed here, not {}", describe(&of.kind)))
}

fn no_function(name: &str, span: Span, known: &[&'static str]) -> Problem {
    let message = format!("There is no function \"{}\"", base::text::shorten(name, 60));
    Problem::new(span, message).suggest(nearest(name, known.iter().copied()))
}

fn usage(name: &str) -> String {
    let form = match name {
        "me" | "my_teams" | "now" | "today" => format!("{name}()"),
        "date" => "date(\"2026-03-31\")".to_string(),
        "timestamp" => "timestamp(\"2026-03-31T14:00:00Z\")".to_string(),
        "days" | "hours" | "weeks" => format!("{name}(30)"),
        "start_of" => "start_of(\"month\", x)".to_string(),
        "contains" | "startsWith" | "endsWith" => format!("x.{name}(\"…\")"),
        "exists" | "all" => format!("list.{name}(x, condition)"),
        _ => format!("{name}(x)"),
    };
    format!("Write {form}")
}
