//! Proves that declarations make sense together: every name leads somewhere, every expression compiles.
//!
//! Runs in tests, at start and in the object editor; tells all faults at once.

use std::collections::HashSet;

use crate::expression;
use crate::fault::Fault;
use crate::field;
use crate::nearest::nearest;
use crate::object::{Field, FieldType, Model, Object};

const HUES: &[&str] = &["slate", "pine", "moss", "ochre", "apricot", "rose", "plum", "iris", "sky", "sand"];
const SHAPES: &[&str] = &["table", "board", "calendar", "map", "split"];
const RESERVED: &[&str] = &["id", "version", "deleted_at", "external_ids", "rid", "hidden", "record", "position_in_list"];

pub fn check(model: &Model) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut paths = HashSet::new();
    for object in model.objects() {
        if !paths.insert(object.path.as_str()) {
            faults.push(Fault::new(
                "M010",
                format!("{}.path", object.name),
                format!("\"{}\" is taken", object.path),
                "Choose another plural",
            ));
        }
        let mut checker = Checker { model, object, faults: &mut faults };
        checker.object();
    }
    faults
}

struct Checker<'a> {
    model: &'a Model,
    object: &'a Object,
    faults: &'a mut Vec<Fault>,
}

impl Checker<'_> {
    fn fault(&mut self, id: &'static str, place: &str, message: impl Into<String>, remedy: impl Into<String>) {
        self.faults.push(Fault::new(id, format!("{}.{place}", self.object.name), message, remedy));
    }

    fn object(&mut self) {
        let object = self.object;
        if !is_name(&object.name) {
            self.fault("M011", "name", format!("\"{}\" is not a name", object.name), "Use small letters, digits and _");
        }
        self.known(&object.title, "title");
        let mut names = HashSet::new();
        for field in &object.fields {
            let place = format!("fields.{}", field.name);
            if !names.insert(field.name.as_str()) {
                self.fault("M012", &place, "is declared twice", "Remove one; owner, team and created_at exist on every record");
            }
            self.field(field, &place);
        }
        for names in object.indexes.iter().chain(&object.unique) {
            names.iter().for_each(|n| self.known(n.trim_start_matches('-'), "index"));
        }
        if let Some(rule) = &object.handover {
            self.known("owner", "handover");
            self.expression(object, rule, "handover");
        }
        object.alike.iter().for_each(|n| self.known(n, "alike"));
        self.views();
        self.layout();
        for (role, access) in &object.access {
            for rule in [&access.read, &access.update, &access.delete] {
                self.expression(object, rule, &format!("access.{role}"));
            }
        }
        for (level, rules) in &object.levels {
            for rule in [&rules.read, &rules.update, &rules.delete].into_iter().flatten() {
                self.expression(object, rule, &format!("levels.{level}"));
            }
        }
        self.whole();
    }

    /// A part belongs to one record, always, and that one is no part itself.
    fn whole(&mut self) {
        let Some(name) = &self.object.part_of else { return };
        let is_one = self.object.field(name).is_some_and(|f| f.kind == FieldType::Link && f.required);
        if !is_one || self.model.whole(self.object).is_none_or(|(_, whole)| whole.part_of.is_some()) {
            self.fault(
                "M026",
                "part_of",
                format!("\"{name}\" leads to no whole"),
                "Name a required link to an object that is no part itself",
            );
        }
    }

    fn field(&mut self, field: &Field, place: &str) {
        if !is_name(&field.name) || RESERVED.contains(&field.name.as_str()) {
            self.fault("M013", place, "is not a name for a field", "Use small letters, digits and _, none of the reserved names");
        }
        match (field.kind, field.to.as_deref()) {
            (FieldType::Link | FieldType::Links | FieldType::User | FieldType::File | FieldType::Reverse, None) => {
                self.fault("M014", place, "leads nowhere", "Say to = \"object\"");
            }
            (_, Some("any")) if field.kind == FieldType::Links => {}
            (_, Some(to)) => self.target(field, to, place),
            _ => {}
        }
        if let Some(alias) = &field.alias_of {
            let target = alias.split('.').next().unwrap_or_default();
            self.known(target, &format!("{place}.alias_of"));
        }
        if let Some(list) = field.list.as_deref().filter(|l| !self.model.lists.contains_key(*l)) {
            self.fault("M016", place, format!("there is no list \"{list}\""), "Use country, language, currency or time_zone");
        }
        self.options(field, place);
        if let Some(formula) = &field.formula
            && let Err(problems) = expression::compile_value(self.model, self.object, formula, &|_, _| true)
        {
            let told = problems.first().map_or_else(String::new, |p| p.message.clone());
            self.fault("M017", &format!("{place}.formula"), told, "Mend the expression");
        }
        for part in &field.parts {
            self.field(part, &format!("{place}.parts.{}", part.name));
        }
    }

    fn target(&mut self, field: &Field, to: &str, place: &str) {
        let Some(target) = self.model.object(to) else {
            let hint = nearest(to, self.model.objects().iter().map(|o| o.name.as_str()))
                .map_or_else(String::new, |w| format!("Did you mean \"{w}\"?"));
            self.fault("M014", place, format!("there is no object \"{to}\""), hint);
            return;
        };
        if field.kind == FieldType::Reverse {
            let by = field.by.as_deref().unwrap_or_default();
            if target.field(by).is_none() {
                self.fault("M015", place, format!("{to} has no field \"{by}\""), "Say by = the link of that object that points here");
            }
        }
    }

    fn options(&mut self, field: &Field, place: &str) {
        let is_choice = matches!(field.kind, FieldType::Choice | FieldType::Choices);
        if is_choice && field.options.is_empty() && field.list.is_none() && !field.open {
            self.fault("M018", place, "has no options", "Write options or list");
        }
        let mut codes = HashSet::new();
        for option in &field.options {
            if !codes.insert(option.code.as_str()) {
                self.fault("M019", place, format!("the option \"{}\" stands twice", option.code), "Remove one");
            }
            if option.hue.as_deref().is_some_and(|h| !HUES.contains(&h)) {
                self.fault("M020", place, format!("the option \"{}\" has an unknown hue", option.code), format!("Use {}", HUES.join(", ")));
            }
        }
    }

    fn known(&mut self, name: &str, place: &str) {
        if self.object.field(name).is_none() {
            let hint = nearest(name, self.object.fields.iter().map(|f| f.name.as_str()))
                .map_or_else(String::new, |w| format!("Did you mean \"{w}\"?"));
            self.fault("M021", place, format!("there is no field \"{name}\""), hint);
        }
    }

    fn expression(&mut self, object: &Object, text: &str, place: &str) {
        if let Err(problems) = expression::compile(self.model, object, text, &|_, _| true) {
            for problem in problems {
                self.fault("M022", place, format!("\"{text}\" at {}: {}", problem.at + 1, problem.message), "Mend the expression");
            }
        }
    }

    fn sort(&mut self, text: &str, place: &str) {
        for name in text.split(',').map(|n| n.trim().trim_start_matches('-')) {
            self.known(name, place);
            if self.object.field(name).is_some_and(|f| !field::kind(f.kind).sortable()) {
                self.fault("M023", place, format!("{name} cannot be sorted by"), "Choose another field");
            }
        }
    }

    fn views(&mut self) {
        let object = self.object;
        for view in &object.views {
            let place = format!("views.{}", view.name);
            if !SHAPES.contains(&view.shape.as_str()) {
                self.fault("M024", &place, format!("\"{}\" is not a shape", view.shape), format!("Use {}", SHAPES.join(", ")));
            }
            view.columns.iter().chain(&view.group).chain(&view.summaries).for_each(|n| self.known(n, &place));
            if let Some(filter) = &view.filter {
                self.expression(object, filter, &place);
            }
            if let Some(sort) = &view.sort {
                self.sort(sort, &place);
            }
        }
    }

    fn layout(&mut self) {
        let layout = &self.object.layout;
        let sections = layout.sections.iter().flat_map(|s| &s.fields);
        for name in layout.highlights.iter().chain(&layout.create).chain(&layout.card).chain(sections) {
            self.known(name, "layout");
        }
        for related in &layout.related {
            let Some(target) = self.model.object(&related.object) else {
                self.fault("M025", "layout.related", format!("there is no object \"{}\"", related.object), "Mend the name");
                continue;
            };
            let missing: Vec<&String> =
                std::iter::once(&related.field).chain(&related.show).filter(|n| target.field(n).is_none()).collect();
            for name in missing {
                self.fault("M025", "layout.related", format!("{} has no field \"{name}\"", target.name), "Mend the name");
            }
            if let Some(filter) = &related.filter {
                self.expression(target, filter, "layout.related");
            }
        }
    }
}

fn is_name(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
