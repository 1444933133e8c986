use crate::testing::both;
use kernel::Ctx;
use kernel::testing::{Desk, Made};
use serde_json::{Value, json};

/// A moment so many days before now.
fn ago(days: i64) -> String {
    base::Instant::now().plus_days(-days).to_string()
}

fn about(object: &str, made: Made) -> Value {
    json!([{"object": object, "id": made}])
}

fn call(desk: &Desk, ctx: &Ctx, days: i64, contact: Made) -> Made {
    desk.create(ctx, "activity", json!({"kind": "call", "outcome": "connected", "done_at": ago(days), "about": about("contact", contact)}))
}

fn sum(shown: &Value) -> i64 {
    shown["pulse"].as_array().unwrap().iter().filter_map(Value::as_i64).sum()
}

#[test]
fn a_touch_is_seen_on_everything_that_it_is_about() {
    both(|desk| {
        let admin = desk.admin();
        let kestrel = desk.create(&admin, "company", json!({"name": "Kestrel"}));
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh", "company": kestrel}));
        call(desk, &admin, 3, helen);
        call(desk, &admin, 30, helen);
        desk.create(&admin, "activity", json!({"kind": "note", "body": "x", "about": about("contact", helen)}));
        desk.settle();
        for (object, made) in [("contact", helen), ("company", kestrel)] {
            let shown = desk.get(&admin, object, made);
            assert_eq!((&shown["touches"], &shown["last_touch_kind"]), (&json!(2), &json!("call")), "{object}");
            assert_eq!(sum(&shown), 2);
            assert_eq!(shown["version"], desk.get(&admin, object, made)["version"]);
        }
        assert_eq!(desk.get(&admin, "company", kestrel)["version"], 1, "counts are no edits");
    });
}

#[test]
fn counting_again_changes_nothing_and_corrections_are_followed() {
    both(|desk| {
        let admin = desk.admin();
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh"}));
        let old = call(desk, &admin, 200, helen);
        let late = call(desk, &admin, 2, helen);
        desk.settle();
        let before = desk.get(&admin, "contact", helen);
        assert_eq!((before["touches"].as_i64(), sum(&before)), (Some(1), 1), "the older one is out of the twelve weeks");

        desk.delete(&admin, "activity", late);
        desk.settle();
        let shown = desk.get(&admin, "contact", helen);
        assert_eq!(shown["last_touch_at"], desk.get(&admin, "activity", old)["done_at"]);
        assert_eq!((&shown["touches"], sum(&shown)), (&json!(0), 0));

        let ctx = desk.again(&admin);
        desk.write(move |tx| kernel::record::restore(&ctx, tx, "activity", late.0).map(|_| ())).unwrap();
        desk.settle();
        assert_eq!(desk.get(&admin, "contact", helen)["last_touch_at"], before["last_touch_at"]);

        desk.update(&admin, "activity", late, json!({"outcome": "no_answer"}));
        desk.settle();
        assert_eq!(desk.get(&admin, "contact", helen)["last_touch_at"], desk.get(&admin, "activity", old)["done_at"]);
    });
}

#[test]
fn what_is_gone_for_good_counts_no_more() {
    both(|desk| {
        let admin = desk.admin();
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh"}));
        let made = call(desk, &admin, 2, helen);
        desk.settle();
        assert_eq!(desk.get(&admin, "contact", helen)["touches"], 1);
        let ctx = desk.again(&admin);
        desk.write(move |tx| kernel::record::purge(&ctx, tx, "activity", made.0)).unwrap();
        desk.settle();
        assert_eq!(desk.get(&admin, "contact", helen)["touches"], 0);
    });
}

#[test]
fn a_touch_moves_with_the_activity_to_another_record() {
    both(|desk| {
        let admin = desk.admin();
        let (helen, tom) =
            (desk.create(&admin, "contact", json!({"last_name": "Marsh"})), desk.create(&admin, "contact", json!({"last_name": "Reed"})));
        let made = call(desk, &admin, 2, helen);
        desk.settle();
        desk.update(&admin, "activity", made, json!({"about": about("contact", tom)}));
        desk.settle();
        assert_eq!(desk.get(&admin, "contact", helen)["last_touch_at"], json!(null));
        assert_eq!(desk.get(&admin, "contact", tom)["touches"], 1);
    });
}

#[test]
fn what_they_wrote_since_our_last_word_is_unanswered() {
    both(|desk| {
        let admin = desk.admin();
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh"}));
        let touch = |day: i64, kind: &str, direction: &str, outcome: Value| {
            let at = ago(10 - day);
            desk.create(
                &admin,
                "activity",
                json!({"kind": kind, "direction": direction, "outcome": outcome, "done_at": at, "subject": "x", "about": about("contact", helen)}),
            );
            desk.settle();
            desk.get(&admin, "contact", helen)["unanswered"].clone()
        };
        assert_eq!(touch(0, "email", "outgoing", Value::Null), Value::Null);
        assert_eq!(touch(1, "email", "incoming", Value::Null), 1);
        assert_eq!(touch(2, "message", "incoming", Value::Null), 2);
        assert_eq!(touch(3, "call", "outgoing", json!("no_answer")), 2, "nobody was reached");
        assert_eq!(touch(4, "call", "incoming", json!("connected")), Value::Null, "who was spoken to has had an answer");
        assert_eq!(desk.list(&admin, "contact", "unanswered > 0", "").len(), 0);
    });
}

#[test]
fn the_earliest_plan_is_the_next_activity() {
    both(|desk| {
        let admin = desk.admin_at("2026-07-20T08:00:00Z");
        let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh"}));
        let later = desk.create(&admin, "activity", json!({"kind": "task", "due_on": "2026-07-24", "about": about("contact", helen)}));
        let first =
            desk.create(&admin, "activity", json!({"kind": "call", "due_at": "2026-07-22T09:00:00Z", "about": about("contact", helen)}));
        desk.settle();
        assert_eq!(desk.get(&admin, "contact", helen)["next_activity_at"], "2026-07-22T09:00:00Z");
        desk.act(&admin, "activity", first, "complete", json!({"outcome": "connected"}));
        desk.settle();
        assert_eq!(desk.get(&admin, "contact", helen)["next_activity_at"], "2026-07-24T21:59:59Z", "the last second of its day in Rome");
        desk.act(&admin, "activity", later, "cancel", json!({}));
        desk.settle();
        assert_eq!(desk.get(&admin, "contact", helen)["next_activity_at"], json!(null), "no plan");
    });
}

#[test]
fn the_pulse_moves_on_with_the_weeks() {
    both(|desk| {
        let admin = desk.admin();
        let people: Vec<Made> = (0..3).map(|n| desk.create(&admin, "contact", json!({"last_name": format!("P{n}")}))).collect();
        for person in &people {
            call(desk, &admin, 1, *person);
        }
        desk.settle();
        let pulse = || desk.get(&admin, "contact", people[0])["pulse"].as_array().unwrap().clone();
        let week = pulse().iter().position(|n| *n == 1).unwrap();

        let roll = |days: i64| desk.wait_until(base::Instant::now().plus_days(days));
        roll(14);
        assert_eq!(pulse().iter().position(|n| *n == 1).unwrap(), week - 2);
        roll(14 * 7);
        let shown = desk.get(&admin, "contact", people[2]);
        assert_eq!((&shown["touches"], shown["last_touch_at"].is_string()), (&json!(0), true), "long ago, but not forgotten");
    });
}
