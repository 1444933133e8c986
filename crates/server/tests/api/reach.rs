//! A representative never meets a record outside his role's rule, nor a field that he may not read, by whatever door.
//!
//! Rules are drawn at random, set through the interface, and compared with a plain filter over the same records here.
//! Every answer is searched for the names and ids of everything hidden.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use kernel::{Module, ObjectSource};
use serde_json::{Value, json};

use crate::app::{Answer, App, Client, Setting, both_with, id, items, told, url};

const CLIENT: &str = r#"
# Somebody for whom projects are done.
name = "client"
path = "clients"
title = "name"
owned = true
searched = true
timeline = true

[fields]
name = { type = "text", required = true, search = true, sort = true }
city = { type = "text" }
secret = { type = "text", search = true, access = { representative = "none" } }
projects = { type = "reverse", to = "project", by = "client" }

[access.representative]
read = "true"
create = true
update = "true"
delete = "true"
export = true
bulk = true
"#;

const PROJECT: &str = r#"
# Work for a client.
name = "project"
path = "projects"
title = "name"
owned = true
searched = true
timeline = true

[fields]
name = { type = "text", required = true, search = true, sort = true }
code = { type = "text", unique = true, exact = true }
client = { type = "link", to = "client" }
helpers = { type = "links", to = "user" }
partners = { type = "links", to = "client" }
labels = { type = "choices", options = ["vip", "late", "new"] }
score = { type = "integer" }
city = { type = "text" }
done = { type = "boolean" }
secret = { type = "text", search = true, sort = true, access = { representative = "none" } }
margin = { type = "money", access = { representative = "none" } }
hint = { type = "text", access = { representative = "read" } }

[access.representative]
read = "true"
create = true
update = "true"
delete = "true"
export = true
bulk = true
"#;

static MODULE: Module = Module { name: "test", objects: &[ObjectSource { toml: CLIENT }, ObjectSource { toml: PROJECT }], ..Module::EMPTY };
static MODULES: &[&Module] = &[&customers::MODULE, &sales::MODULE, &MODULE];

fn setting() -> Setting {
    Setting { modules: MODULES, ..Setting::default() }
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())].clone()
    }
}

