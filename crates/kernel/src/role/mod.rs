//! Who may see and do what: per object, per field, per record.
//!
//! A role's rights stand in the object's declaration as expressions. [`reach`] joins the rights of all of a
//! person's roles into one predicate, which the query planner puts into every statement and the record pipeline
//! checks on every write. No handler checks by hand.

mod reach;

use base::{Error, Result};
use model::nearest::nearest;
use model::{Access, Field, FieldAccess, Object};

use crate::ctx::{Ctx, Scopes};

pub use reach::{Key as ReachKey, Reach, covers, push_filter, push_rule, reach};

/// May do everything, always.
pub const ADMINISTRATOR: &str = "administrator";
/// Manages teams from the first start.
pub const MANAGER: &str = "manager";
/// The roles that exist from the first start, with their labels in English, Italian and Chinese.
pub const BUILT_IN: &[(&str, [&str; 3])] = &[
    (ADMINISTRATOR, ["Administrator", "Amministratore", "管理员"]),
    (MANAGER, ["Manager", "Responsabile", "经理"]),
    ("representative", ["Representative", "Venditore", "销售代表"]),
    ("read_only", ["Read only", "Sola lettura", "只读"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    Read,
    Update,
    Delete,
}

impl Right {
    pub(crate) fn rule(self, access: &Access) -> &str {
        match self {
            Right::Read => &access.read,
            Right::Update => &access.update,
            Right::Delete => &access.delete,
        }
    }
}

/// The rights of each of the caller's roles on an object, for a part those on its whole; none for the system and
/// administrators, who need none.
pub(crate) fn accesses<'a>(ctx: &'a Ctx, object: &'a Object) -> impl Iterator<Item = &'a Access> {
    let of = ctx.model.whole(object).map_or(object, |(_, whole)| whole);
    ctx.user.iter().flat_map(|u| u.roles.iter()).filter_map(|r| of.access.get(r))
}

/// May the caller create records of this object at all? A part also where he may change its whole.
pub fn may_create(ctx: &Ctx, object: &Object) -> bool {
    let allows = |a: &Access| a.create || object.part_of.is_some() && a.update != "false";
    scope_allows(ctx, object, "write") && (ctx.is_administrator() || accesses(ctx, object).any(allows))
}

pub fn may_export(ctx: &Ctx, object: &Object) -> bool {
    scope_allows(ctx, object, "read") && (ctx.is_administrator() || accesses(ctx, object).any(|a| a.export))
}

/// May the caller change or delete many records of this object in one call?
pub fn may_bulk(ctx: &Ctx, object: &Object) -> bool {
    scope_allows(ctx, object, "write") && (ctx.is_administrator() || accesses(ctx, object).any(|a| a.bulk))
}

/// Does the token in use cover this object? A browser session covers all that its user may.
pub fn scope_allows(ctx: &Ctx, object: &Object, verb: &str) -> bool {
    let Scopes::Only(scopes) = &ctx.scopes else { return true };
    let covers = |scope: &str, verb: &str| scope == verb || scope == format!("{}:{verb}", object.path);
    scopes.iter().any(|s| covers(s, verb) || verb == "read" && covers(s, "write"))
}

/// Does the token in use cover this action?
pub fn scope_allows_action(ctx: &Ctx, object: &Object, action: &str) -> bool {
    let Scopes::Only(scopes) = &ctx.scopes else { return true };
    scopes.iter().any(|s| s == "write" || *s == format!("{}:write", object.path) || *s == format!("{}.{action}", object.path))
}

/// What the caller may do with a field: the best of his roles.
pub fn field_access(ctx: &Ctx, object: &Object, field: &Field) -> FieldAccess {
    let rights = ctx.model.whole(object).map_or(object, |(_, whole)| whole);
    // Another name of a field, or of a part of it, says no more than that field.
    let named = field.alias_of.as_deref().and_then(|a| object.field(a.split('.').next().unwrap_or_default()));
    let of = named.filter(|_| field.access.is_empty()).unwrap_or(field);
    let best = match &ctx.user {
        None => FieldAccess::Write,
        Some(user) if user.roles.iter().any(|r| r == ADMINISTRATOR) => FieldAccess::Write,
        Some(user) => user
            .roles
            .iter()
            .filter(|r| rights.access.contains_key(*r))
            .map(|r| of.access.get(r).copied().unwrap_or(FieldAccess::Write))
            .max_by_key(|a| match a {
                FieldAccess::None => 0,
                FieldAccess::Read => 1,
                FieldAccess::Write => 2,
            })
            .unwrap_or(FieldAccess::None),
    };
    match best {
        _ if best != FieldAccess::None && !may_read_sources(ctx, object, field) => FieldAccess::None,
        FieldAccess::Write if field.computed => FieldAccess::Read,
        _ => best,
    }
}

/// What is worked out from a field tells of that field.
fn may_read_sources(ctx: &Ctx, object: &Object, field: &Field) -> bool {
    if field.formula.is_none() || ctx.is_administrator() || ctx.user.is_none() {
        return true;
    }
    let Ok(Some(formula)) = ctx.engine.formula(&ctx.model, object, field) else { return false };
    formula.fields().iter().all(|(object, name)| {
        let Some(object) = ctx.model.object(object) else { return true };
        object.field(name).is_none_or(|source| may_read_field(ctx, object, source))
    })
}

pub fn may_read_field(ctx: &Ctx, object: &Object, field: &Field) -> bool {
    field_access(ctx, object, field) != FieldAccess::None
}

/// The object by its name, if the caller may know that it exists.
pub fn known<'a>(ctx: &'a Ctx, name: &str) -> Result<&'a Object> {
    let object = ctx.model.object(name).ok_or_else(|| no_such(ctx, name))?;
    require_read(ctx, object)?;
    Ok(object)
}

/// With the nearest among those that the caller may know.
fn no_such(ctx: &Ctx, name: &str) -> Error {
    let names = ctx.model.objects().iter().filter(|o| require_read(ctx, o).is_ok()).map(|o| o.name.as_str());
    let hint = nearest(name, names).map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
    Error::not_found(format!("There is no object \"{}\"{hint}", base::text::shorten(name, 60)))
}

/// Refuses when the caller can read no record of the object whatever.
pub fn require_read(ctx: &Ctx, object: &Object) -> Result<()> {
    if !scope_allows(ctx, object, "read") {
        return Err(Error::forbidden(format!("This token may not read {}", object.path)));
    }
    match reach(ctx, object, Right::Read)? {
        Reach::Nothing => Err(Error::forbidden(format!("You may not read {}", object.path))),
        _ => Ok(()),
    }
}

pub fn require_create(ctx: &Ctx, object: &Object) -> Result<()> {
    if may_create(ctx, object) { Ok(()) } else { Err(Error::forbidden(format!("You may not create {}", object.path))) }
}
