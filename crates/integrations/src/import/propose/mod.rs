//! A mapping proposed for a file: each column is compared with the fields by name, by what other systems call them,
//! and by what its cells look like. The person decides; nothing here writes.

mod candidates;
mod known;

use base::Result;
use model::{Model, Object};
use serde::Serialize;

use super::cell::shape::{self, Shape};
use super::locale::Findings;
use super::mapping::{Column, Mapping, Target};
use super::read::{About, Reader};
use candidates::Candidate;

/// Rows that a proposal looks at.
const ROWS: usize = 500;
/// Example values per column.
const SAMPLES: usize = 5;
/// Characters of an example.
const SHOWN: usize = 80;
/// From here on a proposal is taken unless the person says otherwise, in percent.
pub const ACCEPTED: u8 = 60;

/// What is seen in one column.
#[derive(Clone, Debug, Serialize)]
pub struct Seen {
    pub header: String,
    /// Different values, the first few.
    pub samples: Vec<String>,
    /// What most filled cells look like.
    pub shape: Option<Shape>,
    pub findings: Findings,
    pub filled: usize,
    #[serde(skip)]
    pub(crate) values: Vec<String>,
}

/// How a column came to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The header is the target itself.
    Exact,
    /// The header is the field's label in one of the languages.
    Label,
    /// Another system calls it so.
    System,
    /// People call it so.
    Synonym,
    /// The header resembles a label.
    Similar,
    /// The cells are options of the field.
    Values,
    /// The cells have the shape of the field.
    Shape,
}

#[derive(Clone, Debug, Serialize)]
pub struct Proposal {
    #[serde(flatten)]
    pub seen: Seen,
    pub column: Column,
    /// Percent; zero where nothing fits.
    pub confidence: u8,
    pub reason: Option<Reason>,
    /// What speaks against it, for the person.
    pub note: Option<String>,
    /// Other targets that may be meant.
    pub alternatives: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Proposed {
    pub about: About,
    /// The system whose export this seems to be.
    pub system: Option<&'static str>,
    pub columns: Vec<Proposal>,
    /// What identifies the rows best.
    pub match_by: Option<String>,
}

impl Proposed {
    /// The mapping as it would run without another word.
    pub fn mapping(&self, object: &Object) -> Mapping {
        let taken = |p: &Proposal| match p.confidence >= ACCEPTED {
            true => p.column.clone(),
            false => Column { header: Some(p.seen.header.clone()), ..Column::default() },
        };
        Mapping {
            object: Some(object.name.clone()),
            match_by: self.match_by.clone(),
            columns: self.columns.iter().map(taken).collect(),
            ..Mapping::default()
        }
    }
}

/// Reads the first rows and proposes a target for each column.
pub fn propose(reader: Reader, model: &Model, object: &Object) -> Result<Proposed> {
    let about = reader.about();
    let headers = reader.headers().to_vec();
    let columns = look(&headers, reader)?;
    let system = system(object, &headers);
    let proposals = assign(columns, |seen| candidates::find(seen, model, object, system), model, object);
    let match_by = identify(&proposals, model, object);
    Ok(Proposed { about, system, columns: proposals, match_by })
}

fn look(headers: &[String], reader: Reader) -> Result<Vec<Seen>> {
    let empty = |header: &String| Seen {
        header: header.clone(),
        samples: Vec::new(),
        shape: None,
        findings: Findings::default(),
        filled: 0,
        values: Vec::new(),
    };
    let mut columns: Vec<Seen> = headers.iter().map(empty).collect();
    for row in reader.take(ROWS) {
        for (column, cell) in columns.iter_mut().zip(row?.cells) {
            column.see(&cell);
        }
    }
    columns.iter_mut().for_each(Seen::settle);
    Ok(columns)
}

impl Seen {
    fn see(&mut self, cell: &str) {
        if cell.trim().is_empty() {
            return;
        }
        self.filled += 1;
        self.findings.learn(cell);
        if self.samples.len() < SAMPLES {
            let shown = base::text::shorten(&readable(cell), SHOWN);
            if !self.samples.contains(&shown) {
                self.samples.push(shown);
            }
        }
        self.values.push(base::text::shorten(cell, 200));
    }

