//! What comes from people who mean harm, and from programs that are broken: refused clearly, with nothing lost.

use axum::body::{Body, Bytes};
use futures_util::stream;
use serde_json::{Value, json};

use crate::app::{Answer, App, Client, both, id, items, multipart, told, url};
use crate::maker::{Maker, is_uploaded};

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];
const EVIL: &str = r#"<script>alert('x')</script><img src=x onerror=alert(1)>"&amp;</title>'"#;

/// Refused in words, and whoever comes next is served.
#[track_caller]
fn refused(app: &App, answer: &Answer, status: &[u16]) -> Value {
    assert!(status.contains(&answer.status.as_u16()), "{} instead of {status:?}: {}", answer.status, answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = answer.json();
    assert!(problem["detail"].as_str().is_some_and(|d| !d.is_empty()), "{problem}");
    assert!(problem.to_string().len() < 8_000, "a refusal is short: {} bytes", problem.to_string().len());
    assert_eq!(app.anonymous().get("/readyz").status, 200);
    problem
}

/// Refused or answered, but never the server's fault.
#[track_caller]
fn survived(what: &str, answer: &Answer) {
    assert!(answer.status.as_u16() < 500, "{what}: {}", answer.text());
}

fn count(app: &App, table: &str) -> i64 {
    app.number(&format!("select count(*) from {table}"))
}

#[test]
fn markup_in_every_text_comes_back_as_the_same_text() {
    both(|app| {
        let admin = app.admin();
        let maker = Maker::new(app);
        let me = admin.me();
        let mut tried = 0;
        for object in maker.objects().iter().filter(|o| !is_uploaded(o["path"].as_str().unwrap())) {
            let (name, path) = (object["name"].as_str().unwrap(), object["path"].as_str().unwrap());
            let mut body = maker.body(name, &me);
            let mut evil = Vec::new();
            for field in object["fields"].as_array().unwrap().iter().filter(|f| f["writable"] == true && f["alias_of"].is_null()) {
                let room = field["max"].as_u64().and_then(|m| usize::try_from(m).ok()).unwrap_or(usize::MAX);
                let text: String = EVIL.chars().take(room).collect();
                // Fields whose text has a grammar of its own refuse it; those of the next test.
                let has_grammar = matches!(
                    (name, field["name"].as_str().unwrap()),
                    ("saved_view", _)
                        | ("stage", "entry_fields" | "exit_fields")
                        | ("role", "name")
                        | ("activity", "repeat")
                        | ("user", "locale")
                        | ("company", "vat_number" | "domains")
                );
                let value = match field["type"].as_str().unwrap() {
                    _ if has_grammar => continue,
                    "text" | "long_text" => json!(text),
                    "texts" => json!([EVIL.chars().take(40).collect::<String>()]),
                    "address" => json!({"street": EVIL, "city": "<b>Roma</b>"}),
                    _ => continue,
                };
                evil.push((field["name"].as_str().unwrap().to_string(), value.clone()));
                body.insert(field["name"].as_str().unwrap().to_string(), value);
            }
            if evil.is_empty() {
                continue;
            }
            let answer = admin.post(&format!("/api/v1/{path}"), &Value::Object(body));
            assert_eq!(answer.status, 201, "{name}: {}", answer.text());
            let made = answer.json();
            let read = admin.get(&format!("/api/v1/{path}/{}", id(&made)));
            assert!(read.header("content-type").starts_with("application/json"), "never as a page");
            assert_eq!(read.header("x-content-type-options"), "nosniff");
            let listed = admin.list(path, &[("filter", &format!("created_at >= {}", "now() - hours(1)")), ("limit", "500")]);
            let listed = items(&listed).iter().find(|i| i["id"] == made["id"]).unwrap().clone();
            let read = read.json();
            for (field, value) in evil {
                for shown in [&made, &read, &listed] {
                    let same = if value.is_object() { shown[&field]["street"] == value["street"] } else { shown[&field] == value };
                    assert!(same, "{name}.{field} is {} instead of {value}", shown[&field]);
                }
                tried += 1;
            }
        }
        assert!(tried > 60, "{tried} fields");
        // The page that holds the session is not ended by a name in it.
        let search = admin.post("/api/v1/search", &json!({"q": "script alert"})).expect(200);
        assert!(!items(&search).is_empty());
    });
}

#[test]
fn a_file_made_for_a_spreadsheet_or_an_address_book_cannot_be_turned_against_its_reader() {
    both(|app| {
        let admin = app.admin();
        let formulas = ["=HYPERLINK(\"http://evil.example\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1"];
        for formula in formulas {
            admin.create("companies", json!({"name": format!("{formula} Ltd"), "description": formula}));
        }
        let table = admin.post("/api/v1/exports", &json!({"object": "company", "format": "csv", "fields": "name,description"})).text();
        let cells: Vec<&str> = table.split(['\n', ',']).map(|c| c.trim().trim_matches('"').trim_start_matches('\u{feff}')).collect();
        assert!(!cells.iter().any(|c| c.starts_with(['=', '+', '-', '@', '＝'])), "{table}");
        let name = "Eve\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Mallory";
        admin.create("contacts", json!({"last_name": "Eve", "description": name, "job_title": "a;b\\,c"}));
        let cards = admin.post("/api/v1/exports", &json!({"object": "contact", "format": "vcard"})).text();
        assert_eq!((cards.matches("BEGIN:VCARD").count(), cards.lines().filter(|l| *l == "FN:Mallory").count()), (1, 0), "{cards}");
    });
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    both(|app| {
        let admin = app.admin();
        let company = admin.create("companies", json!({"name": "Acme"}));
        let path = format!("/api/v1/companies/{}", id(&company));
        let huge = "x".repeat(10 << 20);
        let bodies = [
            ("POST", "/api/v1/companies".to_string(), json!({"name": huge})),
            ("PATCH", path.clone(), json!({"description": huge})),
            ("POST", "/api/v1/companies/batch".to_string(), json!({"operations": [{"op": "create", "values": {"name": huge}}]})),
            ("POST", format!("{path}/actions/restore"), json!({"note": huge})),
            ("POST", "/api/v1/search".to_string(), json!({"q": huge})),
            ("POST", "/api/v1/query".to_string(), json!({"object": "company", "filter": huge})),
            ("PATCH", "/api/v1/session".to_string(), json!({"preferences": {"a": huge}})),
        ];
        for (method, address, body) in bodies {
            let problem = refused(app, &admin.call(method, &address, &body), &[413, 403]);
            if problem["code"] != "forbidden" {
                assert!(problem["detail"].as_str().unwrap().contains("1 MiB"), "{problem}");
            }
        }
        // Said to be larger than it is, or not said at all.
        let declared =
            admin.send("POST", "/api/v1/companies", &[("content-type", "application/json"), ("content-length", "99999999999")], "{}");
        refused(app, &declared, &[413]);
        let endless = Body::from_stream(stream::iter((0..200_u32).map(|_| Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; 65_536])))));
        refused(app, &admin.send("POST", "/api/v1/companies", JSON, endless), &[413]);
        // Within a request's size, but not within a field's.
        let long = "y".repeat(900_000);
        assert_eq!(told(&refused(app, &admin.patch(&path, &json!({"name": long})), &[422]))[0].0, "name");
        assert_eq!(told(&refused(app, &admin.patch(&path, &json!({"domains": [long]})), &[422]))[0].0, "domains[0]");
        survived("a long search", &admin.post("/api/v1/search", &json!({"q": long})));
        refused(app, &admin.post("/api/v1/query", &json!({"object": "company", "filter": format!("name == \"{long}\"")})), &[422]);
        refused(app, &admin.get(&url("companies", &[("filter", &"a".repeat(60_000))])), &[422]);
        assert_eq!(admin.get(&path).expect(200)["version"], 1);
    });
}

