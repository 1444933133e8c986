//! `docs/rights.md` as a story: Italy with Milan below it, and Germany beside; what each sees and may do.

use serde_json::{Value, json};

use crate::app::{App, Client, both, items};

/// A person of a role in a team.
struct Person<'a> {
    client: Client<'a>,
    id: String,
}

struct Company<'a> {
    admin: Client<'a>,
    /// Leads Italy; Milan is below it.
    giulia: Person<'a>,
    /// In Italy.
    marco: Person<'a>,
    /// In Milan.
    sofia: Person<'a>,
    /// In Germany.
    jonas: Person<'a>,
    reader: Person<'a>,
}

fn hire<'a>(app: &'a App, name: &str, role: &str, team: &Value) -> Person<'a> {
    let id = app.hire(&format!("{name}@acme.example"), &[role]);
    app.admin().patch(&format!("/api/v1/users/{id}"), &json!({"team": team["id"]})).expect(200);
    Person { client: app.bearer(&app.token_of(id, &[])), id: id.to_string() }
}

/// Each owns one company, one deal of a hundred per letter of his name, and one activity about it.
fn company(app: &App) -> Company<'_> {
    let admin = app.admin();
    let italy = admin.create("teams", json!({"name": "Italy"}));
    let milan = admin.create("teams", json!({"name": "Milan", "parent": italy["id"]}));
    let germany = admin.create("teams", json!({"name": "Germany"}));
    let all = Company {
        giulia: hire(app, "giulia", "manager", &italy),
        marco: hire(app, "marco", "representative", &italy),
        sofia: hire(app, "sofia", "representative", &milan),
        jonas: hire(app, "jonas", "representative", &germany),
        reader: hire(app, "ingrid", "read_only", &italy),
        admin,
    };
    for (name, person) in [("Giulia", &all.giulia), ("Marco", &all.marco), ("Sofia", &all.sofia), ("Jonas", &all.jonas)] {
        let amount = json!({"amount": (name.len() * 100).to_string(), "currency": "EUR"});
        let firm = person.client.create("companies", json!({"name": format!("Firm of {name}")}));
        let deal = person.client.create("deals", json!({"name": format!("Cabinet of {name}"), "company": firm["id"], "amount": amount}));
        let about = json!([{"object": "deal", "id": deal["id"]}]);
        person
            .client
            .create("activities", json!({"kind": "task", "subject": format!("Ring {name}"), "due_on": "2099-01-01", "about": about}));
    }
    app.settle();
    all
}

fn names(client: &Client<'_>, object: &str, field: &str) -> Vec<String> {
    let list = client.list(object, &[("sort", field), ("count", "exact")]);
    let names: Vec<String> = items(&list).iter().map(|i| i[field].as_str().unwrap().to_string()).collect();
    assert_eq!(list["count"]["value"], json!(names.len()), "the count of {object} says more than its list");
    names
}

fn one(client: &Client<'_>, object: &str, field: &str, name: &str) -> Option<String> {
    let found = client.list(object, &[("filter", &format!("{field} == \"{name}\""))]);
    items(&found).first().map(|i| i["id"].as_str().unwrap().to_string())
}

#[test]
fn everybody_reads_companies_and_the_deals_and_activities_of_his_teams() {
    both(|app| {
        let c = company(app);
        let deals = |p: &Person<'_>| names(&p.client, "deals", "name");
        assert_eq!(deals(&c.marco), ["Cabinet of Giulia", "Cabinet of Marco"]);
        assert_eq!(deals(&c.reader).len(), 4, "who may only read, reads everything");
        assert_eq!(deals(&c.sofia), ["Cabinet of Sofia"]);
        assert_eq!(deals(&c.giulia), ["Cabinet of Giulia", "Cabinet of Marco", "Cabinet of Sofia"], "with the teams below");
        assert_eq!(names(&c.marco.client, "activities", "subject"), ["Ring Giulia", "Ring Marco"]);
        assert_eq!(names(&c.giulia.client, "activities", "subject"), ["Ring Giulia", "Ring Marco", "Ring Sofia"]);
        for p in [&c.giulia, &c.marco, &c.sofia, &c.jonas, &c.reader] {
            assert_eq!(names(&p.client, "companies", "name").len(), 4);
            p.client.get("/api/v1/products").expect(200);
            p.client.get("/api/v1/contacts").expect(200);
        }
    });
}

