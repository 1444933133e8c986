//! From the text of an `object.toml` to an [`Object`]: shape only, meaning is looked at by `check`.
//!
//! Unknown keys are faults with the nearest valid key. Start with [`object`]; fields stand in `field.rs`,
//! views, layout and access in `page.rs`, translations in `locale.rs`.

mod field;
mod locale;
mod page;
mod reader;

use crate::fault::Fault;
use crate::object::{Field, FieldType, Label, Object};
pub use field::fields;
pub use locale::translate;
use reader::Reader;

const OBJECT_KEYS: &[&str] = &[
    "name", "path", "label", "icon", "title", "nav", "owned", "searched", "timeline", "system", "handover", "index", "unique", "alike",
    "fields", "views", "layout", "access", "levels", "part_of", "period",
];

/// Reads one declaration. The leading comment becomes `about`.
pub fn object(text: &str) -> Result<Object, Vec<Fault>> {
    let mut object = object_of(&table(text)?)?;
    object.about = leading_comment(text);
    Ok(object)
}

/// The table of a declaration, before it is understood; a layer may be merged over it.
pub fn table(text: &str) -> Result<toml::Table, Vec<Fault>> {
    text.parse().map_err(|e| vec![Fault::new("M001", "object.toml", format!("not readable as TOML: {e}"), "Mend the syntax there")])
}

/// Reads one declaration from its table.
pub fn object_of(table: &toml::Table) -> Result<Object, Vec<Fault>> {
    let name = table.get("name").and_then(toml::Value::as_str).unwrap_or("?").to_string();
    let mut faults = Vec::new();
    let mut reader = Reader::new(table, name.clone(), &mut faults);
    reader.only(OBJECT_KEYS);
    let mut object = Object {
        name,
        path: reader.text("path").unwrap_or_default(),
        icon: reader.text("icon").unwrap_or_else(|| "point".to_string()),
        title: reader.text("title").unwrap_or_else(|| "name".to_string()),
        nav: reader.text("nav"),
        part_of: reader.text("part_of"),
        period: reader.text("period"),
        owned: reader.flag("owned"),
        searched: reader.flag("searched"),
        timeline: reader.flag("timeline"),
        system: reader.flag("system"),
        handover: reader.text("handover"),
        indexes: reader.lists("index"),
        unique: reader.lists("unique"),
        alike: reader.texts("alike"),
        ..Object::default()
    };
    (object.label, object.label_plural) = pair(&mut reader);
    if object.path.is_empty() {
        object.path = format!("{}s", object.name);
    }
    if let Some(inner) = reader.table("fields") {
        object.fields = field::all(inner, &format!("{}.fields", object.name), &mut faults);
    }
    page::read(table, &mut object, &mut faults);
    object.fields.retain(|f| !f.retired);
    object.fields.extend(automatic(&object));
    object.index_fields();
    if faults.is_empty() { Ok(object) } else { Err(faults) }
}

/// The comment on top of a declaration.
pub fn leading_comment(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map_while(|l| l.strip_prefix('#')).map(str::trim).collect();
    lines.join(" ")
}

fn pair(reader: &mut Reader<'_, '_>) -> (Label, Label) {
    let labels = reader.texts("label");
    let one = labels.first().cloned().unwrap_or_else(|| reader::humanise(reader.name()));
    let many = labels.get(1).cloned().unwrap_or_else(|| format!("{one}s"));
    (Label::new(one), Label::new(many))
}

/// Fields that every record has, and those of an owned object.
fn automatic(object: &Object) -> Vec<Field> {
    let field = |name: &str, label: &str, kind: FieldType| Field {
        id: name.to_string(),
        name: name.to_string(),
        label: Label::new(label),
        kind,
        automatic: true,
        ..Field::default()
    };
    let link = |name: &str, label: &str, kind: FieldType, to: &str| Field { to: Some(to.to_string()), ..field(name, label, kind) };
    let mut all = Vec::new();
    if object.owned {
        all.push(Field { default: Some("me".into()), index: true, ..link("owner", "Owner", FieldType::User, "user") });
        all.push(Field { index: true, ..link("team", "Team", FieldType::Link, "team") });
    }
    if !object.system {
        all.push(link("followers", "Followers", FieldType::Links, "user"));
        all.push(Field { computed: true, ..field("completeness", "Completeness", FieldType::Percent) });
    }
    all.push(Field { computed: true, origin: true, index: true, ..field("created_at", "Created", FieldType::Instant) });
    all.push(Field { computed: true, origin: true, ..link("created_by", "Created by", FieldType::User, "user") });
    all.push(Field { computed: true, index: true, ..field("updated_at", "Last change", FieldType::Instant) });
    all.push(Field { computed: true, ..link("updated_by", "Changed by", FieldType::User, "user") });
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn faults(text: &str, expected: Expect) {
        let shown = match object(text) {
            Ok(object) => format!("{} with {} fields", object.name, object.fields.len()),
            Err(faults) => faults.iter().map(|f| format!("{f}\n")).collect(),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn a_declaration_is_read_with_its_automatic_fields() {
        faults("name = \"thing\"\nowned = true\n[fields]\nname = { type = \"text\" }", expect!["thing with 9 fields"]);
    }

    #[test]
    fn unknown_keys_and_types_are_told_with_the_nearest_word() {
        faults(
            "name = \"thing\"\nicno = \"x\"\n[fields]\nname = { type = \"txet\", requird = true }",
            expect![[r#"
                M002 thing.icno: unknown key. Did you mean "icon"?.
                M003 thing.fields.name.type: unknown type "txet". Did you mean "text"?.
                M002 thing.fields.name.requird: unknown key. Did you mean "required"?.
            "#]],
        );
    }
}
