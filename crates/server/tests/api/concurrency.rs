//! Many at once: no update is lost, no number left out, no event skipped.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use base::{Error, Result};
use kernel::{Ctx, Event, Module, Reader, reader, record};
use serde_json::{Value, json};
use store::{Param, Sql, Tx};

use crate::app::{Answer, App, Client, Setting, both, both_with, id, items, multipart};

const WRITERS: usize = 8;

/// Runs the same work on as many threads, each with its number.
fn together<T: Send>(threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let work = &work;
        let all: Vec<_> = (0..threads).map(|n| scope.spawn(move || work(n))).collect();
        all.into_iter().map(|t| t.join().unwrap()).collect()
    })
}

fn patch(client: &Client<'_>, path: &str, version: Option<i64>, body: &Value) -> Answer {
    let tag = version.map(|v| format!("\"{v}\""));
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(tag.as_deref().map(|t| ("if-match", t)));
    client.send("PATCH", path, &headers, body.to_string())
}

/// Versions count up by one, and every version has its event.
fn assert_whole(app: &App) {
    let sql = "select count(*) from (select record, count(*) as n, count(distinct version) as d, max(version) as v from event group by record) e where n <> d or n <> v";
    assert_eq!(app.number(sql), 0, "events and versions of a record differ");
    for table in ["company", "tag", "deal"] {
        let sql = format!("select count(*) from {table} t where t.version <> (select max(e.version) from event e where e.record = t.id)");
        assert_eq!(app.number(&sql), 0, "{table}");
    }
    let payloads = "select count(*) from event e where not exists (select 1 from event_payload p where p.seq = e.rid)";
    assert_eq!(app.number(payloads), 0, "an event without its values");
    app.engine.check().unwrap();
}

#[test]
fn eight_writers_of_one_field_lose_no_update() {
    both(|app| {
        const EACH: usize = 10;
        let admin = app.admin();
        let company = admin.create("companies", json!({"name": "Acme", "employees": 0}));
        let path = format!("/api/v1/companies/{}", id(&company));
        let conflicts: usize = together(WRITERS, |_| {
            let mut conflicts = 0;
            for _ in 0..EACH {
                loop {
                    let seen = admin.get(&path).expect(200);
                    let next = json!({"employees": seen["employees"].as_i64().unwrap() + 1});
                    let answer = patch(&admin, &path, seen["version"].as_i64(), &next);
                    match answer.status.as_u16() {
                        200 => break,
                        409 => conflicts += 1,
                        _ => panic!("{}", answer.text()),
                    }
                }
            }
            conflicts
        })
        .into_iter()
        .sum();
        let now = admin.get(&path).expect(200);
        let all = i64::try_from(WRITERS * EACH).unwrap();
        // The same number written by two is no conflict, so some may have counted the same step; never is one lost.
        assert_eq!(now["version"].as_i64().unwrap() - 1, now["employees"].as_i64().unwrap(), "after {conflicts} conflicts");
        assert!(now["employees"].as_i64().unwrap() <= all);
        assert_whole(app);
    });
}

#[test]
fn eight_writers_of_eight_fields_all_have_the_last_word_on_theirs() {
    both(|app| {
        const FIELDS: [&str; WRITERS] = [
            "legal_name",
            "native_name",
            "description",
            "industry_code",
            "tax_number",
            "registration_number",
            "e_invoice_id",
            "source_detail",
        ];
        let admin = app.admin();
        let company = admin.create("companies", json!({"name": "Acme"}));
        let path = format!("/api/v1/companies/{}", id(&company));
        together(WRITERS, |n| {
            for round in 0..10 {
                // With the version that all began with: what others changed elsewhere is merged.
                let version = if round % 2 == 0 { None } else { Some(1) };
                let answer = patch(&admin, &path, version, &json!({FIELDS[n]: format!("{n}-{round}")}));
                let is_own_conflict = version.is_some() && answer.status == 409;
                assert!(answer.status == 200 || is_own_conflict, "{}", answer.text());
                if is_own_conflict {
                    let fields: Vec<Value> = answer.json()["conflicts"].as_array().unwrap().iter().map(|c| c["field"].clone()).collect();
                    assert_eq!(fields, [json!(FIELDS[n])], "nobody else wrote it");
                    patch(&admin, &path, None, &json!({FIELDS[n]: format!("{n}-{round}")})).expect(200);
                }
            }
        });
        let now = admin.get(&path).expect(200);
        for (n, field) in FIELDS.iter().enumerate() {
            assert_eq!(now[*field], format!("{n}-9"), "{field}");
        }
        assert_eq!(now["version"], 1 + 10 * WRITERS);
        assert_whole(app);
    });
}

