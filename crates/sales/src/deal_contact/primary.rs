//! A deal has one primary contact, told both here and on the deal.

use base::{Id, Result, Value};
use kernel::record::{self, Change};
use kernel::{Ctx, Draft, Record, Rule};
use store::Tx;

use crate::deal::people::rows;

pub struct OnePrimary;

impl Rule for OnePrimary {
    fn object(&self) -> &'static str {
        "deal_contact"
    }

    /// The first person of a deal is its primary contact until told otherwise.
    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if !draft.is_new() || draft.is_written("primary") {
            return Ok(());
        }
        if let Some(deal) = draft.get("deal").as_id() {
            let is_first = record::find(ctx, tx, "deal", deal)?.is_some_and(|d| !d.has("contact"));
            draft.set("primary", is_first);
        }
        Ok(())
    }

    fn after(&self, ctx: &Ctx, tx: &mut Tx, change: &Change) -> Result<()> {
        let is_primary = |r: &Record| r.flag("primary") && r.deleted_at.is_none();
        let was_primary = change.before.as_ref().is_some_and(is_primary);
        let Some(deal) = change.after.link("deal") else { return Ok(()) };
        if is_primary(&change.after) {
            return tell(ctx, tx, deal, &change.after);
        }
        if was_primary { step_down(ctx, tx, deal, &change.after) } else { Ok(()) }
    }
}

/// The deal takes the contact over; its own rule then releases the others.
fn tell(ctx: &Ctx, tx: &mut Tx, deal: Id, row: &Record) -> Result<()> {
    let Some(known) = record::find(ctx, tx, "deal", deal)? else { return Ok(()) };
    if known.link("contact") != row.link("contact") {
        record::set(ctx, tx, "deal", deal, vec![("contact", row.get("contact").clone())])?;
        return Ok(());
    }
    for (other, _, is_primary) in rows(tx, deal)? {
        if is_primary && other != row.id {
            record::set(ctx, tx, "deal_contact", other, vec![("primary", Value::Bool(false))])?;
        }
    }
    Ok(())
}

/// Nobody follows by himself: who is primary is for people to say.
fn step_down(ctx: &Ctx, tx: &mut Tx, deal: Id, row: &Record) -> Result<()> {
    let Some(known) = record::find(ctx, tx, "deal", deal)? else { return Ok(()) };
    if known.link("contact") == row.link("contact") {
        record::set(ctx, tx, "deal", deal, vec![("contact", Value::Null)])?;
    }
    Ok(())
}
