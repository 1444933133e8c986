use crate::testing::{Way, both};
use kernel::testing::{Desk, Made};
use serde_json::{Value, json};

fn made(answer: &Value, what: &str) -> Made {
    Made(answer[what].as_str().unwrap_or_else(|| panic!("no {what} in {answer}")).parse().unwrap())
}

fn count(desk: &Desk, object: &str) -> usize {
    desk.list(&desk.admin(), object, "", "").len()
}

fn enquiry(desk: &Desk) -> Made {
    let vip = desk.create(&desk.admin(), "tag", json!({"name": "VIP"}));
    desk.create(
        &desk.admin(),
        "lead",
        json!({
            "first_name": "Elena", "last_name": "Conti", "company_name": "Valsesia Logistics", "email": "elena@valsesia.example", "phone": "+390212345678",
            "job_title": "Buyer", "city": "Vercelli", "sector": "logistics", "source": "trade_fair", "source_detail": "Rimini", "need": "14 cabinets",
            "estimated_amount": "61400", "tags": [vip],
        }),
    )
}

#[test]
fn a_lead_needs_somebody() {
    both(|desk| {
        let admin = desk.admin();
        for input in [json!({"company_name": "Valsesia"}), json!({"email": "a@b.example"}), json!({"last_name": "Conti"})] {
            desk.create(&admin, "lead", input);
        }
        assert_eq!(desk.refused(&admin, "lead", json!({"need": "cabinets"})).len(), 4);
    });
}

#[test]
fn converting_makes_contact_company_and_deal_and_brings_everything_along() {
    both(|desk| {
        let admin = desk.admin();
        let way = Way::open(desk);
        let lead = enquiry(desk);
        let call =
            desk.create(&admin, "activity", json!({"kind": "call", "outcome": "connected", "about": [{"object": "lead", "id": lead}]}));
        let answer =
            desk.act(&admin, "lead", lead, "convert", json!({"deal": {"expected_close": "2030-06-30", "stage": way.stage("Discovery")}}));
        let (company, contact, deal) = (made(&answer, "company"), made(&answer, "contact"), made(&answer, "deal"));

        let shown = desk.get(&admin, "company", company);
        assert_eq!(
            (&shown["name"], &shown["sector"], &shown["city"], &shown["source"]),
            (&json!("Valsesia Logistics"), &json!("logistics"), &json!("Vercelli"), &json!("trade_fair"))
        );
        let shown = desk.get(&admin, "contact", contact);
        assert_eq!(
            (&shown["name"], &shown["email"], &shown["company"], &shown["job_title"]),
            (&json!("Elena Conti"), &json!("elena@valsesia.example"), &json!(company), &json!("Buyer"))
        );
        let shown = desk.get(&admin, "deal", deal);
        assert_eq!(
            (&shown["contact"], &shown["company"], &shown["stage"], &shown["source"]),
            (&json!(contact), &json!(company), &json!(way.stage("Discovery")), &json!("trade_fair"))
        );
        assert_eq!(
            (&shown["amount"]["amount"], &shown["need"], &shown["tags"].as_array().unwrap().len()),
            (&json!("61400.00"), &json!("14 cabinets"), &1)
        );
        let shown = desk.get(&admin, "lead", lead);
        assert_eq!(
            (&shown["status"], &shown["deal"], &shown["converted_by"]),
            (&json!("converted"), &json!(deal), &json!(admin.user_id().map(Made)))
        );

        let told = desk.timeline(&admin, "deal", deal);
        assert!(
            told.iter().any(|i| i["record"] == json!(call) && i["kind"] == "record.created"),
            "the call stands on the deal's page as well"
        );
        desk.settle();
        assert_eq!(desk.get(&admin, "contact", contact)["touches"], 1);
        assert_eq!(desk.refused_change(&admin, "lead", lead, json!({"status": "working"})), ["status: by_action"]);
        assert!(desk.try_act(&admin, "lead", lead, "convert", json!({}), false).is_err(), "once is enough");
    });
}

#[test]
fn undoing_a_conversion_restores_all() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let lead = enquiry(desk);
        let call =
            desk.create(&admin, "activity", json!({"kind": "call", "outcome": "connected", "about": [{"object": "lead", "id": lead}]}));
        let (before, about) = (desk.get(&admin, "lead", lead), desk.get(&admin, "activity", call)["about"].clone());
        let conversion = desk.again(&admin);
        desk.act(&conversion, "lead", lead, "convert", json!({}));
        desk.undo(&admin, &conversion);
        let after = desk.get(&admin, "lead", lead);
        for field in ["status", "contact", "company", "deal", "converted_at", "converted_by"] {
            assert_eq!(after[field], before[field], "{field}");
        }
        assert_eq!(desk.get(&admin, "activity", call)["about"], about);
        for object in ["contact", "company", "deal", "position", "deal_contact"] {
            assert_eq!(count(desk, object), 0, "{object}");
        }
        desk.act(&admin, "lead", lead, "convert", json!({}));
        assert_eq!(count(desk, "deal"), 1, "and it can be converted anew");
    });
}

