//! From text to [`Syntax`]: the `cel` crate reads, this file bounds what it may be given and keeps the places.
//!
//! The parser needs much stack for nested brackets and may meet text that nobody foresaw, so it runs on a thread of
//! its own: neither can hurt the caller.

use std::thread;

use base::Number;
use cel::common::ast::{CallExpr, Expr as Cel, IdedExpr, LiteralValue, SelectExpr, SourceInfo, operators};

use super::syntax::{Operator, Problem, Span, Syntax, Word, Written};

/// Characters of an expression.
pub const LONGEST: usize = 10_000;
/// Brackets, negations and conditions within each other.
pub const DEEPEST: usize = 32;
/// Items of a list that is written out.
pub const MOST_ITEMS: usize = 1_000;
/// Operators or dots in a row that group to the left (`a + b + c …`).
const LONGEST_CHAIN: usize = 100;
/// Enough for the deepest text in a build without optimisation.
const STACK_BYTES: usize = 32 << 20;

pub fn parse(text: &str) -> Result<Syntax, Vec<Problem>> {
    bounds(text).map_err(|problem| vec![problem])?;
    let source = text.to_string();
    let outcome =
        thread::Builder::new().name("expression".into()).stack_size(STACK_BYTES).spawn(move || read(&source)).map(thread::JoinHandle::join);
    match outcome {
        Ok(Ok(outcome)) => outcome,
        _ => Err(vec![Problem::new(Span::new(0, text.len()), "This cannot be read as an expression")]),
    }
}

fn read(text: &str) -> Result<Syntax, Vec<Problem>> {
    let depth = u16::try_from(DEEPEST * 2).unwrap_or(u16::MAX);
    let parser = cel::Env::default().with_optional_support(false).parser().max_recursion_depth(depth);
    let (root, info) = match parser.parse_with_source_info(text) {
        Ok(parsed) => parsed,
        Err(errors) => {
            let first = errors.errors.first();
            return Err(vec![first.map_or_else(
                || Problem::new(Span::new(0, text.len()), "This cannot be read as an expression"),
                |e| syntax_error(text, e),
            )]);
        }
    };
    let mut reader = Reader { text, info: &info, problems: Vec::new() };
    let syntax = reader.node(&root, 0);
    if reader.problems.is_empty() { Ok(syntax) } else { Err(reader.problems) }
}

/// Refuses what would cost the parser too much: length, depth of brackets, chains.
fn bounds(text: &str) -> Result<(), Problem> {
    let all = Span::new(0, text.len());
    if text.chars().nth(LONGEST).is_some() {
        return Err(Problem::new(all, format!("An expression has at most {LONGEST} characters")));
    }
    if text.trim().is_empty() {
        return Err(Problem::new(all, "Write a condition, such as status == \"open\""));
    }
    if let Some(at) = text.find('\0') {
        return Err(Problem::new(Span::new(at, 1), "The character 0 cannot be part of an expression"));
    }
    let mut levels = vec![0_usize];
    let mut choices = 0_usize;
    let mut rest = text;
    while !rest.is_empty() {
        let at = text.len() - rest.len();
        let (word, behind) = rest.split_at_checked(token(rest)).unwrap_or((rest, ""));
        rest = behind;
        match word {
            "(" | "[" | "{" => levels.push(0),
            ")" | "]" | "}" if levels.len() > 1 => drop(levels.pop()),
            "," | "&" | "|" => levels.iter_mut().last().into_iter().for_each(|n| *n = 0),
            "?" => choices += 1,
            "+" | "-" | "*" | "/" | "%" | "<" | ">" | "=" | "!" | "." | "in" => levels.iter_mut().last().into_iter().for_each(|n| *n += 1),
            _ => {}
        }
        let span = Span::new(at, word.len());
        if levels.len() > DEEPEST || choices > DEEPEST {
            return Err(Problem::new(span, format!("Brackets and conditions nest at most {DEEPEST} deep")));
        }
        if levels.last().is_some_and(|n| *n > LONGEST_CHAIN) {
            return Err(Problem::new(span, "This chain of operators is too long"));
        }
    }
    Ok(())
}

/// Bytes of the next token: a text in quotes, a comment, a word, or one character.
fn token(rest: &str) -> usize {
    let mut chars = rest.char_indices();
    let Some((_, first)) = chars.next() else { return 0 };
    let mut is_escaped = false;
    match first {
        '"' | '\'' => {
            for (at, c) in chars {
                if c == first && !is_escaped {
                    return at + 1;
                }
                is_escaped = c == '\\' && !is_escaped;
            }
            rest.len()
        }
        '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
        c if c.is_ascii_alphanumeric() || c == '_' => rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count(),
        c => c.len_utf8(),
    }
}

