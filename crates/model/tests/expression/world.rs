//! A small world of every field type, in memory and in a database.

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use base::{Currency, Date, Id, Instant, Money, Number, Result, Value};
use jiff::tz::TimeZone;
use model::expression::{Expr, Scope, Source, compile, is_true};
use model::field::kind;
use model::object::{Choice, Label};
use model::{Field, FieldType, Model, Object, load, plan};
use store::{Dialect, Location, Options, Param, Sql, Store, Tx, table};

const THING: &str = r#"
name = "thing"
label = ["Thing", "Things"]
title = "name"
owned = true
[fields]
name = { type = "text" }
code = { type = "text", exact = true }
note = { type = "long_text" }
url = { type = "url" }
mail = { type = "email" }
caller = { type = "phone" }
person = { type = "person_name" }
quantity = { type = "integer" }
limit = { type = "integer" }
stars = { type = "rating" }
discount = { type = "decimal", scale = 3 }
weight = { type = "decimal" }
probability = { type = "percent" }
amount = { type = "money" }
cost = { type = "money" }
hot = { type = "boolean" }
cold = { type = "boolean" }
due = { type = "date" }
started = { type = "date" }
closed_at = { type = "instant" }
opened_at = { type = "instant" }
status = { type = "choice", options = ["open", "won", "lost"] }
source = { type = "choice", open = true, options = ["web"] }
company = { type = "link", to = "company" }
address = { type = "address" }
city = { type = "text", alias_of = "address.city" }
country = { type = "choice", list = "country", alias_of = "address.country" }
emails = { type = "emails" }
email = { type = "email", alias_of = "emails.address" }
phones = { type = "phones" }
words = { type = "texts" }
word = { type = "text", alias_of = "words" }
interests = { type = "choices", options = ["a", "b", "c"] }
tags = { type = "links", to = "tag" }
friends = { type = "links", to = "company" }
about = { type = "links", to = "any" }
rows = { type = "rows", parts = { company = { type = "link", to = "company" }, part = { type = "choice", options = ["x", "y"] }, label = { type = "text" }, count = { type = "integer" }, due = { type = "date" }, done = { type = "boolean" } } }
lines = { type = "reverse", to = "line", by = "thing" }
"#;

const COMPANY: &str = r#"
name = "company"
label = ["Company", "Companies"]
title = "name"
[fields]
name = { type = "text" }
code = { type = "text", exact = true }
score = { type = "integer" }
revenue = { type = "money" }
since = { type = "date" }
seen_at = { type = "instant" }
kind = { type = "choice", options = ["open", "won", "lost"] }
active = { type = "boolean" }
parent = { type = "link", to = "company" }
emails = { type = "emails" }
email = { type = "email", alias_of = "emails.address" }
things = { type = "reverse", to = "thing", by = "company" }
friends_of = { type = "reverse", to = "thing", by = "friends" }
"#;

const LINE: &str = r#"
name = "line"
title = "title"
[fields]
title = { type = "text" }
thing = { type = "link", to = "thing" }
price = { type = "money" }
count = { type = "integer" }
company = { type = "link", to = "company" }
"#;

/// Companies that the limited caller may see.
pub const RULE: &str = "score > 0 || active";

pub struct Record {
    pub object: &'static str,
    pub id: Id,
    pub is_deleted: bool,
    pub values: BTreeMap<String, Value>,
}

pub struct World {
    pub model: Model,
    pub records: HashMap<Id, Record>,
    pub scope: Scope,
    pub rule: Arc<Expr>,
    /// Companies of this id are within the rule.
    visible: HashMap<Id, bool>,
}

/// Numbers that look random and are the same in every run.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed)
    }
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }
    fn maybe(&mut self, value: impl FnOnce(&mut Self) -> Value) -> Value {
        if self.roll(4) == 0 { Value::Null } else { value(self) }
    }
}

