//! A Legame of its own for each test: real router, real database, people of each role.
//!
//! Runs on SQLite in a temporary folder; on PostgreSQL in a schema of its own where `TEST_POSTGRES_URL` is set. Tests
//! that say `both(|app| …)` run on each. A [`Setting`] asks for other modules or an empty workspace.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use base::Id;
use kernel::workspace::Options;
use kernel::{Ctx, Engine, Module, record, session, user};
use serde_json::{Value, json};
use store::{Location, Sql, Tx};
use tower::ServiceExt;

use crate::modules::MODULES;

pub struct App {
    pub engine: Arc<Engine>,
    pub router: Router,
    pub runtime: tokio::runtime::Runtime,
    folder: PathBuf,
    /// The schema that is dropped in the end.
    schema: Option<String>,
    /// What it was opened with.
    options: Options,
    admin: String,
}

/// What a workspace begins with.
pub struct Setting {
    pub modules: &'static [&'static Module],
    pub demo: bool,
    /// With a first administrator; without, nobody has set the workspace up.
    pub has_people: bool,
    pub http: http::Options,
}

impl Default for Setting {
    fn default() -> Self {
        let http = http::Options {
            imports: Some(&crate::imports::IMPORTS),
            remove_sample: Some(crate::imports::remove_sample),
            ..http::Options::default()
        };
        Setting { modules: MODULES, demo: false, has_people: true, http }
    }
}

/// Runs a test on every database there is.
pub fn both(test: impl Fn(&App)) {
    both_with(&Setting::default(), test);
}

/// As [`both`], in a workspace that begins otherwise.
pub fn both_with(setting: &Setting, test: impl Fn(&App)) {
    let app = App::open(setting, None);
    test(&app);
    drop(app);
    if let Some(url) = postgres() {
        test(&App::open(setting, Some(url)));
    }
}

pub fn postgres() -> Option<String> {
    std::env::var("TEST_POSTGRES_URL").ok()
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("not JSON ({e}): {}", String::from_utf8_lossy(&self.body)))
    }
    /// Fails with the answer's text when the status is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.body));
        if self.body.is_empty() { Value::Null } else { self.json() }
    }
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_string()
    }
}

impl App {
    pub fn open(setting: &Setting, postgres: Option<String>) -> App {
        let name = format!("legame_test_{}", base::Id::new().to_string().replace('-', "_"));
        let folder = std::env::temp_dir().join(&name);
        let schema = postgres.is_some().then(|| name.clone());
        let location = match postgres {
            Some(url) => Location::Postgres(url),
            None => Location::Folder(folder.clone()),
        };
        let workspace = schema.clone().unwrap_or_else(|| "main".into());
        let store = store::Options { workspace, connections: 4, ..store::Options::default() };
        let options = Options { location, files: folder.join("files"), modules: setting.modules, demo: setting.demo, store };
        let engine = Engine::open(&options).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let router = {
            let _guard = runtime.enter();
            http::router(Arc::clone(&engine), setting.http.clone())
        };
        let mut app = App { engine, router, runtime, folder, schema, options, admin: String::new() };
        if setting.has_people {
            app.admin = app.token("admin@acme.example", "administrator");
        }
        app
    }

    /// Any work of the engine itself, in a transaction.
    pub fn system<T: Send + 'static>(&self, work: impl Fn(&Ctx, &mut Tx) -> base::Result<T> + Send + 'static) -> T {
        let ctx = Ctx::system(&self.engine);
        self.engine.store().write(move |tx| work(&ctx, tx)).unwrap()
    }

    /// Adds a person with some roles and answers his id.
    pub fn hire(&self, email: &str, roles: &[&str]) -> Id {
        let (email, roles): (String, Vec<String>) = (email.to_string(), roles.iter().map(|r| (*r).to_string()).collect());
        self.system(move |ctx, tx| {
            let roles = roles.iter().map(|r| user::role_by_name(tx, r).map(|id| id.to_string())).collect::<base::Result<Vec<_>>>()?;
            let name = email.split('@').next().unwrap_or_default().to_string();
            let input = json!({"email": email, "name": name, "status": "active", "roles": roles});
            Ok(record::create(ctx, tx, "user", input.as_object().unwrap())?.id)
        })
    }
    pub fn token_of(&self, user: Id, scopes: &[&str]) -> String {
        let scopes: Vec<String> = scopes.iter().map(|s| (*s).to_string()).collect();
        self.system(move |ctx, tx| kernel::token::create(ctx, tx, user, "test", &scopes, None))
    }
    /// Adds a person of a role and answers a token of his.
    pub fn token(&self, email: &str, role: &str) -> String {
        self.token_of(self.hire(email, &[role]), &[])
    }

    pub fn admin(&self) -> Client<'_> {
        self.bearer(&self.admin)
    }
    pub fn anonymous(&self) -> Client<'_> {
        Client { app: self, headers: Vec::new() }
    }
    pub fn bearer(&self, token: &str) -> Client<'_> {
        Client { app: self, headers: vec![("authorization".into(), format!("Bearer {token}"))] }
    }
    /// A new person of a role.
    pub fn person(&self, email: &str, role: &str) -> Client<'_> {
        self.bearer(&self.token(email, role))
    }
    /// Gives a person a password.
    pub fn set_password(&self, user: Id, password: &str) {
        let hash = session::hash_password(password).unwrap();
        self.system(move |ctx, tx| session::set_password(ctx, tx, user, &hash));
    }
    /// Gives a person a password, signs him in with it, and answers his browser.
    pub fn let_in(&self, user: Id, email: &str, password: &str) -> Client<'_> {
        self.set_password(user, password);
        let answer = self.anonymous().post("/api/v1/session", &json!({"email": email, "password": password}));
        assert_eq!(answer.status, 200, "{}", answer.text());
        self.browser(&answer)
    }
    /// The browser of somebody who was let in by this answer.
    pub fn browser(&self, signed_in: &Answer) -> Client<'_> {
        let cookie = signed_in.header("set-cookie").split(';').next().unwrap().to_string();
        let csrf = signed_in.json()["csrf"].as_str().unwrap().to_string();
        Client { app: self, headers: vec![("cookie".into(), cookie), ("x-csrf-token".into(), csrf)] }
    }
    /// What a second process on the same database is opened with, where there may be one.
    pub fn beside(&self) -> Option<Options> {
        let Options { location, files, modules, demo, store } = &self.options;
        let options = Options { location: location.clone(), files: files.clone(), modules, demo: *demo, store: store.clone() };
        self.is_postgres().then_some(options)
    }
    pub fn is_postgres(&self) -> bool {
        self.schema.is_some()
    }
    /// A number that the database is asked for, past everything.
    pub fn number(&self, sql: &str) -> i64 {
        self.engine.store().read(|tx| Ok(tx.first(&Sql::raw(tx.dialect(), sql), |row| row.must_int(0))?.unwrap_or(0))).unwrap()
    }
    /// Brings the readers of the log to its end. On PostgreSQL that waits for transactions of others, in other schemas
    /// too: only behind the oldest of them is the order of the log certain.
    pub fn settle(&self) {
        let unsettled = "select count(*) from event where xact >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
        let until = Instant::now() + Duration::from_secs(20);
        while self.is_postgres() && self.number(unsettled) > 0 {
            assert!(Instant::now() < until, "somebody's transaction does not end");
            std::thread::sleep(Duration::from_millis(2));
        }
        kernel::reader::catch_up(&self.engine).unwrap();
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if let Some(schema) = self.schema.take() {
            let dropped = self.engine.store().write(move |tx| tx.define(&Sql::raw(tx.dialect(), format!("drop schema {schema} cascade"))));
            if !std::thread::panicking() {
                dropped.unwrap();
            }
        }
        self.engine.store().close();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[derive(Clone)]
pub struct Client<'a> {
    app: &'a App,
    headers: Vec<(String, String)>,
}

