//! All targets that one column may mean, the likeliest first.

use model::{Field, FieldType, Model, Object};

use super::{Reason, Seen, known};
use crate::import::cell::shape::Shape;
use crate::import::mapping::{By, Column, Target, Unknown};
use crate::import::matching::squeeze;

/// Headers that resemble a label this much may mean it.
const SIMILAR: f64 = 0.82;
/// How much of a column must be options of a choice.
const OPTIONS: f64 = 0.8;

#[derive(Clone, Debug)]
pub struct Candidate {
    pub to: String,
    pub confidence: u8,
    pub reason: Reason,
    pub note: Option<String>,
    /// Value map, factor and the like, of a known system.
    pub options: Column,
}

pub fn find(seen: &Seen, model: &Model, object: &Object, system: Option<&'static str>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |to: &str, confidence: u8, reason: Reason, options: Column| {
        if Target::read(to, model, object).is_ok() {
            found.push(Candidate { to: to.to_string(), confidence, reason, note: None, options });
        }
    };
    let is_empty = seen.values.is_empty();
    // Targets with a point are written as such by nobody but us; plain names are weighed below.
    if seen.header.contains('.') || seen.header == "id" && is_ids(seen) {
        add(&seen.header, 100, Reason::Exact, Column::default());
    }
    by_name(seen, object, &mut add);
    by_system(seen, object, system, &mut add);
    by_id(seen, object, system, &mut add);
    if !is_empty {
        by_values(seen, model, object, &mut add);
        by_shape(seen, object, &mut add);
    }
    for candidate in &mut found {
        doubt(seen, model, object, candidate);
        forgive(model, object, candidate);
    }
    found.retain(|c| c.confidence > 0);
    found.sort_by_key(|c| std::cmp::Reverse(c.confidence));
    let mut targets = std::collections::HashSet::new();
    found.retain(|c| targets.insert(c.to.clone()));
    found
}

type Add<'a> = dyn FnMut(&str, u8, Reason, Column) + 'a;

fn by_name(seen: &Seen, object: &Object, add: &mut Add<'_>) {
    let key = squeeze(&seen.header);
    for field in &object.fields {
        if key == squeeze(&field.name) {
            // A lead's company is written as text beside the link; a column of names means the text.
            let has_text = field.kind == FieldType::Link && object.field(&format!("{}_name", field.name)).is_some();
            add(&field.name, if has_text { 80 } else { 98 }, Reason::Exact, Column::default());
            continue;
        }
        let labels = std::iter::once(&field.label.en).chain(field.label.other.values());
        let mut best: f64 = 0.0;
        for label in labels {
            let label = squeeze(label);
            if label == key {
                best = 1.0;
            }
            best = best.max(strsim::normalized_damerau_levenshtein(&key, &label));
        }
        if best >= 1.0 {
            add(&field.name, 95, Reason::Label, Column::default());
        } else if best >= SIMILAR {
            add(&field.name, 62, Reason::Similar, Column::default());
        }
    }
}

fn by_system(seen: &Seen, object: &Object, system: Option<&'static str>, add: &mut Add<'_>) {
    for (known_system, column) in known::look_up(&object.name, &seen.header) {
        let (confidence, reason) = match known_system {
            s if Some(s) == system => (97, Reason::System),
            known::COMMON => (88, Reason::Synonym),
            _ => (75, Reason::System),
        };
        if let Some(to) = &column.to {
            add(to, confidence, reason, Column { header: None, to: None, ..column.clone() });
        }
    }
}

/// `id` and `company_id`: ids of the system that the file comes from.
fn by_id(seen: &Seen, object: &Object, system: Option<&'static str>, add: &mut Add<'_>) {
    let key = squeeze(&seen.header);
    let system = system.unwrap_or("import");
    let own = [squeeze(&object.name), squeeze(&object.label.en)];
    let Some(rest) = key.strip_suffix("id").or_else(|| key.strip_suffix("number").filter(|r| own.iter().any(|o| o == r))) else { return };
    if rest.is_empty() || own.iter().any(|o| o == rest) {
        add(&format!("external.{system}"), 70, Reason::Similar, Column::default());
        return;
    }
    let is_link = |f: &&Field| matches!(f.kind, FieldType::Link | FieldType::User) && f.to.as_deref() != Some("any");
    for field in object.fields.iter().filter(is_link) {
        let target = field.to.as_deref().unwrap_or_default();
        if [squeeze(&field.name), squeeze(&field.label.en), squeeze(target)].iter().any(|n| n == rest) {
            add(&format!("{}.external.{system}", field.name), 66, Reason::Similar, Column::default());
        }
    }
}

