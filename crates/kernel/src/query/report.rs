//! `POST /api/v1/query`: groups and measures over the records that the caller may see.

use std::collections::BTreeMap;

use base::{Error, FieldProblem, Id, Number, Result};
use model::field;
use model::{Field, FieldType, Object};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use store::{Row, Sql, Tx};

use super::plan::{self, Plan, readable, unknown};
use crate::ctx::Ctx;
use crate::record;
use crate::role::{self, Reach, Right};

const MAX_ROWS: usize = 10_000;
const MAX_GROUPS: usize = 4;
const MAX_MEASURES: usize = 12;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    pub object: String,
    #[serde(default)]
    pub filter: Option<String>,
    #[serde(default)]
    pub q: Option<String>,
    #[serde(default)]
    pub group_by: Vec<Group>,
    #[serde(default)]
    pub measures: Vec<Measure>,
    /// Group or measure names, `-` for descending.
    #[serde(default)]
    pub sort: Vec<String>,
    #[serde(default)]
    pub limit: Option<usize>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// A field, or one behind at most two links: `owner.manager`, `company.sector`; of money also its currency:
    /// `amount.currency`.
    pub field: String,
    /// `day`, `week`, `month`, `quarter`, `year`, in the workspace's zone.
    #[serde(default)]
    pub bucket: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// `count`, `sum`, `avg`, `min`, `max`, `count_distinct`; `sum_own` adds up money in its own currency, where the rows
    /// are grouped by that.
    #[serde(rename = "fn")]
    pub function: String,
    #[serde(default)]
    pub field: Option<String>,
}

impl Measure {
    /// `count`, `sum_amount`.
    pub fn name(&self) -> String {
        match &self.field {
            Some(field) => format!("{}_{field}", self.function),
            None => self.function.clone(),
        }
    }
}

/// A group resolved: the links to follow, the field at their end, the bucket.
struct Column<'a> {
    name: String,
    links: Vec<(&'a Field, &'a Object)>,
    field: &'a Field,
    bucket: Option<store::Unit>,
    /// The currency of the money field, not its amount.
    is_currency: bool,
}

impl Column<'_> {
    fn is_currency_of(&self, field: &Field) -> bool {
        self.is_currency && self.links.is_empty() && self.field.id == field.id
    }
}

/// Rows by group; amounts are in the workspace's currency (D5).
pub fn report(ctx: &Ctx, tx: &mut Tx, request: &ReportRequest) -> Result<Json> {
    let object = match ctx.model.object_by_path(&request.object) {
        Some(object) => role::known(ctx, &object.name)?,
        None => role::known(ctx, &request.object)?,
    };
    let mut problems = Vec::new();
    let groups = groups(ctx, object, request, &mut problems);
    let measures = measures(ctx, object, request, &mut problems);
    check_own(&groups, &measures, &mut problems);
    let order = order(request, &mut problems);
    let limit = request.limit.unwrap_or(1_000);
    if limit == 0 || limit > MAX_ROWS {
        problems.push(FieldProblem::new("limit", "invalid", format!("limit is from 1 to {MAX_ROWS}")));
    }
    let mut plan = Plan::of(ctx, object)?;
    let mut extra = None;
    if let Some(text) = request.filter.as_deref().filter(|t| !t.trim().is_empty()) {
        match plan::compile_filter(ctx, object, "filter", text) {
            Ok(filter) => plan.filter = Some(filter),
            Err(error) => {
                extra = error.extra().cloned();
                problems.extend_from_slice(error.problems());
            }
        }
    }
    let words = super::list::words(object, request.q.as_deref())?;
    if !problems.is_empty() {
        let error = Error::fields(problems);
        return Err(if let Some(extra) = extra { error.with_extra(extra) } else { error });
    }
    plan.answer(ctx, tx, words)?;
    let sql = statement(ctx, tx, &plan, &groups, &measures, &order, limit)?;
    let mut rows = tx.all(&sql, |row| read(ctx, &groups, &measures, row))?;
    titles(ctx, tx, &groups, &mut rows)?;
    Ok(json!({"rows": rows, "currency": ctx.engine.settings().currency.as_str()}))
}

