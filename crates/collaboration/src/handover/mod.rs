//! Somebody's work goes to a colleague: what is still open, of every object that says so in its declaration
//! (`handover`). What is done and closed stays with whoever did it.

#[cfg(test)]
mod tests;

use base::{Code, Error, Id, Result, Value};
use kernel::{Action, Ctx, Input, Record, query, record, role, user};
use model::Object;
use serde_json::{Map, Value as Json, json};
use store::{Sql, Tx};

/// Reasons that are told; more are only counted.
const TOLD: usize = 50;

/// Gives everything open of one person to another, and deactivates the first where that is asked for: one act, which can
/// be undone.
pub struct HandOver;

impl Action for HandOver {
    fn name(&self) -> &'static str {
        "hand_over"
    }
    fn object(&self) -> &'static str {
        "user"
    }
    fn label(&self) -> &'static str {
        "Hand work over"
    }
    fn icon(&self) -> &'static str {
        "transform"
    }
    fn input(&self) -> &'static str {
        r#"
        to = { type = "user", label = "Work goes to", required = true }
        deactivate = { type = "boolean", label = "Deactivate the person", help = "All open sessions end at once" }
        "#
    }
    /// Answers `{"moved": {"deal": 14, …}, "refused": [{object, id, reason}]}`.
    fn run(&self, ctx: &Ctx, tx: &mut Tx, person: &Record, input: &Input) -> Result<Json> {
        let to = successor(tx, person, input)?;
        let (mut moved, mut refused) = (Map::new(), Vec::new());
        let model = ctx.model.clone();
        for object in model.objects() {
            let Some(rule) = &object.handover else { continue };
            let ids = open_work(ctx, tx, object, rule, person.id)?;
            tx.take_turns(&ids)?;
            let before = refused.len();
            for id in &ids {
                give(ctx, tx, object, *id, to, &mut refused)?;
            }
            moved.insert(object.name.clone(), json!(ids.len() - (refused.len() - before)));
        }
        if input.get("deactivate").as_bool() == Some(true) {
            record::set(ctx, tx, "user", person.id, vec![("status", Value::from(user::DEACTIVATED))])?;
        }
        let untold = refused.len().saturating_sub(TOLD);
        refused.truncate(TOLD);
        Ok(json!({"moved": moved, "refused": refused, "untold": untold}))
    }
}

fn successor(tx: &mut Tx, person: &Record, input: &Input) -> Result<Id> {
    let to = input.link("to").filter(|to| *to != person.id);
    let to = to.ok_or_else(|| Error::field("to", "invalid", "Choose another person"))?;
    match user::load(tx, to)? {
        Some(_) => Ok(to),
        None => Err(Error::field("to", "inactive", "Choose somebody who is active")),
    }
}

/// What somebody owns of an object and is still to be worked on.
fn open_work(ctx: &Ctx, tx: &mut Tx, object: &Object, rule: &str, owner: Id) -> Result<Vec<Id>> {
    let expr = query::compile_filter(&ctx.as_system(), object, "handover", rule)?;
    let mut sql = Sql::new(tx.dialect());
    sql.push("select r.id from ").push_ident(&object.name).push(" r where r.deleted_at is null and r.owner = ").bind(owner);
    sql.push(" and (");
    role::push_rule(ctx, &expr, "r", &mut sql)?;
    sql.push(") order by r.id");
    tx.all(&sql, |row| row.must_id(0))
}

/// One that a rule refuses stays, and is told.
fn give(ctx: &Ctx, tx: &mut Tx, object: &Object, id: Id, to: Id, refused: &mut Vec<Json>) -> Result<()> {
    match tx.savepoint(|tx| record::set(ctx, tx, &object.name, id, vec![("owner", Value::Id(to))]).map(|_| ())) {
        Ok(()) => Ok(()),
        Err(error) if error.code() == Code::Internal || error.is_retryable() => Err(error),
        Err(error) => {
            refused.push(json!({"object": object.name, "id": id.to_string(), "reason": error.message()}));
            Ok(())
        }
    }
}
