//! Comparisons: what is compared with what, and how.

use base::{Date, Id, Instant};

use super::arithmetic::as_number;
use super::{Checker, describe, leaf, name};
use crate::expression::syntax::{Operator, Problem, Span, Syntax, Written};
use crate::expression::tree::{Expr, Folding, Get, How, Items, Leaf, Node, Of, Path, Place, Type};
use crate::nearest::nearest;

impl Checker<'_> {
    pub fn compare(&mut self, operator: Operator, a: &Syntax, b: &Syntax, span: Span) -> Expr {
        let left = self.any(a);
        if let Some(problem) = self.missing_quotes(&left, b) {
            return self.refuse(problem, span);
        }
        let right = self.any(b);
        let typed = |node: Node| Expr { node, kind: Type::Bool, span };
        match self.pair(operator, left, right) {
            Ok(Some((left, right, how))) => typed(Node::Compare(operator, Box::new(left), Box::new(right), how)),
            Ok(None) => typed(Node::Bool(false)),
            Err(problem) => {
                let problem = if problem.length == 0 { Problem { at: span.at, length: span.length, ..problem } } else { problem };
                self.refuse(problem, span)
            }
        }
    }

    pub fn within(&mut self, item: &Syntax, list: &Syntax, span: Span) -> Expr {
        let item = self.value(item);
        let typed = |node: Node| Expr { node, kind: Type::Bool, span };
        if let Written::List(written) = &list.node {
            return typed(self.any_of(item, written));
        }
        let list = self.any(list);
        match (list.node, list.kind) {
            (_, Type::Unknown) => typed(Node::Bool(false)),
            (Node::MyTeams, _) if matches!(&item.kind, Type::Link(to) if to == "team" || to == "any") => {
                typed(Node::InTeams(Box::new(item)))
            }
            (Node::MyTeams, _) => self.refuse(Problem::new(item.span, "Only a team can be in my_teams()"), span),
            (Node::Items(items), _) => self.among(item, items, list.span, span),
            (_, kind) => {
                let message = format!("A list is needed behind in, not {}", describe(&kind));
                self.refuse(Problem::new(list.span, message), span)
            }
        }
    }

    /// An item among those of a list that is written out.
    fn any_of(&mut self, item: Expr, written: &[Syntax]) -> Node {
        let mut pairs = Vec::new();
        for one in written {
            if let Some(problem) = self.missing_quotes(&item, one) {
                self.problem(problem);
                continue;
            }
            let one = self.value(one);
            let at = one.span;
            match self.pair(Operator::Eq, item.clone(), one) {
                Ok(pair) => pairs.extend(pair),
                Err(problem) if problem.length == 0 => self.problem(Problem { at: at.at, length: at.length, ..problem }),
                Err(problem) => self.problem(problem),
            }
        }
        let item = pairs.first().map_or(item, |(left, ..)| left.clone());
        if pairs.iter().all(|(left, ..)| *left == item) {
            return Node::AnyOf(Box::new(item), pairs.into_iter().map(|(_, right, how)| (right, how)).collect());
        }
        // A literal in front means something else beside each of them.
        let one = |(left, right, how): (Expr, Expr, How)| {
            let span = left.span.to(right.span);
            Expr { node: Node::Compare(Operator::Eq, Box::new(left), Box::new(right), how), kind: Type::Bool, span }
        };
        Node::Or(pairs.into_iter().map(one).collect())
    }

    /// An item among those of a list field.
    fn among(&mut self, item: Expr, items: Items, at: Span, span: Span) -> Expr {
        self.relations += 1;
        let Some(element) = element(&items, at) else {
            let list = items.names.join(".");
            return self.refuse(Problem::new(at, format!("Rows of {list} have parts; write {list}.exists(x, …)")), span);
        };
        match self.pair(Operator::Eq, element, item) {
            Ok(Some((_, item, how))) => Expr { node: Node::Within(Box::new(item), items, how), kind: Type::Bool, span },
            Ok(None) => Expr { node: Node::Bool(false), kind: Type::Bool, span },
            Err(problem) if problem.length == 0 => self.refuse(Problem { at: span.at, length: span.length, ..problem }, span),
            Err(problem) => self.refuse(problem, span),
        }
    }

    /// `status == won`, where a code was meant.
    fn missing_quotes(&self, left: &Expr, right: &Syntax) -> Option<Problem> {
        let Written::Name(name) = &right.node else { return None };
        let codes = self.codes(left)?;
        let is_field = self.root.field(name).is_some() || self.variables.iter().any(|v| v.name == *name);
        (!is_field && codes.contains(&name.as_str()))
            .then(|| Problem::new(right.span, "Codes stand in quotes").suggest(Some(format!("\"{name}\""))))
    }

    fn codes(&self, expr: &Expr) -> Option<Vec<&str>> {
        match &expr.node {
            Node::Path(path) if expr.kind == Type::Choice => leaf::codes(self.model, &path.leaf),
            _ => None,
        }
    }

    /// Both sides as they are compared, and how. `None`: something in them was told to be wrong already. A problem of
    /// length 0 is one of the whole comparison.
    fn pair(&self, operator: Operator, a: Expr, b: Expr) -> Result<Option<(Expr, Expr, How)>, Problem> {
        if a.kind == Type::Unknown || b.kind == Type::Unknown {
            return Ok(None);
        }
        if let Some(problem) = self.not_comparable(&a).or_else(|| self.not_comparable(&b)) {
            return Err(problem);
        }
        let (a, b) = (self.meant(a, &b)?, b);
        let (a, b) = {
            let b = self.meant(b, &a)?;
            (a, b)
        };
        let how = self.how(&a, &b)?;
        if let Some(problem) = no_order(operator, &how, &a) {
            return Err(problem);
        }
        let is_dynamic = !a.is_constant() && !b.is_constant();
        let (a, b) = match (&a.kind, &b.kind) {
            (Type::Int, Type::Number | Type::Money) | (Type::Number | Type::Money, Type::Int) if is_dynamic => (as_number(a), as_number(b)),
            _ => (a, b),
        };
        Ok(Some((a, b, how)))
    }

    fn not_comparable(&self, expr: &Expr) -> Option<Problem> {
        match (&expr.node, &expr.kind) {
            (_, Type::Null) => Some(Problem::new(expr.span, "Nothing equals null; write has(x) or !has(x)")),
            (Node::Items(items), _) => {
                let list = items.names.join(".");
                Some(Problem::new(expr.span, format!("{list} holds several; write \"…\" in {list} or {list}.exists(x, …)")))
            }
            (_, Type::List(_)) => Some(Problem::new(expr.span, "A list can only stand behind in")),
            (Node::Path(path), Type::Row) => {
                let name = path.names.join(".");
                let message = match self.some_part(&path.leaf) {
                    Some(part) => format!("{name} has parts; compare one of them, such as {name}.{part}"),
                    None => format!("{name} cannot be compared, only asked for with has({name})"),
                };
                Some(Problem::new(expr.span, message))
            }
            _ => None,
        }
    }

    fn some_part(&self, whole: &Leaf) -> Option<&str> {
        let field = self.model.object(&whole.object)?.field(&whole.field)?;
        leaf::part_names(field).into_iter().next()
    }

    /// A text literal as what it is compared with: a date, a moment, an id, a known code.
    fn meant(&self, expr: Expr, other: &Expr) -> Result<Expr, Problem> {
        let Node::Text(text) = &expr.node else { return Ok(expr) };
        let span = expr.span;
        let typed = |node: Node, kind: Type| Ok(Expr { node, kind, span });
        match &other.kind {
            Type::Date => typed(Node::Date(date(text, span)?), Type::Date),
            Type::Instant => match text.parse::<Date>() {
                Ok(day) => typed(Node::Date(day), Type::Date),
                Err(_) => typed(Node::Instant(instant(text, span)?), Type::Instant),
            },
            Type::Link(to) => match text.parse::<Id>() {
                Ok(id) if text.len() == 36 => typed(Node::Id(id), Type::Link(to.clone())),
                _ => Ok(expr),
            },
            Type::Choice => match self.codes(other) {
                Some(codes) if !codes.contains(&text.as_str()) => {
                    let message = format!("\"{}\" is not one of its options", base::text::shorten(text, 60));
                    let fitting = codes.iter().find(|c| base::text::fold(c) == base::text::fold(&text.replace([' ', '-'], "_")));
                    let suggestion = fitting.copied().or_else(|| nearest(text, codes.iter().copied()));
                    Err(Problem::new(span, message).suggest(suggestion.map(|code| format!("\"{code}\""))))
                }
                _ => typed(Node::Text(text.clone()), Type::Choice),
            },
            Type::Int | Type::Number | Type::Money => {
                let is_number = text.parse::<base::Number>().is_ok();
                let message = format!("{} is compared with text", capital(&describe(&other.kind)));
                Err(Problem::new(span, message).suggest(is_number.then(|| text.trim().to_string())))
            }
            _ => Ok(expr),
        }
    }

    fn how(&self, a: &Expr, b: &Expr) -> Result<How, Problem> {
        use Type::{Bool, Choice, Date, Days, Duration, Instant, Int, Link, Money, Number, Text};
        Ok(match (&a.kind, &b.kind) {
            (Bool, Bool) | (Date, Date) | (Instant, Instant) | (Days, Days) | (Duration, Duration) => How::Plain,
            (Int | Number | Money, Int | Number | Money) => How::Numeric,
            (Text, Text) => match (a.folds(), b.folds()) {
                (Some(false), _) | (_, Some(false)) | (None, None) => How::Text(Folding::Exact),
                _ => How::Text(Folding::Folded),
            },
            (Text | Choice, Text | Choice) => How::Text(Folding::Exact),
            (Instant, Date) | (Date, Instant) => How::Day,
            (Days, Duration) | (Duration, Days) => How::Span,
            (Link(x), Link(y)) if x == y || x == "any" || y == "any" => How::Plain,
            (Link(to), Text) => self.named(to, a, b)?,
            (Text, Link(to)) => self.named(to, b, a)?,
            (Days | Duration, Int) => return Err(no_unit(b)),
            (Int, Days | Duration) => return Err(no_unit(a)),
            (x, y) => {
                let message = format!("{} cannot be compared with {}", capital(&describe(x)), describe(y));
                return Err(Problem { at: 0, length: 0, message, suggestion: None });
            }
        })
    }

    fn named(&self, to: &str, link: &Expr, text: &Expr) -> Result<How, Problem> {
        let name = if let Node::Path(path) = &link.node { path.names.join(".") } else { "it".to_string() };
        if !matches!(text.node, Node::Text(_)) {
            return Err(Problem::new(text.span, format!("Compare a field of {name} instead, such as {name}.name")));
        }
        if !matches!(link.node, Node::Path(_)) {
            return Err(Problem::new(text.span, "This can only be compared with an id"));
        }
        let names = self.names_of(to);
        if names.is_empty() {
            return Err(Problem::new(text.span, format!("{name} can only be compared with an id here")));
        }
        Ok(How::Named(names))
    }
}

