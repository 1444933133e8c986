//! Creating, reading, changing and deleting records.

use serde_json::{Value, json};

use crate::app::{both, id, items, url};

#[test]
fn a_record_is_created_read_changed_and_deleted_and_comes_back() {
    both(|app| {
        let admin = app.admin();
        let answer = admin.post("/api/v1/companies", &json!({"name": "Acme S.p.A.", "city": "Trento", "employees": 120}));
        assert_eq!(answer.status, 201);
        assert_eq!(answer.header("etag"), "\"1\"");
        let location = answer.header("location");
        let company = answer.json();
        assert_eq!(location, format!("/api/v1/companies/{}", id(&company)));
        assert_eq!(company["city"], "Trento");

        let read = admin.get(&location).expect(200);
        assert_eq!(read["name"], "Acme S.p.A.");
        assert_eq!(read["employees"], 120);
        assert_eq!(read["version"], 1);

        let changed = admin.patch(&location, &json!({"employees": 121})).expect(200);
        assert_eq!(changed["version"], 2);
        assert_eq!(changed["employees"], 121);

        assert!(admin.delete(&location).expect(200)["deleted_at"].is_string());
        admin.get(&location).expect(404);
        assert_eq!(admin.list("companies", &[])["items"], json!([]));
        admin.post(&format!("{location}/actions/restore"), &json!({})).expect(200);
        assert_eq!(admin.get(&location).expect(200)["employees"], 121);
    });
}

#[test]
fn every_problem_is_told_at_once_with_the_nearest_name() {
    both(|app| {
        let problem = app.admin().post("/api/v1/companies", &json!({"nmae": "Acme", "employees": "many", "email": 5})).expect(422);
        assert_eq!(problem["code"], "invalid");
        let fields: Vec<&str> = problem["fields"].as_array().unwrap().iter().map(|f| f["field"].as_str().unwrap()).collect();
        assert!(fields.contains(&"nmae") && fields.contains(&"employees") && fields.contains(&"name"), "{problem}");
        assert!(problem.to_string().contains("Did you mean \\\"name\\\"?"), "{problem}");
    });
}