    fn settle(&mut self) {
        let mut counts = std::collections::BTreeMap::new();
        for value in &self.values {
            *counts.entry(shape::of(value)).or_insert(0_usize) += 1;
        }
        self.shape = counts.into_iter().max_by_key(|(_, n)| *n).filter(|(_, n)| n * 2 > self.values.len()).map(|(shape, _)| shape);
    }
}

/// Lists in a cell, as a person would write them.
fn readable(cell: &str) -> String {
    let Ok(serde_json::Value::Array(items)) = serde_json::from_str(cell) else { return cell.to_string() };
    let one = |item: &serde_json::Value| match item {
        serde_json::Value::Object(map) => map.values().find_map(|v| v.as_str()).unwrap_or_default().to_string(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    items.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The system that knows most of the headers, if it knows two at least that are not everybody's words.
fn system(object: &Object, headers: &[String]) -> Option<&'static str> {
    let mut counts: std::collections::BTreeMap<&'static str, usize> = std::collections::BTreeMap::new();
    for header in headers {
        for (system, _) in known::look_up(&object.name, header) {
            *counts.entry(system).or_default() += usize::from(system != known::COMMON);
        }
    }
    counts.into_iter().filter(|(_, n)| *n >= 2).max_by_key(|(_, n)| *n).map(|(system, _)| system)
}

/// Gives each target to the column that fits best; what loses gets its next candidate.
fn assign(columns: Vec<Seen>, find: impl Fn(&Seen) -> Vec<Candidate>, model: &Model, object: &Object) -> Vec<Proposal> {
    let candidates: Vec<Vec<Candidate>> = columns.iter().map(find).collect();
    let mut order: Vec<(usize, usize)> = candidates.iter().enumerate().flat_map(|(c, list)| (0..list.len()).map(move |i| (c, i))).collect();
    let confidence = |(c, i): &(usize, usize)| candidates.get(*c).and_then(|l| l.get(*i)).map_or(0, |k| k.confidence);
    order.sort_by_key(|place| std::cmp::Reverse(confidence(place)));
    let mut taken: Vec<Target> = Vec::new();
    let mut chosen: Vec<Option<usize>> = vec![None; columns.len()];
    for (column, index) in order {
        let Some(candidate) = candidates.get(column).and_then(|l| l.get(index)) else { continue };
        let Some(place) = chosen.get_mut(column).filter(|p| p.is_none()) else { continue };
        let Ok(target) = Target::read(&candidate.to, model, object) else { continue };
        if target.takes_several() || !taken.iter().any(|t| overlap(t, &target)) {
            taken.push(target);
            *place = Some(index);
        }
    }
    columns.into_iter().zip(candidates).zip(chosen).map(|((seen, list), choice)| proposal(seen, list, choice)).collect()
}

/// Two columns would fill the same field.
fn overlap(a: &Target, b: &Target) -> bool {
    match (a, b) {
        (Target::Link { field: a, .. }, Target::Link { field: b, .. }) => a == b,
        (a, b) => a == b,
    }
}

fn proposal(seen: Seen, list: Vec<Candidate>, choice: Option<usize>) -> Proposal {
    let chosen = choice.and_then(|i| list.get(i)).cloned();
    let others = list.iter().enumerate().filter(|(i, _)| Some(*i) != choice).map(|(_, c)| c.to.clone()).take(3).collect();
    let header = Some(seen.header.clone());
    match chosen {
        Some(c) => Proposal {
            column: Column { header, to: Some(c.to), ..c.options },
            seen,
            confidence: c.confidence,
            reason: Some(c.reason),
            note: c.note,
            alternatives: others,
        },
        None => {
            Proposal { column: Column { header, ..Column::default() }, seen, confidence: 0, reason: None, note: None, alternatives: others }
        }
    }
}

/// An id of the other system, else a field that is unique, else what usually tells records apart.
fn identify(proposals: &[Proposal], model: &Model, object: &Object) -> Option<String> {
    let accepted: Vec<String> = proposals.iter().filter(|p| p.confidence >= ACCEPTED).filter_map(|p| p.column.to.clone()).collect();
    let has = |to: &str| accepted.iter().any(|a| a == to);
    let external = accepted.iter().find(|to| to.starts_with("external.") || *to == "id").cloned();
    let unique = object.fields.iter().find(|f| f.unique && has(&f.name)).map(|f| f.name.clone());
    let list = accepted.iter().any(|a| a == "emails" || a.starts_with("emails."));
    let email = (object.field("email").is_some() && (has("email") || list)).then(|| "email".to_string());
    let domain = has("domain").then(|| "domain".to_string());
    let title = has(&object.title).then(|| object.title.clone()).filter(|_| object.name != "deal" && object.name != "activity");
    let found = external.or(unique).or(email).or(domain).or(title)?;
    Target::read(&found, model, object).ok().map(|_| found)
}

#[cfg(test)]
mod tests;