/// A rule as text for the product and as a plain test here.
enum Rule {
    Mine,
    MyTeams,
    Unowned,
    Score(i64),
    City(&'static str),
    Done,
    Label(&'static str),
    Helped,
    OfClient,
    ClientCity(&'static str),
    ClientMine,
    Not(Box<Rule>),
    And(Box<Rule>, Box<Rule>),
    Or(Box<Rule>, Box<Rule>),
}

const CITIES: &[&str] = &["Roma", "Milano", "Zürich", "Trento"];

impl Rule {
    fn random(dice: &mut Dice, depth: usize, has_client: bool) -> Rule {
        let inner = |dice: &mut Dice| Box::new(Rule::random(dice, depth - 1, has_client));
        match dice.roll(if depth == 0 { if has_client { 11 } else { 4 } } else { 16 }) {
            0 => Rule::Mine,
            1 => Rule::MyTeams,
            2 => Rule::Unowned,
            3 => Rule::City(dice.one(CITIES)),
            11 | 12 => Rule::Not(inner(dice)),
            13 => Rule::And(inner(dice), inner(dice)),
            14 | 15 => Rule::Or(inner(dice), inner(dice)),
            _ if !has_client => Rule::City(dice.one(CITIES)),
            4 => Rule::Score(i64::try_from(dice.roll(10)).unwrap()),
            5 => Rule::Done,
            6 => Rule::Label(dice.one(&["vip", "late", "new"])),
            7 => Rule::Helped,
            8 => Rule::OfClient,
            9 => Rule::ClientCity(dice.one(CITIES)),
            _ => Rule::ClientMine,
        }
    }

    fn text(&self) -> String {
        match self {
            Rule::Mine => "owner == me()".into(),
            Rule::MyTeams => "team in my_teams()".into(),
            Rule::Unowned => "!has(owner)".into(),
            Rule::Score(n) => format!("score > {n}"),
            Rule::City(city) => format!("city == \"{city}\""),
            Rule::Done => "done".into(),
            Rule::Label(label) => format!("\"{label}\" in labels"),
            Rule::Helped => "me() in helpers".into(),
            Rule::OfClient => "has(client)".into(),
            Rule::ClientCity(city) => format!("client.city == \"{city}\""),
            Rule::ClientMine => "client.owner == me()".into(),
            Rule::Not(rule) => format!("!({})", rule.text()),
            Rule::And(a, b) => format!("({}) && ({})", a.text(), b.text()),
            Rule::Or(a, b) => format!("({}) || ({})", a.text(), b.text()),
        }
    }

    /// What is absent makes a comparison false; `!` turns that round.
    fn holds(&self, record: &Value, world: &World) -> bool {
        let client = || record["client"].as_str().and_then(|id| world.clients.get(id));
        let has = |list: &str, one: &str| record[list].as_array().is_some_and(|l| l.iter().any(|v| v == one));
        match self {
            Rule::Mine => record["owner"] == world.me,
            Rule::MyTeams => record["team"] == world.team,
            Rule::Unowned => record["owner"].is_null(),
            Rule::Score(n) => record["score"].as_i64().is_some_and(|s| s > *n),
            Rule::City(city) => record["city"] == *city,
            Rule::Done => record["done"] == true,
            Rule::Label(label) => has("labels", label),
            Rule::Helped => has("helpers", &world.me),
            Rule::OfClient => !record["client"].is_null(),
            Rule::ClientCity(city) => client().is_some_and(|c| c["city"] == *city),
            Rule::ClientMine => client().is_some_and(|c| c["owner"] == world.me),
            Rule::Not(rule) => !rule.holds(record, world),
            Rule::And(a, b) => a.holds(record, world) && b.holds(record, world),
            Rule::Or(a, b) => a.holds(record, world) || b.holds(record, world),
        }
    }
}

/// Everything that there is, as the administrator sees it.
struct World<'a> {
    admin: Client<'a>,
    anna: Client<'a>,
    me: String,
    team: String,
    clients: BTreeMap<String, Value>,
    projects: BTreeMap<String, Value>,
    /// In the bin.
    deleted: BTreeMap<String, Value>,
    /// Of changes of single projects.
    correlations: BTreeMap<String, String>,
}

impl<'a> World<'a> {
    fn new(app: &'a App, dice: &mut Dice) -> World<'a> {
        let admin = app.admin();
        let [ours, theirs] = ["Ours", "Theirs"].map(|name| id(&admin.create("teams", json!({"name": name}))).to_string());
        let hire = |name: &str, team: &str| {
            let user = app.hire(&format!("{name}@acme.example"), &["representative"]).to_string();
            admin.patch(&format!("/api/v1/users/{user}"), &json!({"team": team})).expect(200);
            user
        };
        let (me, mate, other) = (hire("anna", &ours), hire("bruno", &ours), hire("carla", &theirs));
        let anna = app.bearer(&app.token_of(me.parse().unwrap(), &[]));
        let owners = [json!(me), json!(mate), json!(other), Value::Null];
        let client = |n: usize, dice: &mut Dice| {
            let body = json!({"name": format!("kunde{n}q common"), "owner": dice.one(&owners), "city": dice.one(CITIES), "secret": format!("sesame{n} common")});
            id(&admin.create("clients", body)).to_string()
        };
        let clients: Vec<String> = (0..8).map(|n| client(n, dice)).collect();
        let mut correlations = BTreeMap::new();
        let mut projects = Vec::new();
        for n in 0..32 {
            let maybe = |dice: &mut Dice| if dice.roll(4) == 0 { Value::Null } else { json!(dice.one(&clients)) };
            let made = admin.create("projects", json!({
                "name": format!("werk{n}q common"), "code": format!("CODE{n}q"), "owner": dice.one(&owners), "client": maybe(dice), "score": dice.roll(10),
                "city": dice.one(CITIES), "done": dice.roll(2) == 0, "labels": if dice.roll(2) == 0 { json!(["vip"]) } else { json!(["late", "new"]) },
                "helpers": if dice.roll(3) == 0 { json!([me, other]) } else { json!([]) }, "partners": [dice.one(&clients)],
                "secret": format!("sesame{n} common"), "margin": {"amount": format!("77{n}.77"), "currency": "EUR"}, "hint": "told",
            }));
            let path = format!("/api/v1/projects/{}", id(&made));
            // A past in the log: other clients and other secrets.
            let changed =
                admin.patch(&path, &json!({"client": maybe(dice), "secret": format!("sesame again {n}"), "score": dice.roll(10)}));
            correlations.insert(id(&made).to_string(), changed.header("x-correlation-id"));
            changed.expect(200);
            projects.push(id(&made).to_string());
        }
        for project in &projects[28..] {
            admin.delete(&format!("/api/v1/projects/{project}")).expect(200);
        }
        let read = |object: &str, bin: &str| -> BTreeMap<String, Value> {
            items(&admin.list(object, &[("limit", "500"), ("bin", bin)])).iter().map(|r| (id(r).to_string(), r.clone())).collect()
        };
        let (clients, projects, deleted) = (read("clients", "false"), read("projects", "false"), read("projects", "true"));
        assert_eq!((projects.len(), deleted.len()), (28, 4));
        World { admin, anna, me, team: ours, clients, projects, deleted, correlations }
    }

    fn set_rule(&self, object: &str, rule: &str) {
        let body = json!({"access": {"representative": {"read": rule}}});
        self.admin.patch(&format!("/api/v1/model/objects/{object}"), &body).expect(200);
    }
}

/// Anna's eyes under a rule: what she may see, and a watch over every answer that she gets.
struct Eyes<'w> {
    world: &'w World<'w>,
    rules: String,
    clients: BTreeSet<String>,
    projects: BTreeSet<String>,
    deleted: BTreeSet<String>,
    /// Names, codes and ids that must not appear.
    hidden: Vec<String>,
    asked: RefCell<usize>,
}

impl<'w> Eyes<'w> {
    fn open(world: &'w World<'w>, of_clients: &Rule, of_projects: &Rule) -> Eyes<'w> {
        world.set_rule("client", &of_clients.text());
        world.set_rule("project", &of_projects.text());
        let seen = |all: &BTreeMap<String, Value>, rule: &Rule| -> BTreeSet<String> {
            all.iter().filter(|(_, r)| rule.holds(r, world)).map(|(id, _)| id.clone()).collect()
        };
        let (clients, projects, deleted) =
            (seen(&world.clients, of_clients), seen(&world.projects, of_projects), seen(&world.deleted, of_projects));
        let mut hidden = Vec::new();
        for (id, record) in world.clients.iter().filter(|(id, _)| !clients.contains(*id)) {
            hidden.extend([id.clone(), record["name"].as_str().unwrap().replace(" common", "")]);
        }
        for (id, record) in world.projects.iter().chain(&world.deleted).filter(|(id, _)| !projects.contains(*id) && !deleted.contains(*id))
        {
            hidden.extend([
                id.clone(),
                record["name"].as_str().unwrap().replace(" common", ""),
                record["code"].as_str().unwrap().to_string(),
            ]);
        }
        let rules = format!("clients: {}; projects: {}", of_clients.text(), of_projects.text());
        Eyes { world, rules, clients, projects, deleted, hidden, asked: RefCell::new(0) }
    }

    fn watch(&self, asked: &str, answer: Answer) -> Answer {
        *self.asked.borrow_mut() += 1;
        let text = answer.text();
        assert!(answer.status.as_u16() < 500, "{asked} under {}: {text}", self.rules);
        for hidden in self.hidden.iter().filter(|h| !asked.contains(h.as_str())) {
            assert!(!text.contains(hidden.as_str()), "{hidden} shows in the answer to {asked} under {}: {text}", self.rules);
        }
        for word in ["sesame", "77", "margin", "secret"].iter().filter(|w| !asked.contains(**w)) {
            // A number may have a 77 in it; an amount of margin has a whole one.
            let word = if *word == "77" { ".77\"" } else { word };
            assert!(!text.contains(word), "{word} shows in the answer to {asked}: {text}");
        }
        answer
    }

    fn get(&self, path: &str, query: &[(&str, &str)]) -> Answer {
        let asked = format!("GET {path} {query:?}");
        self.watch(&asked, self.world.anna.get(&url(path, query)))
    }
    fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.watch(&format!("{method} {path} {body}"), self.world.anna.call(method, &format!("/api/v1/{path}"), body))
    }
    fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, body)
    }

    /// Every id of a list, page by page; no id twice.
    fn pages(&self, object: &str, query: &[(&str, &str)]) -> Vec<String> {
        let mut seen = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let mut query: Vec<(&str, &str)> = query.to_vec();
            query.push(("limit", "5"));
            query.extend(cursor.as_deref().map(|c| ("cursor", c)));
            let page = self.get(object, &query).expect(200);
            seen.extend(ids(&page));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = Some(next.to_string()),
                None => break,
            }
        }
        assert_eq!(seen.iter().collect::<HashSet<_>>().len(), seen.len(), "twice in {object} {query:?} under {}", self.rules);
        seen
    }

    #[track_caller]
    fn are(&self, what: &str, found: impl IntoIterator<Item = String>, wanted: &BTreeSet<String>) {
        assert_eq!(&found.into_iter().collect::<BTreeSet<_>>(), wanted, "{what} under {}", self.rules);
    }

    /// Projects that Anna sees and for which something holds.
    fn those(&self, test: impl Fn(&Value) -> bool) -> BTreeSet<String> {
        self.projects.iter().filter(|id| test(&self.world.projects[*id])).cloned().collect()
    }
    /// The client of a project, if Anna may see it.
    fn client(&self, project: &Value) -> Option<&Value> {
        project["client"].as_str().filter(|id| self.clients.contains(*id)).map(|id| &self.world.clients[id])
    }
}

