//! When a company became a customer, and when it ceased to be one.

use base::{Result, Value};
use kernel::{Ctx, Draft, Rule};
use store::Tx;

/// Stamps the day in the workspace's zone. Data taken over from elsewhere keeps its gaps: a company that is imported as a
/// customer did not become one today.
pub struct CustomerSince;

impl Rule for CustomerSince {
    fn object(&self) -> &'static str {
        "company"
    }

    fn before(&self, ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if ctx.is_import() {
            return Ok(());
        }
        let today = ctx.now().date_in(&ctx.workspace_zone());
        let gains = |code: &str| has(draft.get("relationships"), code) && !has(draft.old("relationships"), code);
        let (became, ceased) = (gains("customer"), gains("former_customer"));
        if became && draft.get("customer_since").is_null() {
            draft.set("customer_since", today);
        }
        if ceased && draft.get("churned_on").is_null() {
            draft.set("churned_on", today);
        }
        if became && !ceased && !draft.is_written("churned_on") {
            draft.set("churned_on", Value::Null);
        }
        Ok(())
    }
}

fn has(relationships: &Value, code: &str) -> bool {
    relationships.as_list().iter().any(|item| item.as_text() == Some(code))
}
