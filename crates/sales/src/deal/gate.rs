//! What stages ask for before a deal comes or goes.
//!
//! Fields to enter are asked on every arrival. Fields and the rule to leave are asked of a deal that moves on: to a later
//! stage of the same pipeline, or to won. Nobody is held back from losing a deal, or from moving it back.

use base::{Id, Result, Value};
use kernel::{Ctx, Draft, Record, Rule, query, record};
use model::FieldType;
use store::Tx;

use super::is_taken_as_is;

pub struct Gate;

impl Rule for Gate {
    fn object(&self) -> &'static str {
        "deal"
    }

    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if !draft.changed("stage") || is_taken_as_is(ctx) {
            return Ok(());
        }
        let Some(to) = stage(ctx, tx, draft.get("stage").as_id())? else { return Ok(()) };
        missing(ctx, tx, draft, to.get("entry_fields"), &format!("to enter {}", name(&to)))?;
        let Some(from) = stage(ctx, tx, draft.old("stage").as_id())? else { return Ok(()) };
        if !moves_on(&from, &to) {
            return Ok(());
        }
        missing(ctx, tx, draft, from.get("exit_fields"), &format!("to leave {}", name(&from)))?;
        leave_rule(ctx, tx, draft, &from)
    }
}

fn stage(ctx: &Ctx, tx: &mut Tx, id: Option<Id>) -> Result<Option<Record>> {
    match id {
        Some(id) => record::find(ctx, tx, "stage", id),
        None => Ok(None),
    }
}

fn name(stage: &Record) -> &str {
    stage.text("name").unwrap_or_default()
}

fn moves_on(from: &Record, to: &Record) -> bool {
    let is_open = from.text("kind") == Some("open");
    let is_later = from.link("pipeline") == to.link("pipeline") && to.get("position").as_int() > from.get("position").as_int();
    is_open && (to.text("kind") == Some("won") || to.text("kind") == Some("open") && is_later)
}

/// One problem for each field that is empty, all at once.
fn missing(ctx: &Ctx, tx: &mut Tx, draft: &mut Draft, wanted: &Value, purpose: &str) -> Result<()> {
    let Some(object) = ctx.model.object("deal") else { return Ok(()) };
    for name in wanted.as_list().iter().filter_map(Value::as_text) {
        let Some(field) = object.field(name) else { continue };
        let is_filled = match (field.kind, field.to.as_deref(), field.by.as_deref()) {
            (FieldType::Reverse, Some(to), Some(by)) => is_linked(ctx, tx, draft, to, by)?,
            _ => !draft.get(name).is_null(),
        };
        let is_told = draft.problems().iter().any(|p| p.field == name);
        if !is_filled && !is_told {
            let label = field.label.in_language(&ctx.language);
            draft.problem(name, "required", format!("{label} is needed {purpose}"));
        }
    }
    Ok(())
}

/// Do any records of another object link to the deal? The primary contact counts among its contacts before it is there.
fn is_linked(ctx: &Ctx, tx: &mut Tx, draft: &Draft, to: &str, by: &str) -> Result<bool> {
    if to == "deal_contact" && !draft.get("contact").is_null() {
        return Ok(true);
    }
    let Some(target) = ctx.model.object(to) else { return Ok(true) };
    Ok(!draft.is_new() && !record::linking(&ctx.as_system(), tx, target, by, &[draft.record.id])?.is_empty())
}

fn leave_rule(ctx: &Ctx, tx: &mut Tx, draft: &mut Draft, from: &Record) -> Result<()> {
    let (Some(object), Some(rule)) = (ctx.model.object("deal"), from.text("exit_rule")) else { return Ok(()) };
    let system = ctx.as_system();
    let holds = match query::compile_filter(&system, object, "stage", rule) {
        Ok(expr) => record::holds_for(ctx, &system, tx, &expr, &draft.record)?,
        // Fields may have gone since the rule was written; a rule that cannot be asked holds nobody up.
        Err(_) => true,
    };
    if !holds {
        draft.problem("stage", "rule", format!("A deal leaves {} only when {rule}", name(from)));
    }
    Ok(())
}
