//! Contacts and companies that a lead may already be: proposed, never taken by itself.

use base::Result;
use base::text::name_core;
use kernel::{Ctx, Record, alike, record};
use serde_json::{Map, Value as Json, json};
use store::Tx;

/// What a contact would take from the lead, as far as it tells who it is.
const OF_CONTACT: &[(&str, &str)] = &[("emails", "emails"), ("phones", "phones"), ("first_name", "first_name"), ("last_name", "last_name")];
/// The same of a company.
const OF_COMPANY: &[(&str, &str)] = &[("name", "company_name"), ("website", "website"), ("emails", "emails")];

/// What says for certain that it is the same one. A phone may be the switchboard's.
const CERTAIN: &[&str] = &["domains", "emails"];

/// `{"companies": [{id, title, by, certain}], "contacts": […]}`, the surest first; `by` says what they have in common:
/// `emails`, `phones`, `domains` or `name`. `certain` is one with the same domain or mail, and a company that alone is
/// called as the lead's. Only what the caller may see.
pub fn of(ctx: &Ctx, tx: &mut Tx, lead: &Record) -> Result<Json> {
    let shown = record::to_json(ctx, tx, lead)?;
    let mut companies = proposed(ctx, tx, "company", &shown, OF_COMPANY)?;
    mark_namesake(&mut companies, lead.text("company_name").unwrap_or_default());
    let contacts = proposed(ctx, tx, "contact", &shown, OF_CONTACT)?;
    Ok(json!({"companies": companies, "contacts": contacts}))
}

fn proposed(ctx: &Ctx, tx: &mut Tx, object: &str, lead: &Map<String, Json>, names: &[(&str, &str)]) -> Result<Vec<Json>> {
    let Some(object) = ctx.model.object(object).filter(|o| kernel::role::require_read(ctx, o).is_ok()) else { return Ok(Vec::new()) };
    let value = |of_lead: &str| lead.get(of_lead).filter(|v| !v.is_null()).cloned();
    let typed = names.iter().filter_map(|(name, of_lead)| Some(((*name).to_string(), value(of_lead)?))).collect();
    let answer = alike::run(ctx, tx, object, &typed)?;
    let mut items = answer.get("items").and_then(Json::as_array).cloned().unwrap_or_default();
    for item in &mut items {
        let by = item.get("by").and_then(Json::as_str).unwrap_or_default();
        let certain = CERTAIN.contains(&by);
        mark(item, certain);
    }
    Ok(items)
}

/// Two companies of one name leave the choice to the caller.
fn mark_namesake(companies: &mut [Json], name: &str) {
    let core = name_core(name);
    let is_same = |item: &Json| !core.is_empty() && item.get("title").and_then(Json::as_str).is_some_and(|title| name_core(title) == core);
    if companies.iter().filter(|item| is_same(item)).count() == 1 {
        companies.iter_mut().filter(|item| is_same(item)).for_each(|item| mark(item, true));
    }
}

fn mark(item: &mut Json, certain: bool) {
    if let Some(item) = item.as_object_mut() {
        item.insert("certain".into(), certain.into());
    }
}
