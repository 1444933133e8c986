//! The same again: a new open deal like this one, with its lines and people.

use base::{Id, Result, Value};
use kernel::{Action, Ctx, Input, Record, record};
use serde_json::{Value as Json, json};
use store::Tx;

/// What a copy takes over; dates, outcome and history begin anew.
const COPIED: &[&str] = &[
    "company",
    "contact",
    "pipeline",
    "kind",
    "priority",
    "amount",
    "term_months",
    "need",
    "pain_points",
    "decision_process",
    "source",
    "source_detail",
    "referred_by",
    "tags",
    "description",
];
/// Objects whose records hang on a deal, and what of them is copied.
const PARTS: &[(&str, &[&str])] = &[
    (
        "deal_line",
        &[
            "position",
            "product",
            "name",
            "description",
            "quantity",
            "unit",
            "unit_price",
            "list_price",
            "cost",
            "discount",
            "tax_rate",
            "free",
            "billing_period",
            "periods",
            "optional",
        ],
    ),
    ("deal_contact", &["contact", "buying_role", "stance", "influence", "primary"]),
    ("deal_company", &["company", "part", "standing", "strengths", "weaknesses"]),
];

pub struct Duplicate;

impl Action for Duplicate {
    fn name(&self) -> &'static str {
        "duplicate"
    }
    fn object(&self) -> &'static str {
        "deal"
    }
    fn label(&self) -> &'static str {
        "Duplicate"
    }
    fn icon(&self) -> &'static str {
        "copy"
    }
    fn input(&self) -> &'static str {
        r#"name = { type = "text", max = 200, help = "Empty: as this one" }"#
    }
    fn needs_update(&self) -> bool {
        false
    }
    /// Answers `{"deal": id}`. The copy belongs to the caller.
    fn run(&self, ctx: &Ctx, tx: &mut Tx, deal: &Record, input: &Input) -> Result<Json> {
        if let Some(object) = ctx.model.object("deal") {
            kernel::role::require_create(ctx, object)?;
        }
        let name = if input.has("name") { input.get("name") } else { deal.get("name") };
        let mut values = vec![("name", name.clone()), ("source_deal", Value::Id(deal.id))];
        values.extend(COPIED.iter().map(|f| (*f, deal.get(f).clone())));
        let owner = ctx.user_id().map_or_else(|| deal.get("owner").clone(), Value::Id);
        values.push(("owner", owner));
        let copy = record::create_values(ctx, tx, "deal", values)?.id;
        for (object, fields) in PARTS {
            copy_parts(ctx, tx, (object, fields), deal.id, copy)?;
        }
        if deal.flag("amount_manual") {
            record::set(ctx, tx, "deal", copy, vec![("amount", deal.get("amount").clone()), ("amount_manual", Value::Bool(true))])?;
        }
        Ok(json!({"deal": copy.to_string()}))
    }
}

fn copy_parts(ctx: &Ctx, tx: &mut Tx, (object, fields): (&str, &[&str]), from: Id, to: Id) -> Result<()> {
    let Some(object) = ctx.model.object(object) else { return Ok(()) };
    let there: Vec<Option<Id>> = record::linking(&ctx.as_system(), tx, object, "deal", &[to])?.iter().map(|r| r.link("contact")).collect();
    for part in record::linking(&ctx.as_system(), tx, object, "deal", &[from])? {
        if object.name == "deal_contact" && there.contains(&part.link("contact")) {
            continue;
        }
        let mut values: Vec<(&str, Value)> = fields.iter().map(|f| (*f, part.get(f).clone())).collect();
        values.push(("deal", Value::Id(to)));
        record::create_values(ctx, tx, &object.name, values)?;
    }
    Ok(())
}
