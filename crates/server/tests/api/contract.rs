//! What `docs/api.md` promises to programs, line by line.

use std::collections::HashSet;
use std::thread;

use base::Instant;
use serde_json::{Value, json};

use crate::app::{Answer, App, Client, both, id, items, told, url};

const JSON: (&str, &str) = ("content-type", "application/json");

fn at(object: &str, record: &Value) -> String {
    format!("/api/v1/{object}/{}", id(record))
}

/// How many events there are: a refused or rehearsed write leaves this as it was.
fn events(app: &App) -> i64 {
    app.number("select count(*) from event")
}

/// A pipeline with an open stage, a won and a lost one; answers the open stage.
fn pipeline(admin: &Client<'_>) -> Value {
    let pipeline = admin.create("pipelines", json!({"name": "Sales", "object": "deal", "default": true}));
    let stage = |name: &str, kind: &str, position: i64, probability: i64| {
        let body = json!({"pipeline": id(&pipeline), "name": name, "kind": kind, "position": position, "probability": probability});
        admin.create("stages", body)
    };
    let open = stage("Qualified", "open", 1, 25);
    stage("Won", "won", 2, 100);
    stage("Lost", "lost", 3, 0);
    open
}

#[test]
fn what_the_caller_has_already_is_not_sent_again() {
    both(|app| {
        let admin = app.admin();
        let company = admin.create("companies", json!({"name": "Acme"}));
        let path = at("companies", &company);
        let list = "/api/v1/companies?sort=name";
        for address in [path.as_str(), list, "/api/v1/model", "/api/v1/openapi.json"] {
            let first = admin.get(address);
            let tag = first.header("etag");
            assert!(!tag.is_empty(), "{address} has no ETag");
            let again = admin.with("if-none-match", &tag).get(address);
            assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{address}");
            assert_eq!(again.header("etag"), tag);
            assert_eq!(admin.with("if-none-match", "\"other\"").get(address).status, 200);
        }
        // What is computed anew makes no version: a browser does not keep a record, to ask for it by its tag.
        assert_eq!(admin.get(&path).header("cache-control"), "private, no-store");
        let (record, page) = (admin.get(&path).header("etag"), admin.get(list).header("etag"));
        admin.patch(&path, &json!({"employees": 7})).expect(200);
        assert_eq!(admin.with("if-none-match", &record).get(&path).header("etag"), "\"2\"");
        assert_eq!(admin.with("if-none-match", &page).get(list).status, 200);
    });
}

#[test]
fn a_write_names_the_version_that_it_saw() {
    both(|app| {
        let admin = app.admin();
        let company =
            admin.create("companies", json!({"name": "Acme", "city": "Trento", "annual_revenue": {"amount": "10", "currency": "EUR"}}));
        let path = at("companies", &company);
        let write = |tag: &str, body: Value| admin.send("PATCH", &path, &[JSON, ("if-match", tag)], body.to_string());
        let changed = write("\"1\"", json!({"city": "Roma", "annual_revenue": {"amount": "12.5", "currency": "EUR"}}));
        assert_eq!(changed.header("etag"), "\"2\"");
        changed.expect(200);
        // The same value from both sides is no conflict; another one is, each with both values.
        assert_eq!(write("\"1\"", json!({"city": "Roma"})).expect(200)["version"], 2);
        let body = json!({"city": "Milano", "annual_revenue": {"amount": "11", "currency": "EUR"}, "name": "Acme Group"});
        let problem = write("\"1\"", body).expect(409);
        assert_eq!(problem["code"], "conflict");
        let conflicts = problem["conflicts"].as_array().unwrap();
        let of = |name: &str| conflicts.iter().find(|c| c["field"] == name).unwrap_or_else(|| panic!("no {name} in {problem}"));
        assert_eq!((&of("city")["yours"], &of("city")["theirs"]), (&json!("Milano"), &json!("Roma")));
        assert_eq!(of("annual_revenue")["theirs"], json!({"amount": "12.50", "currency": "EUR"}));
        assert_eq!(conflicts.len(), 2, "the name was changed by one side only");
        let now = admin.get(&path).expect(200);
        assert_eq!((&now["name"], &now["version"]), (&json!("Acme"), &json!(2)), "a conflict writes nothing");
        // What is no version, or none that this record had, is refused; `*` is any.
        assert_eq!(write("\"seven\"", json!({"employees": 1})).expect(400)["code"], "malformed");
        write("\"9\"", json!({"employees": 1})).expect(409);
        assert_eq!(write("*", json!({"employees": 1})).expect(200)["version"], 3);
        let deleted = admin.send("DELETE", &path, &[("if-match", "\"1\"")], "");
        assert_eq!(deleted.status, 409, "a deletion that saw an older version: {}", deleted.text());
    });
}

#[test]
fn a_new_record_tells_where_it_is() {
    both(|app| {
        let admin = app.admin();
        let made = admin.post("/api/v1/tags", &json!({"name": "VIP"}));
        assert_eq!((made.status.as_u16(), made.header("etag").as_str()), (201, "\"1\""));
        let location = made.header("location");
        assert_eq!(location, at("tags", &made.json()));
        assert_eq!(admin.get(&location).expect(200)["name"], "VIP");
        let upserted =
            admin.post("/api/v1/companies/upsert", &json!({"match": "domain", "values": {"name": "Acme", "domain": "acme.example"}}));
        assert_eq!(upserted.status, 201);
        assert_eq!(upserted.header("location"), at("companies", &upserted.json()));
    });
}

#[test]
fn a_write_sent_twice_with_one_key_is_done_once() {
    both(|app| {
        let admin = app.admin();
        let keyed = |key: &str, method: &str, path: &str, body: &Value| {
            admin.send(method, path, &[JSON, ("idempotency-key", key)], body.to_string())
        };
        let acme = json!({"name": "Acme"});
        let first = keyed("k1", "POST", "/api/v1/companies", &acme);
        let again = keyed("k1", "POST", "/api/v1/companies", &acme);
        assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201));
        assert_eq!(first.body, again.body);
        for header in ["location", "etag", "x-correlation-id"] {
            assert_eq!(first.header(header), again.header(header), "{header}");
        }
        let company = first.json();
        let other = keyed("k1", "POST", "/api/v1/companies", &json!({"name": "Bit"})).expect(422);
        assert_eq!(told(&other), [("Idempotency-Key".to_string(), "reused".to_string())]);
        assert_eq!(admin.list("companies", &[])["count"]["value"], 1);
        // A change by key is done once, too, whatever happened since.
        let path = at("companies", &company);
        keyed("k2", "PATCH", &path, &json!({"employees": 5})).expect(200);
        admin.patch(&path, &json!({"employees": 6})).expect(200);
        assert_eq!(keyed("k2", "PATCH", &path, &json!({"employees": 5})).expect(200)["employees"], 5);
        assert_eq!(admin.get(&path).expect(200)["employees"], 6);
        // What was refused is tried again; another person's key is another key; a key may not be empty or endless.
        keyed("k3", "POST", "/api/v1/tags", &json!({})).expect(422);
        keyed("k3", "POST", "/api/v1/tags", &json!({"name": "VIP"})).expect(201);
        let anna = app.person("anna@acme.example", "manager");
        let hers = anna.send("POST", "/api/v1/companies", &[JSON, ("idempotency-key", "k1")], acme.to_string()).expect(201);
        assert_ne!(hers["id"], company["id"]);
        keyed("", "POST", "/api/v1/tags", &json!({"name": "Empty"})).expect(422);
        keyed(&"x".repeat(201), "POST", "/api/v1/tags", &json!({"name": "Long"})).expect(422);
        // Actions and undo are writes like others.
        let task = admin.create("activities", json!({"kind": "task", "subject": "Call back"}));
        let done = format!("{}/actions/complete", at("activities", &task));
        let one = keyed("k4", "POST", &done, &json!({})).expect(200);
        assert_eq!(keyed("k4", "POST", &done, &json!({})).expect(200), one);
    });
}

