//! Roles that an administrator makes: as copies of others, with other rights, and gone when nobody holds them.

use kernel::Engine;
use serde_json::{Value, json};
use store::Sql;

use crate::app::{App, Client, both, id, items, told};

const DEALS: &str = "/api/v1/model/objects/deal";

/// A new role with all rights of another.
fn copy(admin: &Client<'_>, label: &str, of: &str) -> Value {
    admin.post("/api/v1/model/roles", &json!({"label": label, "copy_of": of})).expect(201)
}

fn rights(admin: &Client<'_>, object: &str) -> Value {
    let rights = admin.get("/api/v1/model/rights").expect(200);
    rights["objects"].as_array().unwrap().iter().find(|o| o["name"] == object).unwrap().clone()
}

/// Sofia in a team with Marco; both own a deal with a line, Marco's worth twice as much. Answers Sofia.
fn two_colleagues<'a>(app: &'a App, role: &str) -> Client<'a> {
    let admin = app.admin();
    let team = admin.create("teams", json!({"name": "Italy"}));
    let hire = |name: &str, role: &str| {
        let user = app.hire(&format!("{name}@acme.example"), &[role]);
        admin.patch(&format!("/api/v1/users/{user}"), &json!({"team": team["id"]})).expect(200);
        app.bearer(&app.token_of(user, &[]))
    };
    let (sofia, marco) = (hire("sofia", role), hire("marco", "representative"));
    for (person, name, price) in [(&sofia, "Sofia", "100"), (&marco, "Marco", "200")] {
        let deal = person.create("deals", json!({"name": format!("Cabinet of {name}")}));
        let price = json!({"amount": price, "currency": "EUR"});
        person.create("deal_lines", json!({"deal": id(&deal), "name": format!("Shelf of {name}"), "unit_price": price}));
    }
    app.settle();
    sofia
}

/// What somebody is shown of deals, by every way there is: list, count, search, report, lines, and one by its id.
fn seen(app: &App, person: &Client<'_>) -> (Vec<String>, Value, usize, Value, usize, u16) {
    let list = person.list("deals", &[("sort", "name"), ("count", "exact")]);
    let names = items(&list).iter().map(|d| d["name"].as_str().unwrap().to_string()).collect();
    let found = person.post("/api/v1/search", &json!({"q": "Cabinet", "objects": ["deal"]})).expect(200);
    let report = person.report(json!({"object": "deal", "measures": [{"fn": "count"}, {"fn": "sum", "field": "amount"}]}));
    let lines = person.list("deal_lines", &[]);
    let others = id(&items(&app.admin().list("deals", &[("filter", "name == \"Cabinet of Marco\"")]))[0]).to_string();
    let one = person.get(&format!("/api/v1/deals/{others}")).status.as_u16();
    let sum = report["rows"][0]["sum_amount"]["amount"].clone();
    (names, list["count"]["value"].clone(), items(&found).len(), sum, items(&lines).len(), one)
}

#[test]
fn who_holds_a_copy_of_a_role_sees_exactly_what_is_then_set_for_it() {
    both(|app| {
        let admin = app.admin();
        let role = copy(&admin, "Venditore junior", "representative");
        assert!(role["name"] == "venditore_junior" && role["built_in"] != true, "{role}");
        let deal = rights(&admin, "deal");
        assert_eq!(deal["roles"]["venditore_junior"], deal["roles"]["representative"], "all rights are taken over");
        let cost = rights(&admin, "product")["fields"].as_array().unwrap().iter().find(|f| f["name"] == "cost").unwrap().clone();
        assert_eq!(cost["roles"]["venditore_junior"], "none", "those of fields too");

        let sofia = two_colleagues(app, "venditore_junior");
        let team = (vec!["Cabinet of Marco".to_string(), "Cabinet of Sofia".to_string()], json!(2), 2, json!("300.00"), 2, 200);
        let own = (vec!["Cabinet of Sofia".to_string()], json!(1), 1, json!("100.00"), 1, 404);
        assert_eq!(seen(app, &sofia), team);
        let told = |read: Value| json!({"access": {"venditore_junior": {"read": read}}});
        admin.patch(DEALS, &told(json!({"level": "own"}))).expect(200);
        assert_eq!(seen(app, &sofia), own, "at once, for a session that is open");
        assert_eq!(rights(&admin, "deal")["roles"]["venditore_junior"]["read"], json!({"level": "own", "rule": "owner == me()"}));
        // And back, as an undo does.
        admin.patch(DEALS, &told(json!({"rule": deal["roles"]["representative"]["read"]["rule"]}))).expect(200);
        assert_eq!(seen(app, &sofia), team);
        // A rule of one's own holds for the lines of a deal as for the deal.
        admin.patch(DEALS, &told(json!({"rule": "amount > 150"}))).expect(200);
        assert_eq!(rights(&admin, "deal")["roles"]["venditore_junior"]["read"]["level"], "rule");
        let dear = (vec!["Cabinet of Marco".to_string()], json!(1), 1, json!("200.00"), 1, 200);
        assert_eq!(seen(app, &sofia), dear);
        admin.patch(DEALS, &told(json!({"level": "none"}))).expect(200);
        sofia.get("/api/v1/deals").expect(403);
        sofia.get("/api/v1/deal_lines").expect(403);
        let marco = items(&admin.list("users", &[("filter", "name == \"marco\"")]))[0].clone();
        let representative = app.bearer(&app.token_of(id(&marco).parse().unwrap(), &[]));
        assert_eq!(items(&representative.list("deals", &[])).len(), 2, "nobody else's role is another one");
    });
}

