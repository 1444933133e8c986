//! What happens is heard by whom it may concern, as it happens.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::BodyDataStream;
use futures_util::StreamExt;
use kernel::{Ctx, Engine, record};
use serde_json::{Value, json};

use crate::app::{App, Client, both, id};

/// Somebody who listens.
struct Ear<'a> {
    app: &'a App,
    body: BodyDataStream,
    text: String,
}

/// One event of the stream.
struct Word {
    name: String,
    data: Value,
    id: String,
}

impl<'a> Ear<'a> {
    /// Listens, after the first word was said.
    fn open(app: &'a App, client: &Client<'_>) -> Ear<'a> {
        let (ear, hello) = Ear::resume(app, client, None);
        assert_eq!(hello["resumed"], false);
        ear
    }

    fn resume(app: &'a App, client: &Client<'_>, last: Option<&str>) -> (Ear<'a>, Value) {
        let headers: Vec<(&str, &str)> = last.map(|id| ("last-event-id", id)).into_iter().collect();
        let response = client.open(client.request("GET", "/api/v1/live", &headers, ""));
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut ear = Ear { app, body: response.into_body().into_data_stream(), text: String::new() };
        let hello = ear.next(Duration::from_secs(5)).expect("a first word");
        assert_eq!(hello.name, "hello");
        (ear, hello.data)
    }

    /// The next event; absent when none comes in time or the stream ended.
    fn next(&mut self, within: Duration) -> Option<Word> {
        let until = Instant::now() + within;
        loop {
            if let Some((one, rest)) = self.text.split_once("\n\n") {
                let (one, rest) = (one.to_string(), rest.to_string());
                self.text = rest;
                let line = |name: &str| one.lines().find_map(|l| l.strip_prefix(name)).unwrap_or_default().trim().to_string();
                if line("data:").is_empty() {
                    continue;
                }
                return Some(Word { name: line("event:"), data: serde_json::from_str(&line("data:")).unwrap(), id: line("id:") });
            }
            let left = until.saturating_duration_since(Instant::now());
            let body = &mut self.body;
            let chunk = self.app.runtime.block_on(async { tokio::time::timeout(left, body.next()).await }).ok()??;
            self.text.push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
        }
    }

    /// The change of a record that comes within a second; others may come before it.
    #[track_caller]
    fn hears(&mut self, record: &Value, kind: &str) -> Word {
        let until = Instant::now() + Duration::from_secs(1);
        loop {
            let word = self
                .next(until.saturating_duration_since(Instant::now()))
                .unwrap_or_else(|| panic!("nothing was heard of {kind} {record}"));
            if word.data["id"] == record["id"] && word.data["kind"] == kind {
                assert_eq!(word.name, "change");
                return word;
            }
        }
    }

    /// What comes until a record that marks the end, which the listener may see.
    fn until(&mut self, mark: &Value) -> Vec<Value> {
        let mut heard = Vec::new();
        loop {
            let word = self.next(Duration::from_secs(5)).expect("the mark");
            if word.data["id"] == mark["id"] {
                return heard;
            }
            heard.push(word.data);
        }
    }

    /// Has the server let go of this listener?
    fn is_let_go(&mut self) -> bool {
        let body = &mut self.body;
        let ended = async { while let Some(Ok(_)) = body.next().await {} };
        self.app.runtime.block_on(async { tokio::time::timeout(Duration::from_secs(5), ended).await }).is_ok()
    }
}

fn fields(data: &Value) -> Vec<&str> {
    data["fields"].as_array().unwrap().iter().map(|f| f.as_str().unwrap()).collect()
}

