//! Field types: what a value of each may be, how it is read, written, stored and described. One room per type.
//!
//! Start with [`Kind`] and [`kind`], the list of all. A value is `Null` when absent, and an empty text or list is
//! absent too; `write` and `parse` undo each other, so that the log's before-values can be written again.

mod address;
mod boolean;
mod choice;
mod choices;
mod counts;
mod date;
mod decimal;
mod email;
mod emails;
mod expression;
mod file;
mod instant;
mod integer;
mod link;
mod links;
mod long_text;
mod money;
mod percent;
mod person_name;
mod phone;
mod phones;
mod rating;
mod reverse;
mod rows;
mod sequence;
mod text;
mod texts;
mod url;
mod user;

mod column;
mod locale;
mod shared;

use base::{Currency, FieldProblem, Id, Result, Value};
use serde_json::Value as Json;
use store::table::{Column, ColumnKind};
use store::{Param, Row};

use crate::object::{Field, FieldType, Model, Object};

pub use column::{has_fold, has_key, is_child, read_value, render, row_columns, scale, sort_column, value_column};
pub use locale::{DateOrder, ImportLocale, guess_decimal};
pub use phone::{Phone, read_phone};
pub use shared::amount::Amount;
pub use shared::wrong::Wrong;

/// What a value may depend on besides its field.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub model: &'a Model,
    /// The workspace's currency, meant where none is written.
    pub currency: Currency,
    /// ISO 3166, in which national phone numbers are read.
    pub country: &'a str,
}

/// Which way a value goes through the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Read,
    Write,
}

/// The table of a list field, `{object}__{field}`; `record` and `position` stand before its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildTable {
    pub name: String,
    pub columns: Vec<Column>,
    /// Columns that are looked up by value.
    pub indexed: Vec<String>,
}

/// A row of parameters by column name.
pub type Params = Vec<(String, Param)>;

