//! The sample leaves, and nothing else goes with it.

use kernel::{Ctx, record, session, user};
use serde_json::{Map, Value as Json, json};

use crate::desk::{Desk, both};
use crate::night::nothing_is_left_for_the_passes;

fn map(json: Json) -> Map<String, Json> {
    json.as_object().unwrap().clone()
}

#[test]
fn what_a_user_made_stays_when_the_sample_goes() {
    both("sample-removal", goes_and_stays);
}

fn goes_and_stays(desk: &Desk) {
    sample::load_small(&desk.engine).unwrap();
    nothing_is_left_for_the_passes(desk);
    let signed_in = session::sign_in(&desk.engine, "marco.bianchi@fratellidolce.example", sample::PASSWORD, "::1", base::Instant::now());
    assert!(signed_in.is_ok(), "everybody signs in with the known password: {signed_in:?}");

    let engine = desk.engine.clone();
    assert_eq!(desk.count("company", "name == \"Kestrel Hotels\""), 1);
    let nadia = desk.engine.store().read(|tx| user::by_email(tx, sample::ADMINISTRATOR)).unwrap().unwrap();
    let ctx = Ctx::of_user(&engine, std::sync::Arc::new(nadia));
    let mine = ctx.clone();
    let (own, deal) = engine
        .store()
        .write(move |tx| {
            let kestrel = tx.first(&store::Sql::raw(tx.dialect(), "select id from company where name = 'Kestrel Hotels'"), |row| row.must_id(0))?.unwrap();
            let own = record::create(&mine, tx, "company", &map(json!({"name": "My own firm"})))?.id;
            let deal = record::create(&mine, tx, "deal", &map(json!({"name": "My own deal", "company": kestrel.to_string()})))?.id;
            record::create(&mine, tx, "activity", &map(json!({"kind": "note", "subject": "My note", "about": [{"object": "deal", "id": deal.to_string()}, {"object": "company", "id": kestrel.to_string()}]})))?;
            Ok((own, deal))
        })
        .unwrap();

    let removed = sample::remove(&ctx).unwrap();
    assert!(removed.records > 2_000, "{removed:?}");
    for (object, left) in
        [("company", 1), ("contact", 0), ("lead", 0), ("deal", 1), ("deal_line", 0), ("activity", 1), ("product", 0), ("exchange_rate", 0)]
    {
        assert_eq!(desk.count(object, "true"), left, "{object}");
    }
    let system = Ctx::system(&engine);
    let (own, deal) =
        engine.store().read(|tx| Ok((record::find(&system, tx, "company", own)?, record::find(&system, tx, "deal", deal)?))).unwrap();
    assert!(own.is_some());
    let deal = deal.unwrap();
    assert!(!deal.has("company") && deal.has("stage") && deal.has("owner"), "the deal lost its company and kept its place");
    assert_eq!(desk.count("user", "true"), 1, "whoever pressed the button stays");
    assert_eq!(desk.count("stage", "true"), 7, "the pipeline that the own deal stands in stays whole");
    assert!(!engine.settings().has_sample && engine.settings().is_set_up);
    assert_eq!(sample::remove(&ctx).unwrap().records, 0, "there is nothing left to remove");
}
