//! From the cells of a row to what the record pipeline takes: values as the interface writes them, links still as the
//! file names them. Pure; all that is wrong with a row is told at once.

mod link;
mod list;
mod text;
mod value;

use base::{Id, Instant};
use jiff::tz::TimeZone;
use model::field::{self, Context, ImportLocale};
use model::{Choice, Field, FieldType, Model, Object};
use serde_json::{Map, Value as Json};

use super::cell::{date, number, person};
use super::locale::Custom;
use super::mapping::{By, Plan, Source, Step, Target, Unknown};
use super::matching;
use super::read::Row;
use super::report::Problem;
use list::{append, push, put_part};
use text::compose;
use value::{inner_json, multiplied, read, scratch, takes_json};

/// A link that is still text.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    pub header: String,
    pub field: String,
    pub object: String,
    pub by: By,
    pub texts: Vec<String>,
    pub many: bool,
    /// The field may lead to any object, so that its items name theirs.
    pub any: bool,
    pub unknown: Unknown,
    /// Otherwise the field would not be empty where nothing is said of it.
    pub has_default: bool,
    /// The mapping says that the text means nothing: it is not looked for, and the field stays empty.
    pub is_nothing: bool,
}

/// What the row says, without white space around it.
fn written(step: &Step, row: &Row) -> String {
    let cell = |column: usize| row.cells.get(column).map(String::as_str).unwrap_or_default();
    match &step.source {
        Source::Cell(column) => cell(*column).trim().to_string(),
        Source::Text(pieces) => compose(pieces, cell),
    }
}

/// A record that links to the row's record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Child {
    pub object: String,
    /// Its field that points here.
    pub link: String,
    pub input: Map<String, Json>,
    pub links: Vec<Pending>,
}

/// A row on its way to a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Converted {
    pub line: u64,
    pub cells: Vec<String>,
    pub input: Map<String, Json>,
    pub links: Vec<Pending>,
    pub children: Vec<Child>,
    /// Tracked field, name of its value, moment of entry.
    pub stays: Vec<(String, String, Instant)>,
    pub external: Vec<(String, String)>,
    pub id: Option<Id>,
    /// The business moment of its creation.
    pub created_at: Option<Instant>,
    /// By what an existing record is looked for.
    pub key: Option<(By, String)>,
    pub problems: Vec<Problem>,
    /// What was left out of a row that is taken all the same.
    pub notes: Vec<Problem>,
}

/// Knows everything about the plan that does not change from row to row.
pub struct Converter<'a> {
    model: &'a Model,
    object: &'a Object,
    plan: &'a Plan,
    context: Context<'a>,
    locales: Vec<ImportLocale>,
    /// In which options are named to the person.
    language: &'a str,
}

impl<'a> Converter<'a> {
    /// `customs` tells for every column of the file how it writes numbers and dates.
    pub fn new(model: &'a Model, object: &'a Object, plan: &'a Plan, context: Context<'a>, customs: &[Custom], zone: &TimeZone) -> Self {
        let locale = |step: &Step| {
            let custom = match step.source {
                Source::Cell(column) => customs.get(column).copied(),
                Source::Text(_) => None,
            };
            ImportLocale {
                decimal: step.decimal.or(custom.map(|c| c.decimal)).unwrap_or(number::Decimal::Point).char(),
                date_order: order(step.date_order.or(custom.map(|c| c.date_order))),
                currency: Some(context.currency),
                country: Some(context.country.to_string()).filter(|c| !c.is_empty()),
                zone: zone.clone(),
                fraction: false,
            }
        };
        Converter { model, object, plan, context, locales: plan.steps.iter().map(locale).collect(), language: "en" }
    }

    #[must_use]
    pub fn speaking(self, language: &'a str) -> Self {
        Converter { language, ..self }
    }