/// The first thing that the parser could not make sense of, in words for people.
fn syntax_error(text: &str, error: &cel::ParseError) -> Problem {
    let at = place(text, error.pos);
    let rest = text.get(at..).unwrap_or_default();
    let length = token(rest);
    let word = rest.get(..length).unwrap_or_default();
    let span = Span::new(at, length);
    let message = &error.msg;
    if word.is_empty() {
        return Problem::new(span, "The expression ends too early");
    }
    if rest.starts_with('=') {
        return Problem::new(Span::new(at, 1), "Write == to compare").suggest(Some("=="));
    }
    let instead = match word.to_ascii_lowercase().as_str() {
        "and" | "&" => Some("&&"),
        "or" | "|" => Some("||"),
        "not" => Some("!"),
        "is" => Some("=="),
        _ => None,
    };
    if message.contains("token recognition") && word.starts_with(['"', '\'']) {
        return Problem::new(span, "This text has no closing quote");
    }
    if message.contains("int literal") || message.contains("double literal") {
        return Problem::new(span, "This number is too large");
    }
    if message.contains("reserved identifier") {
        return Problem::new(span, format!("\"{word}\" is a reserved word"));
    }
    Problem::new(span, format!("\"{}\" is not understood here", base::text::shorten(word, 40))).suggest(instead)
}

/// The parser tells lines and characters, counted from 1; we tell bytes from the start.
fn place(text: &str, (line, column): (isize, isize)) -> usize {
    let line = usize::try_from(line - 1).unwrap_or(0);
    let column = usize::try_from(column - 1).unwrap_or(0);
    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(before..).unwrap_or_default();
    before + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}

