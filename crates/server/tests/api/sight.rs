//! An administrator finds out who may see what: why a person sees a record or does not, and what the whole looks like
//! to him.

use serde_json::{Value, json};

use crate::app::{App, Client, both, id, items, told};

const PASSWORD: &str = "correct horse battery staple";

/// Sofia and Marco of one team, Lena of another, all selling; a deal of Marco's with a line. Answers the ids of Sofia
/// and Lena, the deal and its line.
fn people(app: &App) -> (String, String, Value, Value) {
    let admin = app.admin();
    let mut ids = Vec::new();
    for (name, team) in [("Sofia", "Italy"), ("Marco", "Italy"), ("Lena", "Germany")] {
        let known = items(&admin.list("teams", &[("filter", &format!("name == \"{team}\""))])).first().cloned();
        let team = known.unwrap_or_else(|| admin.create("teams", json!({"name": team})));
        let user = app.hire(&format!("{}@acme.example", name.to_lowercase()), &["representative"]);
        admin.patch(&format!("/api/v1/users/{user}"), &json!({"team": team["id"], "name": name})).expect(200);
        ids.push(user.to_string());
    }
    let marco = app.bearer(&app.token_of(ids[1].parse().unwrap(), &[]));
    let deal = marco.create("deals", json!({"name": "Cabinet"}));
    let price = json!({"amount": "100", "currency": "EUR"});
    let line = marco.create("deal_lines", json!({"deal": id(&deal), "name": "Shelf", "unit_price": price}));
    (ids.remove(0), ids.remove(1), deal, line)
}

fn reasons(admin: &Client<'_>, path: &str, record: &Value, user: &str) -> Value {
    admin.get(&format!("/api/v1/{path}/{}/access?user={user}", id(record))).expect(200)
}

/// Whether a right is there, by which level it is decided, and through what.
fn verdict(reasons: &Value, right: &str) -> (bool, String, bool, String) {
    let of = |name: &str| reasons[right]["by"][0][name].as_str().unwrap().to_string();
    (reasons[right]["allowed"].as_bool().unwrap(), of("level"), reasons[right]["by"][0]["holds"].as_bool().unwrap(), of("through"))
}

#[test]
fn why_somebody_sees_a_record_or_does_not_is_told_role_by_role() {
    both(|app| {
        let admin = app.admin();
        let (sofia, lena, deal, line) = people(app);
        let team = |holds| (holds, "team".to_string(), holds, "team".to_string());
        let own = |holds| (holds, "own".to_string(), holds, "own".to_string());
        let of_sofia = reasons(&admin, "deals", &deal, &sofia);
        assert_eq!(of_sofia["user"], json!({"id": sofia, "name": "Sofia"}));
        assert_eq!((verdict(&of_sofia, "read"), verdict(&of_sofia, "update")), (team(true), own(false)), "{of_sofia}");
        let by = &of_sofia["read"]["by"][0];
        assert_eq!((&by["role"], &by["label"]), (&json!("representative"), &json!("Representative")));
        assert_eq!(by["rule"], "owner == me() || team in my_teams()");
        assert_eq!(verdict(&reasons(&admin, "deals", &deal, &lena), "read"), team(false));
        // What is his own he sees for that reason already.
        let of_marco = reasons(&admin, "deals", &deal, deal["owner"]["id"].as_str().or(deal["owner"].as_str()).unwrap());
        assert_eq!(verdict(&of_marco, "read"), (true, "team".into(), true, "own".into()));
        assert_eq!(verdict(&of_marco, "delete"), own(true));
        // A part has the rights of its whole: who may not change the deal may not take its lines away.
        let of_line = reasons(&admin, "deal_lines", &line, &sofia);
        assert_eq!((of_line["whole"]["object"].as_str(), of_line["whole"]["title"].as_str()), (Some("deal"), Some("Cabinet")));
        assert_eq!((verdict(&of_line, "read"), verdict(&of_line, "delete")), (team(true), own(false)), "{of_line}");
        // What is said is what happens.
        let seen = |user: &str| app.bearer(&app.token_of(user.parse().unwrap(), &[])).get(&format!("/api/v1/deals/{}", id(&deal))).status;
        assert_eq!((seen(&sofia).as_u16(), seen(&lena).as_u16()), (200, 404));
        let product = admin.create("products", json!({"name": "Shelf"}));
        let hidden = reasons(&admin, "products", &product, &sofia)["fields"]["hidden"].clone();
        assert!(items_of(&hidden).contains(&"cost".to_string()), "{hidden}");
        // Of an administrator it says that he may do everything; of nobody it says so.
        let of_admin = admin.get(&format!("/api/v1/deals/{}/access", id(&deal))).expect(200);
        assert_eq!(verdict(&of_admin, "delete"), (true, "all".into(), true, "all".into()));
        let nobody = admin.get(&format!("/api/v1/deals/{}/access?user={}", id(&deal), id(&deal))).expect(422);
        assert_eq!(told(&nobody), [("user".to_string(), "unknown".to_string())]);
        let wrong = admin.get(&format!("/api/v1/deals/{}/access?user=sofia", id(&deal))).expect(422);
        assert_eq!(told(&wrong), [("user".to_string(), "invalid".to_string())]);
        app.bearer(&app.token_of(sofia.parse().unwrap(), &[])).get(&format!("/api/v1/deals/{}/access", id(&deal))).expect(403);
    });
}

