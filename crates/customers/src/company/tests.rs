use crate::testing::both;
use serde_json::json;

#[test]
fn a_group_knows_its_top_and_follows_when_it_is_bought() {
    both(|desk| {
        let admin = desk.admin();
        let holding = desk.create(&admin, "company", json!({"name": "Alpenglow Holding"}));
        let milano = desk.create(&admin, "company", json!({"name": "Alpenglow Milano", "parent": holding}));
        let navigli = desk.create(&admin, "company", json!({"name": "Alpenglow Navigli", "parent": milano}));
        assert_eq!(desk.get(&admin, "company", holding)["root"], json!(holding), "alone it is its own group");
        assert_eq!(desk.get(&admin, "company", navigli)["root"], json!(holding));

        let buyer = desk.create(&admin, "company", json!({"name": "Buyer"}));
        desk.update(&admin, "company", holding, json!({"parent": buyer}));
        assert_eq!(desk.get(&admin, "company", holding)["root"], json!(buyer));
        assert_eq!(desk.get(&admin, "company", navigli)["root"], json!(buyer));

        desk.update(&admin, "company", milano, json!({"parent": null}));
        assert_eq!(desk.get(&admin, "company", milano)["root"], json!(milano));
        assert_eq!(desk.get(&admin, "company", navigli)["root"], json!(milano));
        assert_eq!(desk.get(&admin, "company", holding)["root"], json!(buyer));
    });
}

#[test]
fn a_group_is_not_its_own_subsidiary() {
    both(|desk| {
        let admin = desk.admin();
        let top = desk.create(&admin, "company", json!({"name": "Top"}));
        let middle = desk.create(&admin, "company", json!({"name": "Middle", "parent": top}));
        let low = desk.create(&admin, "company", json!({"name": "Low", "parent": middle}));
        assert_eq!(desk.refused_change(&admin, "company", top, json!({"parent": low})), ["parent: circle"]);
        assert_eq!(desk.refused_change(&admin, "company", top, json!({"parent": top})), ["parent: circle"]);
    });
}

#[test]
fn undoing_a_purchase_gives_the_subsidiaries_back_their_group() {
    both(|desk| {
        let admin = desk.admin();
        let top = desk.create(&admin, "company", json!({"name": "Top"}));
        let low = desk.create(&admin, "company", json!({"name": "Low", "parent": top}));
        let buyer = desk.create(&admin, "company", json!({"name": "Buyer"}));
        let purchase = desk.again(&admin);
        desk.update(&purchase, "company", top, json!({"parent": buyer}));
        desk.undo(&admin, &purchase);
        assert_eq!(desk.get(&admin, "company", low)["root"], json!(top));
    });
}

#[test]
fn domains_come_from_the_website_and_own_mail_but_not_from_free_mail() {
    both(|desk| {
        let admin = desk.admin();
        let rossi = desk.create(
            &admin,
            "company",
            json!({"name": "Rossi", "website": "https://www.rossi.example/home", "emails": ["info@mail.rossi.example", "rossi@gmail.com"]}),
        );
        let shown = desk.get(&admin, "company", rossi);
        assert_eq!(shown["domains"], json!(["rossi.example", "mail.rossi.example"]));
        assert_eq!(shown["domain"], "rossi.example");

        let given = desk.create(
            &admin,
            "company",
            json!({"name": "Bianchi", "domain": "https://WWW.Bianchi.example/", "website": "https://other.example"}),
        );
        assert_eq!(desk.get(&admin, "company", given)["domains"], json!(["bianchi.example"]));
    });
}

#[test]
fn a_customer_is_one_from_the_day_it_was_said() {
    both(|desk| {
        let admin = desk.admin_at("2026-03-31T22:30:00Z");
        let company = desk.create(&admin, "company", json!({"name": "Rossi", "relationships": ["prospect"], "employees": 49}));
        assert_eq!(desk.get(&admin, "company", company)["customer_since"], json!(null));
        desk.update(&admin, "company", company, json!({"relationships": ["customer", "supplier"]}));
        let shown = desk.get(&admin, "company", company);
        assert_eq!(shown["customer_since"], "2026-04-01", "in the workspace's zone it is past midnight");
        assert_eq!(shown["size_band"], "small");

        let later = desk.admin_at("2026-06-30T10:00:00Z");
        desk.update(&later, "company", company, json!({"relationships": ["former_customer"]}));
        let shown = desk.get(&later, "company", company);
        assert_eq!((&shown["customer_since"], &shown["churned_on"]), (&json!("2026-04-01"), &json!("2026-06-30")));
        desk.update(&later, "company", company, json!({"relationships": ["customer"]}));
        assert_eq!(desk.get(&later, "company", company)["churned_on"], json!(null));
    });
}

#[test]
fn a_vat_number_is_kept_in_one_spelling_and_a_mistyped_one_is_told() {
    both(|desk| {
        let admin = desk.admin();
        let rossi = desk.create(&admin, "company", json!({"name": "Rossi", "country": "IT", "vat_number": "it 0074 3110 157"}));
        assert_eq!(desk.get(&admin, "company", rossi)["vat_number"], "IT00743110157");
        let mistyped = json!({"vat_number": "IT00743110158"});
        assert_eq!(desk.refused_change(&admin, "company", rossi, mistyped.clone()), ["vat_number: checksum"]);
        desk.update(&desk.import(&admin), "company", rossi, mistyped);
    });
}

#[test]
fn a_timeline_includes_the_subsidiaries_when_asked_each_thing_once() {
    both(|desk| {
        let admin = desk.admin();
        let company =
            |name: &str, parent: Option<kernel::testing::Made>| desk.create(&admin, "company", json!({"name": name, "parent": parent}));
        let top = company("Gruppo Dolce", None);
        let daughter = company("Dolce Nord", Some(top));
        let grandchild = company("Dolce Torino", Some(daughter));
        let stranger = company("Altri", None);
        let call = |subject: &str, about: &[kernel::testing::Made]| {
            let about: Vec<_> = about.iter().map(|c| json!({"object": "company", "id": c})).collect();
            desk.create(&admin, "activity", json!({"kind": "call", "subject": subject, "outcome": "connected", "about": about}))
        };
        call("both", &[daughter, grandchild]);
        call("below", &[grandchild]);
        call("elsewhere", &[stranger]);
        let calls = |include: Option<&str>| -> base::Result<Vec<String>> {
            let (ctx, include) = (admin.clone(), include.map(str::to_string));
            let request = kernel::event::TimelineRequest { kind: Some("call".into()), include, limit: Some(1), ..Default::default() };
            let mut told: Vec<String> = Vec::new();
            let mut cursor = None;
            loop {
                let (ctx, request) = (ctx.clone(), kernel::event::TimelineRequest { cursor: cursor.clone(), ..request.clone() });
                let page = desk.write(move |tx| kernel::event::timeline(&ctx, tx, "company", top.0, &request))?;
                told.extend(page["items"].as_array().unwrap().iter().map(|i| i["title"].as_str().unwrap().to_string()));
                cursor = page["next_cursor"].as_str().map(str::to_string);
                if cursor.is_none() {
                    return Ok(told);
                }
            }
        };
        assert_eq!(calls(None).unwrap(), Vec::<String>::new());
        assert_eq!(calls(Some("subsidiaries")).unwrap(), ["below", "both"]);
        assert!(format!("{:?}", calls(Some("contacts")).unwrap_err()).contains("include"));
    });
}