#[test]
fn doubles_that_arrive_at_once_are_one_write() {
    both(|app| {
        let admin = app.admin();
        let answers: Vec<Answer> = thread::scope(|scope| {
            let one = || {
                let headers = [JSON, ("idempotency-key", "double click")];
                admin.send("POST", "/api/v1/companies", &headers, json!({"name": "Acme"}).to_string())
            };
            let all: Vec<_> = (0..6).map(|_| scope.spawn(one)).collect();
            all.into_iter().map(|t| t.join().unwrap()).collect()
        });
        let ids: HashSet<String> = answers.iter().map(|a| id(&a.json()).to_string()).collect();
        assert_eq!(ids.len(), 1, "{ids:?}");
        assert!(answers.iter().all(|a| a.status == 201));
        assert_eq!(admin.list("companies", &[])["count"]["value"], 1);
    });
}

#[test]
fn a_batch_is_all_or_nothing_or_an_outcome_each() {
    both(|app| {
        let admin = app.admin();
        let batch =
            |atomic: bool, operations: Value| admin.post("/api/v1/companies/batch", &json!({"atomic": atomic, "operations": operations}));
        let operations = json!([
            {"op": "create", "values": {"name": "Acme"}},
            {"op": "create", "values": {"name": "Bit", "employees": "many"}},
            {"op": "create", "values": {"nmae": "Cucina"}},
        ]);
        let before = events(app);
        let problem = batch(true, operations.clone()).expect(422);
        assert_eq!(problem["fields"][0]["field"], "operations[1].values.employees", "{problem}");
        assert_eq!((admin.list("companies", &[])["count"]["value"].clone(), events(app)), (json!(0), before), "nothing of it was written");
        let results = batch(false, operations).expect(200)["results"].clone();
        assert_eq!(results[0]["status"], 201);
        assert_eq!((&results[1]["status"], &results[1]["error"]["fields"][0]["field"]), (&json!(422), &json!("employees")));
        assert!(results[2]["error"].to_string().contains("name"), "{results}");
        let acme = results[0]["id"].as_str().unwrap();
        // Every kind of operation, each seeing what those before it did.
        let results = batch(
            true,
            json!([
                {"op": "update", "id": acme, "values": {"employees": 9, "domain": "acme.example"}, "version": 1},
                {"op": "upsert", "match": "domain", "values": {"domain": "acme.example", "name": "Acme Group"}},
                {"op": "upsert", "match": "domain", "values": {"domain": "bit.example", "name": "Bit"}},
                {"op": "delete", "id": acme},
            ]),
        )
        .expect(200)["results"]
            .clone();
        let statuses: Vec<_> =
            results.as_array().unwrap().iter().map(|r| (r["status"].as_u64().unwrap(), r["version"].as_i64().unwrap())).collect();
        assert_eq!(statuses, [(200, 2), (200, 3), (201, 1), (200, 4)]);
        // A conflict is one operation's outcome, with both values.
        let bit = results[2]["id"].as_str().unwrap();
        admin.patch(&format!("/api/v1/companies/{bit}"), &json!({"employees": 4})).expect(200);
        let stale =
            json!([{"op": "update", "id": bit, "values": {"employees": 5}, "version": 1}, {"op": "update", "id": "no-id", "values": {}}]);
        let results = batch(false, stale.clone()).expect(200)["results"].clone();
        assert_eq!((&results[0]["status"], &results[0]["error"]["conflicts"][0]["theirs"]), (&json!(409), &json!(4)));
        assert_eq!(results[1]["status"], 404);
        assert_eq!(batch(true, stale).expect(409)["operation"], 0);
        // Bounds and shapes.
        let many: Vec<Value> = (0..1_001).map(|n| json!({"op": "create", "values": {"name": format!("C{n}")}})).collect();
        assert_eq!(told(&batch(false, json!(many)).expect(422))[0].0, "operations");
        batch(false, json!([])).expect(422);
        let unknown = batch(true, json!([{"op": "craete", "values": {}}])).expect(422);
        assert_eq!(unknown["fields"][0]["field"], "operations[0].op", "{unknown}");
        let unknown = batch(true, json!([{"op": "create", "valuse": {}}])).expect(422);
        assert!(unknown.to_string().contains("values"), "{unknown}");
    });
}