    pub fn convert(&self, row: Row) -> Converted {
        let mut out = Converted { line: row.line, ..Converted::default() };
        if let Some(problem) = &row.problem {
            out.problems.push(Problem::new(row.line, None, "", problem.code, problem.message.clone()));
            out.cells = row.cells;
            return out;
        }
        let currencies = self.currencies(&row);
        for (step, locale) in self.plan.steps.iter().zip(&self.locales) {
            let text = self.text(step, &row);
            if is_currency(&step.target) {
                continue;
            }
            if text.is_empty() {
                self.nothing(step, &row, &mut out);
                continue;
            }
            let own = currencies.iter().find(|(field, _)| Some(field.as_str()) == step.target.field());
            let locale = match own {
                Some((_, currency)) => &ImportLocale { currency: Some(*currency), ..locale.clone() },
                None => locale,
            };
            if let Err(problem) = self.step(step, &text, locale, &mut out) {
                out.problems.push(*problem);
            }
        }
        self.name_of_parts(&mut out.input);
        out.key = self.key(&out);
        out.created_at = out.input.get("created_at").and_then(Json::as_str).and_then(|t| t.parse().ok());
        out.cells = row.cells;
        out
    }

    /// What the step reads from the row, through its value map, without white space around it.
    fn text(&self, step: &Step, row: &Row) -> String {
        let text = written(step, row);
        if step.values.is_empty() {
            return text;
        }
        step.values.get(&base::text::fold(&text)).cloned().unwrap_or(text)
    }

    /// A value that the mapping turns into nothing keeps a field empty that would have a default; of an empty cell nothing
    /// is decided.
    fn nothing(&self, step: &Step, row: &Row, out: &mut Converted) {
        let field = step.target.field().and_then(|name| self.object.field(name)).filter(|f| f.default.is_some() && !f.required);
        let (Some(field), text) = (field, written(step, row)) else { return };
        match &step.target {
            _ if text.is_empty() => {}
            Target::Link { object, by, .. } => {
                let pending = link::pending(field, object, by, step, &text).into_iter();
                out.links.extend(pending.map(|p| Pending { unknown: Unknown::Empty, is_nothing: true, ..p }));
            }
            Target::Field { .. } => {
                out.input.insert(field.name.clone(), Json::Null);
            }
            _ => {}
        }
    }

    /// Currencies that stand in columns of their own, by the money field that they belong to.
    fn currencies(&self, row: &Row) -> Vec<(String, base::Currency)> {
        let of_currency = self.plan.steps.iter().filter(|s| is_currency(&s.target));
        let found = |step: &Step| {
            let text = self.text(step, row);
            let code = model::list::find("currency", &text).and_then(|code| base::Currency::parse(code).ok());
            Some((step.target.field()?.to_string(), code.or_else(|| base::Currency::parse(&text).ok())?))
        };
        of_currency.filter_map(found).collect()
    }

    fn step(&self, step: &Step, text: &str, locale: &ImportLocale, out: &mut Converted) -> Result<(), Box<Problem>> {
        let line = out.line;
        let wrong = |code: &str, message: String| Box::new(Problem::new(line, Some(&step.header), text, code, message));
        match &step.target {
            Target::External { system } => out.external.push((system.clone(), text.to_string())),
            Target::Id => match text.parse() {
                Ok(id) => out.id = Some(id),
                Err(_) => return Err(wrong("format", format!("\"{text}\" is not an id"))),
            },
            Target::Stay { field, value } => {
                let moment = read(&scratch(FieldType::Instant), &self.context, text, locale).map_err(|m| wrong("format", m))?;
                if let Some(at) = moment.as_instant() {
                    out.stays.push((field.clone(), value.clone(), at));
                }
            }
            Target::Child { object, link, target, .. } => self.child(step, text, locale, (object, link, target), out)?,
            target => {
                let (input, links) = (&mut out.input, &mut out.links);
                let note = self.value(self.object, step, target, text, locale, (line, input, links))?;
                out.notes.extend(note);
            }
        }
        Ok(())
    }

    fn child(
        &self,
        step: &Step,
        text: &str,
        locale: &ImportLocale,
        (name, link, target): (&str, &str, &Target),
        out: &mut Converted,
    ) -> Result<(), Box<Problem>> {
        let Some(object) = self.model.object(name) else { return Ok(()) };
        if !out.children.iter().any(|c| c.object == name && c.link == link) {
            out.children.push(Child { object: name.to_string(), link: link.to_string(), ..Child::default() });
        }
        let line = out.line;
        if let Some(child) = out.children.iter_mut().find(|c| c.object == name && c.link == link) {
            let note = self.value(object, step, target, text, locale, (line, &mut child.input, &mut child.links))?;
            out.notes.extend(note);
        }
        Ok(())
    }