#[test]
fn a_dry_run_proposes_who_it_may_be_and_changes_nothing() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let lead = enquiry(desk);
        let by_domain = desk.create(&admin, "company", json!({"name": "Valsesia Group", "domain": "valsesia.example"}));
        let by_name = desk.create(&admin, "company", json!({"name": "VALSESIA LOGISTICS"}));
        let by_mail = desk.create(&admin, "contact", json!({"last_name": "C.", "email": "Elena@VALSESIA.example"}));
        let by_phone = desk.create(&admin, "contact", json!({"last_name": "Switchboard", "phone": "02 1234 5678"}));
        let answer = desk.try_act(&admin, "lead", lead, "convert", json!({}), true).unwrap();
        let shown = |kind: &str| {
            let one = |m: &Value| (m["id"].clone(), m["by"].clone(), m["certain"].clone());
            answer["matches"][kind].as_array().unwrap().iter().map(one).collect::<Vec<_>>()
        };
        let is = |id: Made, by: &str, certain: bool| (json!(id), json!(by), json!(certain));
        assert_eq!(shown("companies"), [is(by_domain, "domains", true), is(by_name, "name", true)]);
        assert_eq!(shown("contacts"), [is(by_mail, "emails", true), is(by_phone, "phones", false)]);
        assert_eq!((count(desk, "deal"), count(desk, "company")), (0, 2));
        assert_eq!(desk.get(&admin, "lead", lead)["status"], "new");

        let answer = desk.act(&admin, "lead", lead, "convert", json!({"company": by_domain, "contact": by_mail, "without_deal": true}));
        assert_eq!((made(&answer, "company"), made(&answer, "contact"), &answer["deal"]), (by_domain, by_mail, &json!(null)));
        let shown = desk.get(&admin, "contact", by_mail);
        assert_eq!(
            (&shown["company"], &shown["job_title"], &shown["phone"]),
            (&json!(by_domain), &json!("Buyer"), &json!("+390212345678")),
            "what it lacked"
        );
        assert_eq!(count(desk, "company"), 2);
    });
}

#[test]
fn a_conversion_leaves_out_what_one_says() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let lead = enquiry(desk);
        let answer = desk.act(&admin, "lead", lead, "convert", json!({"create_company": false, "deal": null}));
        assert_eq!((&answer["company"], &answer["deal"]), (&json!(null), &json!(null)));
        let other = desk.create(&admin, "lead", json!({"company_name": "Nobody Ltd"}));
        let nothing = json!({"create_company": false, "create_contact": false, "without_deal": true});
        assert_eq!(desk.refused_act(&admin, "lead", other, "convert", nothing), ["contact: required"]);
        assert_eq!(desk.refused_act(&admin, "lead", other, "convert", json!({"company": lead})), ["company: not_found"]);
        let amount = desk.act(&admin, "lead", other, "convert", json!({"deal_name": "First order", "deal_amount": "500"}));
        let deal = desk.get(&admin, "deal", made(&amount, "deal"));
        assert_eq!((&deal["name"], &deal["amount"]["amount"]), (&json!("First order"), &json!("500.00")));
    });
}

#[test]
fn products_of_interest_become_lines() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let cabinet = desk.create(&admin, "product", json!({"name": "Cabinet", "price": "4000"}));
        let lead = desk.create(&admin, "lead", json!({"last_name": "Conti", "products": [cabinet]}));
        let answer = desk.act(&admin, "lead", lead, "convert", json!({}));
        let deal = desk.get(&admin, "deal", made(&answer, "deal"));
        assert_eq!((&deal["amount"]["amount"], &deal["name"]), (&json!("4000.00"), &json!("Conti: Cabinet")));
    });
}

#[test]
fn converted_comes_by_conversion_alone_and_disqualified_has_a_reason() {
    both(|desk| {
        let admin = desk.admin();
        let lead = enquiry(desk);
        assert_eq!(desk.refused_change(&admin, "lead", lead, json!({"status": "converted"})), ["status: by_action"]);
        assert_eq!(desk.refused_change(&admin, "lead", lead, json!({"status": "disqualified"})), ["disqualify_reason: required"]);
        desk.act(
            &admin,
            "lead",
            lead,
            "disqualify",
            json!({"disqualify_reason": "wrong_timing", "recall_on": "2030-01-15", "note": "Budget next year"}),
        );
        let shown = desk.get(&admin, "lead", lead);
        assert_eq!(
            (&shown["status"], &shown["disqualify_reason"], &shown["recall_on"]),
            (&json!("disqualified"), &json!("wrong_timing"), &json!("2030-01-15"))
        );
        assert_eq!(desk.column(&admin, "activity", "", "", "body"), [json!("Budget next year")]);
        desk.act(&admin, "lead", lead, "requalify", json!({}));
        let shown = desk.get(&admin, "lead", lead);
        assert_eq!((&shown["status"], &shown["disqualify_reason"], &shown["recall_on"]), (&json!("working"), &json!(null), &json!(null)));
        let import = desk.import(&admin);
        desk.create(&import, "lead", json!({"last_name": "Old", "status": "converted", "converted_at": "2020-01-01T00:00:00Z"}));
    });
}