fn ids(page: &Value) -> Vec<String> {
    items(page).iter().map(|i| id(i).to_string()).collect()
}

fn lists(eyes: &Eyes<'_>) {
    eyes.are("the list", eyes.pages("projects", &[]), &eyes.projects);
    eyes.are("the clients", eyes.pages("clients", &[]), &eyes.clients);
    eyes.are("the bin", ids(&eyes.get("projects", &[("bin", "true")]).expect(200)), &eyes.deleted);
    eyes.are("found by words", eyes.pages("projects", &[("q", "common")]), &eyes.projects);
    eyes.are("as of now", ids(&eyes.get("projects", &[("as_of", "2099-01-01T00:00:00Z"), ("limit", "500")]).expect(200)), &eyes.projects);
    for count in ["exact", "bounded"] {
        let page = eyes.get("projects", &[("count", count), ("limit", "1")]).expect(200);
        assert_eq!(page["count"]["value"], eyes.projects.len(), "{count} under {}", eyes.rules);
    }
    // Ordered by what is hidden: as if it were absent, in both directions.
    for sort in ["client", "-client", "client,-name", "score,-client"] {
        let found = eyes.pages("projects", &[("sort", sort)]);
        eyes.are(sort, found.clone(), &eyes.projects);
        if sort.trim_start_matches('-') == "client" {
            let visible: Vec<bool> = found.iter().map(|id| eyes.client(&eyes.world.projects[id]).is_some()).collect();
            let first_hidden = visible.iter().position(|v| !v).unwrap_or(visible.len());
            assert!(visible[first_hidden..].iter().all(|v| !v), "sorted by {sort} under {}: {visible:?}", eyes.rules);
        }
    }
}