#[test]
fn what_is_nested_without_end_is_refused() {
    both(|app| {
        let admin = app.admin();
        for deep in ["[".repeat(10_000) + &"]".repeat(10_000), "{\"a\":".repeat(10_000) + "1" + &"}".repeat(10_000), "[".repeat(500_000)] {
            for body in [deep.clone(), format!("{{\"name\": {deep}}}")] {
                for address in ["/api/v1/companies", "/api/v1/companies/batch", "/api/v1/query", "/api/v1/search"] {
                    assert_eq!(refused(app, &admin.send("POST", address, JSON, body.clone()), &[400])["code"], "malformed");
                }
            }
        }
        let (content_type, body) = multipart(&[("file", Some("a.txt"), b"x"), ("about", None, "[".repeat(10_000).as_bytes())]);
        refused(app, &admin.send("POST", "/api/v1/files", &[("content-type", &content_type)], body), &[400, 422]);
        let filters = [
            "(".repeat(10_000) + "true" + &")".repeat(10_000),
            "!".repeat(10_000) + "done",
            "true && ".repeat(5_000) + "true",
            format!("name == {}", "\"a\" + ".repeat(5_000) + "\"a\""),
            "parent.".repeat(2_000) + "name == \"x\"",
            "[".repeat(5_000) + &"]".repeat(5_000),
            "subsidiaries.exists(s, ".repeat(200) + "true" + &")".repeat(200),
            "name in ".repeat(3_000) + "[]",
            "-".repeat(9_999) + "1 < employees",
            "true ? ".repeat(3_000) + "true",
        ];
        for filter in filters {
            let short = filter.chars().take(30).collect::<String>();
            let answer = admin.post("/api/v1/query", &json!({"object": "company", "filter": filter}));
            assert!(answer.status == 422 || answer.status == 200, "{short}…: {}", answer.text());
            assert!(answer.body.len() < 20_000, "{short}…: an answer of {} bytes", answer.body.len());
        }
        assert_eq!(app.anonymous().get("/readyz").status, 200);
    });
}

