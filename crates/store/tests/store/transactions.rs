//! What commits, what does not, and who is told.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier, mpsc};
use std::time::{Duration, Instant};

use base::{Code, Error};
use store::{Dialect, Location, Options, Sql, Store, ViolationKind, violation};

use crate::bench::{Bench, insert, on_each, things};

#[test]
fn eight_writers_at_once_lose_nothing() {
    on_each(|bench| {
        things(bench);
        let begin = Instant::now();
        let (writers, each) = (8, 100);
        std::thread::scope(|scope| {
            for writer in 0..writers {
                let store = bench.store.clone();
                scope.spawn(move || {
                    for n in 0..each {
                        store.write(move |tx| insert(tx, writer * each + n)).unwrap();
                    }
                });
            }
        });
        let seconds = begin.elapsed().as_secs_f64();
        eprintln!(
            "{:?}: {:.0} durable writes a second",
            bench.store.dialect(),
            f64::from(u32::try_from(writers * each).unwrap()) / seconds
        );
        assert_eq!(bench.ints("select n from thing order by n", []), (0..writers * each).collect::<Vec<_>>());
    });
}

#[test]
fn a_failing_neighbour_takes_only_itself_back() {
    on_each(|bench| {
        things(bench);
        let gate = Arc::new(Barrier::new(9));
        std::thread::scope(|scope| {
            let gate = &gate;
            for n in 0..8_i64 {
                let store = bench.store.clone();
                scope.spawn(move || {
                    gate.wait();
                    let outcome = store.write(move |tx| {
                        insert(tx, n)?;
                        if n % 2 == 1 { Err(Error::invalid("odd")) } else { Ok(n) }
                    });
                    assert_eq!(outcome.is_ok(), n % 2 == 0);
                });
            }
            gate.wait();
        });
        assert_eq!(bench.ints("select n from thing order by n", []), [0, 2, 4, 6]);
    });
}

#[test]
fn a_panic_is_an_internal_error_and_the_store_goes_on() {
    on_each(|bench| {
        things(bench);
        let error = bench.store.write(|tx| -> base::Result<()> { insert(tx, 1).map(|_| panic!("on purpose")) }).unwrap_err();
        assert_eq!(error.code(), Code::Internal);
        assert!(error.cause().unwrap().to_string().contains("on purpose"));
        assert!(bench.store.read(|_| -> base::Result<()> { panic!("on purpose") }).is_err());
        bench.store.write(|tx| insert(tx, 2)).unwrap();
        assert_eq!(bench.ints("select n from thing", []), [2]);
    });
}

#[test]
fn a_savepoint_is_taken_back_alone() {
    on_each(|bench| {
        things(bench);
        bench
            .store
            .write(|tx| {
                insert(tx, 1)?;
                let inner = tx.savepoint(|tx| {
                    insert(tx, 2)?;
                    tx.savepoint(|tx| insert(tx, 3))?;
                    Err::<(), _>(Error::invalid("no"))
                });
                assert_eq!(inner.unwrap_err().code(), Code::Invalid);
                tx.savepoint(|tx| {
                    insert(tx, 4)?;
                    let twice = tx.savepoint(|tx| insert(tx, 1)).unwrap_err();
                    assert_eq!(twice.code(), Code::Conflict);
                    insert(tx, 5)
                })
            })
            .unwrap();
        assert_eq!(bench.ints("select n from thing order by n", []), [1, 4, 5]);
    });
}

#[test]
fn a_transaction_does_not_go_on_after_a_failed_statement() {
    on_each(|bench| {
        things(bench);
        let swallowed = bench.store.write(|tx| {
            insert(tx, 1)?;
            let _ = insert(tx, 1);
            Ok(())
        });
        assert_eq!(swallowed.unwrap_err().code(), Code::Internal);
        assert!(bench.ints("select n from thing", []).is_empty());
    });
}

