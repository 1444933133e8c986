//! What hangs on records: how many others link to them, to be told before they go to the bin.

use base::{Id, Result};
use model::field;
use model::{Field, FieldType, Object};
use store::{Sql, Tx};

use super::reading;
use crate::ctx::Ctx;
use crate::role::{self, Reach, Right};

/// Records of one object that link to something.
#[derive(Clone, Copy, Debug)]
pub struct Hanging<'a> {
    pub object: &'a Object,
    pub count: i64,
}

/// How many records of each object link to any of some records, as far as the caller may see them; in the order of the
/// model, without objects of which there is none. What the engine itself keeps and what is only computed does not count.
pub fn hanging<'a>(ctx: &'a Ctx, tx: &mut Tx, object: &Object, ids: &[Id]) -> Result<Vec<Hanging<'a>>> {
    let mut all = Vec::new();
    for other in ctx.model.objects().iter().filter(|o| !o.system && role::scope_allows(ctx, o, "read")) {
        let links: Vec<&Field> = leading(other, object).filter(|f| role::may_read_field(ctx, other, f)).collect();
        if links.is_empty() || ids.is_empty() {
            continue;
        }
        if let Some(sql) = statement(ctx, tx, object, other, &links, ids)? {
            let count = tx.first(&sql, |row| row.int(0))?.flatten().unwrap_or(0);
            if count > 0 {
                all.push(Hanging { object: other, count });
            }
        }
    }
    Ok(all)
}

/// The fields of an object by which its records hang on those of another.
fn leading<'a>(other: &'a Object, object: &'a Object) -> impl Iterator<Item = &'a Field> {
    other.fields.iter().filter(|f| {
        matches!(f.to.as_deref(), Some(to) if to == object.name || to == "any" && object.timeline)
            && !(f.computed || f.alias_of.is_some() || reading::is_system(&f.name))
            && matches!(f.kind, FieldType::Link | FieldType::User | FieldType::File | FieldType::Links)
    })
}

/// A record that hangs on another.
#[derive(Clone, Debug)]
pub struct Hung {
    pub on: Id,
    pub record: Id,
    /// Name of its object.
    pub object: String,
}

/// Every record that links to one of some, whoever may see it, in no order.
pub fn hung(ctx: &Ctx, tx: &mut Tx, object: &Object, ids: &[Id]) -> Result<Vec<Hung>> {
    let mut all = Vec::new();
    for other in ctx.model.objects().iter().filter(|o| !o.system) {
        for link in leading(other, object).filter(|_| !ids.is_empty()) {
            let dialect = tx.dialect();
            let mut sql = Sql::new(dialect);
            match field::kind(link.kind).child(other, link) {
                Some(child) => {
                    sql.push("select c.target, t.id from ").push_ident(&child.name).push(" c join ").push_ident(&other.name);
                    sql.push(" t on t.id = c.record where t.deleted_at is null and ");
                    dialect.any(&mut sql, "c.target", ids.to_vec());
                }
                None => {
                    sql.push("select t.").push_ident(&link.id).push(", t.id from ").push_ident(&other.name);
                    sql.push(" t where t.deleted_at is null and ");
                    dialect.any(&mut sql, &format!("t.\"{}\"", link.id), ids.to_vec());
                }
            }
            tx.each(&sql, &mut |row| {
                all.push(Hung { on: row.must_id(0)?, record: row.must_id(1)?, object: other.name.clone() });
                Ok(())
            })?;
        }
    }
    Ok(all)
}

fn statement(ctx: &Ctx, tx: &Tx, object: &Object, other: &Object, links: &[&Field], ids: &[Id]) -> Result<Option<Sql>> {
    let reach = role::reach(ctx, other, Right::Read)?;
    if matches!(reach, Reach::Nothing) {
        return Ok(None);
    }
    let dialect = tx.dialect();
    let mut sql = Sql::new(dialect);
    sql.push("select count(*) from ").push_ident(&other.name).push(" t where t.deleted_at is null");
    if other.name == object.name {
        sql.push(" and not (");
        dialect.any(&mut sql, "t.id", ids.to_vec());
        sql.push(")");
    }
    sql.push(" and (");
    for (at, link) in links.iter().enumerate() {
        sql.push(if at == 0 { "" } else { " or " });
        match field::kind(link.kind).child(other, link) {
            Some(child) => {
                sql.push("t.id in (select c.record from ").push_ident(&child.name).push(" c where ");
                dialect.any(&mut sql, "c.target", ids.to_vec());
                sql.push(")");
            }
            None => dialect.any(&mut sql, &format!("t.\"{}\"", link.id), ids.to_vec()),
        }
    }
    sql.push(")");
    if let Reach::Where(expr) = reach {
        sql.push(" and ");
        role::push_rule(ctx, &expr, "t", &mut sql)?;
    }
    Ok(Some(sql))
}