#[test]
fn lists_are_filtered_sorted_and_paged_without_losing_a_record() {
    both(|app| {
        let admin = app.admin();
        for n in 0..25 {
            let city = if n % 3 == 0 { json!("Roma") } else { json!(null) };
            admin.create(
                "companies",
                json!({"name": format!("Company {n:02}"), "city": city, "employees": if n % 5 == 0 { json!(null) } else { json!(n % 7) }}),
            );
        }
        for sort in ["name", "-name", "employees", "-employees", "city,-name", "-created_at"] {
            let mut seen = Vec::new();
            let mut cursor: Option<String> = None;
            loop {
                let mut query = vec![("sort", sort), ("limit", "4")];
                if let Some(cursor) = &cursor {
                    query.push(("cursor", cursor));
                }
                let page = admin.list("companies", &query);
                seen.extend(page["items"].as_array().unwrap().iter().map(|i| i["name"].as_str().unwrap().to_string()));
                match page["next_cursor"].as_str() {
                    Some(next) => cursor = Some(next.to_string()),
                    None => break,
                }
            }
            assert_eq!(seen.len(), 25, "sorted by {sort}: {seen:?}");
            let mut distinct = seen.clone();
            distinct.sort();
            distinct.dedup();
            assert_eq!(distinct.len(), 25, "sorted by {sort}");
        }
        let roma = admin.list("companies", &[("filter", r#"city == "ROMA" && employees > 2"#), ("sort", "employees")]);
        for item in roma["items"].as_array().unwrap() {
            assert_eq!(item["city"], "Roma");
        }
        let absent_last = admin.list("companies", &[("sort", "-employees"), ("limit", "100")]);
        let tail: Vec<bool> = absent_last["items"].as_array().unwrap().iter().map(|i| i["employees"].is_null()).collect();
        assert_eq!(tail.iter().filter(|n| **n).count(), 5);
        assert!(tail[20..].iter().all(|n| *n));
    });
}

#[test]
fn two_writers_merge_disjoint_fields_and_are_told_of_the_same_field() {
    both(|app| {
        let admin = app.admin();
        let company = admin.create("companies", json!({"name": "Acme", "employees": 5}));
        let path = format!("/api/v1/companies/{}", id(&company));
        admin.patch(&path, &json!({"employees": 6})).expect(200);
        let headers = [("content-type", "application/json"), ("if-match", "\"1\"")];
        let merged = admin.send("PATCH", &path, &headers, json!({"name": "Acme Group"}).to_string()).expect(200);
        assert_eq!((merged["name"].as_str(), merged["employees"].as_i64()), (Some("Acme Group"), Some(6)));
        let conflict = admin.send("PATCH", &path, &headers, json!({"employees": 9}).to_string()).expect(409);
        assert_eq!(conflict["conflicts"][0]["field"], "employees");
        assert_eq!(conflict["conflicts"][0]["yours"], 9);
        assert_eq!(conflict["conflicts"][0]["theirs"], 6);
    });
}

#[test]
fn history_and_timeline_tell_who_changed_what() {
    both(|app| {
        let admin = app.admin();
        let company = admin.create("companies", json!({"name": "Acme"}));
        let path = format!("/api/v1/companies/{}", id(&company));
        admin.patch(&path, &json!({"name": "Acme Group"})).expect(200);
        let history = admin.get(&format!("{path}/history")).expect(200);
        let first = &history["items"][0];
        assert_eq!(
            (first["field"].as_str(), first["before"].as_str(), first["after"].as_str()),
            (Some("name"), Some("Acme"), Some("Acme Group"))
        );
        let timeline = admin.get(&format!("{path}/timeline")).expect(200);
        assert_eq!(timeline["items"][0]["kind"], "record.updated");
        assert_eq!(timeline["items"][1]["kind"], "record.created");
        let past =
            admin.get(&url(&format!("companies/{}", id(&company)), &[("as_of", first["recorded_at"].as_str().unwrap())])).expect(200);
        assert_eq!(past["name"], "Acme Group");
    });
}

#[test]
fn a_bulk_of_changes_is_undone_as_one() {
    both(|app| {
        let admin = app.admin();
        let ids: Vec<String> =
            (0..3).map(|n| id(&admin.create("companies", json!({"name": format!("C{n}"), "employees": n}))).to_string()).collect();
        let operations: Vec<_> = ids.iter().map(|id| json!({"op": "update", "id": id, "values": {"employees": 99}})).collect();
        let answer = admin.post("/api/v1/companies/batch", &json!({"atomic": true, "operations": operations}));
        let correlation = answer.header("x-correlation-id");
        answer.expect(200);
        let undone = admin.post("/api/v1/undo", &json!({"correlation": correlation})).expect(200);
        assert_eq!(undone["restored"], 3);
        let numbers: Vec<_> =
            admin.list("companies", &[("sort", "name")])["items"].as_array().unwrap().iter().map(|i| i["employees"].clone()).collect();
        assert_eq!(numbers, vec![json!(0), json!(1), json!(2)]);
    });
}

#[test]
fn a_name_in_han_characters_begins_with_the_family_unless_told_otherwise() {
    both(|app| {
        let admin = app.admin();
        let name = |body: Value| admin.create("contacts", body)["name"].clone();
        assert_eq!(name(json!({"first_name": "晓明", "last_name": "王"})), "王晓明");
        assert_eq!(name(json!({"first_name": "晓明", "last_name": "王", "name_order": "given_first"})), "晓明王");
        assert_eq!(name(json!({"first_name": "Maria", "last_name": "Rossi"})), "Maria Rossi");
        assert_eq!(name(json!({"first_name": "Maria", "last_name": "Rossi", "name_order": "family_first"})), "Rossi Maria");
        assert_eq!(name(json!({"first_name": "David", "last_name": "王"})), "David 王");
    });
}

#[test]
fn who_could_see_a_record_hears_that_it_is_in_the_bin_and_who_put_it_there() {
    both(|app| {
        let (anna, bruno) = (app.person("anna@acme.example", "representative"), app.person("bruno@acme.example", "representative"));
        let acme = anna.create("companies", json!({"name": "Acme"}));
        let rossi = anna.create("contacts", json!({"first_name": "Rosa", "last_name": "Rossi", "company": id(&acme)}));
        let (path, contact) = (format!("/api/v1/companies/{}", id(&acme)), format!("/api/v1/contacts/{}", id(&rossi)));
        anna.delete(&path).expect(200);

        let told = anna.get(&path).expect(404);
        assert_eq!((&told["code"], &told["detail"]), (&json!("not_found"), &json!("Company is in the bin")));
        let (bin, by) = (&told["bin"], &told["bin"]["deleted_by"]["id"]);
        assert_eq!((&bin["title"], by, &bin["may_restore"]), (&json!("Acme"), &json!(anna.me()), &json!(true)), "{told}");
        assert!(bin["deleted_at"].is_string() && bin["deleted_by"]["name"].is_string(), "{told}");
        assert_eq!(bruno.get(&path).expect(404)["bin"]["may_restore"], false, "who may only read it is told, too");

        // A link to it says so as well.
        let linked = anna.get(&format!("{contact}?expand=company")).expect(200);
        assert_eq!((&linked["company"]["title"], linked.get("hidden")), (&json!("Acme"), None), "{linked}");
        assert!(linked["company"]["deleted_at"].is_string(), "{linked}");
        assert_eq!(anna.get(&contact).expect(200)["company"], acme["id"]);
        assert_eq!(anna.patch(&contact, &json!({"city": "Rimini"})).expect(200)["company"], acme["id"]);
        let page = anna.list("contacts", &[("expand", "company")]);
        assert!(items(&page)[0]["company"]["deleted_at"].is_string(), "{page}");

        anna.post(&format!("{path}/actions/restore"), &json!({})).expect(200);
        assert_eq!(anna.get(&path).expect(200)["name"], "Acme");
    });
}

#[test]
fn of_what_is_in_the_bin_nobody_hears_who_could_not_see_it() {
    both(|app| {
        let admin = app.admin();
        let (anna, bruno) = (app.person("anna@acme.example", "representative"), app.person("bruno@acme.example", "representative"));
        let pipeline = admin.create("pipelines", json!({"name": "Sales"}));
        admin.create("stages", json!({"name": "New", "pipeline": id(&pipeline)}));
        let first = anna.create("deals", json!({"name": "Cold room"}));
        let second = admin.create("deals", json!({"name": "Second room", "source_deal": id(&first), "owner": bruno.me()}));
        let (path, follower) = (format!("/api/v1/deals/{}", id(&first)), format!("/api/v1/deals/{}", id(&second)));
        anna.delete(&path).expect(200);

        let unknown = bruno.get(&path).expect(404);
        assert_eq!((&unknown["detail"], unknown.get("bin")), (&json!("Deal not found"), None));
        for query in ["", "?expand=source_deal"] {
            let hidden = bruno.get(&format!("{follower}{query}")).expect(200);
            assert_eq!((&hidden["source_deal"], &hidden["hidden"]), (&json!(null), &json!(["source_deal"])), "{hidden}");
        }
        let changed = bruno.patch(&follower, &json!({"next_step": "Ring them"})).expect(200);
        assert_eq!((&changed["source_deal"], &changed["hidden"]), (&json!(null), &json!(["source_deal"])), "{changed}");
        let seen = admin.get(&format!("{follower}?expand=source_deal")).expect(200);
        assert!(seen["source_deal"]["deleted_at"].is_string(), "{seen}");
    });
}

#[test]
fn a_write_that_changes_nothing_offers_nothing_to_take_back() {
    both(|app| {
        let admin = app.admin();
        let company = admin.create("companies", json!({"name": "Acme", "employees": 4}));
        let path = format!("/api/v1/companies/{}", id(&company));
        let same = admin.patch(&path, &json!({"employees": 4}));
        assert_eq!(same.header("x-correlation-id"), "");
        assert_eq!(same.expect(200)["version"], company["version"]);
        let batch = json!({"operations": [{"op": "update", "id": id(&company), "values": {"name": "Acme"}}]});
        let many = admin.post("/api/v1/companies/batch", &batch);
        assert_eq!(many.header("x-correlation-id"), "");
        many.expect(200);
        let changed = admin.patch(&path, &json!({"employees": 5})).header("x-correlation-id");
        assert_eq!(admin.post("/api/v1/undo", &json!({"correlation": changed})).expect(200)["restored"], 1);
    });
}
