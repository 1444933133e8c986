//! Who asks: from the headers of a request to a [`Ctx`].
//!
//! A browser brings a cookie, a program a bearer token. Both are looked up in the transaction of the work itself,
//! so a person who was deactivated a moment ago is refused, and one journey to the database suffices.

use std::net::SocketAddr;

use axum::extract::connect_info::ConnectInfo;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, header};
use base::{Code, Error, Id, Result};
use kernel::{Actor, ActorKind, Ctx, Origin, session, token};
use serde::de::DeserializeOwned;
use store::Tx;

use crate::app::{App, Shared};
use crate::error::Refused;
use crate::middleware::RequestId;

pub const CSRF: HeaderName = HeaderName::from_static("x-csrf-token");
pub const IDEMPOTENCY: HeaderName = HeaderName::from_static("idempotency-key");
/// The languages that texts exist in.
pub const LANGUAGES: &[&str] = &["en", "it", "zh"];
/// An administrator asks what a person would see; in a browser a cookie says it for the whole program.
pub const VIEW_AS: HeaderName = HeaderName::from_static("x-view-as");
const COOKIE: &str = "legame_session";
const VIEW_AS_COOKIE: &str = "legame_view_as";
/// Asked by POST, though they only ask.
const QUESTIONS: &[&str] = &["/api/v1/query", "/api/v1/search", "/api/v1/exports"];

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    None,
    /// The key of a browser's session.
    Cookie(String),
    Bearer(String),
}

/// What the headers of a request say.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: Method,
    /// Path and query, as sent.
    pub route: String,
    pub query: Option<String>,
    pub credential: Credential,
    pub request_id: String,
    /// Where the request came from, for the back-off of sign-ins.
    pub address: String,
    /// Did the browser come by https (through a proxy)?
    pub is_secure: bool,
    pub if_none_match: Option<String>,
    pub if_match: Option<String>,
    pub idempotency_key: Option<String>,
    pub last_event_id: Option<String>,
    csrf: Option<String>,
    accept_language: Option<String>,
    view_as: Option<ViewAs>,
}

/// Through whose eyes to look.
#[derive(Clone, Debug, PartialEq, Eq)]
enum ViewAs {
    Header(String),
    Cookie(String),
}

/// Somebody who may come in.
pub struct Caller {
    pub ctx: Ctx,
    /// Of a browser's session: the word its writes must repeat.
    pub csrf: Option<String>,
    /// Whose last use should be written.
    pub stale: Option<Touch>,
}

/// A session or token whose last use was written long enough ago.
#[derive(Clone, Debug)]
pub enum Touch {
    Session(String),
    Token(Id),
}

impl FromRequestParts<Shared> for Call {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Self, Refused> {
        let headers = &parts.headers;
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0);
        Ok(Call {
            method: parts.method.clone(),
            route: parts.uri.path_and_query().map_or_else(String::new, ToString::to_string),
            query: parts.uri.query().map(str::to_string),
            credential: credential(headers)?,
            request_id: parts.extensions.get::<RequestId>().map_or_else(String::new, |id| id.0.clone()),
            address: address(headers, peer),
            is_secure: text(headers, HeaderName::from_static("x-forwarded-proto")).is_some_and(|p| p == "https"),
            if_none_match: text(headers, header::IF_NONE_MATCH),
            if_match: strict(headers, header::IF_MATCH)?,
            idempotency_key: strict(headers, IDEMPOTENCY)?,
            last_event_id: text(headers, HeaderName::from_static("last-event-id")),
            csrf: text(headers, CSRF),
            accept_language: text(headers, header::ACCEPT_LANGUAGE),
            view_as: view_as(headers)?,
        })
    }
}

