//! A mapping compared with the file's headers and the model: what is right becomes a plan, what is wrong is told.

use std::collections::HashMap;

use base::{Error, FieldProblem, Number, Result};
use model::nearest::nearest;
use model::{FieldType, Model, Object};

use super::{Column, Mapping, Policy, Target, Unknown};
use crate::import::cell::date::DateOrder;
use crate::import::cell::number::Decimal;

/// What is done with every row.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub object: String,
    pub steps: Vec<Step>,
    /// How rows find records that exist: a target that one of the steps fills.
    pub match_by: Option<Target>,
    pub policy: Policy,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub source: Source,
    /// As problems name it.
    pub header: String,
    pub target: Target,
    /// By the folded text of the file.
    pub values: HashMap<String, String>,
    pub times: Option<Number>,
    pub unknown: Option<Unknown>,
    /// By the folded text of the file.
    pub unknowns: HashMap<String, Unknown>,
    pub date_order: Option<DateOrder>,
    pub decimal: Option<Decimal>,
    pub split: Option<String>,
}

impl Step {
    /// What was said of a value that nobody knows, of itself or of all.
    pub fn unknown_of(&self, text: &str) -> Option<Unknown> {
        self.unknowns.get(&base::text::fold(text)).copied().or(self.unknown)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// Index of the column.
    Cell(usize),
    Text(Vec<Piece>),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Plain(String),
    Cell { column: usize, slug: bool },
}

impl Mapping {
    /// All problems at once, each at its column.
    pub fn resolve(&self, model: &Model, object: &Object, headers: &[String]) -> Result<Plan> {
        let mut problems = Vec::new();
        let mut steps: Vec<Step> = Vec::new();
        for column in self.columns.iter() {
            match step(column, model, object, headers) {
                Ok(Some(step)) => steps.push(step),
                Ok(None) => {}
                Err(message) => problems.push(FieldProblem::new(column.name(), "invalid", message)),
            }
        }
        doubles(&steps, &mut problems);
        let match_by = self.match_by.as_deref().filter(|m| !m.trim().is_empty()).and_then(|text| {
            matching(text.trim(), model, object, &steps).map_err(|m| problems.push(FieldProblem::new("match", "invalid", m))).ok()
        });
        if steps.is_empty() && problems.is_empty() {
            problems.push(FieldProblem::new("columns", "required", "No column is mapped to a field"));
        }
        if !problems.is_empty() {
            return Err(Error::fields(problems));
        }
        Ok(Plan { object: object.name.clone(), steps, match_by, policy: self.policy.unwrap_or_default() })
    }
}

fn step(column: &Column, model: &Model, object: &Object, headers: &[String]) -> std::result::Result<Option<Step>, String> {
    let Some(to) = column.to.as_deref().filter(|t| !t.trim().is_empty()) else { return Ok(None) };
    let source = match (&column.header, &column.text) {
        (_, Some(text)) => Source::Text(pieces(text, headers)?),
        (Some(header), None) => Source::Cell(place(header, headers)?),
        (None, None) => return Err("A column needs a header or a text".to_string()),
    };
    let target = Target::read(to.trim(), model, object)?;
    if column.times.is_some() && !is_numeric(&target, model, object) {
        return Err(format!("{target} is no number and cannot be multiplied"));
    }
    Ok(Some(Step {
        source,
        header: column.header.clone().unwrap_or_else(|| to.trim().to_string()),
        target,
        values: column.values.iter().map(|(from, to)| (base::text::fold(from), to.clone())).collect(),
        times: column.times,
        unknown: column.unknown,
        unknowns: column.unknowns.iter().map(|(text, unknown)| (base::text::fold(text), *unknown)).collect(),
        date_order: column.date_order,
        decimal: column.decimal,
        split: column.split.clone(),
    }))
}

fn is_numeric(target: &Target, model: &Model, object: &Object) -> bool {
    match target {
        Target::Child { object, target, .. } => model.object(object).is_some_and(|o| is_numeric(target, model, o)),
        Target::Part { part, .. } => part == "amount",
        Target::Field { field } => object.field(field).is_some_and(|f| {
            matches!(f.kind, FieldType::Integer | FieldType::Decimal | FieldType::Money | FieldType::Percent | FieldType::Rating)
        }),
        _ => false,
    }
}

/// Exactly, or else without regard to case, accents and spaces.
fn place(header: &str, headers: &[String]) -> std::result::Result<usize, String> {
    if let Some(at) = headers.iter().position(|h| h == header) {
        return Ok(at);
    }
    let folded = base::text::fold(header);
    headers.iter().position(|h| base::text::fold(h) == folded).ok_or_else(|| {
        let hint = nearest(header, headers.iter().map(String::as_str)).map(|n| format!("; did you mean \"{n}\"?")).unwrap_or_default();
        format!("The file has no column \"{header}\"{hint}")
    })
}

/// `{Header}` and `{Header|slug}` stand for cells; `{{` for a brace.
fn pieces(text: &str, headers: &[String]) -> std::result::Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        if let Some(tail) = after.strip_prefix('{') {
            pieces.push(Piece::Plain(format!("{before}{{")));
            rest = tail;
            continue;
        }
        let (name, tail) = after.split_once('}').ok_or_else(|| format!("A brace is not closed in \"{text}\""))?;
        let (name, slug) = name.strip_suffix("|slug").map_or((name, false), |n| (n, true));
        pieces.push(Piece::Plain(before.to_string()));
        pieces.push(Piece::Cell { column: place(name.trim(), headers)?, slug });
        rest = tail;
    }
    pieces.push(Piece::Plain(rest.to_string()));
    pieces.retain(|p| *p != Piece::Plain(String::new()));
    Ok(pieces)
}