fn links(eyes: &Eyes<'_>) {
    for query in [vec![], vec![("expand", "client.owner,partners,helpers")]] {
        let mut query = query.clone();
        query.push(("limit", "500"));
        let mut shown = items(&eyes.get("projects", &query).expect(200)).to_vec();
        shown.extend(eyes.projects.iter().take(5).map(|id| eyes.get(&format!("projects/{id}"), &query[..query.len() - 1]).expect(200)));
        for project in shown {
            let whole = &eyes.world.projects[id(&project)];
            let hides = |field: &str| project["hidden"].as_array().is_some_and(|h| h.iter().any(|n| n == field));
            let target = project["client"]["id"].as_str().or(project["client"].as_str());
            assert_eq!(target, eyes.client(whole).map(id), "{project}");
            assert_eq!(hides("client"), !whole["client"].is_null() && target.is_none(), "under {}: {project}", eyes.rules);
            let partner = whole["partners"][0].as_str().unwrap();
            let sees = eyes.clients.contains(partner);
            assert_eq!((project["partners"].as_array().unwrap().len(), hides("partners")), (usize::from(sees), !sees), "{project}");
        }
    }
    let clients = eyes.get("clients", &[("expand", "projects"), ("limit", "500")]).expect(200);
    for client in items(&clients) {
        let wanted = eyes.those(|p| p["client"] == client["id"]);
        eyes.are("projects of a client", client["projects"].as_array().unwrap().iter().map(|p| id(p).to_string()), &wanted);
    }
}