#[test]
fn a_retryable_error_runs_the_closure_again_and_an_ordinary_one_does_not() {
    on_each(|bench| {
        things(bench);
        let runs = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&runs);
        let ran = bench.store.write(move |tx| {
            let run = counted.fetch_add(1, Ordering::SeqCst) + 1;
            insert(tx, i64::from(run))?;
            if run < 3 { Err(Error::conflict("stale").retryable()) } else { Ok(run) }
        });
        assert_eq!(ran.unwrap(), 3);
        assert_eq!(bench.ints("select n from thing", []), [3]);
        runs.store(0, Ordering::SeqCst);
        let counted = Arc::clone(&runs);
        let error = bench.store.write(move |_| -> base::Result<()> {
            counted.fetch_add(1, Ordering::SeqCst);
            Err(Error::conflict("always").retryable())
        });
        assert_eq!((error.unwrap_err().code(), runs.load(Ordering::SeqCst)), (Code::Conflict, 5));
        runs.store(0, Ordering::SeqCst);
        let counted = Arc::clone(&runs);
        let error = bench.store.write(move |_| -> base::Result<()> {
            counted.fetch_add(1, Ordering::SeqCst);
            Err(Error::conflict("once"))
        });
        assert_eq!((error.is_err(), runs.load(Ordering::SeqCst)), (true, 1));
    });
}

/// On SQLite there is one writer, so nobody collides; on PostgreSQL the two lock the same rows the other way round.
#[test]
fn two_that_lock_each_other_out_both_succeed() {
    on_each(|bench| {
        bench.define("create table account (n {int} primary key, sum {int} not null)");
        bench.run("insert into account values (1, 0), (2, 0)", []).unwrap();
        std::thread::scope(|scope| {
            for (first, second) in [(1_i64, 2_i64), (2, 1)] {
                let store = bench.store.clone();
                scope.spawn(move || {
                    for _ in 0..10 {
                        let outcome = store.write(move |tx| {
                            for n in [first, second] {
                                tx.execute(&Sql::fill(tx.dialect(), "update account set sum = sum + 1 where n = ?1", [n.into()]))?;
                                std::thread::yield_now();
                            }
                            Ok(())
                        });
                        outcome.unwrap();
                    }
                });
            }
        });
        assert_eq!(bench.ints("select sum from account", []), [20, 20]);
    });
}

#[test]
fn a_serialisation_failure_is_run_again() {
    on_each(|bench| {
        if bench.store.dialect() == Dialect::Sqlite {
            return;
        }
        bench.define("create table account (n {int} primary key, sum {int} not null)");
        bench.run("insert into account values (1, 0)", []).unwrap();
        let (store, runs) = (bench.store.clone(), Arc::new(AtomicU32::new(0)));
        let counted = Arc::clone(&runs);
        let (other, update) = (bench.store.clone(), "update account set sum = sum + 1 where n = 1");
        let ran = store.write(move |tx| {
            let run = counted.fetch_add(1, Ordering::SeqCst);
            tx.define(&Sql::raw(Dialect::Postgres, "set transaction isolation level repeatable read"))?;
            tx.first(&Sql::raw(Dialect::Postgres, "select sum from account"), |row| row.must_int(0))?;
            if run == 0 {
                let other = other.clone();
                std::thread::spawn(move || other.write(move |tx| tx.execute(&Sql::raw(Dialect::Postgres, update))).unwrap())
                    .join()
                    .unwrap();
            }
            tx.execute(&Sql::raw(Dialect::Postgres, update))
        });
        assert_eq!((ran.unwrap(), runs.load(Ordering::SeqCst)), (1, 2));
        assert_eq!(bench.ints("select sum from account", []), [2]);
    });
}

