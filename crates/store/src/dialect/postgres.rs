//! How PostgreSQL (15 or newer) says it.
//!
//! Results that must be bounded are computed in a subselect, so that an operand is neither written nor computed twice;
//! `offset 0` keeps the planner from folding it back.

use base::Id;

use super::{Arithmetic, Unit, clean_token, weave};
use crate::table::ColumnKind;
use crate::{Dialect, Param, Sql};

const HERE: Dialect = Dialect::Postgres;

/// Exclusive bound of a number's magnitude.
const LIMIT: &str = "1000000000000000";
/// Microseconds at the year 0 and at the end of what the calendar knows (9999-12-30T22:00:00.999999Z, so that a zone does not
/// lead beyond the year 9999).
const FIRST_MICROS: &str = "-62167219200000000";
const LAST_MICROS: &str = "253402207200999999";
/// Days since 1970 of 0000-01-01 and 9999-12-31.
const FIRST_DAY: &str = "-719528";
const LAST_DAY: &str = "2932896";

pub fn cast_of(param: &Param) -> &'static str {
    match param {
        Param::Null => "",
        Param::Bool(_) => "::boolean",
        Param::Int(_) => "::bigint",
        Param::Float(_) => "::double precision",
        Param::Text(_) => "::text collate \"C\"",
        Param::Bytes(_) => "::bytea",
        Param::Id(_) => "::uuid",
        Param::Date(_) => "::date",
        Param::Instant(_) => "::timestamptz",
        Param::Number(_) => "::numeric",
        Param::Ids(_) => "::uuid[]",
        Param::Texts(_) => "::text[]",
        Param::Ints(_) => "::bigint[]",
    }
}

pub fn column_type(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Id => "uuid",
        ColumnKind::Bytes => "bytea",
        ColumnKind::Bool => "boolean",
        ColumnKind::Int => "bigint",
        ColumnKind::Float => "double precision",
        ColumnKind::Text => "text collate \"C\"",
        ColumnKind::Date => "date",
        ColumnKind::Instant => "timestamptz",
    }
}

pub fn any(sql: &mut Sql, expression: &str, list: Param) {
    let cast = match &list {
        Param::Texts(_) => "::text[]",
        other => cast_of(other),
    };
    sql.push(expression).push(" = any(").bind(list).push(cast).push(")");
}

pub fn rows_of(list: Param) -> Sql {
    let cast = cast_of(&list);
    let mut sql = Sql::raw(HERE, "select value from unnest(");
    sql.bind(list).push(cast).push(") as t(value)");
    sql
}

pub fn lock_and_skip() -> &'static str {
    " for update skip locked"
}
pub fn repeats_in_or() -> bool {
    false
}
pub fn rows_along(sql: &mut Sql, table: &str, _column: &str, condition: &str) {
    sql.push("(select 1 from ").push_ident(table).push(" where ").push(condition).push(") t");
}
pub fn lock() -> &'static str {
    " for update"
}
pub fn transaction_number() -> &'static str {
    "pg_current_xact_id()::text::bigint"
}
pub fn settled_below() -> &'static str {
    "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
}
pub fn explain() -> &'static str {
    "explain "
}

/// `n` where the condition over `n` holds.
fn where_holds(value: Sql, condition: &str, result: &str) -> Sql {
    let head = format!("(select case when {condition} then {result} end from (select ");
    weave(&[&head, " as n offset 0) as lg_n)"], vec![value], HERE)
}

fn bounded(value: Sql) -> Sql {
    where_holds(value, &format!("abs(n) < {LIMIT}"), "n")
}

fn fits_integer(value: Sql) -> Sql {
    where_holds(value, "n between -9223372036854775808 and 9223372036854775807", "n::bigint")
}

pub fn number_from_scaled(integer: Sql, scale: u32) -> Sql {
    let number = match scale {
        0 => weave(&["(", ")::numeric"], vec![integer], HERE),
        _ => {
            let unit = format!(")::numeric * 0.{:0>width$})", 1, width = usize::try_from(scale).unwrap_or(0));
            weave(&["((", &unit], vec![integer], HERE)
        }
    };
    // From scale 4 on no 64-bit integer reaches the bound.
    if scale >= 4 { number } else { bounded(number) }
}

pub fn arithmetic(operation: Arithmetic, a: Sql, b: Sql) -> Sql {
    let result = match operation {
        Arithmetic::Add => weave(&["(", ") + (", ")"], vec![a, b], HERE),
        Arithmetic::Sub => weave(&["(", ") - (", ")"], vec![a, b], HERE),
        Arithmetic::Mul => weave(&["round((", ") * (", "), 10)"], vec![a, b], HERE),
        // Forty decimals are more than two numbers of ten decimals need to be told apart from a half, so that rounding twice
        // is rounding once.
        Arithmetic::Div => weave(&["round(((", &format!(") + 0.{:040}) / nullif(", 0), ", 0), 10)"], vec![a, b], HERE),
        Arithmetic::Mod => return Sql::raw(HERE, "null::numeric"),
    };
    bounded(result)
}

