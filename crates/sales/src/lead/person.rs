//! A lead needs a name, a company, an e-mail address or a phone number (CORE-20).

use base::Result;
use kernel::{Ctx, Draft, Rule};
use store::Tx;

const NAMES: &[&str] = &["first_name", "last_name", "company_name"];

pub struct Somebody;

impl Rule for Somebody {
    fn object(&self) -> &'static str {
        "lead"
    }

    fn before(&self, _ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let has_name = NAMES.iter().any(|n| draft.get(n).as_text().is_some_and(|t| !t.trim().is_empty()));
        let has_row = |field: &str| !draft.get(field).as_list().is_empty();
        if has_name || has_row("emails") || has_row("phones") {
            return Ok(());
        }
        for field in ["name", "company_name", "email", "phone"] {
            draft.problem(field, "required", "Give a name, a company, an e-mail address or a phone number");
        }
        Ok(())
    }
}
