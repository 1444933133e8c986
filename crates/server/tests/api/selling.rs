//! The verbs of selling through the front door: what a stage asks for, undo, lines, what comes next, likely duplicates.

use serde_json::{Value, json};

use crate::app::{App, Client, both, id, items, told};

/// The usual pipeline: open stages by name, then won and lost.
struct Way {
    stages: Vec<Value>,
}

impl Way {
    fn open(admin: &Client<'_>) -> Way {
        let pipeline = admin.create("pipelines", json!({"name": "Sales", "object": "deal", "default": true}));
        let stages = [("Talk", "open", 10), ("Offer", "open", 40), ("Won", "won", 100), ("Lost", "lost", 0)];
        let make = |(at, (name, kind, probability)): (usize, &(&str, &str, i64))| {
            let body = json!({"pipeline": id(&pipeline), "name": name, "kind": kind, "position": at, "probability": probability, "usual_days": 10});
            admin.create("stages", body)
        };
        Way { stages: stages.iter().enumerate().map(make).collect() }
    }
    fn stage(&self, name: &str) -> &str {
        id(self.stages.iter().find(|s| s["name"] == name).unwrap())
    }
}

fn eur(amount: &str) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

fn at(object: &str, record: &Value) -> String {
    format!("/api/v1/{object}/{}", id(record))
}

fn values(record: &Value, fields: &[&str]) -> Vec<Value> {
    fields.iter().map(|f| record[*f].clone()).collect()
}

/// A new person of a role, in a browser.
fn in_browser<'a>(app: &'a App, email: &str, role: &str) -> Client<'a> {
    app.let_in(app.hire(email, &[role]), email, "correct horse battery staple")
}

fn undo(client: &Client<'_>, correlation: &str) {
    client.post("/api/v1/undo", &json!({"correlation": correlation})).expect(200);
}

#[test]
fn a_stage_that_asks_for_fields_refuses_a_deal_without_them_and_names_each() {
    both(|app| {
        let admin = app.admin();
        let way = Way::open(&admin);
        admin.patch(&format!("/api/v1/stages/{}", way.stage("Offer")), &json!({"entry_fields": ["amount", "expected_close"]})).expect(200);
        let deal = admin.create("deals", json!({"name": "Cabinet", "stage": way.stage("Talk")}));
        let refused = admin.patch(&at("deals", &deal), &json!({"stage": way.stage("Offer")})).expect(422);
        let missing = |field: &str| (field.to_string(), "required".to_string());
        assert_eq!(told(&refused), [missing("amount"), missing("expected_close")]);
        assert_eq!(admin.get(&at("deals", &deal)).expect(200)["version"], 1);
        let filled = json!({"stage": way.stage("Offer"), "amount": eur("900"), "expected_close": "2031-01-15"});
        assert_eq!(admin.patch(&at("deals", &deal), &filled).expect(200)["probability"], 40);
    });
}

#[test]
fn lost_wants_a_listed_reason_and_one_undo_restores_all_that_closing_changed() {
    both(|app| {
        let admin = app.admin();
        let way = Way::open(&admin);
        let rival = admin.create("companies", json!({"name": "FrostLine"}));
        let deal = admin.create("deals", json!({"name": "Cabinet", "stage": way.stage("Offer"), "probability": 55, "amount": eur("1000")}));
        let all =
            ["stage", "status", "probability", "probability_manual", "weighted", "stage_since", "closed_at", "lost_reason", "lost_to"];
        let before = values(&admin.get(&at("deals", &deal)).expect(200), &all);
        let close = format!("{}/actions/close", at("deals", &deal));
        let reason = |code: &str| json!({"outcome": "lost", "lost_reason": code, "lost_to": id(&rival)});
        assert_eq!(told(&admin.post(&close, &json!({"outcome": "lost"})).expect(422))[0].0, "lost_reason");
        assert_eq!(told(&admin.post(&close, &reason("prize")).expect(422))[0], ("lost_reason".to_string(), "unknown".to_string()));
        let closed = admin.post(&close, &reason("price"));
        let correlation = closed.header("x-correlation-id");
        closed.expect(200);
        let lost = admin.get(&at("deals", &deal)).expect(200);
        assert_eq!(values(&lost, &["status", "lost_reason", "probability"]), [json!("lost"), json!("price"), json!(0)]);
        assert!(lost["closed_at"].is_string());
        undo(&admin, &correlation);
        assert_eq!(values(&admin.get(&at("deals", &deal)).expect(200), &all), before);
    });
}