#[test]
fn numbers_count_up_without_a_gap_whoever_is_refused() {
    both(|app| {
        const EACH: usize = 12;
        let admin = app.admin();
        let pipeline = admin.create("pipelines", json!({"name": "Way", "object": "deal", "default": true}));
        for (n, kind) in ["open", "won", "lost"].iter().enumerate() {
            admin.create("stages", json!({"name": format!("S{n}"), "kind": kind, "pipeline": id(&pipeline), "position": n}));
        }
        let numbers: BTreeSet<i64> = together(WRITERS, |n| {
            let mut numbers = Vec::new();
            for round in 0..EACH {
                if round % 3 == 0 {
                    admin.post("/api/v1/deals", &json!({"name": "x", "probability": 500})).expect(422);
                    let batch = json!({"atomic": true, "operations": [{"op": "create", "values": {"name": "y"}}, {"op": "create", "values": {"name": "z", "probability": 500}}]});
                    admin.post("/api/v1/deals/batch", &batch).expect(422);
                }
                numbers.push(admin.create("deals", json!({"name": format!("D{n}-{round}")}))["number"].as_i64().unwrap());
            }
            assert!(numbers.is_sorted());
            numbers
        })
        .into_iter()
        .flatten()
        .collect();
        let all = i64::try_from(WRITERS * EACH).unwrap();
        assert_eq!((numbers.len(), numbers.first(), numbers.last()), (WRITERS * EACH, Some(&1), Some(&all)));
        assert_whole(app);
    });
}

#[test]
fn of_many_who_want_the_same_name_one_gets_it() {
    both(|app| {
        let admin = app.admin();
        for round in 0..4 {
            let statuses = together(WRITERS, |_| admin.post("/api/v1/tags", &json!({"name": format!("VIP {round}")})).status.as_u16());
            assert_eq!(statuses.iter().filter(|s| **s == 201).count(), 1, "{statuses:?}");
            assert!(statuses.iter().all(|s| matches!(s, 201 | 409 | 422)), "{statuses:?}");
            let ids = json!([{"system": "erp", "id": format!("{round}")}]);
            let body = json!({"match": "external.erp", "values": {"name": "Acme", "external_ids": ids}});
            let answers = together(WRITERS, |_| admin.post("/api/v1/companies/upsert", &body));
            assert!(
                answers.iter().all(|a| matches!(a.status.as_u16(), 200 | 201)),
                "{:?}",
                answers.iter().filter(|a| !a.status.is_success()).map(Answer::text).collect::<Vec<_>>()
            );
            let made: BTreeSet<String> = answers.iter().map(|a| id(&a.json()).to_string()).collect();
            assert_eq!(made.len(), 1);
        }
        assert_eq!(admin.list("companies", &[])["count"]["value"], 4);
        assert_whole(app);
    });
}

