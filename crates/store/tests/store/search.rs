//! Finding records by their words.

use base::Id;
use store::{Sql, search_index, search_remove, search_replace};

use crate::bench::{Bench, on_each};

fn words(text: &str) -> Vec<String> {
    text.split(' ').filter(|w| !w.is_empty()).map(ToString::to_string).collect()
}

/// The id of the record with this row number.
fn id(rid: i64) -> Id {
    format!("00000000-0000-7000-8000-{rid:012}").parse().unwrap()
}

fn add(bench: &Bench, rid: i64, text: &str) {
    bench.run("insert into contact values (?1, ?2)", [rid.into(), id(rid).into()]).unwrap();
    put(bench, rid, text);
}

fn put(bench: &Bench, rid: i64, text: &str) {
    let list = words(text);
    bench.store.write(move |tx| tx.execute(&search_replace(tx.dialect(), "contact", id(rid), &list))).unwrap();
}

fn find(bench: &Bench, text: &str, is_last_prefix: bool, hits: u32) -> Vec<i64> {
    let mut sql = Sql::raw(bench.store.dialect(), "select r.rid from contact as r where ");
    bench.store.dialect().search_match(&mut sql, "r", "contact", &words(text), is_last_prefix, hits);
    sql.push(" order by r.rid");
    bench.store.read(|tx| tx.all(&sql, |row| row.must_int(0))).unwrap()
}

fn ready(bench: &Bench) {
    bench.define("create table contact (rid {int} primary key, id {id})");
    let statements = search_index(bench.store.dialect(), "contact");
    bench.store.write(move |tx| statements.iter().try_for_each(|sql| tx.define(sql))).unwrap();
    add(bench, 1, "maria rossi milano rossi");
    add(bench, 2, "mario rossi roma");
    add(bench, 3, "王 小明 wang xiaoming wangxiaoming");
    add(bench, 4, "c++ o'brien back\\slash \"quoted\"");
}

#[test]
fn all_words_must_be_there_and_the_last_may_be_unfinished() {
    on_each(|bench| {
        ready(bench);
        assert_eq!(find(bench, "rossi", false, 10), [1, 2]);
        assert_eq!(find(bench, "rossi maria", false, 10), [1]);
        assert!(find(bench, "mari", false, 10).is_empty());
        assert_eq!(find(bench, "mari", true, 10), [1, 2]);
        assert_eq!(find(bench, "rossi r", true, 10), [1, 2]);
        assert_eq!(find(bench, "rossi ro", true, 10), [1, 2]);
        assert_eq!(find(bench, "rossi rom", true, 10), [2]);
        assert_eq!(find(bench, "小明", false, 10), [3]);
        assert_eq!(find(bench, "小", true, 10), [3]);
        assert_eq!(find(bench, "wangx", true, 10), [3]);
        assert!(find(bench, "", true, 10).is_empty());
    });
}

#[test]
fn marks_within_words_are_no_syntax() {
    on_each(|bench| {
        ready(bench);
        for text in ["c++", "o'brien", "back\\slash", "\"quoted\"", "c++ o'b"] {
            assert_eq!(find(bench, text, true, 10), [4], "{text}");
        }
        for text in ["OR", "a*", "NEAR(", "-", "words:rossi", "!", "&", "'", "\\"] {
            assert!(find(bench, text, false, 10).is_empty(), "{text}");
        }
    });
}

#[test]
fn new_words_replace_the_old_and_removed_records_are_not_found() {
    on_each(|bench| {
        ready(bench);
        put(bench, 1, "giulia verdi");
        assert_eq!(find(bench, "rossi", false, 10), [2]);
        assert_eq!(find(bench, "verdi", false, 10), [1]);
        bench.store.write(|tx| tx.execute(&search_remove(tx.dialect(), "contact", id(1)))).unwrap();
        assert!(find(bench, "verdi", false, 10).is_empty());
        put(bench, 1, "");
        put(bench, 1, "rossi");
        assert_eq!(find(bench, "rossi", false, 10), [1, 2]);
    });
}

#[test]
fn a_frequent_word_gives_the_newest_records() {
    on_each(|bench| {
        ready(bench);
        for rid in 10..30 {
            add(bench, rid, "frequent");
        }
        assert_eq!(find(bench, "frequent", false, 3), [27, 28, 29]);
        assert_eq!(find(bench, "freq", true, 3), [27, 28, 29]);
        let sql = bench.store.dialect().search_hits("contact", &words("frequent"), false, 2);
        assert_eq!(bench.store.read(|tx| tx.all(&sql, |row| row.must_int(0))).unwrap(), [29, 28]);
    });
}

#[test]
fn where_it_pays_only_the_newest_records_are_looked_through() {
    on_each(|bench| {
        ready(bench);
        (10..30).for_each(|rid| add(bench, rid, if rid % 2 == 0 { "frequent even" } else { "frequent" }));
        let look = |text: &str, is_prefix: bool, rows: u32| {
            let mut sql = Sql::raw(bench.store.dialect(), "select r.rid from contact as r where ");
            let is_there = bench.store.dialect().search_newest(&mut sql, "r", "contact", &words(text), is_prefix, rows);
            sql.push(" order by r.rid desc");
            is_there.then(|| bench.store.read(|tx| tx.all(&sql, |row| row.must_int(0))).unwrap())
        };
        for (text, is_prefix, rows, found) in [
            ("frequent", false, 3, vec![29, 28, 27]),
            ("freq", true, 3, vec![29, 28, 27]),
            ("freq", false, 3, vec![]),
            ("even", false, 3, vec![28]),
            ("frequent even", false, 100, (5..15).rev().map(|n| 2 * n).collect()),
            ("o'brien", false, 100, vec![4]),
            ("", false, 100, vec![]),
        ] {
            let expected = (bench.store.dialect() == store::Dialect::Postgres).then_some(found);
            assert_eq!(look(text, is_prefix, rows), expected, "{text}");
        }
    });
}

#[test]
fn a_word_that_thousands_have_gives_the_newest_and_a_rare_one_all() {
    on_each(|bench| {
        ready(bench);
        let dialect = bench.store.dialect();
        let row = |rid: i64| {
            let text = if rid % 2_000 == 0 { "everywhere seldom" } else { "everywhere" };
            let contact = Sql::fill(dialect, "insert into contact values (?1, ?2)", [rid.into(), id(rid).into()]);
            [contact, search_replace(dialect, "contact", id(rid), &words(text))]
        };
        let all: Vec<Sql> = (10..5_010).flat_map(row).collect();
        bench.store.write(move |tx| tx.execute_later(all.clone())).unwrap();
        assert_eq!(find(bench, "every", true, 3), [5_007, 5_008, 5_009]);
        assert_eq!(find(bench, "seldom", false, 10), [2_000, 4_000]);
        assert_eq!(find(bench, "everywhere", false, u32::MAX).len(), 5_000);
        assert_eq!(find(bench, "everywhere sel", true, 1), [4_000]);
        let most = find(bench, "everywhere", false, 4_000);
        assert_eq!(most, (1_010..5_010).collect::<Vec<_>>());
    });
}

#[test]
fn words_taken_back_with_their_transaction_are_not_found() {
    on_each(|bench| {
        ready(bench);
        let failed = bench.store.write(|tx| {
            tx.execute(&search_replace(tx.dialect(), "contact", id(1), &words("gone")))?;
            Err::<(), _>(base::Error::invalid("no"))
        });
        assert!(failed.is_err());
        assert!(find(bench, "gone", false, 10).is_empty());
        assert_eq!(find(bench, "maria", false, 10), [1]);
    });
}
