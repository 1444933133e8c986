//! Runs what is due.

use base::{Date, Error, Result};
use store::{Param, Sql, Tx};

use super::{Every, Job};
use crate::ctx::Ctx;

/// Runs every job that is due at the context's moment, to the end of its pass. A job that fails is logged and does not
/// keep the others.
pub fn run_due(ctx: &Ctx) {
    for job in ctx.engine.jobs().collect::<Vec<_>>() {
        let outcome = match job.every() {
            Every::Moment => moments(ctx, job),
            Every::Day => days(ctx, job),
        };
        if let Err(error) = outcome {
            tracing::error!(?error, job.name = job.name(), "a job failed; it is tried again");
        }
    }
}

fn moments(ctx: &Ctx, job: &'static dyn Job) -> Result<()> {
    let mut after: Option<String> = None;
    loop {
        let ctx = ctx.clone();
        let at = after.clone();
        after = ctx.engine.clone().store().write(move |tx| job.step(&ctx, tx, at.as_deref()))?;
        if after.is_none() {
            return Ok(());
        }
    }
}

fn days(ctx: &Ctx, job: &'static dyn Job) -> Result<()> {
    let today = ctx.now().date_in(&ctx.workspace_zone());
    let is_over = ctx.engine.store().read(|tx| Ok(pass(tx, job.name(), false)?.is_some_and(|p| p.day >= today && p.is_over)))?;
    let mut goes_on = !is_over;
    while goes_on {
        let ctx = ctx.clone();
        goes_on = ctx.engine.clone().store().write(move |tx| step(&ctx, tx, job, today))?;
    }
    Ok(())
}

struct Pass {
    day: Date,
    after: Option<String>,
    is_over: bool,
}

/// One step of the day's pass, whoever began it; answers whether there is more to do.
fn step(ctx: &Ctx, tx: &mut Tx, job: &dyn Job, today: Date) -> Result<bool> {
    let text = "insert into job_pass (name, day, is_over) values (?1, ?2, ?3) on conflict (name) do nothing";
    tx.execute(&Sql::fill(tx.dialect(), text, [Param::from(job.name()), today.into(), false.into()]))?;
    let pass = pass(tx, job.name(), true)?.ok_or_else(|| Error::internal("a job without its pass"))?;
    if pass.day > today || pass.day == today && pass.is_over {
        return Ok(false);
    }
    let after = pass.after.filter(|_| pass.day == today);
    let next = job.step(ctx, tx, after.as_deref())?;
    let is_over = next.is_none();
    let text = "update job_pass set day = ?2, after = ?3, is_over = ?4 where name = ?1";
    tx.execute(&Sql::fill(tx.dialect(), text, [Param::from(job.name()), today.into(), next.into(), is_over.into()]))?;
    Ok(!is_over)
}

/// How far a job came; locked for a step, so that two processes do not run one job at once.
fn pass(tx: &mut Tx, name: &str, locked: bool) -> Result<Option<Pass>> {
    let lock = if locked { tx.dialect().lock() } else { "" };
    let text = format!("select day, after, is_over from job_pass where name = ?1{lock}");
    tx.first(&Sql::fill(tx.dialect(), &text, [Param::from(name)]), |row| {
        let day = row.date(0)?.ok_or_else(|| Error::internal("a pass without its day"))?;
        Ok(Pass { day, after: row.text(1)?.map(str::to_string), is_over: row.must_bool(2)? })
    })
}