fn groups<'a>(ctx: &'a Ctx, object: &'a Object, request: &ReportRequest, problems: &mut Vec<FieldProblem>) -> Vec<Column<'a>> {
    if request.group_by.len() > MAX_GROUPS {
        problems.push(FieldProblem::new("group_by", "too_many", format!("Group by at most {MAX_GROUPS} fields")));
    }
    let mut columns = Vec::new();
    for (i, group) in request.group_by.iter().enumerate() {
        match column(ctx, object, group, &format!("group_by[{i}]")) {
            Ok(column) => columns.push(column),
            Err(problem) => problems.push(problem),
        }
    }
    columns
}

fn column<'a>(ctx: &'a Ctx, object: &'a Object, group: &Group, place: &str) -> Result<Column<'a>, FieldProblem> {
    let mut here = object;
    let mut links = Vec::new();
    let names: Vec<&str> = group.field.split('.').collect();
    let (last, path) = names.split_last().map_or(("", [].as_slice()), |(l, p)| (*l, p));
    if path.len() > 2 {
        return Err(FieldProblem::new(format!("{place}.field"), "too_deep", "Follow at most two links"));
    }
    for (depth, name) in path.iter().enumerate() {
        let field = readable(ctx, here, name).ok_or_else(|| unknown(ctx, here, &format!("{place}.field"), name))?;
        if field.kind == FieldType::Money && last == "currency" && depth + 1 == path.len() {
            let bucket = bucket(group, field, place)?;
            return Ok(Column { name: group.field.clone(), links, field, bucket, is_currency: true });
        }
        let target = field.to.as_deref().filter(|_| matches!(field.kind, FieldType::Link | FieldType::User));
        let target = target.and_then(|to| ctx.model.object(to));
        let Some(target) = target else {
            return Err(FieldProblem::new(format!("{place}.field"), "type", format!("{name} does not lead to another record")));
        };
        if !role::scope_allows(ctx, target, "read") {
            return Err(FieldProblem::new(format!("{place}.field"), "forbidden", format!("This token may not read {}", target.path)));
        }
        links.push((field, target));
        here = target;
    }
    let field = readable(ctx, here, last).ok_or_else(|| unknown(ctx, here, &format!("{place}.field"), last))?;
    if !field::kind(field.kind).groupable() || super::late::is_late_alias(field) {
        return Err(FieldProblem::new(format!("{place}.field"), "type", format!("{} cannot be grouped by", field.label.en)));
    }
    let bucket = bucket(group, field, place)?;
    Ok(Column { name: group.field.clone(), links, field, bucket, is_currency: false })
}

fn bucket(group: &Group, field: &Field, place: &str) -> Result<Option<store::Unit>, FieldProblem> {
    let is_time = matches!(field.kind, FieldType::Date | FieldType::Instant);
    match group.bucket.as_deref() {
        None if is_time => Ok(Some(store::Unit::Day)),
        None => Ok(None),
        Some(_) if !is_time => Err(FieldProblem::new(format!("{place}.bucket"), "type", "Only dates and instants have buckets")),
        Some(word) => store::Unit::parse(word)
            .map(Some)
            .ok_or_else(|| FieldProblem::new(format!("{place}.bucket"), "unknown", "A bucket is day, week, month, quarter or year")),
    }
}

fn measures<'a>(
    ctx: &Ctx,
    object: &'a Object,
    request: &ReportRequest,
    problems: &mut Vec<FieldProblem>,
) -> Vec<(String, String, Option<&'a Field>)> {
    let count = Measure { function: "count".to_string(), field: None };
    let asked: Vec<&Measure> = if request.measures.is_empty() { vec![&count] } else { request.measures.iter().collect() };
    if asked.len() > MAX_MEASURES {
        problems.push(FieldProblem::new("measures", "too_many", format!("Ask for at most {MAX_MEASURES} measures")));
    }
    let mut found = Vec::new();
    for (i, measure) in asked.into_iter().enumerate() {
        match check_measure(ctx, object, measure, &format!("measures[{i}]")) {
            Ok(field) => found.push((measure.name(), measure.function.clone(), field)),
            Err(problem) => problems.push(problem),
        }
    }
    found
}