/// An item of a list as one side of a comparison.
fn element(items: &Items, span: Span) -> Option<Expr> {
    let record = |to: &str| {
        let leaf = Leaf {
            object: to.to_string(),
            field: String::new(),
            get: Get::Record,
            place: Place::Own("id".to_string()),
            folds: false,
            scale: 0,
            presence: Vec::new(),
            always: true,
        };
        (leaf, Type::Link(to.to_string()))
    };
    let (leaf, kind) = match &items.of {
        Of::Values { item, .. } => (item.clone(), name::element_type(items)),
        Of::Rows { main, .. } => {
            let main = main.clone()?;
            let kind = if main.place == Place::Own("target".to_string()) { Type::Link("any".to_string()) } else { Type::Text };
            (main, kind)
        }
        Of::Links { to, .. } | Of::Reverse { object: to, .. } => record(to),
    };
    let path = Path { scope: items.scope, hops: items.hops.clone(), leaf, names: items.names.clone() };
    Some(Expr { node: Node::Path(path), kind, span })
}

fn no_order(operator: Operator, how: &How, a: &Expr) -> Option<Problem> {
    if matches!(operator, Operator::Eq | Operator::Ne) {
        return None;
    }
    let kind = match (how, &a.kind) {
        (How::Plain, Type::Bool) => "Yes and no have",
        (How::Plain | How::Named(_), Type::Link(_)) | (How::Named(_), _) => "Links have",
        (How::Text(_), Type::Choice) => "Choices have",
        _ => return None,
    };
    Some(Problem { at: 0, length: 0, message: format!("{kind} no order; use == or !="), suggestion: None })
}

fn no_unit(count: &Expr) -> Problem {
    let days = if let Node::Int(n) = count.node { format!("days({n})") } else { "days(…)".to_string() };
    Problem::new(count.span, "Say of what unit").suggest(Some(days))
}

pub fn date(text: &str, span: Span) -> Result<Date, Problem> {
    text.parse().map_err(|e: base::Error| Problem::new(span, e.message()))
}

pub fn instant(text: &str, span: Span) -> Result<Instant, Problem> {
    text.parse().map_err(|e: base::Error| Problem::new(span, e.message()))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
