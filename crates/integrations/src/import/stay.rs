//! When a record stood at which value before it came here (D3): stages of deals, states of leads.

use base::{Instant, Result};
use kernel::Ctx;
use kernel::record::{self, Record};
use model::field::{self, Context, ImportLocale};
use model::{Field, FieldType, Object};
use store::Tx;

use super::find::{Finder, Found};
use super::mapping::By;

/// Tells the stays of a new record anew: those that the file names, and the present one. A value that nobody knows is
/// told by its name.
pub fn write(
    ctx: &Ctx,
    tx: &mut Tx,
    finder: &mut Finder,
    object: &Object,
    record: &Record,
    stays: &[(String, String, Instant)],
) -> Result<std::result::Result<(), String>> {
    let mut fields: Vec<&Field> = stays.iter().filter_map(|(name, _, _)| object.field(name)).collect();
    fields.dedup_by_key(|f| f.name.clone());
    for field in fields {
        let mut entries: Vec<(String, Instant)> = Vec::new();
        for (_, value, at) in stays.iter().filter(|(name, _, _)| *name == field.name) {
            match code(ctx, tx, finder, record, field, value)? {
                Some(code) => entries.push((code, *at)),
                None => return Ok(Err(value.clone())),
            }
        }
        if let Some(present) = record::stay_value(record.get(&field.name))
            && !entries.iter().any(|(value, _)| *value == present)
        {
            let last = entries.iter().map(|(_, at)| *at).max();
            entries.push((present, since(record, field).into_iter().chain(last).max().unwrap_or(record.created_at)));
        }
        record::retell_stays(tx, object, record, field, entries)?;
    }
    Ok(Ok(()))
}

/// When the present value was entered.
fn since(record: &Record, field: &Field) -> Option<Instant> {
    let named = record.get(&format!("{}_since", field.name)).as_instant();
    named.or_else(|| record.get("closed_at").as_instant())
}

/// The value as stays keep it: a choice's code, the id of a linked record.
fn code(ctx: &Ctx, tx: &mut Tx, finder: &mut Finder, record: &Record, field: &Field, name: &str) -> Result<Option<String>> {
    if field.kind != FieldType::Link {
        let settings = ctx.engine.settings();
        let context = Context { model: &ctx.model, currency: settings.currency, country: &settings.country };
        let value = field::kind(field.kind).read_text(field, &context, name, &ImportLocale::default());
        return Ok(value.ok().and_then(|v| record::stay_value(&v)));
    }
    let told: Vec<(String, base::Id)> = record.values.iter().filter_map(|(name, value)| Some((name.clone(), value.as_id()?))).collect();
    match finder.find(ctx, tx, field.to.as_deref().unwrap_or_default(), &By::Title, name, &told)? {
        Found::One(id) => Ok(Some(id.to_string())),
        _ => Ok(None),
    }
}