    /// One value of a record of `object`, into its input or among its links. Answers what was left out.
    fn value(
        &self,
        object: &Object,
        step: &Step,
        target: &Target,
        text: &str,
        locale: &ImportLocale,
        (line, input, links): (u64, &mut Map<String, Json>, &mut Vec<Pending>),
    ) -> Result<Option<Problem>, Box<Problem>> {
        let wrong = |code: &str, message: String| Box::new(Problem::new(line, Some(&step.header), text, code, message));
        let Some(field) = target.field().and_then(|name| object.field(name)) else { return Ok(None) };
        match target {
            Target::Link { object: to, by, .. } => links.extend(link::pending(field, to, by, step, text)),
            Target::Part { part, .. } => {
                let value = self.part(field, part, text, locale).map_err(|m| wrong("format", m))?;
                put_part(input, field, part, value);
            }
            Target::Item { kind, .. } => append(input, field, text, Some(kind), step.split.as_deref()),
            _ if is_list_of_contacts(field) => match inner_json(text) {
                Some(Json::Array(items)) => items.into_iter().for_each(|item| push(input, &field.name, item)),
                _ => append(input, field, text, None, step.split.as_deref()),
            },
            _ if field.kind == FieldType::PersonName && field.computed => name(input, object, text),
            _ => {
                let value =
                    self.plain(field, step, text, locale).map_err(|(code, m, nearest)| Box::new(Problem { nearest, ..*wrong(code, m) }))?;
                if value.is_null() {
                    if field.default.is_some() {
                        input.insert(field.name.clone(), value);
                    }
                    return Ok(Some(*wrong("unknown", format!("\"{}\" is not an option; left empty", base::text::shorten(text, 100)))));
                }
                input.insert(field.name.clone(), value);
            }
        }
        Ok(None)
    }

    /// A field as a whole.
    fn plain(&self, field: &Field, step: &Step, text: &str, locale: &ImportLocale) -> Result<Json, (&'static str, String, Vec<String>)> {
        if let Some(json) = inner_json(text).filter(|_| takes_json(field.kind)) {
            return Ok(json);
        }
        let value = match step.times {
            Some(times) => multiplied(field, &self.context, text, locale, times),
            None => read(field, &self.context, text, locale),
        };
        match value {
            Ok(value) => Ok(field::kind(field.kind).write(field, &value)),
            Err(_) if is_choice(field) && step.unknown_of(text) == Some(Unknown::Empty) => Ok(Json::Null),
            Err(message) if is_choice(field) => {
                let options = self.model.options(field);
                let nearest = self.nearest(text, options);
                let code = if options.is_empty() { "format" } else { "unknown" };
                Err((code, message, nearest))
            }
            Err(message) => Err(("format", message, Vec::new())),
        }
    }

    /// Labels of options that resemble a text, by label or by code.
    fn nearest(&self, text: &str, options: &[Choice]) -> Vec<String> {
        let offered = || options.iter().filter(|o| !o.retired);
        let names = offered().flat_map(|o| [o.label.in_language(self.language), o.code.as_str()]);
        let mut found: Vec<String> = Vec::new();
        for name in matching::nearest(text, names) {
            let shown = offered().find(|o| o.code == name).map_or(name, |o| o.label.in_language(self.language)).to_string();
            if !found.contains(&shown) {
                found.push(shown);
            }
        }
        found
    }

    fn part(&self, field: &Field, part: &str, text: &str, locale: &ImportLocale) -> Result<Json, String> {
        let of_rows = field.parts.iter().find(|p| p.name == part);
        let scratch = match (field.kind, part, of_rows) {
            (_, _, Some(part)) => part.clone(),
            (FieldType::Address, "country", _) => Field { list: Some("country".to_string()), ..scratch(FieldType::Choice) },
            _ => scratch(FieldType::Text),
        };
        let value = read(&scratch, &self.context, text, locale)?;
        Ok(field::kind(scratch.kind).write(&scratch, &value))
    }

    /// A required name that no column brings is made of first and last name.
    fn name_of_parts(&self, input: &mut Map<String, Json>) {
        let title =
            self.object.field(&self.object.title).filter(|f| f.required && f.kind == FieldType::Text && !input.contains_key(&f.name));
        let parts: Vec<&str> = ["first_name", "last_name"].iter().filter_map(|p| input.get(*p)?.as_str()).collect();
        if let (Some(title), false) = (title, parts.is_empty()) {
            let whole = parts.join(" ");
            input.insert(title.name.clone(), whole.into());
        }
    }