/// The type of a field. Methods without a body are what a type must say; the others suit a type whose value stands in
/// one column (`column`), and lists (`is_list`) with `item_*`.
pub trait Kind: Sync {
    fn field_type(&self) -> FieldType;
    fn name(&self) -> &'static str {
        self.field_type().name()
    }

    /// A value that is there, from the interface; all that is wrong, each at its path below `path`.
    fn accept(&self, field: &Field, context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>>;
    /// A value from the interface; `null` is absent.
    fn parse(&self, field: &Field, context: &Context<'_>, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        if input.is_null() { Ok(Value::Null) } else { self.accept(field, context, &field.name, input) }
    }
    /// A cell of a file that is not empty, without white space around it.
    fn read_cell(&self, field: &Field, context: &Context<'_>, text: &str, locale: &ImportLocale) -> Result<Value, Wrong>;
    /// A cell of a file, written as people write; an empty one is absent.
    fn read_text(&self, field: &Field, context: &Context<'_>, text: &str, locale: &ImportLocale) -> Result<Value, String> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.is_empty() { Ok(Value::Null) } else { self.read_cell(field, context, text, locale).map_err(|wrong| wrong.message) }
    }
    fn write(&self, _field: &Field, value: &Value) -> Json {
        shared::json::of(value)
    }
    fn write_json(&self, field: &Field, value: &Value, out: &mut Vec<u8>) {
        shared::json::push(out, &self.write(field, value));
    }
    /// JSON Schema (2020-12) of a value that is there.
    fn schema(&self, field: &Field, model: &Model, using: Use) -> Json;

    /// The kind of the one column that holds the value.
    fn column(&self) -> Option<ColumnKind> {
        None
    }
    /// Decimals, where the column holds an exact decimal as an integer.
    fn scale(&self, _field: &Field) -> Option<u32> {
        None
    }
    /// The columns in the object's table, in the order in which `load` reads them.
    fn columns(&self, field: &Field) -> Vec<Column> {
        column::columns(field, self.column())
    }
    fn store(&self, field: &Field, value: &Value, out: &mut Params) {
        column::store(field, self.scale(field), value, out);
    }
    /// Reads all `columns` from `at` on.
    fn load(&self, field: &Field, row: &Row<'_>, at: &mut usize) -> Result<Value> {
        column::load(field, self.column(), self.scale(field), row, at)
    }
    /// The columns of which `render` makes JSON.
    fn shown(&self, field: &Field) -> Vec<String> {
        if self.column().is_some() { vec![field.id.clone()] } else { Vec::new() }
    }
    /// Writes the `shown` columns from `at` on as JSON, the same as `write` of the loaded value.
    fn render(&self, field: &Field, row: &Row<'_>, at: &mut usize, out: &mut Vec<u8>) -> Result<()> {
        column::render_one(self.column(), self.scale(field), row, at, out)
    }

    /// Kept in a table of its own.
    fn is_list(&self) -> bool {
        false
    }
    fn item_columns(&self, _field: &Field) -> Vec<Column> {
        Vec::new()
    }
    fn item_indexed(&self, _field: &Field) -> Vec<String> {
        Vec::new()
    }
    fn store_item(&self, _field: &Field, _item: &Value, _out: &mut Params) {}
    /// One item from its `item_columns`.
    fn load_child(&self, _field: &Field, _row: &Row<'_>, _at: &mut usize) -> Result<Value> {
        Ok(Value::Null)
    }
    fn child(&self, object: &Object, field: &Field) -> Option<ChildTable> {
        let name = format!("{}__{}", object.name, field.id);
        self.is_list().then(|| ChildTable { name, columns: self.item_columns(field), indexed: self.item_indexed(field) })
    }
    /// The rows of a list, with `record` and `position`.
    fn store_children(&self, field: &Field, record: Id, value: &Value) -> Vec<Params> {
        let row = |(item, position): (&Value, i64)| {
            let mut row = vec![("record".to_string(), Param::Id(record)), ("position".to_string(), Param::Int(position))];
            self.store_item(field, item, &mut row);
            row
        };
        if self.is_list() { value.as_list().iter().zip(0..).map(row).collect() } else { Vec::new() }
    }

    fn sortable(&self) -> bool {
        self.column().is_some()
    }
    fn filterable(&self) -> bool {
        true
    }
    /// May head the groups of a report or a board.
    fn groupable(&self) -> bool {
        self.column().is_some()
    }
    /// May be summed and averaged.
    fn summable(&self) -> bool {
        false
    }
}

/// The room of each type.
pub fn kind(field_type: FieldType) -> &'static dyn Kind {
    match field_type {
        FieldType::Text => &text::Text,
        FieldType::LongText => &long_text::LongText,
        FieldType::Email => &email::Email,
        FieldType::Phone => &phone::PhoneNumber,
        FieldType::Url => &url::Url,
        FieldType::Integer => &integer::Integer,
        FieldType::Decimal => &decimal::Decimal,
        FieldType::Money => &money::MoneyField,
        FieldType::Percent => &percent::Percent,
        FieldType::Boolean => &boolean::Boolean,
        FieldType::Date => &date::DateField,
        FieldType::Instant => &instant::InstantField,
        FieldType::Choice => &choice::ChoiceField,
        FieldType::Choices => &choices::Choices,
        FieldType::Link => &link::Link,
        FieldType::Links => &links::Links,
        FieldType::User => &user::User,
        FieldType::Address => &address::Address,
        FieldType::PersonName => &person_name::PersonName,
        FieldType::Rating => &rating::Rating,
        FieldType::Sequence => &sequence::Sequence,
        FieldType::File => &file::File,
        FieldType::Texts => &texts::Texts,
        FieldType::Expression => &expression::Expression,
        FieldType::Emails => &emails::Emails,
        FieldType::Phones => &phones::Phones,
        FieldType::Rows => &rows::Rows,
        FieldType::Reverse => &reverse::Reverse,
        FieldType::Counts => &counts::Counts,
    }
}

/// JSON Schema of a field as a member of its object: with `null`, its help, and whether it may be written.
pub fn schema(field: &Field, model: &Model, using: Use) -> Json {
    shared::schema::member(field, model, using)
}

#[cfg(test)]
mod tests;
