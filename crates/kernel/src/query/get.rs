//! `GET /api/v1/{object}/{id}`: one record as the interface shows it.

use base::{Error, Id, Instant, Result};
use store::Tx;

use super::{late, page, plan, plan::Plan};
use crate::ctx::Ctx;
use crate::{record, role};

#[derive(Clone, Debug, Default)]
pub struct GetRequest {
    pub fields: Option<String>,
    pub expand: Option<String>,
    /// As it was at this moment (by recording order).
    pub as_of: Option<Instant>,
}

/// Writes the record and answers its version. `NotFound` also for what the caller may not see.
pub fn get(ctx: &Ctx, tx: &mut Tx, object: &str, id: Id, request: &GetRequest, out: &mut Vec<u8>) -> Result<i64> {
    let object = role::known(ctx, object)?;
    let not_found = || Error::not_found(format!("{} not found", object.label.en));
    if let Some(at) = request.as_of {
        if request.expand.is_some() {
            return Err(Error::field("expand", "unsupported", "A record as it was is shown without its relations expanded"));
        }
        let fields = request.fields.as_deref().map(|text| plan::parse_fields(ctx, object, text)).transpose()?;
        let past = record::past(ctx, tx, object, id, at)?.ok_or_else(not_found)?;
        let json = super::past::shown(ctx, tx, &past, fields.as_deref())?;
        out.extend_from_slice(serde_json::Value::Object(json).to_string().as_bytes());
        return Ok(past.version);
    }
    let mut plan = Plan::of(ctx, object)?;
    if let Some(text) = &request.fields {
        plan.choose(ctx, text)?;
    }
    if let Some(text) = &request.expand {
        plan.expand = plan::parse_expand(ctx, object, text)?;
    }
    plan.only = Some(id);
    plan.limit = 1;
    let (mut items, _) = page::items(ctx, tx, &plan)?;
    late::complete(ctx, tx, &plan, &mut items)?;
    let Some(item) = items.first() else { return Err(record::absent(ctx, tx, object, id)?) };
    out.extend_from_slice(&item.json);
    Ok(item.version)
}
