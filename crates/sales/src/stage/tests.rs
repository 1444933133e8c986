use crate::testing::{Way, both};
use serde_json::json;

#[test]
fn a_pipeline_keeps_a_way_to_win_and_a_way_to_lose() {
    both(|desk| {
        let admin = desk.admin();
        let way = Way::open(desk);
        let lost = way.stage("Lost");
        assert_eq!(desk.refused_change(&admin, "stage", lost, json!({"active": false})), ["active: last"]);
        assert_eq!(desk.refused_change(&admin, "stage", lost, json!({"kind": "open"})), ["kind: last"]);
        assert_eq!(desk.refused_delete(&admin, "stage", lost), ["kind: last"]);
        desk.create(&admin, "stage", json!({"pipeline": way.pipeline, "name": "Abandoned", "kind": "lost", "probability": 30}));
        desk.update(&admin, "stage", lost, json!({"active": false}));
        let abandoned = Way::of(desk, way.pipeline).stage("Abandoned");
        assert_eq!(desk.get(&admin, "stage", abandoned)["probability"], 0, "lost is over");
    });
}

#[test]
fn a_stage_with_open_deals_is_retired_by_saying_where_they_go() {
    both(|desk| {
        let admin = desk.admin();
        let way = Way::open(desk);
        let (from, to) = (way.stage("Discovery"), way.stage("Proposal"));
        desk.update(&admin, "stage", to, json!({"entry_fields": ["amount"]}));
        let deals: Vec<_> = (0..3).map(|_| desk.create(&admin, "deal", json!({"stage": from}))).collect();
        assert_eq!(desk.refused_change(&admin, "stage", from, json!({"active": false})), ["active: in_use"]);
        assert_eq!(desk.refused_delete(&admin, "stage", from), ["active: in_use"]);
        assert_eq!(desk.refused_act(&admin, "stage", from, "retire", json!({})), ["to: required"]);
        assert_eq!(desk.refused_act(&admin, "stage", from, "retire", json!({"to": way.stage("Won")})), ["to: invalid"]);

        let retirement = desk.again(&admin);
        assert_eq!(desk.act(&retirement, "stage", from, "retire", json!({"to": to})), json!({"moved": 3}));
        assert_eq!(desk.get(&admin, "stage", from)["active"], false);
        assert_eq!(desk.get(&admin, "deal", deals[0])["stage"], json!(to), "what the stage asks of people holds nobody up");
        assert_eq!(desk.refused_change(&admin, "deal", deals[0], json!({"stage": from})), ["stage: retired"]);

        desk.undo(&admin, &retirement);
        assert_eq!(desk.get(&admin, "stage", from)["active"], true);
        assert_eq!(desk.get(&admin, "deal", deals[2])["stage"], json!(from));
    });
}

#[test]
fn a_stage_stays_in_its_pipeline_and_keeps_its_kind_while_deals_are_there() {
    both(|desk| {
        let admin = desk.admin();
        let way = Way::open(desk);
        let other = desk.create(&admin, "pipeline", json!({"name": "Other"}));
        desk.create(&admin, "deal", json!({"stage": way.stage("Discovery")}));
        let refused = desk.refused_change(&admin, "stage", way.stage("Discovery"), json!({"pipeline": other, "kind": "won"}));
        assert_eq!(refused, ["pipeline: fixed", "kind: in_use"]);
    });
}

#[test]
fn stays_are_kept_from_stage_to_stage() {
    both(|desk| {
        let way = Way::open(desk);
        let begun = desk.admin_at("2026-07-01T08:00:00Z");
        let deal = desk.create(&begun, "deal", json!({}));
        let moved = desk.admin_at("2026-07-04T08:00:00Z");
        desk.update(&moved, "deal", deal, json!({"stage": way.stage("Proposal")}));
        let text = "select value, entered_at, left_at from stay where record = ?1 and field = ?2 order by entered_at";
        let stays = desk
            .write(move |tx| {
                let sql = store::Sql::fill(tx.dialect(), text, [deal.0.into(), "stage".into()]);
                tx.all(&sql, |row| {
                    Ok((row.must_text(0)?.to_string(), row.must_instant(1)?.to_string(), row.instant(2)?.map(|i| i.to_string())))
                })
            })
            .unwrap();
        let first = (way.stage("Qualify").to_string(), "2026-07-01T08:00:00Z".to_string(), Some("2026-07-04T08:00:00Z".to_string()));
        assert_eq!(stays, [first, (way.stage("Proposal").to_string(), "2026-07-04T08:00:00Z".to_string(), None)]);
    });
}
