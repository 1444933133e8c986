//! What is measured: the requests of `docs/performance.md`, each with its budget.

use base::{Error, Result};
use serde_json::{Value as Json, json};

use crate::load::{Call, Target, Times};
use crate::process;
use crate::work;

/// Clients that ask at once.
pub const CLIENTS: usize = 8;
const SECONDS: u64 = 6;

pub struct Outcome {
    pub name: String,
    pub budget: &'static str,
    pub times: Times,
    /// Processor time of the server for one request, where it runs on this machine.
    pub server_ms: Option<f64>,
}

/// Ids and words that the cases need, read from the server itself.
pub struct Known {
    pub contacts: Vec<String>,
    pub companies: Vec<String>,
    /// The open ones of one pipeline, in their order.
    pub stages: Vec<String>,
    pub pipeline: String,
}

fn known(target: &Target) -> Result<Known> {
    let page = target.get("/api/v1/contacts?limit=200&fields=name,company&count=none")?;
    let column = |json: &Json, name: &str| {
        let items = json.get("items").and_then(Json::as_array).cloned().unwrap_or_default();
        items.iter().filter_map(|i| i.get(name).and_then(Json::as_str).map(str::to_string)).collect::<Vec<_>>()
    };
    let stages = target.get("/api/v1/stages?filter=kind%20%3D%3D%20%22open%22&sort=position&limit=10")?;
    let contacts = column(&page, "id");
    if contacts.is_empty() {
        return Err(Error::invalid("There are no contacts to measure with"));
    }
    let pipelines = column(&stages, "pipeline");
    let pipeline = pipelines.first().cloned().unwrap_or_default();
    let stages = column(&stages, "id").into_iter().zip(&pipelines).filter(|(_, of)| **of == pipeline).map(|(stage, _)| stage).collect();
    Ok(Known { contacts, companies: column(&page, "company"), stages, pipeline })
}

pub fn get(path: String) -> Call {
    Call { method: "GET", path, body: None }
}

pub fn query(body: Json) -> Call {
    Call { method: "POST", path: "/api/v1/query".to_string(), body: Some(body) }
}

/// Count, sum and weighted sum of the deals at each stage.
pub fn by_stage(filter: &str) -> Call {
    let measures = json!([{"fn": "count"}, {"fn": "sum", "field": "amount"}, {"fn": "sum", "field": "weighted"}]);
    query(json!({"object": "deal", "filter": filter, "group_by": [{"field": "stage"}], "measures": measures}))
}

/// The same of one's own open deals together.
pub fn my_numbers() -> Call {
    let measures = json!([{"fn": "count"}, {"fn": "sum", "field": "amount"}, {"fn": "sum", "field": "weighted"}]);
    query(json!({"object": "deal", "filter": "owner == me() && status == \"open\"", "measures": measures}))
}

/// How many of the deals at each stage have stood too long.
pub fn stuck(filter: &str) -> Call {
    let filter = format!("{filter} && temperature == \"rotten\"");
    query(json!({"object": "deal", "filter": filter, "group_by": [{"field": "stage"}], "measures": [{"fn": "count"}]}))
}

type Case<'a> = (&'static str, &'static str, Box<dyn Fn(usize) -> Call + Sync + 'a>);

