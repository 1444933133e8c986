//! Pieces of expressions mean the same in memory and in both databases.

use std::str::FromStr;

use base::{Date, Instant, Number};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use store::{Arithmetic, Dialect, Param, Sql, Unit};

use crate::bench::{Bench, on_each};

fn typed(dialect: Dialect, param: impl Into<Param>) -> Sql {
    let mut sql = Sql::new(dialect);
    sql.bind_typed(param);
    sql
}

fn selected(pieces: Vec<Sql>, dialect: Dialect) -> Sql {
    let mut sql = Sql::raw(dialect, "select ");
    sql.append_each(pieces, ", ");
    sql
}

/// The same random cases on each database.
fn check<S: Strategy>(bench: &Bench, cases: u32, strategy: S, test: impl Fn(&Bench, S::Value)) {
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    runner
        .run(&strategy, |value| {
            test(bench, value);
            Ok(())
        })
        .unwrap();
}

fn number() -> impl Strategy<Value = Number> {
    let limit = 10_i128.pow(25);
    prop_oneof![
        (-limit + 1..limit).prop_map(|raw| Number::from_raw(raw).unwrap()),
        (-1_000_000_000_000_i128..1_000_000_000_000).prop_map(|raw| Number::from_raw(raw).unwrap()),
        (-100_i64..100).prop_map(|n| Number::from_i64(n).unwrap()),
        (-100_000_i64..100_000).prop_map(|n| Number::from_scaled(n, 2).unwrap()),
        Just(Number::ZERO),
        Just(Number::from_raw(limit - 1).unwrap()),
        Just(Number::from_raw(1).unwrap()),
    ]
}

fn integer() -> impl Strategy<Value = i64> {
    prop_oneof![any::<i64>(), -50_i64..50, Just(i64::MIN), Just(i64::MAX), Just(-1), Just(0), -4_000_000_000_i64..4_000_000_000]
}

#[test]
fn numbers_are_computed_as_in_memory() {
    on_each(|bench| {
        let d = bench.store.dialect();
        check(bench, 400, (number(), number()), |bench, (a, b)| {
            let operations = [Arithmetic::Add, Arithmetic::Sub, Arithmetic::Mul, Arithmetic::Div];
            let mut pieces: Vec<Sql> = operations.iter().map(|o| d.arithmetic(*o, typed(d, a), typed(d, b))).collect();
            pieces.push(d.negate(typed(d, a)));
            let found = bench.one(&selected(pieces, d), |row| (0..5).map(|i| row.number(i)).collect::<Result<Vec<_>, _>>());
            assert_eq!(found, [a.add(b), a.sub(b), a.mul(b), a.div(b), Some(a.neg())], "{a} and {b}");
            let mut sql = Sql::raw(d, "select ");
            for (i, operator) in ["<", "=", ">="].iter().enumerate() {
                sql.push(if i > 0 { ", " } else { "" }).append(typed(d, a)).push(operator).append(typed(d, b));
            }
            assert_eq!(bench.one(&sql, |row| Ok((row.must_bool(0)?, row.must_bool(1)?, row.must_bool(2)?))), (a < b, a == b, a >= b));
        });
    });
}

#[test]
fn nested_arithmetic_stays_exact_and_absence_spreads() {
    on_each(|bench| {
        let d = bench.store.dialect();
        check(bench, 150, (number(), number(), number(), number()), |bench, (a, b, c, e)| {
            let inner = d.arithmetic(Arithmetic::Mul, d.arithmetic(Arithmetic::Add, typed(d, a), typed(d, b)), typed(d, c));
            let outer = d.arithmetic(Arithmetic::Sub, d.arithmetic(Arithmetic::Div, inner, typed(d, e)), typed(d, a));
            let wanted = a.add(b).and_then(|x| x.mul(c)).and_then(|x| x.div(e)).and_then(|x| x.sub(a));
            assert_eq!(bench.one(&selected(vec![outer], d), |row| row.number(0)), wanted, "{a} {b} {c} {e}");
        });
    });
}

#[test]
fn integers_are_checked_as_in_memory() {
    on_each(|bench| {
        let d = bench.store.dialect();
        check(bench, 400, (integer(), integer()), |bench, (a, b)| {
            let operations = [Arithmetic::Add, Arithmetic::Sub, Arithmetic::Mul, Arithmetic::Div, Arithmetic::Mod];
            let pieces: Vec<Sql> = operations.iter().map(|o| d.integer(*o, typed(d, a), typed(d, b))).collect();
            let found = bench.one(&selected(pieces, d), |row| (0..5).map(|i| row.int(i)).collect::<Result<Vec<_>, _>>());
            assert_eq!(found, [a.checked_add(b), a.checked_sub(b), a.checked_mul(b), a.checked_div(b), a.checked_rem(b)], "{a} and {b}");
        });
    });
}

