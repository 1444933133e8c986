//! How a colleague comes in, and how somebody who forgot his password comes back.

use serde_json::{Value, json};

use crate::app::{Answer, App, both, told};

const PASSWORD: &str = "correct horse battery staple";

fn role(app: &App, name: &'static str) -> String {
    app.system(move |_, tx| kernel::user::role_by_name(tx, name)).to_string()
}

/// Invites Sofia as a representative; answers the link.
fn invite(app: &App) -> Value {
    let fields = json!({"name": "Sofia Greco", "email": "sofia@acme.example", "roles": [role(app, "representative")]});
    app.admin().post("/api/v1/invitations", &fields).expect(201)
}

fn look(app: &App, link: &Value) -> Answer {
    app.anonymous().post("/api/v1/invitations/look", &json!({"key": link["key"]}))
}

fn accept(app: &App, link: &Value, password: &str) -> Answer {
    app.anonymous().post("/api/v1/invitations/accept", &json!({"key": link["key"], "password": password}))
}

fn sign_in(app: &App, password: &str) -> Answer {
    app.anonymous().post("/api/v1/session", &json!({"email": "sofia@acme.example", "password": password}))
}

#[test]
fn a_colleague_who_is_invited_sets_a_password_and_is_in() {
    both(|app| {
        let link = invite(app);
        let user = format!("/api/v1/users/{}", link["user"].as_str().unwrap());
        assert_eq!(link["path"], json!(format!("/join#{}", link["key"].as_str().unwrap())));
        assert_eq!(app.admin().get(&user).expect(200)["status"], "invited");
        let shown = look(app, &link).expect(200);
        assert_eq!(
            (&shown["name"], &shown["email"], &shown["is_new"]),
            (&json!("Sofia Greco"), &json!("sofia@acme.example"), &json!(true))
        );
        assert_eq!(told(&accept(app, &link, "too short").expect(422)), [("password".into(), "too_short".into())]);
        let answer = accept(app, &link, PASSWORD);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let sofia = app.browser(&answer);
        let session = sofia.get("/api/v1/session").expect(200);
        assert_eq!((&session["user"]["name"], &session["user"]["roles"]), (&json!("Sofia Greco"), &json!(["representative"])));
        assert_eq!(app.admin().get(&user).expect(200)["status"], "active");
        sign_in(app, PASSWORD).expect(200);
        // The history says that she came in herself.
        let history = app.admin().get(&format!("{user}/history")).expect(200);
        let change = history["items"].as_array().unwrap().iter().find(|c| c["field"] == "status" && c["after"] == "active").unwrap();
        assert_eq!(change["actor"]["id"], link["user"], "{change}");
    });
}

#[test]
fn a_link_works_once_and_a_newer_one_takes_its_place() {
    both(|app| {
        let first = invite(app);
        let second = app.admin().post("/api/v1/invitations", &json!({"user": first["user"]})).expect(201);
        look(app, &first).expect(404);
        accept(app, &first, PASSWORD).expect(404);
        accept(app, &second, PASSWORD).expect(200);
        look(app, &second).expect(404);
        accept(app, &second, "another long password").expect(404);
        sign_in(app, PASSWORD).expect(200);
        // The database knows no key.
        let key = second["key"].as_str().unwrap().to_string();
        let third = app.admin().post("/api/v1/invitations", &json!({"user": first["user"]})).expect(201);
        assert_ne!(third["key"], json!(key));
        let hex = if app.is_postgres() { "encode(hash, 'escape')" } else { "cast(hash as text)" };
        assert_eq!(app.number(&format!("select count(*) from invitation where {hex} like '%{}%'", third["key"].as_str().unwrap())), 0);
        assert_eq!(app.number("select count(*) from invitation"), 1);
        assert_eq!(app.number("select count(*) from idempotency"), 0);
    });
}

#[test]
fn one_link_in_two_hands_lets_one_in() {
    both(|app| {
        let link = invite(app);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let both: Vec<_> = ["a first long password", "a second long password"]
                .map(|password| {
                    scope.spawn({
                        let link = &link;
                        move || accept(app, link, password).status.as_u16()
                    })
                })
                .into_iter()
                .collect();
            both.into_iter().map(|t| t.join().unwrap()).collect()
        });
        let mut sorted = statuses.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [200, 404]);
    });
}