#[test]
fn lines_drive_the_amount_until_it_is_overwritten_and_again_when_it_is_given_back() {
    both(|app| {
        let admin = app.admin();
        let way = Way::open(&admin);
        let deal = admin.create("deals", json!({"name": "Cabinet", "stage": way.stage("Talk")}));
        let line = |name: &str, price: &str, quantity: i64| {
            admin.create("deal_lines", json!({"deal": id(&deal), "name": name, "unit_price": eur(price), "quantity": quantity}))
        };
        line("Cabinet", "4000", 2);
        let probes = line("Probe", "100", 5);
        let amount = || values(&admin.get(&at("deals", &deal)).expect(200), &["amount", "amount_manual"]);
        assert_eq!(amount(), [eur("8500.00"), json!(false)]);
        admin.patch(&at("deals", &deal), &json!({"amount": eur("8000")})).expect(200);
        admin.patch(&at("deal_lines", &probes), &json!({"quantity": 10})).expect(200);
        assert_eq!(amount(), [eur("8000.00"), json!(true)], "by hand, and said so");
        admin.patch(&at("deals", &deal), &json!({"amount_manual": false})).expect(200);
        assert_eq!(amount(), [eur("9000.00"), json!(false)]);
    });
}

#[test]
fn the_last_thing_done_on_an_open_deal_tells_that_it_has_no_plan_and_the_next_one_gives_it_one() {
    both(|app| {
        let admin = app.admin();
        let way = Way::open(&admin);
        let deal = admin.create("deals", json!({"name": "Cabinet", "stage": way.stage("Talk")}));
        let plan = |day: &str| {
            let about = json!([{"object": "deal", "id": id(&deal)}]);
            admin.create("activities", json!({"kind": "task", "subject": "Ring", "due_on": day, "about": about}))
        };
        let complete = |task: &Value, input: Value| {
            let answer = admin.post(&format!("{}/actions/complete", at("activities", task)), &input).expect(200);
            answer["result"]["unplanned"].clone()
        };
        let (first, second) = (plan("2031-01-15"), plan("2031-01-10"));
        app.settle();
        let next = || admin.get(&at("deals", &deal)).expect(200)["next_activity_at"].clone();
        assert!(next().as_str().unwrap().starts_with("2031-01-10"), "the earliest: {}", next());
        assert_eq!(complete(&second, json!({})), json!([]));
        assert_eq!(complete(&first, json!({})), json!([{"object": "deal", "id": deal["id"]}]));
        app.settle();
        assert_eq!(next(), Value::Null);
        let unplanned = || items(&admin.list("deals", &[("filter", "status == \"open\" && !has(next_activity_at)")])).len();
        assert_eq!(unplanned(), 1);
        let third = plan("2031-02-01");
        assert_eq!(complete(&third, json!({"next": [{"subject": "Ask again", "due_on": "2031-02-08"}]})), json!([]));
        app.settle();
        assert!(next().as_str().unwrap().starts_with("2031-02-08"));
        let last = items(&admin.list("activities", &[("filter", "status == \"open\"")]))[0].clone();
        admin.post(&format!("{}/actions/close", at("deals", &deal)), &json!({"outcome": "won"})).expect(200);
        assert_eq!(complete(&last, json!({})), json!([]), "what is won wants no plan");
    });
}

#[test]
fn what_one_types_is_compared_by_mail_phone_domain_and_name() {
    both(|app| {
        let admin = app.admin();
        let company = admin.create("companies", json!({"name": "Gelateria Rossi", "domain": "rossi.example"}));
        let contact = admin.create(
            "contacts",
            json!({"first_name": "Marta", "last_name": "Rossi", "email": "marta@rossi.example", "phone": "+390461234567"}),
        );
        let alike = |object: &str, body: Value| {
            let answer = admin.post(&format!("/api/v1/{object}/duplicates"), &body).expect(200);
            items(&answer).iter().map(|i| i["id"].clone()).collect::<Vec<_>>()
        };
        for typed in [
            json!({"last_name": "R.", "email": "Marta@ROSSI.example"}),
            json!({"last_name": "R.", "phone": "+39 0461 23 45 67"}),
            json!({"first_name": "Marta", "last_name": "Rosi"}),
        ] {
            assert_eq!(alike("contacts", typed.clone()), [contact["id"].clone()], "{typed}");
        }
        for typed in [json!({"name": "Something else", "domain": "rossi.example"}), json!({"name": "Gelateria Rosi"})] {
            assert_eq!(alike("companies", typed.clone()), [company["id"].clone()], "{typed}");
        }
        assert_eq!(alike("companies", json!({"name": "Baltic Frost"})), Vec::<Value>::new());
    });
}

#[test]
fn a_task_put_off_is_due_on_the_new_day_and_a_kind_of_notice_may_be_silenced() {
    both(|app| {
        let admin = in_browser(app, "anna@acme.example", "administrator");
        let marco = in_browser(app, "marco@acme.example", "representative");
        let bell = || items(&marco.list("notifications", &[])).iter().map(|n| n["kind"].clone()).collect::<Vec<_>>();
        let give = |subject: &str| {
            let task = admin.create("activities", json!({"kind": "task", "subject": subject, "due_on": "2031-01-15", "owner": marco.me()}));
            app.settle();
            task
        };
        let task = give("Ring");
        assert_eq!(bell(), ["assigned"]);
        let answer = marco.post(&format!("{}/actions/snooze", at("activities", &task)), &json!({"until": "2031-01-20T08:00:00Z"}));
        answer.expect(200);
        assert_eq!(marco.get(&at("activities", &task)).expect(200)["due_on"], "2031-01-20");
        marco.patch("/api/v1/session", &json!({"preferences": {"muted_notifications": ["assigned"]}})).expect(200);
        give("Write");
        assert_eq!(bell(), ["assigned"], "the second was not told");
    });
}

