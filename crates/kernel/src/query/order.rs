//! Sorting: `-amount,name` as columns that an index can serve, absent values last in either direction.

use base::{Error, FieldProblem, Result};
use model::field;
use model::{Field, FieldType, Object};
use store::Sql;

use super::plan::{readable, unknown};
use crate::ctx::Ctx;

#[derive(Clone)]
pub struct Order<'a> {
    pub field: &'a Field,
    pub object: &'a Object,
    pub descending: bool,
    /// Never absent, so that no second phase is needed.
    pub certain: bool,
}

impl<'a> Order<'a> {
    /// What a list is sorted by when nothing is asked: the newest first.
    pub fn newest(object: &'a Object) -> Order<'a> {
        let field = object.field("created_at").unwrap_or_else(|| missing(object));
        Order { field, object, descending: true, certain: true }
    }

    /// Writes the column or expression by which rows are ordered, over the alias `t`.
    pub fn push(&self, ctx: &Ctx, sql: &mut Sql) {
        match self.field.kind {
            FieldType::Link | FieldType::User | FieldType::File => self.push_title(ctx, sql),
            _ => {
                sql.push_column("t", &field::sort_column(self.field));
            }
        }
    }

    /// A link is sorted by the title of what it leads to.
    fn push_title(&self, ctx: &Ctx, sql: &mut Sql) {
        let target = self.field.to.as_deref().and_then(|to| ctx.model.object(to));
        let Some((target, title)) = target.and_then(|t| Some((t, t.field(&t.title)?))) else {
            sql.push_column("t", &self.field.id);
            return;
        };
        // A stage has its own order.
        let by = target.field("position").unwrap_or(title);
        sql.push("(select ").push_column("l", &field::sort_column(by)).push(" from ").push_ident(&target.name);
        sql.push(" l where l.id = ").push_column("t", &self.field.id).push(")");
    }
}

fn missing(object: &Object) -> &Field {
    // Every object has `created_at`; the loader adds it.
    object.fields.first().unwrap_or_else(|| unreachable!("an object without fields"))
}

pub fn parse<'a>(ctx: &Ctx, object: &'a Object, text: &str) -> Result<Vec<Order<'a>>> {
    let mut orders = Vec::new();
    let mut problems = Vec::new();
    for part in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
        let (descending, name) = part.strip_prefix('-').map_or((false, part), |rest| (true, rest));
        match readable(ctx, object, name) {
            None => problems.push(unknown(ctx, object, "sort", name)),
            Some(f) if f.alias_of.as_deref().is_some_and(|a| !a.starts_with("address.")) || !field::kind(f.kind).sortable() => {
                problems.push(FieldProblem::new("sort", "type", format!("{} cannot be sorted by", f.label.en)));
            }
            Some(field) => orders.push(Order { field, object, descending, certain: is_certain(field) }),
        }
    }
    if orders.len() > 4 {
        problems.push(FieldProblem::new("sort", "too_many", "Sort by at most four fields"));
    }
    if !problems.is_empty() {
        return Err(Error::fields(problems));
    }
    if orders.is_empty() {
        orders.push(Order::newest(object));
    }
    Ok(orders)
}

fn is_certain(field: &Field) -> bool {
    matches!(field.name.as_str(), "created_at" | "updated_at")
}
