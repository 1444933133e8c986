//! Where a column goes, as text and as what the model makes of it.
//!
//! | text | means |
//! |---|---|
//! | `amount`, `address.city` | a field, a part of a field |
//! | `phones.mobile`, `emails.work` | one more row of that kind |
//! | `company`, `company.domain`, `company.external.hubspot`, `owner.email` | a link, found by title or by what is named |
//! | `lines.product`, `lines.quantity` | one record more that links to this one |
//! | `external.hubspot` | the record's id in another system |
//! | `id` | the record's own id |
//! | `stage@Proposal` | the moment at which a tracked field took a value |

use std::fmt;

use model::nearest::nearest;
use model::{Field, FieldType, Model, Object};

#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    Field {
        field: String,
    },
    /// Of an address, of money (`currency`), of one row of a `rows` field.
    Part {
        field: String,
        part: String,
    },
    /// A row of `emails` or `phones` with its kind.
    Item {
        field: String,
        kind: String,
    },
    /// A link or several to records of `object`.
    Link {
        field: String,
        object: String,
        by: By,
    },
    /// A field of a record of `object` that points here through `link`.
    Child {
        field: String,
        object: String,
        link: String,
        target: Box<Target>,
    },
    External {
        system: String,
    },
    Id,
    Stay {
        field: String,
        value: String,
    },
}

/// By what a linked record is found.
#[derive(Clone, Debug, PartialEq)]
pub enum By {
    /// Its title and the names that it is known by; for users also the e-mail address.
    Title,
    Field(String),
    External(String),
    Id,
}

impl Target {
    /// The field that is written; `None` for ids.
    pub fn field(&self) -> Option<&str> {
        match self {
            Target::Field { field }
            | Target::Part { field, .. }
            | Target::Item { field, .. }
            | Target::Link { field, .. }
            | Target::Child { field, .. }
            | Target::Stay { field, .. } => Some(field),
            Target::External { .. } | Target::Id => None,
        }
    }

    /// Two columns may go there.
    pub fn takes_several(&self) -> bool {
        matches!(self, Target::Item { .. } | Target::Child { .. })
    }

    /// What the text means for an object; otherwise a sentence with the nearest name.
    pub fn read(text: &str, model: &Model, object: &Object) -> Result<Target, String> {
        if let Some((field, value)) = text.split_once('@') {
            return stay(field, value, object);
        }
        let (first, rest) = match text.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (text, None),
        };
        match (first, rest) {
            ("external", Some(system)) if is_word(system) => return Ok(Target::External { system: system.to_string() }),
            ("external", _) => return Err("Name the other system: external.hubspot".to_string()),
            ("id", None) => return Ok(Target::Id),
            _ => {}
        }
        let field = known(first, object)?;
        writable(field, object)?;
        let name = field.name.clone();
        match (field.kind, rest) {
            (FieldType::Link | FieldType::Links | FieldType::User, rest) => link(field, rest, model),
            (FieldType::Reverse, Some(rest)) => child(field, rest, model),
            (FieldType::Reverse, None) => Err(format!("Name a field of {name}: {name}.…")),
            (FieldType::File, _) => Err(format!("{name} holds a file, which a table cannot bring")),
            (_, None) => Ok(Target::Field { field: name }),
            (FieldType::Emails, Some(kind)) => item(field, kind, &["work", "personal", "billing", "other"]),
            (FieldType::Phones, Some(kind)) => {
                item(field, kind, &["work", "personal", "mobile", "office", "home", "fax", "assistant", "billing", "other"])
            }
            (FieldType::Address, Some(part)) => parts(field, part, &["street", "street2", "postal_code", "city", "region", "country"]),
            (FieldType::Money, Some(part)) => parts(field, part, &["amount", "currency"]),
            (FieldType::Rows, Some(part)) => {
                let names: Vec<&str> = field.parts.iter().map(|p| p.name.as_str()).collect();
                parts(field, part, &names)
            }
            (_, Some(part)) => Err(format!("{name} has no part \"{part}\"")),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Field { field } => f.write_str(field),
            Target::Part { field, part } => write!(f, "{field}.{part}"),
            Target::Item { field, kind } => write!(f, "{field}.{kind}"),
            Target::Link { field, by: By::Title, .. } => f.write_str(field),
            Target::Link { field, by: By::Field(name), .. } => write!(f, "{field}.{name}"),
            Target::Link { field, by: By::External(system), .. } => write!(f, "{field}.external.{system}"),
            Target::Link { field, by: By::Id, .. } => write!(f, "{field}.id"),
            Target::Child { field, target, .. } => write!(f, "{field}.{target}"),
            Target::External { system } => write!(f, "external.{system}"),
            Target::Id => f.write_str("id"),
            Target::Stay { field, value } => write!(f, "{field}@{value}"),
        }
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

fn known<'a>(name: &str, object: &'a Object) -> Result<&'a Field, String> {
    object.field(name).ok_or_else(|| {
        let names = object.fields.iter().map(|f| f.name.as_str()).chain(["id", "external"]);
        format!("{} has no field \"{name}\"{}", object.label.en, hint(nearest(name, names)))
    })
}