fn check_measure<'a>(ctx: &Ctx, object: &'a Object, measure: &Measure, place: &str) -> Result<Option<&'a Field>, FieldProblem> {
    let field = match &measure.field {
        None => None,
        Some(name) => Some(readable(ctx, object, name).ok_or_else(|| unknown(ctx, object, &format!("{place}.field"), name))?),
    };
    let fits = match (measure.function.as_str(), field) {
        ("count", None) => true,
        ("count" | "count_distinct", Some(f)) => super::page::in_row(f),
        ("sum" | "avg", Some(f)) => field::kind(f.kind).summable(),
        ("sum_own", Some(f)) => f.kind == FieldType::Money,
        ("min" | "max", Some(f)) => field::kind(f.kind).summable() || matches!(f.kind, FieldType::Date | FieldType::Instant),
        ("sum" | "sum_own" | "avg" | "min" | "max" | "count_distinct", None) => {
            return Err(FieldProblem::new(format!("{place}.field"), "required", format!("{} needs a field", measure.function)));
        }
        (other, _) => {
            let message = format!(
                "\"{}\" is not a measure; write count, sum, sum_own, avg, min, max or count_distinct",
                base::text::shorten(other, 40)
            );
            return Err(FieldProblem::new(format!("{place}.fn"), "unknown", message));
        }
    };
    let label = field.map_or("", |f| f.label.en.as_str());
    if fits {
        Ok(field)
    } else {
        Err(FieldProblem::new(format!("{place}.field"), "type", format!("{label} cannot be measured by {}", measure.function)))
    }
}

/// Amounts of different currencies are never added up.
fn check_own(groups: &[Column<'_>], measures: &[Measured<'_>], problems: &mut Vec<FieldProblem>) {
    for (i, (_, function, field)) in measures.iter().enumerate() {
        let Some(field) = field.filter(|_| function == "sum_own") else { continue };
        if !groups.iter().any(|g| g.is_currency_of(field)) {
            let message = format!("Group by {}.currency as well: amounts of different currencies have no sum of their own", field.name);
            problems.push(FieldProblem::new(format!("measures[{i}]"), "invalid", message));
        }
    }
}

/// Positions in the select list, with direction.
fn order(request: &ReportRequest, problems: &mut Vec<FieldProblem>) -> Vec<(usize, bool)> {
    let count = vec!["count".to_string()];
    let measures: Vec<String> = if request.measures.is_empty() { count } else { request.measures.iter().map(Measure::name).collect() };
    let names: Vec<String> = request.group_by.iter().map(|g| g.field.clone()).chain(measures).collect();
    let mut order = Vec::new();
    for (i, part) in request.sort.iter().enumerate() {
        let (descending, name) = part.strip_prefix('-').map_or((false, part.as_str()), |rest| (true, rest));
        match names.iter().position(|n| n == name) {
            Some(at) => order.push((at + 1, descending)),
            None => problems.push(FieldProblem::new(format!("sort[{i}]"), "unknown", format!("Sort by one of {}", names.join(", ")))),
        }
    }
    order
}

type Measured<'a> = (String, String, Option<&'a Field>);

