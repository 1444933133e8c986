//! The customer's layer over the built-in declarations: new objects, new fields, other labels and options.
//!
//! Works on tables before they are read, so that a layer is written in the same format as an `object.toml`.

use toml::{Table, Value};

use crate::object::{Label, Object};

/// Lays `layer` over `base`: tables are merged key by key, everything else is replaced.
pub fn merge(base: &mut Table, layer: &Table) {
    for (key, value) in layer {
        match (base.get_mut(key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => merge(below, above),
            _ => {
                base.insert(key.clone(), value.clone());
            }
        }
    }
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
                if let Some(label) = written.and_then(|t| t.get("label")).and_then(Value::as_str)
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
}
