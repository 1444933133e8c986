//! Random expressions that fit the world's types, made of a list of numbers: shorter and smaller ones make simpler
//! expressions, so that a failing one shrinks.

use crate::world::{DATES, INSTANTS, INTS, MAILS, NUMBERS, PHONES, TEXTS, ids};

/// Fields of one object by their type.
struct Fields {
    ints: &'static [&'static str],
    numbers: &'static [&'static str],
    moneys: &'static [&'static str],
    texts: &'static [&'static str],
    bools: &'static [&'static str],
    dates: &'static [&'static str],
    instants: &'static [&'static str],
    choices: &'static [(&'static str, &'static [&'static str])],
    links: &'static [(&'static str, &'static str)],
    /// Lists of records.
    records: &'static [(&'static str, &'static str)],
}

const NONE: Fields = Fields {
    ints: &["version"],
    numbers: &[],
    moneys: &[],
    texts: &["name"],
    bools: &[],
    dates: &[],
    instants: &["created_at"],
    choices: &[],
    links: &[("created_by", "user")],
    records: &[],
};

const THING: Fields = Fields {
    ints: &["quantity", "limit", "stars", "version"],
    numbers: &["discount", "weight", "probability", "amount.amount", "completeness"],
    moneys: &["amount", "cost"],
    texts: &["name", "code", "note", "url", "mail", "caller", "person", "city", "email", "word", "address.street", "amount.currency"],
    bools: &["hot", "cold"],
    dates: &["due", "started"],
    instants: &["closed_at", "opened_at", "created_at"],
    choices: &[("status", &["open", "won", "lost"]), ("source", &["web", "x", "y"]), ("country", &["IT", "DE", "CN"])],
    links: &[("company", "company"), ("owner", "user"), ("team", "team"), ("created_by", "user")],
    records: &[("tags", "tag"), ("friends", "company"), ("lines", "line"), ("followers", "user")],
};

const COMPANY: Fields = Fields {
    ints: &["score", "version"],
    moneys: &["revenue"],
    texts: &["name", "code", "email"],
    bools: &["active"],
    dates: &["since"],
    instants: &["seen_at", "updated_at"],
    choices: &[("kind", &["open", "won", "lost"])],
    links: &[("parent", "company"), ("created_by", "user")],
    records: &[("things", "thing"), ("friends_of", "thing")],
    ..NONE
};

const LINE: Fields =
    Fields { ints: &["count"], moneys: &["price"], texts: &["title"], links: &[("thing", "thing"), ("company", "company")], ..NONE };

/// Parts of a row of `rows`.
const ROW: Fields = Fields {
    ints: &["count"],
    texts: &["label"],
    bools: &["done"],
    dates: &["due"],
    instants: &[],
    choices: &[("part", &["x", "y"])],
    links: &[("company", "company")],
    ..NONE
};
const EMAIL: Fields = Fields {
    ints: &[],
    texts: &["address", "note"],
    bools: &["primary"],
    instants: &["state_since"],
    choices: &[("state", &["ok", "bounced"]), ("kind", &["work"])],
    links: &[],
    ..NONE
};
const PHONE: Fields = Fields { texts: &["number", "digits"], ..EMAIL };

fn fields(object: &str) -> &'static Fields {
    match object {
        "thing" => &THING,
        "company" => &COMPANY,
        "line" => &LINE,
        "row" => &ROW,
        "email" => &EMAIL,
        "phone" => &PHONE,
        _ => &NONE,
    }
}

struct Variable {
    name: String,
    /// An object, `row`, `email`, `phone`, `word` or `interest`.
    of: &'static str,
}

pub struct Writer<'a> {
    numbers: std::slice::Iter<'a, u16>,
    variables: Vec<Variable>,
    relations: usize,
}

const ORDERS: &[&str] = &["==", "!=", "<", "<=", ">", ">="];
const EQUALS: &[&str] = &["==", "!="];

impl<'a> Writer<'a> {
    pub fn new(numbers: &'a [u16]) -> Self {
        Writer { numbers: numbers.iter(), variables: Vec::new(), relations: 0 }
    }

