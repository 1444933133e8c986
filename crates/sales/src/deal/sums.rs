//! What companies and contacts show of their deals: how many are open and for how much, what was won.
//!
//! In the workspace's currency; computed anew from the deals whenever one of them changes, so that it does not matter how
//! often an event is read. A company on top of a group shows the group's figures beside its own. "Twelve months" moves on
//! with the days: the job [`Year`] looks after it.

use std::collections::{BTreeSet, HashMap};

use base::{Id, Instant, Money, Number, Result, Value};
use kernel::event::{Event, FieldChange};
use kernel::job::Every;
use kernel::record::keep;
use kernel::{Ctx, Job, Reader};
use serde_json::Value as Json;
use store::{Row, Sql, Tx};

const MONTHS: i32 = 12;
/// Companies of one step of the daily pass.
const STEP: usize = 200;
/// Fields of a deal that the sums follow from.
const SUMMED: &[&str] = &["company", "contact", "amount", "status", "closed_at"];

pub struct DealSums;

impl Reader for DealSums {
    fn name(&self) -> &'static str {
        "deal_sums"
    }
    fn wants(&self, event: &Event) -> bool {
        let changed = |fields: &[&str]| event.kind != kernel::event::UPDATED || fields.iter().any(|f| event.changed(f));
        match event.object.as_str() {
            "deal" => changed(SUMMED),
            "company" => changed(&["parent"]),
            _ => false,
        }
    }
    fn read(&self, ctx: &Ctx, tx: &mut Tx, events: &[Event]) -> Result<()> {
        let deals: BTreeSet<Id> = events.iter().filter(|e| e.object == "deal").map(|e| e.record).collect();
        let mut companies = linked(tx, events, &deals, "company")?;
        let contacts = linked(tx, events, &deals, "contact")?;
        let sums = sums(ctx, tx, "contact", &contacts)?;
        for contact in contacts {
            keep(ctx, tx, "contact", contact, of(&sums, contact).of_contact(ctx))?;
        }
        companies.extend(events.iter().filter(|e| e.object == "company").map(|e| e.record));
        let bought = events.iter().filter(|e| e.object == "company").flat_map(|e| &e.changes).filter(|c| c.field == "parent");
        companies.extend(bought.flat_map(ends));
        renew_companies(ctx, tx, companies)
    }
}

/// The records that the deals link to now, or did before one of the events.
fn linked(tx: &mut Tx, events: &[Event], deals: &BTreeSet<Id>, field: &str) -> Result<BTreeSet<Id>> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select distinct ").push_ident(field).push(" from deal where ").push_ident(field).push(" is not null and ");
    tx.dialect().any(&mut sql, "id", deals.iter().copied().collect::<Vec<Id>>());
    let mut all: BTreeSet<Id> = tx.all(&sql, |row| row.must_id(0))?.into_iter().collect();
    all.extend(events.iter().filter(|e| e.object == "deal").flat_map(|e| &e.changes).filter(|c| c.field == field).flat_map(ends));
    Ok(all)
}

/// Both ends of a change of a link.
fn ends(change: &FieldChange) -> Vec<Id> {
    let id = |value: &Json| value.as_str().and_then(|s| s.parse::<Id>().ok());
    [&change.before, &change.after].into_iter().filter_map(id).collect()
}

/// Own figures of each company, then those of the groups that they belong to.
fn renew_companies(ctx: &Ctx, tx: &mut Tx, companies: BTreeSet<Id>) -> Result<()> {
    let own = sums(ctx, tx, "company", &companies)?;
    for company in &companies {
        keep(ctx, tx, "company", *company, of(&own, *company).of_company(ctx, ""))?;
    }
    let mut sql = Sql::raw(tx.dialect(), "select distinct root from company where root is not null and ");
    tx.dialect().any(&mut sql, "id", companies.iter().copied().collect::<Vec<Id>>());
    let mut roots: BTreeSet<Id> = tx.all(&sql, |row| row.must_id(0))?.into_iter().collect();
    roots.extend(companies);
    let groups = groups(tx, &roots)?;
    for root in roots {
        keep(ctx, tx, "company", root, of(&groups, root).of_company(ctx, "group_"))?;
    }
    Ok(())
}

/// Who has no deals has figures too: nothing.
fn of(all: &HashMap<Id, Sums>, id: Id) -> Sums {
    all.get(&id).copied().unwrap_or_default()
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    open_deals: i64,
    open: Option<Number>,
    won: Option<Number>,
    won_lately: Option<Number>,
}

