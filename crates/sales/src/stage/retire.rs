//! A stage that is no longer used: its deals move on, its history stays.

use base::{Error, Id, Result, Value};
use kernel::ctx::Origin;
use kernel::{Action, Ctx, Input, Record, record};
use serde_json::{Value as Json, json};
use store::{Param, Sql, Tx};

/// The origin of moves that nobody chose deal by deal; what stages ask of deals does not hold them up.
pub const ORIGIN: &str = "retire";

/// Moves the open deals to another stage and retires this one, all in one correlation.
pub struct Retire;

impl Action for Retire {
    fn name(&self) -> &'static str {
        "retire"
    }
    fn object(&self) -> &'static str {
        "stage"
    }
    fn label(&self) -> &'static str {
        "Retire"
    }
    fn icon(&self) -> &'static str {
        "archive"
    }
    fn input(&self) -> &'static str {
        r#"to = { type = "link", to = "stage", label = "Deals go to", help = "Needed when open deals stand here" }"#
    }
    fn when(&self) -> Option<&'static str> {
        Some("active")
    }
    fn is_destructive(&self) -> bool {
        true
    }
    /// Answers `{"moved": number of deals}`.
    fn run(&self, ctx: &Ctx, tx: &mut Tx, stage: &Record, input: &Input) -> Result<Json> {
        let deals = open_deals(tx, stage.id)?;
        if !deals.is_empty() {
            let to = target(tx, stage, input, deals.len())?;
            move_all(ctx, tx, &deals, to, stage)?;
        }
        record::set(ctx, tx, "stage", stage.id, vec![("active", Value::Bool(false))])?;
        Ok(json!({"moved": deals.len()}))
    }
}

/// Moves deals out of what is retired.
pub fn move_all(ctx: &Ctx, tx: &mut Tx, deals: &[Id], to: Id, retired: &Record) -> Result<()> {
    let origin = Origin { kind: ORIGIN.to_string(), id: Some(retired.id), name: retired.text("name").map(str::to_string) };
    let ctx = Ctx { origin: Some(origin), ..ctx.as_system() };
    deals.iter().try_for_each(|deal| record::set(&ctx, tx, "deal", *deal, vec![("stage", Value::Id(to))]).map(|_| ()))
}

fn target(tx: &mut Tx, stage: &Record, input: &Input, deals: usize) -> Result<Id> {
    let Some(to) = input.link("to") else {
        return Err(Error::field("to", "required", format!("{deals} open deals stand here; say where they go")));
    };
    match super::read(tx, to)? {
        Some(to) if to.id != stage.id && to.is_active && to.kind == "open" => Ok(to.id),
        Some(_) => Err(Error::field("to", "invalid", "Choose another open stage that is not retired")),
        None => Err(Error::field("to", "not_found", "There is no such stage")),
    }
}

fn open_deals(tx: &mut Tx, stage: Id) -> Result<Vec<Id>> {
    let text = "select id from deal where stage = ?1 and status = ?2 and deleted_at is null order by id";
    tx.all(&Sql::fill(tx.dialect(), text, [Param::from(stage), "open".into()]), |row| row.must_id(0))
}