pub const TEXTS: &[&str] = &[
    "Müller",
    "muller",
    "MULLER",
    "Roma",
    "roma",
    "Straße",
    "strasse",
    "王晓明",
    "a%b_c",
    "O'Neil",
    "Łódź",
    "lodz",
    "x",
    "back\\slash",
    "Ärger",
    "zebra",
    "A",
    "Éa",
];
pub const INTS: &[i64] = &[-7, -1, 0, 1, 2, 3, 5, 12, 1000, i64::MAX, i64::MIN, 9_000_000_000_000_000];
pub const NUMBERS: &[&str] = &["-12.5", "-0.005", "0", "0.001", "0.5", "1.25", "2.345", "3", "99.99", "123456789.12", "-99999999999999.9"];
pub const DATES: &[&str] = &[
    "1969-12-31",
    "2024-02-29",
    "2026-03-28",
    "2026-03-29",
    "2026-03-30",
    "2026-03-31",
    "2026-04-01",
    "2026-10-25",
    "2026-12-31",
    "2027-01-01",
    "0001-01-01",
    "9999-12-31",
];
pub const INSTANTS: &[&str] = &[
    "1969-12-31T23:59:59Z",
    "2024-02-29T12:00:00Z",
    "2026-03-28T23:00:00Z",
    "2026-03-29T00:59:59.999999Z",
    "2026-03-29T22:00:00Z",
    "2026-03-30T22:00:00Z",
    "2026-03-31T10:00:00Z",
    "2026-03-31T09:59:59.999999Z",
    "2026-10-24T22:00:00Z",
    "2026-10-25T23:30:00Z",
    "2026-12-31T22:59:59Z",
    "2026-12-31T23:00:00Z",
];
pub const MAILS: &[&str] = &["a@b.it", "A@B.it", "info@müller.de", "c@d.it"];
pub const PHONES: &[&str] = &["+390612345", "+4930123", "+8613800138000"];

fn id(kind: u8, n: u8) -> Id {
    let mut bytes = *b"\x01\x90\x00\x00\x00\x00\x70\x00\x80\x00\x00\x00\x00\x00\x00\x00";
    bytes[14] = kind;
    bytes[15] = n;
    Id::from_bytes(bytes)
}

pub fn ids() -> Vec<Id> {
    (0..3).flat_map(|kind| (0..4).map(move |n| id(kind, n))).collect()
}

fn map(parts: &[(&str, Value)]) -> Value {
    Value::Map(parts.iter().filter(|(_, v)| !v.is_null()).map(|(n, v)| ((*n).to_string(), v.clone())).collect())
}

impl World {
    pub fn new() -> Self {
        let named = |name: &str| format!("name = \"{name}\"\ntitle = \"name\"\n[fields]\nname = {{ type = \"text\" }}");
        let texts = [THING.to_string(), COMPANY.into(), LINE.into(), named("tag"), named("user"), named("team")];
        let objects: Vec<Object> = texts.iter().map(|text| load::object(text).unwrap_or_else(|f| panic!("{f:?}"))).collect();
        let country = |code: &str| Choice { code: code.into(), label: Label::new(code), ..Choice::default() };
        let model = Model::new(objects, [("country".to_string(), vec![country("IT"), country("DE"), country("CN")])].into());
        let scope = Scope {
            me: Some(id(1, 0)),
            my_teams: vec![id(2, 0), id(2, 1)],
            now: "2026-03-31T10:00:00Z".parse().unwrap(),
            zone: TimeZone::get("Europe/Rome").unwrap(),
        };
        let rule = Arc::new(compile(&model, model.object("company").unwrap(), RULE, &|_, _| true).unwrap());
        let mut world = World { model, records: HashMap::new(), scope, rule, visible: HashMap::new() };
        let mut dice = Dice::new(7);
        for (kind, object, count) in [(0, "company", 8), (1, "user", 4), (2, "team", 3), (3, "tag", 4), (4, "thing", 48), (5, "line", 40)] {
            for n in 0..count {
                let values = world.values(object, &mut dice);
                let record = Record { object, id: id(kind, n), is_deleted: object != "thing" && dice.roll(6) == 0, values };
                world.records.insert(record.id, record);
            }
        }
        let companies: Vec<Id> = world.of("company").map(|r| r.id).collect();
        for company in companies {
            let source = Seen { world: &world, record: &world.records[&company], is_limited: false };
            let holds = is_true(&world.rule, &source, &world.scope).unwrap();
            world.visible.insert(company, holds);
        }
        world
    }