#[test]
fn a_deal_moved_by_one_moves_for_the_other_within_a_second() {
    both(|app| {
        let admin = app.admin();
        let pipeline = admin.create("pipelines", json!({"name": "Way", "object": "deal", "default": true}));
        let stages: Vec<Value> = ["open", "open", "won", "lost"]
            .iter()
            .enumerate()
            .map(|(n, kind)| {
                admin.create("stages", json!({"name": format!("S{n}"), "kind": kind, "pipeline": id(&pipeline), "position": n}))
            })
            .collect();
        let team = admin.create("teams", json!({"name": "Sales"}));
        let hire = |name: &str| {
            let user = app.hire(&format!("{name}@acme.example"), &["representative"]);
            admin.patch(&format!("/api/v1/users/{user}"), &json!({"team": id(&team)})).expect(200);
            (user, app.bearer(&app.token_of(user, &[])))
        };
        let ((anna, her), (_, his)) = (hire("anna"), hire("bruno"));
        let deal = her.create("deals", json!({"name": "Tower", "stage": id(&stages[0])}));
        let (mut she, mut he) = (Ear::open(app, &her), Ear::open(app, &his));
        let moved = her.patch(&format!("/api/v1/deals/{}", id(&deal)), &json!({"stage": id(&stages[1])})).expect(200);
        for ear in [&mut she, &mut he] {
            let word = ear.hears(&deal, "record.updated");
            assert_eq!((&word.data["object"], &word.data["version"]), (&json!("deal"), &moved["version"]));
            assert!(fields(&word.data).contains(&"stage"), "{}", word.data);
            assert_eq!((&word.data["actor"]["id"], &word.data["actor"]["name"]), (&json!(anna.to_string()), &json!("anna")));
            assert!(word.data["at"].is_string() && !word.id.is_empty());
        }
        her.delete(&format!("/api/v1/deals/{}", id(&deal))).expect(200);
        he.hears(&deal, "record.deleted");
        her.post(&format!("/api/v1/deals/{}/actions/restore", id(&deal)), &json!({})).expect(200);
        he.hears(&deal, "record.restored");
        // Three hundred at once are all told.
        let operations: Vec<Value> = (0..300).map(|n| json!({"op": "create", "values": {"name": format!("T{n}")}})).collect();
        admin.post("/api/v1/tags/batch", &json!({"atomic": true, "operations": operations})).expect(200);
        let mark = admin.create("tags", json!({"name": "mark"}));
        assert_eq!(he.until(&mark).iter().filter(|w| w["object"] == "tag").count(), 300);
    });
}

#[test]
fn what_lies_outside_ones_reach_is_not_heard_and_hidden_fields_are_not_named() {
    both(|app| {
        let admin = app.admin();
        let pipeline = admin.create("pipelines", json!({"name": "Way", "object": "deal", "default": true}));
        for (n, kind) in ["open", "won", "lost"].iter().enumerate() {
            admin.create("stages", json!({"name": format!("S{n}"), "kind": kind, "pipeline": id(&pipeline), "position": n}));
        }
        let anna = app.person("anna@acme.example", "representative");
        let mut ear = Ear::open(app, &anna);
        // A deal of others, a note of theirs, somebody's notification, an import.
        let secret = admin.create("deals", json!({"name": "Secret"}));
        admin.patch(&format!("/api/v1/deals/{}", id(&secret)), &json!({"next_step": "hidden"})).expect(200);
        admin.create("activities", json!({"kind": "note", "subject": "Secret note", "private": true}));
        admin.delete(&format!("/api/v1/deals/{}", id(&secret))).expect(200);
        // A cost that she may not read: alone it is no news, beside others it is not named.
        let product = admin.create("products", json!({"name": "Pump", "cost": {"amount": "5", "currency": "EUR"}}));
        let path = format!("/api/v1/products/{}", id(&product));
        admin.patch(&path, &json!({"cost": {"amount": "6", "currency": "EUR"}})).expect(200);
        admin.patch(&path, &json!({"cost": {"amount": "7", "currency": "EUR"}, "family": "Pumps"})).expect(200);
        let mark = admin.create("tags", json!({"name": "mark"}));
        let heard = ear.until(&mark);
        let of_product: Vec<&Value> = heard.iter().filter(|w| w["object"] == "product").collect();
        assert_eq!(of_product.len(), 2, "{heard:?}");
        assert!(fields(of_product[1]).contains(&"family"), "{heard:?}");
        assert!(heard.iter().all(|w| w["object"] == "product" && !w.to_string().contains("cost")), "{heard:?}");
        // What is given to her, she hears of.
        let deal = admin.create("deals", json!({"name": "Hers", "owner": anna.me()}));
        ear.hears(&deal, "record.created");
        // A token hears within its scopes.
        let narrow = app.bearer(&app.token_of(admin.me().parse().unwrap(), &["companies:read"]));
        let mut ear = Ear::open(app, &narrow);
        admin.create("deals", json!({"name": "Another"}));
        let company = admin.create("companies", json!({"name": "Acme"}));
        assert_eq!(ear.until(&company), Vec::<Value>::new());
    });
}

