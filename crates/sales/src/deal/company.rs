//! A deal with a person is one with the company where that person works, unless another is named.

use base::Result;
use kernel::{Ctx, Draft, Rule};
use store::{Param, Sql, Tx};

pub struct OfContact;

impl Rule for OfContact {
    fn object(&self) -> &'static str {
        "deal"
    }

    fn before(&self, _ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if !draft.changed("contact") || !draft.get("company").is_null() || draft.is_written("company") {
            return Ok(());
        }
        let Some(contact) = draft.get("contact").as_id() else { return Ok(()) };
        let sql = Sql::fill(tx.dialect(), "select company from contact where id = ?1 and deleted_at is null", [Param::from(contact)]);
        let company = tx.first(&sql, |row| row.id(0))?.flatten();
        draft.set("company", company);
        Ok(())
    }
}
