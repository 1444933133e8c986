//! Language and country of a new person are those of the employer until told otherwise.

use base::{Result, Value};
use kernel::{Ctx, Draft, Rule};
use store::{Param, Row, Sql, Tx};

pub struct FromCompany;

impl Rule for FromCompany {
    fn object(&self) -> &'static str {
        "contact"
    }

    fn before(&self, _ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if !draft.is_new() {
            return Ok(());
        }
        let Some(company) = draft.get("company").as_id() else { return Ok(()) };
        let sql = Sql::fill(tx.dialect(), "select language, address__country from company where id = ?1", [Param::from(company)]);
        let text = |row: &Row<'_>, at: usize| -> Result<Option<String>> { Ok(row.text(at)?.map(str::to_string)) };
        let Some((language, country)) = tx.first(&sql, |row| Ok((text(row, 0)?, text(row, 1)?)))? else { return Ok(()) };
        if draft.get("language").is_null() && !draft.is_written("language") {
            draft.set("language", language);
        }
        if let Some(country) = country.filter(|_| draft.get("address").is_null() && !draft.is_written("address")) {
            draft.set("address", Value::Map([("country".to_string(), Value::Text(country))].into()));
        }
        Ok(())
    }
}
