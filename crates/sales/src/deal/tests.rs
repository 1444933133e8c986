use crate::testing::{Way, both};
use kernel::testing::{Desk, Made};
use kernel::{Ctx, job};
use serde_json::{Value, json};

fn eur(amount: &str) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

/// Fields of a deal, as shown.
#[track_caller]
fn shown(desk: &Desk, ctx: &Ctx, deal: Made, fields: &[&str]) -> Vec<Value> {
    let all = desk.get(ctx, "deal", deal);
    fields.iter().map(|f| all.get(f).unwrap_or_else(|| panic!("no {f}")).clone()).collect()
}

#[test]
fn a_new_deal_begins_at_the_first_stage_of_the_default_pipeline() {
    both(|desk| {
        let admin = desk.admin();
        let way = Way::open(desk);
        let deal = desk.create(&admin, "deal", json!({"amount": eur("1000")}));
        assert_eq!(
            shown(
                desk,
                &admin,
                deal,
                &["pipeline", "stage", "status", "probability", "weighted", "forecast_category", "temperature", "closed_at", "number"]
            ),
            [
                json!(way.pipeline),
                json!(way.stage("Qualify")),
                json!("open"),
                json!(10),
                eur("100.00"),
                json!("pipeline"),
                json!("fresh"),
                json!(null),
                json!(1)
            ]
        );
    });
}

#[test]
fn a_stage_of_another_pipeline_moves_the_deal_there() {
    both(|desk| {
        let admin = desk.admin();
        let way = Way::open(desk);
        let ctx = desk.system();
        let other = desk.write(move |tx| crate::pipeline::create(&ctx, tx, crate::pipeline::templates()[1]).map(|p| p.id)).unwrap();
        let other = Way::of(desk, Made(other));
        let deal = desk.create(&admin, "deal", json!({}));
        desk.update(&admin, "deal", deal, json!({"stage": other.stage("Contacted")}));
        assert_eq!(shown(desk, &admin, deal, &["pipeline", "probability"]), [json!(other.pipeline), json!(70)]);
        desk.update(&admin, "deal", deal, json!({"pipeline": way.pipeline}));
        assert_eq!(
            shown(desk, &admin, deal, &["stage", "probability"]),
            [json!(way.stage("Qualify")), json!(10)],
            "a pipeline alone: its first stage"
        );

        let both = json!({"pipeline": other.pipeline, "stage": way.stage("Proposal")});
        assert_eq!(desk.refused_change(&admin, "deal", deal, both), ["stage: mismatch"]);
        assert_eq!(
            desk.refused_change(&admin, "deal", deal, json!({"stage": way.stage("Proposal"), "status": "won"})),
            ["status: mismatch"]
        );
        assert_eq!(desk.refused_change(&admin, "deal", deal, json!({"stage": null})), ["stage: required"]);
    });
}

#[test]
fn a_status_alone_closes_and_reopens_by_the_rules() {
    both(|desk| {
        let admin = desk.admin_at("2026-07-20T08:00:00Z");
        let way = Way::open(desk);
        let deal = desk.create(&admin, "deal", json!({"stage": way.stage("Negotiation"), "probability": 55}));
        assert_eq!(desk.refused_change(&admin, "deal", deal, json!({"status": "lost"})), ["lost_reason: required"]);
        let later = desk.at(&admin, "2026-07-22T08:00:00Z");
        desk.update(&later, "deal", deal, json!({"status": "lost", "lost_reason": "price"}));
        let fields = ["stage", "status", "probability", "last_open_stage", "closed_at", "stage_since", "forecast_category", "temperature"];
        let at = json!("2026-07-22T08:00:00Z");
        assert_eq!(
            shown(desk, &admin, deal, &fields),
            [
                json!(way.stage("Lost")),
                json!("lost"),
                json!(0),
                json!(way.stage("Negotiation")),
                at.clone(),
                at,
                json!("omitted"),
                json!(null)
            ]
        );
        desk.update(&later, "deal", deal, json!({"status": "open"}));
        assert_eq!(
            shown(desk, &admin, deal, &["stage", "probability", "lost_reason", "closed_at", "last_open_stage"]),
            [json!(way.stage("Negotiation")), json!(70), json!(null), json!(null), json!(null)],
            "where it was, with the chance of its stage"
        );
    });
}

