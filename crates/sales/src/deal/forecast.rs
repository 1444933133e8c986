//! The category of the forecast follows the stage and the outcome; between moves it may be set by hand.

use base::Result;
use kernel::{Ctx, Draft, Rule};
use store::Tx;

use crate::stage;

pub struct FollowsStage;

impl Rule for FollowsStage {
    fn object(&self) -> &'static str {
        "deal"
    }

    fn before(&self, _ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let category = match draft.get("status").as_text() {
            Some("won") => Some("closed".to_string()),
            Some("lost") => Some("omitted".to_string()),
            _ if draft.is_written("forecast_category") && !draft.get("forecast_category").is_null() => None,
            _ if !draft.changed("stage") => None,
            _ => Some(of_stage(tx, draft)?),
        };
        if let Some(category) = category {
            draft.set("forecast_category", category);
        }
        if draft.get("status").as_text() == Some("open") && draft.get("forecast_category").as_text() == Some("closed") {
            draft.problem("forecast_category", "invalid", "An open deal is not closed; choose another category");
        }
        Ok(())
    }
}

fn of_stage(tx: &mut Tx, draft: &Draft) -> Result<String> {
    let stage = match draft.get("stage").as_id() {
        Some(stage) => stage::read(tx, stage)?,
        None => None,
    };
    Ok(stage.and_then(|s| s.forecast_category).unwrap_or_else(|| "pipeline".to_string()))
}
