//! Views, layout and access of an object.

use toml::{Table, Value};

use super::reader::{Reader, humanise};
use crate::fault::Fault;
use crate::object::{Access, Label, Layout, Levels, Object, Related, Section, View};

const VIEW_KEYS: &[&str] = &["label", "shape", "filter", "columns", "sort", "group", "summaries"];
const LAYOUT_KEYS: &[&str] = &["highlights", "sections", "related", "create", "card"];
const RELATED_KEYS: &[&str] = &["label", "object", "field", "filter", "show", "sort"];
const LEVELS: &[&str] = &["team", "own"];
const LEVEL_KEYS: &[&str] = &["read", "update", "delete"];
const ACCESS_KEYS: &[&str] = &["read", "create", "update", "delete", "export", "bulk"];

pub fn read(table: &Table, object: &mut Object, faults: &mut Vec<Fault>) {
    let name = object.name.clone();
    for (key, inner) in tables(table, "views", &name, faults) {
        object.views.push(view(key, inner, format!("{name}.views.{key}"), faults));
    }
    for (role, inner) in tables(table, "access", &name, faults) {
        let access = access(inner, format!("{name}.access.{role}"), faults);
        object.access.insert(role.to_string(), access);
    }
    for (level, inner) in tables(table, "levels", &name, faults) {
        let levels = levels(level, inner, format!("{name}.levels.{level}"), faults);
        object.levels.insert(level.to_string(), levels);
    }
    if let Some(Value::Table(inner)) = table.get("layout") {
        object.layout = layout(inner, &format!("{name}.layout"), faults);
    }
}

/// The tables inside a table of tables.
fn tables<'a>(table: &'a Table, key: &str, name: &str, faults: &mut Vec<Fault>) -> Vec<(&'a str, &'a Table)> {
    let Some(Value::Table(outer)) = table.get(key) else { return Vec::new() };
    let mut all = Vec::new();
    for (inner, value) in outer {
        match value {
            Value::Table(t) => all.push((inner.as_str(), t)),
            _ => faults.push(Fault::new("M004", format!("{name}.{key}.{inner}"), "is not a table", format!("Write [{key}.{inner}]"))),
        }
    }
    all
}

fn view(name: &str, table: &Table, place: String, faults: &mut Vec<Fault>) -> View {
    let mut reader = Reader::new(table, place, faults);
    reader.only(VIEW_KEYS);
    View {
        name: name.to_string(),
        label: Label::new(reader.text("label").unwrap_or_else(|| humanise(name))),
        shape: reader.text("shape").unwrap_or_else(|| "table".to_string()),
        filter: reader.text("filter"),
        columns: reader.texts("columns"),
        sort: reader.text("sort"),
        group: reader.text("group"),
        summaries: reader.texts("summaries"),
    }
}

/// An expression, or a plain flag.
fn rule(reader: &mut Reader<'_, '_>, key: &str) -> String {
    reader.scalar(key).unwrap_or_else(|| "false".to_string())
}

fn access(table: &Table, place: String, faults: &mut Vec<Fault>) -> Access {
    let mut reader = Reader::new(table, place, faults);
    reader.only(ACCESS_KEYS);
    Access {
        read: rule(&mut reader, "read"),
        create: reader.flag("create"),
        update: rule(&mut reader, "update"),
        delete: rule(&mut reader, "delete"),
        export: reader.flag("export"),
        bulk: reader.flag("bulk"),
    }
}

fn levels(level: &str, table: &Table, place: String, faults: &mut Vec<Fault>) -> Levels {
    if !LEVELS.contains(&level) {
        faults.push(Fault::new(
            "M005",
            &place,
            format!("\"{level}\" is not a level"),
            "Write team or own; all and none explain themselves",
        ));
    }
    let mut reader = Reader::new(table, place, faults);
    reader.only(LEVEL_KEYS);
    Levels { read: reader.text("read"), update: reader.text("update"), delete: reader.text("delete") }
}

fn layout(table: &Table, place: &str, faults: &mut Vec<Fault>) -> Layout {
    let mut reader = Reader::new(table, place.to_string(), faults);
    reader.only(LAYOUT_KEYS);
    let mut layout =
        Layout { highlights: reader.texts("highlights"), create: reader.texts("create"), card: reader.texts("card"), ..Layout::default() };
    let (sections, related) = (reader.array("sections"), reader.array("related"));
    for (i, inner) in sections.iter().filter_map(Value::as_table).enumerate() {
        let mut reader = Reader::new(inner, format!("{place}.sections[{i}]"), faults);
        reader.only(&["label", "fields"]);
        layout.sections.push(Section { label: Label::new(reader.text("label").unwrap_or_default()), fields: reader.texts("fields") });
    }
    for (i, inner) in related.iter().filter_map(Value::as_table).enumerate() {
        let mut reader = Reader::new(inner, format!("{place}.related[{i}]"), faults);
        reader.only(RELATED_KEYS);
        layout.related.push(Related {
            label: Label::new(reader.text("label").unwrap_or_default()),
            object: reader.text("object").unwrap_or_default(),
            field: reader.text("field").unwrap_or_default(),
            filter: reader.text("filter"),
            show: reader.texts("show"),
            sort: reader.text("sort"),
        });
    }
    layout
}
