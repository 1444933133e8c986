//! Who comes in, with what, and for how long.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::app::{Answer, App, Client, Setting, both, both_with, id, told};

const PASSWORD: &str = "correct horse battery staple";

fn knock(app: &App, email: &str, password: &str) -> Answer {
    app.anonymous().post("/api/v1/session", &json!({"email": email, "password": password}))
}

/// Somebody with a password, in a browser.
fn signed_in<'a>(app: &'a App, email: &str, role: &str) -> (base::Id, Client<'a>) {
    let user = app.hire(email, &[role]);
    (user, app.let_in(user, email, PASSWORD))
}

#[test]
fn a_person_signs_in_sees_himself_and_signs_out() {
    both(|app| {
        let user = app.hire("anna@acme.example", &["representative"]);
        app.set_password(user, PASSWORD);
        let answer = knock(app, " Anna@ACME.example ", PASSWORD);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let cookie = answer.header("set-cookie");
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let browser = app.browser(&answer);
        let session = browser.get("/api/v1/session").expect(200);
        assert_eq!((&session["user"]["email"], &session["user"]["roles"]), (&json!("anna@acme.example"), &json!(["representative"])));
        assert!(session["csrf"].as_str().is_some_and(|c| c.len() > 20) && session["demo"].is_null());
        browser.delete("/api/v1/session").expect(204);
        browser.get("/api/v1/session").expect(401);
        // Over https the cookie stays there.
        let secure = app
            .anonymous()
            .with("x-forwarded-proto", "https")
            .post("/api/v1/session", &json!({"email": "anna@acme.example", "password": PASSWORD}));
        assert!(secure.header("set-cookie").contains("; Secure"));
        // The database has neither keys nor passwords.
        let key = cookie.split(['=', ';']).nth(1).unwrap();
        assert_eq!(app.number(&format!("select count(*) from credential where hash like '%{PASSWORD}%'")), 0);
        assert_eq!(app.number("select count(*) from credential where hash like '$argon2id$%'"), 1);
        assert!(key.len() > 30);
    });
}

#[test]
fn nobody_learns_which_addresses_exist() {
    both(|app| {
        let anna = app.hire("anna@acme.example", &["representative"]);
        app.set_password(anna, PASSWORD);
        let gone = app.hire("gone@acme.example", &["representative"]);
        app.set_password(gone, PASSWORD);
        app.admin().patch(&format!("/api/v1/users/{gone}"), &json!({"status": "deactivated"})).expect(200);
        app.hire("without@acme.example", &["representative"]);
        let answer = |email: &str, password: &str| {
            let began = Instant::now();
            let mut told = knock(app, email, password).expect(401);
            told["request_id"] = Value::Null;
            (told, began.elapsed())
        };
        knock(app, "warm@acme.example", PASSWORD);
        let (wrong, known) = answer("anna@acme.example", "not her password at all");
        for (email, password) in [
            ("nobody@acme.example", PASSWORD),
            ("gone@acme.example", PASSWORD),
            ("without@acme.example", PASSWORD),
            ("anna@acme.example", ""),
        ] {
            if password.is_empty() {
                continue;
            }
            let (told, took) = answer(email, password);
            assert_eq!(told, wrong, "{email}");
            // Hashing takes most of the time, and it is done for everybody.
            assert!(took * 8 > known, "{email} was refused in {took:?}, a wrong password in {known:?}");
        }
        for body in
            [json!({}), json!({"email": "anna@acme.example"}), json!({"email": 5, "password": "x"}), json!({"email": "a", "pasword": "x"})]
        {
            app.anonymous().post("/api/v1/session", &body).expect(422);
        }
        assert_eq!(
            told(&app.anonymous().post("/api/v1/session", &json!({"emial": "a", "password": "b"})).expect(422))[0],
            ("emial".into(), "unknown".into())
        );
    });
}