fn doubles(steps: &[Step], problems: &mut Vec<FieldProblem>) {
    for (index, step) in steps.iter().enumerate() {
        let before = steps.iter().take(index).find(|s| s.target == step.target && !step.target.takes_several());
        if let Some(before) = before {
            problems.push(FieldProblem::new(&step.header, "taken", format!("{} is already filled by \"{}\"", step.target, before.header)));
        }
    }
}

/// The match must be something that the file brings.
fn matching(text: &str, model: &Model, object: &Object, steps: &[Step]) -> std::result::Result<Target, String> {
    let target = Target::read(text, model, object)?;
    if steps.iter().any(|s| s.target == target) {
        return Ok(target);
    }
    let covers = |s: &&Step| match (&s.target, &target) {
        (Target::Item { field, .. }, Target::Field { field: wanted }) => {
            object.field(wanted).and_then(|f| f.alias_of.as_deref()).and_then(|a| a.split_once('.')).is_some_and(|(list, _)| list == field)
                || wanted == field
        }
        (Target::Field { field }, Target::Field { field: wanted })
            if object.field(wanted).is_some_and(|f| f.kind == FieldType::PersonName) && field == "last_name" =>
        {
            true
        }
        (Target::Field { field }, Target::Field { field: wanted }) => {
            object.field(wanted).and_then(|f| f.alias_of.as_deref()).and_then(|a| a.split_once('.')).is_some_and(|(list, _)| list == field)
        }
        (Target::Link { field, .. }, Target::Link { field: wanted, .. }) => field == wanted,
        _ => false,
    };
    match steps.iter().find(covers) {
        Some(_) => Ok(target),
        None => Err(format!("Rows are to be matched by {text}, but no column fills it")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::mapping::By;

    fn model() -> Model {
        let texts = [
            r#"name = "company"
            [fields]
            name = { type = "text" }
            domain = { type = "text" }
            annual_revenue = { type = "money" }
            address = { type = "address" }
            parent = { type = "link", to = "company" }"#,
            r#"name = "user"
            system = true
            [fields]
            name = { type = "text" }
            email = { type = "email" }"#,
            r#"name = "deal_line"
            title = "name"
            [fields]
            deal = { type = "link", to = "deal" }
            name = { type = "text" }
            unit_price = { type = "money" }"#,
            r#"name = "deal"
            owned = true
            [fields]
            name = { type = "text" }
            company = { type = "link", to = "company" }
            amount = { type = "money" }
            stage = { type = "choice", options = ["a", "b"], track = true }
            emails = { type = "emails" }
            email = { type = "email", alias_of = "emails.address" }
            lines = { type = "reverse", to = "deal_line", by = "deal" }
            weighted = { type = "money", formula = "amount" }
            about = { type = "links", to = "any" }"#,
        ];
        Model::new(texts.iter().map(|t| model::load::object(t).unwrap()).collect(), Default::default())
    }

    fn target(text: &str) -> String {
        let model = model();
        match Target::read(text, &model, model.object("deal").unwrap()) {
            Ok(target) => {
                assert_eq!(target.to_string(), text.replace("company.name", "company"), "a target is written as it is read");
                format!("{target:?}")
            }
            Err(message) => message,
        }
    }

    #[test]
    fn targets_are_what_the_model_makes_of_them() {
        assert_eq!(target("amount"), r#"Field { field: "amount" }"#);
        assert_eq!(target("amount.currency"), r#"Part { field: "amount", part: "currency" }"#);
        assert_eq!(target("emails.work"), r#"Item { field: "emails", kind: "work" }"#);
        assert_eq!(target("company.name"), r#"Link { field: "company", object: "company", by: Title }"#);
        assert_eq!(target("company.domain"), r#"Link { field: "company", object: "company", by: Field("domain") }"#);
        assert_eq!(target("company.external.hubspot"), r#"Link { field: "company", object: "company", by: External("hubspot") }"#);
        assert_eq!(target("owner.email"), r#"Link { field: "owner", object: "user", by: Field("email") }"#);
        assert_eq!(target("external.old"), r#"External { system: "old" }"#);
        assert_eq!(target("created_at"), r#"Field { field: "created_at" }"#);
        assert_eq!(target("stage@In talks"), r#"Stay { field: "stage", value: "In talks" }"#);
        assert_eq!(
            target("lines.unit_price"),
            r#"Child { field: "lines", object: "deal_line", link: "deal", target: Field { field: "unit_price" } }"#
        );
    }

    #[test]
    fn wrong_targets_are_told_with_what_would_be_right() {
        assert_eq!(target("amuont"), "Deal has no field \"amuont\"; did you mean \"amount\"?");
        assert_eq!(target("company.domian"), "Company has no field \"domian\" to find it by; did you mean \"domain\"?");
        assert_eq!(target("weighted"), "weighted is computed and cannot be written");
        assert_eq!(target("updated_at"), "updated_at is computed and cannot be written");
        assert_eq!(target("name.first"), "name has no part \"first\"");
        assert_eq!(target("emails.desk"), "emails has no kind \"desk\"; there are work, personal, billing, other");
        assert_eq!(target("name@x"), "name keeps no history of its values; these do: stage");
        assert_eq!(target("lines"), "Name a field of lines: lines.…");
        assert_eq!(target("about"), "about may be any object; name it: about.contact");
        assert_eq!(target("external"), "Name the other system: external.hubspot");
    }

    fn plan(mapping: &str, headers: &[&str]) -> std::result::Result<Plan, Vec<String>> {
        let model = model();
        let headers: Vec<String> = headers.iter().map(|h| h.to_string()).collect();
        let mapping = Mapping::parse(mapping).unwrap();
        let told = |e: Error| e.problems().iter().map(|p| format!("{}: {}", p.field, p.message)).collect();
        mapping.resolve(&model, model.object("deal").unwrap(), &headers).map_err(told)
    }

    #[test]
    fn a_mapping_becomes_a_plan() {
        let plan = plan(
            "match = \"external.old\"\n[columns]\nid = \"external.old\"\nACCOUNT = \"company\"\nx = false\n[values]\nname = \"{Account|slug}-{{{id}\"",
            &["id", "Account", "x"],
        )
        .unwrap();
        assert_eq!(plan.match_by, Some(Target::External { system: "old".into() }));
        let sources: Vec<&Source> = plan.steps.iter().map(|s| &s.source).collect();
        let text =
            Source::Text(vec![Piece::Cell { column: 1, slug: true }, Piece::Plain("-{".into()), Piece::Cell { column: 0, slug: false }]);
        assert_eq!(sources, [&Source::Cell(0), &Source::Cell(1), &text]);
        assert_eq!(plan.steps[1].target, Target::Link { field: "company".into(), object: "company".into(), by: By::Title });
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let problems = plan(
            "match = \"email\"\n[columns]\nNmae = \"name\"\nAmount = \"amonut\"\nTotal = \"amount\"\nSum = \"amount\"\nOwner = { to = \"owner\", times = 2 }",
            &["Name", "Amount", "Total", "Sum", "Owner"],
        )
        .unwrap_err();
        assert_eq!(
            problems,
            [
                "Nmae: The file has no column \"Nmae\"; did you mean \"Name\"?",
                "Amount: Deal has no field \"amonut\"; did you mean \"amount\"?",
                "Owner: owner is no number and cannot be multiplied",
                "Sum: amount is already filled by \"Total\"",
                "match: Rows are to be matched by email, but no column fills it",
            ]
        );
        assert_eq!(plan("[columns]\nName = false", &["Name"]).unwrap_err(), ["columns: No column is mapped to a field"]);
    }

    #[test]
    fn an_address_is_matched_through_its_list() {
        let plan = plan("match = \"email\"\n[columns]\nMail = \"emails.work\"", &["Mail"]).unwrap();
        assert_eq!(plan.match_by, Some(Target::Field { field: "email".into() }));
    }
}
