//! The bin: what hangs on a record is told before, and everything comes back with its links for thirty days.

use kernel::{Ctx, job};
use serde_json::{Value, json};

use crate::app::{App, Client, both, id, items};

/// A company with two contacts, a deal and an activity about it.
fn kestrel(client: &Client<'_>) -> Value {
    let company = client.create("companies", json!({"name": "Kestrel"}));
    for name in ["Marsh", "Ward"] {
        client.create("contacts", json!({"last_name": name, "company": company["id"]}));
    }
    client.create("deals", json!({"name": "Cabinet", "company": company["id"]}));
    let about = json!([{"object": "company", "id": company["id"]}]);
    client.create("activities", json!({"kind": "task", "subject": "Ring", "about": about}));
    company
}

fn hanging(told: &Value) -> Vec<(String, i64)> {
    told["hanging"].as_array().unwrap().iter().map(|h| (h["object"].as_str().unwrap().into(), h["count"].as_i64().unwrap())).collect()
}

fn of(all: &[(String, i64)], object: &str) -> i64 {
    all.iter().find(|(name, _)| name == object).map_or(0, |(_, count)| *count)
}

#[test]
fn deleting_a_company_tells_what_hangs_on_it_before_and_it_comes_back_with_all_of_it() {
    both(|app| {
        let admin = app.admin();
        let company = kestrel(&admin);
        let path = format!("/api/v1/companies/{}", id(&company));
        let told = admin.delete(&format!("{path}?dry_run=true")).expect(200);
        let all = hanging(&told);
        assert_eq!((of(&all, "contact"), of(&all, "deal"), of(&all, "activity")), (2, 1, 1), "{told}");
        assert_eq!(told["hanging"].as_array().unwrap().iter().find(|h| h["object"] == "contact").unwrap()["label"], "Contacts");
        admin.get(&path).expect(200);

        let many = json!({"operations": [{"op": "delete", "id": company["id"]}]});
        let told = admin.post("/api/v1/companies/batch?dry_run=true", &many).expect(200);
        assert_eq!(of(&hanging(&told), "contact"), 2);

        admin.delete(&path).expect(200);
        let bin = admin.list("companies", &[("bin", "true"), ("expand", "updated_by")]);
        let lying = &items(&bin)[0];
        assert!(lying["deleted_at"].is_string() && lying["updated_by"]["title"].is_string(), "{bin}");
        admin.post(&format!("{path}/actions/restore"), &json!({})).expect(200);
        let filter = format!("company == \"{}\"", id(&company));
        for object in ["contacts", "deals"] {
            assert!(!items(&admin.list(object, &[("filter", &filter)])).is_empty(), "{object}");
        }
        let again = admin.delete(&format!("{path}?dry_run=true")).expect(200);
        assert_eq!(hanging(&again), all);
    });
}

#[test]
fn what_hangs_on_a_record_is_counted_as_far_as_one_may_see_it() {
    both(|app| {
        let admin = app.admin();
        let marco = app.person("marco@acme.example", "representative");
        let company = marco.create("companies", json!({"name": "His"}));
        admin.create("deals", json!({"name": "Not his to see", "company": company["id"]}));
        let path = format!("/api/v1/companies/{}?dry_run=true", id(&company));
        assert_eq!(of(&hanging(&admin.delete(&path).expect(200)), "deal"), 1);
        assert_eq!(of(&hanging(&marco.delete(&path).expect(200)), "deal"), 0);
        let foreign = admin.create("companies", json!({"name": "Foreign"}));
        marco.delete(&format!("/api/v1/companies/{}?dry_run=true", id(&foreign))).expect(403);
    });
}

#[test]
fn a_representative_deletes_one_by_one() {
    both(|app| {
        let marco = app.person("marco@acme.example", "representative");
        let own: Vec<Value> = ["A", "B"].iter().map(|name| marco.create("companies", json!({"name": name}))).collect();
        let delete = |some: &[Value]| {
            let operations: Vec<Value> = some.iter().map(|c| json!({"op": "delete", "id": c["id"]})).collect();
            marco.post("/api/v1/companies/batch", &json!({"operations": operations}))
        };
        assert_eq!(delete(&own).expect(403)["detail"], "You may not delete more than one of companies at once");
        assert_eq!(delete(&own[..1]).expect(200)["results"][0]["status"], 200);
    });
}

/// Passes of a day's jobs, as they are run on the day that lies so far ahead.
fn days_later(app: &App, days: i64) {
    let ctx = Ctx::system(&app.engine);
    job::run_due(&Ctx { clock: Some(ctx.now().plus_days(days)), ..ctx }, &|| true);
}

#[test]
fn what_lay_in_the_bin_for_thirty_days_is_gone_for_good() {
    both(|app| {
        let admin = app.admin();
        let (old, new) = (kestrel(&admin), admin.create("companies", json!({"name": "New"})));
        for company in [&old, &new] {
            admin.delete(&format!("/api/v1/companies/{}", id(company))).expect(200);
        }
        let lying = || items(&admin.list("companies", &[("bin", "true")])).len();
        days_later(app, 29);
        assert_eq!(lying(), 2);
        days_later(app, 31);
        assert_eq!(lying(), 0);
        admin.post(&format!("/api/v1/companies/{}/actions/restore", id(&old)), &json!({})).expect(404);
        assert_eq!(items(&admin.list("contacts", &[])).len(), 2, "what hung on it stays");
    });
}
