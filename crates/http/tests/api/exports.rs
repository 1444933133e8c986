//! Records as files.

use serde_json::json;

use crate::harness::App;

#[tokio::test]
async fn what_one_may_see_is_exported_and_no_formula_with_it() {
    let app = App::open();
    let (anna, bruno) = (app.person("anna@acme.example", "representative"), app.person("bruno@acme.example", "representative"));
    let rossi = json!({"name": "=cmd|' /C calc'!A0", "city": "Roma, \"centro\"", "emails": ["a@b.example"], "amount": {"amount": "5", "currency": "EUR"}});
    anna.post("/api/v1/contacts", rossi).await.expect(201);
    bruno.post("/api/v1/contacts", json!({"name": "Hidden"})).await.expect(201);
    let csv = anna.post("/api/v1/exports", json!({"object": "contacts", "format": "csv"})).await.expect(200);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.header("content-disposition").contains("contacts-"));
    let text = csv.text();
    assert!(text.contains("'=cmd|' /C calc'!A0") && text.contains("\"Roma, \"\"centro\"\"\"") && text.contains("a@b.example"), "{text}");
    assert!(text.contains("5.00,EUR") && !text.contains("Hidden") && !text.contains("secret"), "{text}");
    let lines = anna.post("/api/v1/exports", json!({"object": "contact", "format": "jsonl", "fields": "name"})).await.expect(200).text();
    assert_eq!(lines.lines().count(), 1);
    let packed =
        anna.with("accept-encoding", "gzip").post("/api/v1/exports", json!({"object": "contact", "format": "csv"})).await.expect(200);
    assert_eq!(packed.header("content-encoding"), "gzip");
    let xlsx = anna.post("/api/v1/exports", json!({"object": "contact", "format": "xlsx"})).await.expect(200);
    assert!(xlsx.body.starts_with(b"PK"));
    let card = anna.post("/api/v1/exports", json!({"object": "contact", "format": "vcard"})).await.expect(200).text();
    assert!(card.contains("EMAIL:a@b.example") || card.contains("EMAIL;TYPE=work:a@b.example"), "{card}");
}

#[tokio::test]
async fn an_export_needs_its_permission_and_a_right_request() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "representative");
    anna.post("/api/v1/exports", json!({"object": "users", "format": "csv"})).await.expect(403);
    anna.post("/api/v1/exports", json!({"object": "contacts", "format": "csv", "filter": "nmae == 1"})).await.expect(422);
    let refused = anna.post("/api/v1/exports", json!({"object": "contacts", "format": "parquet"})).await.expect(422).text();
    assert!(refused.contains("csv"), "{refused}");
    anna.post("/api/v1/exports", json!({"object": "contacts", "format": "doc"})).await.expect(422);
    anna.post("/api/v1/exports", json!({"object": "contacts"})).await.expect(422);
}

#[tokio::test]
async fn an_export_longer_than_a_page_is_whole() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "administrator");
    let operations: Vec<_> = (0..700).map(|n| json!({"op": "create", "values": {"name": format!("N{n:04}")}})).collect();
    anna.post("/api/v1/contacts/batch", json!({ "operations": operations })).await.expect(200);
    let text = anna
        .post("/api/v1/exports", json!({"object": "contacts", "format": "csv", "sort": "name", "fields": "name"}))
        .await
        .expect(200)
        .text();
    assert_eq!(text.lines().count(), 701);
    assert!(text.lines().last().unwrap().ends_with("N0699"));
}