fn filters(eyes: &Eyes<'_>) {
    let filtered = |object: &str, filter: &str| eyes.pages(object, &[("filter", filter)]);
    eyes.are(
        "a filter",
        filtered("projects", "score > 4 && !done"),
        &eyes.those(|p| p["score"].as_i64().unwrap() > 4 && p["done"] == false),
    );
    eyes.are(
        "by the client's city",
        filtered("projects", "client.city == \"Roma\""),
        &eyes.those(|p| eyes.client(p).is_some_and(|c| c["city"] == "Roma")),
    );
    eyes.are("without a client", filtered("projects", "!has(client.name)"), &eyes.those(|p| eyes.client(p).is_none()));
    for client in eyes.world.clients.values().take(4) {
        let name = client["name"].as_str().unwrap();
        let of = |p: &Value| eyes.client(p).is_some_and(|c| c["name"] == name);
        for filter in [format!("client.name == \"{name}\""), format!("client == \"{name}\"")] {
            eyes.are(&filter, filtered("projects", &filter), &eyes.those(of));
        }
    }
    let clients_with = |test: &dyn Fn(&Value) -> bool| -> BTreeSet<String> {
        let sees =
            |c: &&String| eyes.projects.iter().any(|p| eyes.world.projects[p]["client"] == c.as_str() && test(&eyes.world.projects[p]));
        eyes.clients.iter().filter(sees).cloned().collect()
    };
    eyes.are("clients with projects", filtered("clients", "projects.exists(p, p.score >= 0)"), &clients_with(&|_| true));
    eyes.are("clients with done projects", filtered("clients", "projects.exists(p, p.done)"), &clients_with(&|p| p["done"] == true));
    eyes.are("clients of size", filtered("clients", "size(projects) > 0"), &clients_with(&|_| true));
}

fn reports(eyes: &Eyes<'_>) {
    let report = |body: Value| eyes.post("query", &body).expect(200)["rows"].as_array().unwrap().clone();
    let all = report(json!({"object": "project", "measures": [{"fn": "count"}, {"fn": "sum", "field": "score"}]}));
    let sum: i64 = eyes.projects.iter().map(|p| eyes.world.projects[p]["score"].as_i64().unwrap()).sum();
    assert_eq!(all[0]["count"], eyes.projects.len());
    assert_eq!(all[0]["sum_score"].as_i64().unwrap_or(0), sum, "under {}", eyes.rules);
    for (field, key) in [("client", "name"), ("client.city", "city")] {
        let rows = report(json!({"object": "project", "group_by": [{"field": field}]}));
        let mut wanted: BTreeMap<String, u64> = BTreeMap::new();
        for project in &eyes.projects {
            let client = eyes.client(&eyes.world.projects[project]);
            *wanted.entry(client.map_or_else(String::new, |c| c[key].as_str().unwrap().to_string())).or_default() += 1;
        }
        let word = |v: &Value| v["title"].as_str().or(v.as_str()).unwrap_or_default().to_string();
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        for row in &rows {
            let twice = found.insert(word(&row[field]), row["count"].as_u64().unwrap());
            assert_eq!(twice, None, "two rows of one group, by {field} under {}: {rows:?}", eyes.rules);
        }
        assert_eq!(found, wanted, "by {field} under {}", eyes.rules);
    }
}

