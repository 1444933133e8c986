//! A workspace of its own for each test of a module: real engine, real database, people of each role.
//!
//! `both(MODULES, |desk| …)` runs a test on SQLite, and on PostgreSQL where `TEST_POSTGRES_URL` is set. A test reads like a
//! story: given records, when action, then records and events. Whatever a test does not expect fails it with the
//! engine's own words.
#![expect(clippy::unwrap_used, clippy::panic, reason = "only tests call this, and a test that stumbles should stop")]

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use base::{Currency, Error, Id, Instant, Result};
use serde_json::{Map, Value as Json, json};
use store::{Location, Sql, Tx};

use crate::ctx::{Ctx, User};
use crate::event::{self, TimelineRequest};
use crate::module::Module;
use crate::query::{self, Count, GetRequest, ListRequest, ReportRequest};
use crate::setting::Settings;
use crate::workspace::{Engine, Options};
use crate::{action, job, reader, record, setting, user};

/// Runs a test on every database there is.
pub fn both(modules: &'static [&'static Module], test: impl Fn(&Desk)) {
    test(&Desk::open(modules, None));
    if let Some(url) = postgres() {
        test(&Desk::open(modules, Some(url)));
    }
}

fn postgres() -> Option<String> {
    std::env::var("TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty())
}

/// A record that a test made; stands in JSON and in filters as its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Made(pub Id);

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl serde::Serialize for Made {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// An engine in Rome, in euros, in English.
pub struct Desk {
    pub engine: Arc<Engine>,
    folder: PathBuf,
    people: Mutex<HashMap<String, Arc<User>>>,
}

/// Opening and people.
impl Desk {
    fn open(modules: &'static [&'static Module], postgres: Option<String>) -> Desk {
        let name = format!("legame_desk_{}", base::Id::new().to_string().replace('-', "_"));
        let folder = std::env::temp_dir().join(&name);
        let workspace = if postgres.is_some() { name } else { "main".to_string() };
        let location = postgres.map_or_else(|| Location::Folder(folder.clone()), Location::Postgres);
        let store = store::Options { workspace, connections: 2, ..store::Options::default() };
        let options = Options { location, files: folder.join("files"), modules, demo: false, store };
        let engine = Engine::open(&options).unwrap_or_else(|e| panic!("{e:?}"));
        let desk = Desk { engine, folder, people: Mutex::default() };
        desk.settle_in();
        desk
    }

    fn settle_in(&self) {
        let settings = Settings {
            currency: Currency::parse("EUR").unwrap(),
            time_zone: "Europe/Rome".to_string(),
            country: "IT".to_string(),
            is_set_up: true,
            ..Settings::fresh().unwrap()
        };
        self.engine.set_settings(settings.clone());
        self.write(move |tx| setting::save(tx, &settings)).unwrap();
    }

    /// The engine itself.
    pub fn system(&self) -> Ctx {
        Ctx::system(&self.engine)
    }
    pub fn admin(&self) -> Ctx {
        self.person("Nadia Ricci", "administrator")
    }
    pub fn admin_at(&self, moment: &str) -> Ctx {
        self.at(&self.admin(), moment)
    }
    /// A person of a role without a team; the same one when named again.
    pub fn person(&self, name: &str, role: &str) -> Ctx {
        self.person_in(name, role, None)
    }
    pub fn person_in(&self, name: &str, role: &str, team: Option<Made>) -> Ctx {
        let known = self.people.lock().unwrap().get(name).cloned();
        let person = known.unwrap_or_else(|| self.hire(name, role, team));
        Ctx::of_user(&self.engine, person)
    }

    fn hire(&self, name: &str, role: &str, team: Option<Made>) -> Arc<User> {
        let (ctx, role) = (self.system(), role.to_string());
        let email = format!("{}@acme.example", name.to_lowercase().replace(' ', "."));
        let input = json!({"name": name, "email": email, "status": "active", "team": team});
        let hired = self.write(move |tx| {
            let mut input = object(&input);
            input.insert("roles".to_string(), json!([user::role_by_name(tx, &role)?.to_string()]));
            let id = record::create(&ctx, tx, "user", &input)?.id;
            user::load(tx, id)?.ok_or_else(|| Error::internal("the person just hired is not there"))
        });
        let hired = Arc::new(hired.unwrap_or_else(|e| panic!("{e:?}")));
        self.people.lock().unwrap().insert(name.to_string(), Arc::clone(&hired));
        hired
    }

    /// The same person in another request: with a correlation of its own, which undo takes.
    pub fn again(&self, ctx: &Ctx) -> Ctx {
        Ctx { correlation: Id::new(), ..ctx.clone() }
    }
    /// The same person at another time.
    pub fn at(&self, ctx: &Ctx, moment: &str) -> Ctx {
        let clock: Instant = moment.parse().unwrap_or_else(|e| panic!("{e:?}"));
        Ctx { clock: Some(clock), ..self.again(ctx) }
    }
    /// What an import does.
    pub fn import(&self, ctx: &Ctx) -> Ctx {
        let origin = crate::ctx::Origin { kind: "import".to_string(), id: None, name: Some("deals.csv".to_string()) };
        Ctx { origin: Some(origin), set_origin: true, ..self.again(ctx) }
    }

    pub fn write<T: Send + 'static>(&self, f: impl FnMut(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        self.engine.store().write(f)
    }
    /// Time goes by: runs the jobs that are due at a moment.
    pub fn wait_until(&self, moment: Instant) {
        job::run_due(&Ctx { clock: Some(moment), ..self.system() }, &|| true);
    }
    /// Brings the readers of the log to its end. On PostgreSQL an event can be read only when every transaction that began
    /// before it has ended, also those of other tests beside this one.
    pub fn settle(&self) {
        for _ in 0..2_000 {
            reader::catch_up(&self.engine).unwrap_or_else(|e| panic!("{e:?}"));
            let text = "select 1 from event e, reader_cursor c where e.xact > c.xact or e.xact = c.xact and e.rid > c.seq limit 1";
            let behind = self.engine.store().read(|tx| tx.first(&Sql::raw(tx.dialect(), text), |_| Ok(())));
            if behind.unwrap_or_else(|e| panic!("{e:?}")).is_none() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("the readers of the log do not come to its end");
    }
}

/// Writing records.
impl Desk {
    #[track_caller]
    pub fn create(&self, ctx: &Ctx, object: &str, input: Json) -> Made {
        self.try_create(ctx, object, input).unwrap_or_else(|e| panic!("{object} was refused: {e:?}"))
    }
    pub fn try_create(&self, ctx: &Ctx, name: &str, input: Json) -> Result<Made> {
        let (ctx, name) = (ctx.clone(), name.to_string());
        self.write(move |tx| record::create(&ctx, tx, &name, &object(&input)).map(|r| Made(r.id)))
    }
    /// What is wrong with a new record, each as `field: code`.
    #[track_caller]
    pub fn refused(&self, ctx: &Ctx, object: &str, input: Json) -> Vec<String> {
        told(self.try_create(ctx, object, input))
    }
    #[track_caller]
    pub fn update(&self, ctx: &Ctx, object: &str, made: Made, input: Json) {
        self.try_update(ctx, object, made, input).unwrap_or_else(|e| panic!("the change of {object} was refused: {e:?}"));
    }
    pub fn try_update(&self, ctx: &Ctx, name: &str, made: Made, input: Json) -> Result<()> {
        let (ctx, name) = (ctx.clone(), name.to_string());
        self.write(move |tx| record::update(&ctx, tx, &name, made.0, &object(&input), None).map(|_| ()))
    }
    #[track_caller]
    pub fn refused_change(&self, ctx: &Ctx, object: &str, made: Made, input: Json) -> Vec<String> {
        told(self.try_update(ctx, object, made, input))
    }
    #[track_caller]
    pub fn delete(&self, ctx: &Ctx, object: &str, made: Made) {
        self.try_delete(ctx, object, made).unwrap_or_else(|e| panic!("deleting {object} was refused: {e:?}"));
    }
    pub fn try_delete(&self, ctx: &Ctx, name: &str, made: Made) -> Result<()> {
        let (ctx, name) = (ctx.clone(), name.to_string());
        self.write(move |tx| record::delete(&ctx, tx, &name, made.0).map(|_| ()))
    }
    #[track_caller]
    pub fn refused_delete(&self, ctx: &Ctx, object: &str, made: Made) -> Vec<String> {
        told(self.try_delete(ctx, object, made))
    }
    /// Runs an action and answers its result.
    #[track_caller]
    pub fn act(&self, ctx: &Ctx, object: &str, made: Made, action: &str, input: Json) -> Json {
        self.try_act(ctx, object, made, action, input, false).unwrap_or_else(|e| panic!("{action} was refused: {e:?}"))
    }
    pub fn try_act(&self, ctx: &Ctx, name: &str, made: Made, verb: &str, input: Json, dry_run: bool) -> Result<Json> {
        let (ctx, name, verb) = (ctx.clone(), name.to_string(), verb.to_string());
        self.write(move |tx| action::run(&ctx, tx, &name, &verb, made.0, &object(&input), dry_run).map(|o| o.result))
    }
    #[track_caller]
    pub fn refused_act(&self, ctx: &Ctx, object: &str, made: Made, action: &str, input: Json) -> Vec<String> {
        told(self.try_act(ctx, object, made, action, input, false))
    }
    /// Takes back all that `of` did; nothing may be refused.
    #[track_caller]
    pub fn undo(&self, ctx: &Ctx, of: &Ctx) {
        let (ctx, correlation) = (self.again(ctx), of.correlation);
        let outcome = self.write(move |tx| record::undo(&ctx, tx, correlation, false)).unwrap_or_else(|e| panic!("{e:?}"));
        assert_eq!(outcome.refused, Vec::<Json>::new(), "undo left something");
    }
}

/// Reading.
impl Desk {
    /// A record as the interface shows it.
    #[track_caller]
    pub fn get(&self, ctx: &Ctx, object: &str, made: Made) -> Json {
        self.try_get(ctx, object, made).unwrap_or_else(|e| panic!("{object} {made}: {e:?}"))
    }
    pub fn try_get(&self, ctx: &Ctx, object: &str, made: Made) -> Result<Json> {
        let mut out = Vec::new();
        self.engine.store().read(|tx| query::get(ctx, tx, object, made.0, &GetRequest::default(), &mut out))?;
        Ok(serde_json::from_slice(&out)?)
    }
    /// Everything that a filter finds.
    #[track_caller]
    pub fn list(&self, ctx: &Ctx, object: &str, filter: &str, sort: &str) -> Vec<Json> {
        let text = |s: &str| Some(s.to_string()).filter(|s| !s.is_empty());
        let request = ListRequest {
            object: object.to_string(),
            filter: text(filter),
            sort: text(sort),
            limit: 500,
            count: Count::None,
            ..ListRequest::default()
        };
        let mut out = Vec::new();
        self.engine.store().read(|tx| query::list(ctx, tx, &request, &mut out)).unwrap_or_else(|e| panic!("{e:?}"));
        let answer: Json = serde_json::from_slice(&out).unwrap();
        answer.get("items").and_then(Json::as_array).cloned().unwrap_or_default()
    }
    /// The values of one field of everything that a filter finds.
    #[track_caller]
    pub fn column(&self, ctx: &Ctx, object: &str, filter: &str, sort: &str, field: &str) -> Vec<Json> {
        self.list(ctx, object, filter, sort).iter().map(|item| item.get(field).cloned().unwrap_or_default()).collect()
    }
    #[track_caller]
    pub fn report(&self, ctx: &Ctx, request: Json) -> Vec<Json> {
        let request: ReportRequest = serde_json::from_value(request).unwrap();
        let answer = self.engine.store().read(|tx| query::report(ctx, tx, &request)).unwrap_or_else(|e| panic!("{e:?}"));
        answer.get("rows").and_then(Json::as_array).cloned().unwrap_or_default()
    }
    /// What the timeline of a record tells, newest first.
    #[track_caller]
    pub fn timeline(&self, ctx: &Ctx, object: &str, made: Made) -> Vec<Json> {
        let request = TimelineRequest { limit: Some(200), ..TimelineRequest::default() };
        let answer = self.engine.store().read(|tx| event::timeline(ctx, tx, object, made.0, &request)).unwrap_or_else(|e| panic!("{e:?}"));
        answer.get("items").and_then(Json::as_array).cloned().unwrap_or_default()
    }
    /// The events of one request, oldest first, each as `object kind`.
    #[track_caller]
    pub fn events(&self, of: &Ctx) -> Vec<String> {
        let events = self.engine.store().read(|tx| event::of_correlation(tx, of.correlation)).unwrap_or_else(|e| panic!("{e:?}"));
        events.iter().map(|e| format!("{} {}", e.object, e.kind.trim_start_matches("record."))).collect()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.engine.store().close();
        // A folder that stays behind harms nobody.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn object(json: &Json) -> Map<String, Json> {
    json.as_object().cloned().unwrap_or_default()
}

#[track_caller]
fn told<T>(outcome: Result<T>) -> Vec<String> {
    match outcome {
        Ok(_) => panic!("nothing was refused"),
        Err(error) if error.problems().is_empty() => vec![format!("{}: {}", error.code().as_str(), error.message())],
        Err(error) => error.problems().iter().map(|p| format!("{}: {}", p.field, p.code)).collect(),
    }
}