#[test]
fn repeated_failures_lock_an_address_known_or_not_for_a_growing_while() {
    both(|app| {
        let anna = app.hire("anna@acme.example", &["representative"]);
        app.set_password(anna, PASSWORD);
        let mut pauses = Vec::new();
        for email in ["anna@acme.example", "nobody@acme.example"] {
            for _ in 0..5 {
                knock(app, email, "not the password").expect(401);
            }
            // The right password does not help now either, so that guessing on is of no use.
            let locked = knock(app, email, PASSWORD);
            let wait: u64 = locked.header("retry-after").parse().unwrap();
            let mut problem = locked.expect(429);
            assert_eq!((&problem["code"], problem["retry_after"].as_u64()), (&json!("too_many"), Some(wait)));
            problem["request_id"] = Value::Null;
            pauses.push((wait, problem["title"].clone()));
            assert!(wait >= 1);
        }
        assert_eq!(pauses[0], pauses[1], "the same for an address that nobody has");
        // Each further failure doubles the pause. Its end is waited for in the database's own books.
        let pass = |seconds: i64| {
            let text = format!(
                "update sign_in_attempt set last_at = last_at - {}",
                if app.is_postgres() { format!("interval '{seconds} seconds'") } else { (seconds * 1_000_000).to_string() }
            );
            app.system(move |_, tx| tx.execute(&store::Sql::raw(tx.dialect(), text.clone())));
        };
        let mut last = 0;
        for _ in 0..4 {
            pass(1_000);
            knock(app, "anna@acme.example", "not the password").expect(401);
            let wait: u64 = knock(app, "anna@acme.example", "not the password").header("retry-after").parse().unwrap();
            assert!(wait > last, "{wait} after {last}");
            last = wait;
        }
        assert!(last >= 8, "{last}");
        // Others are not locked out with her, and she is in again when the pause is over.
        let (_, bruno) = signed_in(app, "bruno@acme.example", "representative");
        bruno.get("/api/v1/session").expect(200);
        pass(1_000);
        assert_eq!(knock(app, "anna@acme.example", PASSWORD).status, 200);
        knock(app, "anna@acme.example", "not the password").expect(401);
        assert_eq!(knock(app, "anna@acme.example", PASSWORD).status, 200, "a success forgets the failures before it");
    });
}

#[test]
fn many_guesses_at_once_do_not_outrun_the_lock() {
    both(|app| {
        let anna = app.hire("anna@acme.example", &["representative"]);
        app.set_password(anna, PASSWORD);
        let began = std::time::Instant::now();
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..12)
                .map(|n| scope.spawn(move || knock(app, "anna@acme.example", &format!("guess number {n} of many")).status.as_u16()))
                .collect();
            all.into_iter().map(|t| t.join().unwrap()).collect()
        });
        let looked_at = statuses.iter().filter(|s| **s == 401).count();
        // Five are free; pauses of 1, 2, 4 seconds let one more through each, should it take that long.
        let ended_pauses = usize::try_from((began.elapsed().as_secs() + 1).ilog2()).unwrap();
        assert!(looked_at <= 6 + ended_pauses && statuses.iter().all(|s| matches!(s, 401 | 429)), "{statuses:?}");
    });
}

#[test]
fn a_browsers_write_needs_the_csrf_word_and_its_reads_do_not() {
    both(|app| {
        let (_, browser) = signed_in(app, "anna@acme.example", "representative");
        let (_, other) = signed_in(app, "bruno@acme.example", "representative");
        let foreign = other.get("/api/v1/session").expect(200)["csrf"].as_str().unwrap().to_string();
        let made = browser.post("/api/v1/companies", &json!({"name": "Acme"})).expect(201);
        let path = format!("/api/v1/companies/{}", id(&made));
        for word in [None, Some(""), Some("guess"), Some(foreign.as_str())] {
            let client = word.map_or_else(|| browser.without("x-csrf-token"), |w| browser.with("x-csrf-token", w));
            for (method, address) in [
                ("POST", "/api/v1/companies"),
                ("PATCH", path.as_str()),
                ("DELETE", path.as_str()),
                ("POST", "/api/v1/undo"),
                ("PATCH", "/api/v1/session"),
                ("DELETE", "/api/v1/session"),
                ("POST", "/api/v1/tokens"),
                ("POST", "/api/v1/exports"),
                ("POST", "/api/v1/files"),
                ("POST", "/api/v1/imports"),
            ] {
                let answer = client.call(method, address, &json!({"name": "x"}));
                assert_eq!(answer.status, 403, "{method} {address} with {word:?}: {}", answer.text());
            }
            client.get(&path).expect(200);
        }
        assert_eq!(browser.get(&path).expect(200)["version"], 1);
        // A form of another site is no JSON, and a cookie in the address is no cookie.
        let form = app.anonymous().send(
            "POST",
            "/api/v1/session",
            &[("content-type", "text/plain")],
            json!({"email": "anna@acme.example", "password": PASSWORD}).to_string(),
        );
        assert_eq!(form.status, 415);
        // A token needs none.
        app.person("program@acme.example", "representative").post("/api/v1/companies", &json!({"name": "Bit"})).expect(201);
    });
}