fn statement(
    ctx: &Ctx,
    tx: &Tx,
    plan: &Plan<'_>,
    groups: &[Column<'_>],
    measures: &[Measured<'_>],
    order: &[(usize, bool)],
    limit: usize,
) -> Result<Sql> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select ");
    for (i, group) in groups.iter().enumerate() {
        sql.push(if i == 0 { "" } else { ", " });
        push_group(ctx, group, i, &mut sql)?;
    }
    for (i, (_, function, field)) in measures.iter().enumerate() {
        sql.push(if i == 0 && groups.is_empty() { "" } else { ", " });
        push_measure(function, *field, &mut sql);
    }
    push_means(measures, &mut sql);
    if groups.is_empty() && measures.iter().all(|(_, _, field)| field.is_none()) {
        plan.push_counted(ctx, tx, &mut sql)?;
    } else {
        sql.push(" from ").push_ident(&plan.object.name).push(" t");
        for (i, group) in groups.iter().enumerate() {
            join(ctx, group, i, &mut sql)?;
        }
        sql.push(" where ").append(plan.conditions_of_all(ctx, tx)?);
    }
    if !groups.is_empty() {
        let numbers: Vec<String> = (1..=groups.len()).map(|n| n.to_string()).collect();
        sql.push(" group by ").push(&numbers.join(", "));
        let mut by: Vec<String> =
            order.iter().map(|(at, desc)| format!("{at}{}", if *desc { " desc nulls last" } else { " nulls last" })).collect();
        by.extend(numbers.iter().filter(|n| !order.iter().any(|(at, _)| at.to_string() == **n)).cloned());
        sql.push(" order by ").push(&by.join(", "));
    }
    sql.push(&format!(" limit {limit}"));
    Ok(sql)
}

fn join(ctx: &Ctx, group: &Column<'_>, number: usize, sql: &mut Sql) -> Result<()> {
    let mut from = "t".to_string();
    for (depth, (field, target)) in group.links.iter().enumerate() {
        let alias = format!("g{number}_{depth}");
        sql.push(" left join ").push_ident(&target.name).push(&format!(" {alias} on {alias}.id = "));
        sql.push_column(&from, &field.id).push(&format!(" and {alias}.deleted_at is null"));
        if let Reach::Where(reach) = role::reach(ctx, target, Right::Read)? {
            sql.push(" and ");
            role::push_rule(ctx, &reach, &alias, sql)?;
        }
        from = alias;
    }
    Ok(())
}

fn push_group(ctx: &Ctx, group: &Column<'_>, number: usize, sql: &mut Sql) -> Result<()> {
    let alias = match group.links.len() {
        0 => "t".to_string(),
        depth => format!("g{number}_{}", depth - 1),
    };
    let mut column = Sql::new(sql.dialect());
    if group.is_currency {
        sql.push_column(&alias, &format!("{}__currency", group.field.id));
        return Ok(());
    }
    column.push_column(&alias, &field::value_column(group.field));
    match group.bucket {
        Some(unit) => {
            let zone = ctx.engine.settings().time_zone.clone();
            let is_date = group.field.kind == FieldType::Date;
            let bucket = if is_date { sql.dialect().bucket_date(unit, column) } else { sql.dialect().bucket(unit, column, &zone) };
            sql.append(bucket);
        }
        None => push_seen(ctx, group.field, column, sql)?,
    }
    Ok(())
}

/// Links to records that the caller may not see are one group, that of no record.
fn push_seen(ctx: &Ctx, field: &Field, column: Sql, sql: &mut Sql) -> Result<()> {
    let is_link = matches!(field.kind, FieldType::Link | FieldType::User | FieldType::File);
    let target = field.to.as_deref().filter(|_| is_link).and_then(|to| ctx.model.object(to));
    let Some((target, reach)) = target.map(|t| role::reach(ctx, t, Right::Read).map(|r| (t, r))).transpose()? else {
        sql.append(column);
        return Ok(());
    };
    if matches!(reach, Reach::All) {
        sql.append(column);
        return Ok(());
    }
    sql.push("(select s.id from ").push_ident(&target.name).push(" s where s.deleted_at is null and s.id = ").append(column);
    match reach {
        Reach::Where(rule) => {
            sql.push(" and ");
            role::push_rule(ctx, &rule, "s", sql)?;
        }
        Reach::Nothing | Reach::All => {
            sql.push(" and 1 = 0");
        }
    }
    sql.push(")");
    Ok(())
}

fn push_measure(function: &str, field: Option<&Field>, sql: &mut Sql) {
    let Some(field) = field else {
        sql.push("count(*)");
        return;
    };
    let mut column = Sql::new(sql.dialect());
    match function {
        "sum_own" => column.push_column("t", &field.id),
        _ => column.push_column("t", &field::value_column(field)),
    };
    match function {
        "count" => sql.push("count(").append(column).push(")"),
        "count_distinct" => sql.push("count(distinct ").append(column).push(")"),
        "sum" | "sum_own" => {
            let sum = sql.dialect().sum_scaled(column, field::scale(field));
            sql.append(sum)
        }
        // The mean orders the rows; the exact one is computed from the sum and the count behind the measures.
        "avg" => sql.push("avg(").append(column).push(")"),
        "min" => sql.push("min(").append(column).push(")"),
        _ => sql.push("max(").append(column).push(")"),
    };
}

/// Sum and count of each measure that is a mean, behind all measures.
fn push_means(measures: &[Measured<'_>], sql: &mut Sql) {
    for field in measures.iter().filter(|(_, f, _)| f == "avg").filter_map(|(_, _, field)| *field) {
        let mut column = Sql::new(sql.dialect());
        column.push_column("t", &field::value_column(field));
        let sum = sql.dialect().sum_scaled(column.clone(), field::scale(field));
        sql.push(", ").append(sum).push(", count(").append(column).push(")");
    }
}

fn read(ctx: &Ctx, groups: &[Column<'_>], measures: &[Measured<'_>], row: &Row<'_>) -> Result<Map<String, Json>> {
    let mut map = Map::new();
    for (i, group) in groups.iter().enumerate() {
        let value = match group.bucket {
            Some(_) => row.text(i)?.map_or(Json::Null, |t| json!(t)),
            None if group.is_currency => row.text(i)?.map_or(Json::Null, |t| json!(t)),
            None => field::kind(group.field.kind).write(group.field, &field::read_value(group.field, row, i)?),
        };
        map.insert(group.name.clone(), value);
    }
    let mut mean = groups.len() + measures.len();
    for (i, (name, function, field)) in measures.iter().enumerate() {
        let at = groups.len() + i;
        let value = match (function.as_str(), field) {
            ("count" | "count_distinct", _) | (_, None) => json!(row.int(at)?.unwrap_or(0)),
            ("avg", Some(field)) => {
                let count = Number::from_i64(row.int(mean + 1)?.unwrap_or(0)).unwrap_or(Number::ZERO);
                let exact = row.number(mean)?.and_then(|sum| sum.div(count));
                mean += 2;
                amount(ctx, field, exact)
            }
            (_, Some(field)) if matches!(field.kind, FieldType::Date | FieldType::Instant) => {
                field::kind(field.kind).write(field, &field::read_value(field, row, at)?)
            }
            ("sum", Some(field)) => amount(ctx, field, row.number(at)?),
            ("sum_own", Some(field)) => own(groups, field, row, at)?,
            (_, Some(field)) => amount(ctx, field, row.int(at)?.and_then(|n| Number::from_scaled(n, field::scale(field)))),
        };
        map.insert(name.clone(), value);
    }
    Ok(map)
}

/// Money in the currency of its row.
fn own(groups: &[Column<'_>], field: &Field, row: &Row<'_>, at: usize) -> Result<Json> {
    let group = groups.iter().position(|g| g.is_currency_of(field));
    let currency = group.map(|i| row.text(i).map(|code| code.map(str::to_string))).transpose()?.flatten();
    let (Some(currency), Some(sum)) = (currency, row.number(at)?) else { return Ok(Json::Null) };
    Ok(json!({"amount": sum.round_to(2).to_text(2), "currency": currency}))
}

/// A measure in the field's own unit; money in the workspace's currency.
fn amount(ctx: &Ctx, field: &Field, value: Option<Number>) -> Json {
    let Some(value) = value else { return Json::Null };
    if field.kind == FieldType::Money {
        let currency = ctx.engine.settings().currency;
        return json!({"amount": value.round_to(2).to_text(2), "currency": currency.as_str()});
    }
    serde_json::from_str(&value.to_text(0)).unwrap_or(Json::Null)
}

/// Links among the groups get the title of their record; all of one group in one statement.
fn titles(ctx: &Ctx, tx: &mut Tx, groups: &[Column<'_>], rows: &mut [Map<String, Json>]) -> Result<()> {
    for group in groups.iter().filter(|g| matches!(g.field.kind, FieldType::Link | FieldType::User | FieldType::File)) {
        let Some(target) = group.field.to.as_deref().and_then(|to| ctx.model.object(to)) else { continue };
        let of = |row: &Map<String, Json>| row.get(&group.name).and_then(Json::as_str).and_then(|s| s.parse::<Id>().ok());
        let ids: Vec<Id> = rows.iter().filter_map(of).collect();
        let found: BTreeMap<Id, String> = record::titles(ctx, tx, target, &ids)?.into_iter().collect();
        for row in rows.iter_mut() {
            let shown = of(row).map(|id| match found.get(&id) {
                Some(title) => json!({"id": id.to_string(), "title": title}),
                None => Json::Null,
            });
            row.insert(group.name.clone(), shown.unwrap_or(Json::Null));
        }
    }
    Ok(())
}
