//! Records of any object, filled from the model document, so that a new object needs no line in a test.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use serde_json::{Map, Value, json};

use kernel::record;

use crate::app::{Answer, App, Client, multipart};

pub struct Maker<'a> {
    app: &'a App,
    admin: Client<'a>,
    objects: Vec<Value>,
    lists: Value,
    number: Cell<usize>,
    /// Codes of shared lists that are taken, where each may be taken once.
    codes: Cell<usize>,
    /// Records that many may link to.
    made: RefCell<HashMap<(String, String), String>>,
}

impl<'a> Maker<'a> {
    pub fn new(app: &'a App) -> Maker<'a> {
        let admin = app.admin();
        let model = admin.get("/api/v1/model").expect(200);
        let objects = model["objects"].as_array().unwrap().clone();
        let maker = Maker {
            app,
            admin,
            objects,
            lists: model["lists"].clone(),
            number: Cell::new(0),
            codes: Cell::new(0),
            made: RefCell::default(),
        };
        maker.pipeline();
        maker
    }

    pub fn objects(&self) -> &[Value] {
        &self.objects
    }
    pub fn object(&self, name: &str) -> &Value {
        self.objects.iter().find(|o| o["name"] == name).unwrap_or_else(|| panic!("no object {name}"))
    }
    pub fn next(&self) -> usize {
        self.number.set(self.number.get() + 1);
        self.number.get()
    }

    /// Creates a record that belongs to somebody in every way that there is: owner, author, all that it hangs on.
    #[track_caller]
    pub fn make(&self, object: &str, owner: &str) -> Value {
        let mut body = self.body(object, owner);
        if self.object(object)["owned"] == true {
            body.insert("owner".into(), json!(owner));
        }
        body.insert("created_by".into(), json!(owner));
        let path = self.object(object)["path"].as_str().unwrap();
        if !is_uploaded(path) {
            return self.admin.create(path, Value::Object(body));
        }
        let name = object.to_string();
        let id = self.app.system(move |ctx, tx| Ok(record::create(ctx, tx, &name, &body)?.id));
        self.admin.get(&format!("/api/v1/{path}/{id}")).expect(200)
    }

    /// Asks for a new record as a client would.
    pub fn ask(&self, client: &Client<'_>, object: &str, owner: &str) -> Answer {
        let path = self.object(object)["path"].as_str().unwrap();
        if !is_uploaded(path) {
            return client.post(&format!("/api/v1/{path}"), &Value::Object(self.body(object, owner)));
        }
        let mut parts: Vec<(&str, Option<&str>, &[u8])> = vec![("file", Some("people.csv"), b"First name,Last name\nMarker,Eve\n")];
        if path == "imports" {
            parts.push(("object", None, b"contact"));
        }
        let (content_type, body) = multipart(&parts);
        client.send("POST", &format!("/api/v1/{path}"), &[("content-type", &content_type)], body)
    }

    /// What a record of the object needs at least, under names that no other has.
    pub fn body(&self, object: &str, owner: &str) -> Map<String, Value> {
        let declared = self.object(object);
        let mut body = Map::new();
        for field in declared["fields"].as_array().unwrap() {
            let name = field["name"].as_str().unwrap();
            let is_title = declared["title"] == name && matches!(field["type"].as_str(), Some("text"));
            if (field["required"] == true || is_title) && field["writable"] == true {
                body.insert(name.to_string(), self.value(field, owner));
            }
        }
        for (name, value) in self.beyond(object, owner) {
            body.insert(name.to_string(), value);
        }
        body
    }

    /// What rules ask for beyond required fields.
    fn beyond(&self, object: &str, owner: &str) -> Vec<(&'static str, Value)> {
        let name = format!("Marker {}", self.next());
        match object {
            "contact" | "lead" => vec![("last_name", json!(name))],
            "deal" => vec![("name", json!(name)), ("company", json!(self.link("company", owner)))],
            "deal_line" => vec![("name", json!(name)), ("unit_price", json!({"amount": "10", "currency": "EUR"}))],
            "activity" => vec![("kind", json!("call"))],
            "relation" => vec![
                ("from", json!([{"object": "company", "id": self.link("company", owner)}])),
                ("to", json!([{"object": "contact", "id": self.link("contact", owner)}])),
            ],
            "saved_view" => vec![("object", json!("deal"))],
            "import" => vec![("object", json!("contact"))],
            _ => Vec::new(),
        }
    }

    fn value(&self, field: &Value, owner: &str) -> Value {
        let n = self.next();
        match field["type"].as_str().unwrap() {
            "text" if field["max"].as_u64().is_some_and(|max| max < 12) => json!(format!("M{n}")),
            "text" | "long_text" => json!(format!("Marker {n}")),
            "email" => json!(format!("marker{n}@marker.example")),
            "choice" => self.code(field),
            "link" | "file" => json!(self.link(field["to"].as_str().unwrap(), owner)),
            "user" => json!(owner),
            "integer" | "decimal" | "percent" | "rating" => json!(1),
            "money" => json!({"amount": "1", "currency": "EUR"}),
            "date" => json!(format!("20{:02}-01-{:02}", n / 28 % 100, n % 28 + 1)),
            "links" if field["to"] == "any" => json!([{"object": "company", "id": self.link("company", owner)}]),
            "links" => json!([self.link(field["to"].as_str().unwrap(), owner)]),
            "instant" => json!("2026-01-01T00:00:00Z"),
            "boolean" => json!(true),
            other => panic!("{} is a required {other}: teach the maker", field["name"]),
        }
    }

    fn code(&self, field: &Value) -> Value {
        let options = match field["list"].as_str() {
            Some(list) => &self.lists[list],
            None => &field["options"],
        };
        let options = options.as_array().unwrap();
        if field["unique"] != true {
            return options[0]["code"].clone();
        }
        self.codes.set(self.codes.get() + 1);
        options[self.codes.get()]["code"].clone()
    }

    fn link(&self, object: &str, owner: &str) -> String {
        let make = || self.make(object, owner)["id"].as_str().unwrap().to_string();
        // Some hang on a pair of records that no other may hang on.
        if matches!(object, "deal" | "currency") {
            return make();
        }
        self.made.borrow_mut().entry((object.to_string(), owner.to_string())).or_insert_with(make).clone()
    }

    /// Deals need a way to go.
    fn pipeline(&self) {
        if !self.objects.iter().any(|o| o["name"] == "pipeline") {
            return;
        }
        let pipeline = self.admin.create("pipelines", json!({"name": "Marker way", "object": "deal", "default": true}));
        for (position, kind) in ["open", "won", "lost"].into_iter().enumerate() {
            let body = json!({"pipeline": pipeline["id"], "name": format!("Marker {kind}"), "kind": kind, "position": position});
            self.admin.create("stages", body);
        }
    }
}

/// Comes as a form with a file in it, not as JSON.
pub fn is_uploaded(path: &str) -> bool {
    matches!(path, "files" | "imports")
}