#[test]
fn a_password_is_long_and_changed_only_by_who_knows_it() {
    both(|app| {
        let (user, here) = signed_in(app, "anna@acme.example", "representative");
        let there = app.browser(&knock(app, "anna@acme.example", PASSWORD));
        let change =
            |present: &str, new: &str| here.post("/api/v1/session/password", &json!({"present_password": present, "password": new}));
        assert_eq!(told(&change(PASSWORD, "too short").expect(422)), [("password".into(), "too_short".into())]);
        assert_eq!(told(&change(PASSWORD, &"x".repeat(2_000)).expect(422)), [("password".into(), "too_long".into())]);
        assert_eq!(told(&change("not my password", "another long password").expect(422)), [("present_password".into(), "wrong".into())]);
        there.get("/api/v1/session").expect(200);
        change(PASSWORD, "zwölf Zeichen 很好").expect(200);
        here.get("/api/v1/session").expect(200);
        there.get("/api/v1/session").expect(401);
        knock(app, "anna@acme.example", PASSWORD).expect(401);
        assert_eq!(knock(app, "anna@acme.example", "zwölf Zeichen 很好").status, 200);
        // A password is nowhere shown: not in the record, not in its history, not to administrators.
        let admin = app.admin();
        for part in ["", "/history", "/timeline"] {
            let text = admin.get(&format!("/api/v1/users/{user}{part}")).text();
            assert!(!text.contains("Zeichen") && !text.contains("argon2") && !text.contains("hash"), "{text}");
        }
    });
}

#[test]
fn a_person_who_is_deactivated_deleted_or_of_another_role_is_so_at_once() {
    both(|app| {
        let admin = app.admin();
        let (user, browser) = signed_in(app, "anna@acme.example", "manager");
        let token = app.bearer(&app.token_of(user, &[]));
        let path = format!("/api/v1/users/{user}");
        for client in [&browser, &token] {
            client.post("/api/v1/exports", &json!({"object": "company", "format": "jsonl"}));
        }
        let role = |name: &str| {
            let name = name.to_string();
            app.system(move |_, tx| kernel::user::role_by_name(tx, &name)).to_string()
        };
        // Another role, for the same session.
        assert_eq!(browser.post("/api/v1/exports", &json!({"object": "company", "format": "jsonl"})).status, 200);
        admin.patch(&path, &json!({"roles": [role("read_only")]})).expect(200);
        for client in [&browser, &token] {
            client.post("/api/v1/companies", &json!({"name": "x"})).expect(403);
            client.post("/api/v1/exports", &json!({"object": "company", "format": "jsonl"})).expect(403);
        }
        // Deactivated, and back again; deleted.
        admin.patch(&path, &json!({"status": "deactivated"})).expect(200);
        for client in [&browser, &token] {
            client.get("/api/v1/session").expect(401);
            client.get("/api/v1/companies").expect(401);
        }
        knock(app, "anna@acme.example", PASSWORD).expect(401);
        admin.patch(&path, &json!({"status": "active"})).expect(200);
        assert_eq!(knock(app, "anna@acme.example", PASSWORD).status, 200);
        admin.delete(&path).expect(200);
        for client in [&browser, &token] {
            client.get("/api/v1/session").expect(401);
        }
        knock(app, "anna@acme.example", PASSWORD).expect(401);
    });
}

