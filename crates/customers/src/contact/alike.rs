//! Stories of `kernel::alike` with people and companies.

use crate::testing::both;
use kernel::testing::Desk;
use kernel::{Ctx, alike};
use serde_json::{Value, json};

fn ask(desk: &Desk, ctx: &Ctx, object: &'static str, typed: Value) -> Value {
    let ctx = ctx.clone();
    let model = ctx.model.clone();
    desk.write(move |tx| alike::run(&ctx, tx, model.object(object).unwrap(), typed.as_object().unwrap())).unwrap()
}

fn found(answer: &Value) -> Vec<(String, String)> {
    let text = |item: &Value, key: &str| item[key].as_str().unwrap().to_string();
    answer["items"].as_array().unwrap().iter().map(|item| (text(item, "title"), text(item, "by"))).collect()
}

fn is(title: &str, by: &str) -> Vec<(String, String)> {
    vec![(title.to_string(), by.to_string())]
}

#[test]
fn the_same_mail_phone_or_a_very_similar_name_is_proposed() {
    both(|desk| {
        let admin = desk.admin();
        desk.create(
            &admin,
            "contact",
            json!({"first_name": "Mario", "last_name": "Rossini", "emails": ["m.rossini@gelati.example"], "phones": ["+39 02 1234567"]}),
        );
        desk.create(&admin, "contact", json!({"first_name": "Anna", "last_name": "Bianchi"}));
        let asked = |typed: Value| found(&ask(desk, &admin, "contact", typed));
        assert_eq!(asked(json!({"email": "M.Rossini@gelati.example"})), is("Mario Rossini", "emails"));
        assert_eq!(asked(json!({"phone": "02 123 45 67"})), is("Mario Rossini", "phones"));
        assert_eq!(asked(json!({"first_name": "Mario", "last_name": "Rosini"})), is("Mario Rossini", "name"));
        assert_eq!(asked(json!({"first_name": "Rossini", "last_name": "Mario"})), is("Mario Rossini", "name"));
        assert_eq!(asked(json!({"first_name": "Mario", "last_name": "Verdi", "email": "half@"})), []);
        assert_eq!(asked(json!({})), []);
    });
}

#[test]
fn a_company_is_proposed_by_the_domain_of_the_mail_and_known_by_its_name_without_legal_form() {
    both(|desk| {
        let admin = desk.admin();
        desk.create(&admin, "company", json!({"name": "Gelateria Valsesia S.r.l.", "website": "https://www.valsesia.example"}));
        let answer = ask(desk, &admin, "contact", json!({"last_name": "Neri", "email": "neri@valsesia.example"}));
        assert_eq!(answer["links"]["company"][0]["title"], json!("Gelateria Valsesia S.r.l."));
        assert_eq!(answer["links"]["company"][0]["by"], json!("domains"));
        assert_eq!(ask(desk, &admin, "contact", json!({"email": "neri@gmail.com"}))["links"], json!({}));
        let asked = |typed: Value| found(&ask(desk, &admin, "company", typed));
        assert_eq!(asked(json!({"website": "valsesia.example/chi-siamo"})), is("Gelateria Valsesia S.r.l.", "domains"));
        assert_eq!(asked(json!({"name": "gelateria valsessia"})), is("Gelateria Valsesia S.r.l.", "name"));
        assert_eq!(asked(json!({"name": "Gelateria"})), [], "one word in common is no likeness");
    });
}
