//! Expressions over records in memory.
//!
//! Means exactly what `sql/` makes the database do; a change here needs one there. Records come through [`Source`].

mod cell;
mod compute;
mod list;

use base::{Id, Result, Value};

pub(super) use cell::{Cell, holds, order};
pub(super) use compute::{DAY_MICROS, HOUR_MICROS};

use super::Scope;
use super::tree::{Expr, Folding, Get, Hop, How, Leaf, Match, Node, Operator, Path, Type};

/// A record as the evaluator sees it. What the caller may not see must not come out: a link to such a record, or to
/// one in the bin, leads nowhere.
pub trait Source {
    /// A field by its name, stored ones and what every record has (`id`, `version`, `created_at`, …). Fields that stand
    /// for a part of another (`city`, `email`) are never asked for.
    fn field(&self, name: &str) -> Value;
    /// Another record; `None` if it does not exist, is in the bin or may not be seen.
    fn record(&self, object: &str, id: Id) -> Result<Option<Box<dyn Source + '_>>>;
    /// The records of an object whose link `by` (or list of links) points to this one, as far as they may be seen.
    fn related(&self, object: &str, by: &str) -> Result<Vec<Box<dyn Source + '_>>>;
}

/// The value of an expression for a record.
pub fn evaluate(expr: &Expr, source: &dyn Source, scope: &Scope) -> Result<Value> {
    Ok(evaluate_cell(expr, source, scope)?.into_value())
}

/// Does a condition hold for a record?
pub fn is_true(expr: &Expr, source: &dyn Source, scope: &Scope) -> Result<bool> {
    Ok(evaluate_cell(expr, source, scope)?.is_true())
}

fn evaluate_cell(expr: &Expr, source: &dyn Source, scope: &Scope) -> Result<Cell> {
    Evaluator { scope }.cell(expr, &Frame { item: Item::Record(source), outer: None })
}

/// The value of an expression that depends on no record.
pub(super) fn constant(expr: &Expr, scope: &Scope) -> Result<Cell> {
    evaluate_cell(expr, &Nothing, scope)
}

/// The same of a text, as it is compared.
pub(super) fn constant_text(expr: &Expr, folding: Folding, scope: &Scope) -> Result<Option<String>> {
    let cell = Evaluator { scope }.text(expr, folding, &Frame { item: Item::Record(&Nothing), outer: None })?;
    Ok(cell.text().map(str::to_string))
}

/// Days or microseconds that depend on no record, in microseconds.
pub(super) fn constant_duration(expr: &Expr, scope: &Scope) -> Result<Option<i64>> {
    Evaluator { scope }.duration(expr, &Frame { item: Item::Record(&Nothing), outer: None })
}

/// A record without anything.
struct Nothing;

impl Source for Nothing {
    fn field(&self, _: &str) -> Value {
        Value::Null
    }
    fn record(&self, _: &str, _: Id) -> Result<Option<Box<dyn Source + '_>>> {
        Ok(None)
    }
    fn related(&self, _: &str, _: &str) -> Result<Vec<Box<dyn Source + '_>>> {
        Ok(Vec::new())
    }
}

/// What a scope stands for: the record itself, or the item of an `exists`.
#[derive(Clone, Copy)]
enum Item<'a> {
    Record(&'a dyn Source),
    /// With the record that the list belongs to, from which further records are found.
    Value(&'a Value, &'a dyn Source),
}

#[derive(Clone, Copy)]
struct Frame<'a> {
    item: Item<'a>,
    outer: Option<&'a Frame<'a>>,
}

impl<'a> Frame<'a> {
    fn depth(&self) -> usize {
        self.outer.map_or(0, |outer| outer.depth() + 1)
    }
    fn at(&self, scope: usize) -> Item<'a> {
        match self.outer {
            Some(outer) if self.depth() > scope => outer.at(scope),
            _ => self.item,
        }
    }
}

struct Evaluator<'s> {
    scope: &'s Scope,
}