#[test]
fn broken_rules_are_conflicts_that_name_what_was_broken() {
    on_each(|bench| {
        bench.define("create table parent (id {id} primary key)");
        bench.define("create table child (n {int} not null check (n < 10), m {int}, parent {id} references parent (id))");
        bench.define("create unique index child__n__m on child (n, m)");
        bench.run("insert into child values (1, 1, null)", []).unwrap();
        let broken = |text: &str, params: Vec<store::Param>| {
            let error = bench.run(text, params).unwrap_err();
            assert_eq!(error.code(), Code::Conflict);
            violation(&error).unwrap().clone()
        };
        let unique = broken("insert into child values (1, 1, null)", vec![]);
        assert_eq!((unique.kind, unique.table.as_str()), (ViolationKind::Unique, "child"));
        assert_eq!(unique.columns, ["n", "m"]);
        let foreign = broken("insert into child values (2, 2, ?1)", vec![base::Id::new().into()]);
        assert_eq!(foreign.kind, ViolationKind::ForeignKey);
        assert_eq!(broken("insert into child values (11, 2, null)", vec![]).kind, ViolationKind::Check);
        let missing = broken("insert into child values (null, 2, null)", vec![]);
        assert_eq!((missing.kind, missing.columns.as_slice()), (ViolationKind::NotNull, ["n".to_string()].as_slice()));
    });
}

#[test]
fn reads_do_not_write() {
    on_each(|bench| {
        things(bench);
        assert!(bench.store.read(|tx| insert(tx, 1)).is_err());
        assert!(
            bench.store.read(|tx| tx.first(&Sql::raw(tx.dialect(), "insert into thing values (1) returning n"), |row| row.int(0))).is_err()
        );
        assert!(bench.ints("select n from thing", []).is_empty());
    });
}

#[test]
fn a_read_sees_what_was_committed_before_it() {
    on_each(|bench| {
        things(bench);
        for n in 0..20 {
            bench.store.write(move |tx| insert(tx, n)).unwrap();
            assert_eq!(bench.ints("select count(*) from thing", []), [n + 1]);
        }
    });
}

#[test]
fn a_transaction_within_a_transaction_is_refused() {
    on_each(|bench| {
        things(bench);
        let store = bench.store.clone();
        let within = bench.store.write(move |_| store.read(|_| Ok(())));
        assert_eq!(within.unwrap_err().code(), Code::Internal);
        let store = bench.store.clone();
        let within = bench.store.write(move |_| store.write(|_| Ok(())));
        assert_eq!(within.unwrap_err().code(), Code::Internal);
        assert!(bench.store.read(|_| bench.store.write(|_| Ok(()))).is_err());
        bench.store.read(|_| Ok(())).unwrap();
    });
}

#[test]
fn async_callers_read_and_write_on_threads_of_the_store() {
    on_each(|bench| {
        things(bench);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let writes: Vec<_> = (0..50)
                .map(|n| {
                    tokio::spawn({
                        let store = bench.store.clone();
                        async move { store.write_async(move |tx| insert(tx, n)).await }
                    })
                })
                .collect();
            for write in writes {
                write.await.unwrap().unwrap();
            }
            let mut runs = 0;
            let again = bench.store.write_async(move |_| {
                runs += 1;
                if runs < 3 { Err(Error::conflict("stale").retryable()) } else { Ok(runs) }
            });
            assert_eq!(again.await.unwrap(), 3);
            let count = bench.store.read_async(|tx| tx.first(&Sql::raw(tx.dialect(), "select count(*) from thing"), |row| row.must_int(0)));
            assert_eq!(count.await.unwrap(), Some(50));
            let panicked = bench.store.read_async(|_| -> base::Result<()> { panic!("on purpose") }).await;
            assert_eq!(panicked.unwrap_err().code(), Code::Internal);
        });
    });
}

#[test]
fn two_processes_write_side_by_side() {
    on_each(|bench| {
        things(bench);
        let other = bench.again();
        std::thread::scope(|scope| {
            for (offset, store) in [(0_i64, bench.store.clone()), (1, other.clone())] {
                scope.spawn(move || {
                    for n in 0..50 {
                        store.write(move |tx| insert(tx, n * 2 + offset)).unwrap();
                    }
                });
            }
        });
        assert_eq!(bench.ints("select count(*) from thing", []), [100]);
        other.close();
    });
}