#[test]
fn batches_that_cross_each_other_all_succeed() {
    both(|app| {
        let admin = app.admin();
        let tags: Vec<String> = (0..10).map(|n| id(&admin.create("tags", json!({"name": format!("T{n}")}))).to_string()).collect();
        together(4, |n| {
            for round in 0..5 {
                let mut order = tags.clone();
                if n % 2 == 0 {
                    order.reverse();
                }
                let hue = if (n + round) % 2 == 0 { "pine" } else { "rose" };
                let operations: Vec<Value> = order.iter().map(|t| json!({"op": "update", "id": t, "values": {"hue": hue}})).collect();
                admin.post("/api/v1/tags/batch", &json!({"atomic": true, "operations": operations})).expect(200);
            }
        });
        let hues: BTreeSet<String> = items(&admin.list("tags", &[])).iter().map(|t| t["hue"].to_string()).collect();
        assert_eq!(hues.len(), 1, "the last batch has all of them: {hues:?}");
        assert_whole(app);
    });
}

#[test]
fn an_import_runs_once_however_often_it_is_started() {
    both(|app| {
        let admin = app.admin();
        let rows: String = (0..50).map(|n| format!("Company {n},Roma\n")).collect();
        let (content_type, body) =
            multipart(&[("file", Some("a.csv"), format!("name,city\n{rows}").as_bytes()), ("object", None, b"company")]);
        let import = admin.send("POST", "/api/v1/imports", &[("content-type", &content_type)], body).expect(201);
        let path = format!("/api/v1/imports/{}/actions/run", id(&import));
        let statuses = together(3, |_| admin.post(&path, &json!({})).status.as_u16());
        assert_eq!(statuses.iter().filter(|s| **s == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|s| matches!(s, 200 | 409)), "{statuses:?}");
        assert_eq!(admin.list("companies", &[])["count"]["value"], 50);
    });
}

/// Follows the log and writes down each event in the transaction that moves its cursor; fails now and then.
struct Follower;

static FAILING: AtomicBool = AtomicBool::new(false);
static CALLS: AtomicUsize = AtomicUsize::new(0);

impl Reader for Follower {
    fn name(&self) -> &'static str {
        "follower"
    }
    fn wants(&self, event: &Event) -> bool {
        event.object == "tag"
    }
    fn read(&self, _: &Ctx, tx: &mut Tx, events: &[Event]) -> Result<()> {
        for (n, event) in events.iter().enumerate() {
            let text = "insert into followed (event, record, version) values (?1, ?2, ?3)";
            tx.execute(&Sql::fill(
                tx.dialect(),
                text,
                [Param::from(event.id.to_string()), event.record.to_string().into(), event.version.into()],
            ))?;
            let call = CALLS.fetch_add(1, Ordering::SeqCst);
            if FAILING.load(Ordering::SeqCst) && n > 0 && call.is_multiple_of(7) {
                return Err(Error::internal("killed in the middle"));
            }
        }
        Ok(())
    }
}

static FOLLOWING: Module = Module { name: "test", readers: &[&Follower], ..Module::EMPTY };
static MODULES: &[&Module] = &[&customers::MODULE, &sales::MODULE, &FOLLOWING];

fn followed(app: &App) -> Vec<(String, String, i64)> {
    let rows = app.engine.store().read(|tx| {
        let sql = Sql::raw(tx.dialect(), "select event, record, version from followed order by n");
        tx.all(&sql, |row| Ok((row.must_text(0)?.to_string(), row.must_text(1)?.to_string(), row.must_int(2)?)))
    });
    rows.unwrap()
}

fn begin_following(app: &App) {
    let number = if app.is_postgres() { "bigserial" } else { "integer primary key autoincrement" };
    let text = format!("create table followed (n {number}, event text, record text, version bigint)");
    app.system(move |_, tx| tx.define(&Sql::raw(tx.dialect(), text.clone())));
}

