//! The typed tree: plain data that the evaluator, the SQL compiler and the writer share.
//!
//! Every name is resolved, every literal has the type of what it is compared with, and each comparison says how it is
//! meant ([`How`]). A new kind of node needs an arm in `eval/`, `sql/` and `show.rs`; the compiler tells.

use std::collections::BTreeSet;

use base::{Date, Id, Instant, Number};
use store::Unit;

pub use super::syntax::{Operator, Span};

/// A checked expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    pub node: Node,
    pub kind: Type,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// The literal `null`.
    Null,
    Bool,
    Int,
    /// With decimals; also percent.
    Number,
    Money,
    Text,
    /// A code, compared exactly.
    Choice,
    Date,
    Instant,
    /// Whole days, between dates.
    Days,
    /// Microseconds, between instants.
    Duration,
    /// A record of an object (`any`: of whichever).
    Link(String),
    List(Box<Type>),
    /// A row of a list, with parts.
    Row,
    /// Already told to be wrong; never in a finished tree.
    Unknown,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Null,
    Bool(bool),
    Int(i64),
    Number(Number),
    Text(String),
    Date(Date),
    Instant(Instant),
    Id(Id),
    Me,
    MyTeams,
    Now,
    Today,
    /// `days(n)` and `weeks(n)` give days, `hours(n)` a duration.
    Count(Measure, Box<Expr>),
    Path(Path),
    /// A list field; stands in `in`, `has`, `size` and `exists` only.
    Items(Items),
    List(Vec<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    Choose(Box<Expr>, Box<Expr>, Box<Expr>),
    /// One of `== != < <= > >=`.
    Compare(Operator, Box<Expr>, Box<Expr>, How),
    /// Item and how it is compared with each of a list that is written out.
    AnyOf(Box<Expr>, Vec<(Expr, How)>),
    /// Item in a list field.
    Within(Box<Expr>, Items, How),
    /// Item in `my_teams()`.
    InTeams(Box<Expr>),
    Match(Match, Box<Expr>, Box<Expr>, Folding),
    Lower(Box<Expr>),
    Has(Box<Expr>),
    /// Items of a list, or characters of a text.
    Size(Box<Expr>),
    /// `exists` and `all` over the items of a list; the variable is the scope that it opens.
    Each {
        all: bool,
        items: Items,
        variable: String,
        body: Box<Expr>,
    },
    /// One of `+ - * / %` by the types of its sides.
    Arithmetic(Operator, Box<Expr>, Box<Expr>),
    Negate(Box<Expr>),
    /// An integer as a number with decimals.
    AsNumber(Box<Expr>),
    Age(Box<Expr>),
    StartOf(Unit, Box<Expr>),
    Month(Box<Expr>),
    Year(Box<Expr>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Hours,
    Days,
    Weeks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    Contains,
    Starts,
    Ends,
}

/// Does a comparison of texts ignore case and accents?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folding {
    Folded,
    Exact,
}

#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// Both sides are of one kind: truth, date, instant, days, duration, id, code.
    Plain,
    /// Integers, numbers and money (by its base amount) in any mixture.
    Numeric,
    Text(Folding),
    /// An instant and a date, which is the whole day in the scope's zone: `>` begins with the next day, `<=` ends with it.
    Day,
    /// Days and a duration.
    Span,
    /// A link and a text: the title or the code of the record that is linked.
    Named(Vec<Leaf>),
}

/// From the record (or a variable) over links to a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// 0 is the record itself, n the variable of the nth `exists` around.
    pub scope: usize,
    pub hops: Vec<Hop>,
    pub leaf: Leaf,
    /// As it was written: `company`, `parent`, `name`.
    pub names: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Hop {
    pub link: Leaf,
    /// The object that it leads to.
    pub to: String,
}

/// A value of one record or row: where the evaluator reads it, and the column it stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// The object and the field that it belongs to, for permissions; the field is empty for what every record has.
    pub object: String,
    pub field: String,
    pub get: Get,
    pub place: Place,
    /// A folded copy stands in `{column}__fold`.
    pub folds: bool,
    /// Decimals of the column's integer.
    pub scale: u32,
    /// Columns of which one is set when the value is there; empty: the column itself tells.
    pub presence: Vec<String>,
    /// Never absent.
    pub always: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Get {
    /// A field of the record.
    Field(String),
    /// A part of an address or of money.
    Part(String, String),
    /// The primary row of a list (the first if none is), or a part of it.
    First(String, Option<String>),
    /// A part of the row that a variable stands for.
    Row(String),
    /// What a variable stands for: a code, a text, an id.
    Item,
    /// The record itself, by its id.
    Record,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    Own(String),
    /// In the table of a list; of its rows the primary one counts, or the first.
    Child {
        table: String,
        column: String,
        primary: bool,
    },
}

/// A list field of a record that is reached over links.
#[derive(Clone, Debug, PartialEq)]
pub struct Items {
    pub scope: usize,
    pub hops: Vec<Hop>,
    pub names: Vec<String>,
    pub object: String,
    pub field: String,
    pub of: Of,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Of {
    /// Codes or texts; the leaf is the item.
    Values {
        table: String,
        item: Leaf,
    },
    /// E-mails, phones, rows, links to any object; the leaf is what `in` compares with, where there is one.
    Rows {
        table: String,
        main: Option<Leaf>,
    },
    Links {
        table: String,
        to: String,
    },
    /// Records of another object whose link (or list of links, by its table) points here.
    Reverse {
        object: String,
        by: String,
        column: String,
        table: Option<String>,
    },
}

impl Expr {
    /// True of no record.
    pub fn never() -> Self {
        Expr { node: Node::Bool(false), kind: Type::Bool, span: Span::default() }
    }
    /// True of every record.
    pub fn always() -> Self {
        Expr { node: Node::Bool(true), kind: Type::Bool, span: Span::default() }
    }

