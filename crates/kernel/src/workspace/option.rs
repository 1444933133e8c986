//! The options of a choice as an administrator edits them: with their labels in every language.
//!
//! An option keeps its code for ever. One without a code gets it from its label; one that is no longer wanted is
//! retired, and what holds it keeps it. What code looks at (`means`) is a closed list of each field.

use std::collections::BTreeSet;

use base::text::fold;
use base::{Error, FieldProblem, Result};
use model::{Choice, Field, FieldType};
use serde_json::{Map, Value as Json, json};

use crate::ctx::Ctx;

/// Characters of a code.
const LONGEST: usize = 40;

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
    let mut taken: BTreeSet<String> = sent.iter().filter_map(code).map(str::to_string).chain(known).collect();
    let allowed = field.map(means).unwrap_or_default();
    let (mut options, mut problems) = (Vec::new(), Vec::new());
    for (at, option) in sent.iter().enumerate() {
        let Json::Object(map) = option else {
            options.push(option.clone());
            continue;
        };
        let mut map = map.clone();
        if label(&map).is_none() && code(option).is_none() {
            problems.push(FieldProblem::new(format!("options[{at}].label"), "required", "Give the option a name"));
        }
        let meaning = map.get("means").and_then(Json::as_str);
        if !allowed.is_empty() && !meaning.is_some_and(|m| allowed.contains(m)) && code(option).is_none() {
            let all = allowed.iter().copied().collect::<Vec<_>>().join(", ");
            problems.push(FieldProblem::new(format!("options[{at}].means"), "required", format!("Say what it means: {all}")));
        }
        if code(option).is_none() {
            let fresh = fresh_code(label(&map).unwrap_or_default(), &taken);
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

fn code(option: &Json) -> Option<&str> {
    option.as_str().or_else(|| option.get("code").and_then(Json::as_str)).filter(|code| !code.is_empty())
}

/// What a new option is called: its English label, else the first there is.
fn label(option: &Map<String, Json>) -> Option<&str> {
    let labels = option.get("labels").and_then(Json::as_object);
    let english = labels.and_then(|all| all.get("en"));
    let any = labels.and_then(|all| all.values().find(|l| l.as_str().is_some_and(|t| !t.trim().is_empty())));
    [english, option.get("label"), any].into_iter().flatten().filter_map(Json::as_str).find(|text| !text.trim().is_empty())
}

/// `Trade fair 2027` becomes `trade_fair_2027`; a label without Latin letters becomes `option`; the second of one name
/// gets a number.
fn fresh_code(label: &str, taken: &BTreeSet<String>) -> String {
    let mut plain = String::new();
    for c in fold(label).chars() {
        match c {
            c if c.is_ascii_alphanumeric() => plain.push(c),
            _ if !plain.is_empty() && !plain.ends_with('_') => plain.push('_'),
            _ => {}
        }
    }
    let plain: String = plain.trim_matches('_').chars().take(LONGEST).collect();
    let plain = if plain.is_empty() { "option".to_string() } else { plain };
    let numbered = (2_u32..).map(|n| format!("{plain}_{n}"));
    std::iter::once(plain.clone()).chain(numbered).find(|code| !taken.contains(code)).unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_follows_from_the_label_and_is_not_taken_twice() {
        let taken: BTreeSet<String> = ["fiera_di_rimini".to_string(), "option".to_string()].into();
        assert_eq!(fresh_code("Però, così!", &taken), "pero_cosi");
        assert_eq!(fresh_code("Fiera di Rimini", &taken), "fiera_di_rimini_2");
        assert_eq!(fresh_code("展会", &taken), "option_2");
    }
}
