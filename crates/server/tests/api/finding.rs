//! What people type into the palette, and the figures of a board.

use serde_json::{Value as Json, json};

use crate::app::{Client, both, id};

fn found(person: &Client<'_>, q: &str) -> Vec<Json> {
    let answer = person.post("/api/v1/search", &json!({"q": q})).expect(200);
    answer["items"].as_array().unwrap().iter().map(|hit| hit["id"].clone()).collect()
}

#[test]
fn a_person_is_found_by_the_beginnings_of_name_and_city_or_company() {
    both(|app| {
        let admin = app.admin();
        let milazzo = admin.create("companies", json!({"name": "Gelati Milazzo", "city": "Trento"}));
        let by_city = admin.create("companies", json!({"name": "Orsa Hotels", "city": "Milano"}));
        let at = |company: &Json, last: &str| json!({"first_name": "Carla", "last_name": last, "company": id(company)});
        let one = admin.create("contacts", at(&milazzo, "Rossi"));
        let other = admin.create("contacts", at(&by_city, "Rossi"));
        let private = admin.create("contacts", json!({"first_name": "Piero", "last_name": "Rossi", "city": "Milano"}));
        let named = admin.create("contacts", json!({"first_name": "Milena", "last_name": "Rossi"}));
        let stranger = admin.create("contacts", at(&by_city, "Bianchi"));
        for q in ["rossi mil", "Rossi MIL", "mil rossi"] {
            let hits = found(&admin, q);
            let is_there = |contact: &Json| hits.contains(&contact["id"]);
            assert!(is_there(&one) && is_there(&other) && is_there(&private) && !is_there(&stranger), "{q}: {hits:?}");
        }
        assert!(found(&admin, "rossi mil").contains(&named["id"]));
        let hits = found(&admin, "milano rossi");
        assert!(hits.contains(&other["id"]) && hits.contains(&private["id"]) && !hits.contains(&one["id"]), "{hits:?}");
        assert!(found(&admin, "rossi palermo").is_empty());
    });
}

#[test]
fn words_beside_a_record_stay_within_reach() {
    both(|app| {
        let admin = app.admin();
        let hidden = admin.create("companies", json!({"name": "Segreta", "city": "Milano"}));
        admin.create("deals", json!({"name": "Rossi cabinets", "company": id(&hidden)}));
        assert_eq!(found(&admin, "rossi mil").len(), 1);
        assert!(found(&app.person("rep@legame.test", "representative"), "rossi mil").is_empty(), "somebody else's deal");
    });
}

#[test]
fn a_part_of_a_telephone_number_finds_in_any_way_of_writing_it() {
    both(|app| {
        let admin = app.admin();
        let anna = admin.create("contacts", json!({"last_name": "Conti", "phone": "+39 041 788 1816"}));
        let jonas = admin.create("contacts", json!({"last_name": "Weber", "phone": "+49 89 1234 5678"}));
        for q in ["041 788", "041/788-18", "+39 (041) 788 1816", "0039 041788", "7881816", "788 18 16"] {
            assert_eq!(found(&admin, q), [anna["id"].clone()], "{q}");
        }
        assert_eq!(found(&admin, "089 1234"), [jonas["id"].clone()], "the zero that is dialled inside Germany");
        let listed = admin.list("contacts", &[("q", "041 788")]);
        assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "lists read numbers alike");
    });
}

#[test]
fn a_deal_is_found_by_its_number_and_a_company_by_its_domain() {
    both(|app| {
        let admin = app.admin();
        let deal = admin.create("deals", json!({"name": "Winter contract"}));
        let company = admin.create("companies", json!({"name": "Valsesia Logistics", "domain": "valsesia.example"}));
        for q in [deal["number"].to_string(), format!("#{}", deal["number"])] {
            assert_eq!(found(&admin, &q), [deal["id"].clone()], "{q}");
        }
        assert_eq!(found(&admin, "valsesia.example"), [company["id"].clone()]);
    });
}

#[test]
fn a_hit_tells_by_what_it_was_found_when_its_name_does_not() {
    both(|app| {
        let admin = app.admin();
        let company = admin.create("companies", json!({"name": "Valsesia Logistics", "domain": "brezza.example"}));
        let contact =
            json!({"last_name": "Conti", "phones": ["+39 041 788 1816"], "emails": ["m.rossini@posta.example"], "company": id(&company)});
        admin.create("contacts", contact);
        let deal = admin.create("deals", json!({"name": "Winter contract"}));
        let note = format!("{} freezer {}", "before ".repeat(40), "after ".repeat(40));
        admin.create("activities", json!({"kind": "note", "subject": "Visit", "body": note}));
        let matched = |q: &str| {
            let answer = admin.post("/api/v1/search", &json!({"q": q})).expect(200);
            let found = answer["items"][0]["matched"].clone();
            let number = |name: &str| found[name].as_u64().and_then(|n| usize::try_from(n).ok());
            let place = number("from").zip(number("to"));
            let text = found["text"].as_str().unwrap_or_default().to_string();
            let marked = place.map(|(from, to)| text.chars().skip(from).take(to - from).collect::<String>());
            (found["field"].as_str().unwrap_or_default().to_string(), text, marked.unwrap_or_default())
        };
        let is = |field: &str, text: &str, marked: &str| (field.to_string(), text.to_string(), marked.to_string());
        assert_eq!(matched("041 788"), is("phones", "+390417881816", "041788"));
        assert_eq!(matched("brezza.example"), is("domains", "brezza.example", "brezza"));
        assert_eq!(matched("rossini"), is("emails", "m.rossini@posta.example", "rossini"));
        let number = deal["number"].to_string();
        assert_eq!(matched(&number), is("number", &number, &number));
        let (field, text, marked) = matched("freez");
        assert_eq!((field.as_str(), marked.as_str()), ("body", "freez"));
        assert!(text.starts_with('…') && text.ends_with('…') && text.chars().count() < 100, "{text}");
        assert_eq!(matched("valsesia log"), is("", "", ""), "what the name tells needs no second word");
    });
}

#[test]
fn sums_of_a_group_are_told_by_each_currency_too() {
    both(|app| {
        let admin = app.admin();
        let yuan = admin.create("currencies", json!({"code": "CNY"}));
        admin.create("exchange_rates", json!({"currency": id(&yuan), "rate": "0.125", "on": "2020-01-01"}));
        for (amount, currency) in [("1000", "EUR"), ("250.50", "EUR"), ("8000", "CNY")] {
            admin.create("deals", json!({"name": "Cabinets", "amount": {"amount": amount, "currency": currency}}));
        }
        let answer = app.admin().report(json!({
            "object": "deal", "q": "cabinets", "group_by": [{"field": "amount.currency"}],
            "measures": [{"fn": "count"}, {"fn": "sum", "field": "amount"}, {"fn": "sum_own", "field": "amount"}],
        }));
        let eur = |amount: &str| json!({"amount": amount, "currency": "EUR"});
        assert_eq!(
            answer["rows"],
            json!([
                {"amount.currency": "CNY", "count": 1, "sum_amount": eur("1000.00"), "sum_own_amount": {"amount": "8000.00", "currency": "CNY"}},
                {"amount.currency": "EUR", "count": 2, "sum_amount": eur("1250.50"), "sum_own_amount": eur("1250.50")},
            ])
        );
        let mixed = json!({"object": "deal", "measures": [{"fn": "sum_own", "field": "amount"}]});
        let problem = admin.post("/api/v1/query", &mixed).expect(422);
        assert_eq!(problem["fields"][0]["field"], "measures[0]", "amounts of different currencies are never added up");
    });
}
