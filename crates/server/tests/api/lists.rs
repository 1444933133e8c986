//! Lists as people work with them: order, filters, views, and changes of many records at once.

use serde_json::{Value, json};

use crate::app::{App, Client, both, id, items, told};

fn names(client: &Client<'_>, object: &str, query: &[(&str, &str)]) -> Vec<String> {
    items(&client.list(object, query)).iter().map(|i| i["name"].as_str().unwrap().to_string()).collect()
}

fn companies(client: &Client<'_>, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| id(&client.create("companies", json!({"name": name}))).to_string()).collect()
}

fn batch(client: &Client<'_>, object: &str, operations: Vec<Value>, query: &str) -> Value {
    client.post(&format!("/api/v1/{object}/batch{query}"), &json!({"atomic": false, "operations": operations})).expect(200)
}

#[test]
fn names_stand_where_people_of_each_language_look_for_them() {
    both(|app| {
        let admin = app.admin();
        companies(
            &admin,
            &["Zenit", "Ökonom", "Olmo", "Èrcole", "Ercolano", "Eridano", "王府", "Wanda", "上海冷链", "Sharp", "北京", "Beta"],
        );
        let sorted = names(&admin, "companies", &[("sort", "name"), ("limit", "50")]);
        let sorted: Vec<&str> = sorted.iter().map(String::as_str).collect();
        assert_eq!(
            sorted,
            ["北京", "Beta", "Ercolano", "Èrcole", "Eridano", "Ökonom", "Olmo", "上海冷链", "Sharp", "Wanda", "王府", "Zenit"]
        );
    });
}

#[test]
fn a_list_is_sorted_by_two_columns_with_what_is_absent_last_either_way() {
    both(|app| {
        let admin = app.admin();
        for (name, city, employees) in [
            ("A", json!("Roma"), json!(5)),
            ("B", json!("Roma"), json!(null)),
            ("C", json!("Bari"), json!(2)),
            ("D", json!(null), json!(9)),
            ("E", json!("Roma"), json!(7)),
        ] {
            admin.create("companies", json!({"name": name, "city": city, "employees": employees}));
        }
        let by = |sort: &str| names(&admin, "companies", &[("sort", sort)]).concat();
        assert_eq!(by("city,-employees"), "CEABD");
        assert_eq!(by("-city,employees"), "AEBCD");
    });
}

