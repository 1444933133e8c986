//! A pipeline that is no longer used: its open deals move to a stage of another one, its history stays.

use base::{Error, Id, Result, Value};
use kernel::{Action, Ctx, Input, Record, record};
use serde_json::{Value as Json, json};
use store::{Param, Sql, Tx};

use crate::stage;

/// Moves the open deals to a stage elsewhere and retires the pipeline, all in one correlation.
pub struct Retire;

impl Action for Retire {
    fn name(&self) -> &'static str {
        "retire"
    }
    fn object(&self) -> &'static str {
        "pipeline"
    }
    fn label(&self) -> &'static str {
        "Retire"
    }
    fn icon(&self) -> &'static str {
        "archive"
    }
    fn input(&self) -> &'static str {
        r#"to = { type = "link", to = "stage", label = "Deals go to", help = "Needed when open deals are in this pipeline" }"#
    }
    fn when(&self) -> Option<&'static str> {
        Some("active && !default")
    }
    fn is_destructive(&self) -> bool {
        true
    }
    /// Answers `{"moved": number of deals}`.
    fn run(&self, ctx: &Ctx, tx: &mut Tx, pipeline: &Record, input: &Input) -> Result<Json> {
        let deals = open_deals(tx, pipeline.id)?;
        if !deals.is_empty() {
            let to = target(tx, pipeline, input, deals.len())?;
            stage::retire::move_all(ctx, tx, &deals, to, pipeline)?;
        }
        record::set(ctx, tx, "pipeline", pipeline.id, vec![("active", Value::Bool(false))])?;
        Ok(json!({"moved": deals.len()}))
    }
}

fn target(tx: &mut Tx, pipeline: &Record, input: &Input, deals: usize) -> Result<Id> {
    let Some(to) = input.link("to") else {
        return Err(Error::field("to", "required", format!("{deals} open deals are in this pipeline; say where they go")));
    };
    match stage::read(tx, to)? {
        Some(to) if to.pipeline != Some(pipeline.id) && to.is_active && to.kind == "open" => Ok(to.id),
        Some(_) => Err(Error::field("to", "invalid", "Choose an open stage of another pipeline that is not retired")),
        None => Err(Error::field("to", "not_found", "There is no such stage")),
    }
}

/// Those that are still open in a pipeline.
pub fn open_deals(tx: &mut Tx, pipeline: Id) -> Result<Vec<Id>> {
    let text = "select id from deal where pipeline = ?1 and status = ?2 and deleted_at is null order by id";
    tx.all(&Sql::fill(tx.dialect(), text, [Param::from(pipeline), "open".into()]), |row| row.must_id(0))
}
