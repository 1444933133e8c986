//! How SQLite says it. The functions `lg_…` are registered by `crate::sqlite::function`.

use base::Id;

use super::{Arithmetic, Unit, clean_token, weave};
use crate::table::ColumnKind;
use crate::{Dialect, Param, Sql};

const HERE: Dialect = Dialect::Sqlite;

fn call(name: &str, arguments: Vec<Sql>) -> Sql {
    let mut sql = Sql::new(HERE);
    sql.push(name).push("(").append_each(arguments, ", ").push(")");
    sql
}

fn text(literal: &str) -> Sql {
    let mut sql = Sql::new(HERE);
    sql.push_literal(literal);
    sql
}

pub fn cast_of(_: &Param) -> &'static str {
    ""
}

pub fn column_type(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Id | ColumnKind::Bytes => "blob",
        ColumnKind::Bool | ColumnKind::Int | ColumnKind::Instant => "integer",
        ColumnKind::Float => "real",
        ColumnKind::Text | ColumnKind::Date => "text",
    }
}

/// So few ids are written out: the planner takes any other list for one of 25.
const FEW: usize = 4;

pub fn any(sql: &mut Sql, expression: &str, list: Param) {
    match list {
        Param::Ids(ids) if (1..=FEW).contains(&ids.len()) => {
            sql.push(expression).push(" in (");
            for (i, id) in ids.into_iter().enumerate() {
                sql.push(if i == 0 { "" } else { ", " }).bind(id);
            }
            sql.push(")");
        }
        list => {
            sql.push(expression).push(" in (select value from rarray(").bind(list).push("))");
        }
    }
}

pub fn rows_of(list: Param) -> Sql {
    let mut sql = Sql::raw(HERE, "select value from rarray(");
    sql.bind(list).push(")");
    sql
}

pub fn lock_and_skip() -> &'static str {
    ""
}
pub fn repeats_in_or() -> bool {
    true
}
pub fn rows_along(sql: &mut Sql, table: &str, column: &str, condition: &str) {
    // The order is what makes the planner take the index.
    sql.push("(select ").push_ident(column).push(" from ").push_ident(table);
    sql.push(" where ").push(condition).push(" order by ").push_ident(column).push(") t");
}
pub fn lock() -> &'static str {
    ""
}
pub fn transaction_number() -> &'static str {
    "0"
}
pub fn settled_below() -> &'static str {
    "1"
}
pub fn explain() -> &'static str {
    "explain query plan "
}

pub fn number_from_scaled(integer: Sql, scale: u32) -> Sql {
    call("lg_number", vec![integer, Sql::raw(HERE, scale.to_string())])
}

pub fn arithmetic(operation: Arithmetic, a: Sql, b: Sql) -> Sql {
    let name = match operation {
        Arithmetic::Add => "lg_add",
        Arithmetic::Sub => "lg_sub",
        Arithmetic::Mul => "lg_mul",
        Arithmetic::Div => "lg_div",
        Arithmetic::Mod => return Sql::raw(HERE, "null"),
    };
    call(name, vec![a, b])
}

pub fn integer(operation: Arithmetic, a: Sql, b: Sql) -> Sql {
    let name = match operation {
        Arithmetic::Add => "lg_integer_add",
        Arithmetic::Sub => "lg_integer_sub",
        Arithmetic::Mul => "lg_integer_mul",
        Arithmetic::Div => "lg_integer_div",
        Arithmetic::Mod => "lg_integer_mod",
    };
    call(name, vec![a, b])
}

pub fn sum(number: Sql) -> Sql {
    call("lg_sum", vec![number])
}

pub fn sum_scaled(integer: Sql, scale: u32) -> Sql {
    // SQLite's own sum is quick but fails beyond 64 bits, so millions and the rest are summed apart.
    let tail = format!(") % 1000000), {scale})");
    weave(&["lg_number_of_parts(sum((", ") / 1000000), sum((", &tail], vec![integer.clone(), integer], HERE)
}

pub fn float(number: Sql) -> Sql {
    call("lg_float", vec![number])
}

