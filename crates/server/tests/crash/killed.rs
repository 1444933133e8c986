//! A server that is killed at any moment loses nothing that it acknowledged, and leaves nothing half done.
//!
//! `LEGAME_CRASHES` sets how often it is killed on each database (10 without it).

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

const LEGAME: &str = env!("CARGO_BIN_EXE_legame");
const WRITERS: usize = 4;

struct Place {
    folder: PathBuf,
    database: Option<String>,
}

impl Place {
    fn command(&self) -> Command {
        let mut command = Command::new(LEGAME);
        command.arg("--data").arg(&self.folder);
        if let Some(url) = &self.database {
            command.args(["--database", url]);
        }
        command
    }
    fn output(&self, arguments: &[&str]) -> String {
        let output = self.command().args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_string()
    }
    fn serve(&self) -> (Child, String) {
        let mut child =
            self.command().args(["serve", "--listen", "127.0.0.1:0"]).env("LEGAME_LOG", "error").stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.map(|l| l.unwrap()).find_map(|l| l.strip_prefix("listening on ").map(str::to_string)).expect("the server listens");
        (child, url)
    }
}

/// A company that was acknowledged: its id and the number of employees that was acknowledged last.
type Acknowledged = Arc<Mutex<Vec<(String, i64)>>>;

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(10))).build().new_agent()
}

fn send(agent: &ureq::Agent, method: &str, url: &str, token: &str, body: &Value) -> Option<Value> {
    let bearer = format!("Bearer {token}");
    let request = match method {
        "PATCH" => agent.patch(url),
        _ => agent.post(url),
    };
    let mut response = request.header("authorization", &bearer).header("content-type", "application/json").send(body.to_string()).ok()?;
    let text = response.body_mut().read_to_string().ok()?;
    if response.status().as_u16() >= 300 { None } else { serde_json::from_str(&text).ok() }
}

fn get(url: &str, token: &str) -> Value {
    let bearer = format!("Bearer {token}");
    let mut response = agent().get(url).header("authorization", &bearer).call().unwrap();
    serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap()
}

/// Creates companies and changes them, as fast as it is answered, until the server is gone.
fn write(url: &str, token: &str, number: usize, done: &Acknowledged, gone: &AtomicBool) {
    let agent = agent();
    let mut count = 0;
    while !gone.load(Ordering::SeqCst) {
        count += 1;
        let name = format!("Writer {number} {count}");
        let Some(made) = send(&agent, "POST", &format!("{url}/api/v1/companies"), token, &json!({"name": name, "employees": 1})) else {
            break;
        };
        let id = made["id"].as_str().unwrap().to_string();
        done.lock().unwrap().push((id.clone(), 1));
        let Some(_) = send(&agent, "PATCH", &format!("{url}/api/v1/companies/{id}"), token, &json!({"employees": 2})) else { break };
        done.lock().unwrap().push((id, 2));
    }
}

fn survive(place: &Place, crashes: u32) {
    place.output(&["user", "add", "--email", "ada@acme.example", "--name", "Ada", "--role", "administrator"]);
    let token = place.output(&["token", "create", "--user", "ada@acme.example"]);
    let acknowledged: Acknowledged = Arc::default();
    // A small generator of its own, so that moments differ from run to run.
    let mut random = u64::from(std::process::id()) | 1;
    for round in 0..crashes {
        let (mut child, url) = place.serve();
        let gone = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..WRITERS)
            .map(|n| {
                let (url, token, done, gone) = (url.clone(), token.clone(), Arc::clone(&acknowledged), Arc::clone(&gone));
                std::thread::spawn(move || write(&url, &token, n, &done, &gone))
            })
            .collect();
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        std::thread::sleep(Duration::from_millis(20 + random % 250));
        child.kill().unwrap();
        child.wait().unwrap();
        gone.store(true, Ordering::SeqCst);
        writers.into_iter().for_each(|w| w.join().unwrap());
        if round % 20 == 19 || round + 1 == crashes {
            check(place, &token, &acknowledged);
        }
    }
}

/// Everything acknowledged is there with its events; no record is without its event and no event without its record.
fn check(place: &Place, token: &str, acknowledged: &Acknowledged) {
    place.output(&["doctor"]);
    let (mut child, url) = place.serve();
    let done = acknowledged.lock().unwrap().clone();
    assert!(!done.is_empty(), "nothing was written between the crashes");
    let mut last: std::collections::HashMap<String, i64> = std::collections::HashMap::new();
    for (id, employees) in done {
        last.insert(id, employees);
    }
    let mut there: std::collections::HashMap<String, Value> = std::collections::HashMap::new();
    let mut cursor = String::new();
    loop {
        let page = get(&format!("{url}/api/v1/companies?limit=500&fields=employees,name&count=none{cursor}"), token);
        for item in page["items"].as_array().unwrap() {
            there.insert(item["id"].as_str().unwrap().to_string(), item.clone());
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    for (id, employees) in &last {
        let company = there.get(id).unwrap_or_else(|| panic!("{id} was acknowledged and is gone"));
        assert!(company["employees"].as_i64().unwrap() >= *employees, "a change of {id} was acknowledged and is gone");
    }
    // Every record has as many events as versions; looked at for a sample, since each is a request.
    for (id, company) in there.iter().take(100) {
        let history = get(&format!("{url}/api/v1/companies/{id}/history"), token);
        let versions: std::collections::BTreeSet<i64> =
            history["items"].as_array().unwrap().iter().map(|h| h["version"].as_i64().unwrap()).collect();
        let version = company["version"].as_i64().unwrap();
        assert_eq!(versions, (1..=version).collect(), "events of {id}");
    }
    Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(child.wait().unwrap().success(), "SIGTERM ends it in order");
}

fn crashes() -> u32 {
    std::env::var("LEGAME_CRASHES").ok().and_then(|n| n.parse().ok()).unwrap_or(10)
}

fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("legame_crash_{}", base::Id::new()))
}

#[test]
fn a_killed_server_on_sqlite_loses_nothing_it_acknowledged() {
    let place = Place { folder: folder(), database: None };
    survive(&place, crashes());
    std::fs::remove_dir_all(&place.folder).unwrap();
}

#[test]
fn a_killed_server_on_postgresql_loses_nothing_it_acknowledged() {
    let Ok(url) = std::env::var("TEST_POSTGRES_URL") else { return };
    let folder = folder();
    let name = format!("crash_{}", base::Id::new().to_string().replace('-', "_"));
    let base = url.rsplit_once('/').unwrap().0.to_string();
    psql(&url, &format!("create database {name}"));
    let place = Place { folder: folder.clone(), database: Some(format!("{base}/{name}")) };
    survive(&place, crashes());
    psql(&url, &format!("drop database {name} with (force)"));
    let _ = std::fs::remove_dir_all(&folder);
}

/// One statement beside Legame, through its own connection.
fn psql(url: &str, statement: &str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute(statement).await.unwrap();
    });
}