#[test]
fn a_list_is_filtered_by_what_it_is_related_to_by_me_and_my_teams_and_by_what_is_empty() {
    both(|app| {
        let admin = app.admin();
        let italy = admin.create("teams", json!({"name": "Italy"}));
        let anna = app.hire("anna@acme.example", &["representative"]);
        admin.patch(&format!("/api/v1/users/{anna}"), &json!({"team": italy["id"]})).expect(200);
        let anna = app.bearer(&app.token_of(anna, &[]));
        let milan = admin.create("companies", json!({"name": "Milan Ltd", "country": "IT"}));
        let lyon = admin.create("companies", json!({"name": "Lyon SA", "country": "FR"}));
        anna.create("deals", json!({"name": "Hers", "company": milan["id"]}));
        admin.create("deals", json!({"name": "Other", "company": lyon["id"], "expected_close": "2020-01-15"}));
        let of = |client: &Client<'_>, filter: &str| names(client, "deals", &[("filter", filter), ("sort", "name")]).join(" ");
        assert_eq!(of(&admin, r#"company.country == "IT""#), "Hers");
        assert_eq!(of(&admin, "!has(expected_close)"), "Hers");
        assert_eq!(of(&admin, "expected_close < today() - days(90)"), "Other");
        assert_eq!((of(&admin, "owner == me()"), of(&anna, "owner == me()")), ("Other".into(), "Hers".into()));
        assert_eq!(of(&anna, "team in my_teams()"), "Hers");
    });
}

#[test]
fn after_a_day_begins_with_the_next_one_in_the_zone_of_who_asks() {
    both(|app| {
        let admin = app.admin();
        admin.patch(&format!("/api/v1/users/{}", admin.me()), &json!({"time_zone": "Europe/Rome"})).expect(200);
        // Midnight of Rome is 22:00 UTC in summer.
        for (subject, at) in [
            ("eve", "2030-07-09T21:59:59Z"),
            ("morning", "2030-07-09T22:00:00Z"),
            ("night", "2030-07-10T21:59:59Z"),
            ("next", "2030-07-10T22:00:00Z"),
        ] {
            admin.create("activities", json!({"kind": "task", "subject": subject, "due_at": at}));
        }
        let of = |operator: &str| {
            let filter = format!("due_at {operator} \"2030-07-10\"");
            let list = admin.list("activities", &[("filter", &filter), ("sort", "due_at")]);
            items(&list).iter().map(|i| i["subject"].as_str().unwrap().to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of(">"), "next");
        assert_eq!(of(">="), "morning night next");
        assert_eq!(of("=="), "morning night");
        assert_eq!(of("<="), "eve morning night");
        assert_eq!(of("<"), "eve");
    });
}

#[test]
fn every_object_of_the_navigation_comes_with_useful_views() {
    both(|app| {
        let model = app.admin().get("/api/v1/model").expect(200);
        let objects = model["objects"].as_array().unwrap();
        let views = |name: &str| -> Vec<String> {
            let object = objects.iter().find(|o| o["name"] == name).unwrap();
            object["views"].as_array().unwrap().iter().map(|v| v["label"].as_str().unwrap().to_string()).collect()
        };
        for object in objects.iter().filter(|o| o["nav"].is_string() && o["nav"] != "settings") {
            assert!(object["views"].as_array().unwrap().len() >= 3, "{}", object["name"]);
        }
        for label in ["Closing this month", "No plan", "Stuck", "Slipped"] {
            assert!(views("deal").iter().any(|v| v == label), "{label}");
        }
        assert!(views("company").contains(&"Going quiet".to_string()) && views("contact").contains(&"Going quiet".to_string()));
        for object in objects.iter().filter(|o| o["nav"].is_string()) {
            for view in object["views"].as_array().unwrap() {
                let (filter, sort) = (view["filter"].as_str().unwrap_or_default(), view["sort"].as_str().unwrap_or_default());
                app.admin().list(object["path"].as_str().unwrap(), &[("filter", filter), ("sort", sort)]);
            }
        }
    });
}

#[test]
fn a_view_keeps_columns_widths_and_what_is_pinned_and_refuses_what_is_none() {
    both(|app| {
        let admin = app.admin();
        let view = admin.create(
            "saved_views",
            json!({"object": "deal", "name": "Wide", "columns": ["name", "amount"], "widths": ["name:320", "amount:140"], "pinned": 2}),
        );
        let read = admin.get(&format!("/api/v1/saved_views/{}", id(&view))).expect(200);
        assert_eq!((&read["widths"], &read["pinned"]), (&json!(["name:320", "amount:140"]), &json!(2)));
        let wrong = json!({"object": "deal", "name": "Wrong", "widths": ["name:wide", "nmae:100"]});
        let refused = admin.post("/api/v1/saved_views", &wrong).expect(422);
        assert_eq!(told(&refused), [("widths[1]".into(), "unknown".into()), ("widths[0]".into(), "format".into())]);
    });
}

/// Companies of the administrator and one of somebody else, whom a manager of another team may not change.
fn mixed<'a>(app: &'a App) -> (Client<'a>, Vec<String>, String) {
    let admin = app.admin();
    let giulia = app.person("giulia@acme.example", "manager");
    let own = companies(&giulia, &["One", "Two", "Three"]);
    let foreign = companies(&admin, &["Foreign"]).remove(0);
    (giulia, own, foreign)
}

#[test]
fn a_change_of_many_is_told_before_with_who_would_be_refused_and_why_and_undone_as_one() {
    both(|app| {
        let (giulia, own, foreign) = mixed(app);
        let change = |id: &String| json!({"op": "update", "id": id, "values": {"tier": "key"}});
        let operations: Vec<Value> = own.iter().chain([&foreign]).map(change).collect();
        let tiers = || {
            let list = giulia.list("companies", &[("sort", "name"), ("filter", "tier == \"key\"")]);
            items(&list).len()
        };
        let told = batch(&giulia, "companies", operations.clone(), "?dry_run=true");
        assert_eq!((told["dry_run"].as_bool(), tiers()), (Some(true), 0));
        let statuses: Vec<i64> = told["results"].as_array().unwrap().iter().map(|r| r["status"].as_i64().unwrap()).collect();
        assert_eq!(statuses, [200, 200, 200, 403]);
        assert_eq!(told["results"][3]["error"]["detail"], "You may not change this company");

        let answer = giulia.post("/api/v1/companies/batch", &json!({"atomic": false, "operations": operations}));
        let correlation = answer.header("x-correlation-id");
        assert_eq!((answer.expect(200)["results"][3]["id"].as_str(), tiers()), (Some(foreign.as_str()), 3));
        let undone = giulia.post("/api/v1/undo", &json!({"correlation": correlation})).expect(200);
        assert_eq!((undone["restored"].as_i64(), tiers()), (Some(3), 0));
    });
}

#[test]
fn tags_are_put_to_many_without_losing_those_that_each_has() {
    both(|app| {
        let admin = app.admin();
        let tag = |name: &str| id(&admin.create("tags", json!({"name": name}))).to_string();
        let (vip, fair) = (tag("VIP"), tag("Fair"));
        let first = admin.create("companies", json!({"name": "First", "tags": [vip]}));
        let second = admin.create("companies", json!({"name": "Second"}));
        let both = [id(&first).to_string(), id(&second).to_string()];
        let tags = |id: &str| admin.get(&format!("/api/v1/companies/{id}")).expect(200)["tags"].clone();
        batch(&admin, "companies", both.iter().map(|id| json!({"op": "update", "id": id, "add": {"tags": [fair]}})).collect(), "");
        assert_eq!((tags(&both[0]), tags(&both[1])), (json!([vip, fair]), json!([fair])));
        batch(&admin, "companies", both.iter().map(|id| json!({"op": "update", "id": id, "remove": {"tags": [fair]}})).collect(), "");
        assert_eq!((tags(&both[0]), tags(&both[1])), (json!([vip]), json!([])));
        let wrong = batch(&admin, "companies", vec![json!({"op": "update", "id": both[0], "add": {"name": ["x"]}})], "");
        assert_eq!(wrong["results"][0]["error"]["fields"][0]["code"], "type");
    });
}
