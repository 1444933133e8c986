//! Creating, reading, changing and deleting through the interface.

use serde_json::{Value, json};

use crate::harness::{App, Client};

async fn made(client: &Client<'_>, body: Value) -> (String, Value) {
    let answer = client.post("/api/v1/contacts", body).await.expect(201);
    let json = answer.json();
    (format!("/api/v1/contacts/{}", json["id"].as_str().unwrap()), json)
}

#[tokio::test]
async fn a_record_is_made_read_changed_and_put_into_the_bin() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    let answer = anna.post("/api/v1/contacts", json!({"name": "Rossi", "amount": {"amount": "12.5", "currency": "EUR"}})).await.expect(201);
    let id = answer.json()["id"].as_str().unwrap().to_string();
    assert_eq!(answer.header("location"), format!("/api/v1/contacts/{id}"));
    assert_eq!(answer.header("etag"), "\"1\"");
    assert_eq!(answer.header("x-correlation-id").len(), 36);
    let place = answer.header("location");
    let read = anna.get(&place).await.expect(200);
    assert_eq!((read.json()["amount"]["amount"].as_str(), read.header("etag")), (Some("12.50"), "\"1\"".to_string()));
    anna.with("if-none-match", "\"1\"").get(&place).await.expect(304);
    let changed = anna.with("if-match", "\"1\"").patch(&place, json!({"city": "Roma"})).await.expect(200);
    assert_eq!((changed.header("etag"), changed.json()["city"].as_str()), ("\"2\"".to_string(), Some("Roma")));
    anna.delete(&place).await.expect(200);
    anna.get(&place).await.expect(404);
    anna.delete(&format!("{place}?purge=true")).await.expect(204);
}

#[tokio::test]
async fn both_values_of_a_conflict_are_told() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    let (place, _) = made(&anna, json!({"name": "Rossi", "city": "Roma"})).await;
    anna.patch(&place, json!({"city": "Milano"})).await.expect(200);
    let problem = anna.with("if-match", "\"1\"").patch(&place, json!({"city": "Torino"})).await.expect(409).json();
    assert_eq!(problem["code"], "conflict");
    assert_eq!((&problem["conflicts"][0]["yours"], &problem["conflicts"][0]["theirs"]), (&json!("Torino"), &json!("Milano")));
    anna.with("if-match", "\"1\"").patch(&place, json!({"name": "Bianchi"})).await.expect(200);
    anna.with("if-match", "\"x\"").patch(&place, json!({"name": "Bianchi"})).await.expect(400);
}

#[tokio::test]
async fn a_list_answers_pages_counts_and_a_tag() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    for name in ["Anna", "Bruno", "Carla"] {
        made(&anna, json!({"name": name})).await;
    }
    let first = anna.get("/api/v1/contacts?sort=name&limit=2&fields=name").await.expect(200);
    let page = first.json();
    assert_eq!(page["items"].as_array().unwrap().iter().map(|i| i["name"].as_str().unwrap()).collect::<Vec<_>>(), ["Anna", "Bruno"]);
    let next = page["next_cursor"].as_str().unwrap();
    let page = anna.get(&format!("/api/v1/contacts?sort=name&limit=2&fields=name&cursor={next}")).await.expect(200).json();
    assert_eq!((page["items"][0]["name"].as_str(), &page["next_cursor"]), (Some("Carla"), &Value::Null));
    let tag = first.header("etag");
    anna.with("if-none-match", &tag).get("/api/v1/contacts?sort=name&limit=2&fields=name").await.expect(304);
}

#[tokio::test]
async fn the_same_key_does_a_write_once() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    let keyed = anna.with("idempotency-key", "k-1");
    let first = keyed.post("/api/v1/contacts", json!({"name": "Rossi"})).await.expect(201);
    let again = keyed.post("/api/v1/contacts", json!({"name": "Rossi"})).await.expect(201);
    assert_eq!((first.body, first.headers["location"].clone()), (again.body.clone(), again.headers["location"].clone()));
    assert_eq!(again.header("idempotency-replayed"), "true");
    let other = keyed.post("/api/v1/contacts", json!({"name": "Bianchi"})).await.expect(422).json();
    assert_eq!(other["fields"][0]["field"], "Idempotency-Key");
    assert_eq!(anna.get("/api/v1/contacts").await.json()["count"]["value"], 1);
    let bruno = app.person("bruno@acme.example", "administrator");
    bruno.with("idempotency-key", "k-1").post("/api/v1/contacts", json!({"name": "Bianchi"})).await.expect(201);
}