#[test]
fn nobody_raises_himself_or_another() {
    both(|app| {
        let admin_role = app.system(|_, tx| kernel::user::role_by_name(tx, "administrator")).to_string();
        for role in ["manager", "representative", "read_only"] {
            let (user, browser) = signed_in(app, &format!("{role}@acme.example"), role);
            let path = format!("/api/v1/users/{user}");
            browser.patch(&path, &json!({"roles": [admin_role]})).expect(403);
            browser.patch(&path, &json!({"email": "root@acme.example"})).expect(403);
            let answer = browser.patch("/api/v1/session", &json!({"language": "it", "roles": [admin_role]}));
            assert_eq!(told(&answer.expect(422))[0].0, "roles");
            assert_eq!(browser.patch("/api/v1/session", &json!({"language": "it"})).expect(200)["user"]["language"], "it");
            browser.post("/api/v1/users", &json!({"name": "Eve", "email": "eve@acme.example", "roles": [admin_role]})).expect(403);
            browser.post("/api/v1/roles", &json!({"name": "root", "label": "Root"})).expect(403);
            browser.patch("/api/v1/model/objects/company", &json!({"access": {role: {"delete": "true"}}})).expect(403);
            assert_eq!(browser.get("/api/v1/session").expect(200)["user"]["roles"], json!([role]));
        }
    });
}

#[test]
fn the_last_administrator_stays() {
    both(|app| {
        let admin = app.admin();
        let path = format!("/api/v1/users/{}", admin.me());
        for answer in
            [admin.patch(&path, &json!({"status": "deactivated"})), admin.patch(&path, &json!({"roles": []})), admin.delete(&path)]
        {
            assert!(matches!(answer.status.as_u16(), 409 | 422), "{}", answer.text());
        }
        admin.get("/api/v1/metrics");
        assert_eq!(admin.get("/api/v1/session").expect(200)["user"]["roles"], json!(["administrator"]));
        app.hire("second@acme.example", &["administrator"]);
        admin.patch(&path, &json!({"status": "deactivated"})).expect(200);
        admin.get("/api/v1/session").expect(401);
    });
}

#[test]
fn a_token_does_what_its_scopes_say_until_it_expires() {
    both(|app| {
        let admin = app.admin();
        let user: base::Id = admin.me().parse().unwrap();
        let company = admin.create("companies", json!({"name": "Acme"}));
        let lead = admin.create("leads", json!({"last_name": "Rossi", "status": "new"}));
        let tag = admin.create("tags", json!({"name": "VIP"}));
        let path = format!("/api/v1/companies/{}", id(&company));
        // read: all objects, no writing.
        let reads = app.bearer(&app.token_of(user, &["read"]));
        reads.get(&path).expect(200);
        reads.get("/api/v1/deals").expect(200);
        for answer in [
            reads.post("/api/v1/tags", &json!({"name": "x"})),
            reads.patch(&path, &json!({"employees": 1})),
            reads.delete(&path),
            reads.post(&format!("{path}/actions/restore"), &json!({})),
        ] {
            assert_eq!(answer.status, 403, "{}", answer.text());
        }
        // One object, reading: the others are closed, also through reports, search, links, exports and live.
        let narrow = app.bearer(&app.token_of(user, &["companies:read"]));
        narrow.get(&path).expect(200);
        narrow.get("/api/v1/leads").expect(403);
        narrow.get(&format!("/api/v1/leads/{}", id(&lead))).expect(403);
        narrow.post("/api/v1/query", &json!({"object": "lead"})).expect(403);
        narrow.post("/api/v1/exports", &json!({"object": "lead", "format": "csv"})).expect(403);
        narrow.patch(&path, &json!({"employees": 1})).expect(403);
        assert_eq!(narrow.post("/api/v1/search", &json!({"q": "Rossi"})).expect(200)["items"], json!([]));
        let names: Vec<Value> =
            narrow.get("/api/v1/model").expect(200)["objects"].as_array().unwrap().iter().map(|o| o["name"].clone()).collect();
        assert_eq!(names, [json!("company")]);
        admin.patch(&path, &json!({"tags": [id(&tag)]})).expect(200);
        let expanded = narrow.get(&format!("{path}?expand=tags,owner"));
        assert!(!expanded.text().contains("VIP") && !expanded.text().contains("admin"), "{}", expanded.text());
        // One object, writing; one action alone.
        let writes = app.bearer(&app.token_of(user, &["companies:write"]));
        writes.patch(&path, &json!({"employees": 2})).expect(200);
        writes.get(&path).expect(200);
        writes.post("/api/v1/tags", &json!({"name": "y"})).expect(403);
        writes.post("/api/v1/undo", &json!({"correlation": "01890a5d-ac96-774b-bcce-b302099a8057"})).expect(404);
        let acts = app.bearer(&app.token_of(user, &["leads.disqualify", "leads:read"]));
        acts.post(&format!("/api/v1/leads/{}/actions/convert", id(&lead)), &json!({})).expect(403);
        acts.patch(&format!("/api/v1/leads/{}", id(&lead)), &json!({"last_name": "x"})).expect(403);
        acts.post(&format!("/api/v1/leads/{}/actions/disqualify", id(&lead)), &json!({"disqualify_reason": "junk"})).expect(200);
        // A token makes no wider ones, changes no declarations, and ends on its day.
        for client in [&reads, &narrow, &acts] {
            client.post("/api/v1/tokens", &json!({"name": "wider"})).expect(403);
            client.get("/api/v1/tokens").expect(403);
            client.patch("/api/v1/model/objects/company", &json!({"label": ["A", "B"]})).expect(403);
        }
        assert_eq!(
            told(&admin.post("/api/v1/tokens", &json!({"name": "x", "expires_at": "2020-01-01T00:00:00Z"})).expect(422))[0].0,
            "expires_at"
        );
        let made = admin
            .post("/api/v1/tokens", &json!({"name": "nightly", "scopes": ["companies:read"], "expires_at": "2099-01-01T00:00:00Z"}))
            .expect(201);
        let nightly = app.bearer(made["token"].as_str().unwrap());
        nightly.get(&path).expect(200);
        let listed = admin.get("/api/v1/tokens");
        assert!(!listed.text().contains(made["token"].as_str().unwrap()), "a token is shown once");
        let listed = listed.expect(200);
        let token = listed["items"].as_array().unwrap().iter().find(|t| t["name"] == "nightly").unwrap().clone();
        assert_eq!((&token["scopes"], token["expires_at"].as_str().is_some()), (&json!(["companies:read"]), true));
        app.system(|_, tx| {
            let past = store::Sql::fill(
                tx.dialect(),
                "update token set expires_at = ?1 where name = 'nightly'",
                [base::Instant::now().plus_days(-1).into()],
            );
            tx.execute(&past)
        });
        nightly.get(&path).expect(401);
        // Withdrawn by its owner, and by nobody else.
        let bruno = app.person("bruno@acme.example", "administrator");
        bruno.delete(&format!("/api/v1/tokens/{}", id(&token))).expect(404);
        admin.delete(&format!("/api/v1/tokens/{}", id(&token))).expect(204);
        admin.delete(&format!("/api/v1/tokens/{}", id(&token))).expect(404);
    });
}

