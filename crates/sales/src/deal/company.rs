//! A deal with a person is one with the company where that person works, unless another is named.

use base::Result;
use kernel::{Ctx, Draft, Rule, record};
use store::Tx;

pub struct OfContact;

impl Rule for OfContact {
    fn object(&self) -> &'static str {
        "deal"
    }

    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if !draft.changed("contact") || !draft.get("company").is_null() || draft.is_written("company") {
            return Ok(());
        }
        let Some(contact) = draft.get("contact").as_id() else { return Ok(()) };
        if let Some(contact) = record::find(ctx, tx, "contact", contact)? {
            draft.set("company", contact.link("company"));
        }
        Ok(())
    }
}
