//! What a person may decide about a value that nobody knows, once for all rows that have it: that another is meant, that
//! a record is to be made of it, or that the field stays empty. The decision stands in the mapping, at the column.

use base::Result;
use kernel::Ctx;
use kernel::record;
use kernel::role::{self, Right};
use model::{Field, FieldType, Object};
use serde::Serialize;

use super::mapping::{By, Step, Target, Unknown};
use super::report::{Report, SHOWN};
use super::write::Job;

/// Of a trial: a record will be made of the value.
pub const NEW: &str = "new";
/// Whose a record is.
pub const OWNER: &str = "owner";

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remedy {
    /// The object and its field that the value is for; a person chooses among the values of that field.
    pub object: String,
    pub field: String,
    /// `map`: `values` of the column names what is meant; `create`, `empty`, `refuse`: `unknowns` of the column says so.
    pub may: Vec<&'static str>,
    /// What it becomes as the mapping stands.
    pub now: Unknown,
    /// Left empty, the record would be out of the importer's sight: it becomes his.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_yours: bool,
}

/// Would the caller see and keep a record that has no owner?
pub fn may_lack_owner(ctx: &Ctx, object: &Object) -> Result<bool> {
    let nobodys = record::blank(ctx, &object.name);
    let (ctx, name) = (ctx.clone(), object.name.clone());
    ctx.clone().engine.store().read(move |tx| {
        let Some(object) = ctx.model.object(&name) else { return Ok(false) };
        Ok(role::covers(&ctx, tx, object, &nobodys, Right::Read)? && role::covers(&ctx, tx, object, &nobodys, Right::Update)?)
    })
}

/// Tells the remedies of a report's groups.
pub fn tell(ctx: &Ctx, object: &Object, job: &Job, report: &mut Report) {
    for group in report.groups.iter_mut() {
        let is_value = matches!(group.code.as_str(), "unknown" | "ambiguous" | NEW) && !group.value.is_empty();
        // A longer one is shown cut, and would not be found again by what is shown.
        if !is_value || group.value.chars().count() >= SHOWN {
            continue;
        }
        let steps = job.plan.steps.iter().filter(|s| Some(s.header.as_str()) == group.header.as_deref());
        let told = |s: &Step| of(ctx, object, &s.target).map(|r| Remedy { now: s.unknown_of(&group.value).unwrap_or(r.now), ..r });
        group.remedy = steps.filter_map(told).next().map(|mut remedy| {
            // Of namesakes one is chosen; another one would make it worse.
            remedy.may.retain(|may| group.code != "ambiguous" || *may != "create");
            remedy.is_yours = remedy.field == OWNER && !job.may_lack_owner;
            remedy
        });
    }
}

fn of(ctx: &Ctx, object: &Object, target: &Target) -> Option<Remedy> {
    let field = |name: &str| object.field(name);
    let told = |field: &Field, may: Vec<&'static str>| {
        let empty = Some("empty").filter(|_| !field.required);
        Remedy {
            object: object.name.clone(),
            field: field.name.clone(),
            may: may.into_iter().chain(empty).chain(["refuse"]).collect(),
            now: Unknown::Refuse,
            is_yours: false,
        }
    };
    match target {
        Target::Child { object, target, .. } => of(ctx, ctx.model.object(object)?, target),
        Target::Link { field: name, object: to, by } => {
            let mut may = Vec::new();
            if !matches!(by, By::External(_) | By::Id) {
                may.push("map");
                may.extend(ctx.model.object(to).filter(|to| is_made_by_name(ctx, to)).map(|_| "create"));
            }
            Some(told(field(name)?, may))
        }
        Target::Field { field: name } => {
            let field = field(name)?;
            (matches!(field.kind, FieldType::Choice | FieldType::Choices)).then(|| told(field, vec!["map"]))
        }
        _ => None,
    }
}

/// Is a name enough to make one, with links from the row or the defaults, and may this person?
fn is_made_by_name(ctx: &Ctx, to: &Object) -> bool {
    let needs_more = |f: &&Field| f.required && f.name != to.title && f.default.is_none() && f.kind != FieldType::Link;
    role::require_create(ctx, to).is_ok() && !to.fields.iter().any(|f| needs_more(&f))
}