    fn roll(&mut self, sides: usize) -> usize {
        usize::from(self.numbers.next().copied().unwrap_or(0)) % sides
    }
    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }

    /// The beginning of a path to a record or row, and what fields it has.
    fn place(&mut self) -> (String, &'static str) {
        let records: Vec<(String, &'static str)> =
            self.variables.iter().filter(|v| !matches!(v.of, "word" | "interest")).map(|v| (format!("{}.", v.name), v.of)).collect();
        let (prefix, object) = match self.roll(4) {
            0 | 1 if !records.is_empty() => records[self.roll(records.len())].clone(),
            _ => (String::new(), "thing"),
        };
        let links = fields(object).links;
        if links.is_empty() || self.roll(3) > 0 || self.relations > 30 {
            return (prefix, object);
        }
        self.relations += 2;
        let (link, to) = self.pick(links);
        if to == "company" && self.roll(3) == 1 {
            return (format!("{prefix}{link}.parent."), "company");
        }
        (format!("{prefix}{link}."), to)
    }

    fn field(&mut self, of: fn(&Fields) -> &'static [&'static str]) -> Option<String> {
        let (prefix, object) = self.place();
        let names = of(fields(object));
        let (prefix, names) = if names.is_empty() { (String::new(), of(&THING)) } else { (prefix, names) };
        if names.is_empty() { None } else { Some(format!("{prefix}{}", self.pick(names))) }
    }

    pub fn condition(&mut self, depth: usize) -> String {
        if depth > 0 {
            match self.roll(16) {
                0 => return format!("({} && {})", self.condition(depth - 1), self.condition(depth - 1)),
                1 => return format!("({} || {})", self.condition(depth - 1), self.condition(depth - 1)),
                2 | 3 => return format!("!({})", self.condition(depth - 1)),
                4 => return format!("({} ? {} : {})", self.condition(depth - 1), self.condition(depth - 1), self.condition(depth - 1)),
                5 if self.relations < 30 && self.variables.len() < 2 => return self.each(depth - 1),
                _ => {}
            }
        }
        self.simple(depth)
    }

    fn simple(&mut self, depth: usize) -> String {
        match self.roll(20) {
            0 => self.boolean(),
            1 => format!("({}) {} {}", self.condition(depth.saturating_sub(1)), self.pick(EQUALS), self.boolean()),
            2 => format!("{} {} {}", self.int(depth), self.pick(ORDERS), self.int(depth)),
            3 => format!("{} {} {}", self.number(depth), self.pick(ORDERS), self.number(depth)),
            4 => format!("{} {} {}", self.int(depth), self.pick(ORDERS), self.number(depth)),
            5 => format!("{} {} {}", self.money(depth), self.pick(ORDERS), self.money(depth)),
            6 => format!("{} {} {}", self.money(depth), self.pick(ORDERS), self.number(depth)),
            7 => format!("{} {} {}", self.text(depth), self.pick(ORDERS), self.text(depth)),
            8 => format!("{}.{}({})", self.named_text(), self.pick(&["contains", "startsWith", "endsWith"]), self.text(depth)),
            9 => format!("{} {} {}", self.date(depth), self.pick(ORDERS), self.date(depth)),
            10 => format!("{} {} {}", self.instant(depth), self.pick(ORDERS), self.instant(depth)),
            11 => format!("{} {} {}", self.instant(depth), self.pick(ORDERS), self.date(depth)),
            12 => format!("{} {} {}", self.days(depth), self.pick(ORDERS), self.days(depth)),
            13 => format!(
                "{} {} {}",
                self.duration(depth),
                self.pick(ORDERS),
                if self.roll(2) == 0 { self.duration(depth) } else { self.days(depth) }
            ),
            14 => self.choice(),
            15 => self.link(),
            16 => self.has(depth),
            17 => self.among(depth),
            _ => self.within(),
        }
    }

    fn boolean(&mut self) -> String {
        self.field(|f| f.bools).unwrap_or_else(|| "true".into())
    }

    fn literal_int(&mut self) -> String {
        // The smallest one cannot be written as a literal with a sign apart.
        let n = self.pick(INTS);
        if n == i64::MIN { "-5".into() } else { n.to_string() }
    }

    fn int(&mut self, depth: usize) -> String {
        if depth > 0 && self.roll(3) == 1 {
            let (a, b) = (self.int(depth - 1), self.int(depth - 1));
            return match self.roll(6) {
                0 => format!("({a} + {b})"),
                1 => format!("({a} - {b})"),
                2 => format!("({a} * {b})"),
                3 => format!("({a} % {b})"),
                4 => format!("(-({a}))"),
                _ => format!("({} ? {a} : {b})", self.condition(0)),
            };
        }
        match self.roll(6) {
            0 | 1 => self.literal_int(),
            2 => format!("{}({})", self.pick(&["month", "year"]), if self.roll(2) == 0 { self.date(0) } else { self.instant(0) }),
            3 => self.size(),
            _ => self.field(|f| f.ints).unwrap_or_else(|| "1".into()),
        }
    }

    fn size(&mut self) -> String {
        match self.roll(4) {
            0 => format!("size({})", self.text(0)),
            1 => format!("size({})", self.pick(&["emails", "phones", "words", "interests", "about", "rows"])),
            _ => format!("size({})", self.pick(&["tags", "friends", "lines", "company.things", "company.friends_of", "company.emails"])),
        }
    }

    fn number(&mut self, depth: usize) -> String {
        if depth > 0 && self.roll(3) == 1 {
            let (a, b) = (self.number(depth - 1), if self.roll(2) == 0 { self.number(depth - 1) } else { self.int(depth - 1) });
            return match self.roll(7) {
                0 => format!("({a} + {b})"),
                1 => format!("({a} - {b})"),
                2 => format!("({a} * {b})"),
                3 | 4 => format!("({a} / {b})"),
                5 => format!("(-({a}))"),
                _ => format!("({} ? {a} : {b})", self.condition(0)),
            };
        }
        match self.roll(4) {
            0 => {
                let n = self.pick(NUMBERS);
                if n.contains('.') { n.to_string() } else { format!("{n}.0") }
            }
            1 => format!("({} / {})", self.int(depth.saturating_sub(1)), self.int(depth.saturating_sub(1))),
            2 => format!("({} / {})", self.money(0), self.money(0)),
            _ => self.field(|f| f.numbers).unwrap_or_else(|| "1.5".into()),
        }
    }

    fn money(&mut self, depth: usize) -> String {
        if depth > 0 && self.roll(3) == 1 {
            let (a, b) = (self.money(depth - 1), self.number(depth - 1));
            return match self.roll(5) {
                0 => format!("({a} * {b})"),
                1 => format!("({a} / {b})"),
                2 => format!("({a} - {})", self.money(depth - 1)),
                3 => format!("({} * {a})", self.int(0)),
                _ => format!("({} ? {a} : {})", self.condition(0), self.money(0)),
            };
        }
        self.field(|f| f.moneys).unwrap_or_else(|| "amount".into())
    }

    fn quoted(&mut self) -> String {
        let text = match self.roll(5) {
            0 => self.pick(MAILS),
            1 => self.pick(PHONES),
            2 => self.pick(&["", "u", "ma", "Str", "晓", "@", "SS", "l", "%", "EUR"]),
            _ => self.pick(TEXTS),
        };
        format!("\"{}\"", text.replace('\\', "\\\\"))
    }

    fn named_text(&mut self) -> String {
        if self.roll(3) == 0 {
            let words: Vec<String> = self.variables.iter().filter(|v| v.of == "word").map(|v| v.name.clone()).collect();
            if let Some(word) = words.first() {
                return word.clone();
            }
        }
        self.field(|f| f.texts).unwrap_or_else(|| "name".into())
    }

    fn text(&mut self, depth: usize) -> String {
        match self.roll(8) {
            0 | 1 => self.quoted(),
            2 => format!("lower({})", self.named_text()),
            3 if depth > 0 => format!("({} + {})", self.text(depth - 1), self.text(depth - 1)),
            4 if depth > 0 => format!("({} ? {} : {})", self.condition(0), self.text(depth - 1), self.text(depth - 1)),
            _ => self.named_text(),
        }
    }

    fn date(&mut self, depth: usize) -> String {
        match self.roll(8) {
            0 | 1 => format!("date(\"{}\")", self.pick(DATES)),
            2 => "today()".into(),
            3 if depth > 0 => format!("({} {} {})", self.date(depth - 1), self.pick(&["+", "-"]), self.days(depth - 1)),
            4 if depth > 0 => {
                let unit = self.pick(&["week", "month", "quarter", "year", "day"]);
                let of = if self.roll(2) == 0 { self.date(depth - 1) } else { self.instant(depth - 1) };
                format!("start_of(\"{unit}\", {of})")
            }
            5 if depth > 0 => format!("({} ? {} : {})", self.condition(0), self.date(0), self.date(0)),
            _ => self.field(|f| f.dates).unwrap_or_else(|| "due".into()),
        }
    }

    fn instant(&mut self, depth: usize) -> String {
        match self.roll(8) {
            0 | 1 => format!("timestamp(\"{}\")", self.pick(INSTANTS)),
            2 => "now()".into(),
            3 if depth > 0 => {
                let span = if self.roll(2) == 0 { self.days(depth - 1) } else { self.duration(depth - 1) };
                format!("({} {} {span})", self.instant(depth - 1), self.pick(&["+", "-"]))
            }
            4 if depth > 0 => format!("({} ? {} : {})", self.condition(0), self.instant(0), self.instant(0)),
            _ => self.field(|f| f.instants).unwrap_or_else(|| "closed_at".into()),
        }
    }

    fn days(&mut self, depth: usize) -> String {
        match self.roll(6) {
            0 if depth > 0 => format!("({} - {})", self.date(depth - 1), self.date(depth - 1)),
            1 if depth > 0 => format!("({} + {})", self.days(depth - 1), self.days(depth - 1)),
            2 => format!("age({})", self.date(depth.saturating_sub(1))),
            3 => format!("weeks({})", self.int(0)),
            _ => format!("days({})", if self.roll(2) == 0 { self.pick(&["0", "1", "3", "30", "-2"]).to_string() } else { self.int(0) }),
        }
    }

    fn duration(&mut self, depth: usize) -> String {
        match self.roll(6) {
            0 if depth > 0 => format!("({} - {})", self.instant(depth - 1), self.instant(depth - 1)),
            1 if depth > 0 => format!("({} + {})", self.duration(depth - 1), self.days(depth - 1)),
            2 | 3 => format!("age({})", self.instant(depth.saturating_sub(1))),
            _ => format!("hours({})", if self.roll(2) == 0 { self.pick(&["0", "1", "24", "-2"]).to_string() } else { self.int(0) }),
        }
    }

    fn choice(&mut self) -> String {
        let (prefix, object) = self.place();
        let choices = fields(object).choices;
        let (prefix, choices) = if choices.is_empty() { (String::new(), THING.choices) } else { (prefix, choices) };
        let (name, codes) = self.pick(choices);
        let operator = self.pick(EQUALS);
        match self.roll(5) {
            0 => format!("{prefix}{name} in [\"{}\", \"{}\"]", self.pick(codes), self.pick(codes)),
            1 => format!("{prefix}{name} {operator} {}", self.pick(&["status", "source", "company.kind"])),
            2 => format!("{prefix}{name} {operator} {}", self.named_text()),
            _ => format!("{prefix}{name} {operator} \"{}\"", self.pick(codes)),
        }
    }

    fn some_id(&mut self) -> String {
        let all = ids();
        format!("\"{}\"", all[self.roll(all.len())])
    }

    fn link(&mut self) -> String {
        let variables: Vec<(String, &'static str)> = self
            .variables
            .iter()
            .filter(|v| matches!(v.of, "thing" | "company" | "tag" | "user" | "line"))
            .map(|v| (v.name.clone(), v.of))
            .collect();
        let (link, to) = if !variables.is_empty() && self.roll(2) == 0 {
            variables[self.roll(variables.len())].clone()
        } else {
            let (prefix, object) = self.place();
            let hops = prefix.matches('.').count();
            let links = fields(object).links;
            let (prefix, links) = if links.is_empty() || hops > 2 { (String::new(), THING.links) } else { (prefix, links) };
            let (link, to) = self.pick(links);
            (format!("{prefix}{link}"), to)
        };
        self.relations += 1;
        let operator = self.pick(EQUALS);
        match (self.roll(6), to) {
            (0, "user") => format!("{link} {operator} me()"),
            (1, "user") => format!("{link} {operator} {}", self.pick(&["owner", "created_by", "company.created_by"])),
            (1, "company") => format!("{link} {operator} {}", self.pick(&["company", "company.parent"])),
            (2, "team") => format!("{link} in my_teams()"),
            (3, _) => format!("{link} {operator} {}", self.some_id()),
            (4, _) => format!("{link} in [{}, {}, {}]", self.some_id(), self.quoted(), self.some_id()),
            _ => format!("{link} {operator} {}", self.quoted()),
        }
    }

    fn has(&mut self, depth: usize) -> String {
        let of = match self.roll(9) {
            0 => self.pick(&["emails", "tags", "friends", "lines", "words", "rows", "about", "company.things"]).to_string(),
            1 => self.pick(&["address", "amount", "company", "owner", "company.parent", "email", "word", "company.revenue"]).to_string(),
            2 => self.int(depth),
            3 => self.number(depth),
            4 => self.money(depth),
            5 => self.date(depth),
            6 => self.instant(depth),
            7 => self.days(depth),
            _ => self.text(depth),
        };
        format!("has({of})")
    }

    fn among(&mut self, depth: usize) -> String {
        match self.roll(5) {
            0 => format!("{} in [{}, {}, {}]", self.int(depth), self.literal_int(), self.number(0), self.int(0)),
            1 => format!("{} in [{}, {}]", self.money(0), self.number(0), self.literal_int()),
            2 => format!("{} in [{}, {}]", self.date(depth), self.date(0), self.date(0)),
            3 => format!("{} in [{}, {}, {}]", self.instant(0), self.instant(0), self.date(0), self.instant(0)),
            _ => format!("{} in [{}, {}, {}]", self.text(depth), self.quoted(), self.text(0), self.quoted()),
        }
    }

    fn within(&mut self) -> String {
        match self.roll(9) {
            0 => format!("\"{}\" in interests", self.pick(&["a", "b", "c"])),
            1 => format!("{} in {}", self.text(0), self.pick(&["words", "emails", "phones", "company.emails"])),
            2 => {
                format!("{} in {}", self.quoted(), self.pick(&["words", "emails", "phones", "tags", "friends", "lines", "company.things"]))
            }
            3 => format!("me() in {}", self.pick(&["followers", "company.followers"])),
            4 => format!("company in {}", self.pick(&["friends", "about"])),
            5 => format!("{} in {}", self.some_id(), self.pick(&["friends", "tags", "about", "followers"])),
            6 => format!("company.parent in {}", self.pick(&["friends", "about"])),
            7 => format!("status in {}", self.pick(&["interests", "words"])),
            _ => format!("{} in words", self.quoted()),
        }
    }

    fn each(&mut self, depth: usize) -> String {
        self.relations += 1;
        let name = ["e", "f", "g"][self.variables.len()].to_string();
        let lists: &[(&str, &'static str)] = &[
            ("emails", "email"),
            ("phones", "phone"),
            ("rows", "row"),
            ("words", "word"),
            ("interests", "interest"),
            ("company.emails", "email"),
        ];
        let (list, of) = match self.roll(3) {
            0 => self.pick(lists),
            _ => {
                let (prefix, object) = self.place();
                let records = fields(object).records;
                let (prefix, records) = if records.is_empty() { (String::new(), THING.records) } else { (prefix, records) };
                let (list, of) = self.pick(records);
                return self.over(&format!("{prefix}{list}"), of, name, depth);
            }
        };
        self.over(list, of, name, depth)
    }

    fn over(&mut self, list: &str, of: &'static str, name: String, depth: usize) -> String {
        let verb = self.pick(&["exists", "all"]);
        if of == "interest" {
            return format!("{list}.{verb}({name}, {name} {} \"{}\")", self.pick(EQUALS), self.pick(&["a", "b", "c"]));
        }
        self.variables.push(Variable { name: name.clone(), of });
        let body = self.condition(depth);
        self.variables.pop();
        format!("{list}.{verb}({name}, {body})")
    }

    /// A value of any type.
    pub fn value(&mut self, depth: usize) -> String {
        match self.roll(9) {
            0 => self.int(depth),
            1 | 2 => self.number(depth),
            3 | 4 => self.money(depth),
            5 => self.text(depth),
            6 => self.date(depth),
            7 => self.instant(depth),
            _ => format!("({})", self.condition(depth)),
        }
    }
}
