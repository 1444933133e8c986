//! The functions `lg_…` that every SQLite connection has, for what SQLite lacks: exact decimals, zones, checked integers.
//!
//! A number travels as 16 bytes, big end first and the sign turned, so that comparing bytes compares numbers.

use std::panic::{RefUnwindSafe, UnwindSafe};

use base::number::SCALE;
use base::{Date, Instant, Number};
use jiff::civil;
use jiff::tz::TimeZone;
use rusqlite::functions::{Aggregate, Context, FunctionFlags, SqlFnOutput};
use rusqlite::types::{Type, ValueRef};
use rusqlite::{Connection, Error, Result};

use crate::Unit;

type Binary<T> = fn(T, T) -> Option<T>;

const SIGN: u128 = 1 << 127;

pub(crate) fn encode(number: Number) -> [u8; 16] {
    (number.raw().cast_unsigned() ^ SIGN).to_be_bytes()
}

pub(crate) fn decode(bytes: &[u8]) -> Option<Number> {
    let bytes = <[u8; 16]>::try_from(bytes).ok()?;
    Number::from_raw((u128::from_be_bytes(bytes) ^ SIGN).cast_signed())
}

pub(super) fn register(connection: &Connection) -> Result<()> {
    numbers(connection)?;
    integers(connection)?;
    texts(connection)?;
    times(connection)
}

fn add<T: SqlFnOutput>(
    connection: &Connection,
    name: &str,
    arguments: i32,
    f: impl Fn(&mut Context<'_>) -> Result<T> + Send + UnwindSafe + 'static,
) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function(name, arguments, flags, f)
}

fn numbers(connection: &Connection) -> Result<()> {
    add(connection, "lg_number", 2, |c| {
        let scale = c.get::<u32>(1)?;
        Ok(c.get::<Option<i64>>(0)?.and_then(|n| Number::from_scaled(n, scale)).map(encode))
    })?;
    add(connection, "lg_number_of_parts", 3, |c| {
        let scale = c.get::<u32>(2)?;
        let whole = c
            .get::<Option<i64>>(0)?
            .zip(c.get::<Option<i64>>(1)?)
            .map(|(millions, rest)| i128::from(millions) * 1_000_000 + i128::from(rest));
        let factor = SCALE.checked_sub(scale).map(|s| 10_i128.pow(s));
        Ok(whole.zip(factor).and_then(|(n, f)| n.checked_mul(f)).and_then(Number::from_raw).map(encode))
    })?;
    let operations: [(&str, Binary<Number>); 4] =
        [("lg_add", Number::add), ("lg_sub", Number::sub), ("lg_mul", Number::mul), ("lg_div", Number::div)];
    for (name, operation) in operations {
        add(connection, name, 2, move |c| {
            Ok(match (number(c, 0)?, number(c, 1)?) {
                (Some(a), Some(b)) => operation(a, b).map(encode),
                _ => None,
            })
        })?;
    }
    add(connection, "lg_cmp", 2, |c| {
        Ok(match (number(c, 0)?, number(c, 1)?) {
            (Some(a), Some(b)) => Some(i64::from(a > b) - i64::from(a < b)),
            _ => None,
        })
    })?;
    add(connection, "lg_float", 1, |c| Ok(number(c, 0)?.and_then(|n| n.to_text(0).parse::<f64>().ok())))?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_aggregate_function("lg_sum", 1, flags, Sum)
}

/// A number expression, or an integer.
fn number(context: &Context<'_>, i: usize) -> Result<Option<Number>> {
    match context.get_raw(i) {
        ValueRef::Null => Ok(None),
        ValueRef::Integer(n) => Ok(Number::from_i64(n)),
        ValueRef::Blob(bytes) => decode(bytes).map(Some).ok_or_else(|| wrong(i, Type::Blob)),
        other => Err(wrong(i, other.data_type())),
    }
}

fn wrong(i: usize, found: Type) -> Error {
    Error::InvalidParameterType(i, found)
}

/// Sums raw values: a part may pass the bound of a number as long as the whole does not.
struct Sum;

#[derive(Default)]
struct Total {
    sum: i128,
    has_rows: bool,
}

impl UnwindSafe for Total {}
impl RefUnwindSafe for Total {}

impl Aggregate<Total, Option<[u8; 16]>> for Sum {
    fn init(&self, _: &mut Context<'_>) -> Result<Total> {
        Ok(Total::default())
    }
    fn step(&self, context: &mut Context<'_>, total: &mut Total) -> Result<()> {
        if let Some(number) = number(context, 0)? {
            total.sum = total.sum.saturating_add(number.raw());
            total.has_rows = true;
        }
        Ok(())
    }
    fn finalize(&self, _: &mut Context<'_>, total: Option<Total>) -> Result<Option<[u8; 16]>> {
        Ok(total.filter(|t| t.has_rows).and_then(|t| Number::from_raw(t.sum)).map(encode))
    }
}

fn integers(connection: &Connection) -> Result<()> {
    let operations: [(&str, Binary<i64>); 5] = [
        ("lg_integer_add", i64::checked_add),
        ("lg_integer_sub", i64::checked_sub),
        ("lg_integer_mul", i64::checked_mul),
        ("lg_integer_div", i64::checked_div),
        ("lg_integer_mod", i64::checked_rem),
    ];
    for (name, operation) in operations {
        add(connection, name, 2, move |c| {
            Ok(match (c.get::<Option<i64>>(0)?, c.get::<Option<i64>>(1)?) {
                (Some(a), Some(b)) => operation(a, b),
                _ => None,
            })
        })?;
    }
    Ok(())
}

