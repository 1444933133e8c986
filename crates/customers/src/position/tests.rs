use crate::testing::both;
use serde_json::json;

#[test]
fn making_another_position_primary_moves_the_contact_and_ends_nothing() {
    both(|desk| {
        let admin = desk.admin();
        let kestrel = desk.create(&admin, "company", json!({"name": "Kestrel"}));
        let juniper = desk.create(&admin, "company", json!({"name": "Juniper"}));
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh", "company": kestrel, "job_title": "Director"}));
        let second = desk.create(&admin, "position", json!({"contact": helen, "company": juniper, "job_title": "Adviser"}));
        assert_eq!(desk.get(&admin, "contact", helen)["company"], json!(kestrel), "a second position is a side job");

        desk.update(&admin, "position", second, json!({"primary": true}));
        let shown = desk.get(&admin, "contact", helen);
        assert_eq!((&shown["company"], &shown["job_title"]), (&json!(juniper), &json!("Adviser")));
        let held = desk.list(&admin, "position", &format!("contact == \"{helen}\" && !has(ended_on)"), "created_at");
        let primaries: Vec<_> = held.iter().filter(|p| p["primary"] == json!(true)).collect();
        assert_eq!((held.len(), primaries.len()), (2, 1));
    });
}

#[test]
fn when_the_primary_position_ends_the_other_follows() {
    both(|desk| {
        let admin = desk.admin();
        let kestrel = desk.create(&admin, "company", json!({"name": "Kestrel"}));
        let juniper = desk.create(&admin, "company", json!({"name": "Juniper"}));
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh"}));
        let first = desk.create(&admin, "position", json!({"contact": helen, "company": kestrel}));
        let second = desk.create(&admin, "position", json!({"contact": helen, "company": juniper, "job_title": "Adviser"}));
        assert_eq!(desk.get(&admin, "contact", helen)["company"], json!(kestrel), "the first position is the primary one");

        desk.update(&admin, "position", first, json!({"ended_on": "2026-01-31"}));
        assert_eq!(desk.get(&admin, "contact", helen)["company"], json!(juniper));
        assert_eq!(desk.get(&admin, "position", first)["primary"], json!(false));
        desk.delete(&admin, "position", second);
        assert_eq!(desk.get(&admin, "contact", helen)["company"], json!(null));
    });
}

#[test]
fn a_position_does_not_end_before_it_began() {
    both(|desk| {
        let admin = desk.admin();
        let kestrel = desk.create(&admin, "company", json!({"name": "Kestrel"}));
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh"}));
        let input = json!({"contact": helen, "company": kestrel, "started_on": "2026-02-01", "ended_on": "2026-01-31"});
        assert_eq!(desk.refused(&admin, "position", input), ["ended_on: order"]);
    });
}
