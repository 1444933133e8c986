//! What may not happen to users and roles: a workspace without anybody to look after it, a role that code relies on
//! gone. Who is deactivated loses his sessions.

use base::{Id, Result};
use store::{Sql, Tx};

use super::{ACTIVE, DEACTIVATED};
use crate::ctx::Ctx;
use crate::record::{Change, Draft, Rule};
use crate::{invitation, role, session};

/// Teams below one another; more is a circle.
const DEPTH: usize = 50;

/// The engine's own rules; they run before those of modules.
pub const RULES: &[&dyn Rule] = &[&LastAdministrator, &BuiltInRole, &TeamTree];

struct LastAdministrator;

impl Rule for LastAdministrator {
    fn object(&self) -> &'static str {
        "user"
    }
    fn before(&self, _: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if draft.is_new() || !(draft.changed("status") || draft.changed("roles")) {
            return Ok(());
        }
        let administrator = role_id(tx)?;
        let holds = |roles: &base::Value| administrator.is_some_and(|a| roles.as_list().iter().any(|r| r.as_id() == Some(a)));
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

struct BuiltInRole;

impl Rule for BuiltInRole {
    fn object(&self) -> &'static str {
        "role"
    }
    fn before(&self, _: &Ctx, _: &mut Tx, draft: &mut Draft) -> Result<()> {
        if !draft.is_new() && draft.record.flag("built_in") && draft.changed("name") {
            draft.problem("name", "built_in", "The code of a built-in role never changes; its label may");
        }
        Ok(())
    }
    fn before_delete(&self, _: &Ctx, _: &mut Tx, draft: &mut Draft) -> Result<()> {
        if draft.record.flag("built_in") {
            draft.problem("built_in", "built_in", "A built-in role cannot be deleted");
        }
        Ok(())
    }
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
