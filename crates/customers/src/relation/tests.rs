use crate::testing::both;
use serde_json::json;

#[test]
fn a_relation_is_told_from_both_ends() {
    both(|desk| {
        let admin = desk.admin();
        let from = desk.create(&admin, "company", json!({"name": "Kestrel Hotels"}));
        let to = desk.create(&admin, "company", json!({"name": "Juniper Hotels"}));
        let relation = desk.create(
            &admin,
            "relation",
            json!({"from": [{"object": "company", "id": from}], "kind": "supplier_of", "to": [{"object": "company", "id": to}]}),
        );
        assert_eq!(desk.get(&admin, "relation", relation)["reverse"], "supplier_of");
    });
}

#[test]
fn nobody_has_a_relation_with_himself() {
    both(|desk| {
        let admin = desk.admin();
        let party = desk.create(&admin, "contact", json!({"last_name": "Rossi"}));
        let end = json!([{"object": "contact", "id": party}]);
        let refused = desk.refused(&admin, "relation", json!({"from": end, "kind": "family", "to": end}));
        assert_eq!(refused, ["to: self"]);
    });
}

#[test]
fn a_tag_is_no_party_and_nothing_ends_before_it_began() {
    both(|desk| {
        let admin = desk.admin();
        let tag = desk.create(&admin, "tag", json!({"name": "VIP"}));
        let party = desk.create(&admin, "contact", json!({"last_name": "Rossi"}));
        let refused = desk.refused(
            &admin,
            "relation",
            json!({
                "from": [{"object": "contact", "id": party}], "kind": "family", "to": [{"object": "tag", "id": tag}],
                "since": "2026-03-01", "until": "2026-02-01",
            }),
        );
        assert_eq!(refused, ["to: type", "until: order"]);
    });
}
