//! A Legame of its own for each test: real router, real database, people of each role.
//!
//! Runs on SQLite in a temporary folder; on PostgreSQL in a schema of its own where `TEST_POSTGRES_URL` is set. Tests
//! that say `both(|app| …)` run on each.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use kernel::workspace::Options;
use kernel::{Ctx, Engine, record};
use serde_json::{Value, json};
use store::Location;
use tower::ServiceExt;

use crate::modules::MODULES;

pub struct App {
    pub engine: Arc<Engine>,
    pub router: Router,
    runtime: tokio::runtime::Runtime,
    folder: PathBuf,
    admin: String,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// Runs a test on every database there is.
pub fn both(test: impl Fn(&App)) {
    let app = App::open(None);
    test(&app);
    drop(app);
    if let Ok(url) = std::env::var("TEST_POSTGRES_URL") {
        let app = App::open(Some(url));
        test(&app);
    }
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
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_string()
    }
}

impl App {
    fn open(postgres: Option<String>) -> App {
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let name = format!("legame_test_{}_{number}", std::process::id());
        let folder = std::env::temp_dir().join(&name);
        let location = match &postgres {
            Some(url) => Location::Postgres(url.clone()),
            None => Location::Folder(folder.clone()),
        };
        let store = store::Options { workspace: if postgres.is_some() { name } else { "main".into() }, connections: 4, ..store::Options::default() };
        let options = Options { location, files: folder.join("files"), modules: MODULES, demo: false, store };
        let engine = Engine::open(&options).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let router = {
            let _guard = runtime.enter();
            http::router(Arc::clone(&engine), http::Options::default())
        };
        let mut app = App { engine, router, runtime, folder, admin: String::new() };
        app.admin = app.token("admin@acme.example", "administrator");
        app
    }

    /// Adds a person of a role and answers a token of his.
    pub fn token(&self, email: &str, role: &str) -> String {
        let ctx = Ctx::system(&self.engine);
        let (email, role) = (email.to_string(), role.to_string());
        self.engine
            .store()
            .write(move |tx| {
                let role = kernel::user::role_by_name(tx, &role)?;
                let name = email.split('@').next().unwrap_or_default().to_string();
                let input = json!({"email": email, "name": name, "status": "active", "roles": [role.to_string()]});
                let user = record::create(&ctx, tx, "user", input.as_object().unwrap())?;
                kernel::token::create(&ctx, tx, user.id, "test", &[], None)
            })
            .unwrap()
    }

    pub fn admin(&self) -> Client<'_> {
        Client { app: self, token: Some(self.admin.clone()) }
    }
    pub fn anonymous(&self) -> Client<'_> {
        Client { app: self, token: None }
    }
    /// A new person of a role.
    pub fn person(&self, email: &str, role: &str) -> Client<'_> {
        let token = self.token(email, role);
        Client { app: self, token: Some(token) }
    }
    /// Brings the readers of the log to its end.
    pub fn settle(&self) {
        kernel::reader::catch_up(&self.engine).unwrap();
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.engine.store().close();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub struct Client<'a> {
    app: &'a App,
    token: Option<String>,
}

impl Client<'_> {
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).unwrap();
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
    #[track_caller]
    pub fn act(&self, object: &str, record: &Value, action: &str, input: Value) -> Value {
        let id = record["id"].as_str().unwrap();
        self.post(&format!("/api/v1/{object}/{id}/actions/{action}"), &input).expect(200)
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

/// The id of a record.
pub fn id(record: &Value) -> &str {
    record["id"].as_str().unwrap()
}