#[test]
fn the_first_touch_from_our_side_is_the_answer() {
    both(|desk| {
        let came = desk.admin_at("2026-07-20T08:00:00Z");
        let lead = desk.create(&came, "lead", json!({"last_name": "Conti"}));
        let call = |outcome: &str, at: &str, direction: &str| {
            let input = json!({"kind": "call", "outcome": outcome, "done_at": at, "direction": direction, "about": [{"object": "lead", "id": lead}]});
            desk.create(&desk.admin_at("2026-07-21T08:00:00Z"), "activity", input)
        };
        call("no_answer", "2026-07-20T08:10:00Z", "outgoing");
        call("connected", "2026-07-20T08:20:00Z", "incoming");
        let answer = call("connected", "2026-07-20T08:45:30Z", "outgoing");
        call("connected", "2026-07-20T09:45:00Z", "outgoing");
        desk.settle();
        let shown = desk.get(&came, "lead", lead);
        assert_eq!((&shown["first_response_at"], &shown["first_response_minutes"]), (&json!("2026-07-20T08:45:30Z"), &json!(45)));
        assert_eq!(shown["assigned_at"], "2026-07-20T08:00:00Z");
        desk.delete(&desk.admin(), "activity", answer);
        desk.settle();
        assert_eq!(desk.get(&came, "lead", lead)["first_response_minutes"], 105);
    });
}

#[test]
fn steps_of_qualification_are_stamped_once() {
    both(|desk| {
        let lead = desk.create(&desk.admin_at("2026-07-20T08:00:00Z"), "lead", json!({"last_name": "Conti"}));
        desk.update(&desk.admin_at("2026-07-21T08:00:00Z"), "lead", lead, json!({"qualification": "mql"}));
        desk.update(&desk.admin_at("2026-07-22T08:00:00Z"), "lead", lead, json!({"qualification": "sql"}));
        desk.update(&desk.admin_at("2026-07-23T08:00:00Z"), "lead", lead, json!({"qualification": "mql"}));
        let shown = desk.get(&desk.admin(), "lead", lead);
        assert_eq!(
            (&shown["mql_at"], &shown["sal_at"], &shown["sql_at"]),
            (&json!("2026-07-21T08:00:00Z"), &json!(null), &json!("2026-07-22T08:00:00Z"))
        );
    });
}

#[test]
fn a_representative_converts_what_is_hers_and_takes_what_is_nobodys() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let (marco, sofia) = (desk.person("Marco Bianchi", "representative"), desk.person("Sofia Greco", "representative"));
        let of_marco = desk.create(&marco, "lead", json!({"last_name": "Conti"}));
        assert!(desk.try_act(&sofia, "lead", of_marco, "convert", json!({}), false).is_err());
        let answer = desk.act(&marco, "lead", of_marco, "convert", json!({}));
        assert_eq!(desk.get(&admin, "deal", made(&answer, "deal"))["owner"], json!(marco.user_id().map(Made)));
        let free = desk.create(&admin, "lead", json!({"last_name": "Free", "owner": null}));
        let answer = desk.act(&sofia, "lead", free, "convert", json!({}));
        assert_eq!(desk.get(&admin, "deal", made(&answer, "deal"))["owner"], json!(sofia.user_id().map(Made)), "it is hers now");
    });
}

#[test]
fn a_new_lead_is_compared_only_with_leads_within_reach() {
    both(|desk| {
        let admin = desk.admin();
        let (north, south) = (desk.create(&admin, "team", json!({"name": "North"})), desk.create(&admin, "team", json!({"name": "South"})));
        let (rita, ugo) =
            (desk.person_in("Rita Fermi", "representative", Some(north)), desk.person_in("Ugo Sala", "representative", Some(south)));
        let typed = json!({"last_name": "Verdi", "email": "verdi@acme.example"});
        desk.create(&rita, "lead", typed.clone());
        let asked = |ctx: &kernel::Ctx, typed: Value| {
            let (ctx, model) = (ctx.clone(), ctx.model.clone());
            desk.write(move |tx| kernel::alike::run(&ctx, tx, model.object("lead").unwrap(), typed.as_object().unwrap()))
        };
        assert_eq!(asked(&rita, typed.clone()).unwrap()["items"][0]["by"], json!("emails"));
        assert_eq!(asked(&ugo, typed).unwrap()["items"], json!([]));
        assert!(format!("{:?}", asked(&ugo, json!({"emial": "x"})).unwrap_err()).contains("emial"), "unknown fields are refused");
    });
}
