//! The primary contact is also the primary of the deal's contacts.

use base::{Id, Result, Value};
use kernel::record::{self, Change};
use kernel::{Ctx, Rule};
use store::{Param, Sql, Tx};

pub struct Primary;

impl Rule for Primary {
    fn object(&self) -> &'static str {
        "deal"
    }

    fn after(&self, ctx: &Ctx, tx: &mut Tx, change: &Change) -> Result<()> {
        if !change.changed("contact") || change.after.deleted_at.is_some() {
            return Ok(());
        }
        let (deal, contact) = (change.after.id, change.after.link("contact"));
        let mut is_there = false;
        for (row, of, is_primary) in rows(tx, deal)? {
            let should = contact.is_some() && of == contact;
            is_there |= should;
            if should != is_primary {
                record::set(ctx, tx, "deal_contact", row, vec![("primary", Value::Bool(should))])?;
            }
        }
        // Undo brings the row itself back.
        let is_undo = ctx.origin.as_ref().is_some_and(|o| o.kind == "undo");
        match contact {
            Some(contact) if !is_there && !is_undo => {
                let values = vec![("deal", Value::Id(deal)), ("contact", Value::Id(contact)), ("primary", Value::Bool(true))];
                record::create_values(ctx, tx, "deal_contact", values).map(|_| ())
            }
            _ => Ok(()),
        }
    }
}

/// The rows of a deal: id, contact, whether it is the primary one.
pub fn rows(tx: &mut Tx, deal: Id) -> Result<Vec<(Id, Option<Id>, bool)>> {
    let text = "select id, contact, \"primary\" from deal_contact where deal = ?1 and deleted_at is null order by id";
    let sql = Sql::fill(tx.dialect(), text, [Param::from(deal)]);
    tx.all(&sql, |row| Ok((row.must_id(0)?, row.id(1)?, row.bool(2)?.unwrap_or(false))))
}
