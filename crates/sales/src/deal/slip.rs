//! How often the expected close was put off to a later month.

use base::{Date, Result, Value};
use kernel::{Ctx, Draft, Rule};
use store::Tx;

/// Counts on open deals only; a day within the same month is no slip.
pub struct Counts;

impl Rule for Counts {
    fn object(&self) -> &'static str {
        "deal"
    }

    fn before(&self, _ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if draft.get("close_slips").is_null() {
            draft.set("close_slips", Value::Int(0));
        }
        let was_open = draft.old("status").as_text() == Some("open");
        let (Some(old), Some(new)) = (draft.old("expected_close").as_date(), draft.get("expected_close").as_date()) else { return Ok(()) };
        if was_open && month(new) > month(old) {
            let slips = draft.get("close_slips").as_int().unwrap_or(0);
            draft.set("close_slips", slips.saturating_add(1));
        }
        Ok(())
    }
}

fn month(day: Date) -> (i16, i8) {
    (day.civil().year(), day.civil().month())
}
