//! What a field is to an expression: its type, where the evaluator reads it, which column holds it.

use base::money::MONEY_SCALE;

use crate::expression::tree::{Get, Leaf, Of, Place, Type};
use crate::object::{Choice, Field, FieldType, Model, Object};

/// A field as an expression sees it.
pub enum Seen {
    Value(Type, Leaf),
    List(Of),
    /// An address or money-like whole: only its parts are values. Still knows whether it is there.
    Whole(Leaf),
    /// Not usable at all.
    Nothing,
}

/// Part of a value that has parts of its own kind, whatever the field is called.
pub struct Part {
    pub name: &'static str,
    column: &'static str,
    kind: FieldType,
    folds: bool,
    codes: &'static [&'static str],
}

const fn part(name: &'static str, kind: FieldType) -> Part {
    Part { name, column: name, kind, folds: false, codes: &[] }
}

/// What an e-mail address or phone number is for (D7).
const KINDS: &[&str] = &["work", "personal", "mobile", "office", "home", "fax", "assistant", "billing", "other"];
/// What is known of it (D7).
const STATES: &[&str] = &["unknown", "ok", "bounced", "complained", "wrong", "retired"];

const EMAIL: &[Part] = &[
    Part { folds: true, ..part("address", FieldType::Email) },
    Part { codes: KINDS, ..part("kind", FieldType::Choice) },
    Part { column: "is_primary", ..part("primary", FieldType::Boolean) },
    Part { codes: STATES, ..part("state", FieldType::Choice) },
    part("state_since", FieldType::Instant),
    part("note", FieldType::Phone),
];
const PHONE: &[Part] = &[
    part("number", FieldType::Phone),
    part("raw", FieldType::Phone),
    part("digits", FieldType::Phone),
    Part { codes: KINDS, ..part("kind", FieldType::Choice) },
    Part { column: "is_primary", ..part("primary", FieldType::Boolean) },
    Part { codes: STATES, ..part("state", FieldType::Choice) },
    part("state_since", FieldType::Instant),
    part("note", FieldType::Phone),
];
/// An item of a list of links to any object.
const ABOUT: &[Part] =
    &[part("object", FieldType::Phone), Part { column: "target", ..part("id", FieldType::Link) }, part("via", FieldType::Phone)];
const ADDRESS: &[Part] = &[
    part("street", FieldType::Phone),
    part("street2", FieldType::Phone),
    part("postal_code", FieldType::Phone),
    Part { folds: true, ..part("city", FieldType::Text) },
    part("region", FieldType::Phone),
    part("country", FieldType::Choice),
];

/// The list of codes behind the country of every address.
const COUNTRIES: &str = "country";

/// Parts that come with the type of a field, not with its declaration.
pub fn fixed_parts(field: &Field) -> &'static [Part] {
    match field.kind {
        FieldType::Emails => EMAIL,
        FieldType::Phones => PHONE,
        FieldType::Address => ADDRESS,
        FieldType::Links => ABOUT,
        _ => &[],
    }
}

fn leaf(object: &Object, field: &Field, get: Get, column: impl Into<String>) -> Leaf {
    Leaf {
        object: object.name.clone(),
        field: field.name.clone(),
        get,
        place: Place::Own(column.into()),
        folds: false,
        scale: 0,
        presence: Vec::new(),
        always: false,
    }
}

/// A field of a record.
pub fn of_field(object: &Object, field: &Field) -> Seen {
    if let Some(alias) = &field.alias_of {
        return of_alias(object, field, alias);
    }
    match field.kind {
        FieldType::Choices | FieldType::Texts | FieldType::Links | FieldType::Emails | FieldType::Phones | FieldType::Rows => {
            of_list(object, field).map_or(Seen::Nothing, Seen::List)
        }
        FieldType::Reverse => Seen::Nothing,
        _ => of_value(object, field, Get::Field(field.name.clone())),
    }
}

