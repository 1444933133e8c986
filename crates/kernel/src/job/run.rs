//! Runs what is due.

use base::{Date, Error, Result};
use store::{Param, Sql, Tx};

use super::{Every, Job};
use crate::ctx::Ctx;

/// Runs every job that is due at the context's moment, to the end of its pass, or for as long as it may go on: that is
/// asked before each step. A job that fails is logged and does not keep the others.
pub fn run_due(ctx: &Ctx, goes_on: &dyn Fn() -> bool) {
    for job in ctx.engine.jobs().collect::<Vec<_>>() {
        let outcome = match job.every() {
            Every::Moment => steps(ctx, job, goes_on),
            Every::Day => days(ctx, job, goes_on),
        };
        if let Err(error) = outcome {
            tracing::error!(?error, job.name = job.name(), "a job failed; it is tried again");
        }
    }
}

/// Runs the pass of one daily job to its end, also where today's is over: for whoever wrote with a moved clock, and knows
/// which job judges by it. A name that no daily job has is an error.
pub fn run_today(ctx: &Ctx, name: &str) -> Result<()> {
    let job = ctx.engine.jobs().find(|job| job.every() == Every::Day && job.name() == name);
    let job = job.ok_or_else(|| Error::internal(format!("no daily job is called {name}")))?;
    steps(ctx, job, &|| true)
}

/// Takes today's passes for done: whoever filled a workspace with work that the readers have just read in full has
/// nothing for them to find.
pub fn skip_today(ctx: &Ctx) -> Result<()> {
    let today = today(ctx);
    let jobs = ctx.engine.jobs().filter(|job| job.every() == Every::Day).collect::<Vec<_>>();
    ctx.engine.store().write(move |tx| {
        jobs.iter().try_for_each(|job| {
            begin(tx, *job, today)?;
            keep(tx, *job, today, None)
        })
    })
}

fn steps(ctx: &Ctx, job: &'static dyn Job, goes_on: &dyn Fn() -> bool) -> Result<()> {
    let mut after: Option<String> = None;
    while goes_on() {
        let ctx = ctx.clone();
        let at = after.clone();
        after = ctx.engine.clone().store().write(move |tx| job.step(&ctx, tx, at.as_deref()))?;
        if after.is_none() {
            break;
        }
    }
    Ok(())
}

fn days(ctx: &Ctx, job: &'static dyn Job, goes_on: &dyn Fn() -> bool) -> Result<()> {
    let today = today(ctx);
    let is_over = ctx.engine.store().read(|tx| Ok(pass(tx, job.name(), false)?.is_some_and(|p| p.day >= today && p.is_over)))?;
    let mut is_left = !is_over;
    while is_left && goes_on() {
        let ctx = ctx.clone();
        is_left = ctx.engine.clone().store().write(move |tx| step(&ctx, tx, job, today))?;
    }
    Ok(())
}

fn today(ctx: &Ctx) -> Date {
    ctx.now().date_in(&ctx.workspace_zone())
}

struct Pass {
    day: Date,
    after: Option<String>,
    is_over: bool,
}

/// One step of the day's pass, whoever began it; answers whether there is more to do.
fn step(ctx: &Ctx, tx: &mut Tx, job: &dyn Job, today: Date) -> Result<bool> {
    begin(tx, job, today)?;
    let pass = pass(tx, job.name(), true)?.ok_or_else(|| Error::internal("a job without its pass"))?;
    if pass.day > today || pass.day == today && pass.is_over {
        return Ok(false);
    }
    let after = pass.after.filter(|_| pass.day == today);
    let next = job.step(ctx, tx, after.as_deref())?;
    let is_left = next.is_some();
    keep(tx, job, today, next)?;
    Ok(is_left)
}

fn begin(tx: &mut Tx, job: &dyn Job, today: Date) -> Result<()> {
    let text = "insert into job_pass (name, day, is_over) values (?1, ?2, ?3) on conflict (name) do nothing";
    tx.execute(&Sql::fill(tx.dialect(), text, [Param::from(job.name()), today.into(), false.into()]))?;
    Ok(())
}

/// Where the next step of the day's pass begins; nowhere where the pass is over.
fn keep(tx: &mut Tx, job: &dyn Job, today: Date, next: Option<String>) -> Result<()> {
    let is_over = next.is_none();
    let text = "update job_pass set day = ?2, after = ?3, is_over = ?4 where name = ?1";
    tx.execute(&Sql::fill(tx.dialect(), text, [Param::from(job.name()), today.into(), next.into(), is_over.into()]))?;
    Ok(())
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