pub fn contains(text: Sql, piece: Sql) -> Sql {
    weave(&["(instr(", ", ", ") > 0)"], vec![text, piece], HERE)
}

pub fn starts(text: Sql, piece: Sql) -> Sql {
    call("lg_starts", vec![text, piece])
}

pub fn ends(text: Sql, piece: Sql) -> Sql {
    call("lg_ends", vec![text, piece])
}

pub fn lower(text: Sql) -> Sql {
    call("lg_lower", vec![text])
}

pub fn micros(instant: Sql) -> Sql {
    instant
}

pub fn days(date: Sql) -> Sql {
    call("lg_days", vec![date])
}

pub fn date_from_days(days: Sql) -> Sql {
    call("lg_date_from_days", vec![days])
}

pub fn date(instant: Sql, zone: &str) -> Sql {
    call("lg_date", vec![instant, text(zone)])
}

pub fn date_from_micros(micros: Sql, zone: &str) -> Sql {
    date(micros, zone)
}

pub fn start_micros(date: Sql, zone: &str) -> Sql {
    call("lg_start", vec![date, text(zone)])
}

pub fn start_of(unit: Unit, date: Sql) -> Sql {
    call("lg_start_of", vec![text(unit.as_str()), date])
}

pub fn bucket(unit: Unit, instant: Sql, zone: &str) -> Sql {
    call("lg_bucket", vec![instant, text(unit.as_str()), text(zone)])
}

pub fn bucket_date(unit: Unit, date: Sql) -> Sql {
    call("lg_bucket", vec![date, text(unit.as_str()), text("UTC")])
}

pub fn search_match(sql: &mut Sql, alias: &str, object: &str, tokens: &[String], is_last_prefix: bool, hits: u32) {
    sql.push(alias).push(".rid in (").append(search_hits(object, tokens, is_last_prefix, hits)).push(")");
}

/// The index of words gives the newest first.
pub fn search_newest(_: &mut Sql, _: &str, _: &str, _: &[String], _: bool, _: u32) -> bool {
    false
}

pub fn search_hits(object: &str, tokens: &[String], is_last_prefix: bool, hits: u32) -> Sql {
    let mut sql = Sql::new(HERE);
    if tokens.is_empty() {
        sql.push("select null where false");
        return sql;
    }
    let name = format!("{object}__search");
    sql.push("select rowid as rid from ").push_ident(&name).push(" where ").push_ident(&name).push(" match ");
    sql.bind(search_text(tokens, is_last_prefix)).push(" order by rowid desc limit ").push(&hits.to_string());
    sql
}

/// `"one" "two" "thr"*`: all of them, in any order.
fn search_text(tokens: &[String], is_last_prefix: bool) -> String {
    let quoted: Vec<String> = tokens.iter().map(|t| format!("\"{}\"", clean_token(t))).collect();
    let star = if is_last_prefix { "*" } else { "" };
    format!("{}{star}", quoted.join(" "))
}

pub fn search_table(object: &str) -> Vec<Sql> {
    let mut sql = Sql::new(HERE);
    sql.push("create virtual table if not exists ").push_ident(&format!("{object}__search"));
    sql.push(" using fts5(words, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize=\"ascii tokenchars '_'\")");
    vec![sql]
}

pub fn search_key() -> &'static str {
    "rowid"
}

pub fn search_write(object: &str, id: Id, words: &[String]) -> Sql {
    let cleaned: Vec<String> = words.iter().map(|w| clean_token(w)).collect();
    let mut sql = Sql::new(HERE);
    sql.push("insert or replace into ").push_ident(&format!("{object}__search")).push(" (rowid, words) select rid, ");
    sql.bind(cleaned.join(" ")).push(" from ").push_ident(object).push(" where id = ").bind(id);
    sql
}

pub fn rid_column() -> &'static str {
    "rid integer primary key"
}
pub fn table_suffix() -> &'static str {
    " strict"
}
pub fn concurrently() -> &'static str {
    ""
}
pub fn list_columns() -> &'static str {
    include_str!("sqlite_columns.sql")
}
pub fn list_indexes() -> &'static str {
    include_str!("sqlite_indexes.sql")
}
