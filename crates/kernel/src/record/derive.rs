//! Values that follow from others: defaults, names, the owner's team, base amounts, formulas, completeness.

use std::sync::Arc;

use base::{Currency, Date, Money, Number, Result, Value};
use model::expression;
use model::{Field, FieldType, Object};
use store::{Param, Sql, Tx};

use super::{Draft, memo, reading};
use crate::ctx::Ctx;

/// Fills what the caller left out of a new record.
pub fn defaults(ctx: &Ctx, object: &Object, draft: &mut Draft) {
    for field in &object.fields {
        let Some(default) = &field.default else { continue };
        if draft.get(&field.name).is_null()
            && !draft.is_written(&field.name)
            && let Some(value) = default_value(ctx, field, default)
        {
            draft.set(&field.name, value);
        }
    }
}

fn default_value(ctx: &Ctx, field: &Field, text: &str) -> Option<Value> {
    match (text, field.kind) {
        ("me", FieldType::User) => ctx.user_id().map(Value::Id),
        ("today", FieldType::Date) => Some(Value::Date(ctx.today())),
        ("now", FieldType::Instant) => Some(Value::Instant(ctx.now())),
        ("today", FieldType::Instant) => Some(Value::Instant(ctx.today().start_in(&ctx.zone()))),
        (_, FieldType::Boolean) => Some(Value::Bool(text == "true")),
        (_, FieldType::Integer | FieldType::Rating) => text.parse().ok().map(Value::Int),
        (_, FieldType::Decimal | FieldType::Percent) => text.parse().ok().map(Value::Number),
        (_, FieldType::Choices | FieldType::Texts) => Some(Value::List(vec![Value::from(text)])),
        _ => Some(Value::from(text)),
    }
}

/// Computes everything that follows from the record's own values. Runs after the rules, before validation.
pub fn derive(ctx: &Ctx, tx: &mut Tx, object: &Object, draft: &mut Draft) -> Result<()> {
    origin(draft);
    names(object, draft);
    if object.owned {
        team(tx, draft)?;
    }
    sequences(tx, object, draft)?;
    for field in object.fields.iter().filter(|f| f.kind == FieldType::Money && f.formula.is_none()) {
        base_amount(ctx, tx, field, draft)?;
    }
    reading::settle(object, &mut draft.record);
    formulas(ctx, tx, object, draft)?;
    completeness(object, draft);
    Ok(())
}

/// `created_at` and `created_by` may come from an import (D2).
fn origin(draft: &mut Draft) {
    if let Some(at) = draft.get("created_at").as_instant() {
        draft.record.created_at = at;
    }
    if let Some(by) = draft.get("created_by").as_id() {
        draft.record.created_by = Some(by);
    }
}

/// A person's name from its parts; the family name first where the record says so, or else where it is in Han characters.
fn names(object: &Object, draft: &mut Draft) {
    for field in object.fields.iter().filter(|f| f.kind == FieldType::PersonName && f.computed) {
        let part = |name: &str| draft.get(name).as_text().map(str::trim).filter(|t| !t.is_empty()).map(str::to_string);
        let (first, last) = (part("first_name"), part("last_name"));
        let family_first = match draft.get("name_order").as_text() {
            Some(order) => order == "family_first",
            None => [&first, &last].into_iter().all(|p| p.as_deref().is_some_and(is_han)),
        };
        let ordered = if family_first { [last, part("middle_name"), first] } else { [first, part("middle_name"), last] };
        let parts: Vec<String> = [part("name_prefix")].into_iter().chain(ordered).chain([part("name_suffix")]).flatten().collect();
        let together = !parts.is_empty() && parts.iter().all(|p| is_han(p));
        let name = parts.join(if together { "" } else { " " });
        let fallback = || {
            let listed =
                |field: &str, key: &str| draft.get(field).as_list().first().and_then(|r| r.part(key).as_text()).map(str::to_string);
            listed("emails", "address").or_else(|| listed("phones", "number")).or_else(|| part("company_name"))
        };
        let name = if name.is_empty() { fallback().unwrap_or_default() } else { name };
        draft.set(&field.name, if name.is_empty() { Value::Null } else { Value::Text(name) });
    }
}

