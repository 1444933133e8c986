//! From an enquiry to a contact, a company and a deal, in one act that can be undone.
//!
//! Each of the three is linked when one is named, made when none is, and left out when told so. Activities, tags and
//! source come along; the lead stays readable with the status `converted` and leads to all three. A dry run answers the
//! same with the `matches` to choose from and the `place` of a deal that names none, and changes nothing.

use base::{Error, Id, Result, Value};
use kernel::{Action, Ctx, Input, Record, record, role};
use serde_json::{Value as Json, json};
use store::Tx;

use super::matches;
use crate::{pipeline, stage};

/// What a new company takes from the lead: (field of the company, field of the lead).
const OF_COMPANY: &[(&str, &str)] = &[
    ("name", "company_name"),
    ("website", "website"),
    ("address", "address"),
    ("sector", "sector"),
    ("employees", "employees"),
    ("language", "language"),
    ("source", "source"),
    ("source_detail", "source_detail"),
    ("referred_by", "referred_by"),
    ("tags", "tags"),
    ("owner", "owner"),
];
/// What a new contact takes.
const OF_CONTACT: &[(&str, &str)] = &[
    ("first_name", "first_name"),
    ("last_name", "last_name"),
    ("job_title", "job_title"),
    ("emails", "emails"),
    ("phones", "phones"),
    ("address", "address"),
    ("language", "language"),
    ("source", "source"),
    ("source_detail", "source_detail"),
    ("referred_by", "referred_by"),
    ("interests", "interests"),
    ("do_not_contact", "do_not_contact"),
    ("tags", "tags"),
    ("description", "description"),
    ("owner", "owner"),
];
/// What a known contact takes only where it has nothing.
const ADDED: &[&str] = &["emails", "phones", "job_title"];
/// What the deal takes.
const OF_DEAL: &[(&str, &str)] = &[
    ("source", "source"),
    ("source_detail", "source_detail"),
    ("referred_by", "referred_by"),
    ("need", "need"),
    ("pain_points", "pain_points"),
    ("tags", "tags"),
    ("owner", "owner"),
];
/// Parts of the deal that the caller may give, in `deal` or as `deal_…`.
const DEAL_PARTS: &[&str] = &["name", "amount", "pipeline", "stage", "expected_close"];

pub struct Convert;

impl Action for Convert {
    fn name(&self) -> &'static str {
        "convert"
    }
    fn object(&self) -> &'static str {
        "lead"
    }
    fn label(&self) -> &'static str {
        "Convert"
    }
    fn icon(&self) -> &'static str {
        "transform"
    }
    fn input(&self) -> &'static str {
        r#"
company = { type = "link", to = "company", help = "One that is already known; empty: a new one" }
create_company = { type = "boolean", label = "Make a new company", default = true }
contact = { type = "link", to = "contact", help = "One that is already known; empty: a new one" }
create_contact = { type = "boolean", label = "Make a new contact", default = true }
without_deal = { type = "boolean", label = "Without a deal", default = false }
deal_name = { type = "text", label = "Name of the deal", max = 200 }
deal_amount = { type = "money", label = "Amount" }
deal_pipeline = { type = "link", to = "pipeline", label = "Pipeline" }
deal_stage = { type = "link", to = "stage", label = "Stage" }
deal_expected_close = { type = "date", label = "Expected close" }
deal = { type = "rows", label = "Deal", max = 1, help = "The same as one object, for programs; null: no deal", parts = { name = { type = "text", max = 200 }, amount = { type = "money" }, pipeline = { type = "link", to = "pipeline" }, stage = { type = "link", to = "stage" }, expected_close = { type = "date" } } }
"#
    }
    fn when(&self) -> Option<&'static str> {
        Some(r#"status != "converted""#)
    }
    /// Answers `{"company", "contact", "deal"}` as ids or null, `matches`, and `place`.
    fn run(&self, ctx: &Ctx, tx: &mut Tx, lead: &Record, input: &Input) -> Result<Json> {
        let matches = matches::of(ctx, tx, lead)?;
        let company = company(ctx, tx, lead, input)?;
        let contact = contact(ctx, tx, lead, input, company)?;
        let deal = if wants_deal(input) { Some(deal(ctx, tx, lead, input, company, contact)?) } else { None };
        if company.is_none() && contact.is_none() && deal.is_none() {
            return Err(Error::field("contact", "required", "Nothing would come of this lead; keep a contact, a company or a deal"));
        }
        let values = vec![
            ("status", Value::from("converted")),
            ("company", company.into()),
            ("contact", contact.into()),
            ("deal", deal.into()),
            ("converted_at", Value::Instant(ctx.now())),
            ("converted_by", ctx.user_id().into()),
        ];
        record::set(ctx, tx, "lead", lead.id, values)?;
        let made = [("contact", contact), ("company", company), ("deal", deal)];
        bring_activities(ctx, tx, lead.id, &made)?;
        let shown = |id: Option<Id>| id.map(|id| id.to_string());
        let place = place(ctx, tx)?;
        Ok(json!({"company": shown(company), "contact": shown(contact), "deal": shown(deal), "matches": matches, "place": place}))
    }
}

/// Where a deal begins that names neither: `{"pipeline": {id, title}, "stage": {id, title}}`, null where the caller may not
/// see it.
fn place(ctx: &Ctx, tx: &mut Tx) -> Result<Json> {
    let pipeline = pipeline::for_new_deals(ctx, tx)?;
    let stage = stage::first(tx, pipeline, "open")?;
    let mut shown = |object: &str, id: Option<Id>| -> Result<Json> {
        let (Some(object), Some(id)) = (ctx.model.object(object), id) else { return Ok(Json::Null) };
        let found = record::titles(ctx, tx, object, &[id])?;
        Ok(found.first().map_or(Json::Null, |(id, title)| json!({"id": id.to_string(), "title": title})))
    };
    Ok(json!({"pipeline": shown("pipeline", Some(pipeline))?, "stage": shown("stage", stage)?}))
}

