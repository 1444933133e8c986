//! A workspace of its own for each test: in a temporary folder, or in a schema where `TEST_POSTGRES_URL` is set.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use kernel::workspace::Options;
use kernel::{Ctx, Engine, Module, ObjectSource, record, session, setting, token, user};
use serde_json::{Value, json};
use store::Location;
use tower::ServiceExt;

const CONTACT: &str = r#"
# A person.
name = "contact"
path = "contacts"
label = ["Contact", "Contacts"]
icon = "user"
title = "name"
owned = true
searched = true

[fields]
name = { type = "text", required = true, max = 200, search = true, sort = true }
emails = { type = "emails" }
email = { type = "email", alias_of = "emails.address" }
code = { type = "text", unique = true, exact = true }
city = { type = "text", max = 100 }
amount = { type = "money" }
secret = { type = "text", access = { representative = "none" } }
phase = { type = "choice", options = ["early", "late"] }

[access.representative]
read = 'owner == me()'
create = true
update = 'owner == me()'
delete = 'owner == me()'
export = true
bulk = false

[access.read_only]
read = "false"
"#;

pub static MODULE: Module = Module { name: "test", objects: &[ObjectSource { toml: CONTACT }], ..Module::EMPTY };
static MODULES: &[&Module] = &[&MODULE];

pub const PASSWORD: &str = "a long enough password";

pub struct App {
    pub engine: Arc<Engine>,
    pub router: Router,
    folder: PathBuf,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("not JSON ({e}): {}", self.text()))
    }
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
    #[track_caller]
    pub fn expect(self, status: u16) -> Answer {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_string()
    }
}

impl App {
    /// A workspace that is set up, without people.
    pub fn open() -> App {
        App::with(false, true)
    }

    pub fn with(demo: bool, is_set_up: bool) -> App {
        let name = format!("legame_http_{}", base::Id::new().to_string().replace('-', "_"));
        let folder = std::env::temp_dir().join(&name);
        let postgres = std::env::var("TEST_POSTGRES_URL").ok();
        let location = postgres.clone().map_or_else(|| Location::Folder(folder.clone()), Location::Postgres);
        let workspace = if postgres.is_some() { name } else { "main".to_string() };
        let store = store::Options { workspace, connections: 4, ..store::Options::default() };
        let options = Options { location, files: folder.join("files"), modules: MODULES, demo, store };
        let engine = std::thread::spawn(move || Engine::open(&options)).join().unwrap().unwrap();
        if is_set_up {
            let mut settings = (*engine.settings()).clone();
            settings.is_set_up = true;
            engine.set_settings(settings.clone());
            in_thread(&engine, move |_, tx| setting::save(tx, &settings));
        }
        let router = http::router(Arc::clone(&engine), http::Options::default());
        App { engine, router, folder }
    }

    /// Adds an active person with a password and answers his id.
    pub fn add(&self, email: &str, role: &str) -> base::Id {
        let (email, role) = (email.to_string(), role.to_string());
        let hash = session::hash_password(PASSWORD).unwrap();
        in_thread(&self.engine, move |ctx, tx| {
            let role = user::role_by_name(tx, &role)?;
            let input = json!({"email": email, "name": email, "status": "active", "roles": [role.to_string()]});
            let user = record::create(ctx, tx, "user", input.as_object().unwrap())?;
            session::set_password(ctx, tx, user.id, &hash)?;
            Ok(user.id)
        })
    }

    pub fn token(&self, user: base::Id, scopes: &[&str]) -> String {
        let scopes: Vec<String> = scopes.iter().map(|s| (*s).to_string()).collect();
        in_thread(&self.engine, move |ctx, tx| token::create(ctx, tx, user, "test", &scopes, None))
    }

    /// A new person of a role, who comes with a token.
    pub fn person(&self, email: &str, role: &str) -> Client<'_> {
        let user = self.add(email, role);
        self.bearer(&self.token(user, &[]))
    }

    pub fn bearer(&self, token: &str) -> Client<'_> {
        Client { app: self, headers: vec![("authorization".into(), format!("Bearer {token}"))] }
    }

    pub fn anonymous(&self) -> Client<'_> {
        Client { app: self, headers: Vec::new() }
    }

    /// A browser that signed in.
    pub async fn browser(&self, email: &str) -> Client<'_> {
        let answer = self.anonymous().post("/api/v1/session", json!({"email": email, "password": PASSWORD})).await.expect(200);
        self.browser_of(&answer)
    }

    pub fn browser_of(&self, answer: &Answer) -> Client<'_> {
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_string();
        let csrf = answer.json()["csrf"].as_str().unwrap().to_string();
        Client { app: self, headers: vec![("cookie".into(), cookie), ("x-csrf-token".into(), csrf)] }
    }

    /// Any write of the engine itself.
    pub fn system<T: Send + 'static>(&self, work: impl Fn(&Ctx, &mut store::Tx) -> base::Result<T> + Send + 'static) -> T {
        in_thread(&self.engine, work)
    }
}

fn in_thread<T: Send + 'static>(engine: &Arc<Engine>, work: impl Fn(&Ctx, &mut store::Tx) -> base::Result<T> + Send + 'static) -> T {
    let engine = Arc::clone(engine);
    let run = move || {
        let ctx = Ctx::system(&engine);
        engine.store().write(move |tx| work(&ctx, tx))
    };
    std::thread::spawn(run).join().unwrap().unwrap()
}

impl Drop for App {
    fn drop(&mut self) {
        let engine = Arc::clone(&self.engine);
        let _ = std::thread::spawn(move || engine.store().close()).join();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[derive(Clone)]
pub struct Client<'a> {
    pub app: &'a App,
    headers: Vec<(String, String)>,
}

impl Client<'_> {
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut headers: Vec<_> = self.headers.iter().filter(|(n, _)| n != name).cloned().collect();
        headers.push((name.to_string(), value.to_string()));
        Client { app: self.app, headers }
    }
    pub fn without(&self, name: &str) -> Self {
        Client { app: self.app, headers: self.headers.iter().filter(|(n, _)| n != name).cloned().collect() }
    }
    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, Vec::new(), None).await
    }
    pub async fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, Vec::new(), None).await
    }
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, body.to_string().into_bytes(), Some("application/json")).await
    }
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send("PATCH", path, body.to_string().into_bytes(), Some("application/json")).await
    }
    pub async fn send(&self, method: &str, path: &str, body: Vec<u8>, content_type: Option<&str>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let response = self.app.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer { status: parts.status, headers: parts.headers, body: to_bytes(body, usize::MAX).await.unwrap().to_vec() }
    }
}