/// A single value, of a record or of a row.
pub fn of_value(object: &Object, field: &Field, get: Get) -> Seen {
    let plain = leaf(object, field, get, field.id.clone());
    let link = |default: &str| Type::Link(field.to.clone().unwrap_or_else(|| default.to_string()));
    let kind = match field.kind {
        FieldType::Text | FieldType::LongText | FieldType::Url | FieldType::Email | FieldType::PersonName => {
            return Seen::Value(Type::Text, Leaf { folds: field.has_fold(), ..plain });
        }
        FieldType::Phone | FieldType::Expression => Type::Text,
        FieldType::Choice => Type::Choice,
        FieldType::Integer | FieldType::Rating | FieldType::Sequence => Type::Int,
        FieldType::Decimal => return Seen::Value(Type::Number, Leaf { scale: field.scale.unwrap_or(2), ..plain }),
        FieldType::Percent => return Seen::Value(Type::Number, Leaf { scale: 2, ..plain }),
        FieldType::Money => {
            let base = Place::Own(format!("{}__base", field.id));
            return Seen::Value(Type::Money, Leaf { place: base, scale: MONEY_SCALE, presence: vec![field.id.clone()], ..plain });
        }
        FieldType::Boolean => Type::Bool,
        FieldType::Date => Type::Date,
        FieldType::Instant => Type::Instant,
        FieldType::Link => link("any"),
        FieldType::User => link("user"),
        FieldType::File => link("file"),
        FieldType::Address => {
            let presence = ADDRESS.iter().map(|p| format!("{}__{}", field.id, p.column)).collect();
            return Seen::Whole(Leaf { presence, ..plain });
        }
        FieldType::Counts => return Seen::Whole(plain),
        _ => return Seen::Nothing,
    };
    Seen::Value(kind, plain)
}

/// `city` stands for `address.city`, `email` for the primary of `emails`, `domain` for the first of `domains`.
fn of_alias(object: &Object, field: &Field, alias: &str) -> Seen {
    let (base, part) = alias.split_once('.').unwrap_or((alias, ""));
    let Some(base) = object.field(base) else { return Seen::Nothing };
    let mut seen = match base.kind {
        FieldType::Address | FieldType::Money => of_part(object, base, part),
        FieldType::Emails | FieldType::Phones | FieldType::Rows => {
            let inner = of_row_part(object, base, part);
            first(base, inner, Some(part))
        }
        FieldType::Texts => first(base, Some((Type::Text, text_item(object, base))), None),
        _ => None,
    };
    if let Some((_, leaf)) = &mut seen {
        leaf.field.clone_from(&field.name);
    }
    seen.map_or(Seen::Nothing, |(kind, leaf)| Seen::Value(kind, leaf))
}

fn first(list: &Field, inner: Option<(Type, Leaf)>, part: Option<&str>) -> Option<(Type, Leaf)> {
    let (kind, leaf) = inner?;
    let Place::Own(column) = leaf.place else { return None };
    let primary = matches!(list.kind, FieldType::Emails | FieldType::Phones);
    let place = Place::Child { table: format!("{}__{}", leaf.object, list.id), column, primary };
    Some((kind, Leaf { place, get: Get::First(list.name.clone(), part.map(str::to_string)), ..leaf }))
}

/// A part of an address (`address.city`) or of money (`amount.currency`).
pub fn of_part(object: &Object, field: &Field, name: &str) -> Option<(Type, Leaf)> {
    let get = Get::Part(field.name.clone(), name.to_string());
    match field.kind {
        FieldType::Address => {
            let part = ADDRESS.iter().find(|p| p.name == name)?;
            let plain = leaf(object, field, get, format!("{}__{}", field.id, part.column));
            Some((of_kind(part.kind), Leaf { folds: part.folds, ..plain }))
        }
        FieldType::Money => match name {
            "amount" => Some((Type::Number, Leaf { scale: MONEY_SCALE, ..leaf(object, field, get, field.id.clone()) })),
            "currency" => Some((Type::Text, leaf(object, field, get, format!("{}__currency", field.id)))),
            _ => None,
        },
        _ => None,
    }
}

/// Names of the parts of an address or of money.
pub fn part_names(field: &Field) -> Vec<&str> {
    match field.kind {
        FieldType::Money => vec!["amount", "currency"],
        FieldType::Rows => field.parts.iter().map(|p| p.name.as_str()).collect(),
        _ => fixed_parts(field).iter().map(|p| p.name).collect(),
    }
}

/// A part of a row of a list.
pub fn of_row_part(object: &Object, list: &Field, name: &str) -> Option<(Type, Leaf)> {
    if list.kind == FieldType::Rows {
        let part = list.parts.iter().find(|p| p.name == name)?;
        let Seen::Value(kind, seen) = of_value(object, part, Get::Row(name.to_string())) else { return None };
        return Some((kind, Leaf { field: list.name.clone(), ..seen }));
    }
    let part = fixed_parts(list).iter().find(|p| p.name == name)?;
    let plain = leaf(object, list, Get::Row(name.to_string()), part.column);
    Some((of_kind(part.kind), Leaf { folds: part.folds && !list.exact, ..plain }))
}

