//! What each role may do with each object, in words that a screen can show, and from those words back to rules.
//!
//! A right that reaches records is a rule. Most are one of the levels `all`, `team`, `own` and `none`; what `team` and
//! `own` mean for an object follows from its owner, or stands in its declaration (`[levels.team]`).

use std::collections::BTreeSet;

use base::{Error, FieldProblem, Result};
use model::expression;
use model::nearest::nearest;
use model::{Access, Field, FieldAccess, Object};
use serde_json::{Map, Value as Json, json};
use store::{Sql, Tx};

use crate::ctx::Ctx;
use crate::query::expression_problems;
use crate::role::{self, ADMINISTRATOR};

const LEVELS: [&str; 4] = ["all", "team", "own", "none"];
const REACHING: [&str; 3] = ["read", "update", "delete"];

/// `[{name, label, nav, part_of, levels, roles: {manager: {read, create, update, delete, export, bulk}}, fields}]`;
/// `read`, `update` and `delete` are `{level, rule}`, a field is `{name, label, choices, roles: {manager: "read"}}`, where
/// a role that is not named may `write`. A part has the rights of its whole. Only for administrators, who may do
/// everything and are not listed.
pub fn rights(ctx: &Ctx) -> Result<Json> {
    ctx.require_administrator()?;
    let objects = ctx.model.objects().iter().map(|object| {
        let whole = ctx.model.whole(object).map(|(_, whole)| &whole.name);
        let roles: Map<String, Json> = match whole {
            Some(_) => Map::new(),
            None => object.access.iter().map(|(role, access)| (role.clone(), of_role(object, access))).collect(),
        };
        let levels = LEVELS.iter().filter(|level| **level != "team" || rule(object, "read", level).is_some());
        let fields: Vec<Json> = object.fields.iter().filter_map(|field| of_field(ctx, object, field)).collect();
        json!({
            "name": object.name, "label": object.label_plural.in_language(&ctx.language), "nav": object.nav, "part_of": whole,
            "levels": levels.collect::<Vec<_>>(), "roles": roles, "fields": fields,
        })
    });
    Ok(objects.collect())
}

fn of_role(object: &Object, access: &Access) -> Json {
    let reach = |right: &str, rule: &str| json!({"level": level(object, right, rule), "rule": rule});
    json!({
        "read": reach("read", &access.read), "create": access.create, "update": reach("update", &access.update),
        "delete": reach("delete", &access.delete), "export": access.export, "bulk": access.bulk,
    })
}

/// How far the caller's right to read reaches by the widest of his roles, as in [`rights`].
pub fn read_level(ctx: &Ctx, object: &Object) -> &'static str {
    if ctx.is_administrator() {
        return "all";
    }
    let of = ctx.model.whole(object).map_or(object, |(_, whole)| whole);
    let levels: Vec<&str> = role::accesses(ctx, object).map(|access| level(of, "read", &access.read)).collect();
    // Nobody knows how far a rule reaches: it may be farther than one's own.
    ["all", "team", "rule", "own"].into_iter().find(|level| levels.contains(level)).unwrap_or("none")
}

/// What may be chosen for a field; absent where there is no choice. The name of a record is always read, what is
/// computed never written, and another name of a field follows that field.
fn of_field(ctx: &Ctx, object: &Object, field: &Field) -> Option<Json> {
    let is_title = field.name == object.title;
    let choices: Vec<&str> = [("write", !field.computed), ("read", true), ("none", !is_title)]
        .into_iter()
        .filter_map(|(choice, is_open)| is_open.then_some(choice))
        .collect();
    if choices.len() < 2 || field.alias_of.is_some() || field.automatic {
        return None;
    }
    let word = |access: FieldAccess| match access {
        FieldAccess::None => "none",
        FieldAccess::Read => "read",
        FieldAccess::Write => "write",
    };
    let roles: Map<String, Json> = field.access.iter().map(|(role, access)| (role.clone(), json!(word(*access)))).collect();
    Some(json!({"name": field.name, "label": field.label.in_language(&ctx.language), "choices": choices, "roles": roles}))
}

