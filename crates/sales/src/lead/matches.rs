//! Contacts and companies that a lead may already be: proposed, never taken by itself.

use base::Result;
use kernel::{Ctx, Record, alike, record};
use serde_json::{Map, Value as Json, json};
use store::Tx;

/// What a contact would take from the lead, as far as it tells who it is.
const OF_CONTACT: &[(&str, &str)] = &[("emails", "emails"), ("phones", "phones"), ("first_name", "first_name"), ("last_name", "last_name")];
/// The same of a company.
const OF_COMPANY: &[(&str, &str)] = &[("name", "company_name"), ("website", "website"), ("emails", "emails")];

/// `{"companies": [{id, title, by}], "contacts": […]}`, the surest first; `by` says what they have in common: `emails`,
/// `phones`, `domains` or `name`. Only what the caller may see.
pub fn of(ctx: &Ctx, tx: &mut Tx, lead: &Record) -> Result<Json> {
    let shown = record::to_json(ctx, tx, lead)?;
    let (companies, contacts) = (proposed(ctx, tx, "company", &shown, OF_COMPANY)?, proposed(ctx, tx, "contact", &shown, OF_CONTACT)?);
    Ok(json!({"companies": companies, "contacts": contacts}))
}

fn proposed(ctx: &Ctx, tx: &mut Tx, object: &str, lead: &Map<String, Json>, names: &[(&str, &str)]) -> Result<Json> {
    let Some(object) = ctx.model.object(object).filter(|o| kernel::role::require_read(ctx, o).is_ok()) else { return Ok(json!([])) };
    let value = |of_lead: &str| lead.get(of_lead).filter(|v| !v.is_null()).cloned();
    let typed = names.iter().filter_map(|(name, of_lead)| Some(((*name).to_string(), value(of_lead)?))).collect();
    Ok(alike::run(ctx, tx, object, &typed)?.get("items").cloned().unwrap_or_default())
}
