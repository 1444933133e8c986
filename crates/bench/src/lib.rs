//! `legame bench`: fills a workspace with a seeded world and measures the budgets, on the user's own machine.
//!
//! Knows contacts, companies and deals by name; everything goes through the record pipeline and the HTTP interface.
//! Start with [`run`]; a new measurement is a line in `cases.rs`.

mod bare;
mod cases;
mod fill;
mod generate;
mod load;
mod process;
mod serving;
mod work;

use std::sync::Arc;

use base::Result;
use kernel::{Ctx, Engine};

pub use cases::Outcome;
pub use generate::World;
pub use load::Target;
pub use serving::Place;

/// Measures a workspace of our own: fills it, starts a server on it as a user would, asks it with eight clients.
pub fn run(open: &dyn Fn() -> Result<Arc<Engine>>, place: &Place, records: usize) -> Result<()> {
    println!("machine: {}", process::machine());
    let (admin, people) = prepare(open, records)?;
    let server = serving::start(place)?;
    println!("cold start to first answered request: {} ms", server.start_ms);
    memory("memory, idle", server.pid());
    let target = Target { url: server.url.clone(), token: admin };
    let people: Vec<Target> = people.into_iter().map(|token| Target { url: server.url.clone(), token }).collect();
    header();
    cases::run(&target, &people, Some(server.pid()), &mut print)?;
    memory("memory, after serving", server.pid());
    println!("machine: {}", process::machine());
    server.stop();
    Ok(())
}

/// Measures a server that runs already; it is asked and written to, not filled.
pub fn run_against(target: &Target) -> Result<()> {
    println!("machine of the clients: {}", process::machine());
    header();
    cases::run(target, &[], None, &mut print)
}

/// Fills what is missing and answers a token of the administrator and those of eight representatives.
fn prepare(open: &dyn Fn() -> Result<Arc<Engine>>, records: usize) -> Result<(String, Vec<String>)> {
    let engine = open()?;
    let present = count(&engine)?;
    if present < records {
        println!("filling with {records} contacts and {records} deals");
        let filled = fill::fill(&engine, records)?;
        println!("filled {} records: {:.0} rows a second, with validation, log and search", filled.rows, filled.rows_per_second);
        engine.store().optimize()?;
    } else {
        println!("measuring {present} contacts that are there");
    }
    kernel::reader::catch_up(&engine)?;
    // The passes of the day would compute beside what is measured.
    kernel::job::skip_today(&kernel::Ctx::system(&engine))?;
    let bare = bare::measure(&engine)?;
    println!("the database alone: one contact {:.0} µs, a page of 50 {:.0} µs", bare.get_micros, bare.page_micros);
    let tokens = tokens(&engine)?;
    engine.store().close();
    Ok(tokens)
}

fn count(engine: &Engine) -> Result<usize> {
    let counted = engine.store().read(|tx| {
        let sql = store::Sql::raw(tx.dialect(), "select count(*) from contact");
        tx.first(&sql, |row| row.must_int(0))
    })?;
    Ok(usize::try_from(counted.unwrap_or(0)).unwrap_or(0))
}

fn tokens(engine: &Arc<Engine>) -> Result<(String, Vec<String>)> {
    let ctx = Ctx::system(engine);
    engine.store().write(move |tx| {
        let one = |tx: &mut store::Tx, email: &str, role: &str| -> Result<String> {
            let user = match kernel::user::by_email(tx, email)? {
                Some(user) => user.id,
                None => {
                    let role = kernel::user::role_by_name(tx, role)?;
                    let input = serde_json::json!({"name": "Bench", "email": email, "status": "active", "roles": [role.to_string()]});
                    kernel::record::create(&ctx, tx, "user", input.as_object().unwrap_or(&serde_json::Map::new()))?.id
                }
            };
            kernel::token::create(&ctx, tx, user, "bench", &[], None)
        };
        let people = (0..cases::CLIENTS).map(|n| one(tx, &format!("person{n}@bench.example"), "representative")).collect::<Result<_>>()?;
        Ok((one(tx, "admin@bench.example", "administrator")?, people))
    })
}

fn memory(what: &str, pid: u32) {
    if let (Some(all), Some(own)) = (process::memory_mb(pid), process::own_memory_mb(pid)) {
        println!("{what}: {all:.0} MB resident, {own:.0} MB of its own");
    }
}

fn header() {
    println!("{:<40} {:>9} {:>9} {:>10} {:>11} {:>9}  budget", "case", "p50 ms", "p95 ms", "requests/s", "server ms", "failures");
}

fn print(outcome: &Outcome) {
    let server = outcome.server_ms.map_or_else(|| "-".to_string(), |ms| format!("{ms:.3}"));
    println!(
        "{:<40} {:>9.2} {:>9.2} {:>10.0} {:>11} {:>9}  {}",
        outcome.name,
        outcome.times.percentile_ms(50),
        outcome.times.percentile_ms(95),
        outcome.times.per_second(),
        server,
        outcome.times.failures,
        outcome.budget
    );
}
