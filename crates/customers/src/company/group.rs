//! Parents and subsidiaries: no circles, and every company knows the top of its group.
//!
//! `root` follows from the parents alone and can be computed anew at any time; it is therefore kept without events. A
//! company without a parent is its own root, so that figures of a group are one plain grouping.

use std::collections::HashSet;

use base::{Id, Result, Value};
use kernel::record::{Change, keep};
use kernel::{Ctx, Draft, Rule};
use store::{Param, Sql, Tx};

/// More levels than any group has; a longer chain is a circle that was there before.
const DEEPEST: usize = 50;

pub struct Tree;

impl Rule for Tree {
    fn object(&self) -> &'static str {
        "company"
    }

    fn before(&self, _ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if !draft.changed("parent") {
            return Ok(());
        }
        let Some(parent) = draft.get("parent").as_id() else { return Ok(()) };
        if ancestors(tx, parent)?.contains(&draft.record.id) {
            draft.problem("parent", "circle", "This company stands above the chosen parent; a group cannot be its own subsidiary");
        }
        Ok(())
    }

    fn after(&self, ctx: &Ctx, tx: &mut Tx, change: &Change) -> Result<()> {
        let is_new = change.before.is_none();
        let is_back = change.before.as_ref().is_some_and(|b| b.deleted_at.is_some()) && change.after.deleted_at.is_none();
        if !is_new && !is_back && !change.changed("parent") {
            return Ok(());
        }
        let company = change.after.id;
        let root = match change.after.link("parent") {
            Some(parent) => ancestors(tx, parent)?.pop().unwrap_or(parent),
            None => company,
        };
        if is_new {
            return keep(ctx, tx, "company", company, vec![("root", Value::Id(root))]);
        }
        let mut level = vec![company];
        let mut seen = HashSet::new();
        while !level.is_empty() {
            for id in &level {
                keep(ctx, tx, "company", *id, vec![("root", Value::Id(root))])?;
            }
            seen.extend(level.iter().copied());
            level = subsidiaries(tx, &level)?.into_iter().filter(|id| !seen.contains(id)).collect();
        }
        Ok(())
    }
}

/// A company and everybody above it, the top last.
fn ancestors(tx: &mut Tx, company: Id) -> Result<Vec<Id>> {
    let mut chain = vec![company];
    while let Some(last) = chain.last().copied().filter(|_| chain.len() < DEEPEST) {
        let sql = Sql::fill(tx.dialect(), "select parent from company where id = ?1", [Param::from(last)]);
        match tx.first(&sql, |row| row.id(0))?.flatten() {
            Some(above) if !chain.contains(&above) => chain.push(above),
            _ => break,
        }
    }
    Ok(chain)
}

fn subsidiaries(tx: &mut Tx, of: &[Id]) -> Result<Vec<Id>> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select id from company where deleted_at is null and ");
    tx.dialect().any(&mut sql, "parent", of.to_vec());
    Ok(tx.all(&sql, |row| row.id(0))?.into_iter().flatten().collect())
}