    pub fn of(&self, object: &str) -> impl Iterator<Item = &Record> {
        self.records.values().filter(move |r| r.object == object)
    }

    fn values(&self, object: &str, dice: &mut Dice) -> BTreeMap<String, Value> {
        let object = self.model.object(object).unwrap();
        let fields = object.fields.iter().filter(|f| f.alias_of.is_none() && f.kind != FieldType::Reverse);
        fields.map(|f| (f.name.clone(), World::value(f, dice))).collect()
    }

    fn value(field: &Field, dice: &mut Dice) -> Value {
        if matches!(field.name.as_str(), "created_at" | "updated_at") {
            return Value::Instant(dice.pick(INSTANTS).parse().unwrap());
        }
        dice.maybe(|d| match field.kind {
            FieldType::Integer | FieldType::Sequence => Value::Int(d.pick(INTS)),
            FieldType::Rating => Value::Int(d.pick(&[0, 1, 5])),
            FieldType::Decimal | FieldType::Percent => Value::Number(number(d, field.scale.unwrap_or(2))),
            FieldType::Money => money(d),
            FieldType::Boolean => Value::Bool(d.roll(2) == 0),
            FieldType::Date => Value::Date(d.pick(DATES).parse::<Date>().unwrap()),
            FieldType::Instant => Value::Instant(d.pick(INSTANTS).parse::<Instant>().unwrap()),
            FieldType::Choice | FieldType::Choices => {
                let codes: Vec<String> = field.options.iter().map(|o| o.code.clone()).chain(field.open.then(|| "x".to_string())).collect();
                if field.kind == FieldType::Choice { Value::text(d.pick(&codes)) } else { some(d, 3, |d| Value::text(d.pick(&codes))) }
            }
            FieldType::Link | FieldType::User => Value::Id(target(d, field.to.as_deref().unwrap_or("user"))),
            FieldType::Links if field.to.as_deref() == Some("any") => some(d, 3, |d| {
                map(&[
                    ("object", "company".into()),
                    ("id", Value::Id(target(d, "company"))),
                    ("via", d.pick(&["direct", "derived"]).into()),
                ])
            }),
            FieldType::Links => some(d, 3, |d| Value::Id(target(d, field.to.as_deref().unwrap()))),
            FieldType::Address => map(&[
                ("city", d.maybe(|d| d.pick(TEXTS).into())),
                ("street", d.maybe(|d| d.pick(TEXTS).into())),
                ("country", d.maybe(|d| d.pick(&["IT", "DE"]).into())),
            ]),
            FieldType::Emails => contacts(d, "address", MAILS),
            FieldType::Phones => contacts(d, "number", PHONES),
            FieldType::Texts => some(d, 3, |d| d.pick(TEXTS).into()),
            FieldType::Rows => some(d, 3, |d| Value::Map(field.parts.iter().map(|p| (p.name.clone(), World::value(p, d))).collect())),
            FieldType::Email => d.pick(MAILS).into(),
            FieldType::Phone => d.pick(PHONES).into(),
            _ => d.pick(TEXTS).into(),
        })
    }

    pub fn seen<'a>(&'a self, record: &'a Record, is_limited: bool) -> Seen<'a> {
        Seen { world: self, record, is_limited }
    }