fn items_of(fields: &Value) -> Vec<String> {
    fields.as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap().to_string()).collect()
}

#[test]
fn an_administrator_sees_the_program_as_somebody_else_and_changes_nothing_meanwhile() {
    both(|app| {
        let admin = app.admin();
        let (sofia, lena, deal, _) = people(app);
        let root = app.hire("root@acme.example", &["administrator"]);
        let browser = app.let_in(root, "root@acme.example", PASSWORD);
        let own = browser.patch("/api/v1/session", &json!({"language": "it"})).expect(200);
        let answer = browser.post("/api/v1/session/view_as", &json!({"user": lena}));
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with(&format!("legame_view_as={lena}")) && cookie.contains("HttpOnly"), "{cookie}");
        let told_at_once = answer.expect(200);
        let session = browser.get("/api/v1/session").expect(200)["user"]["email"].clone();
        assert_eq!(session, "root@acme.example", "only a browser that has the cookie looks so");
        let key = browser.request("GET", "/", &[], "").headers()["cookie"].to_str().unwrap().to_string();
        let as_lena = browser.with("cookie", &format!("{key}; legame_view_as={lena}"));
        let seen = as_lena.get("/api/v1/session").expect(200);
        assert_eq!((&seen["user"]["name"], &seen["viewer"]["id"]), (&json!("Lena"), &json!(root.to_string())));
        assert_eq!((&seen, &seen["csrf"]), (&told_at_once, &own["csrf"]));
        assert_eq!(seen["user"]["language"], "it", "he reads it in his own language");
        // What she sees: nothing of the other team, in no way.
        as_lena.get(&format!("/api/v1/deals/{}", id(&deal))).expect(404);
        assert_eq!(items(&as_lena.list("deals", &[])).len(), 0);
        let report = as_lena.report(json!({"object": "deal", "measures": [{"fn": "count"}]}));
        assert_eq!(report["rows"][0]["count"], 0);
        assert_eq!(as_lena.get("/api/v1/model/rights").expect(403)["code"], "forbidden");
        let as_sofia = browser.with("cookie", &format!("{key}; legame_view_as={sofia}"));
        assert_eq!(items(&as_sofia.list("deals", &[])).len(), 1);
        // Nothing is written, whatever she might do herself, and not in her name.
        let refused = as_sofia.post("/api/v1/contacts", &json!({"last_name": "Rossi"})).expect(403);
        assert!(refused["detail"].as_str().unwrap().contains("Sofia"), "{refused}");
        as_sofia.patch("/api/v1/session", &json!({"language": "it"})).expect(403);
        as_sofia.patch(&format!("/api/v1/deals/{}", id(&deal)), &json!({"name": "Mine"})).expect(403);
        as_sofia.delete("/api/v1/sample").expect(403);
        assert_eq!(items(&admin.list("contacts", &[])).len(), 0);
        assert!(admin.get(&format!("/api/v1/users/{sofia}")).expect(200)["last_seen_at"].is_null(), "she was not here");
        // Back again; who signs out takes nothing of it along.
        let back = as_lena.post("/api/v1/session/view_as", &json!({"user": null}));
        assert!(back.header("set-cookie").contains("legame_view_as=;") && back.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(back.expect(200)["viewer"], Value::Null);
        as_lena.delete("/api/v1/session").expect(204);
        as_lena.get("/api/v1/session").expect(401);
    });
}

#[test]
fn only_an_administrator_sees_as_somebody_else() {
    both(|app| {
        let (sofia, lena, deal, _) = people(app);
        let (admin, path) = (app.admin(), format!("/api/v1/deals/{}", id(&deal)));
        // A program says it with each request.
        admin.with("x-view-as", &sofia).get(&path).expect(200);
        admin.with("x-view-as", &lena).get(&path).expect(404);
        admin.with("x-view-as", &lena).delete(&path).expect(403);
        admin.with("x-view-as", "nobody").get(&path).expect(400);
        let hers = app.bearer(&app.token_of(lena.parse().unwrap(), &[]));
        hers.with("x-view-as", &sofia).get(&path).expect(403);
        // A cookie that somebody else left behind changes nothing.
        let browser = app.let_in(lena.parse().unwrap(), "lena@acme.example", PASSWORD);
        browser.post("/api/v1/session/view_as", &json!({"user": sofia})).expect(403);
        let key = browser.request("GET", "/", &[], "").headers()["cookie"].to_str().unwrap().to_string();
        let left = browser.with("cookie", &format!("{key}; legame_view_as={sofia}"));
        assert_eq!(left.get("/api/v1/session").expect(200)["user"]["name"], "Lena");
        left.get(&path).expect(404);
        left.create("contacts", json!({"last_name": "Rossi"}));
        // Nor does one that names a person who has gone.
        admin.patch(&format!("/api/v1/users/{sofia}"), &json!({"status": "deactivated"})).expect(200);
        admin.with("x-view-as", &sofia).get(&path).expect(400);
    });
}