#[tokio::test]
async fn a_refused_write_does_not_use_up_its_key() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator").with("idempotency-key", "k-1");
    anna.post("/api/v1/contacts", json!({"name": null})).await.expect(422);
    anna.post("/api/v1/contacts", json!({"name": "Rossi"})).await.expect(201);
}

#[tokio::test]
async fn a_batch_answers_an_outcome_for_each() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    let (_, rossi) = made(&anna, json!({"name": "Rossi"})).await;
    let operations = json!([
        {"op": "create", "values": {"name": "Bianchi"}},
        {"op": "create", "values": {"nam": "Verdi"}},
        {"op": "update", "id": rossi["id"], "values": {"city": "Roma"}},
        {"op": "delete", "id": "018f0000-0000-7000-8000-000000000000"},
    ]);
    let results = anna.post("/api/v1/contacts/batch", json!({"operations": operations})).await.expect(200).json();
    let statuses: Vec<i64> = results["results"].as_array().unwrap().iter().map(|r| r["status"].as_i64().unwrap()).collect();
    assert_eq!(statuses, [201, 422, 200, 404]);
    assert_eq!(results["results"][1]["error"]["fields"][0]["field"], "nam");
    assert_eq!(results["results"][2]["version"], 2);
}

#[tokio::test]
async fn an_atomic_batch_does_all_or_nothing() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    let operations = json!([{"op": "create", "values": {"name": "Bianchi"}}, {"op": "create", "values": {"name": 3}}]);
    let problem = anna.post("/api/v1/contacts/batch", json!({"operations": operations, "atomic": true})).await.expect(422).json();
    assert_eq!(problem["operation"], 1);
    assert_eq!(problem["fields"][0]["field"], "operations[1].values.name");
    assert_eq!(anna.get("/api/v1/contacts").await.json()["count"]["value"], 0);
    let many: Vec<Value> = (0..1_001).map(|_| json!({"op": "create", "values": {"name": "x"}})).collect();
    anna.post("/api/v1/contacts/batch", json!({ "operations": many })).await.expect(422);
}

#[tokio::test]
async fn an_upsert_finds_by_any_address_and_refuses_when_in_doubt() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    let body = |email: &str, name: &str| json!({"match": "email", "values": {"email": email, "name": name}});
    anna.post("/api/v1/contacts/upsert", body("a@b.example", "Rossi")).await.expect(201);
    let again = anna.post("/api/v1/contacts/upsert", body("A@b.example", "Bianchi")).await.expect(200).json();
    assert_eq!((again["name"].as_str(), again["version"].as_i64()), (Some("Bianchi"), Some(2)));
    made(&anna, json!({"name": "Other", "emails": ["x@b.example", "a@b.example"]})).await;
    let problem = anna.post("/api/v1/contacts/upsert", body("a@b.example", "Verdi")).await.expect(409).json();
    assert_eq!(problem["candidates"].as_array().unwrap().len(), 2);
    let problem = anna.post("/api/v1/contacts/upsert", json!({"match": "emial", "values": {}})).await.expect(422).json();
    assert!(problem["fields"][0]["message"].as_str().unwrap().contains("email"), "{problem}");
}

#[tokio::test]
async fn an_upsert_finds_by_the_id_of_another_system() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    let body =
        |name: &str| json!({"match": "external.hubspot", "values": {"name": name, "external_ids": [{"system": "hubspot", "id": "77"}]}});
    anna.post("/api/v1/contacts/upsert", body("Rossi")).await.expect(201);
    let again = anna.post("/api/v1/contacts/upsert", body("Bianchi")).await.expect(200).json();
    assert_eq!(again["name"], "Bianchi");
}

