use crate::testing::both;
use kernel::testing::{Desk, Made};
use serde_json::{Value, json};

/// `object via`, as shown.
fn about(desk: &Desk, activity: Made) -> Vec<String> {
    let shown = desk.get(&desk.admin(), "activity", activity);
    let word = |item: &Value, name: &str| item[name].as_str().unwrap().to_string();
    shown["about"].as_array().unwrap().iter().map(|i| format!("{} {} {}", word(i, "object"), word(i, "id"), word(i, "via"))).collect()
}

fn one(object: &str, made: Made) -> Value {
    json!([{"object": object, "id": made}])
}

#[test]
fn a_plan_has_a_day_and_is_overdue_at_its_owners_midnight() {
    both(|desk| {
        let admin = desk.admin_at("2026-07-20T08:00:00Z");
        let task = desk.create(&admin, "activity", json!({"kind": "task", "subject": "Send list"}));
        let shown = desk.get(&admin, "activity", task);
        assert_eq!((&shown["due_on"], &shown["status"]), (&json!("2026-07-20"), &json!("open")), "without a date it is for today");
        assert_eq!(shown["overdue_at"], "2026-07-20T22:00:00Z", "midnight in Rome");

        let chen = desk.person("Chen Yu", "manager");
        let (shanghai, user) = (json!({"time_zone": "Asia/Shanghai"}), Made(chen.user_id().unwrap()));
        desk.update(&admin, "user", user, shanghai);
        desk.update(&admin, "activity", task, json!({"owner": user}));
        assert_eq!(desk.get(&admin, "activity", task)["overdue_at"], "2026-07-20T16:00:00Z", "midnight in Shanghai");
    });
}

#[test]
fn an_hour_gives_the_day_and_moving_the_day_takes_the_hour_along() {
    both(|desk| {
        let admin = desk.admin_at("2026-07-20T08:00:00Z");
        let call = desk.create(&admin, "activity", json!({"kind": "call", "due_at": "2026-07-21T22:30:00Z"}));
        let shown = desk.get(&admin, "activity", call);
        assert_eq!(
            (&shown["due_on"], &shown["overdue_at"]),
            (&json!("2026-07-22"), &json!("2026-07-21T22:30:00Z")),
            "half past midnight in Rome"
        );
        desk.update(&admin, "activity", call, json!({"due_on": "2026-07-25"}));
        assert_eq!(desk.get(&admin, "activity", call)["due_at"], "2026-07-24T22:30:00Z");

        let meeting =
            desk.create(&admin, "activity", json!({"kind": "meeting", "starts_at": "2026-07-21T12:00:00Z", "duration_minutes": 90}));
        let shown = desk.get(&admin, "activity", meeting);
        assert_eq!((&shown["ends_at"], &shown["due_on"]), (&json!("2026-07-21T13:30:00Z"), &json!("2026-07-21")));
        desk.update(&admin, "activity", meeting, json!({"starts_at": "2026-07-22T12:00:00Z"}));
        assert_eq!(desk.get(&admin, "activity", meeting)["ends_at"], "2026-07-22T13:30:00Z", "it keeps its length");
        desk.update(&admin, "activity", meeting, json!({"due_on": "2026-07-23"}));
        let shown = desk.get(&admin, "activity", meeting);
        assert_eq!((&shown["starts_at"], &shown["ends_at"]), (&json!("2026-07-23T12:00:00Z"), &json!("2026-07-23T13:30:00Z")));
        assert_eq!(desk.refused_change(&admin, "activity", meeting, json!({"ends_at": "2026-07-23T11:00:00Z"})), ["ends_at: order"]);
    });
}