impl<'a> Client<'a> {
    /// The same caller, with one header more.
    pub fn with(&self, name: &str, value: &str) -> Client<'a> {
        let mut other = self.without(name);
        other.headers.push((name.to_string(), value.to_string()));
        other
    }
    pub fn without(&self, name: &str) -> Client<'a> {
        Client { app: self.app, headers: self.headers.iter().filter(|(n, _)| n != name).cloned().collect() }
    }
}

impl Client<'_> {
    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(body.into()).unwrap()
    }
    /// The response as it begins, its body still to be read.
    pub fn open(&self, request: Request<Body>) -> Response {
        self.app.runtime.block_on(self.app.router.clone().oneshot(request)).unwrap()
    }
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let request = self.request(method, path, headers, body);
        let router = self.app.router.clone();
        self.app.runtime.block_on(async move {
            let response = router.oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
            Answer { status: parts.status, headers: parts.headers, body }
        })
    }
    pub fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.send(method, path, &[("content-type", "application/json")], body.to_string())
    }
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], Body::empty())
    }
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path, body)
    }
    pub fn patch(&self, path: &str, body: &Value) -> Answer {
        self.call("PATCH", path, body)
    }
    pub fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, &[], Body::empty())
    }
    /// Creates a record and answers it.
    #[track_caller]
    pub fn create(&self, object: &str, body: Value) -> Value {
        self.post(&format!("/api/v1/{object}"), &body).expect(201)
    }
    /// The items of a list; `query` is everything behind the question mark, unencoded values allowed.
    #[track_caller]
    pub fn list(&self, object: &str, query: &[(&str, &str)]) -> Value {
        self.get(&url(object, query)).expect(200)
    }
    #[track_caller]
    pub fn report(&self, body: Value) -> Value {
        self.post("/api/v1/query", &body).expect(200)
    }
    /// The id of the caller.
    pub fn me(&self) -> String {
        self.get("/api/v1/session").expect(200)["user"]["id"].as_str().unwrap().to_string()
    }
}

/// `/api/v1/{path}?name=value…`, percent-encoded.
pub fn url(path: &str, query: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        text.bytes()
            .map(|b| if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect::<String>()
    };
    let parts: Vec<String> = query.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    format!("/api/v1/{path}{}{}", if parts.is_empty() { "" } else { "?" }, parts.join("&"))
}

/// A form as browsers send it: (part, file name, content). Answers the content type and the body.
pub fn multipart(parts: &[(&str, Option<&str>, &[u8])]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map_or_else(String::new, |f| format!("; filename=\"{f}\"\r\nContent-Type: application/octet-stream"));
        body.extend_from_slice(format!("--frontier\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--frontier--\r\n");
    ("multipart/form-data; boundary=frontier".to_string(), body)
}

/// The items of a list, of a timeline, of a search.
pub fn items(answer: &Value) -> &[Value] {
    answer["items"].as_array().unwrap_or_else(|| panic!("no items: {answer}"))
}

/// Of each problem its field and code.
pub fn told(problem: &Value) -> Vec<(String, String)> {
    let text = |p: &Value, name: &str| p[name].as_str().unwrap_or_default().to_string();
    problem["fields"].as_array().into_iter().flatten().map(|p| (text(p, "field"), text(p, "code"))).collect()
}

/// The id of a record.
pub fn id(record: &Value) -> &str {
    record["id"].as_str().unwrap()
}