#[test]
fn the_model_tells_each_how_far_he_sees() {
    both(|app| {
        let c = company(app);
        let level = |client: &Client<'_>, object: &str| {
            let model = client.get("/api/v1/model").expect(200);
            let object = model["objects"].as_array().unwrap().iter().find(|o| o["name"] == object).cloned();
            object.map(|o| o["access"]["level"].as_str().unwrap().to_string())
        };
        let seen = |client: &Client<'_>| ["deal", "company", "import"].map(|object| level(client, object).unwrap_or_default());
        assert_eq!(seen(&c.marco.client)[..2], ["team", "all"]);
        assert_eq!(seen(&c.giulia.client), ["team", "all", "own"]);
        assert_eq!(seen(&c.reader.client)[..2], ["all", "all"]);
        assert_eq!(seen(&c.admin), ["all", "all", "all"]);
        // Of several roles the widest counts.
        let both = app.hire("both@acme.example", &["representative", "read_only"]);
        assert_eq!(seen(&app.bearer(&app.token_of(both, &[])))[0], "all");
    });
}

#[test]
fn sums_tiles_searches_and_suggestions_say_no_more_than_lists() {
    both(|app| {
        let c = company(app);
        let sum = |p: &Person<'_>| {
            let report =
                json!({"object": "deal", "filter": "status == \"open\"", "measures": [{"fn": "count"}, {"fn": "sum", "field": "amount"}]});
            let row = p.client.report(report)["rows"][0].clone();
            (row["count"].as_i64().unwrap(), row["sum_amount"]["amount"].as_str().unwrap_or("0").to_string())
        };
        assert_eq!(sum(&c.marco), (2, "1100.00".to_string()));
        assert_eq!(sum(&c.giulia), (3, "1600.00".to_string()));
        assert_eq!(sum(&c.jonas), (1, "500.00".to_string()));
        let by_owner = c.marco.client.report(json!({"object": "deal", "group_by": [{"field": "owner"}], "measures": [{"fn": "count"}]}));
        assert_eq!(by_owner["rows"].as_array().unwrap().len(), 2);
        let found = |p: &Person<'_>, q: &str| {
            let hits = p.client.post("/api/v1/search", &json!({"q": q, "objects": ["deal", "activity"]})).expect(200);
            items(&hits).len()
        };
        assert_eq!((found(&c.marco, "Jonas"), found(&c.jonas, "Jonas")), (0, 2));
        assert_eq!((found(&c.marco, "Cabinet"), found(&c.giulia, "Cabinet")), (2, 3));
        // The page of a company that all may see tells nothing of a deal that one may not.
        let firm = one(&c.marco.client, "companies", "name", "Firm of Jonas").unwrap();
        let page = |p: &Person<'_>| p.client.get(&format!("/api/v1/companies/{firm}/timeline")).text();
        assert!(!page(&c.marco).contains("Cabinet of Jonas") && page(&c.jonas).contains("Cabinet of Jonas"));
        let related = c.marco.client.list("deals", &[("filter", &format!("company == \"{firm}\"")), ("count", "exact")]);
        assert_eq!(related["count"]["value"], 0);
    });
}