#[test]
fn a_person_gets_a_new_role_and_a_field_is_hidden_for_it_at_once() {
    both(|app| {
        let admin = app.admin();
        let sofia = two_colleagues(app, "representative");
        let role = copy(&admin, "Guest", "read_only");
        admin.patch(&format!("/api/v1/users/{}", sofia.me()), &json!({"roles": [id(&role)]})).expect(200);
        assert_eq!(sofia.get("/api/v1/session").expect(200)["user"]["roles"], json!(["guest"]));
        let deal = sofia.list("deals", &[("filter", "name == \"Cabinet of Marco\"")])["items"][0].clone();
        assert_eq!(deal["amount"]["amount"], "200.00");
        sofia.patch(&format!("/api/v1/deals/{}", id(&deal)), &json!({"name": "Mine"})).expect(403);
        admin.patch(&format!("{DEALS}/fields/amount"), &json!({"access": {"guest": "none"}})).expect(200);
        let deal = &sofia.list("deals", &[])["items"][0];
        assert!(deal.get("amount").is_none() && deal.get("weighted").is_none(), "nor what is worked out from it: {deal}");
        assert_eq!(told(&sofia.get("/api/v1/deals?sort=amount").expect(422))[0].0, "sort");
        // Another name of a field says no more than the field.
        admin.patch("/api/v1/model/objects/contact/fields/emails", &json!({"access": {"guest": "none"}})).expect(200);
        admin.create("contacts", json!({"last_name": "Rossi", "email": "anna@acme.example"}));
        let contact = sofia.list("contacts", &[])["items"][0].clone();
        assert!(contact.get("emails").is_none() && contact.get("email").is_none(), "{contact}");
        admin.patch(&format!("{DEALS}/fields/amount"), &json!({"access": {"guest": "write"}})).expect(200);
        assert_eq!(sofia.list("deals", &[("filter", "amount > 150")])["items"][0]["amount"]["amount"], "200.00");
    });
}

#[test]
fn who_holds_a_copy_of_the_manager_sees_the_teams_below() {
    both(|app| {
        let admin = app.admin();
        let role = copy(&admin, "Area manager", "manager");
        assert_eq!(role["manages"], true);
        let above = admin.create("teams", json!({"name": "North"}));
        let below = admin.create("teams", json!({"name": "Milan", "parent": above["id"]}));
        let hire = |name: &str, role: &str, team: &Value| {
            let user = app.hire(&format!("{name}@acme.example"), &[role]);
            admin.patch(&format!("/api/v1/users/{user}"), &json!({"team": team["id"]})).expect(200);
            app.bearer(&app.token_of(user, &[]))
        };
        let (giulia, sofia) = (hire("giulia", "area_manager", &above), hire("sofia", "representative", &below));
        sofia.create("deals", json!({"name": "Cabinet"}));
        assert_eq!(items(&giulia.list("deals", &[])).len(), 1);
        let view = json!({"object": "deal", "name": "All", "shape": "table", "shared_with": "everyone"});
        giulia.create("saved_views", view.clone());
        assert_eq!(told(&sofia.post("/api/v1/saved_views", &view).expect(422))[0].0, "shared_with");
        admin.patch(&format!("/api/v1/roles/{}", id(&role)), &json!({"manages": false})).expect(200);
        assert_eq!(items(&giulia.list("deals", &[])).len(), 0, "at once");
    });
}