    fn may_see(&self, id: Id) -> bool {
        self.visible.get(&id).copied().unwrap_or(true)
    }
}

fn some(dice: &mut Dice, most: usize, mut item: impl FnMut(&mut Dice) -> Value) -> Value {
    let mut items: Vec<Value> = Vec::new();
    for _ in 0..dice.roll(most + 1) {
        let next = item(dice);
        if !items.contains(&next) {
            items.push(next);
        }
    }
    if items.is_empty() { Value::Null } else { Value::List(items) }
}

fn number(dice: &mut Dice, scale: u32) -> Number {
    dice.pick(NUMBERS).parse::<Number>().unwrap().round_to(scale)
}

fn money(dice: &mut Dice) -> Value {
    let amount = number(dice, 4);
    let currency = Currency::parse(dice.pick(&["EUR", "USD"])).unwrap();
    let base = (dice.roll(5) > 0).then(|| if currency.as_str() == "EUR" { amount } else { number(dice, 4) });
    Value::Money(Money { amount, currency, base })
}

fn target(dice: &mut Dice, object: &str) -> Id {
    match object {
        "company" => id(0, u8::try_from(dice.roll(8)).unwrap()),
        "user" => id(1, u8::try_from(dice.roll(4)).unwrap()),
        "team" => id(2, u8::try_from(dice.roll(3)).unwrap()),
        "tag" => id(3, u8::try_from(dice.roll(4)).unwrap()),
        _ => id(4, u8::try_from(dice.roll(48)).unwrap()),
    }
}

fn contacts(dice: &mut Dice, key: &str, from: &[&str]) -> Value {
    let Value::List(mut rows) = some(dice, 3, |d| {
        map(&[
            (key, d.pick(from).into()),
            ("kind", d.pick(&["work", "personal"]).into()),
            ("primary", false.into()),
            ("state", d.pick(&["ok", "bounced"]).into()),
            ("state_since", d.maybe(|d| Value::Instant(d.pick(INSTANTS).parse().unwrap()))),
        ])
    }) else {
        return Value::Null;
    };
    let primary = dice.roll(rows.len());
    if let Value::Map(row) = &mut rows[primary] {
        row.insert("primary".to_string(), true.into());
    }
    Value::List(rows)
}

/// A record with what the caller may see of it.
pub struct Seen<'a> {
    world: &'a World,
    record: &'a Record,
    is_limited: bool,
}

impl Seen<'_> {
    /// Links to what may not be seen lead nowhere.
    fn masked(&self, value: &Value) -> Value {
        match value {
            Value::Id(id) if !self.world.may_see(*id) => Value::Null,
            Value::List(items) => {
                let items: Vec<Value> = items
                    .iter()
                    .map(|i| if i.part("object").is_null() { self.masked(i) } else { i.clone() })
                    .filter(|i| !i.is_null())
                    .collect();
                Value::List(items)
            }
            Value::Map(parts) => Value::Map(parts.iter().map(|(n, v)| (n.clone(), self.masked(v))).collect()),
            other => other.clone(),
        }
    }
}

impl Source for Seen<'_> {
    fn field(&self, name: &str) -> Value {
        match name {
            "id" => Value::Id(self.record.id),
            "version" => Value::Int(3),
            _ => {
                let value = &self.record.values[name];
                if self.is_limited { self.masked(value) } else { value.clone() }
            }
        }
    }
    fn record(&self, object: &str, id: Id) -> Result<Option<Box<dyn Source + '_>>> {
        let Some(record) = self.world.records.get(&id).filter(|r| r.object == object && !r.is_deleted) else { return Ok(None) };
        if self.is_limited && !self.world.may_see(id) {
            return Ok(None);
        }
        Ok(Some(Box::new(self.world.seen(record, self.is_limited))))
    }
    fn related(&self, object: &str, by: &str) -> Result<Vec<Box<dyn Source + '_>>> {
        let own = Value::Id(self.record.id);
        let links = |r: &&Record| r.values[by] == own || r.values[by].as_list().contains(&own);
        let living = self.world.of(object).filter(|r| !r.is_deleted && (!self.is_limited || self.world.may_see(r.id)));
        Ok(living.filter(links).map(|r| -> Box<dyn Source> { Box::new(self.world.seen(r, self.is_limited)) }).collect())
    }
}