fn hint(name: Option<&str>) -> String {
    name.map(|n| format!("; did you mean \"{n}\"?")).unwrap_or_default()
}

/// Computed fields are refused, but for those of the record's origin, and a person's name, which is taken apart.
fn writable(field: &Field, object: &Object) -> Result<(), String> {
    let is_name = field.kind == FieldType::PersonName && object.field("last_name").is_some();
    if (field.computed || field.formula.is_some()) && !field.origin && !is_name && field.kind != FieldType::Reverse {
        return Err(format!("{} is computed and cannot be written", field.name));
    }
    Ok(())
}

fn parts(field: &Field, part: &str, names: &[&str]) -> Result<Target, String> {
    if names.contains(&part) {
        return Ok(Target::Part { field: field.name.clone(), part: part.to_string() });
    }
    Err(format!("{} has no part \"{part}\"; it has {}", field.name, names.join(", ")))
}

fn item(field: &Field, kind: &str, kinds: &[&str]) -> Result<Target, String> {
    if kinds.contains(&kind) {
        return Ok(Target::Item { field: field.name.clone(), kind: kind.to_string() });
    }
    Err(format!("{} has no kind \"{kind}\"; there are {}", field.name, kinds.join(", ")))
}

fn link(field: &Field, rest: Option<&str>, model: &Model) -> Result<Target, String> {
    let to = field.to.as_deref().unwrap_or("user");
    let name = field.name.clone();
    let Some(object) = model.object(to) else { return any(field, rest, model) };
    let by = match rest {
        None => By::Title,
        Some("id") => By::Id,
        Some(rest) => match rest.strip_prefix("external.") {
            Some(system) if is_word(system) => By::External(system.to_string()),
            _ => {
                let found = object.field(rest).ok_or_else(|| {
                    let names = object.fields.iter().map(|f| f.name.as_str()).chain(["id", "external"]);
                    format!("{} has no field \"{rest}\" to find it by{}", object.label.en, hint(nearest(rest, names)))
                })?;
                if found.name == object.title { By::Title } else { By::Field(found.name.clone()) }
            }
        },
    };
    Ok(Target::Link { field: name, object: to.to_string(), by })
}

/// A link to records of any object names the object: `about.contact`, `about.company.domain`.
fn any(field: &Field, rest: Option<&str>, model: &Model) -> Result<Target, String> {
    let (object, rest) = match rest.map(|r| r.split_once('.').map_or((r, None), |(o, rest)| (o, Some(rest)))) {
        Some((object, rest)) if model.object(object).is_some() => (object, rest),
        _ => return Err(format!("{0} may be any object; name it: {0}.contact", field.name)),
    };
    let narrowed = Field { to: Some(object.to_string()), ..field.clone() };
    link(&narrowed, rest, model)
}

fn child(field: &Field, rest: &str, model: &Model) -> Result<Target, String> {
    let missing = || format!("{} cannot be filled by an import", field.name);
    let object = field.to.as_deref().and_then(|to| model.object(to)).ok_or_else(missing)?;
    let link = field.by.clone().ok_or_else(missing)?;
    let target = Target::read(rest, model, object)?;
    if matches!(target, Target::Child { .. } | Target::Stay { .. } | Target::Id | Target::External { .. }) {
        return Err(missing());
    }
    Ok(Target::Child { field: field.name.clone(), object: object.name.clone(), link, target: Box::new(target) })
}

fn stay(name: &str, value: &str, object: &Object) -> Result<Target, String> {
    let field = known(name, object)?;
    if !field.track {
        let tracked: Vec<&str> = object.fields.iter().filter(|f| f.track).map(|f| f.name.as_str()).collect();
        return Err(format!("{name} keeps no history of its values; these do: {}", tracked.join(", ")));
    }
    if value.trim().is_empty() {
        return Err(format!("Name the value that was entered: {name}@…"));
    }
    Ok(Target::Stay { field: name.to_string(), value: value.trim().to_string() })
}
