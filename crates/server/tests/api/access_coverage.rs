//! Every route there is, tried by nobody, by somebody without a role, and by somebody who may only read.
//!
//! A route that is new in `http::ROUTES` fails here until it has a line in [`entry`].

use axum::body::to_bytes;
use serde_json::{Value, json};

use crate::app::{Answer, App, Client, both, id, multipart};
use crate::maker::Maker;

/// What the three may expect, by status.
struct Entry {
    /// Open to everybody by design; every other route answers nobody with 401.
    is_public: bool,
    anonymous: &'static [u16],
    /// Of a user without any role.
    stranger: &'static [u16],
    /// Of a user with the role `read_only`, where the route writes.
    reader: &'static [u16],
    body: Value,
}

const CLOSED: &[u16] = &[401];
const REFUSED: &[u16] = &[403, 404];

fn closed(reader: &'static [u16], body: Value) -> Option<Entry> {
    Some(Entry { is_public: false, anonymous: CLOSED, stranger: REFUSED, reader, body })
}

fn own(stranger: &'static [u16], body: Value) -> Option<Entry> {
    Some(Entry { is_public: false, anonymous: CLOSED, stranger, reader: stranger, body })
}

fn public(status: &'static [u16], body: Value) -> Option<Entry> {
    Some(Entry { is_public: true, anonymous: status, stranger: status, reader: status, body })
}

