//! A tree written back as text, with no more brackets than it needs; compiling the text gives the same tree again.

use super::tree::{Expr, Items, Match, Measure, Node, Operator, Path};

/// From loosest to tightest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Choice,
    Or,
    And,
    Comparison,
    Sum,
    Product,
    Sign,
    Tightest,
}

/// The expression as text.
pub fn show(expr: &Expr) -> String {
    let mut out = String::new();
    write(expr, Binding::Choice, &mut out);
    out
}

fn binding(expr: &Expr) -> Binding {
    match &expr.node {
        Node::Choose(..) => Binding::Choice,
        Node::Or(_) => Binding::Or,
        Node::And(_) => Binding::And,
        Node::Compare(..) | Node::AnyOf(..) | Node::Within(..) | Node::InTeams(_) => Binding::Comparison,
        Node::Arithmetic(Operator::Add | Operator::Sub, ..) => Binding::Sum,
        Node::Arithmetic(..) => Binding::Product,
        Node::Not(_) | Node::Negate(_) => Binding::Sign,
        Node::Int(n) if *n < 0 => Binding::Sign,
        Node::Number(n) if n.is_negative() => Binding::Sign,
        Node::AsNumber(of) => binding(of),
        _ => Binding::Tightest,
    }
}

fn write(expr: &Expr, least: Binding, out: &mut String) {
    if binding(expr) < least {
        out.push('(');
        bare(expr, out);
        out.push(')');
    } else {
        bare(expr, out);
    }
}

fn bare(expr: &Expr, out: &mut String) {
    match &expr.node {
        Node::Null => out.push_str("null"),
        Node::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        Node::Int(n) => out.push_str(&n.to_string()),
        // A decimal keeps its point, so that it stays one.
        Node::Number(n) => out.push_str(&n.to_text(1)),
        Node::Text(text) => quote(text, out),
        Node::Id(id) => quote(&id.to_string(), out),
        Node::Date(date) => call("date", &format!("\"{date}\""), out),
        Node::Instant(instant) => call("timestamp", &format!("\"{instant}\""), out),
        Node::Me => out.push_str("me()"),
        Node::MyTeams => out.push_str("my_teams()"),
        Node::Now => out.push_str("now()"),
        Node::Today => out.push_str("today()"),
        Node::Path(Path { names, .. }) | Node::Items(Items { names, .. }) => out.push_str(&names.join(".")),
        Node::And(all) => chain(all, " && ", Binding::Comparison, out),
        Node::Or(all) => chain(all, " || ", Binding::And, out),
        Node::Not(of) => {
            out.push('!');
            write(of, Binding::Tightest, out);
        }
        Node::Negate(of) => {
            out.push('-');
            write(of, Binding::Tightest, out);
        }
        Node::Choose(when, then, otherwise) => {
            write(when, Binding::Or, out);
            out.push_str(" ? ");
            write(then, Binding::Or, out);
            out.push_str(" : ");
            write(otherwise, Binding::Choice, out);
        }
        Node::AsNumber(of) => bare(of, out),
        _ => compound(expr, out),
    }
}

fn compound(expr: &Expr, out: &mut String) {
    match &expr.node {
        Node::Compare(operator, a, b, _) => binary(a, operator.as_str(), b, Binding::Comparison, out),
        Node::Arithmetic(operator, a, b) => binary(a, operator.as_str(), b, binding(expr), out),
        Node::AnyOf(item, list) => {
            write(item, Binding::Sum, out);
            out.push_str(" in [");
            for (i, (one, _)) in list.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                write(one, Binding::Choice, out);
            }
            out.push(']');
        }
        Node::Within(item, items, _) => {
            write(item, Binding::Sum, out);
            out.push_str(" in ");
            out.push_str(&items.names.join("."));
        }
        Node::InTeams(item) => {
            write(item, Binding::Sum, out);
            out.push_str(" in my_teams()");
        }
        Node::Each { all, items, variable, body } => {
            out.push_str(&items.names.join("."));
            out.push_str(if *all { ".all(" } else { ".exists(" });
            out.push_str(variable);
            out.push_str(", ");
            write(body, Binding::Choice, out);
            out.push(')');
        }
        Node::Match(by, text, piece, _) => {
            write(text, Binding::Tightest, out);
            out.push_str(match by {
                Match::Contains => ".contains(",
                Match::Starts => ".startsWith(",
                Match::Ends => ".endsWith(",
            });
            write(piece, Binding::Choice, out);
            out.push(')');
        }
        Node::Count(measure, of) => {
            let name = match measure {
                Measure::Hours => "hours",
                Measure::Days => "days",
                Measure::Weeks => "weeks",
            };
            call(name, &show(of), out);
        }
        Node::StartOf(unit, of) => call("start_of", &format!("\"{}\", {}", unit.as_str(), show(of)), out),
        Node::Lower(of) => call("lower", &show(of), out),
        Node::Has(of) => call("has", &show(of), out),
        Node::Size(of) => call("size", &show(of), out),
        Node::Age(of) => call("age", &show(of), out),
        Node::Month(of) => call("month", &show(of), out),
        Node::Year(of) => call("year", &show(of), out),
        Node::List(items) => {
            out.push('[');
            chain(items, ", ", Binding::Choice, out);
            out.push(']');
        }
        _ => {}
    }
}

fn call(name: &str, argument: &str, out: &mut String) {
    out.push_str(name);
    out.push('(');
    out.push_str(argument);
    out.push(')');
}

fn chain(all: &[Expr], between: &str, least: Binding, out: &mut String) {
    for (i, one) in all.iter().enumerate() {
        out.push_str(if i > 0 { between } else { "" });
        write(one, least, out);
    }
}

/// Operators group to the left, so the right side must bind tighter.
fn binary(a: &Expr, operator: &str, b: &Expr, own: Binding, out: &mut String) {
    write(a, own, out);
    out.push(' ');
    out.push_str(operator);
    out.push(' ');
    let tighter = match own {
        Binding::Comparison => Binding::Sum,
        Binding::Sum => Binding::Product,
        _ => Binding::Sign,
    };
    write(b, tighter, out);
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
}