#[test]
fn one_changes_the_own_a_manager_those_of_the_teams_below_and_a_reader_nothing() {
    both(|app| {
        let c = company(app);
        let change = |p: &Person<'_>, object: &str, field: &str, name: &str| {
            let id = one(&c.admin, object, field, name).unwrap();
            p.client.patch(&format!("/api/v1/{object}/{id}"), &json!({field: name})).status.as_u16()
        };
        assert_eq!(change(&c.marco, "deals", "name", "Cabinet of Marco"), 200);
        assert_eq!(change(&c.marco, "deals", "name", "Cabinet of Giulia"), 403);
        assert_eq!(change(&c.marco, "deals", "name", "Cabinet of Sofia"), 404, "what one may not see is not there");
        assert_eq!(change(&c.marco, "companies", "name", "Firm of Jonas"), 403);
        assert_eq!(change(&c.giulia, "deals", "name", "Cabinet of Sofia"), 200);
        assert_eq!(change(&c.giulia, "deals", "name", "Cabinet of Jonas"), 404);
        assert_eq!(change(&c.giulia, "companies", "name", "Firm of Jonas"), 403);
        assert_eq!(change(&c.reader, "deals", "name", "Cabinet of Marco"), 403);
        // Giving a record away is a change of it, and taking one is a change of another's.
        let foreign = one(&c.admin, "companies", "name", "Firm of Jonas").unwrap();
        c.marco.client.patch(&format!("/api/v1/companies/{foreign}"), &json!({"owner": c.marco.id})).expect(403);
    });
}

#[test]
fn a_representative_takes_nothing_out_and_deletes_not_many_at_once() {
    both(|app| {
        let c = company(app);
        let export =
            |p: &Person<'_>, object: &str| p.client.post("/api/v1/exports", &json!({"object": object, "format": "jsonl"})).status.as_u16();
        for object in ["company", "contact", "deal", "activity", "product"] {
            assert_eq!((export(&c.marco, object), export(&c.reader, object), export(&c.giulia, object)), (403, 403, 200), "{object}");
        }
        let lines = c.giulia.client.post("/api/v1/exports", &json!({"object": "deal", "format": "jsonl"})).text();
        assert!(lines.contains("Cabinet of Sofia") && !lines.contains("Cabinet of Jonas"), "{lines}");
        let many: Vec<Value> = (0..101).map(|n| json!({"op": "create", "values": {"name": format!("Mass {n}")}})).collect();
        let made = c.giulia.client.post("/api/v1/companies/batch", &json!({"atomic": false, "operations": many})).expect(200);
        let delete: Vec<Value> = made["results"].as_array().unwrap().iter().map(|r| json!({"op": "delete", "id": r["id"]})).collect();
        let body = json!({"atomic": false, "operations": delete});
        c.marco.client.post("/api/v1/companies/batch", &body).expect(403);
        assert_eq!(c.giulia.client.post("/api/v1/companies/batch", &body).expect(200)["results"][0]["status"], 200);
    });
}

#[test]
fn who_is_deactivated_is_out_at_once_and_his_work_goes_to_a_colleague_in_one_act() {
    both(|app| {
        let c = company(app);
        c.marco.client.get("/api/v1/session").expect(200);
        let path = format!("/api/v1/users/{}/actions/hand_over", c.marco.id);
        let input = json!({"to": c.giulia.id, "deactivate": true});
        let told = c.admin.post(&format!("{path}?dry_run=true"), &input).expect(200);
        assert_eq!(told["result"]["moved"], json!({"activity": 1, "company": 1, "contact": 0, "deal": 1, "lead": 0}));
        c.marco.client.get("/api/v1/session").expect(200);
        c.giulia.client.post(&path, &input).expect(403);
        let done = c.admin.post(&path, &input);
        let correlation = done.header("x-correlation-id");
        done.expect(200);
        c.marco.client.get("/api/v1/session").expect(401);
        assert_eq!(items(&c.giulia.client.list("deals", &[("filter", "owner == me()")])).len(), 2);
        c.admin.post("/api/v1/undo", &json!({"correlation": correlation})).expect(200);
        c.marco.client.get("/api/v1/session").expect(200);
        assert_eq!(items(&c.marco.client.list("deals", &[("filter", "owner == me()")])).len(), 1);
    });
}
