//! Signing in and out, first run, lock-out.

use kernel::{record, user};
use serde_json::json;

use crate::harness::{App, PASSWORD};

#[tokio::test]
async fn a_person_signs_in_is_known_and_signs_out() {
    let app = App::open();
    app.add("anna@acme.example", "representative");
    let answer = app.anonymous().post("/api/v1/session", json!({"email": " ANNA@acme.example ", "password": PASSWORD})).await.expect(200);
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let browser = app.browser_of(&answer);
    let session = browser.get("/api/v1/session").await.expect(200).json();
    assert_eq!(session["user"]["email"], "anna@acme.example");
    assert_eq!(session["user"]["roles"], json!(["representative"]));
    assert_eq!(session["csrf"], answer.json()["csrf"]);
    browser.delete("/api/v1/session").await.expect(204);
    browser.get("/api/v1/session").await.expect(401);
}

#[tokio::test]
async fn nobody_learns_which_addresses_exist() {
    let app = App::open();
    app.add("anna@acme.example", "representative");
    let wrong = app
        .anonymous()
        .post("/api/v1/session", json!({"email": "anna@acme.example", "password": "not this one at all"}))
        .await
        .expect(401)
        .json();
    let unknown =
        app.anonymous().post("/api/v1/session", json!({"email": "who@acme.example", "password": PASSWORD})).await.expect(401).json();
    assert_eq!(wrong["detail"], unknown["detail"]);
    assert_eq!(wrong["code"], "unauthenticated");
}

#[tokio::test]
async fn repeated_failures_make_an_address_wait() {
    let app = App::open();
    app.add("anna@acme.example", "representative");
    let body = json!({"email": "anna@acme.example", "password": "not this one at all"});
    for _ in 0..5 {
        app.anonymous().post("/api/v1/session", body.clone()).await.expect(401);
    }
    let answer = app.anonymous().post("/api/v1/session", json!({"email": "anna@acme.example", "password": PASSWORD})).await.expect(429);
    assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(answer.json()["code"], "too_many");
}

#[tokio::test]
async fn a_write_of_a_browser_needs_the_csrf_word() {
    let app = App::open();
    app.add("anna@acme.example", "representative");
    let browser = app.browser("anna@acme.example").await;
    browser.without("x-csrf-token").post("/api/v1/contacts", json!({"name": "x"})).await.expect(403);
    browser.with("x-csrf-token", "guess").post("/api/v1/contacts", json!({"name": "x"})).await.expect(403);
    browser.without("x-csrf-token").get("/api/v1/contacts").await.expect(200);
    browser.post("/api/v1/contacts", json!({"name": "x"})).await.expect(201);
}

#[tokio::test]
async fn a_deactivated_person_is_out_at_once() {
    let app = App::open();
    let id = app.add("anna@acme.example", "representative");
    let browser = app.browser("anna@acme.example").await;
    let token = app.bearer(&app.token(id, &[]));
    token.get("/api/v1/session").await.expect(200);
    app.system(move |ctx, tx| record::update(ctx, tx, "user", id, json!({"status": "deactivated"}).as_object().unwrap(), None).map(|_| ()));
    browser.get("/api/v1/session").await.expect(401);
    token.get("/api/v1/session").await.expect(401);
    app.anonymous().post("/api/v1/session", json!({"email": "anna@acme.example", "password": PASSWORD})).await.expect(401);
}

#[tokio::test]
async fn roles_and_teams_are_what_they_are_at_this_moment() {
    let app = App::open();
    let id = app.add("anna@acme.example", "representative");
    let client = app.bearer(&app.token(id, &[]));
    assert_eq!(client.get("/api/v1/session").await.json()["user"]["teams"], json!([]));
    let team = app.system(move |ctx, tx| {
        let above = record::create(ctx, tx, "team", json!({"name": "North"}).as_object().unwrap())?;
        let below = record::create(ctx, tx, "team", json!({"name": "Milan", "parent": above.id.to_string()}).as_object().unwrap())?;
        let member = json!({"team": above.id.to_string(), "user": id.to_string(), "part": "member"});
        record::create(ctx, tx, "team_member", member.as_object().unwrap())?;
        Ok((above.id.to_string(), below.id.to_string()))
    });
    assert_eq!(client.get("/api/v1/session").await.json()["user"]["teams"], json!([team.0]));
    app.system(move |ctx, tx| {
        let manager = user::role_by_name(tx, "manager")?;
        record::update(ctx, tx, "user", id, json!({"roles": [manager.to_string()]}).as_object().unwrap(), None).map(|_| ())
    });
    let session = client.get("/api/v1/session").await.json();
    let mut teams: Vec<&str> = session["user"]["teams"].as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect();
    teams.sort_unstable();
    let mut wanted = [team.0.as_str(), team.1.as_str()];
    wanted.sort_unstable();
    assert_eq!(teams, wanted);
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let app = App::open();
    app.add("anna@acme.example", "representative");
    let (here, elsewhere) = (app.browser("anna@acme.example").await, app.browser("anna@acme.example").await);
    let change = |present: &str, new: &str| json!({"present_password": present, "password": new});
    here.post("/api/v1/session/password", change("wrong wrong wrong", "another long password")).await.expect(422);
    here.post("/api/v1/session/password", change(PASSWORD, "short")).await.expect(422);
    here.post("/api/v1/session/password", change(PASSWORD, "another long password")).await.expect(200);
    here.get("/api/v1/session").await.expect(200);
    elsewhere.get("/api/v1/session").await.expect(401);
    app.anonymous().post("/api/v1/session", json!({"email": "anna@acme.example", "password": PASSWORD})).await.expect(401);
    app.anonymous().post("/api/v1/session", json!({"email": "anna@acme.example", "password": "another long password"})).await.expect(200);
}

