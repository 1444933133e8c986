//! The way back: everything that an import wrote, except what others have worked with since.

use std::collections::BTreeMap;

use base::{Error, Id, Result, Value};
use kernel::record::{Fate, UndoOutcome, Undoing};
use kernel::{Ctx, Speech};
use serde_json::{Map, Value as Json, json};

use super::life::{keep, load};

/// Events that one transaction takes back.
const UNDONE_AT_ONCE: i64 = 100;

/// Takes the whole import back, a few records at a time. Records that were changed since, or to which something was
/// added, such as a call that was logged, stay as they are and are told with the reason. A trial only tells what would
/// become of the records.
pub fn undo(ctx: &Ctx, id: Id, is_trial: bool) -> Result<Json> {
    let import = load(ctx, id)?;
    let correlation = import.text("correlation").and_then(|c| c.parse::<Id>().ok());
    let (Some(correlation), Some("done" | "failed" | "running")) = (correlation, import.text("state")) else {
        return Err(Error::conflict("This import has not run; there is nothing to take back"));
    };
    let mut tried = through(ctx, Undoing::sparing(correlation, true))?;
    while !tried.is_settled() {
        tried = through(ctx, tried.anew(true))?;
    }
    if is_trial {
        let told = told(ctx, tried.outcome);
        return Ok(json!({"dry_run": true, "fates": told.get("fates"), "refused": told.get("refused")}));
    }
    let told = told(ctx, through(ctx, tried.anew(false))?.outcome);
    let fates = told.get("fates").map(Json::to_string);
    let mut answer = keep(ctx, id, vec![("state", Value::from("undone")), ("fates", fates.into())])?;
    if let Json::Object(map) = &mut answer {
        map.extend(told);
    }
    Ok(answer)
}

/// Every event of the import, in short transactions.
fn through(ctx: &Ctx, mut undoing: Undoing) -> Result<Undoing> {
    loop {
        let is_trial = undoing.is_trial;
        let (within, state) = (ctx.clone(), undoing);
        let step = move |tx: &mut store::Tx| {
            let mut state = state.clone();
            let is_more = state.step(&within, tx, UNDONE_AT_ONCE)?;
            Ok((state, is_more))
        };
        let store = ctx.engine.store();
        let (state, is_more) = if is_trial { store.read(step)? } else { store.write(step)? };
        undoing = state;
        if !is_more {
            return Ok(undoing);
        }
    }
}

/// What became of the records, counted by object in the order of the model, and why some stay, for the caller to read.
fn told(ctx: &Ctx, mut outcome: UndoOutcome) -> Map<String, Json> {
    let mut counts: BTreeMap<usize, [u64; 3]> = BTreeMap::new();
    for ((object, _), fate) in &outcome.fates {
        let Some(at) = ctx.model.objects().iter().position(|o| o.name == *object) else { continue };
        let [gone, put_back, stay] = counts.entry(at).or_default();
        *match fate {
            Fate::Gone => gone,
            Fate::PutBack => put_back,
            Fate::Stays => stay,
        } += 1;
    }
    let named = counts.into_iter().filter_map(|(at, counts)| Some((ctx.model.objects().get(at)?, counts)));
    let fates: Vec<Json> = named
        .map(|(object, [gone, put_back, stay])| json!({"object": object.name, "gone": gone, "put_back": put_back, "stay": stay}))
        .collect();
    let speech = Speech { language: &ctx.language, model: &ctx.model };
    for told in &mut outcome.refused {
        let reason = told.get("reason").and_then(Json::as_str).map(|reason| speech.say(reason));
        if let (Json::Object(told), Some(reason)) = (told, reason) {
            told.insert("reason".to_string(), reason.into());
        }
    }
    Map::from_iter([
        ("restored".to_string(), outcome.restored.into()),
        ("refused".to_string(), outcome.refused.into()),
        ("fates".to_string(), fates.into()),
    ])
}
