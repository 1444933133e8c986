//! From declarations to tables: what the database should look like, as plain data.
//!
//! Columns of a field are told by its type (`field/`); here stand what every record has, the lists' tables and the
//! indexes. Apart from unique ones, indexes end in `id`, so that a page continues where the last one ended.

use std::hash::{DefaultHasher, Hash, Hasher};

use store::table::{Column, ColumnKind, Index, Table};

use crate::field;
use crate::object::{Field, FieldType, Model, Object};

/// Condition of indexes: records in the bin are not looked up.
const LIVING: &str = "\"deleted_at\" is null";
/// Few among many: a bin is shown and emptied by an index of its own.
const IN_BIN: &str = "\"deleted_at\" is not null";
/// PostgreSQL cuts longer names off.
const LONGEST_NAME: usize = 60;

/// Every table that the objects of a model need, in the order of declaration.
pub fn tables(model: &Model) -> Vec<Table> {
    model.objects().iter().flat_map(of_object).collect()
}

/// Changes whenever the tables would change.
pub fn fingerprint(model: &Model) -> String {
    let mut hasher = DefaultHasher::new();
    format!("{:?}", tables(model)).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn of_object(object: &Object) -> Vec<Table> {
    let mut columns = vec![
        Column::new("id", ColumnKind::Id).required(),
        Column::new("version", ColumnKind::Int).required(),
        Column::new("created_at", ColumnKind::Instant).required(),
        Column::new("created_by", ColumnKind::Id),
        Column::new("updated_at", ColumnKind::Instant).required(),
        Column::new("updated_by", ColumnKind::Id),
        Column::new("deleted_at", ColumnKind::Instant),
    ];
    for field in object.fields.iter().filter(|f| is_in_row(f)) {
        columns.extend(field::kind(field.kind).columns(field));
    }
    let main = Table { name: object.name.clone(), with_rid: true, columns, indexes: indexes(object), searched: object.searched };
    let children = object.fields.iter().filter(|f| f.alias_of.is_none()).filter_map(|f| child(object, f));
    std::iter::once(main).chain(children).collect()
}

/// Has columns of its own in the object's table.
fn is_in_row(field: &Field) -> bool {
    let is_system = matches!(field.name.as_str(), "created_at" | "created_by" | "updated_at" | "updated_by");
    field.alias_of.is_none() && !is_system && !field::is_child(field) && field.kind != FieldType::Reverse
}

fn child(object: &Object, field: &Field) -> Option<Table> {
    let child = field::kind(field.kind).child(object, field)?;
    let mut columns = vec![Column::new("record", ColumnKind::Id).required(), Column::new("position", ColumnKind::Int).required()];
    columns.extend(child.columns);
    let mut indexes = vec![index(&child.name, &["record".to_string(), "position".to_string()])];
    indexes.extend(child.indexed.iter().map(|column| index(&child.name, &[column.clone(), "record".to_string()])));
    Some(Table { name: child.name, with_rid: false, columns, indexes, searched: false })
}

fn indexes(object: &Object) -> Vec<Index> {
    let mut all = vec![index(&object.name, &["id".to_string()]).unique()];
    all.push(index(&object.name, &["deleted_at".to_string(), "id".to_string()]).filter(IN_BIN));
    for field in &object.fields {
        all.extend(of_field(object, field));
        // Sorted by its key, compared by its folded copy.
        if field.index && field.alias_of.is_none() && field::has_key(field) && field::has_fold(field) {
            all.push(index(&object.name, &[format!("{}__fold", field.id), "id".to_string()]).filter(LIVING));
        }
    }
    for names in &object.indexes {
        let columns: Vec<String> = names.iter().filter_map(|n| indexed_column(object, n)).chain(["id".to_string()]).collect();
        all.push(index(&object.name, &columns).filter(LIVING));
    }
    for names in &object.unique {
        let columns: Vec<String> = names.iter().filter_map(|n| object.field(n)).map(unique_column).collect();
        all.push(index(&object.name, &columns).unique().filter(LIVING));
    }
    let mut named: Vec<Index> = Vec::new();
    for one in all {
        if !named.iter().any(|i| i.name == one.name) {
            named.push(one);
        }
    }
    named
}

fn of_field(object: &Object, field: &Field) -> Option<Index> {
    let is_link = matches!(field.kind, FieldType::Link | FieldType::User | FieldType::File);
    let is_author = matches!(field.name.as_str(), "created_by" | "updated_by");
    let in_address = field.alias_of.as_deref().is_some_and(|a| a.contains("address."));
    if field.unique {
        return Some(index(&object.name, &[unique_column(field)]).unique().filter(LIVING));
    }
    let wanted = field.index || is_link && !is_author;
    if !wanted || field.alias_of.is_some() && !in_address || field::is_child(field) || field.kind == FieldType::Reverse {
        return None;
    }
    Some(index(&object.name, &[field::sort_column(field), "id".to_string()]).filter(LIVING))
}

/// The column by which a field named in `index` is sorted, with its direction.
fn indexed_column(object: &Object, name: &str) -> Option<String> {
    let (sign, name) = name.strip_prefix('-').map_or(("", name), |n| ("-", n));
    object.field(name).map(|f| format!("{sign}{}", field::sort_column(f)))
}

fn unique_column(field: &Field) -> String {
    if field::has_fold(field) { format!("{}__fold", field.id) } else { field.id.clone() }
}

fn index(table: &str, columns: &[String]) -> Index {
    let names: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut index = Index::on(table, &names);
    if index.name.len() > LONGEST_NAME {
        let mut hasher = DefaultHasher::new();
        index.name.hash(&mut hasher);
        let head: String = index.name.chars().take(LONGEST_NAME - 18).collect();
        index.name = format!("{head}__{:016x}", hasher.finish());
    }
    index
}
