//! What each role may do with each object, in words that a screen can show.

use base::Result;
use model::{Access, Object};
use serde_json::{Map, Value as Json, json};

use crate::ctx::Ctx;
use crate::role;

/// `[{name, label, roles: {manager: {read, create, update, delete, export, bulk}}}]`; `read`, `update` and `delete` are
/// `{level, rule}`. Only for administrators, who may do everything and are not listed.
pub fn rights(ctx: &Ctx) -> Result<Json> {
    ctx.require_administrator()?;
    let objects = ctx.model.objects().iter().map(|object| {
        let roles: Map<String, Json> = object.access.iter().map(|(role, access)| (role.clone(), of_role(access))).collect();
        json!({"name": object.name, "label": object.label_plural.in_language(&ctx.language), "nav": object.nav, "roles": roles})
    });
    Ok(objects.collect())
}

fn of_role(access: &Access) -> Json {
    let reach = |rule: &str| json!({"level": level(rule), "rule": rule});
    json!({
        "read": reach(&access.read), "create": access.create, "update": reach(&access.update), "delete": reach(&access.delete),
        "export": access.export, "bulk": access.bulk,
    })
}

/// From the widest to nothing.
const LEVELS: [&str; 5] = ["all", "team", "own", "some", "none"];

/// How far the caller's right to read reaches by the widest of his roles, as in [`rights`].
pub fn read_level(ctx: &Ctx, object: &Object) -> &'static str {
    if ctx.is_administrator() {
        return "all";
    }
    let levels: Vec<&str> = role::accesses(ctx, object).map(|access| level(&access.read)).collect();
    LEVELS.into_iter().find(|level| levels.contains(level)).unwrap_or("none")
}

/// How far a rule reaches: one of [`LEVELS`].
fn level(rule: &str) -> &'static str {
    match rule {
        "true" => "all",
        "false" => "none",
        rule if rule.contains("my_teams()") => "team",
        rule if rule.contains("me()") => "own",
        _ => "some",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_rule_is_told_by_how_far_it_reaches() {
        let rules = ["true", "false", "owner == me()", "owner == me() || team in my_teams()", "active"];
        assert_eq!(rules.map(super::level), ["all", "none", "own", "team", "some"]);
    }
}