#[test]
fn closing_asks_day_and_reason_and_happens_at_its_own_date() {
    both(|desk| {
        let admin = desk.admin_at("2026-07-01T08:00:00Z");
        let way = Way::open(desk);
        let rival = desk.create(&admin, "company", json!({"name": "FrostLine"}));
        let deal = desk.create(&admin, "deal", json!({"stage": way.stage("Proposal")}));
        let now = desk.at(&admin, "2026-07-20T08:00:00Z");
        assert_eq!(desk.refused_act(&now, "deal", deal, "close", json!({"outcome": "lost"})), ["lost_reason: required"]);
        assert_eq!(
            desk.refused_act(&now, "deal", deal, "close", json!({"outcome": "lost", "lost_reason": "prize"})),
            ["lost_reason: unknown"]
        );
        assert_eq!(
            desk.refused_act(&now, "deal", deal, "close", json!({"outcome": "won", "closed_at": "2026-07-21"})),
            ["closed_at: future"]
        );
        desk.act(
            &now,
            "deal",
            deal,
            "close",
            json!({"outcome": "lost", "closed_at": "2026-07-17", "lost_reason": "delivery_time", "lost_to": rival}),
        );
        assert_eq!(
            shown(desk, &admin, deal, &["closed_at", "stage_since", "lost_to"]),
            [json!("2026-07-17T10:00:00Z"), json!("2026-07-17T10:00:00Z"), json!(rival)],
            "its noon in Rome"
        );
        let told = desk.timeline(&admin, "deal", deal);
        assert_eq!((&told[0]["at"], &told[0]["recorded_at"]), (&json!("2026-07-17T10:00:00Z"), &json!("2026-07-20T08:00:00Z")));
        assert_eq!(desk.timeline(&admin, "company", rival).len(), 2, "the rival's page tells it, too");
        assert!(desk.try_act(&now, "deal", deal, "close", json!({"outcome": "won"}), false).is_err(), "it is closed already");
        desk.act(&now, "deal", deal, "reopen", json!({"stage": way.stage("Discovery")}));
        assert_eq!(shown(desk, &admin, deal, &["stage", "lost_to"]), [json!(way.stage("Discovery")), json!(null)]);
    });
}

#[test]
fn undoing_a_drag_restores_stage_chance_dates_and_reason_together() {
    both(|desk| {
        let admin = desk.admin_at("2026-07-01T08:00:00Z");
        let way = Way::open(desk);
        let deal = desk.create(&admin, "deal", json!({"stage": way.stage("Proposal"), "probability": 40, "amount": eur("1000")}));
        let fields = [
            "stage",
            "status",
            "probability",
            "probability_manual",
            "weighted",
            "stage_since",
            "closed_at",
            "lost_reason",
            "forecast_category",
        ];
        let before = shown(desk, &admin, deal, &fields);
        let drag = desk.at(&admin, "2026-07-20T08:00:00Z");
        desk.act(&drag, "deal", deal, "close", json!({"outcome": "lost", "lost_reason": "price"}));
        assert_ne!(shown(desk, &admin, deal, &fields), before);
        desk.undo(&admin, &drag);
        assert_eq!(shown(desk, &admin, deal, &fields), before);
    });
}

#[test]
fn the_chance_follows_the_stage_until_it_is_set_by_hand() {
    both(|desk| {
        let admin = desk.admin();
        let way = Way::open(desk);
        let deal = desk.create(&admin, "deal", json!({}));
        desk.update(&admin, "deal", deal, json!({"stage": way.stage("Proposal")}));
        assert_eq!(shown(desk, &admin, deal, &["probability", "probability_manual"]), [json!(50), json!(false)]);
        desk.update(&admin, "deal", deal, json!({"probability": 35}));
        desk.update(&admin, "deal", deal, json!({"stage": way.stage("Negotiation")}));
        assert_eq!(shown(desk, &admin, deal, &["probability", "probability_manual"]), [json!(35), json!(true)]);
        desk.update(&admin, "deal", deal, json!({"probability_manual": false}));
        assert_eq!(shown(desk, &admin, deal, &["probability", "probability_manual"]), [json!(70), json!(false)]);
        desk.update(&admin, "deal", deal, json!({"probability": 70}));
        assert_eq!(shown(desk, &admin, deal, &["probability_manual"]), [json!(false)], "the usual chance is no opinion");
        desk.act(&admin, "deal", deal, "close", json!({"outcome": "won"}));
        assert_eq!(shown(desk, &admin, deal, &["probability", "forecast_category"]), [json!(100), json!("closed")]);
    });
}