#[tokio::test]
async fn timeline_history_and_undo_follow_a_change() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    let (place, _) = made(&anna, json!({"name": "Rossi", "city": "Roma"})).await;
    let changed = anna.patch(&place, json!({"city": "Milano"})).await.expect(200);
    let timeline = anna.get(&format!("{place}/timeline")).await.expect(200).json();
    assert_eq!(timeline["items"][0]["kind"], "record.updated");
    assert_eq!(timeline["items"][0]["actor"]["name"], "anna@acme.example");
    let history = anna.get(&format!("{place}/history")).await.expect(200).json();
    assert_eq!((&history["items"][0]["before"], &history["items"][0]["after"]), (&json!("Roma"), &json!("Milano")));
    let undone = anna.post("/api/v1/undo", json!({"correlation": changed.header("x-correlation-id")})).await.expect(200).json();
    assert_eq!(undone["restored"], 1);
    assert_eq!(anna.get(&place).await.json()["city"], "Roma");
    anna.post("/api/v1/undo", json!({"correlation": "018f0000-0000-7000-8000-000000000000"})).await.expect(404);
}

#[tokio::test]
async fn a_stranger_finds_nothing_that_is_not_his() {
    let app = App::open();
    let (anna, bruno) = (app.person("anna@acme.example", "representative"), app.person("bruno@acme.example", "representative"));
    let (place, _) = made(&anna, json!({"name": "Rossi"})).await;
    anna.get(&place).await.expect(200);
    for suffix in ["", "/timeline", "/history"] {
        bruno.get(&format!("{place}{suffix}")).await.expect(404);
    }
    bruno.patch(&place, json!({"name": "x"})).await.expect(404);
    bruno.delete(&place).await.expect(404);
    assert_eq!(bruno.get("/api/v1/contacts").await.json()["items"], json!([]));
    let hits = bruno.post("/api/v1/search", json!({"q": "rossi"})).await.expect(200).json();
    assert_eq!(hits["items"], json!([]));
    let report = bruno.post("/api/v1/query", json!({"object": "contact", "measures": [{"fn": "count"}]})).await.expect(200).json();
    assert_eq!(report["rows"][0]["count"], 0);
    app.person("carla@acme.example", "read_only").get("/api/v1/contacts").await.expect(403);
}

#[tokio::test]
async fn a_field_that_one_may_not_read_does_not_exist() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "representative");
    let (place, made) = made(&anna, json!({"name": "Rossi"})).await;
    assert!(made.get("secret").is_none());
    anna.patch(&place, json!({"secret": "x"})).await.expect(422);
    for query in ["filter=secret%20==%20%22x%22", "sort=secret", "fields=secret"] {
        anna.get(&format!("/api/v1/contacts?{query}")).await.expect(422);
    }
}

#[tokio::test]
async fn search_and_reports_answer() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    made(&anna, json!({"name": "Società Rossi", "phase": "early", "amount": {"amount": "10", "currency": "EUR"}})).await;
    made(&anna, json!({"name": "Bianchi", "phase": "late"})).await;
    let hits = anna.post("/api/v1/search", json!({"q": "societa ros"})).await.expect(200).json();
    assert_eq!(hits["items"][0]["title"], "Società Rossi");
    let body =
        json!({"object": "contacts", "group_by": [{"field": "phase"}], "measures": [{"fn": "count"}, {"fn": "sum", "field": "amount"}]});
    let rows = anna.post("/api/v1/query", body).await.expect(200).json();
    assert_eq!(rows["rows"].as_array().unwrap().len(), 2);
    let problem = anna.post("/api/v1/query", json!({"object": "contact", "measure": []})).await.expect(422).json();
    assert_eq!(problem["fields"][0]["message"], "There is no \"measure\"; did you mean \"measures\"?");
}

#[tokio::test]
async fn the_model_speaks_the_callers_language() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    let english = anna.get("/api/v1/model").await.expect(200);
    let italian = anna.with("accept-language", "it").get("/api/v1/model").await.expect(200).json();
    let label = |model: &Value| {
        let user = model["objects"].as_array().unwrap().iter().find(|o| o["name"] == "user").unwrap();
        user["label"].as_str().unwrap().to_string()
    };
    assert_eq!((label(&english.json()), label(&italian)), ("User".to_string(), "Utente".to_string()));
    anna.with("if-none-match", &english.header("etag")).get("/api/v1/model").await.expect(304);
}
