//! `legame user add` and `legame user link`.

use std::io::Read;

use base::{Error, Id, Result};
use kernel::invitation::{self, Link};
use kernel::{Ctx, record, session, user};
use serde_json::{Map, Value, json};
use store::{Sql, Tx};

use crate::config::{Place, UserAdd, UserLink};

/// Somebody without a password gets a link by which he sets one.
pub fn add(place: &Place, options: &UserAdd) -> Result<()> {
    let password = if options.password_stdin { Some(read_password()?) } else { None };
    let engine = super::open(place, false)?;
    let ctx = Ctx::system(&engine);
    let role = options.role.clone();
    let input = json!({"email": options.email, "name": options.name, "status": "active"});
    let hash = password.as_deref().map(session::hash_password).transpose()?;
    let (id, link) = engine.store().write(move |tx| {
        let role = user::role_by_name(tx, &role)?;
        let mut input: Map<String, Value> = input.as_object().cloned().unwrap_or_default();
        input.insert("roles".into(), json!([role.to_string()]));
        let user = record::create(&ctx, tx, "user", &input)?;
        match &hash {
            Some(hash) => session::set_password(&ctx, tx, user.id, hash).map(|()| (user.id, None)),
            None => invitation::create(&ctx, tx, user.id).map(|link| (user.id, Some(link))),
        }
    })?;
    if !place.json {
        println!("added {} ({})", options.email, options.role);
    }
    print(place, id, &options.email, link.as_ref(), &options.url);
    Ok(())
}

/// A new link for somebody who lost his, or his password.
pub fn link(place: &Place, options: &UserLink) -> Result<()> {
    let engine = super::open(place, false)?;
    let ctx = Ctx::system(&engine);
    let email = options.email.trim().to_lowercase();
    let (id, link) = engine.store().write(move |tx| {
        let id = find(tx, &email)?;
        invitation::create(&ctx, tx, id).map(|link| (id, link))
    })?;
    print(place, id, &options.email, Some(&link), &options.url);
    Ok(())
}

fn find(tx: &mut Tx, email: &str) -> Result<Id> {
    let text = r#"select id from "user" where lower(email) = ?1 and deleted_at is null"#;
    let found = tx.first(&Sql::fill(tx.dialect(), text, [email.into()]), |row| row.must_id(0))?;
    found.ok_or_else(|| Error::not_found(format!("There is no user with the e-mail {email}")))
}

fn print(place: &Place, id: Id, email: &str, link: Option<&Link>, url: &str) {
    let address = link.map(|l| format!("{}/join#{}", url.trim_end_matches('/'), l.key));
    if place.json {
        let expires = link.map(|l| l.expires_at.to_string());
        println!("{}", json!({"id": id.to_string(), "email": email, "link": address, "expires_at": expires}));
    } else if let Some(address) = address {
        println!("The password is set at this link, once, within seven days. Send it to {email}:");
        println!("{address}");
    }
}

fn read_password() -> Result<String> {
    let mut text = String::new();
    std::io::stdin().take(4096).read_to_string(&mut text)?;
    let password = text.trim_end_matches(['\r', '\n']).to_string();
    if password.is_empty() { Err(Error::invalid("No password came on standard input")) } else { Ok(password) }
}
