use crate::testing::both;
use serde_json::json;

#[test]
fn a_view_names_what_exists() {
    both(|desk| {
        let admin = desk.admin();
        let input = json!({"object": "deal", "name": "Mine", "filter": "status == \"open\" && amuont > 1", "columns": ["name", "amonut", "company.name"], "sort": "-expected_close,nmae"});
        assert_eq!(desk.refused(&admin, "saved_view", input), ["columns[1]: unknown", "sort: unknown", "filter: expression"]);
        assert_eq!(desk.refused(&admin, "saved_view", json!({"object": "dael", "name": "Mine"})), ["object: unknown"]);
        let view = desk.create(
            &admin,
            "saved_view",
            json!({"object": "deal", "name": "Mine", "filter": "owner == me()", "columns": ["name"], "sort": "-amount"}),
        );
        let next = desk.create(&admin, "saved_view", json!({"object": "deal", "name": "Next"}));
        let shown = desk.get(&admin, "saved_view", view);
        assert_eq!((&shown["shared_with"], &shown["position"], shown["owner"].is_string()), (&json!("me"), &json!(0), true));
        assert_eq!(desk.get(&admin, "saved_view", next)["position"], 1);
    });
}

#[test]
fn a_view_is_private_the_teams_or_everyones() {
    both(|desk| {
        let admin = desk.admin();
        let team = desk.create(&admin, "team", json!({"name": "Italy"}));
        let marco = desk.person_in("Marco Bianchi", "representative", Some(team));
        let sofia = desk.person_in("Sofia Greco", "representative", Some(team));
        let jonas = desk.person("Jonas Weber", "representative");
        let view = desk.create(&marco, "saved_view", json!({"object": "deal", "name": "Mine"}));
        assert!(desk.try_get(&sofia, "saved_view", view).is_err());
        desk.update(&marco, "saved_view", view, json!({"shared_with": "team"}));
        assert_eq!(desk.get(&sofia, "saved_view", view)["name"], "Mine");
        assert!(desk.try_get(&jonas, "saved_view", view).is_err());
        assert!(desk.try_update(&sofia, "saved_view", view, json!({"name": "Ours"})).is_err(), "it stays its owner's");
        assert_eq!(desk.refused_change(&marco, "saved_view", view, json!({"shared_with": "everyone"})), ["shared_with: forbidden"]);
        assert_eq!(
            desk.refused(&jonas, "saved_view", json!({"object": "deal", "name": "x", "shared_with": "team"})),
            ["shared_with: no_team"]
        );
        let giulia = desk.person("Giulia Ferri", "manager");
        let all = desk.create(&giulia, "saved_view", json!({"object": "deal", "name": "All", "shared_with": "everyone"}));
        assert_eq!(desk.get(&jonas, "saved_view", all)["name"], "All");
    });
}