#[tokio::test]
async fn people_keep_their_language_and_preferences() {
    let app = App::open();
    app.add("anna@acme.example", "read_only");
    let browser = app.browser("anna@acme.example").await;
    let body = json!({"language": "it", "time_zone": "Europe/Rome", "preferences": {"theme": "dark", "density": 36}});
    let session = browser.patch("/api/v1/session", body).await.expect(200).json();
    assert_eq!((&session["user"]["language"], &session["user"]["preferences"]["theme"]), (&json!("it"), &json!("dark")));
    let session = browser.patch("/api/v1/session", json!({"preferences": {"density": null}})).await.expect(200).json();
    assert_eq!(session["user"]["preferences"], json!({"theme": "dark"}));
    let problem = browser.patch("/api/v1/session", json!({"langauge": "it"})).await.expect(422).json();
    assert_eq!(problem["fields"][0]["field"], "langauge");
}

#[tokio::test]
async fn the_first_run_makes_an_administrator_once() {
    let app = App::with(false, false);
    assert_eq!(app.anonymous().get("/api/v1/setup").await.expect(200).json(), json!({"needed": true, "templates": []}));
    let body = json!({"workspace": "Acme", "name": "Ada", "email": "ada@acme.example", "password": PASSWORD,
                      "currency": "EUR", "language": "it", "time_zone": "Europe/Rome"});
    let problems = app.anonymous().post("/api/v1/setup", json!({"password": "short", "time_zone": "Mars"})).await.expect(422).json();
    let fields: Vec<&str> = problems["fields"].as_array().unwrap().iter().map(|f| f["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["workspace", "name", "email", "password", "time_zone"]);
    let answer = app.anonymous().post("/api/v1/setup", body.clone()).await.expect(200);
    assert_eq!(answer.json()["user"]["roles"], json!(["administrator"]));
    assert_eq!(answer.json()["workspace"]["name"], "Acme");
    app.browser_of(&answer).get("/api/v1/session").await.expect(200);
    app.anonymous().post("/api/v1/setup", body).await.expect(409);
    assert_eq!(app.anonymous().get("/api/v1/setup").await.json(), json!({"needed": false}));
}

#[tokio::test]
async fn the_sample_company_lets_people_in_by_one_click_and_no_other_does() {
    let app = App::with(true, true);
    app.add("anna@acme.example", "representative");
    let people = app.anonymous().get("/api/v1/setup").await.json()["demo"].clone();
    assert_eq!(people[0]["email"], "anna@acme.example");
    let answer = app.anonymous().post("/api/v1/session/demo", json!({"email": "anna@acme.example"})).await.expect(200);
    app.browser_of(&answer).get("/api/v1/session").await.expect(200);
    let app = App::open();
    app.add("anna@acme.example", "representative");
    app.anonymous().post("/api/v1/session/demo", json!({"email": "anna@acme.example"})).await.expect(404);
}

#[tokio::test]
async fn a_workspace_keeps_its_last_administrator_and_its_built_in_roles() {
    let app = App::open();
    let ada = app.add("ada@acme.example", "administrator");
    let client = app.bearer(&app.token(ada, &[]));
    let place = format!("/api/v1/users/{ada}");
    let problem = client.patch(&place, json!({"status": "deactivated"})).await.expect(422).json();
    assert_eq!(problem["fields"][0]["code"], "last_administrator");
    client.patch(&place, json!({"roles": []})).await.expect(422);
    client.delete(&place).await.expect(422);
    client.delete(&format!("{place}?purge=true")).await.expect(422);
    let roles = client.get("/api/v1/roles?fields=name").await.json();
    let role = format!("/api/v1/roles/{}", roles["items"][0]["id"].as_str().unwrap());
    client.delete(&role).await.expect(422);
    client.patch(&role, json!({"name": "other"})).await.expect(422);
    client.patch(&role, json!({"label": "Other"})).await.expect(200);
    app.add("bruno@acme.example", "administrator");
    client.patch(&place, json!({"status": "deactivated"})).await.expect(200);
    client.get("/api/v1/session").await.expect(401);
}
