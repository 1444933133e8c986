//! What stands in one cell.

use model::FieldType;
use serde_json::{Map, Value as Json};

use super::column::{Column, Part};

/// A value as a spreadsheet takes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Flag(bool),
}

/// The exact text of a cell; numbers are as the interface writes them.
pub fn text(column: &Column, item: &Map<String, Json>) -> String {
    let value = item.get(&column.field).unwrap_or(&Json::Null);
    match &column.part {
        Part::Whole => whole(value),
        Part::Id => value.get("id").unwrap_or(value).as_str().unwrap_or_default().to_string(),
        Part::Amount => whole(value.get("amount").unwrap_or(&Json::Null)),
        Part::Currency => whole(value.get("currency").unwrap_or(&Json::Null)),
        Part::Of(part) => whole(value.get(*part).unwrap_or(&Json::Null)),
    }
}

fn whole(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Bool(flag) => flag.to_string(),
        Json::Number(number) => number.to_string(),
        Json::Array(items) => items.iter().map(whole).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; "),
        Json::Object(map) => {
            let named = ["title", "address", "number", "id"].iter().find_map(|n| map.get(*n)).and_then(Json::as_str);
            named.map_or_else(|| value.to_string(), str::to_string)
        }
    }
}

/// The same for a spreadsheet: numbers that it can hold exactly as numbers.
pub fn typed(column: &Column, item: &Map<String, Json>) -> Cell {
    let text = text(column, item);
    if text.is_empty() {
        return Cell::Empty;
    }
    if item.get(&column.field).is_some_and(Json::is_boolean) {
        return Cell::Flag(text == "true");
    }
    if !is_number(column) || text.trim_start_matches('-').chars().filter(char::is_ascii_digit).count() > 15 {
        return Cell::Text(text);
    }
    text.parse().map_or(Cell::Text(text), Cell::Number)
}

/// Does the column hold numbers, so that a leading minus is one?
pub fn is_number(column: &Column) -> bool {
    let plain = matches!(
        column.kind,
        FieldType::Integer | FieldType::Decimal | FieldType::Percent | FieldType::Rating | FieldType::Sequence | FieldType::Counts
    );
    column.part == Part::Amount || plain && column.part == Part::Whole
}

/// Spreadsheets run what begins like a formula, whoever wrote it. An apostrophe in front makes it text; numbers and
/// telephone numbers stay as they are.
pub fn defused(column: &Column, text: String) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if !risky || is_number(column) || is_harmless(&text) { text } else { format!("'{text}") }
}

fn is_harmless(text: &str) -> bool {
    let rest = text.strip_prefix(['+', '-']).unwrap_or("x");
    !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | ','))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn column(kind: FieldType, part: Part) -> Column {
        Column { name: "x".into(), label: "X".into(), field: "x".into(), part, kind }
    }
    fn shown(kind: FieldType, part: Part, value: Json) -> String {
        let item = json!({ "x": value });
        text(&column(kind, part), item.as_object().unwrap())
    }

    #[test]
    fn every_kind_of_value_fits_a_cell() {
        let money = json!({"amount": "1250.00", "currency": "EUR"});
        assert_eq!(shown(FieldType::Money, Part::Amount, money.clone()), "1250.00");
        assert_eq!(shown(FieldType::Money, Part::Currency, money), "EUR");
        assert_eq!(shown(FieldType::Link, Part::Whole, json!({"id": "1", "object": "company", "title": "Rossi"})), "Rossi");
        assert_eq!(shown(FieldType::Link, Part::Id, json!({"id": "1", "title": "Rossi"})), "1");
        assert_eq!(shown(FieldType::Link, Part::Id, json!("1")), "1");
        assert_eq!(shown(FieldType::Emails, Part::Whole, json!([{"address": "a@b.it"}, {"address": "c@d.it"}])), "a@b.it; c@d.it");
        assert_eq!(shown(FieldType::Address, Part::Of("city"), json!({"city": "Roma"})), "Roma");
        assert_eq!(shown(FieldType::Text, Part::Whole, Json::Null), "");
    }

    #[test]
    fn a_text_that_looks_like_a_formula_is_defused() {
        let text = |t: &str| defused(&column(FieldType::Text, Part::Whole), t.to_string());
        assert_eq!(text("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")");
        assert_eq!(text("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(text("-2+3+cmd|' /C calc'!A0"), "'-2+3+cmd|' /C calc'!A0");
        assert_eq!(text("\t=1"), "'\t=1");
        assert_eq!(text("+39 06 1234"), "+39 06 1234");
        assert_eq!(text("-"), "'-");
        assert_eq!(text("Rossi = Bianchi"), "Rossi = Bianchi");
        assert_eq!(defused(&column(FieldType::Decimal, Part::Whole), "-5.5".into()), "-5.5");
    }

    #[test]
    fn a_spreadsheet_gets_numbers_only_where_it_keeps_them_exactly() {
        let cell = |kind, value: Json| typed(&column(kind, Part::Whole), json!({ "x": value }).as_object().unwrap());
        assert_eq!(cell(FieldType::Integer, json!(42)), Cell::Number(42.0));
        assert_eq!(cell(FieldType::Decimal, json!("1.5")), Cell::Number(1.5));
        assert_eq!(cell(FieldType::Decimal, json!("1234567890123456.5")), Cell::Text("1234567890123456.5".into()));
        assert_eq!(cell(FieldType::Text, json!("42")), Cell::Text("42".into()));
        assert_eq!(cell(FieldType::Boolean, json!(true)), Cell::Flag(true));
        assert_eq!(cell(FieldType::Date, Json::Null), Cell::Empty);
    }
}
