//! What a line costs: the product's terms where none were given, times quantity and periods, less the discount.

use base::{Money, Number, Result, Value};
use kernel::{Ctx, Draft, Record, Rule, record};
use store::Tx;

use crate::pipeline;

/// Decimals to which a total is rounded.
const CENTS: u32 = 2;
/// What a line takes from its product, where it has none of its own: (field of the line, field of the product).
const TAKEN: &[(&str, &str)] = &[("name", "name"), ("unit", "unit"), ("unit_price", "price"), ("list_price", "price"), ("cost", "cost")];

pub struct Priced;

impl Rule for Priced {
    fn object(&self) -> &'static str {
        "deal_line"
    }

    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if let Some(product) = draft.get("product").as_id().filter(|_| draft.changed("product"))
            && let Some(product) = record::find(ctx, tx, "product", product)?
        {
            take(draft, &product);
        }
        if draft.get("name").is_null() && draft.get("product").is_null() {
            draft.problem("name", "required", "Choose a product or say in words what it is");
        }
        if let (Some(deal), true) = (draft.get("deal").as_id(), draft.get("position").is_null()) {
            let last = pipeline::next_position(tx, "deal_line", Some(("deal", deal)))?;
            draft.set("position", last);
        }
        if draft.get("quantity").is_null() {
            draft.set("quantity", Number::from_i64(1));
        }
        periods(ctx, tx, draft)?;
        let (total, monthly) = totals(&draft.record);
        draft.set("total", total);
        draft.set("mrr", monthly);
        Ok(())
    }
}

/// What the caller wrote stays; what came from another product before does not.
fn take(draft: &mut Draft, product: &Record) {
    for (field, of_product) in TAKEN {
        if !draft.is_written(field) {
            draft.set(field, product.get(of_product).clone());
        }
    }
    if !draft.is_written("billing_period") && product.has("billing_period") {
        draft.set("billing_period", product.get("billing_period").clone());
        if !draft.is_written("periods") {
            draft.set("periods", Value::Null);
        }
    }
}

/// Months of one billing period; none of what is billed once.
fn months(billing_period: Option<&str>) -> Option<i64> {
    match billing_period {
        Some("monthly") => Some(1),
        Some("quarterly") => Some(3),
        Some("half_yearly") => Some(6),
        Some("yearly") => Some(12),
        _ => None,
    }
}

/// How many periods count: as written, else by the dates of the line, the deal's term, or one year.
fn periods(ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
    let Some(length) = months(draft.get("billing_period").as_text()) else {
        draft.set("periods", Value::Null);
        return Ok(());
    };
    let stale = draft.changed("billing_period") && !draft.is_written("periods") && !draft.is_new();
    if !draft.get("periods").is_null() && !stale {
        return Ok(());
    }
    let (from, until) = (draft.get("starts_on").as_date(), draft.get("ends_on").as_date());
    let by_dates = from.zip(until).map(|(from, until)| {
        let (from, until) = (from.civil(), until.plus_days(1).civil());
        let years = i64::from(until.year()) - i64::from(from.year());
        years * 12 + i64::from(until.month()) - i64::from(from.month())
    });
    let term = match (by_dates, draft.get("deal").as_id()) {
        (None, Some(deal)) => record::find(ctx, tx, "deal", deal)?.and_then(|d| d.get("term_months").as_int()),
        (by_dates, _) => by_dates,
    };
    let term = term.filter(|months| *months > 0).unwrap_or(12);
    draft.set("periods", ((term + length - 1) / length).max(1));
    Ok(())
}

/// Total over all periods, and what recurs per month; absent while there is no price.
fn totals(line: &Record) -> (Value, Value) {
    let Some(price) = line.get("unit_price").as_money() else { return (Value::Null, Value::Null) };
    let one_period = || {
        let hundred = Number::from_i64(100)?;
        let rest = hundred.sub(line.get("discount").as_number().unwrap_or_default())?.div(hundred)?;
        if line.flag("free") { Some(Number::ZERO) } else { price.amount.mul(line.get("quantity").as_number()?)?.mul(rest) }
    };
    let money = |n: Option<Number>| {
        n.map_or(Value::Null, |n| Value::Money(Money { amount: n.round_to(CENTS), currency: price.currency, base: None }))
    };
    let length = months(line.text("billing_period")).and_then(Number::from_i64);
    let periods = line.get("periods").as_number().filter(|_| length.is_some());
    let total = one_period().and_then(|n| periods.map_or(Some(n), |p| n.mul(p)));
    let monthly = length.and_then(|length| one_period()?.div(length));
    (money(total), if length.is_some() { money(monthly) } else { Value::Null })
}
