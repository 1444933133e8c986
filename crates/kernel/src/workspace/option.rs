//! The options of a choice as an administrator edits them: with their labels in every language.
//!
//! An option keeps its code for ever. One without a code gets it from its label; one that is no longer wanted is
//! retired, and what holds it keeps it. What code looks at (`means`) is a closed list of each field.

use std::collections::BTreeSet;

use base::{Error, FieldProblem, Result};
use model::{Choice, Field, FieldType};
use serde_json::{Map, Value as Json, json};

use super::code;
use crate::ctx::Ctx;

/// The options of a field, in order: `{fixed, means, options: [{code, labels, hue, retired, means}]}`. Only for
/// administrators.
pub fn list(ctx: &Ctx, object: &str, field: &str) -> Result<Json> {
    ctx.require_administrator()?;
    let found = ctx.model.object(object).and_then(|o| o.field(field)).filter(|f| is_choice(f));
    let shown = base::text::shorten(&format!("{object}.{field}"), 120);
    let field = found.ok_or_else(|| Error::not_found(format!("There is no choice \"{shown}\"")))?;
    let options: Vec<Json> = field.options.iter().map(one).collect();
    Ok(json!({"fixed": field.fixed || field.list.is_some(), "means": means(field), "options": options}))
}

fn is_choice(field: &Field) -> bool {
    matches!(field.kind, FieldType::Choice | FieldType::Choices)
}

fn one(option: &Choice) -> Json {
    let mut labels: Map<String, Json> = option.label.other.iter().map(|(language, text)| (language.clone(), json!(text))).collect();
    labels.insert("en".to_string(), json!(option.label.en));
    json!({"code": option.code, "labels": labels, "hue": option.hue, "retired": option.retired, "means": option.means})
}

/// What options of the field may mean to the program.
fn means(field: &Field) -> BTreeSet<&str> {
    field.options.iter().filter_map(|o| o.means.as_deref()).collect()
}

/// The keys of a field as an administrator sent them, with a code for each new option. All faults at once.
pub fn prepare(field: Option<&Field>, keys: &Json) -> Result<Json> {
    let Some(Json::Array(sent)) = keys.get("options") else { return Ok(keys.clone()) };
    if field.is_some_and(|f| f.fixed || f.list.is_some()) {
        return Err(Error::conflict("The options of this field are fixed; the program relies on them"));
    }
    let known: BTreeSet<String> = field.iter().flat_map(|f| &f.options).map(|o| o.code.clone()).collect();
    let mut taken: BTreeSet<String> = sent.iter().filter_map(code_of).map(str::to_string).chain(known).collect();
    let allowed = field.map(means).unwrap_or_default();
    let (mut options, mut problems) = (Vec::new(), Vec::new());
    for (at, option) in sent.iter().enumerate() {
        let Json::Object(map) = option else {
            options.push(option.clone());
            continue;
        };
        let mut map = map.clone();
        if label(&map).is_none() && code_of(option).is_none() {
            problems.push(FieldProblem::new(format!("options[{at}].label"), "required", "Give the option a name"));
        }
        let meaning = map.get("means").and_then(Json::as_str);
        if !allowed.is_empty() && !meaning.is_some_and(|m| allowed.contains(m)) && code_of(option).is_none() {
            let all = allowed.iter().copied().collect::<Vec<_>>().join(", ");
            problems.push(FieldProblem::new(format!("options[{at}].means"), "required", format!("Say what it means: {all}")));
        }
        if code_of(option).is_none() {
            let fresh = code::fresh(label(&map).unwrap_or_default(), "option", &taken);
            taken.insert(fresh.clone());
            map.insert("code".to_string(), json!(fresh));
        }
        options.push(Json::Object(map));
    }
    if !problems.is_empty() {
        return Err(Error::fields(problems));
    }
    let mut keys = keys.as_object().cloned().unwrap_or_default();
    keys.insert("options".to_string(), Json::Array(options));
    Ok(Json::Object(keys))
}

fn code_of(option: &Json) -> Option<&str> {
    option.as_str().or_else(|| option.get("code").and_then(Json::as_str)).filter(|code| !code.is_empty())
}

/// What a new option is called: its English label, else the first there is.
fn label(option: &Map<String, Json>) -> Option<&str> {
    let labels = option.get("labels").and_then(Json::as_object);
    let english = labels.and_then(|all| all.get("en"));
    let any = labels.and_then(|all| all.values().find(|l| l.as_str().is_some_and(|t| !t.trim().is_empty())));
    [english, option.get("label"), any].into_iter().flatten().filter_map(Json::as_str).find(|text| !text.trim().is_empty())
}
