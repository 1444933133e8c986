//! Which option a text means.

use base::text::fold;

use super::clean::quote;
use super::wrong::Wrong;
use crate::list;
use crate::nearest::nearest;
use crate::object::{Choice, Field, Model};

/// The code exactly as declared; of an open field any code that looks like one.
pub fn code(field: &Field, model: &Model, text: &str) -> Result<String, Wrong> {
    let text = text.trim();
    let options = model.options(field);
    let is_known = match &field.list {
        Some(name) if list::has(name, text) => true,
        _ => options.iter().any(|o| o.code == text),
    };
    if is_known || field.open && is_code(text) {
        return Ok(text.to_string());
    }
    Err(unknown(field, model, text))
}

/// An option by its code, its label in any language, or another name that files use.
pub fn by_name(field: &Field, model: &Model, text: &str) -> Result<String, Wrong> {
    match find(field, model, text) {
        Some(code) => Ok(code),
        None if field.open && is_code(text) => Ok(text.to_string()),
        None => Err(unknown(field, model, text)),
    }
}

fn find(field: &Field, model: &Model, text: &str) -> Option<String> {
    if let Some(code) = field.list.as_deref().and_then(|name| list::find(name, text)) {
        return Some(code.to_string());
    }
    let options = model.options(field);
    if let Some(option) = options.iter().find(|o| o.code == text) {
        return Some(option.code.clone());
    }
    let wanted = plain(text);
    let is_label = |o: &&Choice| std::iter::once(&o.label.en).chain(o.label.other.values()).any(|label| plain(label) == wanted);
    let is_alias = |o: &&Choice| o.aliases.iter().any(|alias| plain(alias) == wanted);
    let found = options.iter().find(|o| plain(&o.code) == wanted).or_else(|| options.iter().find(is_label));
    found.or_else(|| options.iter().find(is_alias)).map(|o| o.code.clone())
}

/// Folded, with `-`, `_` and `/` as spaces: "E-mail", "e_mail" and "e mail" are one.
fn plain(text: &str) -> String {
    let folded = fold(text);
    if folded.contains(['-', '_', '/']) { fold(&folded.replace(['-', '_', '/'], " ")) } else { folded }
}

fn is_code(text: &str) -> bool {
    (1..=100).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

fn unknown(field: &Field, model: &Model, text: &str) -> Wrong {
    let options = model.options(field);
    let known = || options.iter().filter(|o| !o.retired);
    let meant = find(field, model, text)
        .or_else(|| nearest(text, known().map(|o| o.code.as_str())).map(str::to_string))
        .or_else(|| nearest(&fold(text), known().map(|o| o.label.en.as_str())).and_then(|label| code_of(options, label)));
    let remedy = match meant {
        Some(code) => format!("did you mean \"{code}\"?"),
        None if options.len() <= 12 => format!("choose one of {}", known().map(|o| o.code.as_str()).collect::<Vec<_>>().join(", ")),
        None => format!("write a code of the list, such as \"{}\"", known().next().map_or("", |o| o.code.as_str())),
    };
    Wrong::new("unknown", format!("{} is not an option; {remedy}", quote(text)))
}

fn code_of(options: &[Choice], label: &str) -> Option<String> {
    options.iter().find(|o| o.label.en == label).map(|o| o.code.clone())
}