#[test]
fn managers_of_an_older_workspace_go_on_managing() {
    both(|app| {
        let Some(options) = app.beside() else { return };
        let managing = "select count(*) from role where name = 'manager' and manages";
        app.engine.store().write(|tx| tx.execute(&Sql::raw(tx.dialect(), "update role set manages = null"))).unwrap();
        assert_eq!(app.number(managing), 0);
        Engine::open(&options).unwrap().store().close();
        assert_eq!(app.number(managing), 1);
    });
}

#[test]
fn a_role_without_a_model_may_do_nothing_until_it_is_said() {
    both(|app| {
        let admin = app.admin();
        let role = admin.post("/api/v1/model/roles", &json!({"label": "展会", "description": "Only for fairs"})).expect(201);
        assert_eq!((&role["name"], &role["manages"]), (&json!("role"), &json!(false)));
        let person = app.person("fair@acme.example", "role");
        person.get("/api/v1/leads").expect(403);
        admin.patch("/api/v1/model/objects/lead", &json!({"access": {"role": {"create": true, "read": {"level": "own"}}}})).expect(200);
        person.create("leads", json!({"last_name": "Conti"}));
        assert_eq!(items(&person.list("leads", &[])).len(), 1);
        admin.patch("/api/v1/model/objects/lead", &json!({"access": {"role": {"create": false}}})).expect(200);
        person.post("/api/v1/leads", &json!({"last_name": "Greco"})).expect(403);
        assert_eq!(items(&person.list("leads", &[])).len(), 1, "what is not named stays");
    });
}

#[test]
fn a_role_goes_only_when_nobody_holds_it_and_comes_back_with_its_rights() {
    both(|app| {
        let admin = app.admin();
        let role = copy(&admin, "Fair helper", "representative");
        let at = format!("/api/v1/roles/{}", id(&role));
        let user = app.hire("sofia@acme.example", &["fair_helper"]);
        let held = admin.delete(&at).expect(422);
        assert_eq!(told(&held), [("holders".into(), "in_use".into())]);
        assert_eq!(held["detail"], "Held by sofia; give them another role first");
        let italian = admin.with("accept-language", "it").delete(&at).expect(422);
        assert!(
            italian["detail"].as_str().unwrap().contains("sofia") && !italian["detail"].as_str().unwrap().contains("Held"),
            "{italian}"
        );
        admin
            .patch(
                &format!("/api/v1/users/{user}"),
                &json!({"roles": [items(&admin.list("roles", &[("filter", "name == \"read_only\"")]))[0]["id"]]}),
            )
            .expect(200);
        let gone = admin.delete(&at);
        let correlation = gone.header("x-correlation-id");
        gone.expect(200);
        // A new role of the same name does not come into its rights.
        let other = admin.create("roles", json!({"label": "Fair helper"}));
        assert_eq!(other["name"], "fair_helper_2");
        admin.post("/api/v1/undo", &json!({"correlation": correlation})).expect(200);
        assert_eq!(app.person("marco@acme.example", "fair_helper").get("/api/v1/deals").status, 200);
        // Those that the program relies on stay, and so does the code.
        let roles = admin.list("roles", &[]);
        for built_in in items(&roles).iter().filter(|r| r["built_in"] == true) {
            let refused = told(&admin.delete(&format!("/api/v1/roles/{}", id(built_in))).expect(422));
            assert!(refused.contains(&("built_in".into(), "built_in".into())), "{built_in}: {refused:?}");
        }
        assert_eq!(told(&admin.patch(&at, &json!({"name": "helper"})).expect(422)), [("name".into(), "fixed".into())]);
        admin.patch(&at, &json!({"label": "Helper at fairs", "description": "Three days a year"})).expect(200);
    });
}