#[test]
fn stages_name_each_field_that_is_missing() {
    both(|desk| {
        let admin = desk.admin();
        let way = Way::open(desk);
        desk.update(&admin, "stage", way.stage("Proposal"), json!({"entry_fields": ["amount", "expected_close", "lines"]}));
        let deal = desk.create(&admin, "deal", json!({}));
        let to = json!({"stage": way.stage("Proposal")});
        assert_eq!(
            desk.refused_change(&admin, "deal", deal, to.clone()),
            ["amount: required", "expected_close: required", "lines: required"]
        );
        desk.create(&admin, "deal_line", json!({"deal": deal, "name": "Cabinet", "unit_price": eur("1000")}));
        let filled = json!({"stage": way.stage("Proposal"), "expected_close": "2030-01-31"});
        desk.update(&admin, "deal", deal, filled);
        assert_eq!(shown(desk, &admin, deal, &["stage"]), [json!(way.stage("Proposal"))]);
        assert_eq!(desk.refused(&admin, "deal", to.clone()).len(), 3, "a new deal there, too");
        desk.create(&desk.import(&admin), "deal", to);
        assert_eq!(
            desk.refused_change(&admin, "stage", way.stage("Discovery"), json!({"exit_fields": ["amonut"]})),
            ["exit_fields[0]: unknown"]
        );
    });
}

#[test]
fn a_rule_to_leave_holds_a_deal_that_moves_on_and_no_other() {
    both(|desk| {
        let admin = desk.admin();
        let way = Way::open(desk);
        desk.update(&admin, "stage", way.stage("Discovery"), json!({"exit_fields": ["need"], "exit_rule": "amount > 1000"}));
        assert_eq!(
            desk.refused_change(&admin, "stage", way.stage("Qualify"), json!({"exit_rule": "amonut > 1"})),
            ["exit_rule: expression"]
        );
        let at = |stage: &str| json!({"stage": way.stage(stage)});
        let deal = desk.create(&admin, "deal", at("Discovery"));
        assert_eq!(desk.refused_change(&admin, "deal", deal, at("Proposal")), ["need: required", "stage: rule"]);
        assert_eq!(desk.refused_change(&admin, "deal", deal, json!({"status": "won"})), ["need: required", "stage: rule"]);
        desk.update(&admin, "deal", deal, at("Qualify"));
        desk.update(&admin, "deal", deal, at("Discovery"));
        desk.update(&admin, "deal", deal, json!({"stage": way.stage("Proposal"), "need": "14 cabinets", "amount": eur("61400")}));
        let lost = desk.create(&admin, "deal", at("Discovery"));
        desk.act(&admin, "deal", lost, "close", json!({"outcome": "lost", "lost_reason": "no_budget"}));
    });
}

#[test]
fn lines_drive_the_amount_until_it_is_overwritten() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let deal = desk.create(&admin, "deal", json!({}));
        let cabinet = desk.create(&admin, "product", json!({"name": "Cabinet", "code": "C1", "price": eur("4000")}));
        let probe = desk.create(
            &admin,
            "product",
            json!({"name": "Monitoring", "code": "M1", "price": eur("10"), "billing_period": "monthly", "unit": "device"}),
        );
        desk.create(&admin, "deal_line", json!({"deal": deal, "product": cabinet, "quantity": 2, "discount": 10}));
        let monitoring = desk.create(&admin, "deal_line", json!({"deal": deal, "product": probe, "quantity": 5}));
        desk.create(&admin, "deal_line", json!({"deal": deal, "name": "Spare", "unit_price": eur("500"), "optional": true}));
        let fields = ["amount", "one_off_amount", "mrr", "arr", "amount_manual"];
        assert_eq!(
            shown(desk, &admin, deal, &fields),
            [eur("7800.00"), eur("7200.00"), eur("50.00"), eur("600.00"), json!(false)],
            "12 months of 5 probes"
        );

        desk.update(&admin, "deal", deal, json!({"amount": eur("7500")}));
        desk.update(&admin, "deal_line", monitoring, json!({"quantity": 10}));
        assert_eq!(shown(desk, &admin, deal, &fields), [eur("7500.00"), eur("7200.00"), eur("100.00"), eur("1200.00"), json!(true)]);
        desk.update(&admin, "deal", deal, json!({"amount_manual": false}));
        assert_eq!(shown(desk, &admin, deal, &["amount"]), [eur("8400.00")]);
        desk.update(&admin, "deal", deal, json!({"amount": eur("1")}));
        desk.update(&admin, "deal", deal, json!({"amount": null}));
        assert_eq!(
            shown(desk, &admin, deal, &["amount", "amount_manual"]),
            [eur("8400.00"), json!(false)],
            "cleared, it is the lines' again"
        );
        desk.delete(&admin, "deal_line", monitoring);
        assert_eq!(shown(desk, &admin, deal, &["amount", "mrr"]), [eur("7200.00"), json!(null)]);
    });
}

