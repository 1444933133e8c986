//! The description of the interface.

use serde_json::Value;

use crate::harness::App;

#[tokio::test]
async fn the_document_tells_every_route_and_every_field_one_may_use() {
    let app = App::open();
    let document = app.person("admin@acme.example", "administrator").get("/api/v1/openapi.json").await.expect(200).json();
    assert_eq!(document["openapi"], "3.1.0");
    for (method, route) in http::ROUTES.iter().filter(|(_, r)| !r.contains("/imports")) {
        let is_declaration = route.contains("/model/");
        let path = if is_declaration { route.to_string() } else { route.replace("{object}", "contacts") };
        let path = path.replace("/actions/{action}", "");
        let told = &document["paths"][&path][method.to_lowercase()];
        let is_action = route.contains("{action}");
        assert!(is_action || told.is_object(), "{method} {route} is not told");
    }
    let contact = &document["components"]["schemas"]["Contact"]["properties"];
    assert!(contact["secret"].is_object() && contact["amount"].is_object());
    let theirs = app.person("anna@acme.example", "representative").get("/api/v1/openapi.json").await.expect(200).json();
    assert!(theirs["components"]["schemas"]["Contact"]["properties"]["secret"].is_null());
}

#[tokio::test]
async fn every_reference_of_the_document_leads_somewhere() {
    let app = App::open();
    let document = app.person("admin@acme.example", "administrator").get("/api/v1/openapi.json").await.expect(200).json();
    if let Ok(path) = std::env::var("OPENAPI_OUT") {
        std::fs::write(path, document.to_string()).unwrap();
    }
    fn walk(value: &Value, document: &Value) {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(target)) = map.get("$ref") {
                    assert!(document.pointer(target.trim_start_matches('#')).is_some(), "{target}");
                }
                map.values().for_each(|v| walk(v, document));
            }
            Value::Array(items) => items.iter().for_each(|v| walk(v, document)),
            _ => {}
        }
    }
    walk(&document, &document);
}