fn is_han(text: &str) -> bool {
    text.chars().all(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}

/// The owner's team is stamped beside him and stays when he moves (D12).
fn team(tx: &mut Tx, draft: &mut Draft) -> Result<()> {
    if !draft.changed("owner") || draft.is_written("team") {
        return Ok(());
    }
    let Some(owner) = draft.get("owner").as_id() else { return Ok(()) };
    let team = memo::team(tx, owner, |tx| {
        let sql = Sql::fill(tx.dialect(), "select team from \"user\" where id = ?1", [Param::from(owner)]);
        Ok(tx.first(&sql, |row| row.id(0))?.flatten())
    })?;
    draft.set("team", team);
    Ok(())
}

fn sequences(tx: &mut Tx, object: &Object, draft: &mut Draft) -> Result<()> {
    for field in object.fields.iter().filter(|f| f.kind == FieldType::Sequence) {
        if draft.get(&field.name).is_null() {
            let next = tx.next_in_sequence(&format!("{}.{}", object.name, field.id))?;
            draft.set(&field.name, next);
        }
    }
    Ok(())
}

/// The amount in the workspace's currency (D5): by the rate of the day until the record closes, then frozen.
fn base_amount(ctx: &Ctx, tx: &mut Tx, field: &Field, draft: &mut Draft) -> Result<()> {
    let Value::Money(money) = draft.get(&field.name).clone() else { return Ok(()) };
    let same = draft.old(&field.name).as_money().filter(|old| old.amount == money.amount && old.currency == money.currency);
    let is_closed = draft.get("closed_at").as_instant().is_some() && !draft.changed("closed_at");
    if let Some(old) = same.filter(|old| is_closed && old.base.is_some()) {
        let old = *old;
        draft.set(&field.name, Value::Money(old));
        return Ok(());
    }
    let day = match draft.get("closed_at") {
        Value::Instant(at) => at.date_in(&ctx.workspace_zone()),
        Value::Date(day) => *day,
        _ => ctx.now().date_in(&ctx.workspace_zone()),
    };
    let base = to_base(ctx, tx, &money, day)?;
    draft.set(&field.name, Value::Money(Money { base, ..money }));
    Ok(())
}

/// Converts by the last rate on or before the day, else the first known one; `None` without any.
pub fn to_base(ctx: &Ctx, tx: &mut Tx, money: &Money, day: Date) -> Result<Option<Number>> {
    let own = ctx.engine.settings().currency;
    if money.currency == own {
        return Ok(Some(money.amount));
    }
    Ok(rate(tx, money.currency, day)?.and_then(|rate| money.amount.mul(rate)).map(|n| n.round_to(base::money::MONEY_SCALE)))
}

fn rate(tx: &mut Tx, currency: Currency, day: Date) -> Result<Option<Number>> {
    let text = "select r.rate, r.\"on\" from exchange_rate r join currency c on c.id = r.currency
         where c.code = ?1 and r.deleted_at is null order by (r.\"on\" <= ?2) desc, case when r.\"on\" <= ?2 then r.\"on\" end desc, r.\"on\" limit 1";
    let sql = Sql::fill(tx.dialect(), text, [Param::from(currency.as_str()), day.into()]);
    let scaled = tx.first(&sql, |row| row.int(0))?.flatten();
    Ok(scaled.and_then(|n| Number::from_scaled(n, RATE_SCALE)))
}

/// Decimals of `exchange_rate.rate`.
const RATE_SCALE: u32 = 8;

fn formulas(ctx: &Ctx, tx: &mut Tx, object: &Object, draft: &mut Draft) -> Result<()> {
    for field in object.fields.iter().filter(|f| f.formula.is_some()) {
        let Some(expr) = ctx.engine.formula(&ctx.model, object, field)? else { continue };
        let value = super::source::value(ctx, tx, &expr, &draft.record)?;
        draft.set(&field.name, fit(field, value));
    }
    Ok(())
}

/// A result in the shape that the field keeps: whole numbers, the field's decimals, money's scale.
fn fit(field: &Field, value: Value) -> Value {
    match (field.kind, value) {
        (FieldType::Integer | FieldType::Rating, Value::Number(n)) => n.round_to(0).to_i64().into(),
        (FieldType::Decimal, Value::Number(n)) => Value::Number(n.round_to(field.scale.unwrap_or(2))),
        (FieldType::Decimal | FieldType::Percent, Value::Int(n)) => Number::from_i64(n).into(),
        (FieldType::Percent, Value::Number(n)) => Value::Number(n.round_to(2)),
        (FieldType::Money, Value::Money(m)) => Value::Money(Money {
            amount: m.amount.round_to(base::money::MONEY_SCALE),
            base: m.base.map(|b| b.round_to(base::money::MONEY_SCALE)),
            ..m
        }),
        (_, value) => value,
    }
}

/// Percent of the fields marked `priority` that hold something (DQ-09).
fn completeness(object: &Object, draft: &mut Draft) {
    if object.field("completeness").is_none() {
        return;
    }
    let wanted: Vec<&Field> = object.fields.iter().filter(|f| f.priority).collect();
    let is_filled = |f: &&&Field| !matches!(draft.get(&f.name), Value::Null) && draft.get(&f.name) != &Value::List(Vec::new());
    let filled = wanted.iter().filter(is_filled).count();
    let percent = (filled * 100).checked_div(wanted.len()).and_then(|p| i64::try_from(p).ok()).and_then(Number::from_i64);
    draft.set("completeness", percent);
}

/// A compiled formula, shared.
pub type Formula = Arc<expression::Expr>;