#[test]
fn a_deal_without_a_name_is_called_by_company_and_first_line() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let rossi = desk.create(&admin, "company", json!({"name": "Rossi S.r.l."}));
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh", "company": rossi}));
        let deal = desk.create(&admin, "deal", json!({"contact": helen, "kind": "renewal"}));
        assert_eq!(shown(desk, &admin, deal, &["name", "company"]), [json!("Rossi S.r.l.: Renewal"), json!(rossi)]);
        desk.create(&admin, "deal_line", json!({"deal": deal, "name": "Maintenance", "unit_price": eur("480")}));
        assert_eq!(shown(desk, &admin, deal, &["name"]), [json!("Rossi S.r.l.: Maintenance")]);
        let named = desk.create(&admin, "deal", json!({"company": rossi, "name": "14 cabinets"}));
        desk.create(&admin, "deal_line", json!({"deal": named, "name": "Cabinet", "unit_price": eur("480")}));
        assert_eq!(shown(desk, &admin, named, &["name"]), [json!("14 cabinets")], "a name that was given stays");
    });
}

#[test]
fn putting_a_deal_off_to_a_later_month_is_a_slip() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let deal = desk.create(&admin, "deal", json!({"expected_close": "2026-07-10"}));
        for (day, slips) in [("2026-07-31", 0), ("2026-08-01", 1), ("2026-07-15", 1), ("2027-01-01", 2)] {
            desk.update(&admin, "deal", deal, json!({"expected_close": day}));
            assert_eq!(shown(desk, &admin, deal, &["close_slips"]), [json!(slips)], "{day}");
        }
        assert_eq!(desk.list(&admin, "deal", r#"status == "open" && close_slips > 0"#, "").len(), 1);
    });
}

#[test]
fn a_stage_plans_what_is_to_be_done_there() {
    both(|desk| {
        let admin = desk.admin_at("2026-07-20T08:00:00Z");
        let way = Way::open(desk);
        desk.update(
            &admin,
            "stage",
            way.stage("Proposal"),
            json!({"activities": [{"kind": "call", "subject": "Ask what they think", "due_in_days": 2}]}),
        );
        let deal = desk.create(&admin, "deal", json!({}));
        let drag = desk.again(&admin);
        desk.update(&drag, "deal", deal, json!({"stage": way.stage("Proposal")}));
        let plan = desk.list(&admin, "activity", "", "");
        assert_eq!(
            (&plan[0]["subject"], &plan[0]["due_on"], &plan[0]["owner"]),
            (&json!("Ask what they think"), &json!("2026-07-22"), &json!(admin.user_id().map(Made)))
        );
        desk.update(&admin, "deal", deal, json!({"stage": way.stage("Discovery")}));
        desk.update(&admin, "deal", deal, json!({"stage": way.stage("Proposal")}));
        assert_eq!(desk.list(&admin, "activity", "", "").len(), 1, "it is planned once");
    });
}

