//! What is left without a plan when something is done.

use base::{Id, Result};
use kernel::{Ctx, Record, query};
use serde_json::{Value as Json, json};
use store::Tx;

use crate::touch;

/// Of what the activity is about, the records still worked on with nothing planned any more, as `[{"object", "id"}]`:
/// what is won or lost wants no plan. Records that the caller may not see are left out; plans that he may not see count.
pub fn after(ctx: &Ctx, tx: &mut Tx, activity: &Record) -> Result<Vec<Json>> {
    let mut left = Vec::new();
    for item in activity.get("about").as_list() {
        let is_direct = item.part("via").as_text() != Some("derived");
        let Some((object, id)) = item.part("object").as_text().zip(item.part("id").as_id()).filter(|_| is_direct) else { continue };
        if touch::next(tx, id)?.is_none() && wants_plan(ctx, tx, object, id)? {
            left.push(json!({"object": object, "id": id.to_string()}));
        }
    }
    Ok(left)
}

fn wants_plan(ctx: &Ctx, tx: &mut Tx, name: &str, id: Id) -> Result<bool> {
    let Some(object) = ctx.model.object(name).filter(|o| o.field("next_activity_at").is_some()) else { return Ok(false) };
    let Some(worked_on) = &object.handover else { return Ok(false) };
    let filter = format!("id == \"{id}\" && ({worked_on})");
    Ok(!query::ids(ctx, tx, object, Some(&filter), 1)?.is_empty())
}
