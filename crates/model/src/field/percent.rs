//! `percent`: in hundredths, 25 is 25 % (D6), with two decimals.

use base::{FieldProblem, Number, Result, Value};
use serde_json::Value as Json;
use store::table::ColumnKind;

use super::shared::{amount, clean, number, schema};
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

const SCALE: u32 = 2;

pub struct Percent;

impl Kind for Percent {
    fn field_type(&self) -> FieldType {
        FieldType::Percent
    }
    fn accept(&self, field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        number::of_json(input).and_then(|n| number::fit(field, n, SCALE)).map_err(|wrong| wrong.at(path))
    }
    /// `25 %`, `25`, and `0.25` where the file writes fractions.
    fn read_cell(&self, field: &Field, _context: &Context<'_>, text: &str, locale: &ImportLocale) -> Result<Value, Wrong> {
        let amount = amount::read(text, locale, if locale.fraction { SCALE + 2 } else { SCALE })?;
        if amount.currency.is_some() {
            return Err(Wrong::format(format!("{} is not a percentage; write one such as 25 %", clean::quote(text))));
        }
        let is_fraction = locale.fraction && !amount.percent;
        let number = if is_fraction { Number::from_i64(100).and_then(|hundred| amount.number.mul(hundred)) } else { Some(amount.number) };
        number::fit(field, number.ok_or_else(|| Wrong::new("too_big", "This number is too large"))?, SCALE)
    }
    fn schema(&self, field: &Field, _model: &Model, _using: Use) -> Json {
        schema::number(field, false)
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Int)
    }
    fn scale(&self, _field: &Field) -> Option<u32> {
        Some(SCALE)
    }
    fn summable(&self) -> bool {
        true
    }
}