#[test]
fn what_became_late_turns_over_without_an_event() {
    both(|desk| {
        let admin = desk.admin_at("2026-07-20T08:00:00Z");
        let task = desk.create(&admin, "activity", json!({"kind": "task", "subject": "Send list", "due_on": "2026-07-20"}));
        let late = |moment: &str| {
            desk.wait_until(moment.parse().unwrap());
            desk.get(&admin, "activity", task)["status"].clone()
        };
        assert_eq!(late("2026-07-20T21:59:59Z"), "open");
        assert_eq!(late("2026-07-20T22:00:00Z"), "overdue");
        assert_eq!(desk.get(&admin, "activity", task)["version"], 1);
        assert_eq!(desk.list(&admin, "activity", r#"status == "overdue""#, "").len(), 1);
        desk.update(&desk.at(&admin, "2026-07-21T08:00:00Z"), "activity", task, json!({"due_on": "2026-07-22"}));
        assert_eq!(desk.get(&admin, "activity", task)["status"], "open");
    });
}

#[test]
fn a_past_call_lands_at_its_own_date() {
    both(|desk| {
        let admin = desk.admin_at("2026-07-20T08:00:00Z");
        let elena = desk.create(&admin, "contact", json!({"last_name": "Conti", "phase": "consideration"}));
        let input = json!({"kind": "call", "outcome": "connected", "body": "Asked for a **quote**", "done_at": "2026-07-13T09:00:00Z", "about": one("contact", elena)});
        let call = desk.create(&admin, "activity", input);
        let shown = desk.get(&admin, "activity", call);
        assert_eq!((&shown["status"], &shown["touch"], &shown["due_on"]), (&json!("done"), &json!(true), &json!(null)));
        assert_eq!((&shown["subject"], &shown["phase"]), (&json!("Call: Asked for a quote"), &json!("consideration")));
        let told = desk.timeline(&admin, "contact", elena);
        let call = told.iter().find(|i| i["object"] == "activity").unwrap();
        assert_eq!((&call["at"], &call["recorded_at"]), (&json!("2026-07-13T09:00:00Z"), &json!("2026-07-20T08:00:00Z")));
        assert_eq!(desk.refused(&admin, "activity", json!({"kind": "call", "done_at": "2026-07-20T09:00:00Z"})), ["done_at: future"]);
    });
}

#[test]
fn notes_and_tasks_are_no_touches_and_a_call_is_one_when_somebody_was_reached() {
    both(|desk| {
        let admin = desk.admin();
        let touch = |input: Value| {
            let made = desk.create(&admin, "activity", input);
            let shown = desk.get(&admin, "activity", made);
            (shown["status"].as_str().unwrap().to_string(), shown["touch"].as_bool().unwrap())
        };
        let done = || "2026-01-05T09:00:00Z";
        assert_eq!(touch(json!({"kind": "note", "body": "x"})), ("done".into(), false));
        assert_eq!(touch(json!({"kind": "task", "done_at": done()})), ("done".into(), false));
        assert_eq!(touch(json!({"kind": "call", "outcome": "no_answer"})), ("done".into(), false));
        assert_eq!(touch(json!({"kind": "call", "outcome": "connected"})), ("done".into(), true));
        assert_eq!(touch(json!({"kind": "call", "done_at": done()})), ("done".into(), false), "nobody knows whether anyone answered");
        assert_eq!(touch(json!({"kind": "meeting", "done_at": done()})), ("done".into(), true), "it was held");
        assert_eq!(touch(json!({"kind": "email", "done_at": done()})), ("done".into(), true));
        assert_eq!(touch(json!({"kind": "email"})), ("open".into(), false), "one to be written");
    });
}

#[test]
fn an_activity_of_a_deal_is_about_its_company_and_contact_too() {
    both(|desk| {
        let admin = desk.admin();
        pipeline(desk);
        let kestrel = desk.create(&admin, "company", json!({"name": "Kestrel"}));
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh", "company": kestrel}));
        let deal = desk.create(&admin, "deal", json!({"contact": helen}));
        let call = desk.create(&admin, "activity", json!({"kind": "call", "about": one("deal", deal)}));
        assert_eq!(
            about(desk, call),
            [format!("deal {deal} direct"), format!("contact {helen} derived"), format!("company {kestrel} derived")]
        );

        // Sent back as it was shown, it stays as it is.
        let shown = desk.get(&admin, "activity", call)["about"].clone();
        desk.update(&admin, "activity", call, json!({"about": shown, "subject": "Call Helen"}));
        let bare: Vec<Value> = shown.as_array().unwrap().iter().map(|i| json!({"object": i["object"], "id": i["id"]})).collect();
        desk.update(&admin, "activity", call, json!({"about": bare}));
        assert_eq!(about(desk, call).len(), 3);
        assert!(about(desk, call)[1].ends_with("derived"));
    });
}

#[test]
fn old_meetings_stay_with_the_old_company_when_a_person_changes_employer() {
    both(|desk| {
        let admin = desk.admin();
        let kestrel = desk.create(&admin, "company", json!({"name": "Kestrel"}));
        let juniper = desk.create(&admin, "company", json!({"name": "Juniper"}));
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh", "company": kestrel}));
        let meeting = desk.create(&admin, "activity", json!({"kind": "meeting", "outcome": "held", "about": one("contact", helen)}));
        desk.update(&admin, "contact", helen, json!({"company": juniper}));
        desk.update(&admin, "activity", meeting, json!({"body": "Talked about prices"}));
        assert_eq!(about(desk, meeting), [format!("contact {helen} direct"), format!("company {kestrel} derived")]);
        let titles = |company| desk.timeline(&admin, "company", company).iter().filter(|i| i["object"] == "activity").count();
        assert_eq!((titles(kestrel), titles(juniper)), (2, 0));

        let next = desk.create(&admin, "activity", json!({"kind": "meeting", "outcome": "held", "about": one("contact", helen)}));
        assert_eq!(about(desk, next), [format!("contact {helen} direct"), format!("company {juniper} derived")]);
    });
}

#[test]
fn what_is_moved_to_another_record_takes_its_past_along() {
    both(|desk| {
        let admin = desk.admin();
        let (right, wrong) =
            (desk.create(&admin, "company", json!({"name": "Right"})), desk.create(&admin, "company", json!({"name": "Wrong"})));
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh", "company": wrong}));
        let note = desk.create(&admin, "activity", json!({"kind": "note", "body": "x", "about": one("contact", helen)}));
        desk.update(&admin, "activity", note, json!({"about": one("company", right)}));
        assert_eq!(about(desk, note), [format!("company {right} direct")]);
        let told = |object: &str, made| {
            desk.timeline(&admin, object, made).iter().filter(|i| i["object"] == "activity").map(|i| i["kind"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(told("company", right), ["record.updated", "record.created"]);
        assert_eq!(told("company", wrong).len() + told("contact", helen).len(), 0);
    });
}

#[test]
fn people_who_take_part_have_it_in_their_timeline() {
    both(|desk| {
        let admin = desk.admin();
        let kestrel = desk.create(&admin, "company", json!({"name": "Kestrel"}));
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh", "company": kestrel}));
        let tom = desk.create(&admin, "contact", json!({"last_name": "Reed"}));
        let meeting = desk.create(
            &admin,
            "activity",
            json!({"kind": "meeting", "outcome": "held", "about": one("contact", tom), "participants": [{"contact": helen}]}),
        );
        assert_eq!(
            about(desk, meeting),
            [format!("contact {tom} direct"), format!("contact {helen} derived"), format!("company {kestrel} derived")]
        );
        desk.update(&admin, "activity", meeting, json!({"participants": []}));
        assert_eq!(about(desk, meeting), [format!("contact {tom} direct")]);
    });
}

#[test]
fn completing_asks_what_comes_next_and_one_undo_takes_both_back() {
    both(|desk| {
        let admin = desk.admin_at("2026-07-20T08:00:00Z");
        let elena = desk.create(&admin, "contact", json!({"last_name": "Conti"}));
        let call = desk.create(&admin, "activity", json!({"kind": "call", "body": "Ask for the size", "about": one("contact", elena)}));
        let done = desk.again(&admin);
        let input = json!({"outcome": "connected", "note": "14 cabinets", "next": [{"kind": "email", "subject": "Send quote", "due_on": "2026-07-22"}]});
        let answer = desk.act(&done, "activity", call, "complete", input);
        let shown = desk.get(&admin, "activity", call);
        assert_eq!((&shown["status"], &shown["done_at"]), (&json!("done"), &json!("2026-07-20T08:00:00Z")));
        assert_eq!(shown["body"], "Ask for the size\n\n14 cabinets");
        let next = desk.list(&admin, "activity", r#"status == "open""#, "");
        assert_eq!((&next[0]["id"], &next[0]["subject"], &next[0]["parent"]), (&answer["next"], &json!("Send quote"), &json!(call)));
        assert_eq!(next[0]["about"], json!([{"object": "contact", "id": elena, "via": "direct"}]));

        desk.undo(&admin, &done);
        assert_eq!(desk.get(&admin, "activity", call)["status"], "open");
        assert_eq!(desk.list(&admin, "activity", "", "").len(), 1);
    });
}

#[test]
fn completing_the_last_thing_planned_tells_what_has_no_plan_now() {
    both(|desk| {
        let admin = desk.admin_at("2026-07-20T08:00:00Z");
        let elena = desk.create(&admin, "contact", json!({"last_name": "Conti"}));
        let plan = |subject: &str| {
            desk.create(
                &admin,
                "activity",
                json!({"kind": "task", "subject": subject, "due_on": "2026-07-22", "about": one("contact", elena)}),
            )
        };
        let (first, second, third) = (plan("Call"), plan("Write"), plan("Visit"));
        assert_eq!(desk.act(&admin, "activity", first, "complete", json!({}))["unplanned"], json!([]));
        let next = json!({"next": [{"subject": "Ask again", "due_on": "2026-07-23"}]});
        desk.act(&admin, "activity", second, "complete", json!({}));
        let answer = desk.act(&admin, "activity", third, "complete", next);
        assert_eq!(answer["unplanned"], json!([]), "the next one is planned already");
        let last = Made(desk.list(&admin, "activity", r#"status == "open""#, "")[0]["id"].as_str().unwrap().parse().unwrap());
        let answer = desk.act(&admin, "activity", last, "complete", json!({}));
        assert_eq!(answer["unplanned"], json!([{"object": "contact", "id": elena}]));
    });
}

#[test]
fn a_snoozed_task_is_due_later_and_what_is_over_can_be_reopened() {
    both(|desk| {
        let admin = desk.admin_at("2026-07-20T08:00:00Z");
        let task = desk.create(&admin, "activity", json!({"kind": "task", "subject": "Send list", "due_on": "2026-07-19"}));
        assert_eq!(desk.get(&admin, "activity", task)["status"], "overdue");
        desk.act(&admin, "activity", task, "snooze", json!({"until": "2026-07-23T07:00:00Z"}));
        let shown = desk.get(&admin, "activity", task);
        assert_eq!((&shown["due_on"], &shown["due_at"], &shown["status"]), (&json!("2026-07-23"), &json!(null), &json!("open")));
        assert_eq!(desk.refused_act(&admin, "activity", task, "snooze", json!({"until": "2026-07-19T07:00:00Z"})), ["until: past"]);
        desk.act(&admin, "activity", task, "cancel", json!({}));
        assert_eq!(desk.get(&admin, "activity", task)["status"], "cancelled");
        assert!(desk.try_act(&admin, "activity", task, "complete", json!({}), false).is_err(), "it will not take place");
        desk.act(&admin, "activity", task, "reopen", json!({}));
        let shown = desk.get(&admin, "activity", task);
        assert_eq!((&shown["due_on"], &shown["status"]), (&json!("2026-07-23"), &json!("open")));
    });
}

#[test]
fn what_one_gives_to_another_says_who_gave_it() {
    both(|desk| {
        let (admin, marco) = (desk.admin(), desk.person("Marco Bianchi", "representative"));
        let task = desk.create(&admin, "activity", json!({"kind": "task", "owner": marco.user_id().map(Made)}));
        assert_eq!(desk.get(&admin, "activity", task)["assigned_by"], json!(admin.user_id().map(Made)));
        let own = desk.create(&marco, "activity", json!({"kind": "task"}));
        assert_eq!(desk.get(&marco, "activity", own)["assigned_by"], json!(null));
    });
}

/// A pipeline for deals.
fn pipeline(desk: &Desk) {
    let ctx = desk.system();
    desk.write(move |tx| sales::pipeline::create_default(&ctx, tx).map(|_| ())).unwrap();
}

#[test]
fn completing_one_of_a_series_plans_the_next_and_one_undo_takes_both_back() {
    both(|desk| {
        let admin = desk.admin_at("2026-07-20T08:00:00Z");
        let company = desk.create(&admin, "company", json!({"name": "Valsesia"}));
        let first = desk.create(
            &admin,
            "activity",
            json!({"kind": "call", "subject": "Monthly talk", "due_at": "2026-07-20T07:00:00Z", "repeat": "FREQ=WEEKLY;COUNT=3", "about": one("company", company)}),
        );
        let open = || desk.list(&admin, "activity", "status in [\"open\", \"overdue\"]", "due_on");
        let done = desk.at(&admin, "2026-07-20T09:00:00Z");
        desk.act(&done, "activity", first, "complete", json!({"outcome": "connected"}));
        let [next] = open().try_into().unwrap();
        assert_eq!(
            (&next["subject"], &next["due_on"], &next["due_at"], &next["series"], &next["done_at"]),
            (&json!("Monthly talk"), &json!("2026-07-27"), &json!("2026-07-27T07:00:00Z"), &json!(first), &json!(null))
        );
        assert_eq!(next["about"][0]["id"], json!(company));
        desk.undo(&admin, &done);
        assert_eq!(open().iter().map(|a| a["id"].clone()).collect::<Vec<_>>(), [json!(first)]);

        desk.act(&desk.at(&admin, "2026-08-05T09:00:00Z"), "activity", first, "complete", json!({}));
        let [second] = open().try_into().unwrap();
        assert_eq!(second["due_on"], "2026-08-10", "a time that has gone by is not planned");
        let made = |activity: &Value| Made(activity["id"].as_str().unwrap().parse().unwrap());
        desk.act(&desk.at(&admin, "2026-08-10T09:00:00Z"), "activity", made(&second), "complete", json!({}));
        let [third] = open().try_into().unwrap();
        desk.update(&desk.at(&admin, "2026-08-17T09:00:00Z"), "activity", made(&third), json!({"done_at": "2026-08-17T08:00:00Z"}));
        assert_eq!(open().len(), 0, "three times in all");
        assert_eq!(desk.refused_change(&admin, "activity", first, json!({"repeat": "every week"})), ["repeat: invalid"]);
    });
}
