//! Language and country of a new person are those of the employer until told otherwise.

use base::{Result, Value};
use kernel::{Ctx, Draft, Rule, record};
use store::Tx;

pub struct FromCompany;

impl Rule for FromCompany {
    fn object(&self) -> &'static str {
        "contact"
    }

    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if !draft.is_new() {
            return Ok(());
        }
        let Some(company) = draft.get("company").as_id() else { return Ok(()) };
        let Some(company) = record::find(ctx, tx, "company", company)? else { return Ok(()) };
        if draft.get("language").is_null() && !draft.is_written("language") {
            draft.set("language", company.get("language").clone());
        }
        let country = company.get("address").part("country");
        if draft.get("address").is_null() && !draft.is_written("address") && !country.is_null() {
            draft.set("address", Value::Map([("country".to_string(), country.clone())].into()));
        }
        Ok(())
    }
}
