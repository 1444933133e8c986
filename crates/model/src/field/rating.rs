//! `rating`: a whole number from 1 to 5, or to `max`.

use base::{FieldProblem, Result, Value};
use serde_json::Value as Json;
use store::table::ColumnKind;

use super::shared::{number, schema};
use super::{Context, ImportLocale, Kind, Use, Wrong, integer};
use crate::object::{Field, FieldType, Model};

pub struct Rating;

impl Kind for Rating {
    fn field_type(&self) -> FieldType {
        FieldType::Rating
    }
    fn accept(&self, field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        number::whole(input).and_then(|n| integer::check(&bounded(field), n)).map_err(|wrong| wrong.at(path))
    }
    /// Stars count, too.
    fn read_cell(&self, field: &Field, _context: &Context<'_>, text: &str, locale: &ImportLocale) -> Result<Value, Wrong> {
        let stars = text.chars().filter(|c| matches!(c, '★' | '⭐' | '*')).count();
        let is_stars = stars > 0 && text.chars().all(|c| matches!(c, '★' | '☆' | '⭐' | '*' | ' ' | '\u{fe0f}'));
        let n = if is_stars { i64::try_from(stars).unwrap_or(i64::MAX) } else { number::whole_of_cell(text, locale)? };
        if n == 0 { Ok(Value::Null) } else { integer::check(&bounded(field), n) }
    }
    fn schema(&self, field: &Field, _model: &Model, _using: Use) -> Json {
        schema::number(&bounded(field), true)
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Int)
    }
    fn summable(&self) -> bool {
        true
    }
}

fn bounded(field: &Field) -> Field {
    Field { min: Some(field.min.unwrap_or(1)), max: Some(field.max.unwrap_or(5)), ..Field::default() }
}