#[test]
fn columns_of_a_scale_become_numbers_and_sum_exactly() {
    on_each(|bench| {
        let d = bench.store.dialect();
        bench.define("create table amount (n {int}, a {int})");
        check(bench, 60, (integer(), 0_u32..=10), |bench, (n, scale)| {
            let found = bench.one(&selected(vec![d.number_from_scaled(typed(d, n), scale)], d), |row| row.number(0));
            assert_eq!(found, Number::from_scaled(n, scale), "{n} at {scale}");
        });
        for (n, a) in [(1, 1_234_567), (2, -67), (3, i64::MAX), (4, i64::MAX - 1), (5, i64::MAX)] {
            bench.run("insert into amount values (?1, ?2)", [n.into(), a.into()]).unwrap();
        }
        bench.run("insert into amount values (6, null)", []).unwrap();
        let sums = |below: i64| {
            let column = || Sql::raw(d, "a");
            let mut sql =
                selected(vec![d.sum_scaled(column(), 4), d.sum(d.number_from_scaled(column(), 4)), d.float(d.sum_scaled(column(), 4))], d);
            sql.push(" from amount where n < ").bind(below);
            bench.one(&sql, |row| Ok((row.number(0)?, row.number(1)?, row.float(2)?)))
        };
        let number = |text: &str| Some(Number::from_str(text).unwrap());
        assert_eq!(sums(3), (number("123.45"), number("123.45"), Some(123.45)));
        assert_eq!(sums(4), (number("922337203685601.0307"), number("922337203685601.0307"), Some(922_337_203_685_601.030_7)));
        assert_eq!(sums(6), (None, None, None));
        assert_eq!(sums(0), (None, None, None));
    });
}

#[test]
fn numbers_group_and_sort() {
    on_each(|bench| {
        let d = bench.store.dialect();
        bench.define("create table amount (n {int}, a {int})");
        for (n, a) in [(1, 500), (2, -500), (3, 1_000), (4, 500), (5, 9)] {
            bench.run("insert into amount values (?1, ?2)", [n.into(), a.into()]).unwrap();
        }
        let half =
            || d.arithmetic(Arithmetic::Div, d.number_from_scaled(Sql::raw(d, "amount.a"), 2), d.number_from_integer(Sql::raw(d, "2")));
        let mut sql = selected(vec![half(), Sql::raw(d, "count(*)")], d);
        sql.push(" from amount group by ").append(half()).push(" order by ").append(half());
        let found = bench.store.read(|tx| tx.all(&sql, |row| Ok((row.number(0)?.unwrap().to_text(0), row.must_int(1)?)))).unwrap();
        let wanted = [("-2.5", 1), ("0.045", 1), ("2.5", 2), ("5", 1)].map(|(n, count)| (n.to_string(), count));
        assert_eq!(found, wanted);
    });
}

fn word() -> impl Strategy<Value = String> {
    "[ab李é%_' ]{0,6}"
}

#[test]
fn pieces_of_text_are_found_as_in_memory() {
    on_each(|bench| {
        let d = bench.store.dialect();
        bench.define("create table word (w {text})");
        check(bench, 300, (word(), word()), |bench, (text, piece)| {
            let pair = || (typed(d, text.as_str()), typed(d, piece.as_str()));
            let ((a, b), (c, e), (f, g)) = (pair(), pair(), pair());
            let sql = selected(vec![d.contains(a, b), d.starts(c, e), d.ends(f, g)], d);
            let found = bench.one(&sql, |row| Ok((row.must_bool(0)?, row.must_bool(1)?, row.must_bool(2)?)));
            assert_eq!(found, (text.contains(&piece), text.starts_with(&piece), text.ends_with(&piece)), "{text:?} {piece:?}");
            let mut ranged = Sql::raw(d, "select count(*) from (select ");
            ranged.append(typed(d, text.as_str())).push(" as w) as t where ");
            d.starts_with(&mut ranged, "t.w", &piece);
            assert_eq!(bench.one(&ranged, |row| row.must_int(0)), i64::from(text.starts_with(&piece)), "{text:?} {piece:?}");
        });
        for text in ["ABC Ärger", "ΣΑΣ", "ŁÓDŹ", "İ", "ẞ"] {
            let lower = bench.one(&selected(vec![d.lower(typed(d, text))], d), |row| row.must_text(0).map(str::to_string));
            assert_eq!(lower, text.to_lowercase());
        }
    });
}

const ZONES: [&str; 5] = ["UTC", "Europe/Rome", "America/New_York", "Asia/Shanghai", "America/Sao_Paulo"];

fn micros() -> impl Strategy<Value = i64> {
    // 1900 to 2037: later years depend on how far the tables of zones were written out.
    -2_208_988_800_000_000_i64..2_145_000_000_000_000
}

fn first_day(unit: Unit, day: Date) -> Date {
    let day = day.civil();
    let back = match unit {
        Unit::Day => 0,
        Unit::Week => i64::from(day.weekday().to_monday_zero_offset()),
        Unit::Month => i64::from(day.day()) - 1,
        Unit::Year => i64::from(day.day_of_year()) - 1,
        Unit::Quarter => {
            let start = Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).unwrap();
            i64::from(Date::from_civil(day).days() - start.days())
        }
    };
    Date::from_civil(day).plus_days(-back)
}

