//! Runs an action: may this actor? input right? then the module's own code, in the door's transaction.

use base::{Error, FieldProblem, Id, Result};
use model::nearest::nearest;
use model::{Field, FieldType, Object, field, load};
use serde_json::{Map, Value as Json, json};
use store::Tx;

use super::{Action, Input};
use crate::ctx::Ctx;
use crate::record::{self, Record};
use crate::role::{self, Right};

/// What an action did, for the caller.
#[derive(Debug, Default)]
pub struct Outcome {
    pub result: Json,
    /// Every record that it wrote, as `{object, id, version}`.
    pub records: Vec<Json>,
}

/// The fields of an action's input; a fault in them is ours.
///
/// A choice without options of its own offers those of the object's field of the same name, so that a list that was
/// edited there is edited here. Labels are translated as those of that field, or by the object's texts for inputs.
pub fn input_fields(object: &Object, action: &dyn Action) -> Result<Vec<Field>> {
    let mut fields =
        load::fields(action.input(), action.name()).map_err(|faults| Error::internal(format!("input of {}: {faults:?}", action.name())))?;
    for field in &mut fields {
        let same = object.field(&field.name);
        let offers = field.options.is_empty() && field.list.is_none();
        if let Some(same) = same.filter(|s| offers && s.kind == field.kind) {
            (field.options, field.list, field.open) = (same.options.clone(), same.list.clone(), field.open || same.open);
        }
        let known = object.input_labels.get(&field.label.en).or(same.map(|s| &s.label).filter(|l| l.en == field.label.en));
        if let Some(label) = known {
            field.label.other = label.other.clone();
        }
    }
    Ok(fields)
}

/// Runs an action on one record. With `dry_run` everything is done and rolled back, and told as it would be.
pub fn run(ctx: &Ctx, tx: &mut Tx, object: &str, name: &str, id: Id, input: &Map<String, Json>, dry_run: bool) -> Result<Outcome> {
    if !dry_run {
        return once(ctx, tx, object, name, id, input);
    }
    let mut outcome = None;
    let rolled_back = tx.savepoint(|tx| {
        outcome = Some(once(ctx, tx, object, name, id, input)?);
        Err::<(), Error>(Error::internal("dry run"))
    });
    match (outcome, rolled_back) {
        (Some(outcome), _) => Ok(outcome),
        (None, Err(error)) => Err(error),
        (None, Ok(())) => Err(Error::internal("a dry run without outcome")),
    }
}

fn once(ctx: &Ctx, tx: &mut Tx, object: &str, name: &str, id: Id, input: &Map<String, Json>) -> Result<Outcome> {
    let object = find_object(ctx, object)?;
    let action = find(ctx, object, name)?;
    let record = if name == "restore" { record::get_any(ctx, tx, &object.name, id)? } else { record::get(ctx, tx, &object.name, id)? };
    permit(ctx, tx, object, action, &record)?;
    if let Some(when) = action.when() {
        let expr = crate::query::compile_filter(&ctx.as_system(), object, "when", when)?;
        if !record::holds(ctx, tx, &expr, &record)? {
            return Err(Error::conflict(format!(
                "{} is not possible for this {} as it stands",
                action.label(),
                object.label.en.to_lowercase()
            )));
        }
    }
    let input = check(ctx, object, action, input)?;
    let result = action.run(ctx, tx, &record, &input)?;
    let records = crate::event::of_correlation(tx, ctx.correlation)?
        .into_iter()
        .map(|e| json!({"object": e.object, "id": e.record.to_string(), "version": e.version, "kind": e.kind}))
        .collect();
    Ok(Outcome { result, records })
}

fn find_object<'a>(ctx: &'a Ctx, name: &str) -> Result<&'a Object> {
    let singular = ctx.model.object_by_path(name).map_or(name, |o| o.name.as_str());
    role::known(ctx, singular)
}