#[test]
fn the_first_run_is_once() {
    let setting = Setting { has_people: false, ..Setting::default() };
    both_with(&setting, |app| {
        let nobody = app.anonymous();
        assert_eq!(nobody.get("/api/v1/setup").expect(200)["needed"], true);
        nobody.get("/api/v1/companies").expect(401);
        let first = json!({"workspace": "Acme", "name": "Nadia Ricci", "email": "nadia@acme.example", "password": PASSWORD, "currency": "CHF", "language": "it", "time_zone": "Europe/Zurich", "country": "CH", "template": "simple"});
        let wrong = [
            ("password", json!("short")),
            ("email", json!("nobody")),
            ("currency", json!("XQX")),
            ("language", json!("tlh")),
            ("time_zone", json!("Mars/Olympus")),
            ("country", json!("XX")),
            ("template", json!("nothing")),
            ("workspace", json!("  ")),
            ("name", json!(null)),
        ];
        for (field, value) in wrong {
            let mut body = first.clone();
            body[field] = value;
            let problem = nobody.post("/api/v1/setup", &body).expect(422);
            assert!(told(&problem).iter().any(|(f, _)| f == field), "{field}: {problem}");
        }
        assert_eq!(nobody.get("/api/v1/setup").expect(200)["needed"], true, "a refused one changed nothing");
        let offered = nobody.with("accept-language", "it").get("/api/v1/setup").expect(200)["templates"].clone();
        assert_eq!((&offered[2]["code"], &offered[2]["steps"]), (&json!("simple"), &json!(["Contatto", "Offerta", "Decisione"])));
        // Two at once: one of them makes the workspace.
        let answers: Vec<Answer> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..3)
                .map(|n| {
                    let mut body = first.clone();
                    body["email"] = json!(format!("nadia{n}@acme.example"));
                    scope.spawn(move || app.anonymous().post("/api/v1/setup", &body))
                })
                .collect();
            all.into_iter().map(|t| t.join().unwrap()).collect()
        });
        let (done, late): (Vec<&Answer>, Vec<&Answer>) = answers.iter().partition(|a| a.status == 200);
        assert_eq!(
            (done.len(), late.iter().filter(|a| a.status == 409).count()),
            (1, 2),
            "{:?}",
            answers.iter().map(Answer::text).collect::<Vec<_>>()
        );
        let nadia = app.browser(done[0]);
        let session = nadia.get("/api/v1/session").expect(200);
        assert_eq!(
            (&session["user"]["roles"], &session["workspace"]["currency"], &session["user"]["language"]),
            (&json!(["administrator"]), &json!("CHF"), &json!("it"))
        );
        let stages = nadia.list("stages", &[("sort", "position"), ("fields", "name")]);
        let names: Vec<&Value> = crate::app::items(&stages).iter().map(|s| &s["name"]).collect();
        assert_eq!(names, ["Contatto", "Offerta", "Decisione", "Vinta", "Persa"]);
        let roles = nadia.list("roles", &[("filter", "name == \"manager\"")]);
        assert_eq!(roles["items"][0]["label"], "Responsabile");
        assert_eq!(app.number("select count(*) from \"user\""), 1);
        assert_eq!(nobody.get("/api/v1/setup").expect(200)["needed"], false);
        nobody.post("/api/v1/setup", &first).expect(409);
        // A deal in the workspace's currency, on the way that was laid for it.
        let deal = nadia.post("/api/v1/deals", &json!({"name": "First", "amount": {"amount": "10", "currency": "CHF"}})).expect(201);
        assert_eq!(deal["status"], "open");
    });
}

