use crate::testing::{Way, both};
use kernel::testing::{Desk, Made};
use serde_json::{Value, json};

fn primaries(desk: &Desk, deal: Made) -> Vec<Value> {
    desk.column(&desk.admin(), "deal_contact", &format!("deal == \"{deal}\" && primary"), "", "contact")
}

#[test]
fn the_primary_contact_is_told_on_both_sides() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let person = |name: &str| desk.create(&admin, "contact", json!({"last_name": name}));
        let (helen, tom, anna) = (person("Marsh"), person("Reed"), person("Kowalska"));
        let deal = desk.create(&admin, "deal", json!({"contact": helen}));
        assert_eq!(primaries(desk, deal), [json!(helen)]);

        let champion = desk.create(&admin, "deal_contact", json!({"deal": deal, "contact": tom, "buying_role": "champion"}));
        assert_eq!(desk.get(&admin, "deal", deal)["contact"], json!(helen), "a further person changes nothing");
        desk.update(&admin, "deal_contact", champion, json!({"primary": true}));
        assert_eq!((primaries(desk, deal), &desk.get(&admin, "deal", deal)["contact"]), (vec![json!(tom)], &json!(tom)));

        desk.update(&admin, "deal", deal, json!({"contact": anna}));
        assert_eq!(primaries(desk, deal), [json!(anna)]);
        desk.update(&admin, "deal", deal, json!({"contact": null}));
        assert_eq!(primaries(desk, deal).len(), 0);
        assert_eq!(desk.list(&admin, "deal_contact", "", "").len(), 3, "nobody leaves the deal by it");
    });
}

#[test]
fn the_first_person_of_a_deal_is_the_primary_contact() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh"}));
        let deal = desk.create(&admin, "deal", json!({}));
        let row = desk.create(&admin, "deal_contact", json!({"deal": deal, "contact": helen}));
        assert_eq!(desk.get(&admin, "deal", deal)["contact"], json!(helen));
        assert_eq!(desk.refused(&admin, "deal_contact", json!({"deal": deal, "contact": helen})), ["deal: not_unique"]);
        let leaves = desk.again(&admin);
        desk.delete(&leaves, "deal_contact", row);
        assert_eq!(desk.get(&admin, "deal", deal)["contact"], json!(null));
        desk.undo(&admin, &leaves);
        assert_eq!((primaries(desk, deal), &desk.get(&admin, "deal", deal)["contact"]), (vec![json!(helen)], &json!(helen)));
    });
}

#[test]
fn undoing_a_change_of_contact_restores_the_rows() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let (helen, tom) =
            (desk.create(&admin, "contact", json!({"last_name": "Marsh"})), desk.create(&admin, "contact", json!({"last_name": "Reed"})));
        let deal = desk.create(&admin, "deal", json!({"contact": helen}));
        let change = desk.again(&admin);
        desk.update(&change, "deal", deal, json!({"contact": tom}));
        desk.undo(&admin, &change);
        assert_eq!((primaries(desk, deal), &desk.get(&admin, "deal", deal)["contact"]), (vec![json!(helen)], &json!(helen)));
        assert_eq!(desk.list(&admin, "deal_contact", "", "").len(), 1);
    });
}

#[test]
fn a_deal_from_proposal_on_says_that_nobody_is_known_to_decide() {
    both(|desk| {
        let admin = desk.admin();
        let way = Way::open(desk);
        let undecided = || {
            let model = desk.engine.model();
            let view = model.object("deal").unwrap().views.iter().find(|v| v.name == "no_decision_maker").unwrap().filter.clone().unwrap();
            desk.list(&admin, "deal", &view, "").len()
        };
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh"}));
        let deal = desk.create(
            &admin,
            "deal",
            json!({"contact": helen, "amount": {"amount": "10", "currency": "EUR"}, "expected_close": "2030-01-01"}),
        );
        assert_eq!(undecided(), 0, "at the first stage nobody need be known");
        desk.update(&admin, "deal", deal, json!({"stage": way.stage("Proposal")}));
        assert_eq!(undecided(), 1);
        let [row] = desk.column(&admin, "deal_contact", &format!("deal == \"{deal}\""), "", "id").try_into().unwrap();
        let row = kernel::testing::Made(row.as_str().unwrap().parse().unwrap());
        desk.update(&admin, "deal_contact", row, json!({"buying_role": "decision_maker"}));
        assert_eq!(undecided(), 0);
        desk.update(&admin, "deal_contact", row, json!({"buying_role": "champion"}));
        assert_eq!(undecided(), 1);
        desk.update(&admin, "deal", deal, json!({"status": "lost", "lost_reason": "price"}));
        assert_eq!(undecided(), 0, "what is over need not be decided");
    });
}
