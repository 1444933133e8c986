//! Translations of labels: `locales/<language>.toml` of a module laid over its objects.

use toml::{Table, Value};

use crate::fault::Fault;
use crate::object::{Field, Label, Object};

/// Lays one language's texts over the objects. Texts of unknown things are faults, so that a translation never rots.
pub fn translate(objects: &mut [Object], language: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let table: Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            return vec![Fault::new(
                "M001",
                format!("locales/{language}.toml"),
                format!("not readable as TOML: {error}"),
                "Mend the syntax",
            )];
        }
    };
    for (name, value) in &table {
        let place = format!("locales/{language}.toml {name}");
        match (objects.iter_mut().find(|o| o.name == *name), value.as_table()) {
            (Some(object), Some(texts)) => {
                let mut layer = Layer { language, place, faults: &mut faults };
                layer.object(object, texts);
            }
            _ => faults.push(Fault::new("M006", place, "translates an object that does not exist", "Remove it or mend the name")),
        }
    }
    faults
}

struct Layer<'a> {
    language: &'a str,
    place: String,
    faults: &'a mut Vec<Fault>,
}

impl Layer<'_> {
    fn set(&self, label: &mut Label, text: &str) {
        label.other.insert(self.language.to_string(), text.to_string());
    }
    fn unknown(&mut self, what: &str) {
        self.faults.push(Fault::new(
            "M006",
            format!("{} {what}", self.place),
            "translates something that does not exist",
            "Remove it or mend the name",
        ));
    }
    fn object(&mut self, object: &mut Object, texts: &Table) {
        if let Some(pair) = texts.get("label").and_then(Value::as_array) {
            if let Some(one) = pair.first().and_then(Value::as_str) {
                self.set(&mut object.label, one);
            }
            if let Some(many) = pair.get(1).and_then(Value::as_str) {
                self.set(&mut object.label_plural, many);
            }
        }
        if let Some(about) = texts.get("help").and_then(Value::as_table) {
            self.each(about, &mut object.fields, |f, name| f.name == name, |f| &mut f.help);
        }
        if let Some(fields) = texts.get("fields").and_then(Value::as_table) {
            self.each(fields, &mut object.fields, |f, name| f.name == name, |f| &mut f.label);
        }
        if let Some(views) = texts.get("views").and_then(Value::as_table) {
            self.each(views, &mut object.views, |v, name| v.name == name, |v| &mut v.label);
        }
        if let Some(sections) = texts.get("sections").and_then(Value::as_table) {
            self.each(sections, &mut object.layout.sections, |s, name| s.label.en == name, |s| &mut s.label);
        }
        if let Some(related) = texts.get("related").and_then(Value::as_table) {
            self.each(related, &mut object.layout.related, |r, name| r.label.en == name, |r| &mut r.label);
        }
        self.free(texts, "actions", &mut object.action_labels);
        self.free(texts, "inputs", &mut object.input_labels);
        if let Some(options) = texts.get("options").and_then(Value::as_table) {
            for (path, texts) in options {
                self.options(&mut object.fields, path, texts);
            }
        }
        if let Some(parts) = texts.get("parts").and_then(Value::as_table) {
            for (path, texts) in parts {
                self.parts(&mut object.fields, path, texts);
            }
        }
    }
    /// Texts of things that the declarations do not know: actions are code.
    fn free(&self, texts: &Table, key: &str, labels: &mut std::collections::BTreeMap<String, Label>) {
        for (name, text) in texts.get(key).and_then(Value::as_table).into_iter().flatten() {
            self.set(labels.entry(name.clone()).or_default(), text.as_str().unwrap_or_default());
        }
    }
    fn each<T>(&mut self, texts: &Table, items: &mut [T], is: impl Fn(&T, &str) -> bool, label: impl Fn(&mut T) -> &mut Label) {
        for (name, text) in texts {
            let found: Vec<&mut T> = items.iter_mut().filter(|item| is(item, name)).collect();
            if found.is_empty() {
                self.unknown(name);
            }
            for item in found {
                self.set(label(item), text.as_str().unwrap_or_default());
            }
        }
    }
    /// `options.<field>` or, for a part of rows, `options."<field>.<part>"` or nested tables.
    fn options(&mut self, fields: &mut [Field], path: &str, texts: &Value) {
        let (name, rest) = path.split_once('.').map_or((path, None), |(a, b)| (a, Some(b)));
        let Some(field) = fields.iter_mut().find(|f| f.name == name) else { return self.unknown(path) };
        let Some(texts) = texts.as_table() else { return self.unknown(path) };
        if let Some(rest) = rest {
            return self.options(&mut field.parts, rest, &Value::Table(texts.clone()));
        }
        let nested = texts.values().any(Value::is_table);
        if nested {
            for (part, inner) in texts {
                self.options(&mut field.parts, part, inner);
            }
            return;
        }
        self.each(texts, &mut field.options, |o, code| o.code == code, |o| &mut o.label);
    }
    fn parts(&mut self, fields: &mut [Field], path: &str, texts: &Value) {
        let Some(field) = fields.iter_mut().find(|f| f.name == path) else { return self.unknown(path) };
        if let Some(texts) = texts.as_table() {
            self.each(texts, &mut field.parts, |p, name| p.name == name, |p| &mut p.label);
        }
    }
}
