//! What holds for everybody, changed after the first run.

use serde_json::{Value, json};

use crate::app::{Setting, both, both_with, id, told};

const PATH: &str = "/api/v1/workspace";

#[test]
fn name_language_zone_country_and_currency_change_and_hold_at_once() {
    both(|app| {
        let admin = app.admin();
        let before = admin.get(PATH).expect(200);
        assert_eq!((&before["currency"], &before["currency_held_by"], &before["changes"]), (&json!("EUR"), &Value::Null, &json!([])));
        let wanted = json!({"name": " Gelati Prova ", "currency": "CHF", "language": "it", "time_zone": "Europe/Zurich", "country": "CH"});
        let after = admin.patch(PATH, &wanted).expect(200);
        for (field, value) in
            [("name", "Gelati Prova"), ("currency", "CHF"), ("language", "it"), ("time_zone", "Europe/Zurich"), ("country", "CH")]
        {
            assert_eq!(after[field], value);
            assert_eq!(after["changes"][0]["changes"][field], json!([before[field], value]));
        }
        assert_eq!(after["changes"][0]["by"], "admin");
        let workspace = admin.get("/api/v1/session").expect(200)["workspace"].clone();
        assert_eq!(
            (&workspace["name"], &workspace["currency"], &workspace["language"]),
            (&json!("Gelati Prova"), &json!("CHF"), &json!("it"))
        );
        // What is written from now on is meant so: a national number, an amount without a currency.
        let company = admin.create("companies", json!({"name": "Käserei", "phone": "044 668 18 00"}));
        assert_eq!(company["phones"][0]["number"], "+41446681800");
        // The rest stays, and what says the same changes nothing.
        admin.patch(PATH, &json!({"name": "Gelati"})).expect(200);
        let last = admin.patch(PATH, &json!({"name": "Gelati", "country": "CH"})).expect(200);
        assert_eq!(last["changes"].as_array().unwrap().len(), 2);
        assert_eq!(last["changes"][0]["changes"], json!({"name": ["Gelati Prova", "Gelati"]}));
        assert_eq!(app.number("select count(*) from event where kind = 'workspace.updated'"), 2);
        assert_eq!(admin.patch(PATH, &json!({"country": null})).expect(200)["country"], "");
    });
}

#[test]
fn the_currency_stays_once_an_amount_is_kept_in_it() {
    both(|app| {
        let admin = app.admin();
        let stage = admin.create("pipelines", json!({"name": "Prova"}));
        let stage = admin.create("stages", json!({"name": "Talk", "pipeline": stage["id"]}));
        let deal =
            admin.create("deals", json!({"name": "Ovens", "stage": stage["id"], "amount": {"amount": "1250.50", "currency": "CHF"}}));
        let refused = admin.patch(PATH, &json!({"name": "Other", "currency": "CHF"})).expect(422);
        assert_eq!(told(&refused), [("currency".into(), "in_use".into())]);
        assert!(refused["fields"][0]["message"].as_str().unwrap().starts_with("Deals hold amounts in EUR already"), "{refused}");
        assert_eq!(admin.get(PATH).expect(200)["name"], "Legame", "nothing of a refused change is kept");
        assert_eq!(admin.with("accept-language", "it").get(PATH).expect(200)["currency_held_by"], "Trattative");
        // What lies in the bin can come back.
        admin.delete(&format!("/api/v1/deals/{}", id(&deal))).expect(200);
        admin.patch(PATH, &json!({"currency": "CHF"})).expect(422);
        admin.delete(&format!("/api/v1/deals/{}?purge=true", id(&deal))).expect(204);
        admin.patch(PATH, &json!({"currency": "CHF"})).expect(200);
        // Rates lead to the currency as well.
        let dollar = admin.create("currencies", json!({"code": "USD"}));
        admin.create("exchange_rates", json!({"currency": dollar["id"], "on": "2026-01-01", "rate": "0.9"}));
        assert_eq!(told(&admin.patch(PATH, &json!({"currency": "EUR"})).expect(422))[0].1, "in_use");
    });
}

#[test]
fn what_is_no_setting_of_a_workspace_is_told_with_its_place() {
    both(|app| {
        let admin = app.admin();
        let wrong = json!({"name": " ", "currency": "XXQ", "language": "fr", "time_zone": "Rome", "country": "ZZ", "nmae": "x"});
        let mut places: Vec<String> = told(&admin.patch(PATH, &wrong).expect(422)).into_iter().map(|(field, _)| field).collect();
        places.sort();
        assert_eq!(places, ["country", "currency", "language", "name", "nmae", "time_zone"]);
        assert_eq!(told(&admin.patch(PATH, &json!({"name": "x".repeat(201)})).expect(422)), [("name".into(), "too_long".into())]);
        for field in ["name", "currency", "language", "time_zone"] {
            assert_eq!(told(&admin.patch(PATH, &json!({field: null})).expect(422)), [(field.to_string(), "required".into())]);
        }
        assert_eq!(admin.get(PATH).expect(200)["changes"], json!([]));
    });
}

#[test]
fn only_an_administrator_sees_and_changes_the_workspace() {
    both(|app| {
        for role in ["manager", "representative", "read_only"] {
            let person = app.person(&format!("{role}@acme.example"), role);
            person.get(PATH).expect(403);
            person.patch(PATH, &json!({"name": "Mine"})).expect(403);
        }
        let token = app.token_of(app.hire("second@acme.example", &["administrator"]), &["read", "write"]);
        app.bearer(&token).patch(PATH, &json!({"name": "Mine"})).expect(403);
        assert_eq!(app.admin().get(PATH).expect(200)["name"], "Legame");
    });
}

#[test]
fn what_the_first_run_chose_can_be_chosen_otherwise() {
    both_with(&Setting { has_people: false, ..Setting::default() }, |app| {
        let first = json!({
            "workspace": "Gelati", "name": "Nora", "email": "nora@prova.example", "password": "una parola lunga",
            "currency": "EUR", "language": "it", "time_zone": "Europe/Rome", "template": "simple",
        });
        let nora = app.browser(&app.anonymous().post("/api/v1/setup", &first));
        let changed = nora.patch(PATH, &json!({"currency": "CHF"})).expect(200);
        assert_eq!((&changed["currency"], &changed["changes"][0]["by"]), (&json!("CHF"), &json!("Nora")));
    });
}