#[test]
fn a_deal_rots_with_time_and_freshens_up_by_what_is_planned() {
    both(|desk| {
        let now = base::Instant::now();
        let ago = |days: i64| Ctx { clock: Some(now.plus_days(-days)), ..desk.again(&desk.admin()) };
        let admin = desk.admin();
        let way = Way::open(desk);
        let deal = desk.create(&ago(13), "deal", json!({"stage": way.stage("Proposal")}));
        assert_eq!(shown(desk, &admin, deal, &["temperature"]), [json!("fresh")], "as it was written");
        job::run_today(&desk.system(), "deal_temperature").unwrap();
        assert_eq!(shown(desk, &admin, deal, &["temperature"]), [json!("slow")], "whoever moved the clock has it judged again");
        assert!(job::run_today(&desk.system(), "deal_temperatures").is_err(), "only by a name that there is");
        let roll = |days: i64| {
            desk.wait_until(now.plus_days(days));
            shown(desk, &admin, deal, &["temperature"])[0].clone()
        };
        assert_eq!(roll(0), "slow", "13 days of 12");
        assert_eq!(roll(6), "rotten", "19 days are more than 18");
        desk.update(&admin, "stage", way.stage("Proposal"), json!({"usual_days": 30}));
        assert_eq!(shown(desk, &admin, deal, &["temperature"]), [json!("fresh")], "another measure holds at once");

        // Moved on, it is fresh; but nobody was in touch for long, and nothing is planned.
        let old = desk.create(&ago(60), "deal", json!({"stage": way.stage("Qualify")}));
        desk.update(&admin, "deal", old, json!({"stage": way.stage("Proposal")}));
        assert_eq!(shown(desk, &admin, old, &["temperature"]), [json!("rotten")]);
        desk.create(&admin, "activity", json!({"kind": "call", "due_on": "2099-01-01", "about": [{"object": "deal", "id": old}]}));
        desk.settle();
        assert_eq!(shown(desk, &admin, old, &["temperature", "version"]), [json!("fresh"), json!(2)], "planned, without an edit");
        assert_eq!(desk.list(&admin, "deal", r#"temperature == "rotten""#, "").len(), 0);
    });
}

#[test]
fn companies_and_contacts_show_what_their_deals_come_to() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let usd = desk.create(&admin, "currency", json!({"code": "USD"}));
        desk.create(&admin, "exchange_rate", json!({"currency": usd, "on": "2020-01-01", "rate": "0.5"}));
        let top = desk.create(&admin, "company", json!({"name": "Alpenglow"}));
        let sub = desk.create(&admin, "company", json!({"name": "Alpenglow Genova", "parent": top}));
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh", "company": sub}));
        let open = desk.create(&admin, "deal", json!({"contact": helen, "amount": {"amount": "1000", "currency": "USD"}}));
        let won = desk.create(&admin, "deal", json!({"company": sub, "amount": eur("300")}));
        desk.act(&admin, "deal", won, "close", json!({"outcome": "won"}));
        let own = desk.create(&admin, "deal", json!({"company": top, "amount": eur("50")}));
        desk.settle();
        let fields = ["open_deals", "open_amount", "won_amount", "won_last_12m", "group_open_amount", "group_won_amount"];
        let of = |object: &str, made: Made, fields: &[&str]| {
            fields.iter().map(|f| desk.get(&admin, object, made)[f].clone()).collect::<Vec<_>>()
        };
        assert_eq!(of("company", sub, &fields), [json!(1), eur("500.00"), eur("300.00"), eur("300.00"), json!(null), json!(null)]);
        assert_eq!(of("company", top, &fields), [json!(1), eur("50.00"), json!(null), json!(null), eur("550.00"), eur("300.00")]);
        assert_eq!(of("contact", helen, &["open_deals", "open_amount", "won_amount"]), [json!(1), eur("500.00"), json!(null)]);

        desk.delete(&admin, "deal", open);
        desk.update(&admin, "deal", own, json!({"company": sub}));
        desk.settle();
        assert_eq!(of("company", sub, &fields[..2]), [json!(1), eur("50.00")]);
        assert_eq!(of("company", top, &["open_deals", "open_amount", "group_open_amount"]), [json!(0), json!(null), eur("50.00")]);

        desk.update(&admin, "company", sub, json!({"parent": null}));
        desk.settle();
        assert_eq!(of("company", top, &["group_open_amount", "group_won_amount"]), [json!(null), json!(null)]);
        assert_eq!(of("company", sub, &["group_open_amount", "group_won_amount"]), [eur("50.00"), eur("300.00")], "its own group now");

        let gone = desk.again(&admin);
        desk.write(move |tx| kernel::record::purge(&gone, tx, "deal", own.0)).unwrap();
        desk.settle();
        assert_eq!(of("company", sub, &["open_deals", "open_amount"]), [json!(0), json!(null)], "gone for good");
        desk.wait_until(base::Instant::now().plus_days(370));
        assert_eq!(of("company", sub, &["won_amount", "won_last_12m"]), [eur("300.00"), json!(null)], "a year later");
    });
}

