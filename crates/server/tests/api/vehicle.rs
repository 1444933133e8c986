//! A new object by one file and one line: the one that `docs/how-to/extend.md` adds, taken from that page.

use std::sync::LazyLock;

use kernel::{Module, ObjectSource};
use serde_json::{Value, json};

use crate::app::{App, Setting, both_with, id, items, multipart, told, url};

/// The first block of TOML in the page.
fn declaration() -> &'static str {
    let page = include_str!("../../../../docs/how-to/extend.md");
    page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap()
}

static MODULES: LazyLock<Vec<&'static Module>> = LazyLock::new(|| {
    let objects: &'static [ObjectSource] = Box::leak(Box::new([ObjectSource { toml: declaration() }]));
    let module: &'static Module = Box::leak(Box::new(Module { name: "vehicles", objects, ..Module::EMPTY }));
    crate::modules::MODULES.iter().copied().chain([module]).collect()
});

fn with_vehicles(test: impl Fn(&App)) {
    both_with(&Setting { modules: MODULES.as_slice(), ..Setting::default() }, test);
}

fn vehicle(plate: &str, maker: &str, price: &str, state: &str) -> Value {
    json!({"plate": plate, "maker": maker, "price": {"amount": price, "currency": "EUR"}, "state": state, "bought": "2024-05-01"})
}

#[test]
fn it_is_created_changed_listed_filtered_sorted_searched_and_reported() {
    with_vehicles(|app| {
        let admin = app.admin();
        for (plate, maker, price, state) in [
            ("TN 123 AB", "Fiat", "12000", "in_use"),
            ("BZ 456 CD", "Škoda", "18000.50", "in_repair"),
            ("TN 789 EF", "Fiat", "9000", "sold"),
        ] {
            admin.create("vehicles", vehicle(plate, maker, price, state));
        }
        let plates = |query: &[(&str, &str)]| -> Vec<String> {
            items(&admin.list("vehicles", query)).iter().map(|v| v["plate"].as_str().unwrap().to_string()).collect()
        };
        assert_eq!(plates(&[("sort", "plate")]), ["BZ 456 CD", "TN 123 AB", "TN 789 EF"]);
        assert_eq!(plates(&[("sort", "-price"), ("limit", "1")]), ["BZ 456 CD"]);
        assert_eq!(plates(&[("filter", "maker == \"fiat\" && price > 10000.0")]), ["TN 123 AB"]);
        assert_eq!(
            plates(&[("filter", "state in [\"sold\", \"in_repair\"] && bought < date(\"2025-01-01\")"), ("sort", "plate")]),
            ["BZ 456 CD", "TN 789 EF"]
        );
        assert_eq!(plates(&[("q", "skoda")]), ["BZ 456 CD"]);
        let found = admin.post("/api/v1/search", &json!({"q": "TN 12"})).expect(200);
        assert_eq!((&found["items"][0]["object"], &found["items"][0]["title"]), (&json!("vehicle"), &json!("TN 123 AB")));
        let report = admin.report(json!({"object": "vehicles", "group_by": [{"field": "maker"}], "measures": [{"fn": "count"}, {"fn": "sum", "field": "price"}], "sort": ["-count"]}));
        assert_eq!(report["rows"][0], json!({"maker": "Fiat", "count": 2, "sum_price": {"amount": "21000.00", "currency": "EUR"}}));
        // All that a record can do, this one can.
        let made = admin.list("vehicles", &[("filter", "plate == \"TN 123 AB\"")])["items"][0].clone();
        let path = format!("/api/v1/vehicles/{}", id(&made));
        let changed = admin.patch(&path, &json!({"state": "sold"}));
        assert_eq!(changed.header("etag"), "\"2\"");
        assert_eq!(admin.get(&format!("{path}/history")).expect(200)["items"][0]["field"], "state");
        admin.post("/api/v1/undo", &json!({"correlation": changed.header("x-correlation-id")})).expect(200);
        assert_eq!(admin.get(&path).expect(200)["state"], "in_use");
        admin.delete(&path).expect(200);
        admin.post(&format!("{path}/actions/restore"), &json!({})).expect(200);
        let upserted = admin
            .post("/api/v1/vehicles/upsert", &json!({"match": "plate", "values": {"plate": "TN 123 AB", "maker": "Iveco"}}))
            .expect(200);
        assert_eq!(upserted["id"], made["id"]);
        let wrong = admin.post("/api/v1/vehicles", &json!({"plate": "TN 123 AB", "state": "stolen", "prise": 1})).expect(422);
        let places: Vec<String> = told(&wrong).into_iter().map(|(field, code)| format!("{field}: {code}")).collect();
        assert!(places.contains(&"prise: unknown".to_string()) && places.iter().any(|p| p.starts_with("state:")), "{places:?}");
        assert_eq!(
            told(&admin.post("/api/v1/vehicles", &json!({"plate": "tn 123 ab"})).expect(422)),
            [("plate".into(), "not_unique".into())]
        );
        // Others may be about it.
        let note =
            admin.create("activities", json!({"kind": "note", "subject": "Oil", "about": [{"object": "vehicle", "id": made["id"]}]}));
        assert_eq!(
            admin.list("activities", &[("filter", &format!("about.exists(a, a.id == \"{}\")", id(&made)))])["items"]
                .as_array()
                .map(Vec::len),
            Some(1),
            "{note}"
        );
    });
}