    /// Depends on no record: literals, `now()`, `me()` and what is computed from them.
    pub fn is_constant(&self) -> bool {
        !matches!(self.node, Node::Path(_) | Node::Items(_) | Node::Each { .. } | Node::Within(..))
            && self.children().into_iter().all(Expr::is_constant)
    }

    /// Every field that is read, as (object, field), links on the way included.
    pub fn fields(&self) -> BTreeSet<(String, String)> {
        let mut found = BTreeSet::new();
        self.collect(&mut found);
        found
    }

    fn collect(&self, found: &mut BTreeSet<(String, String)>) {
        let mut note = |object: &str, field: &str| {
            if !field.is_empty() {
                found.insert((object.to_string(), field.to_string()));
            }
        };
        match &self.node {
            Node::Path(path) => {
                path.hops.iter().map(|h| &h.link).chain([&path.leaf]).for_each(|leaf| note(&leaf.object, &leaf.field));
            }
            Node::Items(items) | Node::Within(_, items, _) | Node::Each { items, .. } => {
                items.hops.iter().for_each(|h| note(&h.link.object, &h.link.field));
                note(&items.object, &items.field);
                if let Of::Reverse { object, by, .. } = &items.of {
                    note(object, by);
                }
            }
            _ => {}
        }
        let hows = match &self.node {
            Node::Compare(_, _, _, how) | Node::Within(_, _, how) => vec![how],
            Node::AnyOf(_, items) => items.iter().map(|(_, how)| how).collect(),
            _ => Vec::new(),
        };
        for how in hows {
            if let How::Named(names) = how {
                names.iter().for_each(|leaf| note(&leaf.object, &leaf.field));
            }
        }
        self.children().into_iter().for_each(|child| child.collect(found));
    }

    /// The expressions directly within this one.
    pub fn children(&self) -> Vec<&Expr> {
        match &self.node {
            Node::Not(a)
            | Node::Count(_, a)
            | Node::Within(a, ..)
            | Node::InTeams(a)
            | Node::Lower(a)
            | Node::Has(a)
            | Node::Size(a)
            | Node::Negate(a)
            | Node::AsNumber(a)
            | Node::Age(a)
            | Node::StartOf(_, a)
            | Node::Month(a)
            | Node::Year(a)
            | Node::Each { body: a, .. } => vec![a],
            Node::Compare(_, a, b, _) | Node::Match(_, a, b, _) | Node::Arithmetic(_, a, b) => vec![a, b],
            Node::Choose(a, b, c) => vec![a, b, c],
            Node::And(all) | Node::Or(all) | Node::List(all) => all.iter().collect(),
            Node::AnyOf(item, list) => std::iter::once(&**item).chain(list.iter().map(|(e, _)| e)).collect(),
            _ => Vec::new(),
        }
    }

    /// The same of the record that a link leads to: what was asked of it is asked of who points to it.
    #[must_use]
    pub fn behind(mut self, name: &str, link: &Hop) -> Self {
        self.move_behind(name, link);
        self
    }

    fn move_behind(&mut self, name: &str, link: &Hop) {
        let way = match &mut self.node {
            Node::Path(path) => Some((path.scope, &mut path.hops, &mut path.names)),
            Node::Items(items) | Node::Within(_, items, _) | Node::Each { items, .. } => {
                Some((items.scope, &mut items.hops, &mut items.names))
            }
            _ => None,
        };
        if let Some((0, hops, names)) = way {
            hops.insert(0, link.clone());
            names.insert(0, name.to_string());
        }
        self.children_mut().into_iter().for_each(|child| child.move_behind(name, link));
    }

    fn children_mut(&mut self) -> Vec<&mut Expr> {
        match &mut self.node {
            Node::Not(a)
            | Node::Count(_, a)
            | Node::Within(a, ..)
            | Node::InTeams(a)
            | Node::Lower(a)
            | Node::Has(a)
            | Node::Size(a)
            | Node::Negate(a)
            | Node::AsNumber(a)
            | Node::Age(a)
            | Node::StartOf(_, a)
            | Node::Month(a)
            | Node::Year(a)
            | Node::Each { body: a, .. } => vec![a],
            Node::Compare(_, a, b, _) | Node::Match(_, a, b, _) | Node::Arithmetic(_, a, b) => vec![a, b],
            Node::Choose(a, b, c) => vec![a, b, c],
            Node::And(all) | Node::Or(all) | Node::List(all) => all.iter_mut().collect(),
            Node::AnyOf(item, list) => std::iter::once(&mut **item).chain(list.iter_mut().map(|(e, _)| e)).collect(),
            _ => Vec::new(),
        }
    }

    /// Can this text be compared by its folded form? `None` where it can be either way, as a literal.
    pub(super) fn folds(&self) -> Option<bool> {
        match &self.node {
            Node::Null => None,
            Node::Text(_) => None,
            Node::Path(path) => Some(path.leaf.folds),
            Node::Lower(of) => of.folds(),
            Node::Choose(_, a, b) => match (a.folds(), b.folds()) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (None, None) => None,
                _ => Some(true),
            },
            _ => Some(false),
        }
    }
}
