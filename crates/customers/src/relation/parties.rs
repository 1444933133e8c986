//! Both ends are people or organisations, and not the same one.

use base::{Id, Result, Value};
use kernel::{Ctx, Draft, Rule};
use store::Tx;

/// Refuses a bond with itself or with something that is no party, and stamps the kind for readers at the other end.
pub struct TwoParties;

impl Rule for TwoParties {
    fn object(&self) -> &'static str {
        "relation"
    }

    fn before(&self, _ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        for end in ["from", "to"] {
            if party(draft.get(end)).is_some_and(|(object, _)| object != "contact" && object != "company") {
                draft.problem(end, "type", "A relation joins contacts and companies");
            }
        }
        let (from, to) = (party(draft.get("from")), party(draft.get("to")));
        if from.is_some() && from == to {
            draft.problem("to", "self", "Nobody has a relation with himself; choose another party");
        }
        let (since, until) = (draft.get("since").as_date(), draft.get("until").as_date());
        if since.zip(until).is_some_and(|(since, until)| until < since) {
            draft.problem("until", "order", "It ends before it began");
        }
        let kind = draft.get("kind").clone();
        draft.set("reverse", kind);
        Ok(())
    }
}

/// The one party at an end, with the name of its object.
fn party(end: &Value) -> Option<(String, Id)> {
    let item = end.as_list().first()?;
    Some((item.part("object").as_text()?.to_string(), item.part("id").as_id()?))
}
