//! From written names to paths: `company.parent.name`, `e.address`, `tags`.

use super::leaf::{self, Seen};
use super::{Checker, Element, Variable};
use crate::expression::syntax::{Problem, Span, Syntax, Word, Written};
use crate::expression::tree::{Expr, Get, Hop, Items, Leaf, Node, Of, Path, Place, Type};
use crate::nearest::nearest;
use crate::object::{Field, FieldType, Object};

/// Links that may be followed in a row.
const MOST_HOPS: usize = 2;

/// How far a chain of names has been followed.
struct Way<'a> {
    scope: usize,
    hops: Vec<Hop>,
    names: Vec<String>,
    at: At<'a>,
}

enum At<'a> {
    Record(&'a Object),
    Row(&'a Object, &'a Field),
    /// Nothing leads on from here, except through a link or to a part.
    Value(Type, Leaf, Option<&'a Field>),
    Whole(Leaf, &'a Field),
    List(Items),
}

impl<'a> Checker<'a> {
    /// The path that a name or a chain of members spells; `None` for anything else.
    pub fn words(syntax: &Syntax) -> Option<Vec<Word>> {
        match &syntax.node {
            Written::Name(name) => Some(vec![Word { text: name.clone(), span: syntax.span }]),
            Written::Member(on, word) => {
                let mut words = Self::words(on)?;
                words.push(word.clone());
                Some(words)
            }
            _ => None,
        }
    }

    /// A value, a record or a list.
    pub fn path(&mut self, words: &[Word], span: Span) -> Expr {
        match self.walk(words) {
            Ok(way) => Self::arrive(way, span),
            Err(problem) => self.refuse(problem, span),
        }
    }

    fn arrive(way: Way<'a>, span: Span) -> Expr {
        let Way { scope, hops, names, at } = way;
        let (kind, leaf) = match at {
            At::Value(kind, leaf, _) => (kind, leaf),
            At::Record(object) => leaf::of_record(object),
            At::Whole(leaf, _) => (Type::Row, leaf),
            At::Row(object, field) => (Type::Row, Self::row(object, field)),
            At::List(items) => {
                let kind = Type::List(Box::new(element_type(&items)));
                return Expr { node: Node::Items(Items { scope, hops, names, ..items }), kind, span };
            }
        };
        Expr { node: Node::Path(Path { scope, hops, leaf, names }), kind, span }
    }

    /// A row as a whole; it can be named, but only its parts are values.
    fn row(object: &Object, field: &Field) -> Leaf {
        Leaf {
            object: object.name.clone(),
            field: field.name.clone(),
            get: Get::Item,
            place: Place::Own("record".to_string()),
            folds: false,
            scale: 0,
            presence: Vec::new(),
            always: true,
        }
    }

    fn walk(&mut self, words: &[Word]) -> Result<Way<'a>, Problem> {
        let mut words = words.iter();
        let mut way = Way { scope: 0, hops: Vec::new(), names: Vec::new(), at: At::Record(self.root) };
        let first = words.as_slice().first();
        if let Some((scope, at)) = first.and_then(|w| self.variable(&w.text)) {
            way = Way { scope, at, ..way };
            way.names.extend(words.next().map(|w| w.text.clone()));
        }
        for word in words {
            way = self.step(way, word)?;
        }
        self.relations += way.hops.len();
        Ok(way)
    }

    fn variable(&self, name: &str) -> Option<(usize, At<'a>)> {
        let at = self.variables.iter().rposition(|v| v.name == name)?;
        let Variable { element, .. } = self.variables.get(at)?;
        let at_element = match element {
            Element::Record(object) => At::Record(object),
            Element::Row(object, field) => At::Row(object, field),
            Element::Value(kind, leaf) => At::Value(kind.clone(), leaf.clone(), None),
            Element::Unknown => At::Value(Type::Unknown, leaf::of_record(self.root).1, None),
        };
        Some((at + 1, at_element))
    }

    fn step(&mut self, mut way: Way<'a>, word: &Word) -> Result<Way<'a>, Problem> {
        way.names.push(word.text.clone());
        let name = word.text.as_str();
        way.at = match way.at {
            At::Record(object) => self.field(object, word, way.scope, &way.hops)?,
            At::Row(object, field) => match leaf::of_row_part(object, field, name) {
                Some((kind, leaf)) => At::Value(kind, leaf, None),
                None => return Err(no_part(word, field)),
            },
            At::Value(Type::Unknown, leaf, field) => At::Value(Type::Unknown, leaf, field),
            At::Value(Type::Link(to), link, _) => {
                if way.hops.len() == MOST_HOPS {
                    let message = format!("Links can be followed {MOST_HOPS} deep, not deeper");
                    return Err(Problem::new(word.span, message));
                }
                let Some(target) = self.model.object(&to) else {
                    return Err(Problem::new(word.span, "What this links to is not known here, so it has no fields"));
                };
                way.hops.push(Hop { link, to });
                self.field(target, word, way.scope, &way.hops)?
            }
            At::Value(Type::Money, _, Some(field)) | At::Whole(_, field) if leaf::part_names(field).contains(&name) => {
                let object = self.object_of(&way.hops, way.scope);
                match object.and_then(|o| leaf::of_part(o, field, name)) {
                    Some((kind, leaf)) => At::Value(kind, leaf, None),
                    None => return Err(no_part(word, field)),
                }
            }
            At::Whole(_, field) | At::Value(_, _, Some(field)) => return Err(no_part(word, field)),
            At::Value(_, _, None) => return Err(Problem::new(word.span, format!("This has no part \"{name}\""))),
            At::List(_) => {
                let list = way.names.iter().rev().nth(1).cloned().unwrap_or_default();
                let message = format!("{list} holds several; ask with {list}.exists(x, x.{name} == …)");
                return Err(Problem::new(word.span, message));
            }
        };
        Ok(way)
    }

    /// The object whose record is reached.
    fn object_of(&self, hops: &[Hop], scope: usize) -> Option<&'a Object> {
        if let Some(hop) = hops.last() {
            return self.model.object(&hop.to);
        }
        match scope.checked_sub(1).and_then(|i| self.variables.get(i)) {
            Some(Variable { element: Element::Record(object), .. }) => Some(object),
            Some(_) => None,
            None => Some(self.root),
        }
    }

    fn field(&mut self, object: &'a Object, word: &Word, scope: usize, hops: &[Hop]) -> Result<At<'a>, Problem> {
        let name = word.text.as_str();
        let is_start = scope == 0 && hops.is_empty();
        let Some(field) = object.field(name).filter(|f| (self.visible)(object, f)) else {
            let basic = if object.field(name).is_none() { leaf::of_basic(object, name) } else { None };
            if let Some((kind, leaf)) = basic {
                return Ok(At::Value(kind, leaf, None));
            }
            return Err(self.unknown(object, word, is_start));
        };
        if field.kind == FieldType::Reverse {
            let of = leaf::of_reverse(self.model, field);
            let target = of.is_some().then(|| self.model.object(field.to.as_deref()?)).flatten();
            let by = target.and_then(|o| o.field(field.by.as_deref()?).map(|by| (o, by)));
            return match (of, by) {
                (Some(of), Some((target, by))) if (self.visible)(target, by) => Ok(At::List(items(object, field, of))),
                _ => Err(self.unknown(object, word, is_start)),
            };
        }
        match leaf::of_field(object, field) {
            Seen::Value(kind, mut leaf) => {
                leaf.always = matches!(name, "created_at" | "updated_at");
                Ok(At::Value(kind, leaf, Some(field)))
            }
            Seen::List(of) => Ok(At::List(items(object, field, of))),
            Seen::Whole(leaf) => Ok(At::Whole(leaf, field)),
            Seen::Nothing => Err(Problem::new(word.span, format!("{name} cannot be used in expressions"))),
        }
    }

    fn unknown(&self, object: &'a Object, word: &Word, is_start: bool) -> Problem {
        let fields = object.fields.iter().filter(|f| (self.visible)(object, f)).map(|f| f.name.as_str());
        let variables = self.variables.iter().map(|v| v.name.as_str()).filter(|_| is_start);
        let suggestion = nearest(&word.text, fields.chain(leaf::BASICS.iter().copied()).chain(variables)).map(str::to_string);
        let is_function = is_start && super::call::NAMES.contains(&word.text.as_str());
        let suggestion = if is_function { Some(format!("{}()", word.text)) } else { suggestion };
        let article = object.label.en.as_str();
        let article = if article.is_empty() { object.name.as_str() } else { article };
        Problem::new(word.span, format!("{article} has no field \"{}\"", base::text::shorten(&word.text, 60))).suggest(suggestion)
    }

    /// What a variable over these items stands for.
    pub fn element(&self, items: &Items) -> Element<'a> {
        let field = || self.model.object(&items.object).and_then(|o| o.field(&items.field).map(|f| (o, f)));
        match &items.of {
            Of::Values { item, .. } => Element::Value(element_type(items), item.clone()),
            Of::Rows { .. } => field().map_or(Element::Unknown, |(o, f)| Element::Row(o, f)),
            Of::Links { to, .. } | Of::Reverse { object: to, .. } => self.model.object(to).map_or(Element::Unknown, Element::Record),
        }
    }

    /// Title and code of an object's records, as far as the caller may see them.
    pub fn names_of(&self, object: &str) -> Vec<Leaf> {
        let Some(object) = self.model.object(object) else { return Vec::new() };
        let mut wanted = vec![object.title.as_str()];
        if object.title != "code" {
            wanted.push("code");
        }
        let seen = wanted.into_iter().filter_map(|n| object.field(n)).filter(|f| (self.visible)(object, f));
        seen.filter_map(|f| match leaf::of_field(object, f) {
            Seen::Value(Type::Text | Type::Choice, leaf) => Some(leaf),
            _ => None,
        })
        .collect()
    }
}

fn items(object: &Object, field: &Field, of: Of) -> Items {
    Items { scope: 0, hops: Vec::new(), names: Vec::new(), object: object.name.clone(), field: field.name.clone(), of }
}

/// The type of what `in` compares with, and of a variable over the items.
pub fn element_type(items: &Items) -> Type {
    match &items.of {
        Of::Values { item, .. } => match &item.place {
            Place::Own(column) if column == "code" => Type::Choice,
            _ => Type::Text,
        },
        Of::Rows { .. } => Type::Row,
        Of::Links { to, .. } | Of::Reverse { object: to, .. } => Type::Link(to.clone()),
    }
}

fn no_part(word: &Word, field: &Field) -> Problem {
    let names = leaf::part_names(field);
    let hint = nearest(&word.text, names.iter().copied());
    let message = format!("{} has no part \"{}\"", field.name, base::text::shorten(&word.text, 60));
    Problem::new(word.span, message).suggest(hint)
}