impl Evaluator<'_> {
    fn is_true(&self, expr: &Expr, frame: &Frame<'_>) -> Result<bool> {
        Ok(self.cell(expr, frame)?.is_true())
    }

    fn cell(&self, expr: &Expr, frame: &Frame<'_>) -> Result<Cell> {
        Ok(match &expr.node {
            Node::And(all) => {
                for one in all {
                    if !self.is_true(one, frame)? {
                        return Ok(Cell::Bool(false));
                    }
                }
                Cell::Bool(true)
            }
            Node::Or(all) => {
                for one in all {
                    if self.is_true(one, frame)? {
                        return Ok(Cell::Bool(true));
                    }
                }
                Cell::Bool(false)
            }
            Node::Not(of) => Cell::Bool(!self.is_true(of, frame)?),
            Node::Choose(when, then, otherwise) => {
                let chosen = if self.is_true(when, frame)? { then } else { otherwise };
                self.cell(chosen, frame)?
            }
            Node::Compare(operator, a, b, how) => Cell::Bool(self.compare(*operator, a, b, how, frame)?),
            Node::AnyOf(item, list) => {
                for (one, how) in list {
                    if self.compare(Operator::Eq, item, one, how, frame)? {
                        return Ok(Cell::Bool(true));
                    }
                }
                Cell::Bool(false)
            }
            Node::InTeams(item) => match self.cell(item, frame)? {
                Cell::Id(id) => Cell::Bool(self.scope.my_teams.contains(&id)),
                _ => Cell::Bool(false),
            },
            Node::Match(by, text, piece, folding) => Cell::Bool(self.matches(*by, text, piece, *folding, frame)?),
            Node::Path(path) => self.path(path, frame)?,
            Node::Within(item, items, how) => Cell::Bool(self.within(item, items, how, frame)?),
            Node::Each { all, items, body, .. } => Cell::Bool(self.each(*all, items, body, frame)?),
            Node::Has(of) => Cell::Bool(self.has(of, frame)?),
            Node::Size(of) => self.size(of, frame)?,
            _ => self.computed(expr, frame)?,
        })
    }

    fn compare(&self, operator: Operator, a: &Expr, b: &Expr, how: &How, frame: &Frame<'_>) -> Result<bool> {
        let order = match how {
            How::Named(names) => return self.named(operator, a, b, names, frame),
            How::Day => return self.day(operator, a, b, frame),
            How::Span => {
                let (a, b) = (self.duration(a, frame)?, self.duration(b, frame)?);
                a.zip(b).map(|(a, b)| a.cmp(&b))
            }
            How::Text(folding) => order(&self.text(a, *folding, frame)?, &self.text(b, *folding, frame)?),
            How::Plain | How::Numeric => order(&self.cell(a, frame)?, &self.cell(b, frame)?),
        };
        Ok(holds(operator, order))
    }

    /// A text as it is compared. Folding goes inwards as in SQL, where only columns have a folded copy.
    fn text(&self, expr: &Expr, folding: Folding, frame: &Frame<'_>) -> Result<Cell> {
        match (&expr.node, folding) {
            (_, Folding::Exact) => self.cell(expr, frame),
            (Node::Lower(of), _) => self.text(of, folding, frame),
            (Node::Choose(when, then, otherwise), _) => {
                let chosen = if self.is_true(when, frame)? { then } else { otherwise };
                self.text(chosen, folding, frame)
            }
            _ => Ok(self.cell(expr, frame)?.folded()),
        }
    }

    fn matches(&self, by: Match, text: &Expr, piece: &Expr, folding: Folding, frame: &Frame<'_>) -> Result<bool> {
        let (text, piece) = (self.text(text, folding, frame)?, self.text(piece, folding, frame)?);
        let (Some(text), Some(piece)) = (text.text(), piece.text()) else { return Ok(false) };
        Ok(match by {
            Match::Contains => text.contains(piece),
            Match::Starts => text.starts_with(piece),
            Match::Ends => text.ends_with(piece),
        })
    }

    /// An instant and a date, in either order. A date is the whole day: what is after it begins with the next one.
    fn day(&self, operator: Operator, a: &Expr, b: &Expr, frame: &Frame<'_>) -> Result<bool> {
        let (a, b) = (self.cell(a, frame)?, self.cell(b, frame)?);
        let (instant, date, operator) = match (a, b) {
            (Cell::Instant(instant), Cell::Date(date)) => (instant, date, operator),
            (Cell::Date(date), Cell::Instant(instant)) => (instant, date, turned(operator)),
            _ => return Ok(false),
        };
        if asks_day(operator) && !compute::is_calendar(instant) {
            return Ok(false);
        }
        let (start, next) = (date.start_in(&self.scope.zone), date.plus_days(1).start_in(&self.scope.zone));
        Ok(match operator {
            Operator::Eq => instant >= start && instant < next,
            Operator::Ne => instant < start || instant >= next,
            Operator::Gt => instant >= next,
            Operator::Le => instant < next,
            _ => holds(operator, Some(instant.cmp(&start))),
        })
    }

    /// Is the text the title or the code of the linked record?
    fn named(&self, operator: Operator, a: &Expr, b: &Expr, names: &[Leaf], frame: &Frame<'_>) -> Result<bool> {
        let (link, text) = if matches!(a.kind, Type::Link(_)) { (a, b) } else { (b, a) };
        let (Node::Path(path), Node::Text(text)) = (&link.node, &text.node) else { return Ok(false) };
        let Type::Link(to) = &link.kind else { return Ok(false) };
        let to_target = |source: &dyn Source| Ok(Cell::Bool(is_named(operator, source, names, text)));
        if path.leaf.get == Get::Record {
            return Ok(self.reach(path.scope, &path.hops, frame, &to_target)?.is_true());
        }
        let mut hops = path.hops.clone();
        hops.push(Hop { link: path.leaf.clone(), to: to.clone() });
        Ok(self.reach(path.scope, &hops, frame, &to_target)?.is_true())
    }

    fn has(&self, of: &Expr, frame: &Frame<'_>) -> Result<bool> {
        Ok(match (&of.node, self.cell(of, frame)?) {
            (Node::Items(items), _) => self.count(items, frame)? > 0,
            (Node::Path(_), cell) => !cell.is_absent(),
            // Computed money is there if it could be compared.
            (_, Cell::Money { base, .. }) => base.is_some(),
            (_, cell) => !cell.is_absent(),
        })
    }

    fn path(&self, path: &Path, frame: &Frame<'_>) -> Result<Cell> {
        match (path.hops.as_slice(), frame.at(path.scope)) {
            ([], Item::Value(value, _)) => Ok(of_row(&path.leaf.get, value)),
            (hops, _) => self.reach(path.scope, hops, frame, &|source| Ok(of_record(&path.leaf.get, source))),
        }
    }

    /// Follows links from a scope and asks the record at their end.
    fn reach(&self, scope: usize, hops: &[Hop], frame: &Frame<'_>, then: &dyn Fn(&dyn Source) -> Result<Cell>) -> Result<Cell> {
        match frame.at(scope) {
            Item::Record(source) => follow(source, hops, then),
            Item::Value(value, source) => {
                let Some((first, rest)) = hops.split_first() else { return Ok(Cell::Absent) };
                match of_row(&first.link.get, value) {
                    Cell::Id(id) => match source.record(&first.to, id)? {
                        Some(next) => follow(&*next, rest, then),
                        None => Ok(Cell::Absent),
                    },
                    _ => Ok(Cell::Absent),
                }
            }
        }
    }
}

