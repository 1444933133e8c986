//! Why a person may see, change or delete one record, or may not: each of his roles, its rule, and whether it holds.

use std::collections::HashMap;
use std::sync::Arc;

use base::{Error, Id, Result};
use model::{FieldAccess, Object, expression};
use serde_json::{Map, Value as Json, json};
use store::{Sql, Tx};

use super::rights::{level, rule};
use crate::ctx::Ctx;
use crate::record::{self, Record};
use crate::role::{self, ADMINISTRATOR, Right};
use crate::user;

const RIGHTS: [(&str, Right); 3] = [("read", Right::Read), ("update", Right::Update), ("delete", Right::Delete)];

/// `{user, whole, read, update, delete, fields: {hidden, read_only}}`. Each right is `{allowed, by}`, where `by`
/// names every role of the person as `{role, label, level, rule, holds, through}`: `through` is `own` where a rule of the
/// level `team` holds for the person himself already. `whole` is the record whose rights a part has. Only for
/// administrators; `NotFound` for a record that is not there, a problem of `user` for nobody who is active.
pub fn reasons(ctx: &Ctx, tx: &mut Tx, object: &Object, id: Id, person: Id) -> Result<Json> {
    ctx.require_administrator()?;
    let record = record::get(ctx, tx, &object.name, id)?;
    let Some(person) = user::load(tx, person)? else {
        return Err(Error::field("user", "unknown", "There is no active person with this id"));
    };
    let whole = match ctx.model.whole(object) {
        Some((link, whole)) => match record.get(&link.name).as_id() {
            Some(id) => Some((whole, record::get(ctx, tx, &whole.name, id)?)),
            None => None,
        },
        None => None,
    };
    let theirs = Ctx::of_user(&ctx.engine, Arc::new(person));
    let Some(them) = &theirs.user else { return Err(Error::internal("nobody is meant")) };
    let labels = labels(tx)?;
    let (of, decisive) = whole.as_ref().map_or((object, &record), |(object, record)| (*object, record));
    let mut told = Map::new();
    for (name, right) in RIGHTS {
        // Whoever may change a record may add, change and take away its parts.
        let (asked, right) = if whole.is_some() && right == Right::Delete { ("update", Right::Update) } else { (name, right) };
        let asked = Asked { theirs: &theirs, object: of, record: decisive, right: (asked, right) };
        let by: Vec<Json> = them.roles.iter().map(|role| asked.of_role(tx, role, labels.get(role))).collect::<Result<_>>()?;
        let allowed = by.iter().any(|b| b.get("holds") == Some(&Json::Bool(true)));
        told.insert(name.to_string(), json!({"allowed": allowed, "by": by}));
    }
    let (hidden, read_only) = (fields(ctx, &theirs, object, FieldAccess::None), fields(ctx, &theirs, object, FieldAccess::Read));
    told.insert("user".to_string(), json!({"id": them.id.to_string(), "name": them.name}));
    told.insert("fields".to_string(), json!({"hidden": hidden, "read_only": read_only}));
    let whole = whole.as_ref().map(|(object, record)| {
        json!({"object": object.name, "label": object.label.in_language(&ctx.language), "id": record.id.to_string(),
               "title": record::title(object, record)})
    });
    told.insert("whole".to_string(), json!(whole));
    Ok(Json::Object(told))
}

/// A role of the person, as far as it concerns one right on one record.
struct Asked<'a> {
    theirs: &'a Ctx,
    object: &'a Object,
    record: &'a Record,
    right: (&'static str, Right),
}

impl Asked<'_> {
    /// What a role says of it.
    fn of_role(&self, tx: &mut Tx, role: &str, label: Option<&String>) -> Result<Json> {
        let (name, right) = self.right;
        let text = match self.object.access.get(role) {
            _ if role == ADMINISTRATOR => "true",
            Some(access) => right.rule(access),
            None => "false",
        };
        let level = level(self.object, name, text);
        let holds = self.holds(tx, text)?;
        let own = rule(self.object, name, "own").filter(|_| level == "team" && holds);
        let through = match own {
            Some(own) if self.holds(tx, &own)? => "own",
            _ => level,
        };
        Ok(json!({"role": role, "label": label, "level": level, "rule": text, "holds": holds, "through": through}))
    }

    fn holds(&self, tx: &mut Tx, rule: &str) -> Result<bool> {
        if rule == "true" || rule == "false" {
            return Ok(rule == "true");
        }
        let compiled = expression::compile(&self.theirs.model, self.object, rule, &|_, _| true);
        let rule = compiled.map_err(|problems| Error::internal(format!("access rule of {} is wrong: {problems:?}", self.object.name)))?;
        record::holds_for(self.theirs, &self.theirs.as_system(), tx, &rule, self.record)
    }
}

fn fields(ctx: &Ctx, theirs: &Ctx, object: &Object, wanted: FieldAccess) -> Vec<Json> {
    let chosen = object.fields.iter().filter(|f| !f.automatic && f.alias_of.is_none());
    let chosen = chosen.filter(|f| role::field_access(theirs, object, f) == wanted && !(wanted == FieldAccess::Read && f.computed));
    chosen.map(|f| json!({"name": f.name, "label": f.label.in_language(&ctx.language)})).collect()
}

fn labels(tx: &mut Tx) -> Result<HashMap<String, String>> {
    let sql = Sql::raw(tx.dialect(), "select name, label from role where deleted_at is null");
    let all = tx.all(&sql, |row| Ok((row.text(0)?.unwrap_or_default().to_string(), row.text(1)?.unwrap_or_default().to_string())))?;
    Ok(all.into_iter().collect())
}