/// What a route may answer. A reader of `200` means that he may, because it only reads.
fn entry(method: &str, route: &str) -> Option<Entry> {
    let none = json!({});
    match (method, route) {
        ("GET", "/healthz" | "/readyz") => public(&[200], none),
        ("GET", "/api/v1/setup") => public(&[200], none),
        ("POST", "/api/v1/setup") => {
            public(&[409], json!({"workspace": "Mine", "name": "Eve", "email": "eve@evil.example", "password": "a long enough password"}))
        }
        ("POST", "/api/v1/session") => public(&[401], json!({"email": "admin@acme.example", "password": "a long enough password"})),
        ("POST", "/api/v1/session/demo") => public(&[404], json!({"email": "admin@acme.example"})),
        ("POST", "/api/v1/invitations") => closed(REFUSED, json!({"name": "Eve", "email": "eve@evil.example", "roles": []})),
        ("POST", "/api/v1/invitations/look") => public(&[404, 429], json!({"key": "guess"})),
        ("POST", "/api/v1/invitations/accept") => public(&[404, 429], json!({"key": "guess", "password": "a long enough password"})),
        ("DELETE", "/api/v1/sample") => closed(REFUSED, none),
        ("GET", "/api/v1/workspace") => closed(REFUSED, none),
        ("PATCH", "/api/v1/workspace") => closed(REFUSED, json!({"name": "Mine"})),
        ("GET", "/metrics") => closed(REFUSED, none),
        // One's own person; only browsers have a session to change and to end.
        ("GET", "/api/v1/session") => own(&[200], none),
        ("PATCH" | "DELETE", "/api/v1/session") => own(&[403], json!({"language": "it"})),
        ("POST", "/api/v1/session/password") => own(&[403], json!({"present_password": "x", "password": "a long enough password"})),
        ("POST", "/api/v1/session/view_as") => own(&[403], json!({"user": null})),
        ("GET", "/api/v1/tokens") => own(&[200], none),
        ("POST", "/api/v1/tokens") => own(&[201], json!({"name": "mine"})),
        ("DELETE", "/api/v1/tokens/{id}") => own(&[404], none),
        // What everybody may ask, and is told nothing of without rights.
        ("GET", "/api/v1/model" | "/api/v1/openapi.json" | "/api/v1/live") => own(&[200], none),
        ("POST", "/api/v1/search") => own(&[200], json!({"q": "Marker"})),
        ("POST", "/api/v1/query") => closed(&[200, 403], json!({"object": "{name}", "measures": [{"fn": "count"}]})),
        ("POST", "/api/v1/exports") => closed(REFUSED, json!({"object": "{name}", "format": "jsonl"})),
        ("POST", "/api/v1/undo") => closed(&[404, 409], json!({"correlation": "{correlation}"})),
        ("POST", "/api/v1/model/objects") => {
            closed(REFUSED, json!({"name": "thing", "path": "things", "fields": {"name": {"type": "text"}}}))
        }
        ("POST", "/api/v1/model/roles") => closed(REFUSED, json!({"label": "Root", "copy_of": "manager"})),
        ("PATCH" | "DELETE", "/api/v1/model/objects/{object}") => closed(REFUSED, json!({"label": ["A", "B"]})),
        ("POST", "/api/v1/model/objects/{object}/fields") => closed(REFUSED, json!({"name": "extra", "type": "text"})),
        ("PATCH" | "DELETE", "/api/v1/model/objects/{object}/fields/{field}") => closed(REFUSED, json!({"label": "Extra"})),
        ("GET", "/api/v1/model/objects/{object}/fields/{field}/options" | "/api/v1/model/rights") => closed(REFUSED, none),
        ("POST", "/api/v1/model/plan") => closed(REFUSED, json!({"object": "deal", "keys": {"label": ["A", "B"]}})),
        ("GET", "/api/v1/files" | "/api/v1/files/{id}/content") => closed(&[200], none),
        ("POST", "/api/v1/files") => closed(REFUSED, none),
        ("GET", "/api/v1/imports" | "/api/v1/imports/{id}" | "/api/v1/imports/{id}/rows") => closed(REFUSED, none),
        ("POST", "/api/v1/imports") => closed(REFUSED, none),
        ("PATCH" | "DELETE", "/api/v1/imports/{id}") => closed(REFUSED, json!({"policy": "skip"})),
        ("POST", "/api/v1/imports/{id}/actions/check" | "/api/v1/imports/{id}/actions/run" | "/api/v1/imports/{id}/actions/undo") => {
            closed(REFUSED, none)
        }
        ("GET", "/api/v1/{object}" | "/api/v1/{object}/{id}" | "/api/v1/{object}/{id}/timeline" | "/api/v1/{object}/{id}/history") => {
            closed(&[200, 403, 404], none)
        }
        ("GET", "/api/v1/{object}/{id}/access") => closed(REFUSED, none),
        ("POST", "/api/v1/{object}") => closed(REFUSED, json!("{body}")),
        ("POST", "/api/v1/{object}/batch") => {
            closed(REFUSED, json!({"atomic": true, "operations": [{"op": "create", "values": "{body}"}]}))
        }
        ("POST", "/api/v1/{object}/duplicates") => closed(&[200, 403, 404], json!({})),
        ("POST", "/api/v1/{object}/upsert") => {
            closed(REFUSED, json!({"match": "external.erp", "values": {"external_ids": [{"system": "erp", "id": "1"}]}}))
        }
        ("PATCH", "/api/v1/{object}/{id}") => closed(REFUSED, json!({})),
        ("DELETE", "/api/v1/{object}/{id}") => closed(REFUSED, none),
        ("POST", "/api/v1/{object}/{id}/actions/{action}") => closed(REFUSED, none),
        ("POST", "/api/v1/{object}/actions/{action}") => closed(&[200, 403, 404], json!({"ids": ["{id}"]})),
        _ => None,
    }
}

/// One request to one route, with the names of a real object and a real record in it.
struct Try {
    method: &'static str,
    route: &'static str,
    path: String,
    body: Value,
}

/// A record of each object that the administrator made, and everything that a request needs to name it.
struct World<'a> {
    app: &'a App,
    maker: Maker<'a>,
    records: Vec<(String, Value)>,
    token: String,
    file: String,
    import: String,
    correlation: String,
}