/// Texts that mean something to a database, an expression or a shell.
const CHARACTERS: &[&str] = &[
    "'",
    "''",
    "\"",
    "\\",
    "\\'",
    "%",
    "_",
    "0%",
    "a_b",
    "--",
    ";",
    "/*",
    "*/",
    "$1",
    "?1",
    ":x",
    "@x",
    "{{7*7}}",
    "${7*7}",
    "`id`",
    "|",
    "Robert'); drop table company;--",
    "\" or \"\"=\"",
    "' or 1=1 --",
    "1; select pg_sleep(9)",
    "name' desc nulls first",
    "\u{202e}gnp.exe",
    "company",
    "null",
    "true",
    "me()",
    "x.exists(y, y)",
    "🐘",
    "é",
    "\u{feff}bom",
    "NEAR(a b)",
    "a AND b OR NOT c*",
    "col:val",
    "^a",
    "\"a b",
    "a*",
    "-",
    "(((",
];

#[test]
fn characters_with_a_meaning_elsewhere_mean_only_themselves() {
    both(|app| {
        let admin = app.admin();
        let names: Vec<String> = CHARACTERS.iter().map(|c| format!("Acme {c} x")).collect();
        for name in &names {
            assert_eq!(admin.create("companies", json!({"name": name}))["name"], *name);
        }
        admin.create("companies", json!({"name": "Plain 1000 axb"}));
        let before = count(app, "company");
        let literal = |text: &str| serde_json::to_string(text).unwrap();
        for text in CHARACTERS {
            let name = format!("Acme {text} x");
            let found = admin.list("companies", &[("filter", &format!("name == {}", literal(&name)))]);
            assert!(items(&found).iter().any(|i| i["name"] == name.as_str()), "{name}: {found}");
            assert!(items(&found).len() <= 2, "{name}: {found}");
            let containing = admin.list("companies", &[("filter", &format!("name.contains({})", literal(text))), ("limit", "500")]);
            let names: Vec<&str> = items(&containing).iter().map(|i| i["name"].as_str().unwrap()).collect();
            assert!(names.contains(&name.as_str()), "contains {text}: {names:?}");
            if matches!(*text, "0%" | "a_b") {
                assert!(!names.contains(&"Plain 1000 axb"), "{text} is no pattern: {names:?}");
            }
            // Where a name is asked for, it is an unknown one; where words are, they find or do not.
            let unknown = [
                admin.get(&url("companies", &[("sort", text)])),
                admin.get(&url("companies", &[("fields", &format!("name,{text}"))])),
                admin.get(&url("companies", &[("expand", text)])),
                admin.get(&url("companies", &[("cursor", text)])),
                admin.get(&url("companies", &[("as_of", text)])),
                admin.get(&url("companies", &[("limit", text)])),
                admin.get(&url("companies", &[("count", text)])),
                admin.post("/api/v1/query", &json!({"object": "company", "group_by": [{"field": text}]})),
                admin.post("/api/v1/query", &json!({"object": "company", "measures": [{"fn": text}]})),
                admin.post("/api/v1/query", &json!({"object": "company", "sort": [text]})),
                admin.post("/api/v1/exports", &json!({"object": "company", "format": "csv", "sort": text})),
                admin.post("/api/v1/companies/upsert", &json!({"match": text, "values": {"name": "x"}})),
                admin.post("/api/v1/companies", &json!({"name": "x", *text: "y"})),
                admin.post("/api/v1/tokens", &json!({"name": "x", "scopes": [text]})),
                admin.post("/api/v1/undo", &json!({"correlation": text})),
            ];
            for (n, answer) in unknown.iter().enumerate() {
                assert_eq!(answer.status, 422, "{n} with {text}: {}", answer.text());
            }
            let survivors = [
                admin.get(&url("companies", &[("q", text)])),
                admin.get(&url("companies", &[("filter", text)])),
                admin.get(&url(&format!("companies/{}", id(&found["items"][0])), &[("fields", text)])),
                admin.get(&url(&format!("companies/{}/timeline", id(&found["items"][0])), &[("kind", text)])),
                admin.post("/api/v1/search", &json!({"q": text})),
                admin.post("/api/v1/search", &json!({"q": format!("acme {text}"), "objects": [text]})),
                admin.post("/api/v1/query", &json!({"object": text})),
                admin.post(
                    "/api/v1/companies/upsert",
                    &json!({"match": format!("external.{text}"), "values": {"name": "u", "external_ids": [{"system": text, "id": text}]}}),
                ),
                admin.get(&url("companies", &[("filter", &format!("name.startsWith({})", literal(text)))])),
            ];
            for (n, answer) in survivors.iter().enumerate() {
                survived(&format!("{n} with {text}"), answer);
            }
        }
        assert!(count(app, "company") >= before);
        // Paths, too.
        for path in [
            "/api/v1/companies/%27%20or%201%3D1",
            "/api/v1/%2e%2e/%2e%2e/etc/passwd",
            "/api/v1/companies;drop",
            "/api/v1/company__domains",
            "/api/v1/event",
            "/api/v1/token",
            "/api/v1/sqlite_master",
        ] {
            assert_eq!(admin.get(path).status, 404, "{path}");
        }
    });
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_place() {
    both(|app| {
        let admin = app.admin();
        let broken: &[&[u8]] = &[
            b"{\"name\": \"\xff\"}",
            b"{\"name\": \"\xc3\x28\"}",
            b"{\"name\": \"\xed\xa0\x80\"}",
            b"\xfe\xff\x00{\x00}",
            b"{\"name\": \"\\ud800\"}",
        ];
        for body in broken {
            let problem = refused(app, &admin.send("POST", "/api/v1/companies", JSON, body.to_vec()), &[400]);
            let detail = problem["detail"].as_str().unwrap();
            assert!(detail.contains("byte") || detail.contains("column"), "{detail}");
        }
        let problem = refused(
            app,
            &admin.post("/api/v1/companies", &json!({"name": "a\u{0}b", "emails": [{"address": "a\u{0}@b.example"}]})),
            &[422],
        );
        assert_eq!(told(&problem), [("name".into(), "character".into()), ("emails[0].address".into(), "character".into())]);
        for path in [
            "/api/v1/companies?q=%ff",
            "/api/v1/companies?%ff=1",
            "/api/v1/companies?q=%e0%80%80",
            "/api/v1/companies?q=%zz",
            "/api/v1/companies/%ff",
            "/api/v1/%ff",
        ] {
            refused(app, &admin.get(path), &[400]);
        }
        assert_eq!(told(&refused(app, &admin.get("/api/v1/companies?q=a%00b"), &[422]))[0].0, "q");
        // A header that cannot be read is not one that was not sent.
        for header in ["idempotency-key", "if-match"] {
            let made = admin.create("companies", json!({"name": "Acme"}));
            let mut request = admin.request("PATCH", &format!("/api/v1/companies/{}", id(&made)), JSON, "{\"employees\": 1}");
            request.headers_mut().insert(header, axum::http::HeaderValue::from_bytes(b"\"\xc3\xa9\"").unwrap());
            assert_eq!(admin.open(request).status(), 400, "{header}");
        }
        let (content_type, body) = multipart(&[("file", Some("a.txt"), b"x"), ("about", None, b"\xff\xfe")]);
        refused(app, &admin.send("POST", "/api/v1/files", &[("content-type", &content_type)], body), &[400]);
        assert_eq!(count(app, "company"), 2);
    });
}

#[test]
fn an_id_leads_only_to_what_it_belongs_to() {
    both(|app| {
        let admin = app.admin();
        let maker = Maker::new(app);
        let me = admin.me();
        let (company, contact, tag) = (maker.make("company", &me), maker.make("contact", &me), maker.make("tag", &me));
        let nobody = "01890a5d-ac96-774b-bcce-b302099a8057";
        let wrong = [
            ("contacts", json!({"last_name": "x", "company": id(&contact)}), "company"),
            ("contacts", json!({"last_name": "x", "company": nobody}), "company"),
            ("contacts", json!({"last_name": "x", "owner": id(&company)}), "owner"),
            ("contacts", json!({"last_name": "x", "tags": [id(&tag), id(&company)]}), "tags[1]"),
            ("contacts", json!({"last_name": "x", "photo": id(&tag)}), "photo"),
            ("companies", json!({"name": "x", "account_team": [{"user": id(&contact), "part": "sales"}]}), "account_team[0].user"),
            ("activities", json!({"kind": "note", "subject": "x", "about": [{"object": "company", "id": id(&contact)}]}), "about[0]"),
            ("activities", json!({"kind": "note", "subject": "x", "about": [{"object": "nothing", "id": id(&contact)}]}), "about[0]"),
            ("activities", json!({"kind": "note", "subject": "x", "about": [{"object": "token", "id": id(&contact)}]}), "about[0]"),
            ("stages", json!({"name": "x", "kind": "open", "pipeline": id(&company)}), "pipeline"),
            ("users", json!({"name": "x", "email": "x@acme.example", "roles": [id(&company)]}), "roles[0]"),
        ];
        for (path, body, place) in wrong {
            let problem = refused(app, &admin.post(&format!("/api/v1/{path}"), &body), &[422]);
            assert!(told(&problem).iter().any(|(field, _)| field.starts_with(place)), "{body}: {problem}");
        }
        for path in [
            format!("companies/{}", id(&contact)),
            format!("deals/{}", id(&company)),
            format!("files/{}/content", id(&company)),
            format!("companies/{}/timeline", id(&tag)),
        ] {
            refused(app, &admin.get(&format!("/api/v1/{path}")), &[404]);
        }
        refused(app, &admin.patch(&format!("/api/v1/companies/{}", id(&contact)), &json!({"name": "x"})), &[404]);
        refused(app, &admin.delete(&format!("/api/v1/companies/{}", id(&contact))), &[404]);
        for odd in [
            "",
            "0",
            "00000000-0000-0000-0000-000000000000",
            "01890a5dac96774bbcceb302099a8057",
            "{01890a5d-ac96-774b-bcce-b302099a8057}",
            "urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057",
        ] {
            let answer = admin.post("/api/v1/contacts", &json!({"last_name": "x", "company": odd}));
            assert!(matches!(answer.status.as_u16(), 201 | 422), "{odd}: {}", answer.text());
        }
        // A record that hangs on itself, or in a ring.
        let path = format!("/api/v1/companies/{}", id(&company));
        survived("its own parent", &admin.patch(&path, &json!({"parent": id(&company)})));
        let child = admin.create("companies", json!({"name": "Child", "parent": id(&company)}));
        survived("a ring", &admin.patch(&path, &json!({"parent": id(&child)})));
        survived("the list of a ring", &admin.get(&url("companies", &[("expand", "parent.parent,subsidiaries")])));
        survived("teams in a ring", &{
            let a = admin.create("teams", json!({"name": "A"}));
            let b = admin.create("teams", json!({"name": "B", "parent": id(&a)}));
            admin.patch(&format!("/api/v1/teams/{}", id(&a)), &json!({"parent": id(&b)}));
            let boss = app.person("boss@acme.example", "manager");
            admin.patch(&format!("/api/v1/users/{}", boss.me()), &json!({"team": id(&b)})).expect(200);
            boss.get("/api/v1/deals")
        });
    });
}

#[test]
fn numbers_and_dates_beyond_reach_are_refused_by_their_field() {
    both(|app| {
        let admin = app.admin();
        let company = admin.create("companies", json!({"name": "Acme"}));
        let path = format!("/api/v1/companies/{}", id(&company));
        let raw = |body: &str| admin.send("PATCH", &path, JSON, body.to_string());
        refused(app, &raw(r#"{"employees": 1e400}"#), &[400, 422]);
        for value in [
            "9223372036854775808",
            "-9223372036854775809",
            "1e300",
            "1.5",
            "-1",
            "\"12\\u0663\"",
            "\"1e9\"",
            "\"NaN\"",
            "\"Infinity\"",
            "[1]",
            "{}",
            "true",
        ] {
            let problem = refused(app, &raw(&format!("{{\"employees\": {value}}}")), &[422]);
            assert_eq!(told(&problem)[0].0, "employees", "{value}");
        }
        for amount in [
            "\"1e300\"",
            "\"99999999999999999999999999999999999999999999\"",
            "\"NaN\"",
            "\"-\"",
            "\"\"",
            "\"0x10\"",
            "\"1 000\"",
            "[]",
            "\"1.000000000000000000000000000001\"",
        ] {
            let problem = refused(app, &raw(&format!("{{\"annual_revenue\": {{\"amount\": {amount}, \"currency\": \"EUR\"}}}}")), &[422]);
            assert!(told(&problem)[0].0.starts_with("annual_revenue"), "{amount}");
        }
        for date in ["99999-01-01", "0000-00-00", "2026-02-29", "-2026-01-01", "2026-1-1", "today", "2026-01-01T00:00:00Z"] {
            let problem = refused(app, &raw(&format!("{{\"customer_since\": \"{date}\"}}")), &[422]);
            assert_eq!(told(&problem)[0].0, "customer_since", "{date}");
        }
        for instant in
            ["99999-01-01T00:00:00Z", "2026-01-01T25:00:00Z", "2026-01-01T00:00:00", "-9999-01-01T00:00:00Z", "2026-01-01T00:00:00+99:00"]
        {
            let answer = admin.post("/api/v1/activities", &json!({"kind": "call", "subject": "x", "starts_at": instant}));
            assert_eq!(told(&refused(app, &answer, &[422]))[0].0, "starts_at", "{instant}");
        }
        let filters = [
            "employees > 99999999999999999999",
            "employees > 9223372036854775807 + 1",
            "employees / 0 == 1",
            "employees * 9223372036854775807 > 1",
            "annual_revenue * 1000000000000.0 > 1.0",
            "created_at > now() - days(9223372036854775807)",
            "created_at > now() - days(999999999)",
            "customer_since > today() + days(99999999)",
            "employees > 1e308 * 10.0",
            "-9223372036854775808 < employees",
            "employees % 0 == 0",
            "size(domains) > 99999999999",
        ];
        for filter in filters {
            let answer = admin.get(&url("companies", &[("filter", filter)]));
            assert!(matches!(answer.status.as_u16(), 200 | 422), "{filter}: {}", answer.text());
            survived(filter, &admin.post("/api/v1/query", &json!({"object": "company", "filter": filter})));
        }
        // The greatest that fit are kept exactly.
        let most =
            raw(r#"{"employees": 999999999999999, "annual_revenue": {"amount": "922337203685477.5807", "currency": "EUR"}}"#).expect(200);
        assert_eq!(most["employees"].as_i64(), Some(999_999_999_999_999));
        assert_eq!(most["annual_revenue"]["amount"], "922337203685477.5807");
        let twin =
            admin.create("companies", json!({"name": "Twin", "annual_revenue": {"amount": "922337203685477.5807", "currency": "EUR"}}));
        let sum = admin.report(
            json!({"object": "company", "measures": [{"fn": "sum", "field": "annual_revenue"}, {"fn": "avg", "field": "annual_revenue"}]}),
        );
        // Beyond the magnitude that numbers have (10^15) a sum is absent, never a wrong one.
        assert!(sum["rows"][0]["sum_annual_revenue"].is_null(), "{sum}");
        admin.delete(&format!("/api/v1/companies/{}", id(&twin))).expect(200);
    });
}

#[test]
fn thousands_of_ids_are_taken_or_refused_at_once() {
    both(|app| {
        let admin = app.admin();
        let company = admin.create("companies", json!({"name": "Acme"}));
        let ids: Vec<String> = (0..20_000).map(|n| format!("01890a5d-ac96-774b-bcce-{n:012x}")).collect();
        let act = |ids: &[String]| admin.post("/api/v1/companies/actions/restore", &json!({"ids": ids}));
        assert_eq!(told(&refused(app, &act(&ids[..1_001]), &[422]))[0].0, "ids");
        let outcome = act(&ids[..1_000]).expect(200);
        assert_eq!((&outcome["done"], outcome["refused"].as_array().unwrap().len()), (&json!(0), 1_000));
        let list = |n: usize| ids[..n].iter().map(|i| format!("\"{i}\"")).collect::<Vec<_>>().join(", ");
        for n in [1_000, 5_000, 20_000] {
            let answer = admin.post("/api/v1/query", &json!({"object": "company", "filter": format!("id in [{}]", list(n))}));
            assert!(matches!(answer.status.as_u16(), 200 | 422), "{n} ids: {}", answer.text().chars().take(500).collect::<String>());
        }
        let tags: Vec<&String> = ids[..5_000].iter().collect();
        let problem = refused(app, &admin.patch(&format!("/api/v1/companies/{}", id(&company)), &json!({"tags": tags})), &[422]);
        assert!(told(&problem)[0].0.starts_with("tags"));
        let names = vec!["name"; 5_000].join(",");
        survived("5,000 fields", &admin.get(&url("companies", &[("fields", &names)])));
        assert_eq!(told(&refused(app, &admin.get(&url("companies", &[("sort", &names)])), &[422]))[0].0, "sort");
        let groups: Vec<Value> = (0..5_000).map(|_| json!({"field": "city"})).collect();
        refused(app, &admin.post("/api/v1/query", &json!({"object": "company", "group_by": groups})), &[422]);
        let measures: Vec<Value> = (0..5_000).map(|_| json!({"fn": "count"})).collect();
        refused(app, &admin.post("/api/v1/query", &json!({"object": "company", "measures": measures})), &[422]);
        let unknown: serde_json::Map<String, Value> = (0..5_000).map(|n| (format!("field{n}"), json!(n))).collect();
        let answer = admin.post("/api/v1/companies", &Value::Object(unknown));
        assert_eq!(answer.status, 422);
        assert!(answer.body.len() < 100_000, "{} bytes tell of 5,000 unknown fields", answer.body.len());
        let many: Vec<Value> = (0..3_000).map(|n| json!({"address": format!("a{n}@acme.example")})).collect();
        let answer = admin.post("/api/v1/contacts", &json!({"last_name": "x", "emails": many}));
        assert!(matches!(answer.status.as_u16(), 201 | 422), "{}", answer.text());
        assert_eq!(admin.get(&format!("/api/v1/companies/{}", id(&company))).expect(200)["version"], 1);
    });
}

#[test]
fn a_body_of_another_kind_is_refused_by_its_kind() {
    both(|app| {
        let admin = app.admin();
        let kinds = [
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/html",
            "application/octet-stream",
            "nonsense",
            "",
            "application/jsonx",
            "*/*",
        ];
        for kind in kinds {
            let answer = admin.send("POST", "/api/v1/companies", &[("content-type", kind)], "{\"name\": \"Acme\"}");
            assert_eq!(refused(app, &answer, &[415])["code"], "malformed", "{kind}");
        }
        refused(app, &admin.send("POST", "/api/v1/companies", &[], "{\"name\": \"Acme\"}"), &[415]);
        for kind in ["application/json; charset=utf-8", "APPLICATION/JSON", "application/merge-patch+json"] {
            admin.send("POST", "/api/v1/companies", &[("content-type", kind)], "{\"name\": \"Acme\"}").expect(201);
        }
        for (kind, body) in
            [("application/json", "{}"), ("multipart/form-data", "--x--"), ("multipart/form-data; boundary=", "--x--"), ("text/csv", "a,b")]
        {
            for path in ["/api/v1/files", "/api/v1/imports"] {
                refused(app, &admin.send("POST", path, &[("content-type", kind)], body), &[400, 415, 422]);
            }
        }
        refused(
            app,
            &admin.send(
                "POST",
                "/api/v1/companies",
                &[("content-type", "application/json"), ("content-encoding", "gzip")],
                vec![0x1f, 0x8b, 8, 0, 0],
            ),
            &[400, 415],
        );
    });
}

fn upload(client: &Client<'_>, path: &str, parts: &[(&str, Option<&str>, &[u8])]) -> Answer {
    let (content_type, body) = multipart(parts);
    client.send("POST", &format!("/api/v1/{path}"), &[("content-type", &content_type)], body)
}

/// A form whose file never ends, or breaks off.
fn endless(bytes: usize, breaks: bool) -> Body {
    let head = Bytes::from_static(b"--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n");
    let piece = Bytes::from(vec![b'x'; 1 << 16]);
    let pieces = (0..bytes >> 16).map(move |_| Ok(piece.clone()));
    let last =
        if breaks { vec![Err(std::io::Error::other("the line went dead"))] } else { vec![Ok(Bytes::from_static(b"\r\n--frontier--\r\n"))] };
    Body::from_stream(stream::iter(std::iter::once(Ok(head)).chain(pieces).chain(last)))
}

const FORM: &[(&str, &str)] = &[("content-type", "multipart/form-data; boundary=frontier")];

/// Files that were begun and are not there.
fn left_over(app: &App) -> usize {
    std::fs::read_dir(app.engine.files().join("incoming")).map_or(0, Iterator::count)
}

#[test]
fn an_upload_that_is_broken_or_huge_leaves_nothing_behind() {
    both(|app| {
        let admin = app.admin();
        upload(&admin, "files", &[("file", Some("good.txt"), b"good")]).expect(201);
        for path in ["/api/v1/files", "/api/v1/imports"] {
            refused(app, &admin.send("POST", path, FORM, endless(101 << 20, false)), &[413]);
            refused(app, &admin.send("POST", path, FORM, endless(1 << 20, true)), &[400]);
            let (_, whole) = multipart(&[("file", Some("a.csv"), b"name\nAcme\n"), ("object", None, b"company")]);
            for cut in [0, 1, 30, 80, whole.len() - 30, whole.len() - 3] {
                refused(app, &admin.send("POST", path, FORM, whole[..cut].to_vec()), &[400, 422]);
            }
            refused(app, &upload(&admin, path.trim_start_matches("/api/v1/"), &[("object", None, b"company")]), &[422]);
            refused(app, &upload(&admin, path.trim_start_matches("/api/v1/"), &[("flie", Some("a.csv"), b"x")]), &[422]);
            refused(
                app,
                &upload(&admin, path.trim_start_matches("/api/v1/"), &[("file", Some("a.csv"), b"x"), ("file", Some("b.csv"), b"y")]),
                &[422],
            );
            assert_eq!(left_over(app), 0, "{path}");
        }
        assert_eq!(items(&admin.list("files", &[])).len(), 1);
        // Names that want to lead elsewhere, and contents that want to be run.
        for name in ["../../../etc/passwd", "..\\..\\boot.ini", "a\r\nSet-Cookie: x=1", ".htaccess", "con", &"x".repeat(5_000)] {
            let made =
                upload(&admin, "files", &[("file", Some(&name.replace(['\r', '\n'], "_")), b"<script>alert(1)</script>")]).expect(201);
            let shown = made["name"].as_str().unwrap();
            assert!(!shown.contains(['/', '\\']) && !shown.starts_with('.') && shown.len() <= 300, "{shown}");
            let content = admin.get(&format!("/api/v1/files/{}/content", id(&made)));
            assert!(content.header("content-disposition").starts_with("attachment"), "{}", content.header("content-disposition"));
            assert!(!content.header("content-type").contains("html"), "{}", content.header("content-type"));
            assert!(content.header("content-security-policy").contains("default-src 'none'"));
        }
        let svg = upload(&admin, "files", &[("file", Some("a.svg"), b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>")])
            .expect(201);
        let content = admin.get(&format!("/api/v1/files/{}/content", id(&svg)));
        assert!(
            content.header("content-disposition").starts_with("attachment")
                || content.header("content-security-policy").contains("sandbox")
        );
    });
}

#[test]
fn a_file_to_import_that_is_no_table_is_refused_in_words() {
    both(|app| {
        let admin = app.admin();
        let wide = (0..100_000).map(|n| format!("column {n}")).collect::<Vec<_>>().join(",") + "\n" + &"x,".repeat(99_999) + "x\n";
        let one_cell = format!("name\n{}\n", "x".repeat(20 << 20));
        let open_quote = format!("name,city\n\"{}", "a name of some length,a city of some name\n".repeat(50_000));
        let zeros = vec![0_u8; 1 << 20];
        let files: Vec<(&str, &[u8])> = vec![
            ("wide.csv", wide.as_bytes()),
            ("cell.csv", one_cell.as_bytes()),
            ("quote.csv", open_quote.as_bytes()),
            ("empty.csv", b""),
            ("blank.csv", b"\n\n\n"),
            ("zeros.csv", &zeros),
            ("noise.xlsx", b"PK\x03\x04 this is no workbook"),
            ("noise.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
            ("lines.jsonl", b"{\"name\": \"Acme\"}\n{\"name\": \n[[[[[["),
            ("deep.jsonl", b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["),
            ("cards.vcf", b"BEGIN:VCARD\nFN:x\nBEGIN:VCARD\nBEGIN:VCARD\n"),
            ("cut.csv", b"name,city\nAcme,\"Ro"),
        ];
        for (name, content) in files {
            let answer = upload(&admin, "imports", &[("file", Some(name), content), ("object", None, b"company")]);
            survived(name, &answer);
            if answer.status == 201 {
                // What could be opened is looked at row by row; running it is a matter of its rows, not of the server.
                let import = format!("/api/v1/imports/{}", id(&answer.json()));
                survived(name, &admin.post(&format!("{import}/actions/check"), &json!({})));
                survived(name, &admin.post(&format!("{import}/actions/run"), &json!({})));
                survived(name, &admin.get(&format!("{import}/rows?state=rejected")));
            } else {
                refused(app, &answer, &[400, 413, 422]);
            }
            if name == "wide.csv" {
                assert!(
                    (400..500).contains(&answer.status.as_u16()),
                    "100,000 columns: {}",
                    answer.text().chars().take(300).collect::<String>()
                );
                assert!(answer.text().contains("column"), "{}", answer.text());
            }
            assert_eq!(left_over(app), 0, "{name}");
        }
        let unknown = upload(&admin, "imports", &[("file", Some("a.csv"), b"name\nAcme\n"), ("object", None, b"compny")]);
        assert!(refused(app, &unknown, &[404, 422]).to_string().contains("compan"));
    });
}

/// The most memory that this process has used since it was last asked, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap();
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    line.trim().trim_end_matches("kB").trim().parse().unwrap()
}

/// Runs in a process of its own, so that only its own memory is measured.
#[test]
fn memory_stays_bounded_whatever_is_sent() {
    const ALONE: &str = "LEGAME_TEST_ALONE";
    if std::env::var_os(ALONE).is_none() {
        let test = "hostile::memory_stays_bounded_whatever_is_sent";
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture"])
            .env(ALONE, "1")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        return;
    }
    both(|app| {
        let admin = app.admin();
        admin.create("companies", json!({"name": "Acme"}));
        let huge = Bytes::from(format!("{{\"name\": \"{}\"}}", "x".repeat(10 << 20)));
        let deep = Bytes::from("[".repeat(1 << 20));
        let wide = Bytes::from((0..100_000).map(|n| format!("c{n}")).collect::<Vec<_>>().join(","));
        let full = Bytes::from(format!("{{\"description\": \"{}\"}}", "y".repeat((1 << 20) - 100)));
        let ids = (0..20_000).map(|n| format!("\"01890a5d-ac96-774b-bcce-{n:012x}\"")).collect::<Vec<_>>().join(",");
        let filter = json!({"object": "company", "filter": format!("id in [{ids}]")}).to_string();
        let batch = json!({"operations": (0..1_000).map(|n| json!({"op": "create", "values": {"nmae": "z".repeat(900), "employees": format!("n{n}")}})).collect::<Vec<_>>()}).to_string();
        let endless_json =
            || Body::from_stream(stream::iter((0..3_200_u32).map(|_| Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; 65_536])))));
        peak();
        let before = peak();
        for _ in 0..4 {
            for body in [huge.clone(), deep.clone(), full.clone()] {
                survived("a body", &admin.send("POST", "/api/v1/companies", JSON, body));
            }
            survived("an endless body", &admin.send("POST", "/api/v1/companies", JSON, endless_json()));
            survived("many ids", &admin.send("POST", "/api/v1/query", JSON, filter.clone()));
            survived("a batch", &admin.send("POST", "/api/v1/companies/batch", JSON, batch.clone()));
            survived("a wide file", &upload(&admin, "imports", &[("file", Some("a.csv"), &wide), ("object", None, b"company")]));
        }
        survived("a huge file", &admin.send("POST", "/api/v1/files", FORM, endless(101 << 20, false)));
        survived("a huge import", &admin.send("POST", "/api/v1/imports", FORM, endless(101 << 20, false)));
        let grown = peak().saturating_sub(before) / 1024;
        assert!(grown < 200, "{grown} MiB");
        assert_eq!(items(&admin.list("companies", &[])).len(), 1);
    });
}
