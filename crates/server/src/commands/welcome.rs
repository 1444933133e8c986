//! What a newcomer is told at the start of the sample company.

use std::net::SocketAddr;
use std::sync::Arc;

use base::Result;
use kernel::{Ctx, Engine, token, user};

/// Prints the address, a sign-in and a token of the sample company.
pub fn print(engine: &Arc<Engine>, address: SocketAddr) -> Result<()> {
    let ctx = Ctx::system(engine);
    let email = sample::ADMINISTRATOR;
    let plain = engine.store().write(move |tx| match user::by_email(tx, email)? {
        Some(user) => token::create(&ctx, tx, user.id, "demo", &[], None).map(Some),
        None => Ok(None),
    })?;
    println!("Legame, with the sample company Fratelli Dolce");
    println!("  open     http://{address}");
    println!("  sign in  {email}  password: {}", sample::PASSWORD);
    if let Some(plain) = plain {
        println!("  token    {plain}");
    }
    Ok(())
}
