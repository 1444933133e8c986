//! Back from the bin, with everything that links to it, as long as it lies there.

pub mod empty;

use base::Result;
use kernel::{Action, Ctx, Input, Record, record};
use serde_json::{Value as Json, json};
use store::Tx;

/// Brings any record back. Whoever may delete it may; the pipeline checks that.
pub struct Restore;

impl Action for Restore {
    fn name(&self) -> &'static str {
        "restore"
    }
    fn object(&self) -> &'static str {
        "any"
    }
    fn label(&self) -> &'static str {
        "Restore"
    }
    fn icon(&self) -> &'static str {
        "restore"
    }
    fn needs_update(&self) -> bool {
        false
    }
    fn run(&self, ctx: &Ctx, tx: &mut Tx, record: &Record, _input: &Input) -> Result<Json> {
        if record.deleted_at.is_some() {
            record::restore(ctx, tx, &record.object, record.id)?;
        }
        Ok(json!({}))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::both;
    use serde_json::json;

    #[test]
    fn a_company_comes_back_with_what_hung_on_it() {
        both(|desk| {
            let admin = desk.admin();
            let company = desk.create(&admin, "company", json!({"name": "Kestrel"}));
            let helen = desk.create(&admin, "contact", json!({"last_name": "Marsh", "company": company}));
            desk.delete(&admin, "company", company);
            assert!(desk.try_get(&admin, "company", company).is_err());
            desk.act(&admin, "company", company, "restore", json!({}));
            assert_eq!(desk.get(&admin, "company", company)["name"], "Kestrel");
            assert_eq!(desk.get(&admin, "contact", helen)["company"], json!(company));
        });
    }

    #[test]
    fn only_who_may_delete_may_restore() {
        both(|desk| {
            let (marco, sofia) = (desk.person("Marco Bianchi", "representative"), desk.person("Sofia Greco", "representative"));
            let company = desk.create(&marco, "company", json!({"name": "Kestrel"}));
            desk.delete(&marco, "company", company);
            assert!(desk.try_act(&sofia, "company", company, "restore", json!({}), false).is_err());
            desk.act(&marco, "company", company, "restore", json!({}));
        });
    }
}
