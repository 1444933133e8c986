//! What the planner of queries knows of the data.

use store::{Dialect, Sql, Store};

use crate::bench::Bench;

/// Thirty thousand things of two kinds and of ten thousand owners.
fn many(bench: &Bench) {
    bench.define("create table thing (n {int} not null, kind {text} not null, owner {int} not null)");
    bench.define("create index thing__kind__n on thing (kind, n)");
    bench.define("create index thing__owner on thing (owner)");
    let text = "with recursive counted(n) as (select 0 union all select n + 1 from counted where n < 29999)
                insert into thing select n, case when n % 2 = 0 then 'open' else 'done' end, n % 10000 from counted";
    assert_eq!(bench.run(text, []).unwrap(), 30_000);
}

/// How it is found which things of an owner are open, in their order. A connection notices new statistics when it asks
/// the data; what it has planned before it would only repeat, so the statement is another one each time.
fn way(store: &Store, time: u32) -> String {
    let raw = |text: String| Sql::raw(Dialect::Sqlite, text);
    let plan = raw(format!("explain query plan select n from thing where kind = 'open' and owner = 7 and n > -{time} order by n"));
    let found = store.read(|tx| {
        tx.first(&raw("select count(*) from thing where owner = 7".to_string()), |row| row.must_int(0))?;
        tx.first(&plan, |row| Ok(row.must_text(3)?.to_string()))
    });
    found.unwrap().unwrap()
}

#[test]
fn what_tells_most_is_asked_first_once_the_data_was_looked_at() {
    let bench = Bench::sqlite();
    many(&bench);
    let before = way(&bench.store, 1);
    assert!(before.contains("thing__kind__n"), "nothing is known yet: {before}");
    bench.store.optimize().unwrap();
    let after = way(&bench.store, 2);
    assert!(after.contains("thing__owner"), "connections that were open before know it, too: {after}");
    bench.store.optimize().unwrap();
}

#[test]
fn a_store_that_is_closed_leaves_what_was_learnt_of_all_rows() {
    let bench = Bench::sqlite();
    many(&bench);
    bench.store.close();
    let again = bench.again();
    let way = way(&again, 1);
    assert!(way.contains("thing__owner"), "{way}");
    let sql = Sql::raw(Dialect::Sqlite, "select stat from sqlite_stat1 where idx = 'thing__kind__n'");
    let stat = again.read(|tx| tx.first(&sql, |row| Ok(row.must_text(0)?.to_string()))).unwrap().unwrap();
    assert_eq!(stat, "30000 15000 1");
    again.close();
}