#[test]
fn many_statements_travel_together_in_their_order() {
    on_each(|bench| {
        things(bench);
        let dialect = bench.store.dialect();
        let counted = bench.store.write(move |tx| {
            let mut all: Vec<Sql> = (0..600).map(|n| Sql::fill(dialect, "insert into thing values (?1)", [n.into()])).collect();
            all.push(Sql::raw(dialect, "delete from thing where n < 500"));
            tx.execute_later(all)?;
            tx.first(&Sql::raw(dialect, "select count(*) from thing"), |row| row.must_int(0))
        });
        assert_eq!(counted.unwrap(), Some(100));
        assert_eq!(bench.ints("select count(*) from thing", []), [100]);
        let broken = bench.store.write(move |tx| {
            let all: Vec<Sql> =
                [600, 601, 601, 602].iter().map(|n| Sql::fill(dialect, "insert into thing values (?1)", [(*n).into()])).collect();
            tx.execute_later(all)
        });
        assert_eq!(broken.unwrap_err().code(), Code::Conflict);
        assert_eq!(bench.ints("select count(*) from thing", []), [100]);
    });
}

/// Large enough that the second answer cannot arrive before the first was read.
#[test]
fn questions_asked_together_are_answered_in_their_order_however_long_the_answers() {
    on_each(|bench| {
        things(bench);
        let dialect = bench.store.dialect();
        let long = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) select i, ?1 from n";
        let told = bench.store.write(move |tx| {
            tx.execute_later(vec![Sql::raw(dialect, "insert into thing values (7)")])?;
            let questions: Vec<Sql> = (0..4).map(|n| Sql::fill(dialect, long, [format!("answer {n}").into()])).collect();
            let mut told = Vec::new();
            tx.each_of(&questions, &mut |at, row| {
                assert_eq!(row.text(1)?, Some(format!("answer {at}").as_str()));
                told.push((at, row.must_int(0)?));
                Ok(())
            })?;
            Ok(told)
        });
        let expected: Vec<(usize, i64)> = (0..4).flat_map(|at| (1..=20_000).map(move |i| (at, i))).collect();
        assert_eq!(told.unwrap(), expected);
        assert_eq!(bench.ints("select n from thing", []), [7]);
    });
}

#[test]
fn a_part_answers_for_the_statements_that_nobody_waited_for() {
    on_each(|bench| {
        things(bench);
        let dialect = bench.store.dialect();
        let insert = move |n: i64| vec![Sql::fill(dialect, "insert into thing values (?1)", [n.into()])];
        let written = bench.store.write(move |tx| {
            tx.execute_later(insert(1))?;
            let twice = tx.savepoint(|tx| tx.execute_later([insert(2), insert(1)].concat())).unwrap_err();
            assert_eq!(twice.code(), Code::Conflict);
            let refused = tx.savepoint(|tx| tx.execute_later(insert(3)).and(Err::<(), _>(Error::invalid("no")))).unwrap_err();
            assert_eq!(refused.code(), Code::Invalid);
            tx.savepoint(|tx| tx.execute_later(insert(4)))
        });
        written.unwrap();
        assert_eq!(bench.ints("select n from thing order by n", []), [1, 4]);
    });
}

#[test]
fn numbers_of_a_sequence_have_no_gaps() {
    on_each(|bench| {
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let store = bench.store.clone();
                scope.spawn(move || {
                    for n in 0..10 {
                        let _ = store.write(move |tx| {
                            let number = tx.next_in_sequence("invoice")?;
                            if (writer + n) % 3 == 0 { Err(Error::invalid("changed my mind")) } else { Ok(number) }
                        });
                    }
                });
            }
        });
        let good = (0..4).flat_map(|w| (0..10).map(move |n| w + n)).filter(|n| n % 3 != 0).count();
        let next = bench.store.write(|tx| Ok((tx.next_in_sequence("invoice")?, tx.next_in_sequence("quote")?)));
        assert_eq!(next.unwrap(), (i64::try_from(good).unwrap() + 1, 1));
    });
}

