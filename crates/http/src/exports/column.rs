//! The columns of an export: what a field becomes when it must fit into cells.

use kernel::{Ctx, role};
use model::{Field, FieldType, Object};

/// One column of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// As the importer knows it: `amount`, `amount.currency`, `company.id`.
    pub name: String,
    /// For people, in their language.
    pub label: String,
    /// The member of an item that it is read from.
    pub field: String,
    pub part: Part,
    pub kind: FieldType,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The value itself, or for a relation its title.
    Whole,
    /// The id of a relation.
    Id,
    Amount,
    Currency,
    /// A part of an address.
    Of(&'static str),
}

const ADDRESS: &[&str] = &["street", "street2", "postal_code", "city", "region", "country"];

/// The columns of the wanted fields, or of all that the caller may read, in the order of the declaration.
pub fn columns(ctx: &Ctx, object: &Object, wanted: Option<&str>) -> Vec<Column> {
    let names: Option<Vec<&str>> = wanted.map(|w| w.split(',').map(str::trim).collect());
    let mut columns = vec![plain("id", "Id", FieldType::Text)];
    for field in object.fields.iter().filter(|f| role::may_read_field(ctx, object, f)) {
        let is_wanted = names.as_ref().map_or_else(|| is_shown(field), |names| names.contains(&field.name.as_str()));
        if is_wanted && field.kind != FieldType::Reverse {
            of_field(ctx, field, &mut columns);
        }
    }
    for (name, label) in [("created_at", "Created"), ("updated_at", "Changed")] {
        if !columns.iter().any(|c| c.name == name) && names.is_none() {
            columns.push(plain(name, label, FieldType::Instant));
        }
    }
    columns
}

/// Weekly counts are for the screen.
fn is_shown(field: &Field) -> bool {
    field.kind != FieldType::Counts
}

fn plain(name: &str, label: &str, kind: FieldType) -> Column {
    Column { name: name.to_string(), label: label.to_string(), field: name.to_string(), part: Part::Whole, kind }
}

fn of_field(ctx: &Ctx, field: &Field, columns: &mut Vec<Column>) {
    let label = field.label.in_language(&ctx.language);
    let mut push = |name: String, label: String, part: Part| {
        columns.push(Column { name, label, field: field.name.clone(), part, kind: field.kind });
    };
    match field.kind {
        FieldType::Money => {
            push(field.name.clone(), label.to_string(), Part::Amount);
            push(format!("{}.currency", field.name), format!("{label} (currency)"), Part::Currency);
        }
        FieldType::Address => {
            for part in ADDRESS {
                push(format!("{}.{part}", field.name), format!("{label} ({})", part.replace('_', " ")), Part::Of(part));
            }
        }
        FieldType::Link | FieldType::User | FieldType::File => {
            push(field.name.clone(), label.to_string(), Part::Whole);
            push(format!("{}.id", field.name), format!("{label} (id)"), Part::Id);
        }
        _ => push(field.name.clone(), label.to_string(), Part::Whole),
    }
}

/// The relations whose titles are needed, and may be read by the token in use.
pub fn expand(ctx: &Ctx, object: &Object, columns: &[Column]) -> String {
    let is_relation =
        |c: &&Column| c.part == Part::Whole && matches!(c.kind, FieldType::Link | FieldType::User | FieldType::File | FieldType::Links);
    let in_scope = |c: &&Column| {
        let target = object.field(&c.field).and_then(|f| f.to.as_deref()).and_then(|to| ctx.model.object(to));
        target.is_none_or(|t| role::scope_allows(ctx, t, "read"))
    };
    columns.iter().filter(is_relation).filter(in_scope).map(|c| c.field.as_str()).collect::<Vec<_>>().join(",")
}