fn files(eyes: &Eyes<'_>) {
    let exported = eyes.post("exports", &json!({"object": "project", "format": "jsonl"}));
    assert_eq!(exported.status, 200, "{}", exported.text());
    let rows: Vec<String> = exported.text().lines().map(|l| id(&serde_json::from_str(l).unwrap()).to_string()).collect();
    eyes.are("the export", rows, &eyes.projects);
    let table = eyes.post("exports", &json!({"object": "project", "format": "csv"})).text();
    let lines = table.lines().filter(|l| l.contains("common")).count();
    assert_eq!(lines, eyes.projects.len(), "{table}");
    let found = eyes.post("search", &json!({"q": "common", "limit": 100})).expect(200);
    let mine: BTreeSet<String> = eyes.projects.union(&eyes.clients).cloned().collect();
    eyes.are("the search", ids(&found), &mine);
}

/// One record at a time: what is hidden answers exactly as what is not there.
fn singles(eyes: &Eyes<'_>) {
    const NOBODY: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
    for (n, project) in eyes.world.projects.keys().enumerate().filter(|(n, _)| n % 3 == 0) {
        let is_seen = eyes.projects.contains(project);
        for part in ["", "/timeline", "/history", "?as_of=2099-01-01T00:00:00Z"] {
            let answer = eyes.get(&format!("projects/{project}{part}"), &[]);
            assert_eq!(answer.status, if is_seen { 200 } else { 404 }, "{part} under {}: {}", eyes.rules, answer.text());
            if is_seen && part == "/history" {
                assert!(answer.text().contains("\"score\""), "{}", answer.text());
            }
        }
        if is_seen {
            continue;
        }
        let same = |method: &str, path: &str, body: Value| {
            let text = |id: &str| {
                let answer =
                    eyes.send(method, &path.replace("{id}", id), &serde_json::from_str(&body.to_string().replace("{id}", id)).unwrap());
                let mut shown: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
                shown["request_id"] = Value::Null;
                if let Some(error) = shown.get_mut("results").and_then(|r| r[0].get_mut("error")) {
                    error["request_id"] = Value::Null;
                }
                (answer.status, shown.to_string().replace(id, "{id}"))
            };
            let (hidden, nobody) = (text(project), text(NOBODY));
            assert_eq!(hidden, nobody, "{method} {path} {body} under {}", eyes.rules);
        };
        same("GET", "projects/{id}", json!({}));
        same("PATCH", "projects/{id}", json!({"score": 1}));
        same("DELETE", "projects/{id}", json!({}));
        same("POST", "projects/batch", json!({"operations": [{"op": "update", "id": "{id}", "values": {"score": 1}}]}));
        same("POST", "projects/{id}/actions/restore", json!({}));
        same("POST", "projects/actions/restore", json!({"ids": ["{id}"]}));
        let undo = eyes.post("undo", &json!({"correlation": eyes.world.correlations[project]}));
        assert_eq!(undo.status, 404, "{}", undo.text());
        // A code that is taken is refused, without saying by whom.
        if n % 2 == 0 {
            let code = eyes.world.projects[project]["code"].as_str().unwrap();
            assert_eq!(
                told(&eyes.post("projects", &json!({"name": "new", "code": code})).expect(422)),
                [("code".into(), "not_unique".into())]
            );
        }
    }
    // A link to what one may not see is a link to what is not there.
    if let (Some(mine), Some(theirs)) = (eyes.projects.first(), eyes.world.clients.keys().find(|c| !eyes.clients.contains(*c))) {
        let already = eyes.world.projects[mine]["client"] == theirs.as_str();
        let link = |target: &str| eyes.send("PATCH", &format!("projects/{mine}?"), &json!({"client": target}));
        if !already {
            let (hidden, nobody) = (link(theirs).expect(422), link(NOBODY).expect(422));
            assert_eq!(hidden["fields"].to_string().replace(theirs.as_str(), ""), nobody["fields"].to_string().replace(NOBODY, ""));
        }
    }
}

