use crate::testing::both;
use kernel::Ctx;
use kernel::testing::{Desk, Made};
use serde_json::{Value, json};

/// What the bell tells somebody.
fn bell(desk: &Desk, ctx: &Ctx) -> Vec<String> {
    desk.settle();
    desk.column(ctx, "notification", "user == me()", "created_at", "text").iter().map(|t| t.as_str().unwrap().to_string()).collect()
}

fn id(ctx: &Ctx) -> Value {
    json!(ctx.user_id().map(Made))
}

#[test]
fn who_is_given_something_hears_of_it() {
    both(|desk| {
        let (admin, marco) = (desk.admin(), desk.person("Marco Bianchi", "representative"));
        let company = desk.create(&admin, "company", json!({"name": "Orsa Hotels", "owner": id(&marco)}));
        desk.create(&marco, "company", json!({"name": "My own"}));
        assert_eq!(bell(desk, &marco), ["Nadia Ricci gave you: Orsa Hotels (Company)"]);
        let told = desk.list(&marco, "notification", "", "");
        assert_eq!((&told[0]["kind"], &told[0]["actor"], &told[0]["about"][0]["id"]), (&json!("assigned"), &id(&admin), &json!(company)));
        assert_eq!(desk.list(&admin, "notification", "", "").len(), 1, "the administrator may look, but it is not for her");
        assert_eq!(bell(desk, &admin).len(), 0);
    });
}

#[test]
fn many_of_one_act_are_told_once_and_imports_are_silent() {
    both(|desk| {
        let (admin, marco) = (desk.admin(), desk.person("Marco Bianchi", "representative"));
        let act = desk.again(&admin);
        for n in 0..5 {
            desk.create(&act, "company", json!({"name": format!("C{n}"), "owner": id(&marco)}));
        }
        desk.create(&desk.import(&admin), "company", json!({"name": "Imported", "owner": id(&marco)}));
        desk.create(&admin, "activity", json!({"kind": "note", "body": "x", "owner": id(&marco)}));
        assert_eq!(bell(desk, &marco), ["Nadia Ricci gave you 5: Companies"]);
    });
}

#[test]
fn a_mention_reaches_who_may_see_it() {
    both(|desk| {
        let admin = desk.admin();
        let team = desk.create(&admin, "team", json!({"name": "Italy"}));
        let marco = desk.person_in("Marco Bianchi", "representative", Some(team));
        let sofia = desk.person_in("Sofia Greco", "representative", Some(team));
        let jonas = desk.person("Jonas Weber", "representative");
        let note =
            desk.create(&marco, "activity", json!({"kind": "note", "subject": "Prices", "body": "Ask @sofia greco and @Jonas Weber"}));
        assert_eq!(bell(desk, &sofia), ["Marco Bianchi mentioned you in: Prices"]);
        assert_eq!(bell(desk, &jonas).len(), 0, "not of his team");
        desk.update(&marco, "activity", note, json!({"body": "Ask @Sofia Greco again"}));
        assert_eq!(bell(desk, &sofia).len(), 1, "she was named before");
    });
}

#[test]
fn a_muted_kind_is_not_told() {
    both(|desk| {
        let (admin, marco) = (desk.admin(), desk.person("Marco Bianchi", "representative"));
        let user = marco.user_id().unwrap();
        let muted = json!({"muted_notifications": ["assigned"]});
        desk.write(move |tx| kernel::setting::save_preferences(tx, user, muted.as_object().unwrap())).unwrap();
        desk.create(&admin, "company", json!({"name": "Orsa Hotels", "owner": id(&marco)}));
        assert_eq!(bell(desk, &marco).len(), 0);
    });
}

#[test]
fn one_is_told_in_ones_own_language() {
    both(|desk| {
        let admin = desk.admin();
        let chen = desk.person("Chen Yu", "manager");
        desk.update(&admin, "user", Made(chen.user_id().unwrap()), json!({"language": "zh"}));
        desk.create(&admin, "company", json!({"name": "江南鲜配", "owner": id(&chen)}));
        assert_eq!(bell(desk, &chen), ["Nadia Ricci将公司“江南鲜配”分配给您"]);
    });
}

#[test]
fn a_reminder_comes_once_and_again_when_it_is_set_anew() {
    both(|desk| {
        let marco = desk.person("Marco Bianchi", "representative");
        let now = base::Instant::now();
        let call = desk.create(
            &marco,
            "activity",
            json!({"kind": "call", "subject": "Call Orsa", "due_on": "2099-01-01", "remind_at": now.plus_days(1).to_string()}),
        );
        for hours in [23, 25, 26] {
            desk.wait_until(now.plus_micros(hours * 3_600_000_000));
        }
        assert_eq!(bell(desk, &marco), ["Call Orsa"]);
        desk.update(&marco, "activity", call, json!({"remind_at": now.plus_days(3).to_string()}));
        desk.wait_until(now.plus_days(3).plus_micros(1));
        assert_eq!(bell(desk, &marco).len(), 2);
        desk.act(&marco, "activity", call, "complete", json!({"outcome": "connected"}));
        desk.update(&marco, "activity", call, json!({"remind_at": now.plus_days(4).to_string()}));
        desk.wait_until(now.plus_days(5));
        assert_eq!(bell(desk, &marco).len(), 2, "what is done needs no reminder");
    });
}
