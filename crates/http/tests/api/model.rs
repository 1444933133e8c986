//! An administrator's own objects and fields.

use serde_json::{Value, json};

use crate::harness::App;

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_an_administrator_adds_is_there_at_once() {
    let app = App::open();
    let admin = app.person("admin@acme.example", "administrator");
    let keys = json!({"name": "colour", "type": "choice", "options": ["red", "green"], "label": "Colour"});
    let plan = admin
        .post("/api/v1/model/plan", json!({"object": "contact", "field": "colour", "keys": {"type": "text"}}))
        .await
        .expect(200)
        .json();
    assert_eq!((&plan["applied"], plan["steps"][0]["step"].as_str()), (&json!(false), Some("add_column")));
    admin.post("/api/v1/contacts", json!({"name": "Rossi", "colour": "red"})).await.expect(422);
    admin.post("/api/v1/model/objects/contact/fields", keys.clone()).await.expect(201);
    let made = admin.post("/api/v1/contacts", json!({"name": "Rossi", "colour": "red"})).await.expect(201).json();
    assert_eq!(made["colour"], "red");
    assert_eq!(admin.get("/api/v1/contacts?filter=colour%20%3D%3D%20%22red%22").await.json()["items"].as_array().unwrap().len(), 1);
    admin.post("/api/v1/model/objects/contact/fields", keys).await.expect(409);
    admin.patch("/api/v1/model/objects/contact/fields/colour", json!({"label": "Hue"})).await.expect(200);
    let model = admin.get("/api/v1/model").await.json();
    let contact = model["objects"].as_array().unwrap().iter().find(|o| o["name"] == "contact").unwrap().clone();
    let colour: &Value = contact["fields"].as_array().unwrap().iter().find(|f| f["name"] == "colour").unwrap();
    assert_eq!(colour["label"], "Hue");
    admin.delete("/api/v1/model/objects/contact/fields/colour").await.expect(200);
    admin.delete("/api/v1/model/objects/contact/fields/name").await.expect(409);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_an_administrator_makes_is_there_at_once() {
    let app = App::open();
    let admin = app.person("admin@acme.example", "administrator");
    let vehicle = json!({"name": "vehicle", "path": "vehicles", "label": ["Vehicle", "Vehicles"], "icon": "car", "title": "name",
                         "fields": {"name": {"type": "text", "required": true}, "driver": {"type": "link", "to": "contact"}}});
    admin.post("/api/v1/model/objects", vehicle).await.expect(201);
    admin.post("/api/v1/vehicles", json!({"name": "Van"})).await.expect(201);
    let problem = admin.post("/api/v1/model/objects", json!({"name": "boat", "fields": {"x": {"type": "txet"}}})).await.expect(422).json();
    assert!(!problem["fields"].as_array().unwrap().is_empty(), "{problem}");
    app.person("anna@acme.example", "representative").post("/api/v1/model/objects", json!({"name": "boat"})).await.expect(403);
}