#[test]
fn it_has_a_form_a_board_and_its_place_in_the_descriptions() {
    with_vehicles(|app| {
        let admin = app.admin();
        let model = admin.get("/api/v1/model").expect(200);
        let vehicle = model["objects"].as_array().unwrap().iter().find(|o| o["name"] == "vehicle").unwrap().clone();
        assert_eq!(
            (&vehicle["path"], &vehicle["label_plural"], &vehicle["icon"], &vehicle["nav"]),
            (&json!("vehicles"), &json!("Vehicles"), &json!("truck"), &json!("records"))
        );
        assert_eq!(vehicle["about"], "A car or van of the company.");
        let field = |name: &str| vehicle["fields"].as_array().unwrap().iter().find(|f| f["name"] == name).unwrap().clone();
        let plate = field("plate");
        assert_eq!(
            (&plate["required"], &plate["unique"], &plate["writable"], &plate["sortable"], &plate["filterable"]),
            (&json!(true), &json!(true), &json!(true), &json!(true), &json!(true))
        );
        assert_eq!(
            field("state")["options"].as_array().unwrap().iter().map(|o| o["label"].clone()).collect::<Vec<_>>(),
            [json!("In use"), json!("In repair"), json!("Sold")]
        );
        assert_eq!(
            (&field("price")["type"], &field("price")["summable"], &field("state")["groupable"]),
            (&json!("money"), &json!(true), &json!(true))
        );
        assert!(vehicle["actions"].as_array().unwrap().iter().any(|a| a["name"] == "restore"));
        let document = admin.get("/api/v1/openapi.json").expect(200);
        for (path, method) in [
            ("", "get"),
            ("", "post"),
            ("/{id}", "get"),
            ("/{id}", "patch"),
            ("/{id}", "delete"),
            ("/batch", "post"),
            ("/upsert", "post"),
            ("/{id}/timeline", "get"),
            ("/{id}/history", "get"),
        ] {
            assert!(document["paths"][format!("/api/v1/vehicles{path}")][method].is_object(), "{method} {path}");
        }
        let state = document["components"]["schemas"]["VehicleInput"]["properties"]["state"].to_string();
        assert!(["in_use", "in_repair", "sold"].iter().all(|code| state.contains(code)), "{state}");
        // A board of its states, kept as a view.
        let view = admin.create("saved_views", json!({"object": "vehicle", "name": "Garage", "shape": "board", "group": "state", "filter": "state != \"sold\"", "columns": ["plate", "maker"]}));
        assert_eq!(view["group"], "state");
        admin
            .post("/api/v1/saved_views", &json!({"object": "vehicle", "name": "Wrong", "shape": "table", "filter": "colour == \"red\""}))
            .expect(422);
        let token = app.bearer(&app.token_of(admin.me().parse().unwrap(), &["vehicles:read"]));
        token.get("/api/v1/vehicles").expect(200);
        token.post("/api/v1/vehicles", &json!({"plate": "X"})).expect(403);
    });
}

#[test]
fn its_rights_hold_from_the_first_moment() {
    with_vehicles(|app| {
        let admin = app.admin();
        let anna = app.person("anna@acme.example", "representative");
        let (hers, other) = (anna.create("vehicles", json!({"plate": "A 1"})), admin.create("vehicles", json!({"plate": "B 2"})));
        let at = |v: &Value| format!("/api/v1/vehicles/{}", id(v));
        assert_eq!(items(&anna.list("vehicles", &[])).len(), 2);
        anna.patch(&at(&hers), &json!({"maker": "Fiat"})).expect(200);
        anna.patch(&at(&other), &json!({"maker": "Fiat"})).expect(403);
        anna.delete(&at(&hers)).expect(403);
        anna.post("/api/v1/exports", &json!({"object": "vehicle", "format": "csv"})).expect(403);
        // Roles that the file does not name have no right at all.
        let manager = app.person("mara@acme.example", "manager");
        manager.get("/api/v1/vehicles").expect(403);
        manager.get(&at(&hers)).expect(403);
        assert!(!manager.get("/api/v1/model").text().contains("vehicle"));
        assert!(!manager.get("/api/v1/openapi.json").text().contains("vehicles"));
        assert_eq!(manager.post("/api/v1/search", &json!({"q": "A 1"})).expect(200)["items"], json!([]));
    });
}

