//! `decimal`: an exact number, with two decimals unless `scale` says otherwise; more are refused, not rounded.

use base::{FieldProblem, Result, Value};
use serde_json::Value as Json;
use store::table::ColumnKind;

use super::shared::{number, schema};
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

pub struct Decimal;

impl Kind for Decimal {
    fn field_type(&self) -> FieldType {
        FieldType::Decimal
    }
    fn accept(&self, field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        number::of_json(input).and_then(|n| number::fit(field, n, decimals(field))).map_err(|wrong| wrong.at(path))
    }
    fn read_cell(&self, field: &Field, _context: &Context<'_>, text: &str, locale: &ImportLocale) -> Result<Value, Wrong> {
        number::fit(field, number::of_cell(text, locale, decimals(field))?, decimals(field))
    }
    fn schema(&self, field: &Field, _model: &Model, _using: Use) -> Json {
        schema::number(field, false)
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Int)
    }
    fn scale(&self, field: &Field) -> Option<u32> {
        Some(decimals(field))
    }
    fn summable(&self) -> bool {
        true
    }
}

fn decimals(field: &Field) -> u32 {
    field.scale.unwrap_or(2).min(base::number::SCALE)
}