#[test]
fn a_duplicate_is_open_with_the_same_lines_and_people() {
    both(|desk| {
        let admin = desk.admin();
        let way = Way::open(desk);
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh"}));
        let tom = desk.create(&admin, "contact", json!({"last_name": "Reed"}));
        let deal = desk.create(&admin, "deal", json!({"name": "14 cabinets", "contact": helen, "stage": way.stage("Proposal")}));
        desk.create(&admin, "deal_contact", json!({"deal": deal, "contact": tom, "buying_role": "champion"}));
        desk.create(&admin, "deal_line", json!({"deal": deal, "name": "Cabinet", "unit_price": eur("1000"), "quantity": 14}));
        desk.update(&admin, "deal", deal, json!({"amount": eur("12000")}));
        desk.act(&admin, "deal", deal, "close", json!({"outcome": "won"}));
        let answer = desk.act(&admin, "deal", deal, "duplicate", json!({}));
        let copy = Made(answer["deal"].as_str().unwrap().parse().unwrap());
        assert_eq!(
            shown(desk, &admin, copy, &["name", "status", "stage", "amount", "amount_manual", "source_deal", "contact"]),
            [json!("14 cabinets"), json!("open"), json!(way.stage("Qualify")), eur("12000.00"), json!(true), json!(deal), json!(helen)]
        );
        let of_copy = format!("deal == \"{copy}\"");
        assert_eq!(desk.column(&admin, "deal_line", &of_copy, "", "name"), [json!("Cabinet")]);
        assert_eq!(desk.column(&admin, "deal_contact", &of_copy, "created_at", "contact").len(), 2);
    });
}

#[test]
fn imported_deals_stand_where_they_stood() {
    both(|desk| {
        let import = desk.import(&desk.admin());
        let way = Way::open(desk);
        let input = json!({"name": "Old", "status": "lost", "created_at": "2024-01-10T09:00:00Z", "closed_at": "2024-03-01T09:00:00Z"});
        let deal = desk.create(&import, "deal", input);
        assert_eq!(
            shown(desk, &import, deal, &["stage", "closed_at", "stage_since", "lost_reason", "created_at"]),
            [
                json!(way.stage("Lost")),
                json!("2024-03-01T09:00:00Z"),
                json!("2024-03-01T09:00:00Z"),
                json!(null),
                json!("2024-01-10T09:00:00Z")
            ],
            "no reason was told, and none is asked"
        );
        let closed = |name: &str, day: &str| {
            let input = json!({"name": name, "stage": way.stage("Won"), "expected_close": day});
            let deal = desk.create(&import, "deal", input);
            let told = shown(desk, &import, deal, &["closed_at", "stage_since", "expected_close"]);
            (told[0].as_str().unwrap()[..10].to_string(), told[1] == told[0], told[2] == json!(day))
        };
        let today = import.today().to_string();
        assert_eq!(closed("Of its day", "2026-02-03"), ("2026-02-03".to_string(), true, true), "the only date is that of the end");
        assert_eq!(closed("Of today", &today).0, today);
        assert_eq!(closed("Of tomorrow", "2099-01-01"), (today.clone(), true, true), "what lies ahead is no end");
        let own = desk.create(&desk.admin(), "deal", json!({"name": "By hand", "stage": way.stage("Won"), "expected_close": "2026-02-03"}));
        assert_eq!(shown(desk, &import, own, &["closed_at"])[0].as_str().unwrap()[..10], today, "who wins a deal by hand does so now");
        let open = desk.create(&import, "deal", json!({"name": "Open", "created_at": "2024-01-10T09:00:00Z"}));
        assert_eq!(shown(desk, &import, open, &["stage_since", "temperature"]), [json!("2024-01-10T09:00:00Z"), json!("rotten")]);
    });
}