#[test]
fn the_calendar_is_the_same_everywhere() {
    on_each(|bench| {
        let d = bench.store.dialect();
        check(bench, 300, (micros(), 0..ZONES.len()), |bench, (micros, zone)| {
            let zone = ZONES[zone];
            let tz = TimeZone::get(zone).unwrap();
            let (at, day) = (Instant::from_micros(micros), Instant::from_micros(micros).date_in(&tz));
            let pieces = vec![
                d.micros(typed(d, at)),
                d.date(typed(d, at), zone),
                d.date_from_micros(typed(d, micros), zone),
                d.days(typed(d, day)),
                d.date_from_days(typed(d, i64::from(day.days()))),
                d.start_micros(typed(d, day), zone),
            ];
            bench.one(&selected(pieces, d), |row| {
                assert_eq!(row.int(0)?, Some(micros));
                assert_eq!((row.date(1)?, row.date(2)?), (Some(day), Some(day)), "{at} in {zone}");
                assert_eq!((row.int(3)?, row.date(4)?), (Some(i64::from(day.days())), Some(day)));
                assert_eq!(row.int(5)?, Some(day.start_in(&tz).micros()), "{day} in {zone}");
                Ok(())
            });
            for unit in Unit::ALL {
                let pieces = vec![d.start_of(unit, typed(d, day)), d.bucket(unit, typed(d, at), zone), d.bucket_date(unit, typed(d, day))];
                bench.one(&selected(pieces, d), |row| {
                    assert_eq!(row.date(0)?, Some(first_day(unit, day)), "{unit:?} of {day}");
                    assert_eq!(row.text(1)?, row.text(2)?);
                    let wanted = match unit {
                        Unit::Day => day.to_string(),
                        Unit::Month => day.to_string()[..7].to_string(),
                        Unit::Year => day.to_string()[..4].to_string(),
                        Unit::Quarter => format!("{:04}-Q{}", day.civil().year(), (day.civil().month() - 1) / 3 + 1),
                        Unit::Week => format!("{:04}-W{:02}", day.civil().iso_week_date().year(), day.civil().iso_week_date().week()),
                    };
                    assert_eq!(row.text(1)?, Some(wanted.as_str()));
                    Ok(())
                });
            }
        });
    });
}

#[test]
fn midnights_that_do_not_exist_or_come_twice_are_the_first_moment_of_the_day() {
    on_each(|bench| {
        let d = bench.store.dialect();
        // Clocks went ahead at midnight, clocks went back from one to midnight.
        for (zone, day) in [("America/Sao_Paulo", "2018-11-04"), ("America/Havana", "2023-11-05"), ("Europe/Rome", "2026-03-29")] {
            let tz = TimeZone::get(zone).unwrap();
            let day: Date = day.parse().unwrap();
            let found = bench.one(&selected(vec![d.start_micros(typed(d, day), zone)], d), |row| row.must_int(0));
            assert_eq!(Instant::from_micros(found), day.start_in(&tz), "{day} in {zone}");
            assert_eq!(Instant::from_micros(found).date_in(&tz), day);
        }
    });
}

#[test]
fn what_lies_outside_the_calendar_is_absent() {
    on_each(|bench| {
        let d = bench.store.dialect();
        let far = i64::MAX;
        let pieces = vec![
            d.date_from_micros(typed(d, far), "UTC"),
            d.date_from_days(typed(d, far)),
            d.date_from_days(typed(d, 2_932_897)),
            d.date_from_days(typed(d, 2_932_896)),
            d.integer(Arithmetic::Add, d.micros(typed(d, Instant::from_micros(5))), typed(d, far)),
        ];
        bench.one(&selected(pieces, d), |row| {
            assert_eq!((row.date(0)?, row.date(1)?, row.date(2)?), (None, None, None));
            assert_eq!((row.date(3)?, row.int(4)?), (Some("9999-12-31".parse()?), None));
            Ok(())
        });
    });
}

#[test]
fn buckets_can_be_grouped_by() {
    on_each(|bench| {
        let d = bench.store.dialect();
        bench.define("create table visit (at {instant})");
        for text in ["2026-01-31T23:30:00Z", "2026-02-01T00:30:00Z", "2026-01-15T12:00:00Z"] {
            bench.run("insert into visit values (?1)", [text.parse::<Instant>().unwrap().into()]).unwrap();
        }
        let month = || d.bucket(Unit::Month, Sql::raw(d, "visit.at"), "Europe/Rome");
        let mut sql = selected(vec![month(), Sql::raw(d, "count(*)")], d);
        sql.push(" from visit group by ").append(month()).push(" order by 1");
        let found = bench.store.read(|tx| tx.all(&sql, |row| Ok((row.must_text(0)?.to_string(), row.must_int(1)?)))).unwrap();
        assert_eq!(found, [("2026-01".to_string(), 1), ("2026-02".to_string(), 2)]);
    });
}