#[test]
fn a_person_who_changes_employer_leaves_past_meetings_with_the_old_company() {
    both(|app| {
        let admin = app.admin();
        let [kestrel, juniper] = ["Kestrel", "Juniper"].map(|name| admin.create("companies", json!({"name": name})));
        let helen = admin.create("contacts", json!({"last_name": "Marsh", "company": id(&kestrel)}));
        let met = |subject: &str| {
            let about = json!([{"object": "contact", "id": id(&helen)}]);
            admin.create("activities", json!({"kind": "meeting", "subject": subject, "outcome": "held", "about": about}));
        };
        met("The old days");
        admin.patch(&at("contacts", &helen), &json!({"company": id(&juniper)})).expect(200);
        met("The new days");
        let meetings = |company: &Value| {
            let told = admin.get(&format!("{}/timeline?kind=meeting", at("companies", company))).expect(200);
            items(&told).iter().map(|i| i["title"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(meetings(&kestrel), ["The old days"]);
        assert_eq!(meetings(&juniper), ["The new days"]);
    });
}

#[test]
fn figures_by_month_are_cut_at_midnight_of_the_workspace_whoever_asks() {
    both(|app: &App| {
        let admin = app.admin();
        let way = Way::open(&admin);
        admin.patch("/api/v1/workspace", &json!({"time_zone": "Europe/Rome"})).expect(200);
        let far = in_browser(app, "wei@acme.example", "administrator");
        far.patch("/api/v1/session", &json!({"time_zone": "Asia/Shanghai"})).expect(200);
        for (name, day) in [("March", "2026-03-31"), ("April", "2026-04-01")] {
            let deal = far.create("deals", json!({"name": name, "stage": way.stage("Offer"), "amount": eur("100")}));
            far.post(&format!("{}/actions/close", at("deals", &deal)), &json!({"outcome": "won", "closed_at": day})).expect(200);
        }
        let by_month = |client: &Client<'_>| {
            let report = client.report(json!({
                "object": "deal", "filter": "status == \"won\"", "group_by": [{"field": "closed_at", "bucket": "month"}], "measures": [{"fn": "count"}],
            }));
            report["rows"].as_array().unwrap().iter().map(|r| (r["closed_at"].clone(), r["count"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(by_month(&admin), by_month(&far));
        assert_eq!(by_month(&admin).len(), 2);
    });
}

#[test]
fn a_rehearsed_conversion_tells_who_the_lead_certainly_is_and_where_its_deal_would_begin() {
    both(|app| {
        let admin = app.admin();
        let way = Way::open(&admin);
        let rep = in_browser(app, "rep@acme.example", "representative");
        let convert = |lead: &Value| format!("{}/actions/convert?dry_run=true", at("leads", lead));
        let rehearse = |lead: &Value| rep.post(&convert(lead), &json!({"without_deal": true})).expect(200)["result"].clone();
        let told = |answer: &Value, kind: &str| -> Vec<(String, bool)> {
            let matches = answer["matches"][kind].as_array().unwrap();
            matches.iter().map(|m| (m["by"].as_str().unwrap().to_string(), m["certain"].as_bool().unwrap())).collect()
        };
        let is = |by: &str, certain: bool| vec![(by.to_string(), certain)];
        let lead = rep.create(
            "leads",
            json!({"first_name": "Elena", "last_name": "Conti", "company_name": "Gelateria Valsesia", "emails": ["elena@gmail.com"], "phones": ["+39 02 1234567"]}),
        );
        let empty = rehearse(&lead);
        assert_eq!((told(&empty, "companies"), told(&empty, "contacts")), (vec![], vec![]));
        assert_eq!((&empty["place"]["stage"]["id"], &empty["place"]["stage"]["title"]), (&json!(way.stage("Talk")), &json!("Talk")));
        assert_eq!(empty["place"]["pipeline"]["title"], "Sales");

        rep.create("companies", json!({"name": "GELATERIA VALSESIA S.r.l."}));
        rep.create("contacts", json!({"last_name": "Centralino", "phones": ["+39 021234567"]}));
        assert_eq!((told(&rehearse(&lead), "companies"), told(&rehearse(&lead), "contacts")), (is("name", true), is("phones", false)));
        rep.create("contacts", json!({"last_name": "Conti", "emails": ["Elena@GMAIL.com"]}));
        assert_eq!(told(&rehearse(&lead), "contacts")[0], ("emails".to_string(), true));
        // A name that is only similar, and one that two companies have, leave the choice to him.
        let similar = rep.create("leads", json!({"company_name": "Gelateria Valsessia", "last_name": "Neri"}));
        assert_eq!(told(&rehearse(&similar), "companies"), is("name", false));
        rep.create("companies", json!({"name": "Gelateria Valsesia"}));
        assert!(told(&rehearse(&lead), "companies").iter().all(|(_, certain)| !certain));
    });
}