#[test]
fn it_is_imported_and_exported_without_being_taught() {
    with_vehicles(|app| {
        let admin = app.admin();
        let file = "Plate;Maker;Bought;Price;State\nTN 1;Fiat;01/05/2024;12.000,50;In use\nTN 2;Škoda;15/06/2024;9.999,00;sold\n;Seat;;;\n";
        let (content_type, body) = multipart(&[("file", Some("fleet.csv"), file.as_bytes()), ("object", None, b"vehicles")]);
        let import = admin.send("POST", "/api/v1/imports", &[("content-type", &content_type)], body).expect(201);
        assert_eq!((&import["state"], &import["object"]), (&json!("mapping"), &json!("vehicle")));
        let mapped = import["mapping"].to_string();
        for field in ["plate", "maker", "bought", "price", "state"] {
            assert!(mapped.contains(&format!("\"{field}\"")), "{field} in {mapped}");
        }
        let path = format!("/api/v1/imports/{}", id(&import));
        let checked = admin.post(&format!("{path}/actions/check"), &json!({})).expect(200);
        assert_eq!(admin.list("vehicles", &[])["count"]["value"], 0, "a check writes nothing: {checked}");
        let done = admin.post(&format!("{path}/actions/run"), &json!({})).expect(200);
        assert_eq!((&done["created"], &done["rejected"], &done["state"]), (&json!(2), &json!(1), &json!("done")), "{done}");
        let rejected = admin.get(&format!("{path}/rows?state=rejected")).expect(200);
        assert!(rejected["items"][0].to_string().contains("Plate is required"), "{rejected}");
        let rows = admin.list("vehicles", &[("sort", "plate")]);
        assert_eq!(
            (&rows["items"][0]["price"], &rows["items"][0]["bought"], &rows["items"][0]["state"]),
            (&json!({"amount": "12000.50", "currency": "EUR"}), &json!("2024-05-01"), &json!("in_use"))
        );
        let table = admin
            .post("/api/v1/exports", &json!({"object": "vehicle", "format": "csv", "fields": "plate,maker,price", "sort": "plate"}))
            .text();
        assert!(table.contains("TN 1") && table.contains("Škoda") && table.contains("12000.50"), "{table}");
        assert_eq!(admin.post(&format!("{path}/actions/undo"), &json!({})).expect(200)["restored"], 2);
        assert_eq!(admin.get(&url("vehicles", &[])).expect(200)["count"]["value"], 0);
    });
}

#[test]
fn an_object_and_a_field_made_while_running_are_as_good_as_built_in_ones() {
    with_vehicles(|app| {
        let admin = app.admin();
        admin.create("vehicles", json!({"plate": "A 1"}));
        let plan = admin
            .post("/api/v1/model/plan", &json!({"object": "vehicle", "field": "colour", "keys": {"type": "text", "search": true}}))
            .expect(200);
        assert!(plan.to_string().contains("add_column"), "{plan}");
        assert!(!admin.get("/api/v1/model").text().contains("colour"), "a plan does nothing");
        admin.post("/api/v1/model/objects/vehicle/fields", &json!({"name": "colour", "type": "text", "search": true})).expect(201);
        let red = admin.create("vehicles", json!({"plate": "B 2", "colour": "Rosso"}));
        assert_eq!(admin.list("vehicles", &[("filter", "colour == \"rosso\"")])["items"][0]["id"], red["id"]);
        assert_eq!(admin.post("/api/v1/search", &json!({"q": "rosso"})).expect(200)["items"][0]["id"], red["id"]);
        assert_eq!(admin.list("vehicles", &[("filter", "!has(colour)")])["count"]["value"], 1);
        let object = json!({"name": "garage", "path": "garages", "label": ["Garage", "Garages"], "title": "name", "searched": true,
            "fields": {"name": {"type": "text", "required": true, "search": true}, "vehicle": {"type": "link", "to": "vehicle"}}, "access": {"representative": {"read": "true"}}});
        admin.post("/api/v1/model/objects", &object).expect(201);
        let garage = admin.create("garages", json!({"name": "North", "vehicle": red["id"]}));
        let shown = admin.get(&format!("/api/v1/garages/{}?expand=vehicle", id(&garage))).expect(200);
        assert_eq!(shown["vehicle"]["title"], "B 2");
        assert_eq!(admin.list("garages", &[("filter", "vehicle.colour == \"Rosso\"")])["count"]["value"], 1);
        assert_eq!(items(&app.person("anna@acme.example", "representative").list("garages", &[])).len(), 1);
        // What is wrong is told with its place and the remedy, all at once, and changes nothing.
        let wrong =
            admin.post("/api/v1/model/objects/vehicle/fields", &json!({"name": "wheels", "type": "intger", "reqired": true})).expect(422);
        assert_eq!(told(&wrong).len(), 2, "{wrong}");
        assert!(wrong.to_string().contains("integer") && wrong.to_string().contains("required"), "{wrong}");
        admin.post("/api/v1/model/objects", &json!({"name": "Bad Name", "fields": {}})).expect(422);
        admin.delete("/api/v1/model/objects/company").expect(409);
        admin.delete("/api/v1/model/objects/vehicle/fields/colour").expect(200);
        assert_eq!(told(&admin.get(&url("vehicles", &[("fields", "colour")])).expect(422))[0].0, "fields");
        app.person("eve@acme.example", "manager").post("/api/v1/model/objects", &object).expect(403);
    });
}