struct Reader<'a> {
    text: &'a str,
    info: &'a SourceInfo,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn span(&self, id: u64) -> Span {
        let number = |n: u32| usize::try_from(n).unwrap_or(0);
        self.info.offset_for(id).map_or(Span::new(0, self.text.len()), |(start, stop)| {
            Span::new(number(start), (number(stop) + 1).saturating_sub(number(start)))
        })
    }

    fn refuse(&mut self, span: Span, message: impl Into<String>) -> Syntax {
        self.problems.push(Problem::new(span, message));
        Syntax { node: Written::Null, span }
    }

    fn node(&mut self, expr: &IdedExpr, depth: usize) -> Syntax {
        let span = self.span(expr.id);
        if depth > DEEPEST + LONGEST_CHAIN {
            return self.refuse(span, format!("An expression nests at most {DEEPEST} deep"));
        }
        match &expr.expr {
            Cel::Ident(name) => Syntax { node: Written::Name(name.clone()), span },
            Cel::Literal(literal) => self.literal(literal, span),
            Cel::Select(select) => self.member(select, span, depth),
            Cel::Call(call) => self.call(call, span, depth),
            Cel::List(list) => {
                if list.elements.len() > MOST_ITEMS {
                    return self.refuse(span, format!("A list has at most {MOST_ITEMS} items"));
                }
                let items: Vec<Syntax> = list.elements.iter().map(|e| self.node(e, depth + 1)).collect();
                let end = items.last().map_or(span, |last| last.span);
                Syntax { node: Written::List(items), span: span.to(self.closing(end)) }
            }
            Cel::Map(_) | Cel::Struct(_) => self.refuse(span, "Maps are not part of this language"),
            Cel::Comprehension(_) | Cel::Unspecified => self.refuse(span, "This is not understood"),
        }
    }

    /// The stretch up to the next closing bracket behind a place.
    fn closing(&self, inner: Span) -> Span {
        let rest = self.text.get(inner.end()..).unwrap_or_default();
        let found = rest.find([')', ']']).map_or(rest.len(), |at| at + 1);
        Span::new(inner.at, inner.length + found)
    }

    fn literal(&mut self, literal: &LiteralValue, span: Span) -> Syntax {
        let node = match literal {
            LiteralValue::Null => Written::Null,
            LiteralValue::Boolean(b) => Written::Bool(*b.inner()),
            LiteralValue::Int(n) => Written::Int(*n.inner()),
            LiteralValue::String(s) if s.inner().contains('\0') => return self.refuse(span, "The character 0 cannot be part of a text"),
            LiteralValue::String(s) => Written::Text(s.inner().to_string()),
            LiteralValue::Double(float) => return self.number(*float.inner() < 0.0, span),
            LiteralValue::UInt(_) => return self.refuse(span, "Write whole numbers without u"),
            LiteralValue::Bytes(_) => return self.refuse(span, "Bytes are not part of this language"),
        };
        // A sign stands before the place that the parser tells.
        let is_negative = matches!(node, Written::Int(n) if n < 0);
        Syntax { node, span: if is_negative { self.with_sign(span) } else { span } }
    }

    /// Read again from the text, since floating point would not keep it exact.
    fn number(&mut self, is_negative: bool, span: Span) -> Syntax {
        let written = self.text.get(span.at..span.end()).unwrap_or_default();
        let sign = if is_negative { "-" } else { "" };
        match format!("{sign}{written}").parse::<Number>() {
            Ok(number) => Syntax { node: Written::Number(number), span: if is_negative { self.with_sign(span) } else { span } },
            Err(_) => self.refuse(span, "Numbers have at most ten decimals and fifteen digits before them"),
        }
    }

    fn with_sign(&self, span: Span) -> Span {
        let before = self.text.get(..span.at).unwrap_or_default();
        before.rfind('-').map_or(span, |at| Span::new(at, span.end() - at))
    }

    fn member(&mut self, select: &SelectExpr, dot: Span, depth: usize) -> Syntax {
        let on = self.node(&select.operand, depth + 1);
        let word = self.word_after(dot, &select.field);
        let span = on.span.to(word.span);
        Syntax { node: Written::Member(Box::new(on), word), span }
    }

    /// The name behind a dot.
    fn word_after(&self, dot: Span, name: &str) -> Word {
        let rest = self.text.get(dot.end()..).unwrap_or_default();
        let at = dot.end() + rest.find(name).unwrap_or(0);
        Word { text: name.to_string(), span: Span::new(at, name.len()) }
    }

    /// The name before an opening bracket.
    fn word_before(&self, bracket: Span, name: &str) -> Word {
        let before = self.text.get(..bracket.at).unwrap_or_default();
        let at = before.rfind(name).unwrap_or(bracket.at);
        Word { text: name.to_string(), span: Span::new(at, name.len()) }
    }

    fn call(&mut self, call: &CallExpr, span: Span, depth: usize) -> Syntax {
        let deeper = depth + 1;
        match (call.func_name.as_str(), call.args.as_slice()) {
            (operators::LOGICAL_AND, _) => self.chain(call, depth, Written::And),
            (operators::LOGICAL_OR, _) => self.chain(call, depth, Written::Or),
            (operators::LOGICAL_NOT, [of]) => {
                let of = self.node(of, deeper);
                Syntax { span: span.to(of.span), node: Written::Not(Box::new(of)) }
            }
            (operators::NEGATE, [of]) => {
                let of = self.node(of, deeper);
                Syntax { span: span.to(of.span), node: Written::Negate(Box::new(of)) }
            }
            (operators::CONDITIONAL, [when, then, otherwise]) => {
                let [when, then, otherwise] = [when, then, otherwise].map(|e| Box::new(self.node(e, deeper)));
                Syntax { span: when.span.to(otherwise.span), node: Written::Choose(when, then, otherwise) }
            }
            (operators::INDEX, _) => self.refuse(span, "Items of a list cannot be taken by number; use exists"),
            (name, [left, right]) if operator(name).is_some() => {
                let (left, right) = (self.node(left, deeper), self.node(right, deeper));
                let node = operator(name).map_or(Written::Null, |o| Written::Binary(o, Box::new(left.clone()), Box::new(right.clone())));
                Syntax { span: left.span.to(right.span), node }
            }
            (name, arguments) => {
                let name = self.word_before(span, name);
                let on = call.target.as_deref().map(|t| Box::new(self.node(t, deeper)));
                let arguments: Vec<Syntax> = arguments.iter().map(|a| self.node(a, deeper)).collect();
                let end = self.closing(arguments.last().map_or(span, |a| a.span));
                let start = on.as_ref().map_or(name.span, |o| o.span);
                Syntax { span: start.to(end), node: Written::Call { on, name, arguments } }
            }
        }
    }

    /// The parser makes a balanced tree of a chain; here it becomes flat again, in the order of the text.
    fn chain(&mut self, call: &CallExpr, depth: usize, node: fn(Vec<Syntax>) -> Written) -> Syntax {
        let mut terms = Vec::new();
        self.terms(call, depth, &mut terms);
        let span = terms.first().zip(terms.last()).map_or(Span::default(), |(a, b)| a.span.to(b.span));
        Syntax { node: node(terms), span }
    }

    fn terms(&mut self, call: &CallExpr, depth: usize, into: &mut Vec<Syntax>) {
        for argument in &call.args {
            match &argument.expr {
                Cel::Call(inner) if inner.func_name == call.func_name => self.terms(inner, depth, into),
                _ => into.push(self.node(argument, depth + 1)),
            }
        }
    }
}

fn operator(name: &str) -> Option<Operator> {
    Some(match name {
        operators::EQUALS => Operator::Eq,
        operators::NOT_EQUALS => Operator::Ne,
        operators::LESS => Operator::Lt,
        operators::LESS_EQUALS => Operator::Le,
        operators::GREATER => Operator::Gt,
        operators::GREATER_EQUALS => Operator::Ge,
        operators::IN => Operator::In,
        operators::ADD => Operator::Add,
        operators::SUBSTRACT => Operator::Sub,
        operators::MULTIPLY => Operator::Mul,
        operators::DIVIDE => Operator::Div,
        operators::MODULO => Operator::Mod,
        _ => return None,
    })
}
