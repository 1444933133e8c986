//! Lists: `exists`, `all`, `in`, `size`, `has`. Never null.

use base::Result;
use store::Sql;

use super::Compiler;
use super::operand::Form;
use crate::expression::eval;
use crate::expression::tree::{Expr, Folding, Get, How, Items, Leaf, Node, Of, Operator, Path, Place};

/// Do the records behind the items matter, or only the items as they stand in the list?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Rows,
    Records,
}

impl Compiler<'_> {
    pub fn each(&mut self, all: bool, items: &Items, body: &Expr) -> Result<Sql> {
        let (mut sql, alias) = self.from(items, Depth::Records)?;
        self.scopes.push(alias);
        let body = self.condition(body, all);
        self.scopes.pop();
        let mut whole = self.raw(if all { "not exists (select 1" } else { "exists (select 1" });
        if all {
            sql.push(" and not (").append(body?).push(")");
        } else {
            sql.push(" and ").append(body?);
        }
        whole.append(sql).push(")");
        Ok(whole)
    }

    pub fn has_items(&mut self, items: &Items) -> Result<Sql> {
        let (from, _) = self.from(items, Depth::Rows)?;
        let mut sql = self.raw("exists (select 1");
        sql.append(from).push(")");
        Ok(sql)
    }

    pub fn count(&mut self, items: &Items) -> Result<Sql> {
        let (from, _) = self.from(items, Depth::Rows)?;
        let mut sql = self.raw("(select count(*)");
        sql.append(from).push(")");
        Ok(sql)
    }

    /// ` from … where …` over the items of a record, and the alias of the row or record.
    fn from(&mut self, items: &Items, depth: Depth) -> Result<(Sql, String)> {
        let owner = self.owner(items)?;
        let alias = self.alias();
        let mut sql = self.raw(" from ");
        match &items.of {
            Of::Values { table, .. } | Of::Rows { table, .. } => {
                sql.push_ident(table).push(" ").push(&alias).push(" where ").push_column(&alias, "record").push(" = ").append(owner);
            }
            Of::Links { table, to } if depth == Depth::Rows => {
                sql.push_ident(table).push(" ").push(&alias).push(" where ").push_column(&alias, "record").push(" = ").append(owner);
                let mut link = self.sql();
                link.push_column(&alias, "target");
                if let Some(mask) = self.mask(to, &link)? {
                    sql.push(" and ").append(mask);
                }
            }
            Of::Links { table, to } => {
                let row = self.alias();
                sql.push_ident(table).push(" ").push(&row).push(" join ").push_ident(to).push(" ").push(&alias).push(" on ");
                sql.push_column(&alias, "id").push(" = ").push_column(&row, "target");
                sql.push(" where ").push_column(&row, "record").push(" = ").append(owner);
                sql.push(" and ").append(self.visible(to, &alias)?);
            }
            Of::Reverse { object, column, table: None, .. } => {
                sql.push_ident(object).push(" ").push(&alias).push(" where ").push_column(&alias, column).push(" = ").append(owner);
                sql.push(" and ").append(self.visible(object, &alias)?);
            }
            Of::Reverse { object, column, table: Some(table), .. } => {
                let row = self.alias();
                sql.push_ident(object).push(" ").push(&alias).push(" where ").push_column(&alias, "id").push(" in (select ");
                sql.push_column(&row, "record").push(" from ").push_ident(table).push(" ").push(&row).push(" where ");
                sql.push_column(&row, column).push(" = ").append(owner).push(") and ").append(self.visible(object, &alias)?);
            }
        }
        Ok((sql, alias))
    }

    /// The id of the record that a list belongs to.
    fn owner(&mut self, items: &Items) -> Result<Sql> {
        let leaf = Leaf {
            object: items.object.clone(),
            field: String::new(),
            get: Get::Record,
            place: Place::Own("id".to_string()),
            folds: false,
            scale: 0,
            presence: Vec::new(),
            always: true,
        };
        let path = Path { scope: items.scope, hops: items.hops.clone(), leaf, names: Vec::new() };
        self.path(&path, Folding::Exact)
    }

    pub fn within(&mut self, item: &Expr, items: &Items, how: &How) -> Result<Sql> {
        if item.is_constant() && eval::constant(item, self.scope)?.is_absent() {
            return Ok(self.truth(false));
        }
        if let Some(sql) = self.selective(item, items, how)? {
            return Ok(sql);
        }
        let depth = if matches!(how, How::Named(_)) { Depth::Records } else { Depth::Rows };
        let (from, alias) = self.from(items, depth)?;
        let equal = match (how, &items.of) {
            (How::Named(names), _) => match &item.node {
                Node::Text(text) => self.is_named(Operator::Eq, &alias, names, text),
                _ => self.truth(false),
            },
            (How::Text(folding), Of::Values { item: leaf, .. } | Of::Rows { main: Some(leaf), .. }) => {
                let mut sql = self.leaf_column(leaf, &alias, *folding);
                sql.push(" = ").append(self.text(item, *folding)?);
                sql
            }
            (_, of) => {
                let column = match of {
                    Of::Reverse { .. } => "id",
                    _ => "target",
                };
                let mut sql = self.sql();
                sql.push_column(&alias, column).push(" = ").append(self.operand(item, Form::Id)?);
                sql
            }
        };
        let mut sql = self.raw("exists (select 1");
        sql.append(from).push(" and ").append(equal).push(")");
        Ok(sql)
    }

    /// An address, a number or a word is found by the index over the list's values, since few records have it.
    fn selective(&mut self, item: &Expr, items: &Items, how: &How) -> Result<Option<Sql>> {
        let How::Text(folding) = how else { return Ok(None) };
        let (table, leaf) = match &items.of {
            Of::Values { table, item } if column_is(item, "text") => (table, item),
            Of::Rows { table, main: Some(main) } => (table, main),
            _ => return Ok(None),
        };
        let (owner, rest) = self.nearest(items.scope, &items.hops);
        if !item.is_constant() || !rest.is_empty() {
            return Ok(None);
        }
        let Some(text) = eval::constant_text(item, *folding, self.scope)? else { return Ok(Some(self.truth(false))) };
        let row = self.alias();
        let mut sql = self.sql();
        sql.push_column(&owner, "id").push(" in (select ").push_column(&row, "record").push(" from ").push_ident(table).push(" ");
        sql.push(&row).push(" where ").append(self.item_is(leaf, &row, *folding, text)).push(")");
        Ok(Some(sql))
    }
}

fn column_is(leaf: &Leaf, name: &str) -> bool {
    matches!(&leaf.place, Place::Own(column) if column == name)
}
