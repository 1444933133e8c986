//! `POST /api/v1/session/view_as`: an administrator looks at everything as somebody else sees it, until he says
//! otherwise or the browser closes. Nothing can be changed meanwhile.

use axum::extract::State;
use axum::http::StatusCode;
use base::{Error, Id};
use kernel::{session, user};

use super::{browser, document};
use crate::app::Shared;
use crate::body::Sent;
use crate::context::{Call, view_cookie};
use crate::door;
use crate::error::{Refused, Reply};
use crate::parameter;

/// `{"user": id}`, or `null` to be oneself again. Answers the document of the session as it is then.
pub async fn view_as(State(app): State<Shared>, call: Call, sent: Sent) -> Reply {
    let csrf = session::csrf(&browser(&app, &call).await?);
    let is_secure = call.is_secure;
    let input = parameter::none(call.query.as_deref()).map_err(Into::into).and_then(|()| parse(&sent));
    door::read(&app, call.oneself(), input, move |ctx, tx, person| {
        ctx.require_administrator()?;
        // Looking as oneself is being oneself.
        let person = person.filter(|id| ctx.user_id() != Some(*id));
        let ctx = match person {
            None => ctx.clone(),
            Some(id) => {
                let found = user::load(tx, id)?;
                let nobody = || Error::field("user", "unknown", "There is no active person with this id");
                ctx.clone().seen_as(&found.ok_or_else(nobody)?)
            }
        };
        let answer = door::json(StatusCode::OK, &document(&ctx, tx, Some(&csrf))?);
        Ok(door::with(answer, "set-cookie", view_cookie(person, is_secure)))
    })
    .await
}

fn parse(sent: &Sent) -> Result<Option<Id>, Refused> {
    let mut form = sent.form(&["user"])?;
    let text = form.text("user");
    form.finish()?;
    let wrong = || Error::field("user", "invalid", "This is not the id of a user");
    Ok(text.map(|text| text.parse::<Id>().map_err(|_| wrong())).transpose()?)
}
