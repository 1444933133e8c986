//! What the lines of a deal come to, and how the deal hears of it.

use base::{Currency, Id, Money, Number, Result, Value};
use kernel::record::{self, Change};
use kernel::{Ctx, Record, Rule};
use store::{Param, Row, Sql, Tx};

use crate::deal::name;

/// Sums over the lines that count (optional ones do not), in their common currency; lines of several currencies are
/// summed in the workspace's.
#[derive(Clone, Copy, Debug)]
pub struct Sums {
    pub total: Money,
    pub one_off: Money,
    /// Per month; absent when nothing recurs.
    pub monthly: Option<Money>,
}

struct Line {
    total: Amount,
    monthly: Amount,
}

/// An amount as written and in the workspace's currency.
#[derive(Clone, Copy)]
struct Amount {
    own: Option<Number>,
    currency: Option<Currency>,
    base: Option<Number>,
}

/// `None` for a deal without lines, whose amount is its own affair.
pub fn of_deal(ctx: &Ctx, tx: &mut Tx, deal: Id) -> Result<Option<Sums>> {
    let text = "select total, total__currency, total__base, mrr, mrr__currency, mrr__base from deal_line
         where deal = ?1 and deleted_at is null and (optional is null or optional = ?2)";
    let lines = tx.all(&Sql::fill(tx.dialect(), text, [Param::from(deal), false.into()]), |row| {
        Ok(Line { total: amount(row, 0)?, monthly: amount(row, 3)? })
    })?;
    if lines.is_empty() {
        return Ok(None);
    }
    let own = ctx.engine.settings().currency;
    let mut currencies: Vec<Currency> = lines.iter().filter_map(|l| l.total.currency).collect();
    currencies.dedup();
    let common = match currencies.as_slice() {
        [] => Some(own),
        [one, rest @ ..] => rest.iter().all(|c| c == one).then_some(*one),
    };
    let sum = |part: &dyn Fn(&Line) -> Option<Amount>| {
        let numbers = lines.iter().filter_map(part).filter_map(|a| if common.is_some() { a.own } else { a.base });
        let sum = numbers.into_iter().try_fold(Number::ZERO, Number::add).unwrap_or_default();
        Money { amount: sum, currency: common.unwrap_or(own), base: None }
    };
    let recurs = |l: &Line| l.monthly.own.is_some();
    let monthly = lines.iter().any(recurs).then(|| sum(&|l| Some(l.monthly)));
    Ok(Some(Sums { total: sum(&|l| Some(l.total)), one_off: sum(&|l| (!recurs(l)).then_some(l.total)), monthly }))
}

fn amount(row: &Row<'_>, at: usize) -> Result<Amount> {
    let number = |at: usize| -> Result<Option<Number>> { Ok(row.int(at)?.and_then(|n| Number::from_scaled(n, base::money::MONEY_SCALE))) };
    Ok(Amount { own: number(at)?, currency: row.text(at + 1)?.map(Currency::parse).transpose()?, base: number(at + 2)? })
}

/// Writes the sums to the deal whenever a line comes, changes or goes.
pub struct ToDeal;

impl Rule for ToDeal {
    fn object(&self) -> &'static str {
        "deal_line"
    }

    fn after(&self, ctx: &Ctx, tx: &mut Tx, change: &Change) -> Result<()> {
        let before = change.before.as_ref().and_then(|l| l.link("deal"));
        let now = change.after.link("deal");
        for deal in [now, before.filter(|_| before != now)].into_iter().flatten() {
            if let Some(deal) = record::find(ctx, tx, "deal", deal)? {
                renew(ctx, tx, &deal, change)?;
            }
        }
        Ok(())
    }
}

fn renew(ctx: &Ctx, tx: &mut Tx, deal: &Record, change: &Change) -> Result<()> {
    let money = |m: Option<Money>| m.map_or(Value::Null, Value::Money);
    let sums = of_deal(ctx, tx, deal.id)?;
    let mut values = vec![("mrr", money(sums.and_then(|s| s.monthly))), ("lines_amount", money(sums.map(|s| s.total)))];
    // The last line goes without taking the amount along.
    if let Some(sums) = sums {
        values.push(("one_off_amount", money(Some(sums.one_off))));
        if !deal.flag("amount_manual") {
            values.push(("amount", money(Some(sums.total))));
            values.push(("amount_manual", Value::Bool(false)));
        }
    }
    let is_first = change.before.is_none() && change.after.get("position").as_int() == Some(0);
    if let (true, Some(line)) = (is_first, change.after.text("name")) {
        // A name that was given by nobody follows the first line.
        if deal.text("name") == Some(name::automatic(ctx, tx, deal, None)?.as_str()) {
            values.push(("name", Value::Text(name::automatic(ctx, tx, deal, Some(line))?)));
        }
    }
    values.retain(|(field, value)| !crate::deal::is_same(deal.get(field), value));
    if values.is_empty() {
        return Ok(());
    }
    record::set(ctx, tx, "deal", deal.id, values).map(|_| ())
}
