//! What is wrong is refused with its place, whoever sends it.

use serde_json::json;

use crate::harness::App;

#[tokio::test]
async fn nobody_gets_in_anywhere_but_at_the_doors() {
    let app = App::open();
    let open = [
        "/healthz",
        "/readyz",
        "/api/v1/setup",
        "POST /api/v1/session",
        "POST /api/v1/setup",
        "POST /api/v1/session/demo",
        "POST /api/v1/invitations/look",
        "POST /api/v1/invitations/accept",
    ];
    for (method, route) in http::ROUTES {
        let path =
            route.replace("{object}", "contacts").replace("{id}", "018f0000-0000-7000-8000-000000000000").replace("{action}", "restore");
        let answer = app.anonymous().send(method, &path, b"{}".to_vec(), Some("application/json")).await;
        if open.contains(route) && *method == "GET" {
            answer.expect(200);
        } else if !open.contains(&format!("{method} {route}").as_str()) {
            let answer = answer.expect(401);
            assert_eq!(answer.header("content-type"), "application/problem+json", "{method} {route}");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
    }
}

#[tokio::test]
async fn the_list_of_routes_is_the_router() {
    let app = App::open();
    let admin = app.person("admin@acme.example", "administrator");
    for (method, route) in http::ROUTES {
        let path =
            route.replace("{object}", "contacts").replace("{id}", "018f0000-0000-7000-8000-000000000000").replace("{action}", "restore");
        if path != "/api/v1/live" {
            let answer = admin.send(method, &path, Vec::new(), None).await;
            assert_ne!(answer.status, 405, "{method} {route}");
            assert!(answer.status.as_u16() < 500, "{method} {route}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    for path in ["/api/v1", "/api/v2/contacts", "/api/v1/contacts/a/b/c"] {
        let answer = anna.get(path).await.expect(404);
        assert_eq!(answer.json()["code"], "not_found", "{path}");
    }
    let answer = anna.get("/api/v1/contcats").await.expect(404).json();
    assert!(answer["detail"].as_str().unwrap().contains("contacts"), "{answer}");
    let answer = anna.send("PUT", "/api/v1/contacts", Vec::new(), None).await.expect(405);
    assert_eq!(answer.json()["code"], "malformed");
    assert!(answer.header("allow").contains("POST"), "{}", answer.header("allow"));
    anna.get("/api/v1/contacts/not-an-id").await.expect(404);
}

#[tokio::test]
async fn bodies_are_read_strictly() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    let send = |body: &str, kind: Option<&'static str>| {
        let (anna, body) = (anna.clone(), body.as_bytes().to_vec());
        async move { anna.send("POST", "/api/v1/contacts", body, kind).await }
    };
    let json = Some("application/json");
    assert!(send("{\"name\": ", json).await.expect(400).json()["detail"].as_str().unwrap().contains("line 1 column"));
    send(&"[".repeat(100_000), json).await.expect(400);
    send("[1]", json).await.expect(400);
    send("{\"name\": \"x\"}", Some("text/plain")).await.expect(415);
    send("{\"name\": \"x\"}", Some("application/json; charset=utf-8")).await.expect(201);
    anna.send("POST", "/api/v1/contacts", b"{\"name\": \"\xff\"}".to_vec(), json).await.expect(400);
    send("{\"name\": \"a\\u0000b\"}", json).await.expect(422);
    send(&format!("{{\"name\": \"{}\"}}", "x".repeat(2 << 20)), json).await.expect(413);
    let problem = send("{\"nmae\": \"x\", \"amount\": \"many\"}", json).await.expect(422).json();
    let fields: Vec<&str> = problem["fields"].as_array().unwrap().iter().map(|f| f["field"].as_str().unwrap()).collect();
    assert!(fields.contains(&"nmae") && fields.contains(&"amount") && fields.contains(&"name"), "{problem}");
}

#[tokio::test]
async fn every_problem_of_a_query_is_told_at_once() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    let problem = anna.get("/api/v1/contacts?limit=9999&fitler=x&count=all").await.expect(422).json();
    let fields: Vec<&str> = problem["fields"].as_array().unwrap().iter().map(|f| f["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["fitler", "limit", "count"]);
    anna.get("/api/v1/contacts?q=%ff").await.expect(400);
    anna.get("/api/v1/contacts?filter=%27%3B%20drop%20table%20contact").await.expect(422);
    anna.get("/api/v1/contacts?cursor=nonsense").await.expect(422);
}

#[tokio::test]
async fn every_answer_carries_its_id_its_time_and_the_security_headers() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    for path in ["/api/v1/contacts", "/api/v1/nothing", "/"] {
        let answer = anna.with("x-request-id", "mine-1").get(path).await;
        assert_eq!(answer.header("x-request-id"), "mine-1", "{path}");
        assert!(answer.headers.get_all("server-timing").iter().any(|v| v.to_str().unwrap().starts_with("total;dur=")), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
    }
    assert_eq!(anna.with("x-request-id", "mine-2").get("/api/v1/nothing").await.json()["request_id"], "mine-2");
}

#[tokio::test]
async fn answers_are_compressed_for_who_takes_it() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    let packed = anna.with("accept-encoding", "br").get("/api/v1/model").await.expect(200);
    assert_eq!(packed.header("content-encoding"), "br");
    assert!(packed.body.len() * 3 < anna.get("/api/v1/model").await.body.len());
    assert_eq!(anna.with("accept-encoding", "gzip").get("/api/v1/model").await.header("content-encoding"), "gzip");
}

#[tokio::test]
async fn titles_are_translated_and_the_metrics_are_for_administrators() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "representative");
    assert_eq!(anna.with("accept-language", "it-IT,it;q=0.9").get("/api/v1/nothing").await.json()["title"], "Non trovato");
    anna.get("/metrics").await.expect(403);
    let metrics = app.person("admin@acme.example", "administrator").get("/metrics").await.expect(200).text();
    assert!(metrics.contains("legame_requests_total"));
    app.anonymous().post("/api/v1/session", json!({"email": "x"})).await.expect(422);
}
