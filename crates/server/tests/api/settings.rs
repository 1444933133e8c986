//! What an administrator changes while everybody works.

use serde_json::{Value, json};

use crate::app::{App, Client, both, told};

const SOURCES: &str = "/api/v1/model/objects/lead/fields/source";

fn options(client: &Client<'_>) -> Vec<Value> {
    client.get(&format!("{SOURCES}/options")).expect(200)["options"].as_array().unwrap().clone()
}

/// The labels of a lead's sources that are offered, in a language.
fn offered(app: &App, language: &str) -> Vec<String> {
    let model = app.admin().with("accept-language", language).get("/api/v1/model").expect(200);
    let lead = model["objects"].as_array().unwrap().iter().find(|o| o["name"] == "lead").unwrap().clone();
    let field = lead["fields"].as_array().unwrap().iter().find(|f| f["name"] == "source").unwrap().clone();
    let all = field["options"].as_array().unwrap().clone();
    all.iter().filter(|o| o["retired"] != true).map(|o| o["label"].as_str().unwrap().to_string()).collect()
}

#[test]
fn a_choice_gets_options_in_every_language_another_order_and_loses_none() {
    both(|app| {
        let admin = app.admin();
        let before = options(&admin);
        assert!(before[0]["labels"]["it"].is_string() && before[0]["labels"]["zh"].is_string(), "{}", before[0]);
        let lead = admin.create("leads", json!({"last_name": "Conti", "source": before[1]["code"]}));
        // One new in front, the first renamed in one language, the second retired, the others not named.
        let fair = json!({"labels": {"en": "Rimini fair", "it": "Fiera di Rimini", "zh": "里米尼展会"}, "hue": "apricot"});
        let mut first = before[0].clone();
        first["labels"]["it"] = json!("Dal nostro sito");
        let second = json!({"code": before[1]["code"], "retired": true});
        admin.patch(SOURCES, &json!({"options": [fair, first, second]})).expect(200);
        assert_eq!(offered(app, "en")[0], "Rimini fair");
        assert_eq!(offered(app, "it")[..2], ["Fiera di Rimini", "Dal nostro sito"]);
        assert_eq!(offered(app, "zh")[0], "里米尼展会");
        let after = options(&admin);
        assert_eq!((after.len(), &after[0]["code"], &after[2]["retired"]), (before.len() + 1, &json!("rimini_fair"), &json!(true)));
        assert_eq!(after[1]["labels"]["en"], before[0]["labels"]["en"], "the other languages say what they said");
        assert_eq!(after[2]["labels"], before[1]["labels"]);
        // At once, for everybody: what is new may be written, what is retired stays where it is.
        let marco = app.person("marco@acme.example", "representative");
        marco.create("leads", json!({"last_name": "Greco", "source": "rimini_fair"}));
        assert_eq!(admin.get(&format!("/api/v1/leads/{}", lead["id"].as_str().unwrap())).expect(200)["source"], before[1]["code"]);
        // And back.
        admin.patch(SOURCES, &json!({"options": [{"code": before[1]["code"], "retired": false}]})).expect(200);
        assert_eq!(options(&admin)[0]["retired"], false);
    });
}

#[test]
fn what_code_relies_on_is_asked_for_or_fixed() {
    both(|app| {
        let admin = app.admin();
        let outcome = "/api/v1/model/objects/activity/fields/outcome";
        let means = admin.get(&format!("{outcome}/options")).expect(200)["means"].clone();
        assert_eq!(means, json!(["not_reached", "reached"]));
        let add = |means: Value| admin.patch(outcome, &json!({"options": [{"labels": {"en": "Asked to wait"}, "means": means}]}));
        assert_eq!(told(&add(json!(null)).expect(422)), [("options[0].means".into(), "required".into())]);
        assert_eq!(told(&add(json!("perhaps")).expect(422)), [("options[0].means".into(), "required".into())]);
        add(json!("reached")).expect(200);
        let refused = admin.patch(SOURCES, &json!({"options": [{"labels": {"en": " "}}]}));
        assert_eq!(told(&refused.expect(422)), [("options[0].label".into(), "required".into())]);
        admin.patch("/api/v1/model/objects/user/fields/status", &json!({"options": [{"labels": {"en": "Asleep"}}]})).expect(409);
        admin.get("/api/v1/model/objects/lead/fields/last_name/options").expect(404);
    });
}

#[test]
fn only_administrators_see_and_change_how_things_are_set_up() {
    both(|app| {
        let manager = app.person("giulia@acme.example", "manager");
        manager.get(&format!("{SOURCES}/options")).expect(403);
        manager.get("/api/v1/model/rights").expect(403);
        manager.patch(SOURCES, &json!({"options": []})).expect(403);
        let rights = app.admin().get("/api/v1/model/rights").expect(200);
        let deal = rights["objects"].as_array().unwrap().iter().find(|o| o["name"] == "deal").unwrap().clone();
        let level = |role: &str, right: &str| deal["roles"][role][right]["level"].clone();
        assert_eq!((level("representative", "read"), level("representative", "update")), (json!("team"), json!("own")));
        assert_eq!((level("read_only", "update"), level("manager", "update")), (json!("none"), json!("team")));
    });
}

#[test]
fn teams_are_a_tree_and_nobody_is_left_without() {
    both(|app| {
        let admin = app.admin();
        let north = admin.create("teams", json!({"name": "North"}));
        let milan = admin.create("teams", json!({"name": "Milan", "parent": north["id"]}));
        let at = |team: &Value| format!("/api/v1/teams/{}", team["id"].as_str().unwrap());
        let circle = admin.patch(&at(&north), &json!({"parent": milan["id"]})).expect(422);
        assert_eq!(told(&circle), [("parent".into(), "circle".into())]);
        assert_eq!(told(&admin.patch(&at(&north), &json!({"parent": north["id"]})).expect(422))[0].1, "circle");
        let user = app.hire("sofia@acme.example", &["representative"]);
        admin.patch(&format!("/api/v1/users/{user}"), &json!({"team": milan["id"]})).expect(200);
        assert_eq!(told(&admin.delete(&at(&north)).expect(422)), [("subteams".into(), "in_use".into())]);
        assert_eq!(told(&admin.delete(&at(&milan)).expect(422)), [("members".into(), "in_use".into())]);
        admin.patch(&format!("/api/v1/users/{user}"), &json!({"team": null})).expect(200);
        admin.delete(&at(&milan)).expect(200);
        admin.delete(&at(&north)).expect(200);
    });
}
