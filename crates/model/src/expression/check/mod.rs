//! From what was written to the typed tree: names resolved, types compared, literals read.
//!
//! All problems are told at once, each with its place; something already told to be wrong has the type `Unknown` and
//! causes no further problems. Start with [`compile`]. Names are followed in `name.rs`, what a field is stands in
//! `leaf.rs`, comparisons in `compare.rs`, functions in `call.rs`, sums in `arithmetic.rs`.

mod arithmetic;
mod call;
mod compare;
mod leaf;
mod name;

use super::parse::parse;
use super::syntax::{Operator, Problem, Span, Syntax, Written};
use super::tree::{Expr, Items, Leaf, Node, Type};
use crate::object::{Field, Model, Object};

/// May the caller read this field of this object? What he may not read is unknown to his expressions.
pub type Visible<'a> = dyn Fn(&Object, &Field) -> bool + 'a;

/// Links, lists and reverse relations that one expression may go through.
const MOST_RELATIONS: usize = 60;
/// `exists` within `exists`.
const DEEPEST_EACH: usize = 3;

/// A condition over the records of an object.
pub fn compile(model: &Model, object: &Object, text: &str, visible: &Visible<'_>) -> Result<Expr, Vec<Problem>> {
    let syntax = parse(text)?;
    let mut checker = Checker::new(model, object, visible);
    let expr = checker.condition(&syntax);
    checker.finish(expr)
}

/// A value computed from a record: formulas, sorts, measures. Any type but a list.
pub fn compile_value(model: &Model, object: &Object, text: &str, visible: &Visible<'_>) -> Result<Expr, Vec<Problem>> {
    let syntax = parse(text)?;
    let mut checker = Checker::new(model, object, visible);
    let expr = checker.value(&syntax);
    if matches!(expr.kind, Type::Row | Type::Null) {
        checker.problem(Problem::new(expr.span, "This is not a value that can be kept"));
    }
    checker.finish(expr)
}

struct Checker<'a> {
    model: &'a Model,
    root: &'a Object,
    visible: &'a Visible<'a>,
    /// Of the `exists` around, outermost first.
    variables: Vec<Variable<'a>>,
    relations: usize,
    problems: Vec<Problem>,
}

struct Variable<'a> {
    name: String,
    element: Element<'a>,
}

/// What a variable stands for.
enum Element<'a> {
    Record(&'a Object),
    Row(&'a Object, &'a Field),
    Value(Type, Leaf),
    Unknown,
}

impl<'a> Checker<'a> {
    fn new(model: &'a Model, root: &'a Object, visible: &'a Visible<'a>) -> Self {
        Checker { model, root, visible, variables: Vec::new(), relations: 0, problems: Vec::new() }
    }

