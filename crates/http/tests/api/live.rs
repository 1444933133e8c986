//! What happens, told as it happens to who may know.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::harness::App;

struct Stream {
    body: axum::body::BodyDataStream,
    text: String,
}

impl Stream {
    async fn open(app: &App, token: &str, last: Option<&str>) -> Stream {
        let mut request = Request::builder().uri("/api/v1/live").header("authorization", format!("Bearer {token}"));
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = app.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Stream { body: response.into_body().into_data_stream(), text: String::new() }
    }

    /// The next event as (name, data, id); nothing when none comes in time.
    async fn next(&mut self) -> Option<(String, Value, String)> {
        loop {
            if let Some((one, rest)) = self.text.split_once("\n\n") {
                let (one, rest) = (one.to_string(), rest.to_string());
                self.text = rest;
                let line = |name: &str| one.lines().find_map(|l| l.strip_prefix(name)).unwrap_or_default().trim().to_string();
                if !line("data:").is_empty() {
                    return Some((line("event:"), serde_json::from_str(&line("data:")).unwrap(), line("id:")));
                }
                continue;
            }
            let chunk = tokio::time::timeout(Duration::from_millis(1_500), self.body.next()).await.ok()??.unwrap();
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_told_to_who_may_see_it_without_the_fields_he_may_not() {
    let app = App::open();
    let (anna, bruno) = (app.add("anna@acme.example", "representative"), app.add("bruno@acme.example", "representative"));
    let admin = app.person("admin@acme.example", "administrator");
    let mut hers = Stream::open(&app, &app.token(anna, &[]), None).await;
    let mut his = Stream::open(&app, &app.token(bruno, &[]), None).await;
    assert_eq!(hers.next().await.unwrap().0, "hello");
    assert_eq!(his.next().await.unwrap().0, "hello");
    let made = admin.post("/api/v1/contacts", json!({"name": "Rossi", "owner": anna.to_string(), "secret": "x"})).await.expect(201).json();
    let (name, data, _) = hers.next().await.unwrap();
    assert_eq!((name.as_str(), &data["id"], data["kind"].as_str()), ("change", &made["id"], Some("record.created")));
    let fields: Vec<&str> = data["fields"].as_array().unwrap().iter().map(|f| f.as_str().unwrap()).collect();
    assert!(fields.contains(&"name") && !fields.contains(&"secret"), "{data}");
    assert_eq!(data["actor"]["name"], "admin@acme.example");
    assert!(his.next().await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_away_is_told_what_he_missed() {
    let app = App::open();
    let anna = app.add("anna@acme.example", "administrator");
    let token = app.token(anna, &[]);
    let client = app.bearer(&token);
    let mut stream = Stream::open(&app, &token, None).await;
    stream.next().await.unwrap();
    let made = client.post("/api/v1/contacts", json!({"name": "Rossi"})).await.expect(201).json();
    let (_, _, last) = stream.next().await.unwrap();
    drop(stream);
    client.patch(&format!("/api/v1/contacts/{}", made["id"].as_str().unwrap()), json!({"city": "Roma"})).await.expect(200);
    let mut stream = Stream::open(&app, &token, Some(&last)).await;
    assert_eq!(stream.next().await.unwrap().1["resumed"], true);
    let mut told = Vec::new();
    while let Some((_, data, _)) = stream.next().await {
        told.push((data["kind"].as_str().unwrap().to_string(), data["fields"].clone()));
    }
    assert!(told.contains(&("record.updated".to_string(), json!(["city"]))), "{told:?}");
    let mut stream = Stream::open(&app, &token, Some("018f0000-0000-7000-8000-000000000000")).await;
    assert_eq!(stream.next().await.unwrap().1["resumed"], false);
}
