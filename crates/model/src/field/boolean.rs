//! `boolean`: true, false or absent.

use base::text::fold;
use base::{FieldProblem, Result, Value};
use serde_json::{Value as Json, json};
use store::table::ColumnKind;

use super::shared::clean::quote;
use super::{Context, ImportLocale, Kind, Use, Wrong};
use crate::object::{Field, FieldType, Model};

/// Words of files, folded: English, Italian, Chinese, German, French, Spanish, Polish.
const TRUE: &str = "true yes y 1 1.0 on x t ✓ ✔ ☑ si s vero v 是 真 对 有 ja j wahr oui o vrai verdadero tak prawda checked active";
const FALSE: &str = "false no n 0 0.0 off f - ✗ ✘ ☐ falso 否 假 错 无 没有 nein falsch non faux nie falsz unchecked inactive";

pub struct Boolean;

impl Kind for Boolean {
    fn field_type(&self) -> FieldType {
        FieldType::Boolean
    }
    fn accept(&self, _field: &Field, _context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        input.as_bool().map(Value::Bool).ok_or_else(|| Wrong::kind("Write true or false, without quotes").at(path))
    }
    fn read_cell(&self, _field: &Field, _context: &Context<'_>, text: &str, _locale: &ImportLocale) -> Result<Value, Wrong> {
        let word = fold(text);
        let is_of = |words: &str| words.split(' ').any(|w| w == word);
        match (is_of(TRUE), is_of(FALSE)) {
            (true, _) => Ok(Value::Bool(true)),
            (_, true) => Ok(Value::Bool(false)),
            _ => Err(Wrong::format(format!("{} is neither yes nor no", quote(text)))),
        }
    }
    fn schema(&self, _field: &Field, _model: &Model, _using: Use) -> Json {
        json!({"type": "boolean"})
    }
    fn column(&self) -> Option<ColumnKind> {
        Some(ColumnKind::Bool)
    }
}