pub fn integer(operation: Arithmetic, a: Sql, b: Sql) -> Sql {
    let result = match operation {
        Arithmetic::Add => weave(&["(", ")::numeric + (", ")::numeric"], vec![a, b], HERE),
        Arithmetic::Sub => weave(&["(", ")::numeric - (", ")::numeric"], vec![a, b], HERE),
        Arithmetic::Mul => weave(&["(", ")::numeric * (", ")::numeric"], vec![a, b], HERE),
        Arithmetic::Div => weave(&["div((", ")::numeric, nullif(", ", 0)::numeric)"], vec![a, b], HERE),
        Arithmetic::Mod => {
            let texts = [
                "(select case when x <> -9223372036854775808 or y <> -1 then mod(x, y)::bigint end from (select (",
                ")::numeric as x, nullif(",
                ", 0)::numeric as y offset 0) as lg_n)",
            ];
            return weave(&texts, vec![a, b], HERE);
        }
    };
    fits_integer(result)
}

pub fn sum(number: Sql) -> Sql {
    bounded(weave(&["sum(", ")"], vec![number], HERE))
}

pub fn sum_scaled(integer: Sql, scale: u32) -> Sql {
    let unit = format!(
        ") * {})",
        if scale == 0 { "1".to_string() } else { format!("0.{:0>width$}", 1, width = usize::try_from(scale).unwrap_or(0)) }
    );
    bounded(weave(&["(sum(", &unit], vec![integer], HERE))
}

pub fn float(number: Sql) -> Sql {
    weave(&["(", ")::double precision"], vec![number], HERE)
}

pub fn contains(text: Sql, piece: Sql) -> Sql {
    weave(&["(strpos(", ", ", ") > 0)"], vec![text, piece], HERE)
}

pub fn starts(text: Sql, piece: Sql) -> Sql {
    weave(&["starts_with(", ", ", ")"], vec![text, piece], HERE)
}

pub fn ends(text: Sql, piece: Sql) -> Sql {
    weave(&["(select right(x, length(y)) = y from (select ", "::text as x, ", "::text as y offset 0) as lg_n)"], vec![text, piece], HERE)
}

pub fn lower(text: Sql) -> Sql {
    weave(&["(lower((", ") collate \"und-x-icu\") collate \"C\")"], vec![text], HERE)
}

pub fn micros(instant: Sql) -> Sql {
    weave(&["(extract(epoch from ", ") * 1000000)::bigint"], vec![instant], HERE)
}

pub fn days(date: Sql) -> Sql {
    weave(&["((", ")::date - date '1970-01-01')::bigint"], vec![date], HERE)
}

pub fn date_from_days(days: Sql) -> Sql {
    where_holds(days, &format!("n between {FIRST_DAY} and {LAST_DAY}"), "date '1970-01-01' + n::integer")
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

pub fn date(instant: Sql, zone: &str) -> Sql {
    weave(&["((", &format!(")::timestamptz at time zone {})::date", quoted(zone))], vec![instant], HERE)
}

pub fn date_from_micros(micros: Sql, zone: &str) -> Sql {
    // Whole days and the rest apart, since an interval is multiplied in floating point.
    let instant = "timestamptz 'epoch' + (n / 86400000000) * interval '24 hours' + (n % 86400000000) * interval '1 microsecond'";
    let result = format!("(({instant}) at time zone {})::date", quoted(zone));
    where_holds(micros, &format!("n between {FIRST_MICROS} and {LAST_MICROS}"), &result)
}

pub fn start_micros(date: Sql, zone: &str) -> Sql {
    // The last second of the day before is never told twice at midnight, so one second later is the first midnight.
    let zone = quoted(zone);
    let tail = format!(")::date::timestamp - interval '1 second') at time zone {zone}) + interval '1 second')");
    micros(weave(&["((((", &tail], vec![date], HERE))
}

pub fn start_of(unit: Unit, date: Sql) -> Sql {
    weave(&[&format!("date_trunc('{}', (", unit.as_str()), ")::timestamp)::date"], vec![date], HERE)
}

fn format_of(unit: Unit) -> &'static str {
    match unit {
        Unit::Year => "YYYY",
        Unit::Quarter => "YYYY-\"Q\"Q",
        Unit::Month => "YYYY-MM",
        Unit::Week => "IYYY-\"W\"IW",
        Unit::Day => "YYYY-MM-DD",
    }
}

pub fn bucket(unit: Unit, instant: Sql, zone: &str) -> Sql {
    let tail = format!(")::timestamptz at time zone {}, '{}') collate \"C\")", quoted(zone), format_of(unit));
    weave(&["(to_char((", &tail], vec![instant], HERE)
}