impl Sums {
    fn of_contact(self, ctx: &Ctx) -> Vec<(&'static str, Value)> {
        vec![("open_deals", Value::Int(self.open_deals)), ("open_amount", money(ctx, self.open)), ("won_amount", money(ctx, self.won))]
    }
    fn of_company(self, ctx: &Ctx, prefix: &str) -> Vec<(&'static str, Value)> {
        let [deals, open, won, lately] = match prefix {
            "" => ["open_deals", "open_amount", "won_amount", "won_last_12m"],
            _ => ["group_open_deals", "group_open_amount", "group_won_amount", "group_won_last_12m"],
        };
        vec![
            (deals, Value::Int(self.open_deals)),
            (open, money(ctx, self.open)),
            (won, money(ctx, self.won)),
            (lately, money(ctx, self.won_lately)),
        ]
    }
}

/// An amount in the workspace's currency; nothing at all is shown as absent.
fn money(ctx: &Ctx, amount: Option<Number>) -> Value {
    let currency = ctx.engine.settings().currency;
    let amount = amount.filter(|n| *n != Number::ZERO);
    amount.map_or(Value::Null, |n| Value::Money(Money { amount: n, currency, base: Some(n) }))
}

/// The figures of companies or contacts, from their deals; of those that have any.
fn sums(ctx: &Ctx, tx: &mut Tx, field: &str, ids: &BTreeSet<Id>) -> Result<HashMap<Id, Sums>> {
    let dialect = tx.dialect();
    let column = || Sql::raw(dialect, "amount__base");
    let mut lately = Sql::new(dialect);
    lately.push("case when closed_at >= ").bind(a_year_ago(ctx)).push(" then amount__base end");
    let mut sql = Sql::new(dialect);
    sql.push("select ").push_ident(field).push(", status, count(*), ");
    sql.append(dialect.sum_scaled(column(), base::money::MONEY_SCALE)).push(", ");
    sql.append(dialect.sum_scaled(lately, base::money::MONEY_SCALE))
        // By the companies' own deals: of all that are won there may be a million.
        .push(" from deal where deleted_at is null and coalesce(status, '') in ('open', 'won') and ");
    dialect.any(&mut sql, field, ids.iter().copied().collect::<Vec<Id>>());
    sql.push(" group by ").push_ident(field).push(", status");
    let mut all: HashMap<Id, Sums> = HashMap::new();
    tx.each(&sql, &mut |row| {
        let sums = all.entry(row.must_id(0)?).or_default();
        let (count, sum, lately) = (row.must_int(2)?, row.number(3)?, row.number(4)?);
        if row.text(1)? == Some("open") {
            (sums.open_deals, sums.open) = (count, sum);
        } else {
            (sums.won, sums.won_lately) = (sum, lately);
        }
        Ok(())
    })?;
    Ok(all)
}

/// The figures of whole groups; nothing of a company that is not on top of one.
fn groups(tx: &mut Tx, roots: &BTreeSet<Id>) -> Result<HashMap<Id, Sums>> {
    let dialect = tx.dialect();
    let sum = |column: &str| dialect.sum_scaled(Sql::raw(dialect, column), base::money::MONEY_SCALE);
    let mut sql = Sql::new(dialect);
    sql.push("select root, sum(open_deals), ").append(sum("open_amount__base")).push(", ").append(sum("won_amount__base")).push(", ");
    sql.append(sum("won_last_12m__base")).push(" from company where deleted_at is null and ");
    dialect.any(&mut sql, "root", roots.iter().copied().collect::<Vec<Id>>());
    sql.push(" group by root");
    let read = |row: &Row<'_>| {
        let open_deals = row.number(1)?.and_then(Number::to_i64).unwrap_or(0);
        Ok((row.must_id(0)?, Sums { open_deals, open: row.number(2)?, won: row.number(3)?, won_lately: row.number(4)? }))
    };
    Ok(tx.all(&sql, read)?.into_iter().collect())
}

/// The midnight that begins the twelve months.
fn a_year_ago(ctx: &Ctx) -> Instant {
    let zone = ctx.workspace_zone();
    let today = ctx.now().date_in(&zone);
    let day = today.civil().saturating_sub(jiff::Span::new().months(MONTHS));
    base::Date::from_civil(day).start_in(&zone)
}

/// Looks once a day at the companies that won something lately.
pub struct Year;

impl Job for Year {
    fn name(&self) -> &'static str {
        "deal_sums"
    }
    fn every(&self) -> Every {
        Every::Day
    }
    fn step(&self, ctx: &Ctx, tx: &mut Tx, after: Option<&str>) -> Result<Option<String>> {
        let mut sql = Sql::new(tx.dialect());
        sql.push("select id from company where deleted_at is null and won_last_12m is not null");
        if let Some(after) = after {
            sql.push(" and id > ").bind(after.parse::<Id>()?);
        }
        sql.push(&format!(" order by id limit {STEP}"));
        let companies: Vec<Id> = tx.all(&sql, |row| row.must_id(0))?;
        let last = companies.last().filter(|_| companies.len() == STEP).map(Id::to_string);
        renew_companies(ctx, tx, companies.into_iter().collect())?;
        Ok(last)
    }
}
