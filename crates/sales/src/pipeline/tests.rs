use crate::testing::{Way, both};
use kernel::Ctx;
use serde_json::json;

#[test]
fn the_usual_pipeline_has_its_numbers_and_both_ends() {
    both(|desk| {
        let way = Way::open(desk);
        let stages = desk.list(&desk.admin(), "stage", &format!("pipeline == \"{}\"", way.pipeline), "position");
        let told: Vec<String> = stages
            .iter()
            .map(|s| format!("{} {} {} {}", s["name"].as_str().unwrap(), s["kind"].as_str().unwrap(), s["probability"], s["usual_days"]))
            .collect();
        assert_eq!(
            told,
            [
                "Qualify open 10 7",
                "Discovery open 25 14",
                "Proposal open 50 12",
                "Negotiation open 70 10",
                "Verbal yes open 90 7",
                "Won won 100 null",
                "Lost lost 0 null"
            ]
        );
        assert_eq!(desk.get(&desk.admin(), "pipeline", way.pipeline)["default"], true, "the first is the default");
    });
}

#[test]
fn a_template_speaks_the_callers_language() {
    both(|desk| {
        let ctx = Ctx { language: "zh".to_string(), ..desk.system() };
        desk.write(move |tx| crate::pipeline::create_default(&ctx, tx).map(|_| ())).unwrap();
        let names = desk.column(&desk.admin(), "stage", "", "position", "name");
        assert_eq!((&names[0], &names[6]), (&json!("资格确认"), &json!("输单")));
    });
}

#[test]
fn every_template_can_be_made_beside_the_others() {
    both(|desk| {
        let ctx = desk.system();
        let made = desk.write(move |tx| {
            crate::pipeline::templates()
                .iter()
                .map(|t| crate::pipeline::create(&ctx, tx, t).map(|p| p.id))
                .collect::<base::Result<Vec<_>>>()
        });
        assert_eq!(made.unwrap().len(), 3);
        assert_eq!(desk.list(&desk.admin(), "pipeline", "default", "").len(), 1);
    });
}

#[test]
fn there_is_always_one_default() {
    both(|desk| {
        let admin = desk.admin();
        let first = desk.create(&admin, "pipeline", json!({"name": "One"}));
        let second = desk.create(&admin, "pipeline", json!({"name": "Two"}));
        assert_eq!(desk.refused_change(&admin, "pipeline", first, json!({"default": false})), ["default: last"]);
        assert_eq!(desk.refused_change(&admin, "pipeline", first, json!({"active": false})), ["active: default"]);
        assert_eq!(desk.refused_delete(&admin, "pipeline", first), ["default: last"]);
        desk.update(&admin, "pipeline", second, json!({"default": true}));
        assert_eq!(desk.get(&admin, "pipeline", first)["default"], false);
        desk.update(&admin, "pipeline", first, json!({"active": false}));
    });
}

#[test]
fn a_pipeline_made_by_hand_gets_its_ends_with_the_first_deal() {
    both(|desk| {
        let admin = desk.admin();
        let pipeline = desk.create(&admin, "pipeline", json!({"name": "crm-maven"}));
        assert_eq!(desk.refused(&admin, "deal", json!({"pipeline": pipeline})), ["pipeline: incomplete"]);
        let won = json!({"pipeline": pipeline, "name": "Won", "kind": "won"});
        desk.create(&admin, "stage", json!({"pipeline": pipeline, "name": "Prospecting", "probability": 20}));
        let own = desk.create(&admin, "stage", won);
        let deal = desk.create(&admin, "deal", json!({"pipeline": pipeline}));
        let way = Way::of(desk, pipeline);
        assert_eq!((way.stage("Won"), desk.get(&admin, "deal", deal)["stage"].clone()), (own, json!(way.stage("Prospecting"))));
        desk.update(&admin, "deal", deal, json!({"status": "lost", "lost_reason": "price"}));
        assert_eq!(desk.get(&admin, "deal", deal)["stage"], json!(way.stage("Lost")));
        assert_eq!(desk.refused_delete(&admin, "pipeline", pipeline), ["active: in_use", "default: last"]);
    });
}

#[test]
fn representatives_see_pipelines_and_change_none() {
    both(|desk| {
        let way = Way::open(desk);
        let marco = desk.person("Marco Bianchi", "representative");
        assert_eq!(desk.get(&marco, "pipeline", way.pipeline)["name"], "Sales");
        assert_eq!(desk.refused(&marco, "pipeline", json!({"name": "Mine"})).len(), 1);
        assert!(desk.try_act(&marco, "stage", way.stage("Proposal"), "retire", json!({}), false).is_err());
    });
}

#[test]
fn a_first_deal_finds_the_usual_pipeline_even_where_none_was_made() {
    both(|desk| {
        let marco = desk.person("Marco Bianchi", "representative");
        let deal = desk.create(&marco, "deal", json!({"name": "First"}));
        let pipeline = desk.list(&marco, "pipeline", "", "");
        assert_eq!((pipeline.len(), &pipeline[0]["name"]), (1, &json!("Sales")));
        assert_eq!(desk.get(&marco, "deal", deal)["pipeline"], pipeline[0]["id"]);
        let ctx = desk.system();
        desk.write(move |tx| ctx.engine.begin(&ctx, tx, None)).unwrap();
        assert_eq!(desk.list(&marco, "pipeline", "", "").len(), 1, "a workspace that has pipelines begins with no other");
    });
}

#[test]
fn a_pipeline_with_open_deals_is_retired_by_saying_where_they_go() {
    both(|desk| {
        let admin = desk.admin();
        let way = Way::open(desk);
        let ctx = desk.system();
        let other = desk
            .write(move |tx| crate::pipeline::create(&ctx, tx, &crate::pipeline::RENEWALS).map(|p| kernel::testing::Made(p.id)))
            .unwrap();
        let due = Way::of(desk, other).stage("Due");
        let deals: Vec<_> = (0..3).map(|_| desk.create(&admin, "deal", json!({"stage": due}))).collect();
        let won = desk.create(&admin, "deal", json!({"stage": Way::of(desk, other).stage("Won")}));
        assert_eq!(desk.refused_change(&admin, "pipeline", other, json!({"active": false})), ["active: in_use"]);
        assert_eq!(desk.refused_act(&admin, "pipeline", other, "retire", json!({})), ["to: required"]);
        assert_eq!(desk.refused_act(&admin, "pipeline", other, "retire", json!({"to": due})), ["to: invalid"]);
        let refused = desk.try_act(&admin, "pipeline", way.pipeline, "retire", json!({}), false);
        assert!(refused.is_err(), "the default stays");

        let retirement = desk.again(&admin);
        assert_eq!(desk.act(&retirement, "pipeline", other, "retire", json!({"to": way.stage("Proposal")})), json!({"moved": 3}));
        let moved = desk.get(&admin, "deal", deals[0]);
        assert_eq!((&moved["pipeline"], &moved["stage"]), (&json!(way.pipeline), &json!(way.stage("Proposal"))));
        assert_eq!(desk.get(&admin, "deal", won)["pipeline"], json!(other), "what is closed stays where it was closed");
        desk.undo(&admin, &retirement);
        assert_eq!(desk.get(&admin, "pipeline", other)["active"], true);
        assert_eq!(desk.get(&admin, "deal", deals[2])["stage"], json!(due));
    });
}