/// The nearest name depends on the letters of the wrong one; that it is none of the unreadable ones is watched apart.
fn without_hints(text: &str) -> String {
    let mut parts = text.split("Did you mean").chain([""]);
    let first = parts.next().unwrap_or_default().trim_end().to_string();
    parts.fold(first, |all, part| all.trim_end().trim_end_matches(';').to_string() + part.split_once('?').map_or(part, |(_, rest)| rest))
}

#[test]
fn nothing_outside_a_random_rule_shows_through_any_door() {
    both_with(&setting(), |app| {
        let mut dice = Dice(0x1e9a_3e5d);
        let world = World::new(app, &mut dice);
        let mut sizes = BTreeSet::new();
        for round in 0..10 {
            let of_clients = if round == 0 { Rule::Mine } else { Rule::random(&mut dice, 1, false) };
            let of_projects = if round == 0 { Rule::MyTeams } else { Rule::random(&mut dice, 2, true) };
            let eyes = Eyes::open(&world, &of_clients, &of_projects);
            sizes.insert(eyes.projects.len());
            lists(&eyes);
            links(&eyes);
            filters(&eyes);
            reports(&eyes);
            files(&eyes);
            singles(&eyes);
        }
        assert!(sizes.len() > 4, "the rules differ: {sizes:?}");
    });
}

#[test]
fn a_rule_is_asked_of_a_record_before_it_is_changed_and_an_update_needs_its_own() {
    both_with(&setting(), |app| {
        let mut dice = Dice(77);
        let world = World::new(app, &mut dice);
        world.set_rule("client", "true");
        for _ in 0..6 {
            let rule = Rule::random(&mut dice, 2, true);
            world
                .admin
                .patch(
                    "/api/v1/model/objects/project",
                    &json!({"access": {"representative": {"read": "true", "update": rule.text(), "delete": rule.text()}}}),
                )
                .expect(200);
            for (project, record) in world.projects.iter().filter(|(_, _)| dice.roll(3) == 0) {
                let wanted = if rule.holds(record, &world) { 200 } else { 403 };
                let answer = world.anna.patch(&format!("/api/v1/projects/{project}"), &json!({"name": record["name"]}));
                assert_eq!(answer.status, wanted, "update under {}: {}", rule.text(), answer.text());
                if wanted == 403 {
                    world.anna.delete(&format!("/api/v1/projects/{project}")).expect(403);
                }
            }
        }
    });
}