/// The rule of a level for what is done with an object's records; absent where there is no such level.
pub(super) fn rule(object: &Object, right: &str, level: &str) -> Option<String> {
    let declared = object.levels.get(level).and_then(|levels| match right {
        "read" => levels.read.as_ref(),
        "update" => levels.update.as_ref(),
        _ => levels.delete.as_ref(),
    });
    let by_owner = match (level, object.owned) {
        ("all", _) => "true",
        ("none", _) => "false",
        ("own", true) => "owner == me()",
        ("own", false) => "created_by == me()",
        ("team", true) => "owner == me() || team in my_teams()",
        _ => return declared.cloned(),
    };
    Some(declared.cloned().unwrap_or_else(|| by_owner.to_string()))
}

/// The level of a rule, or `rule` where it is none of them.
pub(super) fn level(object: &Object, right: &str, text: &str) -> &'static str {
    LEVELS.into_iter().find(|level| rule(object, right, level).as_deref() == Some(text)).unwrap_or("rule")
}

/// The keys of an object as an administrator sent them, with a rule for each level. Roles that nobody knows, the
/// administrator's rights, which are fixed, and rules that are wrong are told at once.
pub fn prepare(ctx: &Ctx, object: Option<&Object>, keys: &Json) -> Result<Json> {
    let mut keys = keys.clone();
    let mut faults = Faults::default();
    let fields = keys.get("fields").and_then(Json::as_object).cloned().unwrap_or_default();
    for (name, field) in &fields {
        faults.roles(ctx, &format!("fields.{name}.access"), field.get("access"))?;
    }
    faults.roles(ctx, "access", keys.get("access"))?;
    // Of an object that is not there yet, the levels follow from what is sent, and the check of the whole tells the rest.
    let mut fresh = Object::default();
    fresh.owned = keys.get("owned") == Some(&json!(true));
    let is_whole = fields.is_empty() && object.is_some();
    if let Some(Json::Object(access)) = keys.get_mut("access") {
        if object.is_some_and(|o| o.part_of.is_some()) {
            return Err(Error::conflict("What is part of something has the rights of that; change them there"));
        }
        for (role, rights) in access.iter_mut() {
            for right in REACHING {
                let Some(sent) = rights.get_mut(right) else { continue };
                let place = format!("access.{role}.{right}");
                match written(object.unwrap_or(&fresh), right, sent) {
                    Ok(text) => {
                        if let Some(object) = object.filter(|_| is_whole) {
                            faults.rule(ctx, object, &place, &text);
                        }
                        *sent = json!(text);
                    }
                    Err(message) => faults.told.push(FieldProblem::new(place, "invalid", message)),
                }
            }
        }
    }
    faults.finish().map(|()| keys)
}

/// As [`prepare`], of a single field.
pub fn prepare_field(ctx: &Ctx, object: &str, field: &str, keys: &Json) -> Result<()> {
    let mut faults = Faults::default();
    faults.roles(ctx, "access", keys.get("access"))?;
    if ctx.model.object(object).is_some_and(|o| o.title == field) {
        let hiding = keys.get("access").and_then(Json::as_object).into_iter().flatten().filter(|(_, word)| *word == "none");
        faults.told.extend(
            hiding
                .map(|(role, _)| FieldProblem::new(format!("access.{role}"), "title", "This field names the record and cannot be hidden")),
        );
    }
    faults.finish()
}

/// The rule that was meant by a text, a flag, `{"level": "own"}` or `{"rule": "…"}`.
fn written(object: &Object, right: &str, sent: &Json) -> Result<String, String> {
    let text = |value: &Json| value.as_str().map(|text| text.trim().to_string());
    match (sent, sent.get("level"), sent.get("rule")) {
        (Json::Bool(flag), ..) => Ok(flag.to_string()),
        (Json::String(_), ..) => text(sent).ok_or_else(String::new),
        (_, Some(level), None) => {
            let known = LEVELS.into_iter().filter(|level| rule(object, right, level).is_some()).collect::<Vec<_>>();
            let name = level.as_str().unwrap_or_default();
            rule(object, right, name).ok_or_else(|| format!("There is no such level; there are {}", known.join(", ")))
        }
        (_, None, Some(rule)) if rule.is_string() => text(rule).ok_or_else(String::new),
        _ => Err("Write a level such as own, or a rule such as owner == me()".to_string()),
    }
}