#[test]
fn what_is_handed_to_others_is_told_to_be_gone_and_nothing_else_of_it() {
    both(|app| {
        let admin = app.admin();
        let pipeline = admin.create("pipelines", json!({"name": "Way", "object": "deal", "default": true}));
        for (n, kind) in ["open", "won", "lost"].iter().enumerate() {
            admin.create("stages", json!({"name": format!("S{n}"), "kind": kind, "pipeline": id(&pipeline), "position": n}));
        }
        let (anna, bruno) = (app.person("anna@acme.example", "representative"), app.person("bruno@acme.example", "representative"));
        let deal = anna.create("deals", json!({"name": "Tower", "next_step": "Ring"}));
        let call = anna.create("activities", json!({"kind": "note", "subject": "Theirs"}));
        let path = format!("/api/v1/deals/{}", id(&deal));
        let (mut she, mut he) = (Ear::open(app, &anna), Ear::open(app, &bruno));
        admin.patch(&path, &json!({"owner": bruno.me(), "next_step": "Hide this"})).expect(200);
        admin.patch(&format!("/api/v1/activities/{}", id(&call)), &json!({"owner": bruno.me()})).expect(200);
        let word = she.hears(&deal, "record.gone");
        assert_eq!(word.data, json!({"object": "deal", "id": id(&deal), "kind": "record.gone", "fields": []}));
        assert_eq!(word.id, "");
        she.hears(&call, "record.gone");
        he.hears(&deal, "record.updated");
        // What happens to it from now on is none of her business, nor what never was hers.
        admin.patch(&path, &json!({"next_step": "Secret"})).expect(200);
        let other = admin.create("deals", json!({"name": "Never hers"}));
        admin.patch(&format!("/api/v1/deals/{}", id(&other)), &json!({"owner": bruno.me()})).expect(200);
        admin.delete(&path).expect(200);
        let mark = admin.create("tags", json!({"name": "mark"}));
        assert_eq!(she.until(&mark), Vec::<Value>::new());
    });
}

#[test]
fn what_was_handed_to_others_while_one_was_away_is_told_to_be_gone() {
    both(|app| {
        let admin = app.admin();
        let anna = app.person("anna@acme.example", "representative");
        let carla = app.person("carla@acme.example", "representative");
        let lead = anna.create("leads", json!({"last_name": "Conti"}));
        let path = format!("/api/v1/leads/{}", id(&lead));
        let mut ear = Ear::open(app, &anna);
        anna.patch(&path, &json!({"need": "cabinets"})).expect(200);
        let last = ear.hears(&lead, "record.updated").id;
        drop(ear);
        admin.patch(&path, &json!({"owner": admin.me()})).expect(200);
        admin.patch(&path, &json!({"owner": carla.me()})).expect(200);
        let (mut ear, hello) = Ear::resume(app, &anna, Some(&last));
        assert_eq!(hello["resumed"], true);
        ear.hears(&lead, "record.gone");
        let mark = admin.create("tags", json!({"name": "mark"}));
        assert!(ear.until(&mark).iter().all(|w| w["id"] != lead["id"]));
    });
}