fn follow(source: &dyn Source, hops: &[Hop], then: &dyn Fn(&dyn Source) -> Result<Cell>) -> Result<Cell> {
    let Some((first, rest)) = hops.split_first() else { return then(source) };
    let Cell::Id(id) = of_record(&first.link.get, source) else { return Ok(Cell::Absent) };
    match source.record(&first.to, id)? {
        Some(next) => follow(&*next, rest, then),
        None => Ok(Cell::Absent),
    }
}

fn of_record(get: &Get, source: &dyn Source) -> Cell {
    match get {
        Get::Field(name) => Cell::from(&source.field(name)),
        Get::Record => Cell::from(&source.field("id")),
        Get::Part(field, part) => of_part(&source.field(field), part),
        Get::First(list, part) => {
            let rows = source.field(list);
            let rows = rows.as_list();
            let first = rows.iter().find(|r| r.part("primary").as_bool() == Some(true)).or_else(|| rows.first());
            match (first, part) {
                (Some(row), Some(part)) => Cell::from(row.part(part)),
                (Some(item), None) => Cell::from(item),
                (None, _) => Cell::Absent,
            }
        }
        Get::Row(_) | Get::Item => Cell::Absent,
    }
}

fn of_part(value: &Value, part: &str) -> Cell {
    match (value, part) {
        (Value::Money(money), "amount") => Cell::Number(money.amount),
        (Value::Money(money), "currency") => Cell::Text(money.currency.to_string()),
        (map, part) => Cell::from(map.part(part)),
    }
}

fn of_row(get: &Get, value: &Value) -> Cell {
    match get {
        // Links to any object come as rows with parts, or as bare ids.
        Get::Row(part) if part == "id" && value.as_id().is_some() => Cell::from(value),
        // A phone's digits are kept in the database only.
        Get::Row(part) if part == "digits" && value.part(part).is_null() => value.part("number").as_text().map(base::text::digits).into(),
        Get::Row(part) => Cell::from(value.part(part)),
        Get::Item => Cell::from(value),
        _ => Cell::Absent,
    }
}

fn is_named(operator: Operator, source: &dyn Source, names: &[Leaf], text: &str) -> bool {
    let mut is_there = false;
    for leaf in names {
        let (name, text) = match (of_record(&leaf.get, source), leaf.folds) {
            (Cell::Text(name), true) => (base::text::fold(&name), base::text::fold(text)),
            (Cell::Text(name), false) => (name, text.to_string()),
            _ => continue,
        };
        is_there = true;
        if name == text {
            return operator == Operator::Eq;
        }
    }
    is_there && operator == Operator::Ne
}

/// The operator with its sides exchanged.
/// Compares an instant with a date by the end of the day too, not by its beginning alone?
pub(super) fn asks_day(operator: Operator) -> bool {
    !matches!(operator, Operator::Lt | Operator::Ge)
}

pub(super) fn turned(operator: Operator) -> Operator {
    match operator {
        Operator::Lt => Operator::Gt,
        Operator::Le => Operator::Ge,
        Operator::Gt => Operator::Lt,
        Operator::Ge => Operator::Le,
        same => same,
    }
}
