//! Every difference between SQLite and PostgreSQL, one method each; nobody else asks which database it is.
//!
//! The methods take and give pieces of SQL, so that the compiler of expressions and the planner of queries put
//! statements together without knowing the database. `sqlite.rs` and `postgres.rs` answer; a new difference is a
//! method here and a function in both.
//!
//! Words used for the pieces:
//! - *number*: an exact decimal as [`base::Number`] has it: ten decimals, absent (`null`) at 10^15 and beyond. On SQLite
//!   a 16-byte blob that sorts as the number does, on PostgreSQL `numeric`. Compare, sort, group, `min` and `max` of two
//!   numbers work with the plain operators; arithmetic goes through [`Dialect::arithmetic`], values are bound as
//!   [`crate::Param::Number`] and read by [`crate::Row::number`].
//! - *integer*: 64 bits; [`Dialect::integer`] gives `null` where the result does not fit.
//! - *instant*: a column or a bound `Param::Instant`; plain operators compare. For arithmetic turn it into an integer of
//!   microseconds with [`Dialect::micros`] and compare microseconds with microseconds.
//! - *date*: a column or a bound `Param::Date`; plain operators compare; [`Dialect::days`] for arithmetic.
//! - *truth*: something that may stand after `where`.

mod postgres;
mod sqlite;

use base::Id;

use crate::table::ColumnKind;
use crate::{Param, Sql};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    Add,
    Sub,
    Mul,
    /// Absent when the divisor is zero; integers are cut towards zero.
    Div,
    /// The rest of an integer division, with the sign of the dividend; for [`Dialect::integer`] only.
    Mod,
}

/// A span of the calendar. Weeks begin on Monday (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    Year,
    Quarter,
    Month,
    Week,
    Day,
}

impl Unit {
    pub const ALL: [Unit; 5] = [Unit::Year, Unit::Quarter, Unit::Month, Unit::Week, Unit::Day];

    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Year => "year",
            Unit::Quarter => "quarter",
            Unit::Month => "month",
            Unit::Week => "week",
            Unit::Day => "day",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Unit::ALL.into_iter().find(|u| u.as_str() == word)
    }
}

macro_rules! by_database {
    ($self:ident, $name:ident ( $($argument:expr),* )) => {
        match $self {
            Dialect::Sqlite => sqlite::$name($($argument),*),
            Dialect::Postgres => postgres::$name($($argument),*),
        }
    };
}

/// Writing statements.
impl Dialect {
    /// The character before a placeholder's number.
    pub fn placeholder(self) -> char {
        match self {
            Dialect::Sqlite => '?',
            Dialect::Postgres => '$',
        }
    }

    /// `::bigint` and the like behind a placeholder; nothing on SQLite, whose values know their type.
    pub fn cast_of(self, param: &Param) -> &'static str {
        by_database!(self, cast_of(param))
    }

    /// How a column of this kind is declared.
    pub fn column_type(self, kind: ColumnKind) -> &'static str {
        by_database!(self, column_type(kind))
    }

    /// Pushes the condition that an expression equals one of a list (`Ids`, `Texts` or `Ints`); an index serves it, and the
    /// text of the statement is the same for every length of the list. A null expression gives null.
    pub fn any(self, sql: &mut Sql, expression: &str, list: impl Into<Param>) {
        by_database!(self, any(sql, expression, list.into()));
    }

    /// A list as rows: `select value from …`, to join with or to count.
    pub fn rows_of(self, list: impl Into<Param>) -> Sql {
        by_database!(self, rows_of(list.into()))
    }

    /// Behind a `select … order by … limit …` of a transaction that takes rows nobody else has taken.
    pub fn lock_and_skip(self) -> &'static str {
        by_database!(self, lock_and_skip())
    }

    /// Pushes a table named `t` of which only the number of rows is asked, for a `from`: those that meet a condition, which
    /// is also that of an index that begins with the column. SQLite would walk through the table itself, twenty times as
    /// much to read.
    pub fn rows_along(self, sql: &mut Sql, table: &str, column: &str, condition: &str) {
        by_database!(self, rows_along(sql, table, column, condition));
    }

    /// Whether each side of an "or" must say all that its index wants before it is looked up there.
    pub fn repeats_in_or(self) -> bool {
        by_database!(self, repeats_in_or())
    }

    /// Behind a `select` whose rows others may not change until this transaction ends.
    pub fn lock(self) -> &'static str {
        by_database!(self, lock())
    }

    /// An integer that orders transactions by their begin; rows of the event log keep it. Always 0 on SQLite.
    pub fn transaction_number(self) -> &'static str {
        by_database!(self, transaction_number())
    }

    /// Every transaction whose number is below this integer has ended; the event log is read up to here.
    pub fn settled_below(self) -> &'static str {
        by_database!(self, settled_below())
    }

    /// Before a `select`: tells how it would run, one line a row.
    pub fn explain(self) -> &'static str {
        by_database!(self, explain())
    }
}

