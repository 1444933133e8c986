//! Who is told what, and when.

use std::time::Duration;

use base::Error;
use store::{Dialect, Notice, RECONNECTED, Sql};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use crate::bench::{insert, on_each, things};

fn next(receiver: &mut Receiver<Notice>) -> Notice {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { tokio::time::timeout(Duration::from_secs(20), receiver.recv()).await.unwrap().unwrap() })
}

#[test]
fn a_notice_comes_after_the_commit_that_it_tells_of() {
    on_each(|bench| {
        things(bench);
        let mut receiver = bench.store.subscribe();
        let watch = bench.store.subscribe();
        bench
            .store
            .write(move |tx| {
                insert(tx, 1)?;
                tx.notify(Notice::new("change", "1"))?;
                assert!(watch.is_empty());
                Ok(())
            })
            .unwrap();
        assert_eq!(next(&mut receiver), Notice::new("change", "1"));
        assert_eq!(bench.ints("select n from thing", []), [1]);
    });
}

#[test]
fn what_was_taken_back_is_not_told() {
    on_each(|bench| {
        things(bench);
        let mut receiver = bench.store.subscribe();
        let failed = bench.store.write(|tx| {
            tx.notify(Notice::new("change", "failed"))?;
            Err::<(), _>(Error::invalid("no"))
        });
        assert!(failed.is_err());
        bench
            .store
            .write(|tx| {
                let part = tx.savepoint(|tx| {
                    tx.notify(Notice::new("change", "part"))?;
                    Err::<(), _>(Error::invalid("no"))
                });
                assert!(part.is_err());
                tx.notify(Notice::new("change", "whole"))
            })
            .unwrap();
        assert_eq!(next(&mut receiver).payload, "whole");
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
    });
}

#[test]
fn a_notice_that_is_too_long_is_refused() {
    on_each(|bench| {
        let long = bench.store.write(|tx| tx.notify(Notice::new("change", "x".repeat(8_000))));
        assert!(long.is_err());
        bench.store.write(|tx| tx.notify(Notice::new("change", "李\n".repeat(1_800)))).unwrap();
    });
}

#[test]
fn other_processes_are_told_once() {
    on_each(|bench| {
        if bench.store.dialect() == Dialect::Sqlite {
            return;
        }
        let other = bench.again();
        let (mut here, mut there) = (bench.store.subscribe(), other.subscribe());
        let text = "Łódź\n李";
        bench.store.write(move |tx| tx.notify(Notice::new("change", text))).unwrap();
        bench.store.write(|tx| tx.notify(Notice::new("change", "last"))).unwrap();
        for receiver in [&mut here, &mut there] {
            assert_eq!(next(receiver), Notice::new("change", text));
            assert_eq!(next(receiver).payload, "last");
        }
        other.close();
    });
}

#[test]
fn a_broken_connection_is_mended_and_told_of() {
    on_each(|bench| {
        if bench.store.dialect() == Dialect::Sqlite {
            return;
        }
        things(bench);
        let other = bench.again();
        let mut there = other.subscribe();
        // Every connection to this test's schema but our own, the listening ones among them, which have no search path.
        let kill = format!(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where query = 'listen \"lg_{}\"'",
            bench.options.workspace
        );
        let killed = bench.one(&Sql::raw(Dialect::Postgres, kill), |row| row.must_int(0));
        assert_eq!(killed, 2);
        assert_eq!(next(&mut there).channel, RECONNECTED);
        bench.store.write(|tx| tx.notify(Notice::new("change", "after"))).unwrap();
        assert_eq!(next(&mut there).payload, "after");
        other.close();
    });
}

#[test]
fn a_write_survives_the_loss_of_its_connection() {
    on_each(|bench| {
        if bench.store.dialect() == Dialect::Sqlite {
            return;
        }
        things(bench);
        let mut runs = 0;
        let ran = bench.store.write(move |tx| {
            runs += 1;
            insert(tx, runs)?;
            if runs == 1 {
                tx.first(&Sql::raw(Dialect::Postgres, "select pg_terminate_backend(pg_backend_pid())"), |row| row.bool(0))?;
                insert(tx, 100)?;
            }
            Ok(runs)
        });
        assert_eq!(ran.unwrap(), 2);
        assert_eq!(bench.ints("select n from thing", []), [2]);
    });
}
