//! The same questions asked of the database alone, as the measure of what Legame adds.

use std::time::{Duration, Instant as Clock};

use base::{Id, Result};
use kernel::Engine;
use store::{Param, Sql};

const ROUNDS: u32 = 2_000;
/// A page of a million records may take the database long; fewer rounds tell as much then.
const LONGEST: Duration = Duration::from_secs(5);

/// Microseconds for one contact by id and for a page of 50 of a city, rows written as JSON by hand, on one thread.
pub struct Bare {
    pub get_micros: f64,
    pub page_micros: f64,
}

pub fn measure(engine: &Engine) -> Result<Bare> {
    let columns: Vec<String> = engine.store().read(|tx| {
        let tables = store::table::introspect(tx)?;
        Ok(tables
            .into_iter()
            .filter(|t| t.name == "contact")
            .flat_map(|t| t.columns)
            .map(|c| c.name)
            .filter(|c| !c.contains("__key"))
            .collect())
    })?;
    let select = columns.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ");
    let width = columns.len();
    let (by_id, page) = (
        format!("select {select} from contact where id = ?1 and deleted_at is null"),
        format!(
            "select {select} from contact where address__city__fold = ?1 and deleted_at is null order by created_at desc, id desc limit 50"
        ),
    );
    engine.store().read(move |tx| {
        let ids = Sql::raw(tx.dialect(), "select id from contact order by id limit 200");
        let ids: Vec<Id> = tx.all(&ids, |row| row.must_id(0))?;
        let began = Clock::now();
        for n in 0..ROUNDS {
            let id = ids.get(usize::try_from(n).unwrap_or(0) % ids.len().max(1)).copied().unwrap_or_default();
            rows(tx, &Sql::fill(tx.dialect(), &by_id, [Param::from(id)]), width)?;
        }
        let get_micros = began.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS);
        let began = Clock::now();
        let mut pages = 0;
        while pages < ROUNDS / 4 && began.elapsed() < LONGEST {
            let n = pages;
            pages += 1;
            let city =
                ["trento", "roma", "london", "leeds", "上海", "verona"].get(usize::try_from(n).unwrap_or(0) % 6).copied().unwrap_or("roma");
            rows(tx, &Sql::fill(tx.dialect(), &page, [Param::from(city)]), width)?;
        }
        Ok(Bare { get_micros, page_micros: began.elapsed().as_secs_f64() * 1e6 / f64::from(pages) })
    })
}

/// Steps the rows into bytes, every column as text or null.
fn rows(tx: &mut store::Tx, sql: &Sql, width: usize) -> Result<usize> {
    let mut out: Vec<u8> = Vec::with_capacity(64 * 1024);
    tx.each(sql, &mut |row| {
        for at in 0..width {
            out.extend_from_slice(b",\"column\":");
            match row.text(at) {
                Ok(Some(text)) => out.extend_from_slice(format!("{text:?}").as_bytes()),
                _ => out.extend_from_slice(b"null"),
            }
        }
        Ok(())
    })?;
    Ok(out.len())
}