#[test]
fn who_was_away_hears_what_was_missed_and_no_more_than_he_may() {
    both(|app| {
        let admin = app.admin();
        let anna = app.person("anna@acme.example", "representative");
        let company = anna.create("companies", json!({"name": "Acme"}));
        let mut ear = Ear::open(app, &anna);
        let path = format!("/api/v1/companies/{}", id(&company));
        anna.patch(&path, &json!({"employees": 1})).expect(200);
        let last = ear.hears(&company, "record.updated").id;
        drop(ear);
        anna.patch(&path, &json!({"employees": 2})).expect(200);
        let other = anna.create("companies", json!({"name": "Bit"}));
        admin.create("activities", json!({"kind": "note", "subject": "Secret", "private": true}));
        let (mut ear, hello) = Ear::resume(app, &anna, Some(&last));
        assert_eq!(hello["resumed"], true);
        let missed = ear.hears(&company, "record.updated");
        let mut versions = vec![missed.data["version"].as_i64().unwrap()];
        // Some of what was known already may be told again, in order; nothing is left out.
        while versions.last() != Some(&3) {
            versions.push(ear.hears(&company, "record.updated").data["version"].as_i64().unwrap());
        }
        assert!(versions.is_sorted(), "{versions:?}");
        ear.hears(&other, "record.created");
        let mark = admin.create("tags", json!({"name": "mark"}));
        assert!(ear.until(&mark).iter().all(|w| w["object"] != "activity"));
        // From an event that is not known, everything is to be looked at anew.
        for unknown in ["01890a5d-ac96-774b-bcce-b302099a8057", "nonsense", ""] {
            assert_eq!(Ear::resume(app, &anna, Some(unknown)).1["resumed"], false, "{unknown}");
        }
        // Too much was missed: the same.
        let operations: Vec<Value> = (0..600).map(|n| json!({"op": "create", "values": {"name": format!("T{n}")}})).collect();
        admin.post("/api/v1/tags/batch", &json!({"operations": operations})).expect(200);
        assert_eq!(Ear::resume(app, &anna, Some(&last)).1["resumed"], false);
    });
}

#[test]
fn who_may_not_come_in_any_more_is_let_go() {
    both(|app| {
        let admin = app.admin();
        let anna = app.person("anna@acme.example", "representative");
        let mut ear = Ear::open(app, &anna);
        admin.patch(&format!("/api/v1/users/{}", anna.me()), &json!({"status": "deactivated"})).expect(200);
        admin.create("companies", json!({"name": "Acme"}));
        assert!(ear.is_let_go());
        let text = admin.get("/metrics").text();
        assert!(text.lines().any(|l| l == "legame_live_listeners 0"), "{text}");
    });
}

#[test]
fn another_process_on_the_same_database_is_heard() {
    both(|app| {
        let Some(options) = app.beside() else { return };
        let admin = app.admin();
        let mut ear = Ear::open(app, &admin);
        let other: Arc<Engine> = Engine::open(&options).unwrap();
        let ctx = Ctx::system(&other);
        let made = other
            .store()
            .write(move |tx| Ok(record::create(&ctx, tx, "company", json!({"name": "Acme"}).as_object().unwrap())?.id))
            .unwrap();
        ear.hears(&json!({"id": made.to_string()}), "record.created");
        // And a declaration that one changes is known to the other.
        admin.post("/api/v1/model/objects/company/fields", &json!({"name": "colour", "type": "text"})).expect(201);
        admin.patch(&format!("/api/v1/companies/{made}"), &json!({"colour": "red"})).expect(200);
        other.store().close();
    });
}

#[test]
fn everybody_hears_when_the_declarations_change() {
    both(|app| {
        let admin = app.admin();
        let marco = app.person("marco@acme.example", "representative");
        let mut ear = Ear::open(app, &marco);
        admin.post("/api/v1/model/objects/company/fields", &json!({"name": "colour", "type": "text"})).expect(201);
        let until = Instant::now() + Duration::from_secs(5);
        while ear.next(until.saturating_duration_since(Instant::now())).expect("nothing was heard of the new field").name != "model" {}
        let model = marco.get("/api/v1/model").expect(200).to_string();
        assert!(model.contains("colour"));
    });
}

#[test]
fn the_pulse_says_whether_anything_has_changed_since_it_was_told() {
    both(|app| {
        let admin = app.admin();
        let pulse = || Ear::resume(app, &admin, None).1["pulse"].as_str().unwrap().to_string();
        let before = pulse();
        admin.list("contacts", &[]);
        assert_eq!(pulse(), before, "reading changes nothing, and nobody's last use is news");
        admin.create("contacts", json!({"last_name": "Rossi"}));
        let after = pulse();
        assert_ne!(after, before);
        assert_eq!(pulse(), after);
    });
}
