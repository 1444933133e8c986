//! Uploads and downloads.

use axum::http::HeaderValue;
use serde_json::json;

use crate::harness::{Answer, App, Client};

const KIND: &str = "multipart/form-data; boundary=XX";

fn form(parts: &[(&str, Option<&str>, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map(|f| format!("; filename=\"{f}\"")).unwrap_or_default();
        body.extend_from_slice(format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--XX--\r\n");
    body
}

async fn upload(client: &Client<'_>, parts: &[(&str, Option<&str>, &[u8])]) -> Answer {
    client.send("POST", "/api/v1/files", form(parts), Some(KIND)).await
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_sent_but_only_as_a_download() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "representative");
    let page = b"<html><script>alert(1)</script></html>";
    let made = upload(&anna, &[("file", Some("../Offerta è.html"), page)]).await.expect(201).json();
    assert_eq!(
        (made["name"].as_str(), made["mime"].as_str(), made["size"].as_i64()),
        (Some("Offerta è.html"), Some("text/plain"), Some(38))
    );
    let place = format!("/api/v1/files/{}/content", made["id"].as_str().unwrap());
    let content = anna.get(&place).await.expect(200);
    assert_eq!(content.body, page);
    assert!(content.header("content-disposition").starts_with("attachment; "));
    assert_eq!(content.headers["x-content-type-options"], HeaderValue::from_static("nosniff"));
    anna.with("if-none-match", &content.header("etag")).get(&place).await.expect(304);
    app.person("bruno@acme.example", "representative").get(&place).await.expect(404);
}

#[tokio::test]
async fn a_file_belongs_to_what_the_sender_may_see() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "representative");
    let contact = anna.post("/api/v1/contacts", json!({"name": "Rossi"})).await.expect(201).json();
    let about = json!([{"object": "contact", "id": contact["id"]}]).to_string();
    let made = upload(&anna, &[("about", None, about.as_bytes()), ("file", Some("a.txt"), b"x")]).await.expect(201).json();
    assert_eq!(made["about"][0]["id"], contact["id"]);
    let bruno = app.person("bruno@acme.example", "representative");
    upload(&bruno, &[("about", None, about.as_bytes()), ("file", Some("a.txt"), b"x")]).await.expect(422);
}

#[tokio::test]
async fn a_wrong_upload_is_told_what_is_wrong() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "representative");
    assert_eq!(upload(&anna, &[("flie", Some("a"), b"x")]).await.expect(422).json()["fields"][0]["field"], "flie");
    assert_eq!(upload(&anna, &[]).await.expect(422).json()["fields"][0]["field"], "file");
    anna.post("/api/v1/files", json!({"name": "x"})).await.expect(415);
    let mut broken = form(&[("file", Some("a"), b"hello")]);
    broken.truncate(broken.len() - 12);
    anna.send("POST", "/api/v1/files", broken, Some(KIND)).await.expect(400);
    assert_eq!(anna.get("/api/v1/files").await.json()["items"], json!([]));
    upload(&app.anonymous(), &[("file", Some("a"), b"x")]).await.expect(401);
}

#[tokio::test]
async fn the_same_upload_with_the_same_key_is_one_file() {
    let app = App::open();
    let anna = app.person("anna@acme.example", "representative").with("idempotency-key", "k");
    let one = upload(&anna, &[("file", Some("a.txt"), b"x")]).await.expect(201).json();
    let two = upload(&anna, &[("file", Some("a.txt"), b"x")]).await.expect(201).json();
    assert_eq!(one["id"], two["id"]);
    upload(&anna, &[("file", Some("a.txt"), b"y")]).await.expect(422);
}