    /// The value by which the row finds its record.
    fn key(&self, out: &Converted) -> Option<(By, String)> {
        let text = |name: &str| {
            let field = self.object.field(name)?;
            let alias = field.alias_of.as_deref().and_then(|a| a.split_once('.'));
            let value = out.input.get(name).or_else(|| out.input.get(alias?.0)?.get(0)?.get(alias?.1));
            value.and_then(|v| v.as_str().map(str::to_string).or_else(|| v.as_i64().map(|n| n.to_string())))
        };
        match self.plan.match_by.as_ref()? {
            Target::Id => out.id.map(|id| (By::Id, id.to_string())),
            Target::External { system } => {
                out.external.iter().find(|(s, _)| s == system).map(|(_, id)| (By::External(system.clone()), id.clone()))
            }
            Target::Field { field } if *field == self.object.title => {
                let full = || ["first_name", "last_name"].iter().filter_map(|p| text(p)).collect::<Vec<_>>().join(" ");
                let found = text(field).or_else(|| Some(full()).filter(|f| !f.is_empty()));
                found.map(|text| (By::Title, text))
            }
            Target::Field { field } => text(field).map(|text| (By::Field(field.clone()), text)),
            _ => None,
        }
    }
}

fn order(order: Option<date::DateOrder>) -> field::DateOrder {
    match order {
        Some(date::DateOrder::Dmy) | None => field::DateOrder::Dmy,
        Some(date::DateOrder::Mdy) => field::DateOrder::Mdy,
        Some(date::DateOrder::Ymd) => field::DateOrder::Ymd,
    }
}

fn is_currency(target: &Target) -> bool {
    matches!(target, Target::Part { part, .. } if part == "currency")
}

fn is_choice(field: &Field) -> bool {
    matches!(field.kind, FieldType::Choice | FieldType::Choices)
}

fn is_list_of_contacts(field: &Field) -> bool {
    let alias = field.alias_of.as_deref();
    matches!(field.kind, FieldType::Emails | FieldType::Phones) || alias == Some("emails.address") || alias == Some("phones.number")
}

