//! Sums, products and differences, and results of one kind.

use super::{Checker, describe};
use crate::expression::syntax::{Operator, Problem, Span, Syntax};
use crate::expression::tree::{Expr, Node, Type};

impl Checker<'_> {
    pub fn arithmetic(&mut self, operator: Operator, a: &Syntax, b: &Syntax, span: Span) -> Expr {
        let (a, b) = (self.value(a), self.value(b));
        if a.kind == Type::Unknown || b.kind == Type::Unknown {
            return Expr { node: Node::Null, kind: Type::Unknown, span };
        }
        let Some(kind) = result(operator, &a.kind, &b.kind) else {
            let problem = no_result(operator, &a, &b, span);
            return self.refuse(problem, span);
        };
        // Whole numbers beside numbers with decimals become such; beside money, too.
        let (a, b) = match kind {
            Type::Number | Type::Money => (as_number(a), as_number(b)),
            _ => (a, b),
        };
        Expr { node: Node::Arithmetic(operator, Box::new(a), Box::new(b)), kind, span }
    }

    pub fn negate(&mut self, of: &Syntax, span: Span) -> Expr {
        let of = self.value(of);
        match of.kind {
            Type::Unknown => of,
            Type::Int | Type::Number | Type::Money | Type::Days | Type::Duration => {
                let kind = of.kind.clone();
                Expr { node: Node::Negate(Box::new(of)), kind, span }
            }
            _ => {
                let message = format!("- needs a number, not {}", describe(&of.kind));
                self.refuse(Problem::new(span, message), span)
            }
        }
    }
}

fn result(operator: Operator, a: &Type, b: &Type) -> Option<Type> {
    use Operator::{Add, Div, Mod, Mul, Sub};
    use Type::{Choice, Date, Days, Duration, Instant, Int, Money, Number, Text};
    Some(match (operator, a, b) {
        (Add | Sub | Mul | Mod, Int, Int) => Int,
        (Div, Int, Int) | (Add | Sub | Mul | Div, Int | Number, Int | Number) | (Div, Money, Money) => Number,
        (Add | Sub, Money, Money) | (Mul | Div, Money, Int | Number) | (Mul, Int | Number, Money) => Money,
        (Add, Text | Choice, Text | Choice) => Text,
        (Add | Sub, Date, Days) | (Add, Days, Date) => Date,
        (Add | Sub, Instant, Days | Duration) | (Add, Days | Duration, Instant) => Instant,
        (Sub, Date, Date) | (Add | Sub, Days, Days) => Days,
        (Sub, Instant, Instant) | (Add | Sub, Duration | Days, Duration | Days) => Duration,
        _ => return None,
    })
}

fn no_result(operator: Operator, a: &Expr, b: &Expr, span: Span) -> Problem {
    let is_time = |kind: &Type| matches!(kind, Type::Date | Type::Instant);
    if is_time(&a.kind) && b.kind == Type::Int {
        let days = if let Node::Int(n) = b.node { format!("days({n})") } else { "days(…)".to_string() };
        return Problem::new(b.span, "Say of what unit").suggest(Some(days));
    }
    if a.kind == Type::Date && b.kind == Type::Duration {
        return Problem::new(b.span, "A date has no hours; use days");
    }
    let is_money_and_number =
        matches!((&a.kind, &b.kind), (Type::Money, Type::Int | Type::Number) | (Type::Int | Type::Number, Type::Money));
    if is_money_and_number {
        return Problem::new(span, "A number without a currency cannot be added to an amount of money");
    }
    let message = format!("{} cannot be used between {} and {}", operator.as_str(), describe(&a.kind), describe(&b.kind));
    Problem::new(span, message)
}

/// A whole number that is used as one with decimals.
pub fn as_number(expr: Expr) -> Expr {
    if expr.kind != Type::Int {
        return expr;
    }
    let span = expr.span;
    Expr { node: Node::AsNumber(Box::new(expr)), kind: Type::Number, span }
}

/// Two results of one kind, or both kinds.
pub fn unite(a: Expr, b: Expr) -> Result<(Expr, Expr, Type), (Type, Type)> {
    let kind = match (&a.kind, &b.kind) {
        (Type::Unknown, _) | (_, Type::Unknown) => Type::Unknown,
        (Type::Null, other) | (other, Type::Null) => other.clone(),
        (x, y) if x == y => x.clone(),
        (Type::Int, Type::Number) | (Type::Number, Type::Int) => Type::Number,
        (Type::Text, Type::Choice) | (Type::Choice, Type::Text) => Type::Text,
        (x, y) => return Err((x.clone(), y.clone())),
    };
    if kind == Type::Number { Ok((as_number(a), as_number(b), kind)) } else { Ok((a, b, kind)) }
}
