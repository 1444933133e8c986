//! The words that limit a token: `read`, `write`, `deals:read`, `deals:write`, `deals.close`.

use base::{Error, FieldProblem, Result};
use model::nearest::nearest;

use crate::ctx::Ctx;

/// Refuses unknown scopes, all at once, each with the nearest that exists.
pub fn check_scopes(ctx: &Ctx, scopes: &[String]) -> Result<()> {
    let known = all(ctx);
    let problems: Vec<FieldProblem> = scopes
        .iter()
        .enumerate()
        .filter(|(_, scope)| !known.contains(scope))
        .map(|(i, scope)| {
            let hint = nearest(scope, known.iter().map(String::as_str)).map_or_else(
                || "; write read, write, deals:read, deals:write or deals.close".to_string(),
                |near| format!("; did you mean \"{near}\"?"),
            );
            FieldProblem::new(format!("scopes[{i}]"), "unknown", format!("There is no scope \"{}\"{hint}", base::text::shorten(scope, 80)))
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::fields(problems)) }
}

pub fn is_scope(ctx: &Ctx, scope: &str) -> bool {
    all(ctx).iter().any(|s| s == scope)
}

fn all(ctx: &Ctx) -> Vec<String> {
    let mut all = vec!["read".to_string(), "write".to_string()];
    for object in ctx.model.objects() {
        all.push(format!("{}:read", object.path));
        all.push(format!("{}:write", object.path));
        let actions = ctx.engine.actions().filter(|a| a.object() == object.name || a.object() == "any");
        all.extend(actions.map(|a| format!("{}.{}", object.path, a.name())));
    }
    all
}
