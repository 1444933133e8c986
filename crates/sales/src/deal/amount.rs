//! The amount is the sum of the lines until somebody sets it by hand; clearing it gives it back to the lines.

use base::Result;
use kernel::{Ctx, Draft, Rule};
use store::Tx;

use super::is_same;
use crate::deal_line::sums;

pub struct FromLines;

impl Rule for FromLines {
    fn object(&self) -> &'static str {
        "deal"
    }

    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let differs = draft.is_written("amount") && !is_same(draft.old("amount"), draft.get("amount"));
        if draft.is_new() || !differs && !draft.changed("amount_manual") {
            return Ok(());
        }
        let Some(lines) = sums::of_deal(ctx, tx, draft.record.id)? else { return Ok(()) };
        if differs && !draft.is_written("amount_manual") {
            let by_hand =
                draft.get("amount").as_money().is_some_and(|m| m.amount != lines.total.amount || m.currency != lines.total.currency);
            draft.set("amount_manual", by_hand);
        }
        if !draft.record.flag("amount_manual") {
            draft.set("amount", base::Value::Money(lines.total));
        }
        Ok(())
    }
}