pub fn bucket_date(unit: Unit, date: Sql) -> Sql {
    weave(&["(to_char((", &format!(")::timestamp, '{}') collate \"C\")", format_of(unit))], vec![date], HERE)
}

pub fn search_match(sql: &mut Sql, alias: &str, object: &str, tokens: &[String], is_last_prefix: bool, hits: u32) {
    sql.push(alias).push(".rid in (").append(search_hits(object, tokens, is_last_prefix, hits)).push(")");
}

/// The index of words tells which rows have a frequent one only as a whole: 35 ms for 50,000 of them. Two thousand rows
/// are looked through in one.
pub fn search_newest(sql: &mut Sql, alias: &str, object: &str, tokens: &[String], is_last_prefix: bool, rows: u32) -> bool {
    sql.push(alias).push(".rid in (select rid from (select rid, words from ").push_ident(&format!("{object}__search"));
    sql.push(&format!(" order by rid desc limit {rows}) as newest where "));
    if tokens.is_empty() {
        sql.push("false)");
        return true;
    }
    // However frequent they are, the plan is the same one.
    sql.push("(words @@ ").bind(search_text(tokens, is_last_prefix)).push("::text::tsquery) is true)");
    true
}

/// Rows that hold a word, up to which they are read through the index of words.
const FEW: u32 = 4_000;
/// Of a word that more have, the newest that are looked at.
const NEWEST: u32 = 4_000;

/// Rare words are read through the index of words, frequent ones from the newest row backwards until enough have them.
/// Which of the two it is cannot be left to the planner: of a beginning that it does not know it takes one row in fifty to
/// have it, and would read the whole table for the few that do.
pub fn search_hits(object: &str, tokens: &[String], is_last_prefix: bool, hits: u32) -> Sql {
    let mut sql = Sql::new(HERE);
    if tokens.is_empty() {
        sql.push("select null::bigint as rid where false");
        return sql;
    }
    // The planner must see the words.
    let mut matches = Sql::new(HERE);
    matches.push("words @@ ").push_literal(&search_text(tokens, is_last_prefix)).push("::tsquery").once();
    let table = format!("{object}__search");
    sql.push("with found as materialized (select rid from ").push_ident(&table).push(" where ").append(matches.clone());
    sql.push(") select rid from ");
    if hits == u32::MAX {
        sql.push("found");
        return sql;
    }
    let few = hits.max(FEW);
    sql.push(&format!("(with few as materialized (select rid from found limit {few} + 1), counted as (select count(*) as n from few) "));
    sql.push(&format!("(select rid from few where (select n from counted) <= {few} order by rid desc limit {hits}) union all "));
    // In this form the condition has no index.
    sql.push("(select rid from ").push_ident(&table).push(" where (").append(matches);
    sql.push(&format!(") is true and (select n from counted) > {few} order by rid desc limit {})) as h", hits.min(NEWEST)));
    sql
}

/// `'one' & 'two' & 'thr':*`; cast, not parsed as words, so no dictionary changes the tokens.
fn search_text(tokens: &[String], is_last_prefix: bool) -> String {
    let quoted: Vec<String> = tokens.iter().map(|t| format!("'{}'", clean_token(t))).collect();
    let star = if is_last_prefix { ":*" } else { "" };
    format!("{}{star}", quoted.join(" & "))
}

pub fn search_table(object: &str) -> Vec<Sql> {
    // What waits to be sorted into the index is read by every search, so it is kept short (kilobytes).
    let name = format!("{object}__search");
    let mut table = Sql::new(HERE);
    table.push("create table if not exists ").push_ident(&name).push(" (rid bigint primary key, words tsvector not null)");
    let mut index = Sql::new(HERE);
    index
        .push("create index if not exists ")
        .push_ident(&format!("{name}__words"))
        .push(" on ")
        .push_ident(&name)
        .push(" using gin (words) with (gin_pending_list_limit = 256)");
    vec![table, index]
}

pub fn search_key() -> &'static str {
    "rid"
}

pub fn search_write(object: &str, id: Id, words: &[String]) -> Sql {
    let cleaned: Vec<String> = words.iter().map(|w| clean_token(w)).filter(|w| !w.is_empty()).collect();
    let mut sql = Sql::new(HERE);
    sql.push("insert into ").push_ident(&format!("{object}__search")).push(" (rid, words) select rid, array_to_tsvector(");
    sql.bind(cleaned).push("::text[]) from ").push_ident(object).push(" where id = ").bind(id);
    sql.push(" on conflict (rid) do update set words = excluded.words");
    sql
}

pub fn rid_column() -> &'static str {
    "rid bigint generated always as identity primary key"
}
pub fn table_suffix() -> &'static str {
    ""
}
pub fn concurrently() -> &'static str {
    "concurrently "
}
pub fn list_columns() -> &'static str {
    include_str!("postgres_columns.sql")
}
pub fn list_indexes() -> &'static str {
    include_str!("postgres_indexes.sql")
}