#[test]
fn a_reader_of_the_log_takes_every_event_once_and_in_order() {
    both_with(&Setting { modules: MODULES, ..Setting::default() }, |app| {
        begin_following(app);
        let admin = app.admin();
        let tags: Vec<String> = (0..4).map(|n| id(&admin.create("tags", json!({"name": format!("T{n}")}))).to_string()).collect();
        let is_over = AtomicBool::new(false);
        FAILING.store(true, Ordering::SeqCst);
        thread::scope(|scope| {
            let (tags, admin, is_over) = (&tags, &admin, &is_over);
            let following = scope.spawn(move || {
                while !is_over.load(Ordering::SeqCst) {
                    let _ = reader::catch_up(&app.engine);
                }
            });
            together(WRITERS, |n| {
                for round in 0..10 {
                    // Transactions of different length overlap, and later ones end before earlier ones.
                    if app.is_postgres() && (n + round) % 3 == 0 {
                        let name = format!("slow {n} {round}");
                        let ctx = Ctx::system(&app.engine);
                        let slow = app.engine.store().write(move |tx| {
                            record::create(&ctx, tx, "tag", json!({"name": name}).as_object().unwrap())?;
                            thread::sleep(Duration::from_millis(15));
                            Ok(())
                        });
                        slow.unwrap();
                    }
                    let tag = &tags[(n + round) % tags.len()];
                    admin.patch(&format!("/api/v1/tags/{tag}"), &json!({"name": format!("T{n} {round} {tag}")})).expect(200);
                }
            });
            is_over.store(true, Ordering::SeqCst);
            following.join().unwrap();
        });
        FAILING.store(false, Ordering::SeqCst);
        app.settle();
        let followed = followed(app);
        let distinct: BTreeSet<&String> = followed.iter().map(|(event, _, _)| event).collect();
        assert_eq!(distinct.len(), followed.len(), "an event was taken twice");
        assert_eq!(
            i64::try_from(followed.len()).unwrap(),
            app.number("select count(*) from event where object = 'tag'"),
            "an event was skipped"
        );
        let mut last: HashMap<&String, i64> = HashMap::new();
        for (_, record, version) in &followed {
            let before = last.insert(record, *version).unwrap_or(0);
            assert_eq!(*version, before + 1, "events of one record are out of order");
        }
        assert_whole(app);
    });
}

#[test]
fn a_late_commit_is_never_skipped() {
    both_with(&Setting { modules: MODULES, ..Setting::default() }, |app| {
        if !app.is_postgres() {
            return;
        }
        begin_following(app);
        let create = |name: &str, wait: Option<mpsc::Receiver<()>>, written: Option<mpsc::Sender<()>>| {
            let (ctx, name) = (Ctx::system(&app.engine), name.to_string());
            let made = app.engine.store().write(move |tx| {
                let made = record::create(&ctx, tx, "tag", json!({"name": name}).as_object().unwrap())?;
                if let Some(written) = &written {
                    written.send(()).unwrap();
                }
                if let Some(wait) = &wait {
                    wait.recv().unwrap();
                }
                Ok(made.id.to_string())
            });
            made.unwrap()
        };
        for round in 0..5 {
            let (go, wait) = mpsc::channel();
            let (written, is_written) = mpsc::channel();
            let names = |kind: &str| format!("{kind} {round}");
            thread::scope(|scope| {
                // The earlier one has its number, and does not end yet.
                let late = scope.spawn(|| create(&names("late"), Some(wait), Some(written)));
                is_written.recv().unwrap();
                let early = create(&names("early"), None, None);
                reader::catch_up(&app.engine).unwrap();
                let before = followed(app);
                go.send(()).unwrap();
                let late = late.join().unwrap();
                app.settle();
                let after = followed(app);
                let position = |record: &str| {
                    after.iter().position(|(_, r, _)| r == record).unwrap_or_else(|| panic!("an event of round {round} was skipped"))
                };
                assert!(position(&late) >= before.len(), "what was not committed was read");
                assert!(position(&early) != position(&late));
            });
        }
        assert_eq!(followed(app).len(), 10);
    });
}
