//! Keys for programs and what they may do.

use serde_json::json;

use crate::harness::App;

#[tokio::test]
async fn a_token_is_told_once_and_can_be_withdrawn() {
    let app = App::open();
    app.add("anna@acme.example", "representative");
    let browser = app.browser("anna@acme.example").await;
    let made = browser.post("/api/v1/tokens", json!({"name": "script"})).await.expect(201).json();
    let token = made["token"].as_str().unwrap().to_string();
    assert!(token.starts_with("lg_") && token.len() >= 46);
    app.bearer(&token).get("/api/v1/contacts").await.expect(200);
    let listed = browser.get("/api/v1/tokens").await.expect(200);
    assert!(!listed.text().contains(&token));
    let id = listed.json()["items"][0]["id"].as_str().unwrap().to_string();
    browser.delete(&format!("/api/v1/tokens/{id}")).await.expect(204);
    app.bearer(&token).get("/api/v1/contacts").await.expect(401);
}

#[tokio::test]
async fn a_token_does_only_what_its_scopes_say() {
    let app = App::open();
    let id = app.add("anna@acme.example", "administrator");
    let reader = app.bearer(&app.token(id, &["contacts:read"]));
    reader.get("/api/v1/contacts").await.expect(200);
    reader.post("/api/v1/contacts", json!({"name": "x"})).await.expect(403);
    reader.get("/api/v1/users").await.expect(403);
    reader.post("/api/v1/tokens", json!({"name": "more"})).await.expect(403);
    let writer = app.bearer(&app.token(id, &["contacts:write"]));
    writer.post("/api/v1/contacts", json!({"name": "x"})).await.expect(201);
}

#[tokio::test]
async fn an_unknown_scope_is_refused_with_the_nearest() {
    let app = App::open();
    app.add("anna@acme.example", "representative");
    let browser = app.browser("anna@acme.example").await;
    let problem = browser.post("/api/v1/tokens", json!({"name": "x", "scopes": ["contact:read", "write"]})).await.expect(422).json();
    assert_eq!(problem["fields"][0]["field"], "scopes[0]");
    assert!(problem["fields"][0]["message"].as_str().unwrap().contains("contacts:read"), "{problem}");
}

#[tokio::test]
async fn an_expired_or_foreign_token_lets_nobody_in() {
    let app = App::open();
    let browser_of = app.add("anna@acme.example", "representative");
    let past = app.token(browser_of, &[]);
    app.bearer(&format!("{past}x")).get("/api/v1/session").await.expect(401);
    app.bearer("lg_").get("/api/v1/session").await.expect(401);
    app.anonymous().with("authorization", "Basic abc").get("/api/v1/session").await.expect(401);
}