impl Call {
    /// Looks up who asks. `Unauthenticated` for nobody, `Forbidden` for a browser's write without the CSRF word.
    pub fn identify(&self, app: &App, tx: &mut Tx) -> Result<Caller> {
        let now = app.now();
        match &self.credential {
            Credential::None => Err(nobody()),
            Credential::Cookie(key) => {
                let found = session::resolve(tx, app.users(), key, now)?.ok_or_else(nobody)?;
                if !self.method.is_safe() && self.csrf.as_deref() != Some(found.csrf.as_str()) {
                    return Err(Error::forbidden("The header X-CSRF-Token is missing or wrong; reload the page"));
                }
                let mut ctx = Ctx::of_user(&app.engine, found.user);
                ctx.language = self.language(Some(&ctx.language), false);
                let stale = found.is_stale.then(|| Touch::Session(key.clone()));
                let ctx = self.seen(app, tx, ctx)?;
                Ok(Caller { ctx, csrf: Some(found.csrf), stale })
            }
            Credential::Bearer(text) => {
                let found = token::resolve(tx, app.users(), text, now)?.ok_or_else(nobody)?;
                let mut ctx = Ctx::of_user(&app.engine, found.user);
                ctx.language = self.language(Some(&ctx.language), true);
                ctx.actor = Actor { kind: ActorKind::Token, id: ctx.user_id() };
                ctx.origin = Some(Origin { kind: "token".to_string(), id: Some(found.id), name: Some(found.name) });
                ctx.scopes = found.scopes;
                let ctx = self.seen(app, tx, ctx)?;
                Ok(Caller { ctx, csrf: None, stale: found.is_stale.then_some(Touch::Token(found.id)) })
            }
        }
    }

    /// As the administrator who asks, whoever else he looks as.
    #[must_use]
    pub fn oneself(self) -> Call {
        Call { view_as: None, ..self }
    }

    /// Looks through the eyes of the person that was named. A cookie that was left over by somebody else, or names
    /// nobody any more, changes nothing.
    fn seen(&self, app: &App, tx: &mut Tx, ctx: Ctx) -> Result<Ctx> {
        let (text, is_strict) = match &self.view_as {
            None => return Ok(ctx),
            Some(ViewAs::Header(text)) => (text, true),
            Some(ViewAs::Cookie(text)) => (text, false),
        };
        if is_strict {
            ctx.require_administrator()?;
        }
        let found = match text.parse() {
            Ok(id) => app.users().load(tx, id)?,
            Err(_) => None,
        };
        match found {
            None if is_strict => Err(Error::malformed(format!("The header {VIEW_AS} names nobody who is active"))),
            Some(person) if ctx.is_administrator() => {
                if !self.is_question() {
                    let message = format!("You are looking at Legame as {}; nothing can be changed meanwhile", person.name);
                    return Err(Error::new(Code::Forbidden, message));
                }
                Ok(ctx.seen_as(&person))
            }
            _ => Ok(ctx),
        }
    }

    fn is_question(&self) -> bool {
        let path = self.route.split('?').next().unwrap_or_default();
        self.method.is_safe() || QUESTIONS.contains(&path) || path.starts_with("/api/v1/") && path.ends_with("/duplicates")
    }

    /// The language of the answer. A header with one language alone is a choice; a list is what a browser sends
    /// unasked, so there the person's own setting comes first, except for programs.
    pub fn language(&self, own: Option<&str>, is_program: bool) -> String {
        let header = self.accept_language.as_deref().unwrap_or_default();
        let asked = preferred_language(header);
        let own = own.filter(|l| LANGUAGES.contains(l));
        let is_choice = is_program || !header.contains([',', ';']);
        let chosen = if is_choice { asked.or(own) } else { own.or(asked) };
        chosen.unwrap_or("en").to_string()
    }
}

impl Touch {
    pub fn write(&self, ctx: &Ctx, tx: &mut Tx) -> Result<()> {
        match self {
            Touch::Session(key) => session::touch(ctx, tx, key),
            Touch::Token(id) => token::touch(tx, *id, ctx.now()),
        }
    }
}

/// The variable parts of a route.
pub struct At<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Shared> for At<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Refused> {
        match Path::<T>::from_request_parts(parts, app).await {
            Ok(Path(value)) => Ok(At(value)),
            Err(_) => Err(Error::malformed("The address is not percent-encoded UTF-8").into()),
        }
    }
}

/// Sets the cookie of a session, or clears it when there is no key.
pub fn cookie(key: Option<&str>, seconds: i64, is_secure: bool) -> String {
    let secure = if is_secure { "; Secure" } else { "" };
    let (key, seconds) = key.map_or(("", 0), |k| (k, seconds));
    format!("{COOKIE}={key}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// Sets the cookie of whom an administrator looks as until the browser closes, or clears it.
pub fn view_cookie(person: Option<Id>, is_secure: bool) -> String {
    let secure = if is_secure { "; Secure" } else { "" };
    let value = person.map_or_else(|| "; Max-Age=0".to_string(), |id| id.to_string());
    format!("{VIEW_AS_COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax{secure}")
}

pub fn nobody() -> Error {
    Error::new(Code::Unauthenticated, "Sign in, or send a valid token")
}

fn credential(headers: &HeaderMap) -> Result<Credential, Refused> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let text = value.to_str().unwrap_or_default();
        return match text.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(Credential::Bearer(token.trim().to_string())),
            _ => Err(Error::new(Code::Unauthenticated, "Send the token as \"Authorization: Bearer lg_…\"").into()),
        };
    }
    Ok(cookie_value(headers, COOKIE).map_or(Credential::None, Credential::Cookie))
}