fn of_kind(kind: FieldType) -> Type {
    match kind {
        FieldType::Choice => Type::Choice,
        FieldType::Boolean => Type::Bool,
        FieldType::Instant => Type::Instant,
        FieldType::Link => Type::Link("any".to_string()),
        _ => Type::Text,
    }
}

fn text_item(object: &Object, field: &Field) -> Leaf {
    Leaf { folds: field.has_fold(), ..leaf(object, field, Get::Item, "text") }
}

fn of_list(object: &Object, field: &Field) -> Option<Of> {
    let table = format!("{}__{}", object.name, field.id);
    let main = |name: &str| of_row_part(object, field, name).map(|(_, leaf)| leaf);
    Some(match field.kind {
        FieldType::Choices => Of::Values { table, item: leaf(object, field, Get::Item, "code") },
        FieldType::Texts => Of::Values { table, item: text_item(object, field) },
        FieldType::Emails => Of::Rows { table, main: main("address") },
        FieldType::Phones => Of::Rows { table, main: main("number") },
        FieldType::Rows => Of::Rows { table, main: None },
        FieldType::Links => match field.to.as_deref() {
            Some("any") | None => Of::Rows { table, main: main("id") },
            Some(to) => Of::Links { table, to: to.to_string() },
        },
        _ => return None,
    })
}

/// The records that link here by a field of theirs.
pub fn of_reverse(model: &Model, field: &Field) -> Option<Of> {
    let object = model.object(field.to.as_deref()?)?;
    let by = object.field(field.by.as_deref()?)?;
    let (column, table) = match by.kind {
        FieldType::Link | FieldType::User | FieldType::File => (by.id.clone(), None),
        FieldType::Links => ("target".to_string(), Some(format!("{}__{}", object.name, by.id))),
        _ => return None,
    };
    Some(Of::Reverse { object: object.name.clone(), by: by.name.clone(), column, table })
}

/// The record itself, by its id.
pub fn of_record(object: &Object) -> (Type, Leaf) {
    let plain = leaf(object, &Field::default(), Get::Record, "id");
    (Type::Link(object.name.clone()), Leaf { always: true, ..plain })
}

/// What every record has without declaring it.
pub fn of_basic(object: &Object, name: &str) -> Option<(Type, Leaf)> {
    let kind = match name {
        "id" => return Some(of_record(object)),
        "version" => Type::Int,
        "created_at" | "updated_at" => Type::Instant,
        "created_by" | "updated_by" => Type::Link("user".to_string()),
        _ => return None,
    };
    let always = !matches!(kind, Type::Link(_));
    let plain = leaf(object, &Field::default(), Get::Field(name.to_string()), name);
    Some((kind, Leaf { always, ..plain }))
}

pub const BASICS: &[&str] = &["id", "version", "created_at", "created_by", "updated_at", "updated_by"];

/// The codes that a choice may have: `None` where every code may stand.
pub fn codes<'a>(model: &'a Model, leaf: &Leaf) -> Option<Vec<&'a str>> {
    let field = model.object(&leaf.object)?.field(&leaf.field)?;
    let of = |field: &'a Field| -> Option<Vec<&'a str>> {
        let options: &'a [Choice] = model.options(field);
        (!field.open && !options.is_empty()).then(|| options.iter().map(|o| o.code.as_str()).collect())
    };
    match &leaf.get {
        Get::Row(part) | Get::First(_, Some(part)) => {
            let list = aliased(model, &leaf.object, field);
            match list.parts.iter().find(|p| p.name == *part) {
                Some(part) => of(part),
                None => fixed_parts(list).iter().find(|p| p.name == part).filter(|p| !p.codes.is_empty()).map(|p| p.codes.to_vec()),
            }
        }
        Get::Part(_, part) if part == "country" => model.lists.get(COUNTRIES).map(|l| l.iter().map(|o| o.code.as_str()).collect()),
        _ => of(field),
    }
}

fn aliased<'a>(model: &'a Model, object: &str, field: &'a Field) -> &'a Field {
    let base = field.alias_of.as_deref().and_then(|a| a.split('.').next());
    base.and_then(|b| model.object(object)?.field(b)).unwrap_or(field)
}