#[test]
fn nobody_locks_himself_out_or_makes_himself_an_administrator() {
    both(|app| {
        let admin = app.admin();
        let fixed = |body: Value| told(&admin.patch(DEALS, &body).expect(422));
        let (place, code) = ("access.administrator".to_string(), "fixed".to_string());
        assert_eq!(fixed(json!({"access": {"administrator": {"read": {"level": "none"}}}})), [(place, code)]);
        assert_eq!(fixed(json!({"access": {"managr": {"create": true}}})), [("access.managr".into(), "unknown".into())]);
        assert_eq!(
            fixed(json!({"fields": {"amount": {"access": {"administrator": "none"}}}})),
            [("fields.amount.access.administrator".into(), "fixed".into())]
        );
        let field = admin.patch(&format!("{DEALS}/fields/amount"), &json!({"access": {"administrator": "none"}})).expect(422);
        assert_eq!(told(&field), [("access.administrator".into(), "fixed".into())]);
        let title = admin.patch(&format!("{DEALS}/fields/name"), &json!({"access": {"manager": "none"}})).expect(422);
        assert_eq!(told(&title), [("access.manager".into(), "title".into())]);
        admin.patch("/api/v1/model/objects/deal_line", &json!({"access": {"manager": {"create": false}}})).expect(409);
        let refused = admin.post("/api/v1/model/roles", &json!({"label": "Second", "copy_of": "administrator"})).expect(422);
        assert_eq!(told(&refused), [("copy_of".into(), "fixed".into())]);
        let refused = admin.post("/api/v1/model/roles", &json!({"label": "Second", "copy_of": "managr"})).expect(422);
        assert!(refused["detail"].as_str().unwrap().contains("did you mean \"manager\"?"), "{refused}");
        assert_eq!(
            told(&admin.post("/api/v1/model/roles", &json!({"copy_of": "manager"})).expect(422)),
            [("label".into(), "required".into())]
        );
        assert_eq!(items(&admin.list("roles", &[])).len(), 4, "nothing is left of what was refused");
        // Even who may look after people makes no administrator of himself.
        admin.patch("/api/v1/model/objects/user", &json!({"access": {"manager": {"update": {"level": "all"}}}})).expect(200);
        let giulia = app.person("giulia@acme.example", "manager");
        let role = |name: &str| id(&items(&admin.list("roles", &[("filter", &format!("name == \"{name}\""))]))[0]).to_string();
        let me = format!("/api/v1/users/{}", giulia.me());
        let refused = giulia.patch(&me, &json!({"roles": [role("manager"), role("administrator")]})).expect(422);
        assert_eq!(told(&refused), [("roles".into(), "forbidden".into())]);
        giulia.patch(&me, &json!({"roles": [role("manager"), role("read_only")]})).expect(200);
        giulia.post("/api/v1/model/roles", &json!({"label": "Mine"})).expect(403);
    });
}

#[test]
fn a_rule_that_is_wrong_is_told_with_its_place_and_what_was_meant() {
    both(|app| {
        let admin = app.admin();
        let ask = |read: Value| admin.patch(DEALS, &json!({"access": {"manager": {"read": read, "update": {"level": "own"}}}}));
        let wrong = ask(json!({"rule": "amount > 10 && onwer == me()"})).expect(422);
        assert_eq!(told(&wrong), [("access.manager.read".into(), "expression".into())]);
        let place = &wrong["expression"][0];
        assert_eq!((&place["at"], &place["length"], &place["suggestion"]), (&json!(15), &json!(5), &json!("owner")));
        for bad in [json!({"rule": ""}), json!({"rule": "amount"}), json!({"level": "some"}), json!({"rule": 7}), json!(7), json!({})] {
            let refused = told(&ask(bad.clone()).expect(422));
            assert_eq!(refused[0].0, "access.manager.read", "{bad}");
        }
        let planned = json!({"object": "deal", "keys": {"access": {"manager": {"read": {"level": "own"}}}}});
        assert_eq!(admin.post("/api/v1/model/plan", &planned).expect(200)["applied"], false);
        let deal = rights(&admin, "deal");
        assert_eq!(deal["roles"]["manager"]["update"]["level"], "team", "what came with it is not done either");
        assert_eq!(deal["levels"], json!(["all", "team", "own", "none"]));
        assert_eq!(rights(&admin, "product")["levels"], json!(["all", "own", "none"]));
        assert_eq!(rights(&admin, "deal_line")["part_of"], "deal");
    });
}

#[test]
fn two_changes_at_the_same_moment_are_both_done() {
    both(|app| {
        let admin = app.admin();
        copy(&admin, "Busy", "read_only");
        std::thread::scope(|scope| {
            for right in ["create", "export", "bulk"] {
                let admin = app.admin();
                scope.spawn(move || admin.patch(DEALS, &json!({"access": {"busy": {right: true}}})).expect(200));
            }
        });
        let busy = rights(&admin, "deal")["roles"]["busy"].clone();
        assert_eq!((&busy["create"], &busy["export"], &busy["bulk"]), (&json!(true), &json!(true), &json!(true)));
    });
}