pub fn find(ctx: &Ctx, object: &Object, name: &str) -> Result<&'static dyn Action> {
    ctx.engine.action(&object.name, name).ok_or_else(|| {
        let names: Vec<&'static str> =
            ctx.engine.actions().filter(|a| a.object() == object.name || a.object() == "any").map(|a| a.name()).collect();
        let hint = nearest(name, names.into_iter()).map_or_else(String::new, |w| format!(" Did you mean \"{w}\"?"));
        Error::not_found(format!("{} has no action \"{}\".{hint}", object.label.en, base::text::shorten(name, 60)))
    })
}

fn permit(ctx: &Ctx, tx: &mut Tx, object: &Object, action: &dyn Action, record: &Record) -> Result<()> {
    if !role::scope_allows_action(ctx, object, action.name()) {
        return Err(Error::forbidden(format!("This token may not {} {}", action.name(), object.path)));
    }
    if action.needs_update() && !role::covers(ctx, tx, object, record, Right::Update)? {
        return Err(Error::forbidden(format!("You may not change this {}", object.label.en.to_lowercase())));
    }
    Ok(())
}

/// Every fault of the input at once.
fn check(ctx: &Ctx, object: &Object, action: &dyn Action, input: &Map<String, Json>) -> Result<Input> {
    let fields = input_fields(object, action)?;
    let settings = ctx.engine.settings();
    let context = field::Context { model: &ctx.model, currency: settings.currency, country: &settings.country };
    let mut checked = Input { values: Default::default(), raw: input.clone() };
    let mut problems = Vec::new();
    for (name, json) in input {
        let Some(field) = fields.iter().find(|f| f.name == *name) else {
            let hint =
                nearest(name, fields.iter().map(|f| f.name.as_str())).map_or_else(String::new, |w| format!(" Did you mean \"{w}\"?"));
            problems.push(FieldProblem::new(
                base::text::shorten(name, 100),
                "unknown",
                format!("{} takes no \"{}\".{hint}", action.label(), base::text::shorten(name, 60)),
            ));
            continue;
        };
        // One row may stand without the list around it.
        let one = (field.kind == FieldType::Rows && json.is_object()).then(|| json!([json]));
        match field::kind(field.kind).parse(field, &context, one.as_ref().unwrap_or(json)) {
            Ok(value) => {
                checked.values.insert(name.clone(), value);
            }
            Err(found) => problems.extend(found),
        }
    }
    for field in fields.iter().filter(|f| f.required && !checked.has(&f.name)) {
        if !problems.iter().any(|p| p.field == field.name) {
            problems.push(FieldProblem::new(
                &field.name,
                "required",
                crate::message::required(&ctx.language, field.label.in_language(&ctx.language)),
            ));
        }
    }
    if problems.is_empty() { Ok(checked) } else { Err(Error::fields(problems)) }
}

/// Runs an action on many records, each in a savepoint: one that is refused does not stop the others.
/// Answers `{done, refused: [{id, reason}]}`. At most 1,000 at once.
pub fn run_many(ctx: &Ctx, tx: &mut Tx, object: &str, name: &str, ids: &[Id], input: &Map<String, Json>, dry_run: bool) -> Result<Json> {
    let object = find_object(ctx, object)?;
    find(ctx, object, name)?;
    if !role::may_bulk(ctx, object) && ids.len() > 100 {
        return Err(Error::forbidden(format!("You may not change more than 100 {} at once", object.path)));
    }
    let (mut done, mut refused) = (0_usize, Vec::new());
    tx.take_turns(ids)?;
    for id in ids {
        match tx.savepoint(|tx| run(ctx, tx, &object.name, name, *id, input, dry_run)) {
            Ok(_) => done += 1,
            Err(error) if error.code() == base::Code::Internal || error.is_retryable() => return Err(error),
            Err(error) => refused.push(json!({"id": id.to_string(), "reason": error.message()})),
        }
    }
    Ok(json!({"done": done, "refused": refused, "dry_run": dry_run}))
}