/// The lead's values under the names of another object, those that are there.
fn taken(lead: &Record, names: &[(&'static str, &str)]) -> Vec<(&'static str, Value)> {
    names.iter().map(|(name, of_lead)| (*name, lead.get(of_lead).clone())).filter(|(_, v)| !v.is_null()).collect()
}

fn may_create(ctx: &Ctx, object: &str) -> Result<()> {
    match ctx.model.object(object) {
        Some(object) => role::require_create(ctx, object),
        None => Err(Error::internal(format!("there is no object {object}"))),
    }
}

/// The named one, the one that the lead knew before, or a new one where the lead names any.
fn company(ctx: &Ctx, tx: &mut Tx, lead: &Record, input: &Input) -> Result<Option<Id>> {
    if let Some(known) = known(ctx, tx, lead, input, "company")? {
        return Ok(Some(known.id));
    }
    if input.get("create_company").as_bool() == Some(false) || !lead.has("company_name") {
        return Ok(None);
    }
    may_create(ctx, "company")?;
    let mut values = taken(lead, OF_COMPANY);
    values.push(("relationships", Value::List(vec![Value::from("prospect")])));
    Ok(Some(record::create_values(ctx, tx, "company", values)?.id))
}

fn contact(ctx: &Ctx, tx: &mut Tx, lead: &Record, input: &Input, company: Option<Id>) -> Result<Option<Id>> {
    if let Some(known) = known(ctx, tx, lead, input, "contact")? {
        let mut added: Vec<(&str, Value)> = ADDED.iter().filter(|f| !known.has(f)).map(|f| (*f, lead.get(f).clone())).collect();
        if let (false, Some(company)) = (known.has("company"), company) {
            added.push(("company", Value::Id(company)));
        }
        added.retain(|(_, value)| !value.is_null());
        if !added.is_empty() {
            record::set(ctx, tx, "contact", known.id, added)?;
        }
        return Ok(Some(known.id));
    }
    let has_person = ["first_name", "last_name", "emails", "phones"].iter().any(|f| lead.has(f));
    if input.get("create_contact").as_bool() == Some(false) || !has_person {
        return Ok(None);
    }
    may_create(ctx, "contact")?;
    let mut values = taken(lead, OF_CONTACT);
    values.push(("company", company.into()));
    Ok(Some(record::create_values(ctx, tx, "contact", values)?.id))
}

/// The record that the caller named, which he must be able to see, or the one that the lead led to before.
fn known(ctx: &Ctx, tx: &mut Tx, lead: &Record, input: &Input, object: &str) -> Result<Option<Record>> {
    match input.link(object) {
        Some(id) => {
            record::get(ctx, tx, object, id).map(Some).map_err(|_| Error::field(object, "not_found", format!("There is no such {object}")))
        }
        None => match lead.link(object) {
            Some(id) => record::find(ctx, tx, object, id),
            None => Ok(None),
        },
    }
}

fn wants_deal(input: &Input) -> bool {
    let is_refused = input.raw.get("deal").is_some_and(Json::is_null);
    !is_refused && input.get("without_deal").as_bool() != Some(true)
}

fn deal(ctx: &Ctx, tx: &mut Tx, lead: &Record, input: &Input, company: Option<Id>, contact: Option<Id>) -> Result<Id> {
    may_create(ctx, "deal")?;
    let nested = input.get("deal").as_list().first().cloned().unwrap_or_default();
    let mut values = taken(lead, OF_DEAL);
    for part in DEAL_PARTS {
        let given = Some(nested.part(part)).filter(|v| !v.is_null()).unwrap_or_else(|| input.get(&format!("deal_{part}")));
        if !given.is_null() {
            values.push((part, given.clone()));
        }
    }
    let has_amount = values.iter().any(|(name, _)| *name == "amount");
    if !has_amount && lead.has("estimated_amount") {
        values.push(("amount", lead.get("estimated_amount").clone()));
    }
    values.push(("company", company.into()));
    values.push(("contact", contact.into()));
    values.push(("kind", Value::from("new_business")));
    let deal = record::create_values(ctx, tx, "deal", values)?;
    for product in lead.get("products").as_list() {
        record::create_values(ctx, tx, "deal_line", vec![("deal", Value::Id(deal.id)), ("product", product.clone())])?;
    }
    if has_amount && !lead.get("products").as_list().is_empty() {
        // The amount that was asked for stands above the list prices of what is of interest.
        record::set(ctx, tx, "deal", deal.id, vec![("amount", deal.get("amount").clone()), ("amount_manual", Value::Bool(true))])?;
    }
    Ok(deal.id)
}

/// What was done with the lead stands from now on with what became of it, too.
fn bring_activities(ctx: &Ctx, tx: &mut Tx, lead: Id, made: &[(&str, Option<Id>)]) -> Result<()> {
    for activity in crate::activity::about(tx, lead)? {
        let Some(activity) = record::find(ctx, tx, "activity", activity)? else { continue };
        let mut about = activity.get("about").as_list().to_vec();
        for (object, id) in made {
            let Some(id) = *id else { continue };
            if !about.iter().any(|item| item.part("id").as_id() == Some(id)) {
                let parts = [("object", Value::from(*object)), ("id", Value::Id(id)), ("via", Value::from("derived"))];
                about.push(Value::Map(parts.into_iter().map(|(name, value)| (name.to_string(), value)).collect()));
            }
        }
        record::set(ctx, tx, "activity", activity.id, vec![("about", Value::List(about))])?;
    }
    Ok(())
}
