//! The chance of winning follows the stage until somebody sets it by hand, and follows it again when told so.

use base::{Number, Result, Value};
use kernel::{Ctx, Draft, Rule};
use store::Tx;

use crate::stage;

pub struct FollowsStage;

impl Rule for FollowsStage {
    fn object(&self) -> &'static str {
        "deal"
    }

    fn before(&self, _ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let certain = match draft.get("status").as_text() {
            Some("won") => Some(100),
            Some("lost") => Some(0),
            _ => None,
        };
        if let Some(chance) = certain {
            draft.set("probability", Number::from_i64(chance));
            draft.set("probability_manual", false);
            return Ok(());
        }
        let usual = match draft.get("stage").as_id() {
            Some(stage) => stage::read(tx, stage)?.and_then(|s| s.probability).into(),
            None => Value::Null,
        };
        let by_hand = draft.is_written("probability") && draft.changed("probability") && !draft.is_written("probability_manual");
        if by_hand {
            let differs = !draft.get("probability").is_null() && *draft.get("probability") != usual;
            draft.set("probability_manual", differs);
        }
        let released = draft.changed("probability_manual") || draft.changed("stage") || draft.get("probability").is_null();
        if !draft.record.flag("probability_manual") && released {
            draft.set("probability", usual);
        }
        Ok(())
    }
}
