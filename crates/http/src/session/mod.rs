//! Sessions of browsers: sign in, who am I, my own settings, sign out.

mod change;
mod show;
mod sign_in;
mod view_as;

use axum::extract::State;
use axum::http::StatusCode;
use base::{Error, Instant};
use kernel::session::{self, SignedIn};

use crate::app::Shared;
use crate::context::{Call, Credential, cookie, view_cookie};
use crate::door;
use crate::error::{Refused, Reply};
use crate::parameter;

pub use change::{change, password};
pub use show::{document, setup_state};
pub use sign_in::{demo, sign_in};
pub use view_as::view_as;

/// `GET /api/v1/session`: who one is.
pub async fn show(State(app): State<Shared>, call: Call) -> Reply {
    let input = parameter::none(call.query.as_deref()).map_err(Into::into);
    let key = match &call.credential {
        Credential::Cookie(key) => Some(key.clone()),
        _ => None,
    };
    door::read(&app, call, input, move |ctx, tx, ()| {
        let csrf = key.as_deref().map(session::csrf);
        Ok(door::json(StatusCode::OK, &document(ctx, tx, csrf.as_deref())?))
    })
    .await
}

/// `DELETE /api/v1/session`: ends this browser's session.
pub async fn sign_out(State(app): State<Shared>, call: Call) -> Reply {
    let key = browser(&app, &call).await?;
    let is_secure = call.is_secure;
    let input = parameter::none(call.query.as_deref()).map_err(Into::into);
    door::write(&app, call.oneself(), &[], input, move |_, tx, ()| {
        session::end(tx, &key)?;
        let answer = door::with(door::empty(), "set-cookie", cookie(None, 0, is_secure));
        Ok(door::with(answer, "set-cookie", view_cookie(None, is_secure)))
    })
    .await
}

/// The answer to everybody who just came in: the session's document and its cookie.
pub async fn welcome(app: &Shared, call: Call, signed_in: SignedIn) -> Reply {
    let mut call = call.oneself();
    let is_secure = call.is_secure;
    let seconds = (signed_in.expires_at.micros() - Instant::now().micros()) / 1_000_000;
    let cookie = cookie(Some(&signed_in.key), seconds, call.is_secure);
    let csrf = session::csrf(&signed_in.key);
    call.credential = Credential::Cookie(signed_in.key);
    call.method = axum::http::Method::GET;
    call.if_none_match = None;
    door::read(app, call, Ok(()), move |ctx, tx, ()| {
        let answer = door::json(StatusCode::OK, &document(ctx, tx, Some(&csrf))?);
        let answer = door::with(answer, "set-cookie", cookie.clone());
        Ok(door::with(answer, "set-cookie", view_cookie(None, is_secure)))
    })
    .await
}

/// The key of a browser's session. Nobody is told to sign in, a program that it has none.
async fn browser(app: &Shared, call: &Call) -> Result<String, Refused> {
    if let Credential::Cookie(key) = &call.credential {
        return Ok(key.clone());
    }
    door::identify(app, call.clone()).await?;
    Err(only_browsers().into())
}

fn only_browsers() -> Error {
    Error::forbidden("This is for people in a browser, not for tokens")
}
