//! `legame user add`.

use std::io::Read;

use base::{Error, Result};
use kernel::{Ctx, record, session, user};
use serde_json::{Map, Value, json};

use crate::config::{Place, UserAdd};

pub fn add(place: &Place, options: &UserAdd) -> Result<()> {
    let password = if options.password_stdin { Some(read_password()?) } else { None };
    let engine = super::open(place, false)?;
    let ctx = Ctx::system(&engine);
    let role = options.role.clone();
    let input = json!({"email": options.email, "name": options.name, "status": "active"});
    let hash = password.as_deref().map(session::hash_password).transpose()?;
    let id = engine.store().write(move |tx| {
        let role = user::role_by_name(tx, &role)?;
        let mut input: Map<String, Value> = input.as_object().cloned().unwrap_or_default();
        input.insert("roles".into(), json!([role.to_string()]));
        let user = record::create(&ctx, tx, "user", &input)?;
        if let Some(hash) = &hash {
            session::set_password(&ctx, tx, user.id, hash)?;
        }
        Ok(user.id)
    })?;
    if place.json {
        println!("{}", json!({"id": id.to_string(), "email": options.email}));
    } else {
        println!("added {} ({})", options.email, options.role);
    }
    Ok(())
}

fn read_password() -> Result<String> {
    let mut text = String::new();
    std::io::stdin().take(4096).read_to_string(&mut text)?;
    let password = text.trim_end_matches(['\r', '\n']).to_string();
    if password.is_empty() { Err(Error::invalid("No password came on standard input")) } else { Ok(password) }
}
