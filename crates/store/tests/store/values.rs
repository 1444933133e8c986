//! What goes in comes out.

use base::{Code, Date, Id, Instant, Number};
use store::{Param, Sql};

use crate::bench::on_each;

const ALL: &str = "create table all_kinds (n {int}, id {id}, yes {bool}, amount {int}, ratio {float}, name {text}, key {bytes}, day {date}, at {instant})";
const SELECT: &str = "select id, yes, amount, ratio, name, key, day, at from all_kinds where n = ?1";

#[test]
fn every_kind_of_column_keeps_its_value() {
    on_each(|bench| {
        bench.define(ALL);
        let id = Id::new();
        let day = Date::new(2024, 2, 29).unwrap();
        let at = Instant::from_micros(1_767_225_600_123_456);
        let params: Vec<Param> = vec![
            1.into(),
            id.into(),
            true.into(),
            i64::MIN.into(),
            0.1.into(),
            "李小龍 – Łódź 🜁 'quoted'".into(),
            vec![0_u8, 255, 1].into(),
            day.into(),
            at.into(),
        ];
        bench.run("insert into all_kinds values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", params).unwrap();
        bench.one(&bench.sql(SELECT, [1.into()]), |row| {
            assert_eq!(row.id(0)?, Some(id));
            assert_eq!(row.bool(1)?, Some(true));
            assert_eq!(row.int(2)?, Some(i64::MIN));
            assert_eq!(row.float(3)?, Some(0.1));
            assert_eq!(row.text(4)?, Some("李小龍 – Łódź 🜁 'quoted'"));
            assert_eq!(row.bytes(5)?, Some([0_u8, 255, 1].as_slice()));
            assert_eq!(row.date(6)?, Some(day));
            assert_eq!(row.instant(7)?, Some(at));
            Ok(())
        });
    });
}

#[test]
fn null_is_null_in_every_kind_and_empty_is_not() {
    on_each(|bench| {
        bench.define(ALL);
        let nulls = std::iter::once(Param::from(1)).chain((0..8).map(|_| Param::Null));
        bench.run("insert into all_kinds values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", nulls).unwrap();
        bench.one(&bench.sql(SELECT, [1.into()]), |row| {
            assert!((0..8).all(|i| row.is_null(i).unwrap()));
            assert_eq!((row.id(0)?, row.bool(1)?, row.int(2)?, row.float(3)?), (None, None, None, None));
            assert_eq!((row.text(4)?, row.bytes(5)?, row.date(6)?, row.instant(7)?), (None, None, None, None));
            assert!(row.must_text(4).is_err());
            Ok(())
        });
        bench.run("insert into all_kinds (n, name, key) values (?1, ?2, ?3)", [2.into(), "".into(), Vec::<u8>::new().into()]).unwrap();
        bench.one(&bench.sql(SELECT, [2.into()]), |row| {
            assert_eq!(row.text(4)?, Some(""));
            assert_eq!(row.bytes(5)?, Some([].as_slice()));
            Ok(())
        });
    });
}

#[test]
fn moments_and_days_reach_far_back_and_ahead() {
    on_each(|bench| {
        bench.define(ALL);
        for (n, day, micros) in
            [(1, "0001-01-01", -62_135_596_800_000_000), (2, "9999-12-31", 253_402_300_799_999_999), (3, "1969-12-31", -1)]
        {
            let day: Date = day.parse().unwrap();
            let at = Instant::from_micros(micros);
            bench.run("insert into all_kinds (n, day, at) values (?1, ?2, ?3)", [n.into(), day.into(), at.into()]).unwrap();
            let read = bench.one(&bench.sql(SELECT, [n.into()]), |row| Ok((row.date(6)?, row.instant(7)?)));
            assert_eq!(read, (Some(day), Some(at)));
        }
        let sorted = bench.ints("select n from all_kinds order by day", []);
        assert_eq!(sorted, [1, 3, 2]);
    });
}

#[test]
fn text_sorts_byte_by_byte() {
    on_each(|bench| {
        bench.define("create table word (n {int}, w {text})");
        for (n, w) in [(1, "b"), (2, "B"), (3, "a"), (4, "Z"), (5, "é"), (6, "ab"), (7, "a b")] {
            bench.run("insert into word values (?1, ?2)", [n.into(), w.into()]).unwrap();
        }
        assert_eq!(bench.ints("select n from word order by w", []), [2, 4, 3, 7, 6, 1, 5]);
    });
}

#[test]
fn lists_find_their_members() {
    on_each(|bench| {
        bench.define("create table member (n {int}, id {id}, name {text})");
        let ids: Vec<Id> = (0..5).map(|_| Id::new()).collect();
        for (n, id) in ids.iter().enumerate() {
            let n = i64::try_from(n).unwrap();
            bench.run("insert into member values (?1, ?2, ?3)", [n.into(), (*id).into(), format!("m{n}").into()]).unwrap();
        }
        let count = |list: Param, column: &str| {
            let mut sql = Sql::raw(bench.store.dialect(), "select n from member where ");
            bench.store.dialect().any(&mut sql, column, list);
            sql.push(" order by n");
            bench.store.read(|tx| tx.all(&sql, |row| row.must_int(0))).unwrap()
        };
        assert_eq!(count(vec![ids[3], ids[1], Id::new()].into(), "id"), [1, 3]);
        assert_eq!(count(vec!["m0".to_string(), "m4".into(), "x".into()].into(), "name"), [0, 4]);
        assert_eq!(count(vec![2_i64, 2, 9].into(), "n"), [2]);
        assert!(count(Param::Ids(Vec::new()), "id").is_empty());
        let mut rows = Sql::raw(bench.store.dialect(), "select count(*) from (");
        rows.append(bench.store.dialect().rows_of(ids)).push(") as x");
        assert_eq!(bench.one(&rows, |row| row.must_int(0)), 5);
    });
}

#[test]
fn a_value_says_its_own_type_where_nothing_else_does() {
    on_each(|bench| {
        let id = Id::new();
        let number: Number = "12.5".parse().unwrap();
        let mut sql = Sql::raw(bench.store.dialect(), "select ");
        sql.bind_typed(id).push(", ").bind_typed("x").push(", ").bind_typed(5).push(", ").bind_typed(number).push(", ");
        sql.bind_typed(Instant::from_micros(7)).push(", coalesce(").bind_typed(Option::<i64>::None).push(", ").bind_typed(2).push(")");
        bench.one(&sql, |row| {
            assert_eq!((row.id(0)?, row.text(1)?, row.int(2)?), (Some(id), Some("x"), Some(5)));
            assert_eq!((row.number(3)?, row.instant(4)?, row.int(5)?), (Some(number), Some(Instant::from_micros(7)), Some(2)));
            Ok(())
        });
    });
}

#[test]
fn a_column_is_not_read_as_what_it_is_not() {
    on_each(|bench| {
        let mut sql = Sql::raw(bench.store.dialect(), "select ");
        sql.bind_typed("text");
        let wrong = bench.store.read(|tx| tx.first(&sql, |row| row.int(0))).unwrap_err();
        assert_eq!(wrong.code(), Code::Internal);
    });
}

#[test]
fn the_character_of_code_zero_is_refused() {
    on_each(|bench| {
        bench.define("create table note (t {text})");
        assert_eq!(bench.run("insert into note values (?1)", ["a\0b".into()]).unwrap_err().code(), Code::Invalid);
    });
}
