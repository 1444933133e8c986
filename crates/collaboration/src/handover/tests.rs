use crate::testing::both;
use kernel::testing::Made;
use serde_json::json;

#[test]
fn what_a_leaver_has_open_goes_to_a_colleague_in_one_act_and_back() {
    both(|desk| {
        let admin = desk.admin();
        let team = desk.create(&admin, "team", json!({"name": "Italy"}));
        let stefano = desk.person_in("Stefano Villa", "representative", Some(team));
        let sofia = desk.person_in("Sofia Greco", "representative", Some(team));
        let other = desk.person_in("Marco Bianchi", "representative", Some(team));
        let id = |ctx: &kernel::Ctx| Made(ctx.user_id().unwrap());
        let company = desk.create(&stefano, "company", json!({"name": "Kestrel"}));
        let contact = desk.create(&stefano, "contact", json!({"last_name": "Marsh", "company": company}));
        let lead = desk.create(&stefano, "lead", json!({"last_name": "Conti"}));
        let dead = desk.create(&stefano, "lead", json!({"last_name": "Nerini"}));
        desk.act(&stefano, "lead", dead, "disqualify", json!({"disqualify_reason": "no_need"}));
        let open = desk.create(&stefano, "deal", json!({"name": "Open", "company": company}));
        let won = desk.create(&stefano, "deal", json!({"name": "Won", "company": company, "status": "won"}));
        let task = desk.create(&stefano, "activity", json!({"kind": "task", "subject": "Ring", "due_on": "2099-01-01"}));
        let done = desk.create(
            &stefano,
            "activity",
            json!({"kind": "call", "subject": "Rang", "outcome": "connected", "done_at": "2026-01-01T10:00:00Z"}),
        );
        let foreign = desk.create(&other, "deal", json!({"name": "Marco's"}));

        let act = desk.again(&admin);
        let told = desk.act(&act, "user", id(&stefano), "hand_over", json!({"to": id(&sofia), "deactivate": true}));
        assert_eq!(told["moved"], json!({"activity": 1, "company": 1, "contact": 1, "deal": 1, "lead": 1}));
        assert_eq!(told["refused"], json!([]));
        let owner = |object: &str, made: Made| desk.get(&admin, object, made)["owner"].clone();
        for (object, made) in [("company", company), ("contact", contact), ("lead", lead), ("deal", open), ("activity", task)] {
            assert_eq!(owner(object, made), json!(id(&sofia)), "{object}");
        }
        for (object, made) in [("lead", dead), ("deal", won), ("activity", done)] {
            assert_eq!(owner(object, made), json!(id(&stefano)), "{object}: what is over stays with who did it");
        }
        assert_eq!(owner("deal", foreign), json!(id(&other)));
        assert_eq!(desk.get(&admin, "user", id(&stefano))["status"], "deactivated");

        desk.undo(&admin, &act);
        assert_eq!(desk.get(&admin, "user", id(&stefano))["status"], "active");
        for (object, made) in [("company", company), ("contact", contact), ("lead", lead), ("deal", open), ("activity", task)] {
            assert_eq!(owner(object, made), json!(id(&stefano)), "{object} came back");
        }
    });
}

#[test]
fn work_goes_only_to_somebody_else_who_is_active_and_by_an_administrator() {
    both(|desk| {
        let admin = desk.admin();
        let (stefano, sofia) = (desk.person("Stefano Villa", "representative"), desk.person("Sofia Greco", "representative"));
        let id = |ctx: &kernel::Ctx| Made(ctx.user_id().unwrap());
        let refused = |to: Made| desk.refused_act(&admin, "user", id(&stefano), "hand_over", json!({"to": to}));
        assert_eq!(refused(id(&stefano)), ["to: invalid"]);
        desk.update(&admin, "user", id(&sofia), json!({"status": "deactivated"}));
        assert_eq!(refused(id(&sofia)), ["to: inactive"]);
        let giulia = desk.person("Giulia Ferri", "manager");
        assert!(desk.try_act(&giulia, "user", id(&stefano), "hand_over", json!({"to": id(&giulia)}), false).is_err());
        let last = desk.refused_act(&admin, "user", id(&admin), "hand_over", json!({"to": id(&stefano), "deactivate": true}));
        assert_eq!(last, ["status: last_administrator"]);
    });
}
