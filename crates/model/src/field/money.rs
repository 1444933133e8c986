//! `money`: an exact amount with four decimals in a currency of ISO 4217, and beside it the amount in the workspace's
//! currency (D5), by which it is sorted, compared and summed.

use base::money::MONEY_SCALE;
use base::{Currency, FieldProblem, Money, Number, Result, Value};
use serde_json::{Value as Json, json};
use store::table::{Column, ColumnKind};
use store::{Param, Row};

use super::shared::clean::{self, quote};
use super::shared::{amount, json, number};
use super::{Context, ImportLocale, Kind, Params, Use, Wrong, column};
use crate::object::{Field, FieldType, Model};

pub struct MoneyField;

impl Kind for MoneyField {
    fn field_type(&self) -> FieldType {
        FieldType::Money
    }
    /// `{"amount": "1250.00", "currency": "EUR"}`; a bare number or decimal is in the workspace's currency.
    fn accept(&self, field: &Field, context: &Context<'_>, path: &str, input: &Json) -> Result<Value, Vec<FieldProblem>> {
        let Json::Object(members) = input else {
            let bare = number::of_json(input).map_err(|wrong| match wrong.code {
                "type" => Wrong::kind("Write {\"amount\": \"1250.00\", \"currency\": \"EUR\"}"),
                _ => wrong,
            });
            return bare.and_then(|n| money(field, context, n, context.currency)).map_err(|wrong| wrong.at(path));
        };
        let mut problems: Vec<FieldProblem> = members
            .keys()
            .filter(|name| !matches!(name.as_str(), "amount" | "currency"))
            .map(|name| Wrong::new("unknown", "Money has an amount and a currency only").problem(&clean::below(path, name)))
            .collect();
        let currency = match members.get("currency") {
            None | Some(Json::Null) => Ok(context.currency),
            Some(Json::String(code)) => currency(code),
            Some(_) => Err(Wrong::kind("Write three letters in quotes, such as \"EUR\"")),
        };
        let amount = match members.get("amount") {
            None | Some(Json::Null) => Ok(None),
            Some(input) => number::of_json(input).map(Some),
        };
        match (amount, currency) {
            (Ok(None), Ok(_)) if problems.is_empty() => return Ok(Value::Null),
            (Ok(Some(n)), Ok(currency)) => match money(field, context, n, currency) {
                Ok(value) if problems.is_empty() => return Ok(value),
                Ok(_) => {}
                Err(wrong) => problems.push(wrong.problem(&format!("{path}.amount"))),
            },
            (amount, currency) => {
                problems.extend(amount.err().map(|wrong| wrong.problem(&format!("{path}.amount"))));
                problems.extend(currency.err().map(|wrong| wrong.problem(&format!("{path}.currency"))));
            }
        }
        Err(problems)
    }
    fn read_cell(&self, field: &Field, context: &Context<'_>, text: &str, locale: &ImportLocale) -> Result<Value, Wrong> {
        let locale = ImportLocale { currency: locale.currency.or(Some(context.currency)), ..locale.clone() };
        let amount = amount::read(text, &locale, MONEY_SCALE)?;
        if amount.percent {
            return Err(Wrong::format(format!("{} is not an amount; write one such as € 1250{}50", quote(text), locale.decimal)));
        }
        let currency = amount.currency.or(locale.currency).unwrap_or(context.currency);
        money(field, context, amount.number, currency)
    }
    fn schema(&self, _field: &Field, _model: &Model, using: Use) -> Json {
        let amount = json!({"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]{1,4})?$", "examples": ["1250.00"]});
        let currency = json!({"type": "string", "pattern": "^[A-Z]{3}$", "x-list": "currency"});
        match using {
            Use::Read => {
                json!({"type": "object", "properties": {"amount": amount, "currency": currency}, "required": ["amount", "currency"]})
            }
            Use::Write => json!({"anyOf": [
                {"type": "object", "properties": {"amount": {"anyOf": [amount, {"type": "number"}]}, "currency": currency},
                 "required": ["amount"], "additionalProperties": false},
                amount, {"type": "number"},
            ]}),
        }
    }
    fn scale(&self, _field: &Field) -> Option<u32> {
        Some(MONEY_SCALE)
    }
    fn columns(&self, field: &Field) -> Vec<Column> {
        vec![
            Column::new(&field.id, ColumnKind::Int),
            Column::new(format!("{}__currency", field.id), ColumnKind::Text),
            Column::new(format!("{}__base", field.id), ColumnKind::Int),
        ]
    }
    fn store(&self, field: &Field, value: &Value, out: &mut Params) {
        let money = value.as_money();
        let scaled = |n: Number| column::param(Some(MONEY_SCALE), &Value::Number(n));
        out.push((field.id.clone(), money.map_or(Param::Null, |m| scaled(m.amount))));
        out.push((format!("{}__currency", field.id), money.map(|m| m.currency.as_str()).into()));
        out.push((format!("{}__base", field.id), money.and_then(|m| m.base).map_or(Param::Null, scaled)));
    }
    fn load(&self, _field: &Field, row: &Row<'_>, at: &mut usize) -> Result<Value> {
        let i = *at;
        *at += 3;
        let (Some(amount), Some(code)) = (row.int(i)?, row.text(i + 1)?) else { return Ok(Value::Null) };
        let base = row.int(i + 2)?.and_then(|n| Number::from_scaled(n, MONEY_SCALE));
        Ok(Value::Money(Money { amount: column::scaled(amount, MONEY_SCALE)?, currency: Currency::parse(code)?, base }))
    }
    fn shown(&self, field: &Field) -> Vec<String> {
        vec![field.id.clone(), format!("{}__currency", field.id)]
    }
    fn render(&self, _field: &Field, row: &Row<'_>, at: &mut usize, out: &mut Vec<u8>) -> Result<()> {
        let i = *at;
        *at += 2;
        match (row.int(i)?, row.text(i + 1)?) {
            (Some(amount), Some(code)) => json::push_money(out, column::scaled(amount, MONEY_SCALE)?, code),
            _ => out.extend_from_slice(b"null"),
        }
        Ok(())
    }
    fn sortable(&self) -> bool {
        true
    }
    fn summable(&self) -> bool {
        true
    }
}

/// A currency in force or of the past, by its code.
fn currency(text: &str) -> Result<Currency, Wrong> {
    let currency = Currency::parse(text).map_err(|e| Wrong::format(e.message()))?;
    if iso_currency::Currency::from_code(currency.as_str()).is_some() {
        return Ok(currency);
    }
    Err(Wrong::new("unknown", format!("{} is no currency of ISO 4217; write three letters such as EUR", quote(text))))
}

fn money(field: &Field, context: &Context<'_>, amount: Number, currency: Currency) -> Result<Value, Wrong> {
    number::fit(field, amount, MONEY_SCALE)?;
    let base = (currency == context.currency).then_some(amount);
    Ok(Value::Money(Money { amount, currency, base }))
}
