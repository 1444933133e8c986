//! Changing the employer ends the old position and begins another; a new title is that of the present position.
//!
//! Past activities stay with the company of their day: what they are about was stamped when they were written (D9).

use base::{Id, Result, Value};
use kernel::record::{self, Change};
use kernel::{Ctx, Record, Rule};
use store::{Param, Sql, Tx};

/// What a contact and its primary position tell alike.
pub const MIRRORED: &[&str] = &["company", "job_title", "department"];

pub struct PrimaryPosition;

impl Rule for PrimaryPosition {
    fn object(&self) -> &'static str {
        "contact"
    }

    fn after(&self, ctx: &Ctx, tx: &mut Tx, change: &Change) -> Result<()> {
        let contact = &change.after;
        if contact.deleted_at.is_some() || change.before.is_some() && !MIRRORED.iter().any(|f| change.changed(f)) {
            return Ok(());
        }
        if change.before.is_none() {
            // Somebody new holds no position yet.
            return contact.link("company").map_or(Ok(()), |company| begin(ctx, tx, change, company));
        }
        let today = ctx.now().date_in(&ctx.workspace_zone());
        let company = contact.link("company");
        for position in held(ctx, tx, contact.id)? {
            if position.flag("primary") && position.link("company") != company {
                let ended = Value::Date(today);
                record::set(ctx, tx, "position", position.id, vec![("primary", Value::Bool(false)), ("ended_on", ended)])?;
            }
        }
        let Some(company) = company else { return Ok(()) };
        let there = held(ctx, tx, contact.id)?.into_iter().find(|p| p.link("company") == Some(company));
        match there {
            Some(position) => adopt(ctx, tx, contact, &position),
            None => begin(ctx, tx, change, company),
        }
    }
}

/// The position that is already there becomes the primary one and takes the contact's title.
fn adopt(ctx: &Ctx, tx: &mut Tx, contact: &Record, position: &Record) -> Result<()> {
    let mut values = vec![("primary", Value::Bool(true))];
    for field in ["job_title", "department"] {
        values.push((field, contact.get(field).clone()));
    }
    if values.iter().all(|(field, value)| position.get(field) == value) {
        return Ok(());
    }
    record::set(ctx, tx, "position", position.id, values).map(|_| ())
}

/// Of somebody who changed employer we know the day; of a new contact or an import we do not.
fn begin(ctx: &Ctx, tx: &mut Tx, change: &Change, company: Id) -> Result<()> {
    let contact = &change.after;
    let is_known = change.before.is_some() && !ctx.is_import();
    let started = is_known.then(|| ctx.now().date_in(&ctx.workspace_zone()));
    let values = vec![
        ("contact", Value::Id(contact.id)),
        ("company", Value::Id(company)),
        ("job_title", contact.get("job_title").clone()),
        ("department", contact.get("department").clone()),
        ("primary", Value::Bool(true)),
        ("started_on", started.into()),
    ];
    record::create_values(ctx, tx, "position", values).map(|_| ())
}

/// The positions that a person holds now, the primary one first, then the latest.
pub fn held(ctx: &Ctx, tx: &mut Tx, contact: Id) -> Result<Vec<Record>> {
    let text = "select id from position where contact = ?1 and deleted_at is null and ended_on is null
         order by \"primary\" desc, started_on desc, id desc";
    let ids: Vec<Id> = tx.all(&Sql::fill(tx.dialect(), text, [Param::from(contact)]), |row| row.must_id(0))?;
    let mut positions = Vec::new();
    for id in ids {
        positions.extend(record::find(ctx, tx, "position", id)?);
    }
    Ok(positions)
}