fn view_as(headers: &HeaderMap) -> Result<Option<ViewAs>> {
    let named = strict(headers, VIEW_AS)?.map(ViewAs::Header);
    Ok(named.or_else(|| cookie_value(headers, VIEW_AS_COOKIE).map(ViewAs::Cookie)))
}

/// A cookie by its name.
pub fn cookie_value(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(n, v)| *n == name && !v.is_empty()).map(|(_, v)| v.to_string())
}

/// The peer, or whom a proxy on the same machine names last.
fn address(headers: &HeaderMap, peer: Option<SocketAddr>) -> String {
    let by_proxy =
        text(headers, HeaderName::from_static("x-forwarded-for")).and_then(|v| v.rsplit(',').next().map(|a| a.trim().to_string()));
    match peer {
        Some(peer) if !peer.ip().is_loopback() => peer.ip().to_string(),
        _ => by_proxy.filter(|a| a.parse::<std::net::IpAddr>().is_ok()).unwrap_or_else(|| "local".to_string()),
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_string)
}

/// A header that must not be overlooked: what cannot be read is refused.
fn strict(headers: &HeaderMap, name: HeaderName) -> Result<Option<String>> {
    let value = headers.get(&name).map(|v| v.to_str().map(str::to_string));
    value.transpose().map_err(|_| Error::malformed(format!("The header {name} is not plain text")))
}

/// The best of our languages by an `Accept-Language` header.
pub fn preferred_language(header: &str) -> Option<&'static str> {
    let mut best: Option<(f32, &'static str)> = None;
    for part in header.split(',') {
        let (tag, weight) = part.split_once(';').unwrap_or((part, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(1.0, |q| q.parse::<f32>().unwrap_or(0.0));
        let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        let known = LANGUAGES.iter().find(|l| **l == primary);
        if let Some(language) = known.filter(|_| weight > 0.0 && best.is_none_or(|(w, _)| weight > w)) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let mut request = Request::builder();
        for (name, value) in pairs {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().headers().clone()
    }

    #[test]
    fn the_best_known_language_is_chosen() {
        assert_eq!(preferred_language("de, fr;q=0.9, it;q=0.8, en;q=0.7"), Some("it"));
        assert_eq!(preferred_language("zh-Hans-CN"), Some("zh"));
        assert_eq!(preferred_language("en;q=0, it;q=0.1"), Some("it"));
        assert_eq!(preferred_language("de"), None);
        assert_eq!(preferred_language(""), None);
    }

    #[test]
    fn a_token_comes_before_a_cookie_and_other_schemes_are_refused() {
        let both = headers(&[("cookie", "a=b; legame_session=k; c=d"), ("authorization", "bearer lg_x")]);
        assert_eq!(credential(&both).unwrap(), Credential::Bearer("lg_x".into()));
        assert_eq!(credential(&headers(&[("cookie", "a=b; legame_session=k")])).unwrap(), Credential::Cookie("k".into()));
        assert_eq!(credential(&headers(&[("cookie", "legame_session=")])).unwrap(), Credential::None);
        assert!(credential(&headers(&[("authorization", "Basic abc")])).is_err());
    }

    #[test]
    fn only_a_proxy_on_this_machine_may_name_another_address() {
        let forwarded = headers(&[("x-forwarded-for", "6.6.6.6, 9.9.9.9")]);
        assert_eq!(address(&forwarded, Some("127.0.0.1:5".parse().unwrap())), "9.9.9.9");
        assert_eq!(address(&forwarded, Some("8.8.8.8:5".parse().unwrap())), "8.8.8.8");
        assert_eq!(address(&headers(&[("x-forwarded-for", "nonsense")]), None), "local");
    }

    #[test]
    fn a_cookie_is_hidden_from_scripts_and_other_sites() {
        assert_eq!(cookie(Some("k"), 60, true), "legame_session=k; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(cookie(None, 60, false), "legame_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    }
}
