//! Sorting: `-amount,name` as columns that an index can serve, absent values last in either direction.

use base::{Error, FieldProblem, Result};
use model::field;
use model::{Field, FieldType, Object};
use store::Sql;
use store::table::ColumnKind;

use super::plan::{readable, unknown};
use crate::ctx::Ctx;
use crate::role::{self, Reach, Right};

#[derive(Clone)]
pub struct Order<'a> {
    pub field: &'a Field,
    pub descending: bool,
    /// Never absent, so that no second phase is needed.
    pub certain: bool,
}

impl<'a> Order<'a> {
    /// What a list is sorted by when nothing is asked: the newest first.
    pub fn newest(object: &'a Object) -> Vec<Order<'a>> {
        object.field("created_at").map(|field| Order { field, descending: true, certain: true }).into_iter().collect()
    }

    /// Writes the column or expression by which rows are ordered, over the alias `t`.
    pub fn push(&self, ctx: &Ctx, sql: &mut Sql) -> Result<()> {
        match self.field.kind {
            FieldType::Link | FieldType::User | FieldType::File => self.push_title(ctx, sql),
            _ => {
                sql.push_column("t", &field::sort_column(self.field));
                Ok(())
            }
        }
    }

    /// What the column holds.
    pub fn column_kind(&self, ctx: &Ctx) -> ColumnKind {
        match self.by(ctx) {
            Some(by) => sort_kind(by),
            None => sort_kind(self.field),
        }
    }

    /// The field of the linked record by which a link is sorted: a stage has its own order, others their title.
    fn by<'m>(&self, ctx: &'m Ctx) -> Option<&'m Field> {
        let is_link = matches!(self.field.kind, FieldType::Link | FieldType::User | FieldType::File);
        let target = self.field.to.as_deref().filter(|_| is_link).and_then(|to| ctx.model.object(to))?;
        target.field("position").or_else(|| target.field(&target.title)).filter(|f| role::may_read_field(ctx, target, f))
    }

    /// A link is sorted by the title of what it leads to; one that the caller may not see is as good as absent.
    fn push_title(&self, ctx: &Ctx, sql: &mut Sql) -> Result<()> {
        let Some(target) = self.field.to.as_deref().and_then(|to| ctx.model.object(to)) else {
            sql.push_column("t", &self.field.id);
            return Ok(());
        };
        let column = self.by(ctx).map_or_else(|| "id".to_string(), field::sort_column);
        sql.push("(select ").push_column("l", &column).push(" from ").push_ident(&target.name);
        sql.push(" l where l.id = ").push_column("t", &self.field.id);
        match role::reach(ctx, target, Right::Read)? {
            Reach::All => {}
            Reach::Nothing => {
                sql.push(" and 1 = 0");
            }
            Reach::Where(rule) => {
                sql.push(" and l.deleted_at is null and ");
                role::push_rule(ctx, &rule, "l", sql)?;
            }
        }
        sql.push(")");
        Ok(())
    }
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
            Some(field) => orders.push(Order { field, descending, certain: is_certain(field) }),
        }
    }
    if orders.len() > 4 {
        problems.push(FieldProblem::new("sort", "too_many", "Sort by at most four fields"));
    }
    if !problems.is_empty() {
        return Err(Error::fields(problems));
    }
    if orders.is_empty() {
        orders = Order::newest(object);
    }
    Ok(orders)
}

fn is_certain(field: &Field) -> bool {
    matches!(field.name.as_str(), "created_at" | "updated_at")
}

/// What the column by which a field is sorted holds.
fn sort_kind(field: &Field) -> ColumnKind {
    let column = field::sort_column(field);
    match field::kind(field.kind).column() {
        _ if column.ends_with("__key") => ColumnKind::Bytes,
        _ if field.kind == FieldType::Money => ColumnKind::Int,
        Some(kind) if field.alias_of.is_none() => kind,
        _ => ColumnKind::Text,
    }
}