#[test]
fn an_upsert_finds_its_record_by_any_address_and_asks_when_there_are_several() {
    both(|app| {
        let admin = app.admin();
        let upsert = |body: Value| admin.post("/api/v1/contacts/upsert", &body);
        let emails = json!([{"address": "anna@acme.example", "primary": true}, {"address": "a.bianchi@home.example", "kind": "personal"}]);
        let anna = admin.create("contacts", json!({"first_name": "Anna", "last_name": "Bianchi", "emails": emails}));
        let found = upsert(json!({"match": "email", "values": {"email": "A.Bianchi@HOME.example", "job_title": "Buyer"}})).expect(200);
        assert_eq!((&found["id"], &found["job_title"]), (&anna["id"], &json!("Buyer")));
        let made = upsert(json!({"match": "email", "values": {"email": "bruno@acme.example", "first_name": "Bruno"}})).expect(201);
        assert_ne!(made["id"], anna["id"]);
        // An address that two people share.
        let carla = admin.create("contacts", json!({"first_name": "Carla", "email": "info@acme.example"}));
        let dario = admin.create("contacts", json!({"first_name": "Dario", "email": "info@acme.example"}));
        let ambiguous = upsert(json!({"match": "email", "values": {"email": "info@acme.example", "job_title": "?"}})).expect(409);
        let candidates: HashSet<&str> = ambiguous["candidates"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
        assert_eq!(candidates, HashSet::from([id(&carla), id(&dario)]));
        // What cannot be matched by is told with what can.
        let wrong = upsert(json!({"match": "emial", "values": {"email": "x@acme.example"}})).expect(422);
        assert!(wrong["fields"][0]["message"].as_str().unwrap().contains("email"), "{wrong}");
        assert_eq!(told(&upsert(json!({"match": "email", "values": {"first_name": "Nobody"}})).expect(422))[0].0, "values.email");
        assert_eq!(told(&upsert(json!({"values": {}})).expect(422)), [("match".into(), "required".into())]);
    });
}

#[test]
fn a_record_is_known_by_the_ids_of_other_systems() {
    both(|app| {
        let admin = app.admin();
        let ids = json!([{"system": "hubspot", "id": "42"}, {"system": "erp", "id": "C-7"}]);
        let made = admin.create("companies", json!({"name": "Acme", "external_ids": ids}));
        let path = at("companies", &made);
        let external = || admin.get(&format!("{path}?fields=name,external_ids")).expect(200)["external_ids"].clone();
        assert_eq!(external(), json!([{"system": "erp", "id": "C-7"}, {"system": "hubspot", "id": "42"}]));
        assert_eq!(admin.list("companies", &[("fields", "external_ids")])["items"][0]["external_ids"], external());
        let body =
            json!({"match": "external.hubspot", "values": {"name": "Acme Group", "external_ids": [{"system": "hubspot", "id": "42"}]}});
        let found = admin.post("/api/v1/companies/upsert", &body).expect(200);
        assert_eq!((&found["id"], &found["name"]), (&made["id"], &json!("Acme Group")));
        assert_eq!(external().as_array().unwrap().len(), 2, "what one system says leaves the ids of others alone");
        admin.patch(&path, &json!({"external_ids": [{"system": "hubspot", "id": "44"}]})).expect(200);
        assert_eq!(external()[1], json!({"system": "hubspot", "id": "44"}));
        let body = json!({"match": "external.hubspot", "values": {"name": "Bit", "external_ids": [{"system": "hubspot", "id": "43"}]}});
        admin.post("/api/v1/companies/upsert", &body).expect(201);
        let twin = json!({"name": "Twin", "external_ids": [{"system": "hubspot", "id": "43"}]});
        let refused = admin.post("/api/v1/companies", &twin);
        assert!(matches!(refused.status.as_u16(), 409 | 422), "one id of a system names one record: {}", refused.text());
        let none = json!({"match": "external.hubspot", "values": {"name": "Nobody"}});
        assert_eq!(told(&admin.post("/api/v1/companies/upsert", &none).expect(422))[0].0, "values.external_ids");
    });
}

#[test]
fn what_is_unknown_is_refused_with_the_nearest_name() {
    both(|app| {
        let admin = app.admin();
        let company = admin.create("companies", json!({"name": "Acme"}));
        let one = at("companies", &company);
        let get = |path: &str, query: &[(&str, &str)]| admin.get(&url(path, query));
        let one_path = one.trim_start_matches("/api/v1/").to_string();
        let refused = [
            (get("companies", &[("fliter", "true")]), "fliter", "filter"),
            (get("companies", &[("sort", "-naem")]), "sort", "name"),
            (get("companies", &[("fields", "name,emplyees")]), "fields", "employees"),
            (get("companies", &[("expand", "ownr")]), "expand", "owner"),
            (get(&one_path, &[("expnad", "owner")]), "expnad", "expand"),
            (get(&one_path, &[("fields", "nmae")]), "fields", "name"),
            (get(&one_path, &[("fields", "nmae"), ("as_of", "2099-01-01T00:00:00Z")]), "fields", "name"),
            (get("companies", &[("sort", "nmae"), ("as_of", "2099-01-01T00:00:00Z")]), "sort", "name"),
            (get("companies", &[("expand", "owner"), ("as_of", "2099-01-01T00:00:00Z")]), "as_of", ""),
            (get(&format!("{one_path}/timeline"), &[("knid", "call")]), "knid", "kind"),
            (get(&format!("{one_path}/history"), &[("crusor", "1")]), "crusor", "cursor"),
            (admin.post("/api/v1/companies", &json!({"name": "Bit", "wbesite": "x.example"})), "wbesite", "website"),
            (admin.patch(&one, &json!({"emplyees": 4})), "emplyees", "employees"),
            (admin.post("/api/v1/companies?dry_rnu=true", &json!({"name": "Bit"})), "dry_rnu", ""),
            (admin.post("/api/v1/search", &json!({"q": "x", "object": ["deals"]})), "object", "objects"),
            (admin.post("/api/v1/query", &json!({"object": "deal", "groupby": []})), "groupby", "group_by"),
            (admin.post("/api/v1/query", &json!({"object": "deal", "group_by": [{"field": "satge"}]})), "group_by[0].field", "stage"),
            (
                admin.post("/api/v1/query", &json!({"object": "deal", "measures": [{"fn": "sum", "field": "amuont"}]})),
                "measures[0].field",
                "amount",
            ),
            (
                admin.post("/api/v1/query", &json!({"object": "deal", "measures": [{"fn": "summ", "field": "amount"}]})),
                "measures[0].fn",
                "sum",
            ),
            (admin.post("/api/v1/exports", &json!({"object": "company", "format": "csv", "fields": "nmae"})), "fields", "name"),
            (admin.post("/api/v1/exports", &json!({"object": "company", "format": "csb"})), "format", "csv"),
            (admin.post("/api/v1/undo", &json!({"corelation": "x"})), "corelation", "correlation"),
            (admin.post("/api/v1/tokens", &json!({"name": "x", "scopes": ["deal:read"]})), "scopes[0]", "deals:read"),
            (admin.post(&format!("{one}/actions/restore"), &json!({"reason": "x"})), "reason", ""),
        ];
        for (answer, place, near) in refused {
            let text = answer.text();
            assert_eq!(answer.status, 422, "{place}: {text}");
            let problem = answer.json();
            let field = problem["fields"]
                .as_array()
                .unwrap()
                .iter()
                .find(|f| f["field"] == place)
                .unwrap_or_else(|| panic!("no {place} in {text}"));
            assert!(field["message"].as_str().unwrap().contains(near), "{place}: {text}");
        }
        let lost = [
            (admin.get("/api/v1/compnies"), "companies"),
            (admin.post(&format!("{one}/actions/restroe"), &json!({})), "restore"),
            (admin.post("/api/v1/query", &json!({"object": "del"})), ""),
            (admin.get("/api/v1/companies/no-id"), "not an id"),
        ];
        for (answer, near) in lost {
            let problem = answer.expect(404);
            assert!(problem["detail"].as_str().unwrap().contains(near), "{problem}");
        }
    });
}

#[test]
fn an_expression_that_is_wrong_is_told_with_place_and_suggestion() {
    both(|app| {
        let admin = app.admin();
        for (filter, at, near) in [
            ("employees > 5 && amuont > 3", 17, None),
            ("emplyees > 5", 0, Some("employees")),
            ("employees > \"five\"", 0, None),
            ("name == ", 8, None),
            ("parent.naem == \"Acme\"", 7, Some("name")),
            ("starts_wiht(name)", 0, None),
            ("name ==== \"x\"", 7, None),
        ] {
            let problem = admin.get(&url("companies", &[("filter", filter)])).expect(422);
            let told = &problem["expression"][0];
            assert_eq!(told["field"], "filter", "{filter}: {problem}");
            let place = told["at"].as_u64().unwrap();
            assert!(place.abs_diff(at) <= 12 && told["length"].is_u64(), "{filter} at {place}: {problem}");
            assert!(told["message"].as_str().is_some_and(|m| !m.is_empty()));
            if let Some(near) = near {
                assert_eq!((place, told["suggestion"].as_str()), (at, Some(near)), "{filter}: {problem}");
            }
        }
        // All of them at once, in reports and exports as in lists.
        let problem = admin.get(&url("companies", &[("filter", "emplyees > 5 || ctiy == \"Roma\"")])).expect(422);
        assert_eq!(problem["expression"].as_array().unwrap().len(), 2, "{problem}");
        for (path, body) in [
            ("/api/v1/query", json!({"object": "company", "filter": "emplyees > 5"})),
            ("/api/v1/exports", json!({"object": "company", "filter": "emplyees > 5", "format": "csv"})),
            ("/api/v1/companies/actions/restore", json!({"filter": "emplyees > 5"})),
        ] {
            let problem = admin.post(path, &body).expect(422);
            assert_eq!(problem["expression"][0]["suggestion"], "employees", "{path}: {problem}");
        }
    });
}

#[test]
fn relations_are_expanded_two_levels_deep() {
    both(|app| {
        let admin = app.admin();
        let group = admin.create("companies", json!({"name": "Acme Group"}));
        let acme = admin.create("companies", json!({"name": "Acme", "parent": id(&group)}));
        let tag = admin.create("tags", json!({"name": "VIP"}));
        let anna = admin.create("contacts", json!({"first_name": "Anna", "company": id(&acme), "tags": [id(&tag)]}));
        let path = format!("contacts/{}", id(&anna));
        let plain = admin.get(&url(&path, &[])).expect(200);
        assert_eq!((&plain["company"], &plain["tags"]), (&acme["id"], &json!([tag["id"]])));
        let query = [("expand", "company.parent,tags,owner")];
        let page = admin.list("contacts", &query);
        for expanded in [admin.get(&url(&path, &query)).expect(200), page["items"][0].clone()] {
            assert_eq!((&expanded["company"]["title"], &expanded["company"]["object"]), (&json!("Acme"), &json!("company")));
            assert_eq!(
                (&expanded["company"]["parent"]["id"], &expanded["company"]["parent"]["title"]),
                (&group["id"], &json!("Acme Group"))
            );
            assert_eq!(expanded["tags"][0]["title"], "VIP", "{expanded}");
            assert_eq!(expanded["owner"]["title"], "admin");
        }
        let group = admin.get(&url(&format!("companies/{}", id(&group)), &[("expand", "subsidiaries")])).expect(200);
        assert_eq!((&group["subsidiaries"][0]["id"], &group["subsidiaries"][0]["title"]), (&acme["id"], &json!("Acme")));
        assert_eq!(told(&admin.get(&url("contacts", &[("expand", "company.parent.parent")])).expect(422))[0].0, "expand");
        assert_eq!(told(&admin.get(&url("contacts", &[("expand", "first_name")])).expect(422))[0].0, "expand");
    });
}

#[test]
fn a_page_is_asked_for_within_bounds_and_a_cursor_only_where_it_belongs() {
    both(|app| {
        let admin = app.admin();
        for n in 0..5 {
            admin.create("companies", json!({"name": format!("C{n}"), "employees": n}));
        }
        for wrong in ["0", "501", "-1", "many", "1.5", "99999999999999999999"] {
            assert_eq!(told(&admin.get(&url("companies", &[("limit", wrong)])).expect(422))[0].0, "limit");
        }
        assert_eq!(items(&admin.list("companies", &[("limit", "500")])).len(), 5);
        let page = admin.list("companies", &[("limit", "2"), ("sort", "name")]);
        assert_eq!(items(&page).len(), 2);
        let cursor = page["next_cursor"].as_str().unwrap();
        assert_eq!(items(&admin.list("companies", &[("sort", "name"), ("cursor", cursor)])).len(), 3);
        let forged = |json: &str| {
            use base64_url::encode;
            encode(json)
        };
        let tenth = "01890a5d-ac96-774b-bcce-b302099a8057";
        let cases = [
            ("name", "nonsense".to_string()),
            ("name", "%%%".to_string()),
            ("-employees", cursor.to_string()),
            ("", cursor.to_string()),
            ("employees", forged(&format!(r#"["employees",["text where a number belongs"],"{tenth}"]"#))),
            ("name", forged(&format!(r#"["name",[5],"{tenth}"]"#))),
            ("name", forged(&format!(r#"["name",[],"{tenth}"]"#))),
            ("name", forged(r#"["name",["x"],"no id"]"#)),
            ("created_at", forged(&format!(r#"["created_at",["yesterday"],"{tenth}"]"#))),
            ("", forged(&format!(r#"["",[true],"{tenth}"]"#))),
        ];
        for (sort, cursor) in cases {
            let mut query = vec![("cursor", cursor.as_str())];
            if !sort.is_empty() {
                query.push(("sort", sort));
            }
            let answer = admin.get(&url("companies", &query));
            assert_eq!(answer.status, 422, "sort {sort}, cursor {cursor}: {}", answer.text());
            assert_eq!(told(&answer.json())[0].0, "cursor");
        }
        let path = at("companies", &page["items"][0]);
        for kind in ["timeline", "history"] {
            assert_eq!(told(&admin.get(&format!("{path}/{kind}?cursor=nonsense")).expect(422))[0].0, "cursor", "{kind}");
        }
    });
}

/// Base64 as cursors have it.
mod base64_url {
    pub fn encode(text: &str) -> String {
        const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let mut out = String::new();
        for chunk in text.as_bytes().chunks(3) {
            let bits = chunk.iter().fold(0_u32, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
            for place in 0..=chunk.len() {
                out.push(char::from(ALPHABET[usize::try_from(bits >> (18 - 6 * place) & 63).unwrap()]));
            }
        }
        out
    }
}

#[test]
fn a_count_is_bounded_unless_the_exact_number_is_asked_for() {
    both(|app| {
        let admin = app.admin();
        for part in 0..2 {
            let operations: Vec<Value> = (0..if part == 0 { 1_000 } else { 3 })
                .map(|n| json!({"op": "create", "values": {"name": format!("T{part}-{n:04}")}}))
                .collect();
            admin.post("/api/v1/tags/batch", &json!({"atomic": true, "operations": operations})).expect(200);
        }
        let count = |query: &[(&str, &str)]| admin.list("tags", query)["count"].clone();
        assert_eq!(count(&[("limit", "2")]), json!({"value": 1_000, "exact": false}));
        assert_eq!(count(&[("limit", "2"), ("count", "bounded")]), json!({"value": 1_000, "exact": false}));
        assert_eq!(count(&[("limit", "2"), ("count", "exact")]), json!({"value": 1_003, "exact": true}));
        assert_eq!(count(&[("limit", "2"), ("count", "none")]), Value::Null);
        assert_eq!(count(&[("limit", "2"), ("filter", "name.startsWith(\"T1\")")]), json!({"value": 3, "exact": true}));
        assert_eq!(count(&[("filter", "name == \"nobody\"")]), json!({"value": 0, "exact": true}));
        assert_eq!(told(&admin.get(&url("tags", &[("count", "all")])).expect(422))[0].0, "count");
    });
}

#[test]
fn a_record_and_a_list_are_shown_as_they_were() {
    both(|app| {
        let admin = app.admin();
        let acme = admin.create("companies", json!({"name": "Acme", "employees": 5, "email": "info@acme.example"}));
        let bit = admin.create("companies", json!({"name": "Bit"}));
        let path = format!("companies/{}", id(&acme));
        let moment = |record: &Value| record["updated_at"].as_str().unwrap().to_string();
        let first = moment(&bit);
        admin.patch(&format!("/api/v1/{path}"), &json!({"name": "Acme Group", "employees": null, "email": "new@acme.example"})).expect(200);
        admin.delete(&at("companies", &bit)).expect(200);
        let late = admin.create("companies", json!({"name": "Late"}));
        let then = admin.get(&url(&path, &[("as_of", &first)])).expect(200);
        assert_eq!((&then["name"], &then["employees"], &then["version"]), (&json!("Acme"), &json!(5), &json!(1)));
        assert_eq!(then["email"], "info@acme.example");
        let names = |query: &[(&str, &str)]| -> Vec<String> {
            items(&admin.list("companies", query)).iter().map(|i| i["name"].as_str().unwrap().to_string()).collect()
        };
        assert_eq!(names(&[("sort", "name"), ("as_of", &first)]), ["Acme", "Bit"]);
        assert_eq!(names(&[("sort", "-name"), ("as_of", &first)]), ["Bit", "Acme"], "a sort is kept or refused, never ignored");
        assert_eq!(names(&[("filter", "employees == 5"), ("as_of", &first)]), ["Acme"]);
        assert_eq!(names(&[("sort", "name")]), ["Acme Group", "Late"]);
        assert_eq!(names(&[("as_of", "2001-01-01T00:00:00Z")]), [""; 0]);
        admin.get(&url(&format!("companies/{}", id(&late)), &[("as_of", &first)])).expect(404);
        assert_eq!(admin.get(&url(&format!("companies/{}", id(&bit)), &[("as_of", &first)])).expect(200)["name"], "Bit");
        let some = admin.get(&url(&path, &[("as_of", &first), ("fields", "employees")])).expect(200);
        assert_eq!((some.get("name"), &some["employees"]), (None, &json!(5)), "only the fields that were asked for");
        for wrong in ["yesterday", "2026-13-01T00:00:00Z", "2026-01-01"] {
            assert_eq!(told(&admin.get(&url("companies", &[("as_of", wrong)])).expect(422))[0].0, "as_of");
        }
    });
}

#[test]
fn a_timeline_is_read_by_kind_and_page() {
    both(|app| {
        let admin = app.admin();
        let acme = admin.create("companies", json!({"name": "Acme"}));
        let path = at("companies", &acme);
        for n in 0..3 {
            admin.patch(&path, &json!({"employees": n})).expect(200);
        }
        let about = json!([{"object": "company", "id": id(&acme)}]);
        let done =
            json!({"kind": "call", "subject": "First call", "about": about, "done_at": "2026-01-05T09:00:00Z", "outcome": "connected"});
        let call = admin.create("activities", done);
        admin.create("activities", json!({"kind": "note", "subject": "A note", "about": about}));
        app.settle();
        let read = |query: &[(&str, &str)]| admin.get(&url(&format!("companies/{}/timeline", id(&acme)), query)).expect(200);
        let whole = read(&[]);
        assert_eq!(items(&whole).len(), 6, "{whole}");
        let calls = read(&[("kind", "call")]);
        assert_eq!((items(&calls).len(), &calls["items"][0]["record"]), (1, &call["id"]));
        assert_eq!(calls["items"][0]["activity"]["subject"], "First call");
        assert_eq!(calls["items"][0]["at"], "2026-01-05T09:00:00Z", "at its own date, though recorded today");
        assert_eq!(items(&read(&[("kind", "record.updated")])).len(), 3);
        assert_eq!(items(&read(&[("kind", "activity")])).len(), 2);
        // Newest first, page by page, each event once.
        let mut seen = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let mut query = vec![("limit", "2")];
            query.extend(cursor.as_deref().map(|c| ("cursor", c)));
            let page = read(&query);
            assert!(items(&page).len() <= 2);
            seen.extend(items(&page).iter().map(|i| i["id"].clone()));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = Some(next.to_string()),
                None => break,
            }
        }
        assert_eq!(seen, items(&whole).iter().map(|i| i["id"].clone()).collect::<Vec<_>>());
        let change = &read(&[("kind", "record.updated")])["items"][0];
        assert_eq!((&change["actor"]["kind"], &change["actor"]["name"]), (&json!("token"), &json!("admin")));
        let changed = change["changes"].as_array().unwrap().iter().find(|c| c["field"] == "employees").unwrap();
        assert_eq!((&changed["before"], &changed["after"], &changed["label"]), (&json!(1), &json!(2), &json!("Employees")));
    });
}

/// More than what is sorted at once, so that the pages are read along the sort.
#[test]
fn pages_of_a_wide_filter_follow_one_another_to_the_end() {
    both(|app| {
        let admin = app.admin();
        let sectors = ["retail", "software", "retail"];
        for part in 0..4 {
            let one = |n: usize| json!({"op": "create", "values": {"name": format!("Firm {part} {n}"), "sector": sectors[n % 3]}});
            let operations: Vec<Value> = (0..300).map(one).collect();
            admin.post("/api/v1/companies/batch", &json!({"operations": operations})).expect(200);
        }
        for sort in ["-created_at", "created_at", "name"] {
            let mut seen = Vec::new();
            let mut cursor: Option<String> = None;
            loop {
                let mut query =
                    vec![("filter", "sector == \"retail\""), ("sort", sort), ("limit", "90"), ("fields", "name,sector,created_at")];
                query.extend(cursor.as_deref().map(|c| ("cursor", c)));
                let page = admin.get(&url("companies", &query)).expect(200);
                assert!(items(&page).iter().all(|i| i["sector"] == "retail"));
                seen.extend(items(&page).iter().map(|i| (i["created_at"].as_str().unwrap().parse::<Instant>().unwrap(), i["id"].clone())));
                match page["next_cursor"].as_str() {
                    Some(next) => cursor = Some(next.to_string()),
                    None => break,
                }
            }
            assert_eq!(seen.len(), 800, "{sort}");
            let ids: std::collections::HashSet<String> = seen.iter().map(|(_, id)| id.to_string()).collect();
            assert_eq!(ids.len(), 800, "each once, by {sort}");
            match sort {
                "-created_at" => assert!(seen.windows(2).all(|w| w[0].0 >= w[1].0)),
                "created_at" => assert!(seen.windows(2).all(|w| w[0].0 <= w[1].0)),
                _ => {}
            }
        }
    });
}

#[test]
fn a_history_tells_every_change_page_by_page() {
    both(|app| {
        let admin = app.admin();
        let acme = admin.create("companies", json!({"name": "Acme", "employees": 0}));
        let path = at("companies", &acme);
        for n in 1..=60 {
            admin.patch(&path, &json!({"employees": n})).expect(200);
        }
        let mut employees = Vec::new();
        let mut address = format!("{path}/history");
        loop {
            let page = admin.get(&address).expect(200);
            let changes = items(&page).iter().filter(|i| i["field"] == "employees");
            employees.extend(changes.map(|i| (i["before"].clone(), i["after"].clone(), i["version"].as_i64().unwrap())));
            assert!(items(&page).iter().all(|i| i["actor"]["name"] == "admin" && i["origin"]["kind"] == "token"));
            match page["next_cursor"].as_str() {
                Some(next) => address = format!("{path}/history?cursor={next}"),
                None => break,
            }
        }
        assert_eq!(employees.len(), 61);
        assert_eq!(employees[0], (json!(59), json!(60), 61));
        assert_eq!(employees[60], (Value::Null, json!(0), 1));
    });
}

#[test]
fn a_rehearsed_action_tells_what_it_would_do_and_writes_nothing() {
    both(|app| {
        let admin = app.admin();
        let stage = pipeline(&admin);
        let lead = admin
            .create("leads", json!({"first_name": "Anna", "last_name": "Bianchi", "company_name": "Acme", "email": "anna@acme.example"}));
        let deal = admin.create("deals", json!({"name": "Tower", "stage": id(&stage), "amount": {"amount": "100", "currency": "EUR"}}));
        let (before, tags) = (events(app), app.number("select count(*) from contact"));
        let convert = format!("{}/actions/convert", at("leads", &lead));
        let rehearsed = admin.post(&format!("{convert}?dry_run=true"), &json!({"deal_name": "Big"})).expect(200);
        assert_eq!(rehearsed["dry_run"], true);
        assert!(rehearsed["records"].as_array().unwrap().iter().any(|r| r["object"] == "contact"), "{rehearsed}");
        let close = format!("{}/actions/close", at("deals", &deal));
        admin.post(&format!("{close}?dry_run=true"), &json!({"outcome": "won"})).expect(200);
        let many = json!({"filter": "status == \"open\"", "input": {"outcome": "lost", "lost_reason": "price"}});
        assert_eq!(admin.post("/api/v1/deals/actions/close?dry_run=true", &many).expect(200)["done"], 1);
        assert_eq!((events(app), app.number("select count(*) from contact")), (before, tags));
        assert_eq!(admin.get(&at("leads", &lead)).expect(200), admin.get(&at("leads", &lead)).expect(200));
        assert_eq!(admin.get(&at("deals", &deal)).expect(200)["status"], "open");
        // Then in earnest, on one and on many.
        let done = admin.post(&convert, &json!({"deal_name": "Big"})).expect(200);
        assert_eq!(admin.get(&format!("/api/v1/deals/{}", done["result"]["deal"].as_str().unwrap())).expect(200)["name"], "Big");
        assert_eq!(admin.post("/api/v1/deals/actions/close", &many).expect(200)["done"], 2);
        assert_eq!(admin.list("deals", &[("filter", "status == \"lost\"")])["count"]["value"], 2);
        // What an action refuses, it tells: input, state, unknown records.
        admin.post("/api/v1/deals/actions/reopen", &json!({"ids": [id(&deal)]})).expect(200);
        let wrong = admin.post(&close, &json!({"outcome": "wno"})).expect(422);
        assert_eq!(told(&wrong)[0].0, "outcome");
        admin.post(&convert, &json!({})).expect(409);
        let stranger = "01890a5d-ac96-774b-bcce-b302099a8057";
        let outcome = admin.post("/api/v1/deals/actions/duplicate", &json!({"ids": [id(&deal), stranger]})).expect(200);
        assert_eq!((&outcome["done"], &outcome["refused"][0]["id"]), (&json!(1), &json!(stranger)), "{outcome}");
        for body in [json!({}), json!({"ids": []}), json!({"ids": ["x"]}), json!({"ids": [id(&deal)], "filter": "true"})] {
            admin.post("/api/v1/deals/actions/reopen", &body).expect(422);
        }
    });
}

#[test]
fn what_one_write_did_is_undone_unless_it_was_changed_since() {
    both(|app| {
        let admin = app.admin();
        let acme = admin.create("companies", json!({"name": "Acme", "employees": 1, "city": "Roma", "domains": ["acme.example"]}));
        let path = at("companies", &acme);
        let changed = admin.patch(&path, &json!({"employees": 2, "city": "Milano", "domains": ["bit.example"], "email": "a@acme.example"}));
        let correlation = changed.header("x-correlation-id");
        changed.expect(200);
        let undo = |correlation: &str, force: bool| admin.post("/api/v1/undo", &json!({"correlation": correlation, "force": force}));
        assert_eq!(undo(&correlation, false).expect(200)["restored"], 1);
        let back = admin.get(&path).expect(200);
        assert_eq!((&back["employees"], &back["city"], &back["domains"]), (&json!(1), &json!("Roma"), &json!(["acme.example"])));
        assert_eq!((&back["email"], &back["version"]), (&Value::Null, &json!(3)), "a new write, not the old one gone");
        // Changed in the same field since: refused with the reason, unless told to; a change elsewhere is no matter.
        let changed = admin.patch(&path, &json!({"employees": 5}));
        let correlation = changed.header("x-correlation-id");
        admin.patch(&path, &json!({"city": "Torino"})).expect(200);
        admin.patch(&path, &json!({"employees": 6})).expect(200);
        let refused = undo(&correlation, false).expect(409);
        assert_eq!(refused["refused"][0]["id"], acme["id"]);
        assert!(refused["refused"][0]["reason"].as_str().unwrap().contains("changed"), "{refused}");
        assert_eq!(admin.get(&path).expect(200)["employees"], 6);
        undo(&correlation, true).expect(200);
        let forced = admin.get(&path).expect(200);
        assert_eq!((&forced["employees"], &forced["city"]), (&json!(1), &json!("Torino")));
        // Creation, deletion, and an action that made several records.
        let made = admin.post("/api/v1/companies", &json!({"name": "Bit"}));
        undo(&made.header("x-correlation-id"), false).expect(200);
        admin.get(&at("companies", &made.json())).expect(404);
        let gone = admin.delete(&path);
        undo(&gone.header("x-correlation-id"), false).expect(200);
        admin.get(&path).expect(200);
        pipeline(&admin);
        let lead = admin.create("leads", json!({"first_name": "Anna", "last_name": "Bianchi", "company_name": "Cucina"}));
        let converted = admin.post(&format!("{}/actions/convert", at("leads", &lead)), &json!({}));
        let correlation = converted.header("x-correlation-id");
        let result = converted.expect(200)["result"].clone();
        undo(&correlation, false).expect(200);
        assert_eq!(admin.get(&at("leads", &lead)).expect(200)["status"], "new");
        for (object, name) in [("contacts", "contact"), ("companies", "company"), ("deals", "deal")] {
            admin.get(&format!("/api/v1/{object}/{}", result[name].as_str().unwrap())).expect(404);
        }
        undo("01890a5d-ac96-774b-bcce-b302099a8057", false).expect(404);
    });
}

#[test]
fn what_is_deleted_lies_in_the_bin_until_it_is_purged() {
    both(|app| {
        let admin = app.admin();
        let acme = admin.create("companies", json!({"name": "Acme", "domain": "gone.example"}));
        let anna = admin.create("contacts", json!({"first_name": "Anna", "company": id(&acme)}));
        let path = at("companies", &acme);
        assert!(admin.delete(&path).expect(200)["deleted_at"].is_string());
        admin.get(&path).expect(404);
        admin.patch(&path, &json!({"employees": 1})).expect(404);
        admin.delete(&path).expect(404);
        assert_eq!(items(&admin.list("companies", &[])).len(), 0);
        assert_eq!(items(&admin.list("companies", &[("bin", "true")])).len(), 1);
        let found = admin.post("/api/v1/search", &json!({"q": "Acme"})).expect(200);
        assert!(!items(&found).iter().any(|h| h["id"] == acme["id"]), "{found}");
        assert_eq!(admin.report(json!({"object": "company"}))["rows"][0]["count"], 0);
        assert_eq!(admin.get(&format!("{path}/timeline")).expect(200)["items"][0]["kind"], "record.deleted");
        // Back with everything, links to it included.
        admin.post(&format!("{path}/actions/restore"), &json!({})).expect(200);
        assert_eq!(admin.get(&path).expect(200)["domain"], "gone.example");
        assert_eq!(admin.get(&at("contacts", &anna)).expect(200)["company"], acme["id"]);
        assert_eq!(items(&admin.post("/api/v1/search", &json!({"q": "Acme"})).expect(200))[0]["id"], acme["id"]);
        // For good: only an administrator, and no value stays in the log.
        let manager = app.person("mara@acme.example", "manager");
        let owned = manager.create("companies", json!({"name": "Owned"}));
        manager.delete(&format!("{}?purge=true", at("companies", &owned))).expect(403);
        admin.delete(&format!("{path}?purge=true")).expect(204);
        admin.get(&path).expect(404);
        admin.get(&format!("{path}/timeline")).expect(404);
        admin.post(&format!("{path}/actions/restore"), &json!({})).expect(404);
        assert_eq!(app.number("select count(*) from event_payload where changes like '%gone.example%'"), 0);
        assert_eq!(admin.get(&at("contacts", &anna)).expect(200)["company"], Value::Null, "a link to nothing");
        assert_eq!(told(&admin.delete(&format!("{path}?purge=maybe")).expect(422))[0].0, "purge");
        // What was taken meanwhile by another is told when the first comes back.
        let first = admin.create("tags", json!({"name": "VIP"}));
        admin.delete(&at("tags", &first)).expect(200);
        admin.create("tags", json!({"name": "vip"}));
        let refused = admin.post(&format!("{}/actions/restore", at("tags", &first)), &json!({}));
        assert!(matches!(refused.status.as_u16(), 409 | 422), "{}", refused.text());
    });
}

#[test]
fn labels_and_messages_are_in_the_language_that_is_asked_for() {
    both(|app| {
        let admin = app.admin();
        let label = |language: &str, field: &str| {
            let model = admin.with("accept-language", language).get("/api/v1/model").expect(200);
            let deal = model["objects"].as_array().unwrap().iter().find(|o| o["name"] == "deal").unwrap().clone();
            let field = deal["fields"].as_array().unwrap().iter().find(|f| f["name"] == field).unwrap().clone();
            (deal["label_plural"].as_str().unwrap().to_string(), field["label"].as_str().unwrap().to_string())
        };
        assert_eq!(label("en", "amount"), ("Deals".into(), "Amount".into()));
        assert_eq!(label("it-IT,it;q=0.9,en;q=0.5", "amount"), ("Trattative".into(), "Importo".into()));
        let (plural, amount) = label("zh-CN", "amount");
        assert!(!plural.is_ascii() && !amount.is_ascii(), "{plural} {amount}");
        assert_eq!(label("de", "amount").0, "Deals", "a language that is not there");
        // Messages, and never the data.
        let problem =
            |language: &str| admin.with("accept-language", language).post("/api/v1/companies", &json!({"city": "Rome"})).expect(422);
        let (english, italian, chinese) = (problem("en"), problem("it"), problem("zh"));
        assert_eq!(english["title"], "Some values are not accepted");
        assert_eq!(italian["title"], "Alcuni valori non sono accettati");
        assert_eq!(chinese["title"], "部分内容无效");
        let message = |p: &Value| p["fields"][0]["message"].as_str().unwrap().to_string();
        assert_ne!(message(&english), message(&italian), "the message of a field, too");
        assert!(!message(&chinese).is_ascii());
        assert_eq!(told(&english), told(&italian), "codes and places are for programs");
        let made = admin.with("accept-language", "it").create("companies", json!({"name": "Rome", "sector": "food_and_beverage"}));
        assert_eq!((&made["name"], &made["sector"]), (&json!("Rome"), &json!("food_and_beverage")));
        let timeline = admin.with("accept-language", "it").get(&format!("{}/timeline", at("companies", &made))).expect(200);
        let changes = timeline["items"][0]["changes"].as_array().unwrap();
        assert!(changes.iter().any(|c| c["label"] == "Settore"), "{timeline}");
    });
}

#[test]
fn every_refusal_is_a_problem_document() {
    both(|app| {
        let admin = app.admin();
        let anna = app.person("anna@acme.example", "representative");
        let acme = admin.create("companies", json!({"name": "Acme"}));
        let path = at("companies", &acme);
        let answers = [
            (400, "malformed", admin.send("POST", "/api/v1/companies", &[JSON], "{")),
            (400, "malformed", admin.send("POST", "/api/v1/companies", &[JSON], "[]")),
            (401, "unauthenticated", app.anonymous().get("/api/v1/companies")),
            (401, "unauthenticated", app.bearer("lg_wrong").get("/api/v1/companies")),
            (403, "forbidden", anna.patch(&path, &json!({"employees": 1}))),
            (404, "not_found", admin.get("/api/v1/companies/01890a5d-ac96-774b-bcce-b302099a8057")),
            (404, "not_found", admin.get("/api/v1/nothing")),
            (404, "not_found", admin.get("/api/v1/companies/a/b/c/d")),
            (404, "not_found", admin.get("/api/nothing")),
            (405, "malformed", admin.send("PUT", &path, &[JSON], "{}")),
            (409, "conflict", admin.send("PATCH", &path, &[JSON, ("if-match", "\"7\"")], "{\"employees\": 1}")),
            (413, "too_large", admin.send("POST", "/api/v1/companies", &[JSON], format!("{{\"name\": \"{}\"}}", "x".repeat(2 << 20)))),
            (415, "malformed", admin.send("POST", "/api/v1/companies", &[("content-type", "text/plain")], "{}")),
            (422, "invalid", admin.post("/api/v1/companies", &json!({"name": ""}))),
        ];
        for (status, code, answer) in answers {
            assert_eq!(answer.status, status, "{}", answer.text());
            assert_eq!(answer.header("content-type"), "application/problem+json", "{status}");
            let problem = answer.json();
            assert_eq!((&problem["code"], &problem["status"]), (&json!(code), &json!(status)));
            for member in ["type", "title", "detail"] {
                assert!(problem[member].as_str().is_some_and(|t| !t.is_empty()), "{member} of {problem}");
            }
            assert_eq!(problem["request_id"], answer.header("x-request-id"), "{problem}");
        }
        assert!(admin.send("PUT", &path, &[JSON], "{}").header("allow").contains("PATCH"));
        let mine = admin.with("x-request-id", "trace-7").post("/api/v1/companies", &json!({}));
        assert_eq!((mine.header("x-request-id").as_str(), &mine.json()["request_id"]), ("trace-7", &json!("trace-7")));
    });
}

#[test]
fn an_answer_is_small_timed_and_named() {
    both(|app| {
        let admin = app.admin();
        for n in 0..30 {
            admin.create("tags", json!({"name": format!("A rather long tag name that repeats itself {n}")}));
        }
        let plain = admin.get("/api/v1/tags");
        assert_eq!(plain.header("x-request-id").len(), 36);
        assert!(plain.header("server-timing").contains("dur="), "{}", plain.header("server-timing"));
        for (wanted, coding) in [("gzip", "gzip"), ("br", "br")] {
            let packed = admin.with("accept-encoding", wanted).get("/api/v1/tags");
            assert_eq!(packed.header("content-encoding"), coding);
            assert!(packed.body.len() * 3 < plain.body.len(), "{} of {}", packed.body.len(), plain.body.len());
        }
    });
}

#[test]
fn values_have_the_shapes_that_the_interface_names() {
    both(|app| {
        let admin = app.admin();
        let stage = pipeline(&admin);
        let deal = admin.create("deals", json!({
            "name": "Tower", "stage": id(&stage), "amount": {"amount": "1250", "currency": "EUR"}, "probability": 25, "expected_close": "2031-02-28",
        }));
        assert_eq!(deal["amount"], json!({"amount": "1250.00", "currency": "EUR"}));
        assert_eq!(deal["weighted"], json!({"amount": "312.50", "currency": "EUR"}), "25 is 25 %");
        assert_eq!((deal["probability"].as_f64(), &deal["expected_close"]), (Some(25.0), &json!("2031-02-28")));
        assert_eq!((&deal["stage"], &deal["status"]), (&stage["id"], &json!("open")));
        for instant in ["created_at", "updated_at", "stage_since"] {
            let text = deal[instant].as_str().unwrap_or_else(|| panic!("no {instant}: {deal}"));
            assert!(text.ends_with('Z') && text.as_bytes()[10] == b'T', "{instant} is {text}");
        }
        assert!(deal["number"].as_i64().is_some_and(|n| n >= 1), "{deal}");
        let path = at("deals", &deal);
        let fine = [
            (json!({"amount": {"amount": "0.1", "currency": "USD"}}), "amount", json!({"amount": "0.10", "currency": "USD"})),
            (json!({"amount": {"amount": "99.9999", "currency": "EUR"}}), "amount", json!({"amount": "99.9999", "currency": "EUR"})),
            (json!({"amount": null}), "amount", Value::Null),
            (json!({"expected_close": null}), "expected_close", Value::Null),
        ];
        for (body, field, value) in fine {
            assert_eq!(admin.patch(&path, &body).expect(200)[field], value, "{body}");
        }
        let half = admin.patch(&path, &json!({"probability": 12.5})).expect(200);
        assert_eq!(half["probability"].as_f64(), Some(12.5));
        let wrong = [
            json!({"amount": {"amount": "a lot", "currency": "EUR"}}),
            json!({"amount": {"amount": "1", "currency": "EURO"}}),
            json!({"amount": {"amount": "1", "currency": "XQZ"}}),
            json!({"amount": {"amount": "99999999999999999999999999", "currency": "EUR"}}),
            json!({"probability": 101}),
            json!({"probability": -1}),
            json!({"probability": "much"}),
            json!({"expected_close": "28/02/2031"}),
            json!({"expected_close": "2031-02-30"}),
            json!({"stage": "Qualified"}),
            json!({"source": "nowhere"}),
            json!({"amount_manual": "yes"}),
        ];
        for body in wrong {
            let answer = admin.patch(&path, &body);
            assert_eq!(answer.status, 422, "{body}: {}", answer.text());
            let field = body.as_object().unwrap().keys().next().unwrap();
            assert!(told(&answer.json()).iter().all(|(f, _)| f.starts_with(field.as_str())), "{body}: {}", answer.text());
        }
        let person = admin.create("contacts", json!({
            "first_name": " Anna ", "last_name": "Bianchi", "emails": ["anna@ACME.example", {"address": "a@home.example", "kind": "personal"}],
            "phones": [{"number": "+39 0461 123456", "kind": "office"}], "address": {"city": "Trento", "country": "IT"}, "birth_date": "1980-02-29",
        }));
        assert_eq!((&person["name"], &person["first_name"]), (&json!("Anna Bianchi"), &json!("Anna")));
        let email = &person["emails"][0];
        assert_eq!((&email["address"], &email["primary"], &email["state"]), (&json!("anna@acme.example"), &json!(true), &json!("unknown")));
        assert_eq!((&person["emails"][1]["kind"], &person["email"]), (&json!("personal"), &json!("anna@acme.example")));
        assert_eq!((&person["phone"], &person["phones"][0]["kind"]), (&json!("+390461123456"), &json!("office")));
        assert_eq!((&person["city"], &person["country"], &person["address"]["city"]), (&json!("Trento"), &json!("IT"), &json!("Trento")));
        assert_eq!(person["birth_date"], "1980-02-29");
    });
}

#[test]
fn a_report_groups_measures_and_tells_its_currency() {
    both(|app| {
        let admin = app.admin();
        let stage = pipeline(&admin);
        let acme = admin.create("companies", json!({"name": "Acme", "sector": "retail"}));
        for (n, amount) in ["10.10", "20.20", "0.05"].into_iter().enumerate() {
            let company = if n < 2 { json!(id(&acme)) } else { Value::Null };
            let body = json!({"name": format!("D{n}"), "stage": id(&stage), "company": company, "amount": {"amount": amount, "currency": "EUR"}, "expected_close": format!("2031-0{}-15", n + 1)});
            admin.create("deals", body);
        }
        let report = admin.report(json!({
            "object": "deals", "group_by": [{"field": "company"}],
            "measures": [{"fn": "count"}, {"fn": "sum", "field": "amount"}, {"fn": "avg", "field": "amount"}, {"fn": "max", "field": "amount"}], "sort": ["-count"],
        }));
        assert_eq!(report["currency"], "EUR");
        let first = &report["rows"][0];
        assert_eq!(first["company"], json!({"id": acme["id"], "title": "Acme"}));
        assert_eq!((&first["count"], &first["sum_amount"]), (&json!(2), &json!({"amount": "30.30", "currency": "EUR"})));
        assert_eq!((&first["avg_amount"]["amount"], &first["max_amount"]["amount"]), (&json!("15.15"), &json!("20.20")));
        assert_eq!((&report["rows"][1]["company"], &report["rows"][1]["count"]), (&Value::Null, &json!(1)));
        let quarters = admin
            .report(json!({"object": "deal", "group_by": [{"field": "expected_close", "bucket": "quarter"}], "sort": ["expected_close"]}));
        assert_eq!((quarters["rows"].as_array().unwrap().len(), &quarters["rows"][0]["count"]), (1, &json!(3)));
        let sectors = admin.report(json!({"object": "deal", "group_by": [{"field": "company.sector"}], "filter": "has(company)"}));
        assert_eq!(sectors["rows"], json!([{"company.sector": "retail", "count": 2}]));
        assert_eq!(admin.report(json!({"object": "deal", "filter": "amount > 15.0"}))["rows"], json!([{"count": 1}]));
        assert_eq!(
            told(&admin.post("/api/v1/query", &json!({"object": "deal", "group_by": [{"field": "name", "bucket": "month"}]})).expect(422))
                [0]
            .0,
            "group_by[0].bucket"
        );
    });
}

#[test]
fn a_search_is_ranked_and_finds_beginnings_accents_and_chinese() {
    both(|app| {
        let admin = app.admin();
        let acme = admin.create("companies", json!({"name": "Caffè Zürich", "city": "Milano"}));
        admin.create("companies", json!({"name": "Zürich Caffè Holding"}));
        let wang = admin.create("contacts", json!({"first_name": "晓明", "last_name": "王", "name_order": "family_first"}));
        let first = |q: &str| {
            let found = admin.post("/api/v1/search", &json!({"q": q})).expect(200);
            items(&found).first().map(|h| h["id"].clone()).unwrap_or_default()
        };
        assert_eq!(first("caffe zurich"), acme["id"]);
        assert_eq!(first("Caffè Zür"), acme["id"]);
        for q in ["王晓明", "晓明", "wang xiao"] {
            assert_eq!(first(q), wang["id"], "{q}");
        }
        let hit =
            admin.post("/api/v1/search", &json!({"q": "caffe zurich", "objects": ["companies"], "limit": 1})).expect(200)["items"].clone();
        assert_eq!((hit.as_array().unwrap().len(), &hit[0]["object"], &hit[0]["title"]), (1, &json!("company"), &json!("Caffè Zürich")));
        for body in [json!({"q": "x", "limit": 0}), json!({"q": "x", "limit": 101}), json!({"q": "x", "objects": ["nothing"]}), json!({})] {
            admin.post("/api/v1/search", &body).expect(422);
        }
        assert_eq!(admin.post("/api/v1/search", &json!({"q": "  "})).expect(200)["items"], json!([]));
    });
}