/// Numbers.
impl Dialect {
    /// An integer column of a fixed scale as a number (`12345` at scale 2 is 123.45).
    pub fn number_from_scaled(self, integer: Sql, scale: u32) -> Sql {
        by_database!(self, number_from_scaled(integer, scale))
    }

    /// An integer as a number.
    pub fn number_from_integer(self, integer: Sql) -> Sql {
        self.number_from_scaled(integer, 0)
    }

    /// Numbers, as [`base::Number`] computes: rounded half away from zero at the tenth decimal, absent when too large or
    /// divided by zero. `Mod` is absent.
    pub fn arithmetic(self, operation: Arithmetic, a: Sql, b: Sql) -> Sql {
        by_database!(self, arithmetic(operation, a, b))
    }

    /// The number with the other sign.
    pub fn negate(self, number: Sql) -> Sql {
        self.arithmetic(Arithmetic::Sub, self.number_from_integer(Sql::raw(self, "0")), number)
    }

    /// 64-bit integers; absent on overflow and division by zero, as `i64::checked_add` and its siblings.
    pub fn integer(self, operation: Arithmetic, a: Sql, b: Sql) -> Sql {
        by_database!(self, integer(operation, a, b))
    }

    /// An aggregate over numbers, exact; null without rows or when the sum is too large for a number.
    pub fn sum(self, number: Sql) -> Sql {
        by_database!(self, sum(number))
    }

    /// An aggregate over an integer column (scaled or not) as a number of that scale.
    pub fn sum_scaled(self, integer: Sql, scale: u32) -> Sql {
        by_database!(self, sum_scaled(integer, scale))
    }

    /// A number as the machine's floating point, for statistics.
    pub fn float(self, number: Sql) -> Sql {
        by_database!(self, float(number))
    }
}

/// Text. Everything compares byte by byte; folding happens before, in Rust.
impl Dialect {
    /// Truth: the text has the piece in it (an empty piece always).
    pub fn contains(self, text: Sql, piece: Sql) -> Sql {
        by_database!(self, contains(text, piece))
    }
    pub fn starts(self, text: Sql, piece: Sql) -> Sql {
        by_database!(self, starts(text, piece))
    }
    pub fn ends(self, text: Sql, piece: Sql) -> Sql {
        by_database!(self, ends(text, piece))
    }
    /// Small letters by Unicode.
    pub fn lower(self, text: Sql) -> Sql {
        by_database!(self, lower(text))
    }

    /// Pushes the condition that a column starts with a known text, in the form that an index on the column serves.
    pub fn starts_with(self, sql: &mut Sql, column: &str, start: &str) {
        sql.push("(").push(column).push(" >= ").bind(start);
        if let Some(end) = after_all_with(start) {
            sql.push(" and ").push(column).push(" < ").bind(end);
        }
        sql.push(")");
    }
}

/// Time. `zone` is a name of the IANA database.
impl Dialect {
    /// An instant as microseconds since 1970.
    pub fn micros(self, instant: Sql) -> Sql {
        by_database!(self, micros(instant))
    }

    /// A date as days since 1970-01-01.
    pub fn days(self, date: Sql) -> Sql {
        by_database!(self, days(date))
    }

    /// Days since 1970-01-01 as a date; absent outside the years 0 to 9999.
    pub fn date_from_days(self, days: Sql) -> Sql {
        by_database!(self, date_from_days(days))
    }

    /// The day on which an instant falls in a zone.
    pub fn date(self, instant: Sql, zone: &str) -> Sql {
        by_database!(self, date(instant, zone))
    }

    /// The same for an integer of microseconds; absent outside the years 0 to 9999.
    pub fn date_from_micros(self, micros: Sql, zone: &str) -> Sql {
        by_database!(self, date_from_micros(micros, zone))
    }

    /// The microseconds of the midnight that begins a date in a zone (the first, should there be two).
    pub fn start_micros(self, date: Sql, zone: &str) -> Sql {
        by_database!(self, start_micros(date, zone))
    }

    /// The first day of the unit in which a date falls.
    pub fn start_of(self, unit: Unit, date: Sql) -> Sql {
        by_database!(self, start_of(unit, date))
    }

