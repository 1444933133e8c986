//! The customer's layer over the built-in declarations: new objects, new fields, other labels and options.
//!
//! Works on tables before they are read, so that a layer is written in the same format as an `object.toml`.

use toml::{Table, Value};

use crate::object::{Label, Object};

/// Lays `layer` over `base`: tables are merged key by key, options by their codes, everything else is replaced.
pub fn merge(base: &mut Table, layer: &Table) {
    for (key, value) in layer {
        match (base.get_mut(key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => merge(below, above),
            (Some(Value::Array(below)), Value::Array(above)) if key == "options" => *below = options(below, above),
            _ => {
                base.insert(key.clone(), value.clone());
            }
        }
    }
}

/// In the order of the layer, those behind that it does not name: an option is retired, never dropped, and one that came
/// with a newer program is there.
fn options(below: &[Value], above: &[Value]) -> Vec<Value> {
    let mut all: Vec<Value> = above
        .iter()
        .map(|option| match (option, below.iter().find(|known| code(known) == code(option))) {
            (Value::Table(own), Some(Value::Table(known))) => {
                let mut known = known.clone();
                if own.contains_key("label") && !own.contains_key("labels") {
                    known.remove("labels");
                }
                merge(&mut known, own);
                Value::Table(known)
            }
            _ => option.clone(),
        })
        .collect();
    all.extend(below.iter().filter(|known| !above.iter().any(|option| code(option) == code(known))).cloned());
    all
}

/// An option is written as its code or as a table with it.
fn code(option: &Value) -> Option<&str> {
    option.as_str().or_else(|| option.get("code").and_then(Value::as_str))
}

/// Labels that the layer sets hold in every language: translations of the built-in ones no longer fit.
pub fn relabel(object: &mut Object, layer: &Table) {
    if let Some(Value::Array(labels)) = layer.get("label") {
        let text = |at: usize| labels.get(at).and_then(Value::as_str).map(Label::new);
        object.label = text(0).unwrap_or_else(|| object.label.clone());
        object.label_plural = text(1).unwrap_or_else(|| object.label_plural.clone());
    }
    let Some(Value::Table(fields)) = layer.get("fields") else { return };
    for field in &mut object.fields {
        let Some(Value::Table(own)) = fields.get(&field.name) else { continue };
        if let Some(label) = own.get("label").and_then(Value::as_str) {
            field.label = Label::new(label);
        }
        if let Some(help) = own.get("help").and_then(Value::as_str) {
            field.help = Label::new(help);
        }
        if let Some(Value::Array(options)) = own.get("options") {
            for option in &mut field.options {
                let written =
                    options.iter().filter_map(Value::as_table).find(|t| t.get("code").and_then(Value::as_str) == Some(&option.code));
                if let Some(labels) = written.and_then(|t| t.get("labels")).and_then(Value::as_table) {
                    option.label = Label::of(labels, &option.label.en);
                } else if let Some(label) = written.and_then(|t| t.get("label")).and_then(Value::as_str)
                    && (option.label.en != label || !option.label.other.values().any(|l| l == label))
                {
                    option.label = Label::new(label);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_adds_fields_and_replaces_labels() {
        let mut base: Table = "name = \"deal\"\n[fields]\nname = { type = \"text\", label = \"Name\" }".parse().unwrap();
        let layer: Table = "[fields]\nname = { label = \"Title\" }\ncolour = { type = \"text\" }".parse().unwrap();
        merge(&mut base, &layer);
        let fields = base["fields"].as_table().unwrap();
        assert_eq!(fields["name"]["label"].as_str(), Some("Title"));
        assert_eq!(fields["name"]["type"].as_str(), Some("text"));
        assert!(fields.contains_key("colour"));
    }

    #[test]
    fn options_are_laid_over_those_of_the_same_code_and_none_is_lost() {
        let mut base: Table = "options = [{ code = \"a\", hue = \"sky\", aliases = [\"first\"] }, \"b\", \"c\"]".parse().unwrap();
        let layer: Table = "options = [\"c\", { code = \"a\", label = \"One\" }, { code = \"d\", retired = true }]".parse().unwrap();
        merge(&mut base, &layer);
        let codes: Vec<&str> = base["options"].as_array().unwrap().iter().filter_map(code).collect();
        assert_eq!(codes, ["c", "a", "d", "b"]);
        let first = &base["options"][1];
        assert_eq!(
            (first["label"].as_str(), first["hue"].as_str(), first["aliases"][0].as_str()),
            (Some("One"), Some("sky"), Some("first"))
        );
    }
}
