use crate::testing::both;
use kernel::Ctx;
use kernel::testing::{Desk, Made};
use serde_json::{Value, json};

fn positions(desk: &Desk, ctx: &Ctx, contact: Made) -> Vec<Value> {
    desk.list(ctx, "position", &format!("contact == \"{contact}\""), "ended_on")
}

#[test]
fn any_one_of_name_mail_and_phone_makes_a_contact() {
    both(|desk| {
        let admin = desk.admin();
        for input in [
            json!({"first_name": "Elena"}),
            json!({"native_name": "王晓明"}),
            json!({"email": "elena@conti.example"}),
            json!({"phone": "+39 02 1234567"}),
        ] {
            desk.create(&admin, "contact", input);
        }
        let refused = desk.refused(&admin, "contact", json!({"job_title": "Buyer", "last_name": "  "}));
        assert_eq!(refused, ["name: required", "email: required", "phone: required"]);
        let elena = desk.create(&admin, "contact", json!({"last_name": "Conti", "email": "elena@conti.example"}));
        desk.update(&admin, "contact", elena, json!({"last_name": null}));
        assert_eq!(desk.refused_change(&admin, "contact", elena, json!({"emails": []})).len(), 3);
    });
}

#[test]
fn a_contact_of_a_company_has_a_primary_position_there() {
    both(|desk| {
        let admin = desk.admin();
        let company = desk.create(&admin, "company", json!({"name": "Kestrel", "language": "en", "country": "GB"}));
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh", "company": company, "job_title": "Director"}));
        let held = positions(desk, &admin, helen);
        assert_eq!(held.len(), 1);
        assert_eq!((&held[0]["primary"], &held[0]["job_title"], &held[0]["started_on"]), (&json!(true), &json!("Director"), &json!(null)));
        let shown = desk.get(&admin, "contact", helen);
        assert_eq!((&shown["language"], &shown["country"]), (&json!("en"), &json!("GB")), "the company's, until told otherwise");

        desk.update(&admin, "contact", helen, json!({"job_title": "Managing director"}));
        let held = positions(desk, &admin, helen);
        assert_eq!((held.len(), &held[0]["job_title"]), (1, &json!("Managing director")));
    });
}

#[test]
fn changing_employer_ends_the_old_position_and_begins_another() {
    both(|desk| {
        let admin = desk.admin_at("2026-05-04T09:00:00Z");
        let kestrel = desk.create(&admin, "company", json!({"name": "Kestrel"}));
        let juniper = desk.create(&admin, "company", json!({"name": "Juniper"}));
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh", "company": kestrel, "job_title": "Director"}));
        desk.update(&admin, "contact", helen, json!({"company": juniper, "job_title": "Consultant"}));

        let held = positions(desk, &admin, helen);
        assert_eq!(held.len(), 2);
        assert_eq!(
            (&held[0]["company"], &held[0]["primary"], &held[0]["ended_on"]),
            (&json!(kestrel), &json!(false), &json!("2026-05-04"))
        );
        assert_eq!(held[0]["job_title"], "Director", "the old title stays with the old position");
        assert_eq!(
            (&held[1]["company"], &held[1]["primary"], &held[1]["started_on"]),
            (&json!(juniper), &json!(true), &json!("2026-05-04"))
        );
    });
}

#[test]
fn undoing_a_change_of_employer_restores_both_positions() {
    both(|desk| {
        let admin = desk.admin();
        let kestrel = desk.create(&admin, "company", json!({"name": "Kestrel"}));
        let juniper = desk.create(&admin, "company", json!({"name": "Juniper"}));
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh", "company": kestrel, "job_title": "Director"}));
        let change = desk.again(&admin);
        desk.update(&change, "contact", helen, json!({"company": juniper}));
        desk.undo(&admin, &change);
        let held = positions(desk, &admin, helen);
        assert_eq!(held.len(), 1);
        assert_eq!((&held[0]["company"], &held[0]["primary"], &held[0]["ended_on"]), (&json!(kestrel), &json!(true), &json!(null)));
        assert_eq!(desk.get(&admin, "contact", helen)["company"], json!(kestrel));
    });
}

#[test]
fn leaving_a_company_for_none_ends_the_position() {
    both(|desk| {
        let admin = desk.admin();
        let kestrel = desk.create(&admin, "company", json!({"name": "Kestrel"}));
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh", "company": kestrel}));
        desk.update(&admin, "contact", helen, json!({"company": null}));
        assert!(positions(desk, &admin, helen).iter().all(|p| p["ended_on"] != json!(null)));
        assert_eq!(desk.get(&admin, "contact", helen)["company"], json!(null));
    });
}