#[test]
fn a_field_that_one_may_not_read_is_a_field_that_is_not_there() {
    both_with(&setting(), |app| {
        let mut dice = Dice(5);
        let world = World::new(app, &mut dice);
        let eyes = Eyes::open(
            &world,
            &Rule::Or(Box::new(Rule::Mine), Box::new(Rule::Not(Box::new(Rule::Mine)))),
            &Rule::Or(Box::new(Rule::Mine), Box::new(Rule::Not(Box::new(Rule::Mine)))),
        );
        let project = eyes.projects.first().unwrap().clone();
        let one = format!("projects/{project}");
        // Each refusal reads as that of a name that nobody ever had.
        let same = |method: &str, path: &str, body: Value| {
            let ask = |name: &str| {
                let (path, body) = (path.replace("NAME", name), body.to_string().replace("NAME", name));
                let answer = world.anna.call(method, &format!("/api/v1/{path}"), &serde_json::from_str(&body).unwrap());
                let mut shown = answer.json();
                shown["request_id"] = Value::Null;
                if let Some(told) = shown.get_mut("expression") {
                    told[0]["suggestion"] = Value::Null;
                }
                (answer.status.as_u16(), without_hints(&shown.to_string().replace(name, "NAME")))
            };
            let (unreadable, unknown) = (ask("secret"), ask("qwxyzv"));
            assert_eq!(unreadable, unknown, "{method} {path} {body}");
            assert_eq!(unreadable.0, 422, "{method} {path} {body}: {}", unreadable.1);
        };
        for query in ["filter=NAME%20%3D%3D%20%22x%22", "filter=has(NAME)", "sort=NAME", "sort=-NAME", "fields=name,NAME", "expand=NAME"] {
            same("GET", &format!("projects?{query}"), json!({}));
        }
        same("GET", &format!("{one}?fields=NAME"), json!({}));
        same("GET", &format!("{one}?fields=NAME&as_of=2099-01-01T00:00:00Z"), json!({}));
        same("GET", "projects?filter=client.NAME%20%3D%3D%20%22x%22", json!({}));
        same("GET", "clients?filter=projects.exists(p%2C%20p.NAME%20%3D%3D%20%22x%22)", json!({}));
        same("POST", "query", json!({"object": "project", "group_by": [{"field": "NAME"}]}));
        same("POST", "query", json!({"object": "project", "group_by": [{"field": "client.NAME"}]}));
        same("POST", "query", json!({"object": "project", "measures": [{"fn": "count", "field": "NAME"}]}));
        same("POST", "query", json!({"object": "project", "filter": "NAME == \"x\""}));
        same("POST", "exports", json!({"object": "project", "format": "csv", "fields": "name,NAME"}));
        same("POST", "projects", json!({"name": "x", "NAME": "y"}));
        same("PATCH", &one, json!({"NAME": "y"}));
        same("POST", "projects/upsert", json!({"match": "NAME", "values": {"name": "x", "NAME": "y"}}));
        // Words that stand in it only find nothing, for those who may not read it.
        let found = |client: &Client<'_>, q: &str| items(&client.post("/api/v1/search", &json!({"q": q})).expect(200)).len();
        assert!(found(&world.admin, "sesame") > 0);
        assert_eq!(found(&world.anna, "sesame"), 0);
        assert_eq!(items(&world.anna.list("projects", &[("q", "sesame")])).len(), 0);
        assert_eq!(items(&world.anna.list("projects", &[("q", "sesame common")])).len(), 0);
        assert_eq!(items(&world.anna.list("projects", &[("q", "werk1q common")])).len(), 1);
        // It is in no description, and no past of the record tells it.
        eyes.get("model", &[]);
        eyes.get("openapi.json", &[]);
        for part in ["timeline", "history"] {
            assert!(!items(&eyes.get(&format!("{one}/{part}"), &[]).expect(200)).is_empty());
        }
        // What may be read but not written is refused by its name, and undo is no way round.
        assert_eq!(eyes.get(&one, &[]).expect(200)["hint"], "told");
        assert_eq!(told(&eyes.send("PATCH", &one, &json!({"hint": "x"})).expect(422)), [("hint".into(), "read_only".into())]);
        let path = format!("/api/v1/{one}");
        let before = world.admin.get(&path).expect(200);
        for change in [json!({"secret": "sesame new"}), json!({"hint": "new"}), json!({"margin": {"amount": "1", "currency": "EUR"}})] {
            let changed = world.admin.patch(&path, &change);
            let correlation = changed.header("x-correlation-id");
            let name = change.as_object().unwrap().keys().next().unwrap().clone();
            let value = changed.expect(200)[&name].clone();
            let undone = world.anna.post("/api/v1/undo", &json!({"correlation": correlation}));
            assert!(undone.status.is_client_error(), "{name}: {}", undone.text());
            assert_eq!(world.admin.get(&path).expect(200)[&name], value, "{name} was {}", before[&name]);
        }
    });
}