    fn finish(mut self, expr: Expr) -> Result<Expr, Vec<Problem>> {
        if self.relations > MOST_RELATIONS {
            let message = format!("An expression goes through at most {MOST_RELATIONS} links and lists");
            self.problems.push(Problem::new(expr.span, message));
        }
        self.problems.sort_by_key(|p| p.at);
        if self.problems.is_empty() { Ok(expr) } else { Err(self.problems) }
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn refuse(&mut self, problem: Problem, span: Span) -> Expr {
        self.problems.push(problem);
        Expr { node: Node::Null, kind: Type::Unknown, span }
    }

    /// Something that is true or not; an absent boolean is not.
    fn condition(&mut self, syntax: &Syntax) -> Expr {
        let expr = self.value(syntax);
        if matches!(expr.kind, Type::Bool | Type::Unknown) {
            return expr;
        }
        let message = format!("A condition is needed here, not {}", describe(&expr.kind));
        self.refuse(Problem::new(expr.span, message), syntax.span)
    }

    /// A single value.
    fn value(&mut self, syntax: &Syntax) -> Expr {
        let expr = self.any(syntax);
        if !matches!(expr.kind, Type::List(_)) {
            return expr;
        }
        let problem = match &expr.node {
            Node::Items(items) => {
                let list = items.names.join(".");
                Problem::new(expr.span, format!("{list} holds several; write \"…\" in {list}, size({list}) or {list}.exists(x, …)"))
            }
            _ => Problem::new(expr.span, "A list can only stand behind in"),
        };
        self.refuse(problem, syntax.span)
    }

    /// A value or a list.
    fn any(&mut self, syntax: &Syntax) -> Expr {
        let span = syntax.span;
        let typed = |node: Node, kind: Type| Expr { node, kind, span };
        match &syntax.node {
            Written::Null => typed(Node::Null, Type::Null),
            Written::Bool(b) => typed(Node::Bool(*b), Type::Bool),
            Written::Int(n) => typed(Node::Int(*n), Type::Int),
            Written::Number(n) => typed(Node::Number(*n), Type::Number),
            Written::Text(text) => typed(Node::Text(text.clone()), Type::Text),
            Written::Name(_) | Written::Member(..) => match Self::words(syntax) {
                Some(words) => self.path(&words, span),
                None => self.refuse(Problem::new(span, "Only fields have parts"), span),
            },
            Written::List(items) => {
                let items: Vec<Expr> = items.iter().map(|i| self.value(i)).collect();
                let kind = items.first().map_or(Type::Null, |i| i.kind.clone());
                typed(Node::List(items), Type::List(Box::new(kind)))
            }
            Written::Not(of) => {
                let of = self.condition(of);
                typed(Node::Not(Box::new(of)), Type::Bool)
            }
            Written::And(all) => {
                let all = all.iter().map(|c| self.condition(c)).collect();
                typed(Node::And(all), Type::Bool)
            }
            Written::Or(all) => {
                // A list of unlike items became a chain of its own.
                let flat = |c: Expr| if let Node::Or(inner) = c.node { inner } else { vec![c] };
                let all = all.iter().flat_map(|c| flat(self.condition(c))).collect();
                typed(Node::Or(all), Type::Bool)
            }
            Written::Negate(of) => self.negate(of, span),
            Written::Choose(when, then, otherwise) => self.choose(when, then, otherwise, span),
            Written::Binary(Operator::In, item, list) => self.within(item, list, span),
            Written::Binary(operator @ (Operator::Add | Operator::Sub | Operator::Mul | Operator::Div | Operator::Mod), a, b) => {
                self.arithmetic(*operator, a, b, span)
            }
            Written::Binary(operator, a, b) => self.compare(*operator, a, b, span),
            Written::Call { on, name, arguments } => self.call(on.as_deref(), name, arguments, span),
        }
    }

    fn choose(&mut self, when: &Syntax, then: &Syntax, otherwise: &Syntax, span: Span) -> Expr {
        let when = self.condition(when);
        let (then, otherwise) = (self.value(then), self.value(otherwise));
        match arithmetic::unite(then, otherwise) {
            Ok((then, otherwise, kind)) => Expr { node: Node::Choose(Box::new(when), Box::new(then), Box::new(otherwise)), kind, span },
            Err((a, b)) => {
                let message = format!("Both results must be of one kind; these are {} and {}", describe(&a), describe(&b));
                self.refuse(Problem::new(span, message), span)
            }
        }
    }

    /// Checks a condition over the items of a list with a variable of its own.
    fn over(&mut self, items: &Items, variable: &str, body: &Syntax) -> Expr {
        let element = self.element(items);
        self.variables.push(Variable { name: variable.to_string(), element });
        self.relations += 1;
        if self.variables.len() > DEEPEST_EACH {
            let message = format!("exists and all nest at most {DEEPEST_EACH} deep");
            self.problem(Problem::new(body.span, message));
        }
        let body = self.condition(body);
        self.variables.pop();
        body
    }
}

/// A type in words for people.
fn describe(kind: &Type) -> String {
    match kind {
        Type::Null => "nothing".to_string(),
        Type::Bool => "yes or no".to_string(),
        Type::Int => "a whole number".to_string(),
        Type::Number => "a number".to_string(),
        Type::Money => "an amount of money".to_string(),
        Type::Text => "text".to_string(),
        Type::Choice => "a choice".to_string(),
        Type::Date => "a date".to_string(),
        Type::Instant => "a moment".to_string(),
        Type::Days => "a number of days".to_string(),
        Type::Duration => "a span of time".to_string(),
        Type::Link(to) if to == "any" => "a link".to_string(),
        Type::Link(to) => format!("a link to a {to}"),
        Type::List(_) => "a list".to_string(),
        Type::Row => "something with parts".to_string(),
        Type::Unknown => "something wrong".to_string(),
    }
}