fn text<'a>(context: &'a Context<'_>, i: usize) -> Result<Option<&'a str>> {
    match context.get_raw(i) {
        ValueRef::Null => Ok(None),
        other => Ok(Some(other.as_str()?)),
    }
}

fn texts(connection: &Connection) -> Result<()> {
    add(connection, "lg_starts", 2, |c| Ok(both_texts(c)?.map(|(text, piece)| text.starts_with(piece))))?;
    add(connection, "lg_ends", 2, |c| Ok(both_texts(c)?.map(|(text, piece)| text.ends_with(piece))))?;
    add(connection, "lg_lower", 1, |c| Ok(text(c, 0)?.map(str::to_lowercase)))
}

fn both_texts<'a>(context: &'a Context<'_>) -> Result<Option<(&'a str, &'a str)>> {
    Ok(text(context, 0)?.zip(text(context, 1)?))
}

fn times(connection: &Connection) -> Result<()> {
    add(connection, "lg_days", 1, |c| Ok(date(c, 0)?.map(Date::days)))?;
    add(connection, "lg_date_from_days", 1, |c| Ok(c.get::<Option<i64>>(0)?.and_then(date_of_days).map(|d| d.to_string())))?;
    add(connection, "lg_date", 2, |c| {
        let Some(micros) = c.get::<Option<i64>>(0)? else { return Ok(None) };
        let zone = zone(c, 1)?;
        Ok(date_of_micros(micros, &zone).map(|d| d.to_string()))
    })?;
    add(connection, "lg_start", 2, |c| {
        let zone = zone(c, 1)?;
        Ok(date(c, 0)?.map(|d| d.start_in(&zone).micros()))
    })?;
    add(connection, "lg_start_of", 2, |c| {
        let unit = unit(c, 0)?;
        Ok(date(c, 1)?.map(|d| first_day(unit, d.civil()).to_string()))
    })?;
    add(connection, "lg_bucket", 3, |c| {
        let unit = unit(c, 1)?;
        let day = match c.get_raw(0) {
            ValueRef::Null => None,
            ValueRef::Integer(micros) => date_of_micros(micros, &*zone(c, 2)?),
            _ => date(c, 0)?,
        };
        Ok(day.map(|d| bucket(unit, d.civil())))
    })
}

/// Text of another shape than a date is absent.
fn date(context: &Context<'_>, i: usize) -> Result<Option<Date>> {
    Ok(text(context, i)?.and_then(|t| t.parse().ok()))
}

fn unit(context: &Context<'_>, i: usize) -> Result<Unit> {
    text(context, i)?.and_then(Unit::parse).ok_or_else(|| wrong(i, Type::Text))
}

/// The zone of a constant argument is looked up once for each statement.
fn zone(context: &Context<'_>, i: usize) -> Result<std::sync::Arc<TimeZone>> {
    let argument = i32::try_from(i).map_err(|_| wrong(i, Type::Text))?;
    context.get_or_create_aux(argument, |value| -> std::result::Result<TimeZone, Box<dyn std::error::Error + Send + Sync>> {
        Ok(TimeZone::get(value.as_str()?)?)
    })
}

/// Dates of the years 0 to 9999.
fn date_of_days(days: i64) -> Option<Date> {
    let days = i32::try_from(days).ok().filter(|d| (-719_528..=2_932_896).contains(d))?;
    Some(Date::from_days(days))
}

fn date_of_micros(micros: i64, zone: &TimeZone) -> Option<Date> {
    (-62_167_219_200_000_000..=253_402_207_200_999_999).contains(&micros).then(|| Instant::from_micros(micros).date_in(zone))
}

fn first_day(unit: Unit, day: civil::Date) -> civil::Date {
    match unit {
        Unit::Day => day,
        Unit::Week => day.iso_week_date().first_of_week().map_or(day, civil::ISOWeekDate::date),
        Unit::Month => day.first_of_month(),
        Unit::Quarter => civil::Date::new(day.year(), quarter(day) * 3 - 2, 1).unwrap_or(day),
        Unit::Year => day.first_of_year(),
    }
}

fn quarter(day: civil::Date) -> i8 {
    (day.month() - 1) / 3 + 1
}

fn bucket(unit: Unit, day: civil::Date) -> String {
    match unit {
        Unit::Day => day.to_string(),
        Unit::Week => {
            let week = day.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        Unit::Month => format!("{:04}-{:02}", day.year(), day.month()),
        Unit::Quarter => format!("{:04}-Q{}", day.year(), quarter(day)),
        Unit::Year => format!("{:04}", day.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_numbers_sort_as_numbers_do() {
        let numbers: Vec<Number> = ["-999999999999999", "-2", "-0.0000000001", "0", "0.0000000001", "1", "999999999999999.9"]
            .iter()
            .map(|n| n.parse().unwrap())
            .collect();
        assert!(numbers.windows(2).all(|w| encode(w[0]) < encode(w[1])));
        assert!(numbers.iter().all(|n| decode(&encode(*n)) == Some(*n)));
    }

    #[test]
    fn buckets_are_named_by_their_calendar() {
        let day = civil::date(2027, 1, 2);
        assert_eq!(Unit::ALL.map(|u| bucket(u, day)), ["2027", "2027-Q1", "2027-01", "2026-W53", "2027-01-02"]);
        assert_eq!(first_day(Unit::Week, day), civil::date(2026, 12, 28));
        assert_eq!(first_day(Unit::Quarter, civil::date(2026, 12, 31)), civil::date(2026, 10, 1));
    }
}
