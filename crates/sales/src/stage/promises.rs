//! What a stage asks of deals must name fields that exist and a rule that can be asked.

use base::{Result, Value};
use kernel::{Ctx, Draft, Rule, query};
use model::nearest::nearest;
use store::Tx;

pub struct Compiles;

impl Rule for Compiles {
    fn object(&self) -> &'static str {
        "stage"
    }

    fn before(&self, ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let Some(deal) = ctx.model.object("deal") else { return Ok(()) };
        for list in ["entry_fields", "exit_fields"].into_iter().filter(|f| draft.changed(f)).collect::<Vec<_>>() {
            let names: Vec<String> = draft.get(list).as_list().iter().filter_map(Value::as_text).map(str::to_string).collect();
            for (i, name) in names.iter().enumerate().filter(|(_, n)| deal.field(n).is_none()) {
                let hint = nearest(name, deal.fields.iter().map(|f| f.name.as_str()))
                    .map_or_else(String::new, |w| format!(" Did you mean \"{w}\"?"));
                draft.problem(
                    format!("{list}[{i}]"),
                    "unknown",
                    format!("A deal has no field \"{}\".{hint}", base::text::shorten(name, 60)),
                );
            }
        }
        let rule = draft.get("exit_rule").as_text().filter(|_| draft.changed("exit_rule"));
        let compiled = rule.map(|rule| query::compile_filter(&ctx.as_system(), deal, "exit_rule", rule));
        if let Some(Err(error)) = compiled {
            draft.add_problems(error.problems().to_vec());
        }
        Ok(())
    }
}
