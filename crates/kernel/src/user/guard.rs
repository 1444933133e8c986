//! What may not happen to users and roles: a workspace without anybody to look after it, a role that code relies on
//! gone. Who is deactivated loses his sessions.

use std::collections::BTreeSet;

use base::{Id, Result};
use store::{Sql, Tx};

use super::{ACTIVE, DEACTIVATED};
use crate::ctx::Ctx;
use crate::record::{Change, Draft, Rule};
use crate::workspace::code;
use crate::{invitation, role, session};

/// Teams below one another; more is a circle.
const DEPTH: usize = 50;

/// Names that a refusal tells.
const NAMED: usize = 5;

/// The engine's own rules; they run before those of modules.
pub const RULES: &[&dyn Rule] = &[&LastAdministrator, &Role, &TeamTree];

struct LastAdministrator;

impl Rule for LastAdministrator {
    fn object(&self) -> &'static str {
        "user"
    }
    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if !(draft.changed("status") || draft.changed("roles")) {
            return Ok(());
        }
        let administrator = role_id(tx)?;
        let holds = |roles: &base::Value| administrator.is_some_and(|a| roles.as_list().iter().any(|r| r.as_id() == Some(a)));
        if !ctx.is_administrator() && holds(draft.get("roles")) != holds(draft.old("roles")) {
            draft.problem("roles", "forbidden", "Only an administrator makes administrators");
        }
        if draft.is_new() {
            return Ok(());
        }
        let stays = draft.get("status").as_text() == Some(ACTIVE) && holds(draft.get("roles"));
        if !stays && is_last(tx, draft.record.id)? {
            let field = if draft.changed("status") { "status" } else { "roles" };
            draft.problem(field, "last_administrator", "This is the last active administrator; make another one first");
        }
        Ok(())
    }
    fn before_delete(&self, _: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if is_last(tx, draft.record.id)? {
            draft.problem("status", "last_administrator", "This is the last active administrator; make another one first");
        }
        Ok(())
    }
    fn after(&self, _: &Ctx, tx: &mut Tx, change: &Change) -> Result<()> {
        if change.after.text("status") == Some(ACTIVE) && change.after.deleted_at.is_none() {
            return Ok(());
        }
        if change.after.text("status") == Some(DEACTIVATED) || change.after.deleted_at.is_some() {
            invitation::withdraw(tx, change.after.id)?;
        }
        session::end_others(tx, change.after.id, None)
    }
}

/// The rights of objects name a role by its code: a new one gets its own, and it stays.
struct Role;

impl Rule for Role {
    fn object(&self) -> &'static str {
        "role"
    }
    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if !draft.is_new() && draft.changed("name") {
            draft.problem("name", "fixed", "The code of a role never changes; its name may");
        }
        if draft.is_new() && draft.get("name").is_null() {
            let label = draft.get("label").as_text().unwrap_or_default();
            let code = code::fresh(label, "role", &taken(ctx, tx)?);
            draft.set("name", code.as_str());
        }
        Ok(())
    }
    fn before_delete(&self, _: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if draft.record.flag("built_in") {
            draft.problem("built_in", "built_in", "A built-in role cannot be deleted");
        }
        let holders = holders(tx, draft.record.id)?;
        if !holders.is_empty() {
            draft.problem("holders", "in_use", format!("Held by {}; give them another role first", few(&holders)));
        }
        Ok(())
    }
}

/// Codes of roles that are or were, and those that rights still name: a new role must not come into old rights.
fn taken(ctx: &Ctx, tx: &mut Tx) -> Result<BTreeSet<String>> {
    let names = tx.all(&Sql::raw(tx.dialect(), "select name from role"), |row| Ok(row.text(0)?.unwrap_or_default().to_string()))?;
    let of_objects = ctx.model.objects().iter().flat_map(|o| o.access.keys().chain(o.fields.iter().flat_map(|f| f.access.keys())));
    Ok(of_objects.cloned().chain(names).collect())
}

/// Who holds a role, those too who may not sign in at present.
fn holders(tx: &mut Tx, role: Id) -> Result<Vec<String>> {
    let text = r#"select u.name from "user" u join user__roles x on x.record = u.id
                  where x.target = ?1 and u.deleted_at is null order by u.name"#;
    tx.all(&Sql::fill(tx.dialect(), text, [role.into()]), |row| Ok(row.text(0)?.unwrap_or_default().to_string()))
}

/// Some names, and how many there are when those are not all.
fn few(names: &[String]) -> String {
    let shown = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > NAMED { format!("{shown} … ({})", names.len()) } else { shown }
}

/// Teams form a tree, and none goes while people or teams are in it.
struct TeamTree;

impl Rule for TeamTree {
    fn object(&self) -> &'static str {
        "team"
    }
    fn before(&self, _: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let mut above = draft.get("parent").as_id();
        for _ in 0..DEPTH {
            match above {
                None => return Ok(()),
                Some(id) if id == draft.record.id => break,
                Some(id) => {
                    let sql = Sql::fill(tx.dialect(), "select parent from team where id = ?1", [id.into()]);
                    above = tx.first(&sql, |row| row.id(0))?.flatten();
                }
            }
        }
        draft.problem("parent", "circle", "A team cannot be below itself");
        Ok(())
    }
    fn before_delete(&self, _: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let id = draft.record.id;
        let text = r#"select 1 from "user" where team = ?1 and deleted_at is null and status <> ?2 limit 1"#;
        if tx.first(&Sql::fill(tx.dialect(), text, [id.into(), DEACTIVATED.into()]), |_| Ok(()))?.is_some() {
            draft.problem("members", "in_use", "People are in this team; give them another one first");
        }
        let below = Sql::fill(tx.dialect(), "select 1 from team where parent = ?1 and deleted_at is null limit 1", [id.into()]);
        if tx.first(&below, |_| Ok(()))?.is_some() {
            draft.problem("subteams", "in_use", "There are teams below this one; move them first");
        }
        Ok(())
    }
}

fn role_id(tx: &mut Tx) -> Result<Option<Id>> {
    let sql = Sql::fill(tx.dialect(), "select id from role where name = ?1 and deleted_at is null", [role::ADMINISTRATOR.into()]);
    Ok(tx.first(&sql, |row| row.id(0))?.flatten())
}

/// Is this person an active administrator, and nobody else?
fn is_last(tx: &mut Tx, user: Id) -> Result<bool> {
    let text = r#"select u.id from "user" u join user__roles x on x.record = u.id join role r on r.id = x.target
                  where r.name = ?1 and u.status = ?2 and u.deleted_at is null limit 2"#;
    let sql = Sql::fill(tx.dialect(), text, [role::ADMINISTRATOR.into(), ACTIVE.into()]);
    let found = tx.all(&sql, |row| row.must_id(0))?;
    Ok(found == [user])
}
