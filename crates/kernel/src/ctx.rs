//! Who acts, when, in which workspace, and why. Everything that happens gets one, and hands it down.

use std::sync::Arc;

use base::{Date, Error, Id, Instant, Result};
use jiff::tz::TimeZone;
use model::Model;
use model::expression::Scope;

use crate::workspace::Engine;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorKind {
    User,
    Token,
    Import,
    Rule,
    System,
}

impl ActorKind {
    pub fn as_str(self) -> &'static str {
        match self {
            ActorKind::User => "user",
            ActorKind::Token => "token",
            ActorKind::Import => "import",
            ActorKind::Rule => "rule",
            ActorKind::System => "system",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Actor {
    pub kind: ActorKind,
    pub id: Option<Id>,
}

/// Which import, rule or connector wrote a value (DQ-13).
#[derive(Clone, Debug)]
pub struct Origin {
    pub kind: String,
    pub id: Option<Id>,
    pub name: Option<String>,
}

/// The person behind a request, as roles and expressions see him.
#[derive(Clone, Debug)]
pub struct User {
    pub id: Id,
    pub name: String,
    pub email: String,
    /// Names of his roles.
    pub roles: Vec<String>,
    /// Holds a role that manages teams: with the teams below, and views for everyone.
    pub manages: bool,
    /// His teams; for who manages with their subteams.
    pub teams: Vec<Id>,
    /// The team that is stamped on what he owns.
    pub team: Option<Id>,
    pub language: String,
    pub locale: String,
    pub time_zone: String,
    pub week_start: i64,
}

/// What a token may do; a browser session may do all that its user may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scopes {
    All,
    /// `read`, `write`, `deals:read`, `deals:write`, `deals.close`.
    Only(Vec<String>),
}

#[derive(Clone)]
pub struct Ctx {
    pub engine: Arc<Engine>,
    /// The declarations as they were when the work began.
    pub model: Arc<Model>,
    pub actor: Actor,
    /// Absent for the system itself, which may do all.
    pub user: Option<Arc<User>>,
    /// The administrator who looks at everything as `user` sees it; nothing may be written then.
    pub viewer: Option<Arc<User>>,
    pub scopes: Scopes,
    pub origin: Option<Origin>,
    /// The event that led to this work.
    pub cause: Option<Id>,
    /// One id for everything that one request, import or run did; undo takes it.
    pub correlation: Id,
    /// Language of messages and labels.
    pub language: String,
    /// A moved clock, for the sample company and for tests.
    pub clock: Option<Instant>,
    /// The moment of the business act, where it is not now (D1).
    pub occurred_at: Option<Instant>,
    /// May set `created_at` and other origin fields (D2).
    pub set_origin: bool,
}

impl Ctx {
    /// The engine itself: may do all.
    pub fn system(engine: &Arc<Engine>) -> Self {
        Ctx {
            engine: Arc::clone(engine),
            model: engine.model(),
            actor: Actor { kind: ActorKind::System, id: None },
            user: None,
            viewer: None,
            scopes: Scopes::All,
            origin: None,
            cause: None,
            correlation: Id::new(),
            language: "en".to_string(),
            clock: None,
            occurred_at: None,
            set_origin: true,
        }
    }

    /// A signed-in person.
    pub fn of_user(engine: &Arc<Engine>, user: Arc<User>) -> Self {
        Ctx {
            actor: Actor { kind: ActorKind::User, id: Some(user.id) },
            language: user.language.clone(),
            set_origin: user.roles.iter().any(|r| r == crate::role::ADMINISTRATOR),
            user: Some(user),
            ..Ctx::system(engine)
        }
    }

    /// The same look through another person's eyes: his roles, teams, zone and preferences, in the looker's language.
    #[must_use]
    pub fn seen_as(self, person: &User) -> Self {
        let language = self.language.clone();
        let person = User { language: language.clone(), ..person.clone() };
        Ctx { user: Some(Arc::new(person)), viewer: self.user, set_origin: false, ..self }
    }

    pub fn now(&self) -> Instant {
        self.clock.unwrap_or_else(Instant::now)
    }
    /// The zone in which the person's days begin.
    pub fn zone(&self) -> TimeZone {
        let name = self.user.as_ref().map(|u| u.time_zone.as_str()).filter(|z| !z.is_empty());
        let settings = self.engine.settings();
        TimeZone::get(name.unwrap_or(&settings.time_zone)).unwrap_or(TimeZone::UTC)
    }
    /// The zone of the workspace, for reports and closing dates.
    pub fn workspace_zone(&self) -> TimeZone {
        TimeZone::get(&self.engine.settings().time_zone).unwrap_or(TimeZone::UTC)
    }
    pub fn today(&self) -> Date {
        self.now().date_in(&self.zone())
    }
    pub fn user_id(&self) -> Option<Id> {
        self.user.as_ref().map(|u| u.id)
    }
    pub fn has_role(&self, role: &str) -> bool {
        self.user.as_ref().is_none_or(|u| u.roles.iter().any(|r| r == role))
    }
    /// The system, or an administrator.
    pub fn is_administrator(&self) -> bool {
        self.has_role(crate::role::ADMINISTRATOR)
    }
    /// The system, an administrator, or who manages teams.
    pub fn manages(&self) -> bool {
        self.is_administrator() || self.user.as_ref().is_none_or(|u| u.manages)
    }
    pub fn require_administrator(&self) -> Result<()> {
        if self.is_administrator() { Ok(()) } else { Err(Error::forbidden("Only an administrator may do this")) }
    }
    /// Is this an import's work, which tells what was rather than what happens now?
    pub fn is_import(&self) -> bool {
        self.actor.kind == ActorKind::Import || self.origin.as_ref().is_some_and(|o| o.kind == "import" || o.kind == "sample")
    }
    /// What expressions may ask of the caller and the moment.
    pub fn scope(&self) -> Scope {
        Scope {
            me: self.user_id(),
            my_teams: self.user.as_ref().map(|u| u.teams.clone()).unwrap_or_default(),
            now: self.now(),
            zone: self.zone(),
        }
    }
    /// The same work, done by the engine on the caller's behalf: past access, same correlation.
    pub fn as_system(&self) -> Ctx {
        Ctx { user: None, scopes: Scopes::All, set_origin: true, ..self.clone() }
    }
}