impl<'a> World<'a> {
    fn new(app: &'a App) -> World<'a> {
        let admin = app.admin();
        let maker = Maker::new(app);
        let me = admin.me();
        let names: Vec<String> = maker.objects().iter().map(|o| o["name"].as_str().unwrap().to_string()).collect();
        let records: Vec<(String, Value)> = names.iter().map(|name| (name.clone(), maker.make(name, &me))).collect();
        let (content_type, body) = multipart(&[("file", Some("Marker.txt"), b"Marker in a file")]);
        let file = admin.send("POST", "/api/v1/files", &[("content-type", &content_type)], body).expect(201);
        let changed = admin.patch(
            &format!("/api/v1/companies/{}", id(&records.iter().find(|(n, _)| n == "company").unwrap().1)),
            &json!({"employees": 3}),
        );
        World {
            app,
            token: admin.get("/api/v1/tokens").expect(200)["items"][0]["id"].as_str().unwrap().to_string(),
            file: id(&file).to_string(),
            import: records.iter().find(|(n, _)| n == "import").map(|(_, r)| id(r).to_string()).unwrap_or_default(),
            correlation: changed.header("x-correlation-id"),
            maker,
            records,
        }
    }

    /// The requests of a route: one, or one per object.
    fn tries(&self, method: &'static str, route: &'static str, entry: &Entry) -> Vec<Try> {
        let per_object = route.contains("{object}") || entry.body.to_string().contains("{name}");
        let records: Vec<&(String, Value)> = if per_object { self.records.iter().collect() } else { self.records.iter().take(1).collect() };
        let mut tries = Vec::new();
        for (name, record) in records {
            let object = self.maker.object(name);
            let of = if route.contains("/model/") { name.as_str() } else { object["path"].as_str().unwrap() };
            let record = match route {
                r if r.contains("/tokens/") => &self.token,
                r if r.contains("/files/") => &self.file,
                r if r.contains("/imports/") => &self.import,
                _ => id(record),
            };
            let actions: Vec<String> = object["actions"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|a| a["needs_update"] == true)
                .map(|a| a["name"].as_str().unwrap().to_string())
                .collect();
            let actions = if route.contains("{action}") { actions } else { vec![String::new()] };
            for action in actions {
                let path = route.replace("{object}", of).replace("{id}", record).replace("{action}", &action).replace("{field}", "name");
                let body =
                    entry.body.to_string().replace("{name}", name).replace("{id}", record).replace("{correlation}", &self.correlation);
                let created = Value::Object(self.maker.body(name, &self.app.admin().me())).to_string();
                let body = body.replace("\"{body}\"", &created);
                tries.push(Try { method, route, path, body: serde_json::from_str(&body).unwrap() });
            }
        }
        tries
    }

    fn send(&self, client: &Client<'_>, one: &Try, body: &str) -> Answer {
        if one.route == "/api/v1/live" {
            let response = client.open(client.request(one.method, &one.path, &[], ""));
            let (parts, body) = response.into_parts();
            let body = if parts.status == 200 { Vec::new() } else { self.app.runtime.block_on(to_bytes(body, 65_536)).unwrap().to_vec() };
            return Answer { status: parts.status, headers: parts.headers, body };
        }
        if one.method == "POST" && matches!(one.path.as_str(), "/api/v1/files" | "/api/v1/imports") {
            return self.maker.ask(client, if one.path == "/api/v1/files" { "file" } else { "import" }, "");
        }
        let is_bare = one.method == "GET" || one.method == "DELETE";
        client.send(
            one.method,
            &one.path,
            if is_bare { &[] } else { &[("content-type", "application/json")] },
            if is_bare { String::new() } else { body.to_string() },
        )
    }

    /// Nothing that the administrator wrote, unless the request named it.
    fn assert_tells_nothing(&self, who: &str, one: &Try, answer: &Answer) {
        let text = answer.text();
        let sent = format!("{} {}", one.path, one.body);
        for (name, record) in &self.records {
            let id = id(record);
            assert!(sent.contains(id) || !text.contains(id), "{who}: {} {} tells the id of a {name}: {text}", one.method, one.path);
        }
        assert!(!text.contains("Marker") || sent.contains("Marker"), "{who}: {} {} tells a name: {text}", one.method, one.path);
    }
}

/// All requests to all routes; a route without an entry fails.
fn all(world: &World<'_>) -> Vec<(Entry, Vec<Try>)> {
    entries()
        .into_iter()
        .map(|(method, route, entry)| (world.tries(method, route, &entry), entry))
        .map(|(tries, entry)| (entry, tries))
        .collect()
}

fn entries() -> Vec<(&'static str, &'static str, Entry)> {
    let missing: Vec<_> = http::ROUTES.iter().filter(|(m, r)| entry(m, r).is_none()).collect();
    assert!(missing.is_empty(), "say in `entry` what nobody, a stranger and a reader may expect of {missing:?}");
    http::ROUTES.iter().filter_map(|(method, route)| Some((*method, *route, entry(method, route)?))).collect()
}

#[test]
fn nobody_gets_anything_and_is_told_to_sign_in() {
    both(|app| {
        let world = World::new(app);
        let nobodies =
            [app.anonymous(), app.bearer("lg_guess"), app.anonymous().with("cookie", "legame_session=guess").with("x-csrf-token", "guess")];
        for (entry, tries) in all(&world) {
            for one in tries {
                let method = one.method;
                for (n, client) in nobodies.iter().enumerate() {
                    // What is wrong with a request is told only to those who may come in.
                    let bodies =
                        if !entry.is_public { vec![one.body.to_string(), "{\"nonsense".to_string()] } else { vec![one.body.to_string()] };
                    for body in bodies {
                        let answer = world.send(client, &one, &body);
                        let status = answer.status.as_u16();
                        if status == 405 && one.path.starts_with("/api/v1/imports/") {
                            continue;
                        }
                        assert!(
                            entry.anonymous.contains(&status),
                            "{method} {} answers nobody ({n}) with {status}: {}",
                            one.path,
                            answer.text()
                        );
                        world.assert_tells_nothing("nobody", &one, &answer);
                        if !entry.is_public {
                            assert_eq!(answer.json()["code"], "unauthenticated");
                            assert_eq!(answer.header("www-authenticate"), "Bearer");
                        }
                    }
                }
            }
        }
        for path in ["/api/v1/nothing", "/api/v1/nothing/01890a5d-ac96-774b-bcce-b302099a8057"] {
            assert_eq!(app.anonymous().get(path).status, 401, "nobody learns which objects there are");
        }
    });
}

#[test]
fn a_person_without_a_role_gets_nothing_of_the_companys() {
    both(|app| {
        let world = World::new(app);
        let stranger = app.bearer(&app.token_of(app.hire("stranger@acme.example", &[]), &[]));
        let requests = all(&world);
        let before = app.number("select count(*) from event");
        for (entry, tries) in requests {
            for one in tries {
                let method = one.method;
                let answer = world.send(&stranger, &one, &one.body.to_string());
                let status = answer.status.as_u16();
                if status == 405 && one.path.starts_with("/api/v1/imports/") {
                    continue;
                }
                assert!(entry.stranger.contains(&status), "{method} {} answers a stranger with {status}: {}", one.path, answer.text());
                world.assert_tells_nothing("stranger", &one, &answer);
            }
        }
        assert_eq!(app.number("select count(*) from event"), before, "a stranger wrote something");
        assert_eq!(stranger.get("/api/v1/model").expect(200)["objects"], json!([]));
        assert_eq!(stranger.post("/api/v1/search", &json!({"q": "Marker"})).expect(200)["items"], json!([]));
    });
}

#[test]
fn a_person_who_may_only_read_changes_nothing() {
    both(|app| {
        let world = World::new(app);
        let reader = app.person("reader@acme.example", "read_only");
        let mine: Vec<Value> = reader.get("/api/v1/model").expect(200)["objects"].as_array().unwrap().clone();
        let may_create: Vec<&str> = mine.iter().filter(|o| o["access"]["create"] == true).map(|o| o["name"].as_str().unwrap()).collect();
        // A view of one's own is no record of the company's.
        assert_eq!(may_create, ["saved_view"]);
        let requests = all(&world);
        let before = app.number("select count(*) from event where object <> 'saved_view'");
        for (entry, tries) in requests {
            for one in tries {
                let (method, route) = (one.method, one.route);
                if one.path.contains("saved_views") && method == "POST" {
                    continue;
                }
                let answer = world.send(&reader, &one, &one.body.to_string());
                let status = answer.status.as_u16();
                if status == 405 && one.path.starts_with("/api/v1/imports/") {
                    // Imports have verbs of their own in place of these.
                    continue;
                }
                assert!(entry.reader.contains(&status), "{method} {} answers a reader with {status}: {}", one.path, answer.text());
                if status == 200 && route == "/api/v1/{object}/actions/{action}" {
                    assert_eq!(answer.json()["done"], 0, "{}", answer.text());
                }
            }
        }
        assert_eq!(app.number("select count(*) from event where object <> 'saved_view'"), before, "a reader wrote something");
    });
}