/// A whole name into its parts, as far as no other column fills them.
pub fn name(input: &mut Map<String, Json>, object: &Object, text: &str) {
    let person = person::read(text);
    let order = if person.family_first { "family_first" } else { "" };
    let parts = [
        ("first_name", person.first.as_str()),
        ("last_name", &person.last),
        ("name_prefix", &person.prefix),
        ("name_suffix", &person.suffix),
        ("name_order", order),
    ];
    for (part, value) in parts {
        if !value.is_empty() && object.field(part).is_some() && !input.contains_key(part) {
            input.insert(part.to_string(), value.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::mapping::Mapping;

    const PERSON: &str = r#"name = "person"
        [fields]
        name = { type = "person_name", computed = true }
        first_name = { type = "text" }
        last_name = { type = "text" }
        name_order = { type = "choice", options = ["given_first", "family_first"] }
        emails = { type = "emails" }
        email = { type = "email", alias_of = "emails.address" }
        phones = { type = "phones" }
        address = { type = "address" }
        budget = { type = "money" }
        age = { type = "integer" }
        share = { type = "percent" }
        born = { type = "date" }
        seen = { type = "instant" }
        vip = { type = "boolean" }
        phase = { type = "choice", options = [{ code = "lead", aliases = ["prospect"] }, "customer"] }
        likes = { type = "choices", options = ["wine", "cheese"] }
        also = { type = "texts" }
        profiles = { type = "rows", parts = { network = { type = "text" }, handle = { type = "text" } } }
        friend = { type = "link", to = "person" }"#;

    /// What a row becomes under a mapping in one line: its input, then its problems.
    fn told(map: &str, cells: &[&str]) -> String {
        let model = Model::new(vec![model::load::object(PERSON).unwrap()], model::list::all());
        let object = model.object("person").unwrap();
        let headers: Vec<String> = (1..=cells.len()).map(|n| format!("c{n}")).collect();
        let plan = Mapping::from_argument(map).or_else(|_| Mapping::parse(map)).unwrap().resolve(&model, object, &headers).unwrap();
        let context = Context { model: &model, currency: base::Currency::parse("EUR").unwrap(), country: "IT" };
        let custom = Custom { decimal: number::Decimal::Comma, date_order: date::DateOrder::Dmy };
        let zone = TimeZone::get("Europe/Rome").unwrap();
        let converter = Converter::new(&model, object, &plan, context, &vec![custom; cells.len()], &zone);
        let row = Row { line: 2, cells: cells.iter().map(|c| c.to_string()).collect(), problem: None };
        let converted = converter.convert(row);
        let problems: Vec<String> =
            converted.problems.iter().map(|p| format!("{}: {}", p.header.as_deref().unwrap_or(""), p.message)).collect();
        let input = Json::Object(converted.input).to_string().replace('"', "");
        if problems.is_empty() { input } else { problems.join("; ") }
    }

    #[test]
    fn cells_become_what_the_interface_takes() {
        for (map, cells, wanted) in [
            ("c1=name", &["Rossi, Maria"][..], "{first_name:Maria,last_name:Rossi}"),
            ("c1=name", &["王晓明"], "{first_name:晓明,last_name:王,name_order:family_first}"),
            ("c1=name,c2=last_name", &["Maria Rossi", "Rossi Bianchi"], "{first_name:Maria,last_name:Rossi Bianchi}"),
            (
                "c1=email,c2=emails.work",
                &["a@x.example", "b@x.example; c@x.example"],
                "{emails:[{address:a@x.example,primary:true},{address:b@x.example,kind:work},{address:c@x.example,kind:work}]}",
            ),
            ("c1=emails", &[r#"[{"address":"a@x.example","kind":"personal"}]"#], "{emails:[{address:a@x.example,kind:personal}]}"),
            ("c1=phones.mobile", &["333 1234567"], "{phones:[{number:333 1234567,kind:mobile}]}"),
            ("c1=address.city,c2=address.country", &["Rimini", "Italien"], "{address:{city:Rimini,country:IT}}"),
            ("c1=budget", &["1.250,50 €"], "{budget:{amount:1250.50,currency:EUR}}"),
            ("c1=budget,c2=budget.currency", &["1.250", "Dollaro statunitense"], "{budget:{amount:1250.00,currency:USD}}"),
            ("c1=budget*1000000", &["1,5"], "{budget:{amount:1500000.00,currency:EUR}}"),
            ("c1=age*1000", &["1,5"], "{age:1500}"),
            ("c1=age", &["12,00"], "{age:12}"),
            ("c1=born,c2=seen", &["3/4/1980", "3/4/2026 14:00"], "{born:1980-04-03,seen:2026-04-03T12:00:00Z}"),
            ("c1=vip,c2=phase", &["sì", "Prospect"], "{vip:true,phase:lead}"),
            ("c1=likes,c2=also", &["Cheese; wine", "one|two"], "{likes:[cheese,wine],also:[one,two]}"),
            ("c1=profiles.network,c2=profiles.handle", &["skype", "ada"], "{profiles:[{network:skype,handle:ada}]}"),
            ("c1=age,c2=phase", &["  ", ""], "{}"),
        ] {
            assert_eq!(told(map, cells), wanted, "{map}");
        }
    }

    #[test]
    fn value_maps_constants_and_texts_of_several_cells_hold() {
        let map = "[columns]\nc1 = { to = \"phase\", values = { \"Geschäft\" = \"customer\", \"-\" = \"\" } }\n[values]\nlast_name = \"{c2} {c3|slug}\"\nage = 7";
        assert_eq!(told(map, &["GESCHAFT", "Ada", "Van Berg"]), "{phase:customer,last_name:Ada van.berg,age:7}");
        assert_eq!(told(map, &["-", "", ""]), "{age:7}");
    }

    #[test]
    fn everything_wrong_with_a_row_is_told_at_once() {
        let wrong = told("c1=age,c2=born,c3=phase", &["many", "31/31/2020", "custmer"]);
        assert_eq!(
            wrong,
            "c1: \"many\" is not a number; write one such as 1250,50; c2: \"31/31/2020\" is not a date; write one such as 2026-03-31; c3: \"custmer\" is not an option; did you mean \"customer\"?"
        );
        let empty = "[columns]\nc1 = { to = \"phase\", unknown = \"empty\" }";
        assert_eq!(told(empty, &["custmer"]), "{}");
    }
}