/// Runs every case with eight clients, without a pause; then lets eight people work. `pid` is the server's, for its
/// processor time.
pub fn run(target: &Target, people: &[Target], pid: Option<u32>, tell: &mut dyn FnMut(&Outcome)) -> Result<()> {
    let known = known(target)?;
    let contact = |n: usize| known.contacts.get(n % known.contacts.len()).cloned().unwrap_or_default();
    let cities = ["Trento", "Roma", "London", "Leeds", "%E4%B8%8A%E6%B5%B7", "Verona"];
    let city = move |n: usize| cities.get(n % cities.len()).copied().unwrap_or("Roma");
    let words = ["ross", "wang%20xiao", "giulia%20fer", "%E6%99%93%E6%98%8E", "p77", "marsh"];
    let word = move |n: usize| words.get(n % words.len()).copied().unwrap_or("ross");
    let cases: Vec<Case<'_>> = vec![
        ("get one contact", "1.5 × bare", Box::new(|n| get(format!("/api/v1/contacts/{}", contact(n))))),
        (
            "page of 50, filtered and sorted",
            "1.5 × bare",
            Box::new(move |n| {
                get(format!("/api/v1/contacts?filter=city%20%3D%3D%20%22{}%22&sort=-created_at&limit=50&count=none", city(n)))
            }),
        ),
        ("page of 50 by name", "p95 < 50 ms", Box::new(|_| get("/api/v1/contacts?sort=name&limit=50".to_string()))),
        (
            "board column with company and owner",
            "p95 < 50 ms",
            Box::new(|_| {
                let stage = known.stages.first().map_or("", String::as_str);
                let filter = format!("stage%20%3D%3D%20%22{stage}%22%20%26%26%20status%20%3D%3D%20%22open%22");
                get(format!(
                    "/api/v1/deals?filter={filter}&sort=next_activity_at&expand=company,owner&fields=name,company,amount,owner,next_activity_at&limit=60&count=none"
                ))
            }),
        ),
        (
            "search",
            "p95 < 50 ms",
            Box::new(move |n| Call {
                method: "POST",
                path: "/api/v1/search".to_string(),
                body: serde_json::from_str(&format!("{{\"q\": \"{}\"}}", decode(word(n)))).ok(),
            }),
        ),
        ("timeline", "p95 < 50 ms", Box::new(|n| get(format!("/api/v1/contacts/{}/timeline", contact(n))))),
        ("pipeline report", "< 300 ms", Box::new(|_| by_stage("status == \"open\""))),
        (
            "stuck cards of a board's columns",
            "p95 < 300 ms",
            Box::new(|_| stuck(&format!("status == \"open\" && pipeline == \"{}\"", known.pipeline))),
        ),
        (
            "single writes, durable",
            "≥ 1,000/s on SQLite",
            Box::new(|n| Call {
                method: "POST",
                path: "/api/v1/companies".to_string(),
                body: Some(json!({"name": format!("Written {n}")})),
            }),
        ),
    ];
    for (name, budget, make) in &cases {
        tell(&measure(target, pid, name, budget, make.as_ref()));
    }
    if let Some(person) = people.first() {
        let list = |_: usize| get("/api/v1/deals?sort=-amount&limit=50".to_string());
        tell(&measure(person, pid, "list with a record permission on", "p95 < 50 ms", &list));
        let search = |n: usize| Call { method: "POST", path: "/api/v1/search".to_string(), body: Some(json!({"q": decode(word(n))})) };
        tell(&measure(person, pid, "search with a record permission on", "p95 < 50 ms", &search));
        // What the screens of a representative ask.
        let mine = "owner%20%3D%3D%20me()%20%26%26%20status%20in%20%5B%22open%22%2C%20%22overdue%22%5D";
        let due = "due_on%20%3C%3D%20today()%20%2B%20days(7)";
        let today = |_: usize| {
            get(format!("/api/v1/activities?filter={mine}%20%26%26%20{due}&sort=due_on,due_at&limit=200&expand=about&count=none"))
        };
        tell(&measure(person, pid, "today: what is due", "p95 < 300 ms", &today));
        let numbers = |_: usize| my_numbers();
        tell(&measure(person, pid, "today: my numbers", "p95 < 300 ms", &numbers));
        let totals = |_: usize| by_stage("status == \"open\"");
        tell(&measure(person, pid, "totals of a board with a record permission on", "p95 < 300 ms", &totals));
        let page = |n: usize| get(format!("/api/v1/contacts/{}?expand=company,owner,team", contact(n)));
        tell(&measure(person, pid, "record page", "p95 < 300 ms", &page));
        work::run(people, &known, tell)?;
    }
    Ok(())
}

fn measure(target: &Target, pid: Option<u32>, name: &'static str, budget: &'static str, make: &(dyn Fn(usize) -> Call + Sync)) -> Outcome {
    let before = pid.and_then(process::processor_ms);
    let times = target.run(CLIENTS, SECONDS, usize::MAX, make);
    let after = pid.and_then(process::processor_ms);
    let requests = f64::from(u32::try_from(times.count().max(1)).unwrap_or(u32::MAX));
    let server_ms = before.zip(after).map(|(b, a)| (a - b) / requests);
    Outcome { name: name.to_string(), budget, times, server_ms }
}

/// `%xx` back to text.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair: Vec<u8> = rest.by_ref().take(2).collect();
            let hex = String::from_utf8(pair).ok().and_then(|h| u8::from_str_radix(&h, 16).ok());
            bytes.extend(hex);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
