//! Records as expressions see them in memory: fields, and further records within the caller's reach.

use std::borrow::Cow;
use std::cell::RefCell;

use base::{Id, Result, Value};
use model::expression::{self, Expr, Source};
use store::{Sql, Tx};

use super::{Record, reading};
use crate::ctx::Ctx;

struct RecordSource<'a> {
    /// Whose reach limits what is found through links.
    ctx: &'a Ctx,
    tx: &'a RefCell<&'a mut Tx>,
    record: Cow<'a, Record>,
}

/// Does a condition hold for a record, asked by the caller and within his reach?
pub fn holds(ctx: &Ctx, tx: &mut Tx, expr: &Expr, record: &Record) -> Result<bool> {
    holds_for(ctx, ctx, tx, expr, record)
}

/// As [`holds`] for `me()` and `my_teams()` of `who`, seeing what `reader` may see. Access rules look past access.
pub fn holds_for(who: &Ctx, reader: &Ctx, tx: &mut Tx, expr: &Expr, record: &Record) -> Result<bool> {
    let tx = RefCell::new(tx);
    let source = RecordSource { ctx: reader, tx: &tx, record: Cow::Borrowed(record) };
    expression::is_true(expr, &source, &who.scope())
}

/// The value of a formula for a record, past access.
pub fn value(ctx: &Ctx, tx: &mut Tx, expr: &Expr, record: &Record) -> Result<Value> {
    let system = ctx.as_system();
    let tx = RefCell::new(tx);
    let source = RecordSource { ctx: &system, tx: &tx, record: Cow::Borrowed(record) };
    expression::evaluate(expr, &source, &ctx.scope())
}

impl Source for RecordSource<'_> {
    fn field(&self, name: &str) -> Value {
        match name {
            "id" => Value::Id(self.record.id),
            "version" => Value::Int(self.record.version),
            "created_at" => Value::Instant(self.record.created_at),
            "created_by" => self.record.created_by.into(),
            "updated_at" => Value::Instant(self.record.updated_at),
            "updated_by" => self.record.updated_by.into(),
            _ => self.record.get(name).clone(),
        }
    }

    fn record(&self, object: &str, id: Id) -> Result<Option<Box<dyn Source + '_>>> {
        let Some(object) = self.ctx.model.object(object) else { return Ok(None) };
        let mut tx = self.tx.borrow_mut();
        let found = reading::get_all(self.ctx, &mut tx, object, &[id])?.pop();
        drop(tx);
        Ok(found.map(|record| -> Box<dyn Source + '_> { Box::new(self.of(record)) }))
    }

    fn related(&self, object: &str, by: &str) -> Result<Vec<Box<dyn Source + '_>>> {
        let Some(object) = self.ctx.model.object(object) else { return Ok(Vec::new()) };
        let Some(field) = object.field(by) else { return Ok(Vec::new()) };
        let mut tx = self.tx.borrow_mut();
        let mut sql = Sql::new(tx.dialect());
        if reading::is_child(field) {
            sql.push("select record from ")
                .push_ident(&format!("{}__{}", object.name, field.id))
                .push(" where target = ")
                .bind(self.record.id);
        } else {
            sql.push("select id from ").push_ident(&object.name).push(" where deleted_at is null and ").push_ident(&field.id);
            sql.push(" = ").bind(self.record.id);
        }
        let ids: Vec<Id> = tx.all(&sql, |row| row.id(0))?.into_iter().flatten().collect();
        let found = reading::get_all(self.ctx, &mut tx, object, &ids)?;
        drop(tx);
        Ok(found.into_iter().map(|record| -> Box<dyn Source + '_> { Box::new(self.of(record)) }).collect())
    }
}

impl<'a> RecordSource<'a> {
    fn of(&self, record: Record) -> RecordSource<'a> {
        RecordSource { ctx: self.ctx, tx: self.tx, record: Cow::Owned(record) }
    }
}