fn is_ids(seen: &Seen) -> bool {
    !seen.values.is_empty() && seen.values.iter().all(|v| v.trim().parse::<base::Id>().is_ok())
}

/// A choice whose options the cells are, where the column has several different values.
fn by_values(seen: &Seen, model: &Model, object: &Object, add: &mut Add<'_>) {
    let mut different: Vec<String> = seen.values.iter().map(|v| squeeze(v)).collect();
    different.sort();
    different.dedup();
    if different.len() < 3 || different.len() > 60 {
        return;
    }
    for field in object.fields.iter().filter(|f| f.kind == FieldType::Choice) {
        let options = model.options(field);
        let known = |value: &String| {
            options
                .iter()
                .any(|o| squeeze(&o.code) == *value || squeeze(&o.label.en) == *value || o.aliases.iter().any(|a| squeeze(a) == *value))
        };
        let share = share(different.iter().filter(|v| known(v)).count(), different.len());
        if share >= OPTIONS {
            add(&field.name, 55, Reason::Values, Column::default());
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    let float = |n: usize| u32::try_from(n).map_or(f64::MAX, f64::from);
    float(part) / float(whole.max(1))
}

fn by_shape(seen: &Seen, object: &Object, add: &mut Add<'_>) {
    let wanted = match seen.shape {
        Some(Shape::Email) => &["email"][..],
        Some(Shape::Phone) => &["phone"],
        Some(Shape::Url) => &["website", "url"],
        _ => return,
    };
    for name in wanted.iter().filter(|n| object.field(n).is_some()) {
        add(name, 60, Reason::Shape, Column::default());
    }
    let list = wanted.first().map(|n| format!("{n}s.other")).unwrap_or_default();
    let header = squeeze(&seen.header);
    let named = ["mail", "phone", "tel", "fon", "cell"].iter().any(|word| header.contains(word));
    add(&list, if named { 60 } else { 45 }, Reason::Shape, Column::default());
}

/// What a first import should not fail by: owners that are no users here stay out, companies are made of their names.
/// The person sees it in the proposal and may say otherwise.
fn forgive(model: &Model, object: &Object, candidate: &mut Candidate) {
    if candidate.options.unknown.is_some() {
        return;
    }
    if let Ok(Target::Link { field, object: to, by }) = Target::read(&candidate.to, model, object) {
        let kind = object.field(&field).map(|f| f.kind);
        candidate.options.unknown = match (kind, by) {
            (Some(FieldType::User), _) | (_, By::External(_)) => Some(Unknown::Empty),
            (Some(FieldType::Link), By::Title) if model.object(&to).is_some_and(|o| o.owned) => Some(Unknown::Create),
            _ => None,
        };
        // Names are known from the first day, ids of another system only once its users were brought as well.
        if kind == Some(FieldType::User) && candidate.to.contains(".external.") {
            candidate.confidence = candidate.confidence.saturating_sub(10);
        }
    }
}

/// Cells that the target cannot hold make a proposal doubtful, whatever the column is called.
fn doubt(seen: &Seen, model: &Model, object: &Object, candidate: &mut Candidate) {
    let Ok(target) = Target::read(&candidate.to, model, object) else { return };
    let kind = match &target {
        Target::Field { field } => object.field(field).map(|f| f.kind),
        Target::Item { field, .. } if field == "emails" => Some(FieldType::Email),
        Target::Item { field, .. } if field == "phones" => Some(FieldType::Phone),
        Target::Stay { .. } => Some(FieldType::Instant),
        _ => None,
    };
    let (Some(kind), Some(shape)) = (kind, seen.shape) else { return };
    let fits = match kind {
        FieldType::Email => matches!(shape, Shape::Email),
        FieldType::Phone => matches!(shape, Shape::Phone | Shape::Integer),
        FieldType::Integer | FieldType::Decimal | FieldType::Money | FieldType::Percent | FieldType::Rating => {
            matches!(shape, Shape::Integer | Shape::Decimal | Shape::Money | Shape::Percent | Shape::Phone)
        }
        FieldType::Date | FieldType::Instant => matches!(shape, Shape::Date | Shape::Instant | Shape::Integer),
        FieldType::Boolean => matches!(shape, Shape::Boolean | Shape::Integer | Shape::Words),
        FieldType::PersonName => !matches!(shape, Shape::Date | Shape::Instant | Shape::Integer | Shape::Decimal | Shape::Money),
        _ => true,
    };
    if !fits && candidate.options.values.is_empty() {
        candidate.confidence = candidate.confidence.saturating_sub(45);
        candidate.note = Some(format!("Its cells do not look like {}", kind.name().replace('_', " ")));
    }
}