/// The databases of a test; nothing of them stays behind.
pub struct Stores {
    folder: PathBuf,
    workspace: String,
    all: Vec<Store>,
}

impl Deref for Stores {
    type Target = [Store];
    fn deref(&self) -> &[Store] {
        &self.all
    }
}

impl Drop for Stores {
    fn drop(&mut self) {
        for store in self.all.drain(..).filter(|store| store.dialect() == Dialect::Postgres) {
            let sql = Sql::raw(Dialect::Postgres, format!("drop schema \"{}\" cascade", self.workspace));
            let _ = store.write(move |tx: &mut Tx| tx.define(&sql));
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The world in every database there is for tests.
pub fn stores(world: &World) -> Stores {
    let folder = std::env::temp_dir().join(format!("legame-expression-{}", Id::new()));
    let workspace = format!("e{}", Id::new().to_string().replace('-', ""));
    let places = std::iter::once(folder.to_string_lossy().into_owned()).chain(std::env::var("TEST_POSTGRES_URL").ok());
    let all = places
        .map(|place| {
            let options = Options { workspace: workspace.clone(), connections: 2, ..Options::default() };
            let store = Store::open(&Location::parse(&place).unwrap(), &options).unwrap();
            let statements = statements(world, &store);
            store
                .write(move |tx: &mut Tx| {
                    for (is_definition, sql) in &statements {
                        if *is_definition {
                            tx.define(sql)?;
                        } else {
                            tx.execute(sql)?;
                        }
                    }
                    Ok(())
                })
                .unwrap();
            store
        })
        .collect();
    Stores { folder, workspace, all }
}

fn statements(world: &World, store: &Store) -> Vec<(bool, Sql)> {
    let dialect = store.dialect();
    let mut all: Vec<(bool, Sql)> =
        plan::tables(&world.model).iter().flat_map(|t| table::create(dialect, t)).map(|sql| (true, sql)).collect();
    let mut insert = |table: &str, row: &[(String, Param)]| {
        let mut sql = Sql::new(dialect);
        sql.push("insert into ").push_ident(table).push(" (");
        for (i, (name, _)) in row.iter().enumerate() {
            sql.push(if i == 0 { "" } else { ", " }).push_ident(name);
        }
        sql.push(") values (").bind_each(row.iter().map(|(_, param)| param.clone())).push(")");
        all.push((false, sql));
    };
    let mut records: Vec<&Record> = world.records.values().collect();
    records.sort_by_key(|r| r.id);
    for record in records {
        let object = world.model.object(record.object).unwrap();
        let at = |name: &str| Param::from(record.values[name].as_instant());
        let by = |name: &str| Param::from(record.values[name].as_id());
        let mut row: Vec<(String, Param)> = vec![
            ("id".into(), record.id.into()),
            ("version".into(), 3_i64.into()),
            ("created_at".into(), at("created_at")),
            ("created_by".into(), by("created_by")),
            ("updated_at".into(), at("updated_at")),
            ("updated_by".into(), by("updated_by")),
            ("deleted_at".into(), record.is_deleted.then_some(world.scope.now).into()),
        ];
        for (name, value) in &record.values {
            let field = object.field(name).unwrap();
            let kind = kind(field.kind);
            if let Some(child) = kind.child(object, field) {
                kind.store_children(field, record.id, value).iter().for_each(|row| insert(&child.name, row));
            } else if !row.iter().any(|(n, _)| n == name) {
                kind.store(field, value, &mut row);
            }
        }
        insert(&object.name, &row);
    }
    all
}
