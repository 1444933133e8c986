//! A person needs a name, an e-mail address or a phone number; any one of them will do (CORE-20).

use base::Result;
use kernel::{Ctx, Draft, Rule};
use store::Tx;

const NAMES: &[&str] = &["first_name", "last_name", "native_name"];

pub struct OneOfThree;

impl Rule for OneOfThree {
    fn object(&self) -> &'static str {
        "contact"
    }

    fn before(&self, _ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let has_name = NAMES.iter().any(|n| draft.get(n).as_text().is_some_and(|t| !t.trim().is_empty()));
        let has_row = |field: &str| !draft.get(field).as_list().is_empty();
        if has_name || has_row("emails") || has_row("phones") {
            return Ok(());
        }
        for field in ["name", "email", "phone"] {
            draft.problem(field, "required", "Give a name, an e-mail address or a phone number");
        }
        Ok(())
    }
}