#[test]
fn a_read_that_takes_too_long_is_broken_off() {
    let slow = |dialect| match dialect {
        Dialect::Sqlite => "with recursive c(n) as (select 1 union all select n + 1 from c where n < 1000000000) select max(n) from c",
        Dialect::Postgres => "select count(*) from generate_series(1, 1000000000)",
    };
    on_each(|bench| {
        let options = Options { read_limit: Duration::from_millis(150), ..bench.options.clone() };
        let hasty = Store::open(&bench.location, &options).unwrap();
        let begin = Instant::now();
        let late = hasty.read(|tx| tx.first(&Sql::raw(tx.dialect(), slow(tx.dialect())), |row| row.int(0)));
        assert_eq!(late.unwrap_err().code(), Code::Unavailable);
        assert!(begin.elapsed() < Duration::from_secs(10));
        assert_eq!(hasty.read(|tx| tx.first(&Sql::raw(tx.dialect(), "select 1"), |row| row.int(0))).unwrap(), Some(Some(1)));
        hasty.close();
    });
}

#[test]
fn a_closed_store_says_so() {
    on_each(|bench| {
        let other = bench.again();
        other.close();
        assert_eq!(other.read(|_| Ok(())).unwrap_err().code(), Code::Unavailable);
        assert_eq!(other.write(|_| Ok(())).unwrap_err().code(), Code::Unavailable);
    });
}

#[test]
fn the_last_clone_may_be_dropped_by_the_store_itself() {
    on_each(|bench| {
        let other = bench.again();
        let (tell, told) = mpsc::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let held = other.clone();
        // The future is dropped, so the worker's clone is the last one.
        drop(runtime.block_on(async {
            let write = tokio::spawn(async move {
                let inner = held.clone();
                held.write_async(move |_| {
                    let _keep = &inner;
                    std::thread::sleep(Duration::from_millis(50));
                    tell.send(()).map_err(|e| Error::internal(e.to_string()))
                })
                .await
            });
            tokio::time::sleep(Duration::from_millis(10)).await;
            write.abort();
            write.await
        }));
        drop(other);
        told.recv_timeout(Duration::from_secs(10)).unwrap();
    });
}

#[test]
fn a_second_server_on_the_same_folder_is_refused_but_a_program_beside_it_is_not() {
    let bench = Bench::sqlite();
    let options = Options { is_server: true, ..bench.options.clone() };
    let server = Store::open(&bench.location, &options).unwrap();
    assert_eq!(Store::open(&bench.location, &options).err().unwrap().code(), Code::Conflict);
    let beside = bench.again();
    beside.write(|_| Ok(())).unwrap();
    drop(server);
    Store::open(&bench.location, &options).unwrap();
}

#[test]
fn workspaces_do_not_see_each_other() {
    on_each(|bench| {
        things(bench);
        let other = bench.beside("_b");
        things(&other);
        bench.store.write(|tx| insert(tx, 1)).unwrap();
        assert!(other.ints("select n from thing", []).is_empty());
    });
}

#[test]
fn a_copy_is_a_whole_workspace() {
    let bench = Bench::sqlite();
    things(&bench);
    bench.store.write(|tx| insert(tx, 7)).unwrap();
    bench.store.backup_check().unwrap();
    let Location::Folder(folder) = &bench.location else { panic!("a folder") };
    let file = folder.join("copy.db");
    bench.store.copy_to(&file).unwrap();
    assert_eq!(bench.store.copy_to(&file).unwrap_err().code(), Code::Conflict);
    let copy = Store::open(&Location::Folder(file), &Options::default()).unwrap();
    assert_eq!(copy.read(|tx| tx.all(&Sql::raw(tx.dialect(), "select n from thing"), |row| row.must_int(0))).unwrap(), [7]);
    copy.backup_check().unwrap();
}