/// What is wrong, with the places in rules.
#[derive(Default)]
struct Faults {
    told: Vec<FieldProblem>,
    places: Vec<Json>,
    known: Option<BTreeSet<String>>,
}

impl Faults {
    /// The roles that are named under a place.
    fn roles(&mut self, ctx: &Ctx, place: &str, access: Option<&Json>) -> Result<()> {
        let Some(Json::Object(access)) = access else { return Ok(()) };
        let known = match self.known.take() {
            Some(known) => known,
            None => ctx.engine.store().read(codes)?,
        };
        for role in access.keys() {
            if role == ADMINISTRATOR {
                let message = "The rights of administrators are fixed, so that nobody locks himself out; they see and do everything";
                self.told.push(FieldProblem::new(format!("{place}.{role}"), "fixed", message));
            } else if !known.contains(role) {
                self.told.push(FieldProblem::new(format!("{place}.{role}"), "unknown", no_role(role, &known)));
            }
        }
        self.known = Some(known);
        Ok(())
    }

    fn rule(&mut self, ctx: &Ctx, object: &Object, place: &str, text: &str) {
        if let Err(problems) = expression::compile(&ctx.model, object, text, &|_, _| true) {
            let (told, places) = expression_problems(place, &problems);
            self.told.extend(told);
            self.places.extend(places);
        }
    }

    fn finish(self) -> Result<()> {
        match (self.told.is_empty(), self.places.is_empty()) {
            (true, _) => Ok(()),
            (_, true) => Err(Error::fields(self.told)),
            _ => Err(Error::fields(self.told).with_extra(json!({"expression": self.places}))),
        }
    }
}

/// The codes of all roles.
pub fn codes(tx: &mut Tx) -> Result<BTreeSet<String>> {
    let sql = Sql::raw(tx.dialect(), "select name from role where deleted_at is null");
    Ok(tx.all(&sql, |row| Ok(row.text(0)?.unwrap_or_default().to_string()))?.into_iter().collect())
}

/// That there is no such role, and which was probably meant.
pub fn no_role(role: &str, known: &BTreeSet<String>) -> String {
    let hint = nearest(role, known.iter().map(String::as_str)).map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
    format!("There is no role \"{}\"{hint}", base::text::shorten(role, 60))
}

#[cfg(test)]
mod tests {
    use model::Levels;

    use super::*;

    #[test]
    fn a_rule_is_told_by_its_level_and_a_level_is_written_as_the_objects_own_rule() {
        let mut lead = Object::default();
        lead.owned = true;
        let free = "owner == me() || team in my_teams() || !has(owner)";
        lead.levels.insert("team".into(), Levels { read: Some(free.into()), ..Levels::default() });
        let rules = ["true", "false", "owner == me()", free, "owner == me() || team in my_teams()", "active"];
        assert_eq!(rules.map(|rule| level(&lead, "read", rule)), ["all", "none", "own", "team", "rule", "rule"]);
        assert_eq!(level(&lead, "delete", "owner == me() || team in my_teams()"), "team");
        assert_eq!(written(&lead, "read", &json!({"level": "team"})).as_deref(), Ok(free));
        assert_eq!(written(&lead, "read", &json!({"rule": " active "})).as_deref(), Ok("active"));
        assert_eq!(written(&lead, "read", &json!(true)).as_deref(), Ok("true"));
        let product = Object::default();
        assert_eq!(written(&product, "update", &json!({"level": "own"})).as_deref(), Ok("created_by == me()"));
        assert!(written(&product, "read", &json!({"level": "team"})).is_err_and(|told| told.ends_with("all, own, none")));
    }
}