    /// The unit in which an instant falls in a zone, as text that sorts: `2026`, `2026-Q1`, `2026-01`, `2026-W05`, `2026-01-31`.
    pub fn bucket(self, unit: Unit, instant: Sql, zone: &str) -> Sql {
        by_database!(self, bucket(unit, instant, zone))
    }

    /// The same for a date.
    pub fn bucket_date(self, unit: Unit, date: Sql) -> Sql {
        by_database!(self, bucket_date(unit, date))
    }
}

/// Full-text search; see also [`crate::search_replace`].
impl Dialect {
    /// Pushes the condition that the record `alias` of an object has all tokens, the last one perhaps unfinished.
    ///
    /// Only the newest `hits` matches are looked at, so that a frequent word costs no more than a rare one; a list that
    /// must be complete gives a large number. Tokens are words of `base::text::words`; without any, nothing matches.
    pub fn search_match(self, sql: &mut Sql, alias: &str, object: &str, tokens: &[String], is_last_prefix: bool, hits: u32) {
        by_database!(self, search_match(sql, alias, object, tokens, is_last_prefix, hits));
    }

    /// The newest matches themselves: `select rid from … ` of an object's search index, newest first; all of
    /// them, in no order, with `u32::MAX`.
    pub fn search_hits(self, object: &str, tokens: &[String], is_last_prefix: bool, hits: u32) -> Sql {
        by_database!(self, search_hits(object, tokens, is_last_prefix, hits))
    }

    /// Pushes the same condition, looking at no more than the newest `rows` of the object; answers false, and pushes
    /// nothing, where [`Self::search_match`] costs no more for a frequent word than this does.
    pub fn search_newest(self, sql: &mut Sql, alias: &str, object: &str, tokens: &[String], is_last_prefix: bool, rows: u32) -> bool {
        by_database!(self, search_newest(sql, alias, object, tokens, is_last_prefix, rows))
    }

    pub(crate) fn search_table(self, object: &str) -> Vec<Sql> {
        by_database!(self, search_table(object))
    }
    pub(crate) fn search_key(self) -> &'static str {
        by_database!(self, search_key())
    }
    pub(crate) fn search_write(self, object: &str, id: Id, words: &[String]) -> Sql {
        by_database!(self, search_write(object, id, words))
    }
}

/// Tables.
impl Dialect {
    pub(crate) fn rid_column(self) -> &'static str {
        by_database!(self, rid_column())
    }
    pub(crate) fn table_suffix(self) -> &'static str {
        by_database!(self, table_suffix())
    }
    pub(crate) fn concurrently(self) -> &'static str {
        by_database!(self, concurrently())
    }
    pub(crate) fn list_columns(self) -> &'static str {
        by_database!(self, list_columns())
    }
    pub(crate) fn list_indexes(self) -> &'static str {
        by_database!(self, list_indexes())
    }
}

/// The least text greater than every text with this start; none if there is no such text.
fn after_all_with(start: &str) -> Option<String> {
    let mut end = start.to_string();
    while let Some(last) = end.pop() {
        let next = match last {
            '\u{d7ff}' => Some('\u{e000}'),
            other => char::from_u32(u32::from(other) + 1),
        };
        if let Some(next) = next {
            end.push(next);
            return Some(end);
        }
    }
    None
}

/// A token as both search indexes keep it: letters and digits only, so that no index splits it again.
fn clean_token(token: &str) -> String {
    token.chars().map(|c| if c.is_ascii() && !c.is_ascii_alphanumeric() { '_' } else { c.to_ascii_lowercase() }).collect()
}

/// Pieces put together: text, fragment, text, fragment, text.
fn weave(texts: &[&str], pieces: Vec<Sql>, dialect: Dialect) -> Sql {
    let mut sql = Sql::new(dialect);
    let mut pieces = pieces.into_iter();
    for text in texts {
        sql.push(text);
        if let Some(piece) = pieces.next() {
            sql.append(piece);
        }
    }
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_range_of_prefixes_is_the_next_text() {
        assert_eq!(after_all_with("ab").as_deref(), Some("ac"));
        assert_eq!(after_all_with("李").as_deref(), Some("杏"));
        assert_eq!(after_all_with("a\u{10ffff}").as_deref(), Some("b"));
        assert_eq!(after_all_with("\u{d7ff}").as_deref(), Some("\u{e000}"));
        assert_eq!(after_all_with(""), None);
    }

    #[test]
    fn pieces_are_woven_with_their_parameters() {
        let mut a = Sql::new(Dialect::Postgres);
        a.bind(1);
        let sum = Dialect::Postgres.integer(Arithmetic::Add, a.clone(), a);
        assert!(sum.text().contains("$1") && sum.text().contains("$2"), "{}", sum.text());
    }
}