#[test]
fn a_link_ends_after_seven_days() {
    both(|app| {
        let link = invite(app);
        let days = |count: i64| {
            let text = format!(
                "update invitation set expires_at = expires_at - {}",
                if app.is_postgres() { format!("interval '{count} days'") } else { (count * 86_400_000_000).to_string() }
            );
            app.system(move |_, tx| tx.execute(&store::Sql::raw(tx.dialect(), text.clone())));
        };
        days(6);
        look(app, &link).expect(200);
        days(1);
        look(app, &link).expect(404);
        accept(app, &link, PASSWORD).expect(404);
    });
}

#[test]
fn who_forgot_his_password_gets_a_new_one_and_all_his_sessions_end() {
    both(|app| {
        let old = app.browser(&accept(app, &invite(app), PASSWORD));
        let user = old.me();
        let link = app.admin().post("/api/v1/invitations", &json!({"user": user})).expect(201);
        old.get("/api/v1/session").expect(200);
        assert_eq!(look(app, &link).expect(200)["is_new"], false);
        let new = app.browser(&accept(app, &link, "another long password"));
        old.get("/api/v1/session").expect(401);
        new.get("/api/v1/session").expect(200);
        sign_in(app, PASSWORD).expect(401);
        sign_in(app, "another long password").expect(200);
    });
}

#[test]
fn who_is_deactivated_has_no_link() {
    both(|app| {
        let link = invite(app);
        let user = format!("/api/v1/users/{}", link["user"].as_str().unwrap());
        app.admin().patch(&user, &json!({"status": "deactivated"})).expect(200);
        look(app, &link).expect(404);
        app.admin().post("/api/v1/invitations", &json!({"user": link["user"]})).expect(409);
        app.admin().patch(&user, &json!({"status": "invited"})).expect(200);
        look(app, &link).expect(404);
        accept(app, &app.admin().post("/api/v1/invitations", &json!({"user": link["user"]})).expect(201), PASSWORD).expect(200);
    });
}

#[test]
fn only_administrators_invite_and_say_what_for() {
    both(|app| {
        let fields = json!({"name": "Eve", "email": "eve@acme.example", "roles": [role(app, "administrator")]});
        for name in ["manager", "representative", "read_only"] {
            app.person(&format!("{name}@acme.example"), name).post("/api/v1/invitations", &fields).expect(403);
        }
        let admin = app.hire("second@acme.example", &["administrator"]);
        app.bearer(&app.token_of(admin, &["write"])).post("/api/v1/invitations", &fields).expect(403);
        let problems = app.admin().post("/api/v1/invitations", &json!({"name": "Eve", "email": "eve@acme.example"})).expect(422);
        assert_eq!(told(&problems), [("roles".into(), "required".into())]);
        let problems =
            app.admin().post("/api/v1/invitations", &json!({"nmae": "Eve", "email": "no address", "roles": [role(app, "manager")]}));
        let fields: Vec<String> = told(&problems.expect(422)).into_iter().map(|(field, _)| field).collect();
        assert!(fields.contains(&"nmae".to_string()) && fields.contains(&"email".to_string()), "{fields:?}");
        assert_eq!(app.number("select count(*) from invitation"), 0);
    });
}

#[test]
fn guessing_links_is_slowed_down_like_guessing_passwords() {
    both(|app| {
        let guess = |client: &str, key: String| {
            let caller = app.anonymous().with("x-forwarded-for", client);
            caller.post("/api/v1/invitations/look", &json!({"key": key})).status.as_u16()
        };
        let statuses: Vec<u16> = (0..53).map(|n| guess("203.0.113.9", format!("guess {n}"))).collect();
        assert!(statuses.iter().take(50).all(|s| *s == 404), "{statuses:?}");
        assert_eq!(statuses.last(), Some(&429));
        assert_eq!(guess("203.0.113.10", "guess".into()), 404, "others may go on");
    });
}