#[test]
fn a_sign_in_without_a_password_is_there_only_for_the_sample_company() {
    let demo = Setting { demo: true, ..Setting::default() };
    both_with(&demo, |app| {
        app.hire("anna@acme.example", &["representative"]);
        let people = app.anonymous().get("/api/v1/setup").expect(200)["demo"].clone();
        assert!(people.as_array().unwrap().iter().any(|p| p["email"] == "anna@acme.example" && p["role"] == "Representative"), "{people}");
        let answer = app.anonymous().post("/api/v1/session/demo", &json!({"email": "anna@acme.example"}));
        let anna = app.browser(&answer);
        assert_eq!(anna.get("/api/v1/session").expect(200)["user"]["email"], "anna@acme.example");
        app.anonymous().post("/api/v1/session/demo", &json!({"email": "nobody@acme.example"})).expect(404);
        app.anonymous().post("/api/v1/session/demo", &json!({})).expect(422);
    });
    both(|app| {
        app.anonymous().post("/api/v1/session/demo", &json!({"email": "admin@acme.example"})).expect(404);
        assert_eq!(app.anonymous().get("/api/v1/setup").expect(200)["demo"], Value::Null);
    });
}

#[test]
fn a_session_that_is_not_used_ends() {
    both(|app| {
        let (user, browser) = signed_in(app, "anna@acme.example", "representative");
        let back = move |column: &'static str, days: i64| {
            app.system(move |_, tx| {
                let at = base::Instant::now().plus_days(-days);
                let text = format!("update session set {column} = ?1 where owner = ?2");
                tx.execute(&store::Sql::fill(tx.dialect(), &text, [at.into(), user.into()]))
            })
        };
        back("last_seen_at", 13);
        browser.get("/api/v1/session").expect(200);
        // The use of a session is written down beside the answer.
        let until = Instant::now() + Duration::from_secs(5);
        let is_fresh = || app.number("select count(*) from session where last_seen_at > created_at") == 1;
        back("created_at", 5);
        while !is_fresh() {
            assert!(Instant::now() < until, "the last use is not written");
            std::thread::sleep(Duration::from_millis(10));
        }
        back("last_seen_at", 15);
        browser.get("/api/v1/session").expect(401);
        let again = app.browser(&knock(app, "anna@acme.example", PASSWORD));
        back("expires_at", 1);
        again.get("/api/v1/session").expect(401);
    });
}
