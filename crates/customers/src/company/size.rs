//! The size band that follows from the head count (the European Union's classes, and one above).

use base::Result;
use kernel::{Ctx, Draft, Rule};
use store::Tx;

pub struct Band;

impl Rule for Band {
    fn object(&self) -> &'static str {
        "company"
    }

    fn before(&self, _ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let band = draft.get("employees").as_int().map(|n| match n {
            ..=9 => "micro",
            10..=49 => "small",
            50..=249 => "medium",
            250..=999 => "large",
            _ => "enterprise",
        });
        draft.set("size_band", band);
        Ok(())
    }
}
