//! Expressions as SQL, meaning exactly what `eval/` computes; which database it is stands in `store::Dialect` alone.
//!
//! Two kinds of pieces: a *condition* stands behind `where`, an *operand* is a value that may be null. A condition is
//! made either strict (never null) or not (null where it is false); only beneath `not` must it be strict, so at the top a
//! comparison stays plain `column op value`, which an index serves. Whatever depends on no record is computed here and
//! bound.
//!
//! Start with [`to_sql`]. Comparisons stand in `compare.rs`, values in `operand.rs`, links in `link.rs`, lists in
//! `list.rs`.

mod any;
mod compare;
mod link;
mod list;
mod number;
mod operand;

use std::sync::Arc;

use base::{Error, Result};
use store::{Dialect, Param, Sql};

use super::Scope;
use super::eval;
use super::tree::{Expr, Folding, Hop, How, Leaf, Match, Node, Operator, Path, Place, Type};
use crate::object::{Model, Object};

/// Which records of an object the caller may see; `None` for all of them.
pub type Reach<'a> = dyn Fn(&Object) -> Option<Arc<Expr>> + 'a;

/// Pushes a condition over the records of the table with this alias.
///
/// It is true for the same records for which [`super::is_true`] is; for the others it is false or null, so it may stand
/// behind `where`, `and` and `or`, not behind `not`. Records reached through links, lists and `exists` are limited by
/// `reach`. Aliases `x1`, `x2`, … belong to the condition.
pub fn to_sql(expr: &Expr, model: &Model, scope: &Scope, alias: &str, reach: &Reach<'_>, sql: &mut Sql) -> Result<()> {
    let mut compiler = Compiler::new(model, scope, alias, reach, sql.dialect());
    let condition = compiler.condition(expr, false)?;
    sql.append(condition);
    Ok(())
}

/// Pushes the value of an expression: a condition as true or false, decimals and money (by its base amount) as the
/// dialect's *number*, moments that are computed as microseconds, days and durations as integers.
pub fn value_to_sql(expr: &Expr, model: &Model, scope: &Scope, alias: &str, reach: &Reach<'_>, sql: &mut Sql) -> Result<()> {
    let mut compiler = Compiler::new(model, scope, alias, reach, sql.dialect());
    let form = match expr.kind {
        Type::Number | Type::Money => operand::Form::Number,
        _ => compiler.form(expr),
    };
    let value = compiler.operand(expr, form)?;
    sql.append(value);
    Ok(())
}

struct Compiler<'a> {
    model: &'a Model,
    scope: &'a Scope,
    dialect: Dialect,
    reach: &'a Reach<'a>,
    /// Within a rule of reach nothing is limited once more.
    is_limited: bool,
    aliases: usize,
    /// Alias of the record (0) and of each `exists` around.
    scopes: Vec<String>,
    /// Targets of links that are joined already.
    joined: Vec<Joined>,
    /// Rows that stand for the primary or first of a list.
    rows: Vec<(Leaf, String)>,
}

struct Joined {
    scope: usize,
    hops: Vec<Hop>,
    alias: String,
}

impl<'a> Compiler<'a> {
    fn new(model: &'a Model, scope: &'a Scope, alias: &str, reach: &'a Reach<'a>, dialect: Dialect) -> Self {
        let scopes = vec![alias.to_string()];
        Compiler { model, scope, dialect, reach, is_limited: true, aliases: 0, scopes, joined: Vec::new(), rows: Vec::new() }
    }

    fn sql(&self) -> Sql {
        Sql::new(self.dialect)
    }
    fn raw(&self, text: &str) -> Sql {
        Sql::raw(self.dialect, text)
    }
    fn alias(&mut self) -> String {
        self.aliases += 1;
        format!("x{}", self.aliases)
    }
    fn truth(&self, is_true: bool) -> Sql {
        self.raw(if is_true { "true" } else { "false" })
    }

    /// `null` becomes false.
    fn strict(&self, condition: Sql) -> Sql {
        let mut sql = self.sql();
        sql.push("coalesce(").append(condition).push(", false)");
        sql
    }

    fn condition(&mut self, expr: &Expr, strict: bool) -> Result<Sql> {
        if expr.is_constant() {
            return Ok(self.truth(eval::constant(expr, self.scope)?.is_true()));
        }
        match &expr.node {
            Node::And(all) => self.chain(all, strict, true),
            Node::Or(all) => self.chain(all, strict, false),
            Node::Not(of) => {
                let mut sql = self.raw("not (");
                sql.append(self.condition(of, true)?).push(")");
                Ok(sql)
            }
            Node::Choose(when, then, otherwise) => {
                let mut sql = self.raw("(case when ");
                sql.append(self.condition(when, false)?).push(" then ").append(self.condition(then, strict)?);
                sql.push(" else ").append(self.condition(otherwise, strict)?).push(" end)");
                Ok(sql)
            }
            Node::Each { all, items, body, .. } => self.each(*all, items, body),
            Node::Within(item, items, how) => self.within(item, items, how),
            _ => self.leaf(expr, strict),
        }
    }

    /// Conditions joined; what is known already drops out.
    fn chain(&mut self, all: &[Expr], strict: bool, is_and: bool) -> Result<Sql> {
        let mut pieces = Vec::new();
        for one in all {
            if one.is_constant() {
                if eval::constant(one, self.scope)?.is_true() != is_and {
                    return Ok(self.truth(!is_and));
                }
                continue;
            }
            pieces.push(self.condition(one, strict)?);
        }
        if pieces.len() < 2 {
            return Ok(pieces.pop().unwrap_or_else(|| self.truth(is_and)));
        }
        let mut sql = self.raw("(");
        sql.append_each(pieces, if is_and { " and " } else { " or " }).push(")");
        Ok(sql)
    }

    /// A condition about single values. If they all stand behind the same link, that link is followed once around it.
    fn leaf(&mut self, expr: &Expr, strict: bool) -> Result<Sql> {
        if let Some((scope, hops)) = self.common_link(expr) {
            return self.through(scope, &hops, &mut |c, _| c.leaf(expr, false));
        }
        if let Some((leaf, alias)) = self.common_row(expr) {
            return self.in_row(&leaf, &alias, expr);
        }
        match &expr.node {
            Node::Path(path) => {
                let mut sql = self.operand(expr, operand::Form::Bool)?;
                sql.push(" = true");
                Ok(if strict && !self.is_never_null(path) { self.strict(sql) } else { sql })
            }
            Node::Has(of) => self.has(of),
            Node::Compare(operator, a, b, how) => {
                let condition = self.compare(*operator, a, b, how)?;
                let is_known = self.is_never_null_side(a) && self.is_never_null_side(b) && !matches!(how, How::Named(_));
                Ok(if strict && !is_known { self.strict(condition) } else { condition })
            }
            Node::AnyOf(item, list) => {
                let condition = self.any_of(item, list)?;
                let is_known = self.is_never_null_side(item)
                    && list.iter().all(|(one, how)| self.is_never_null_side(one) && !matches!(how, How::Named(_)));
                Ok(if strict && !is_known { self.strict(condition) } else { condition })
            }
            Node::InTeams(item) => {
                let teams = Param::Ids(self.scope.my_teams.clone());
                let condition = self.any_id(item, teams)?;
                Ok(if strict && !self.is_never_null_side(item) { self.strict(condition) } else { condition })
            }
            Node::Match(by, text, piece, folding) => {
                let condition = self.matching(*by, text, piece, *folding)?;
                Ok(if strict { self.strict(condition) } else { condition })
            }
            _ => Err(Error::internal("not a condition")),
        }
    }

    fn is_never_null(&self, path: &Path) -> bool {
        path.leaf.always && path.hops.is_empty()
    }
    fn is_never_null_side(&self, expr: &Expr) -> bool {
        match &expr.node {
            Node::Path(path) => self.is_never_null(path),
            Node::Bool(_) | Node::Int(_) | Node::Number(_) | Node::Text(_) | Node::Date(_) | Node::Instant(_) | Node::Id(_) => true,
            Node::Now | Node::Today => true,
            _ => false,
        }
    }

    fn matching(&mut self, by: Match, text: &Expr, piece: &Expr, folding: Folding) -> Result<Sql> {
        if piece.is_constant() {
            let Some(piece) = eval::constant_text(piece, folding, self.scope)? else { return Ok(self.truth(false)) };
            let text = self.text(text, folding)?;
            if by == Match::Starts && text.params().is_empty() {
                let mut sql = self.sql();
                self.dialect.starts_with(&mut sql, text.text(), &piece);
                return Ok(sql);
            }
            let mut bound = self.sql();
            bound.bind_typed(piece);
            return Ok(self.match_pieces(by, text, bound));
        }
        let (text, piece) = (self.text(text, folding)?, self.text(piece, folding)?);
        Ok(self.match_pieces(by, text, piece))
    }

    fn match_pieces(&self, by: Match, text: Sql, piece: Sql) -> Sql {
        match by {
            Match::Contains => self.dialect.contains(text, piece),
            Match::Starts => self.dialect.starts(text, piece),
            Match::Ends => self.dialect.ends(text, piece),
        }
    }

    fn has(&mut self, of: &Expr) -> Result<Sql> {
        match &of.node {
            Node::Items(items) => self.has_items(items),
            Node::Path(path) if !path.leaf.presence.is_empty() && self.alias_of(path).is_some() => {
                let alias = self.alias_of(path).unwrap_or_default();
                let mut sql = self.raw("(");
                for (i, column) in path.leaf.presence.iter().enumerate() {
                    sql.push(if i > 0 { " or " } else { "" }).push_column(&alias, column).push(" is not null");
                }
                sql.push(")");
                Ok(sql)
            }
            _ => {
                let form = self.form(of);
                let (operand, mask) = self.side(of, form)?;
                let mut sql = self.raw("(");
                sql.append(operand).push(" is not null)");
                Ok(self.masked(sql, vec![mask]))
            }
        }
    }

    /// A condition, and that the links in it lead to records that may be seen.
    fn masked(&self, condition: Sql, masks: Vec<Option<Sql>>) -> Sql {
        let masks: Vec<Sql> = masks.into_iter().flatten().collect();
        if masks.is_empty() {
            return condition;
        }
        let mut sql = self.raw("(");
        sql.append_each(std::iter::once(condition).chain(masks), " and ").push(")");
        sql
    }
}

/// The column of a leaf, the folded copy where it is asked for.
fn column_of(leaf: &Leaf, folding: Folding) -> String {
    let (Place::Own(column) | Place::Child { column, .. }) = &leaf.place;
    if folding == Folding::Folded && leaf.folds { format!("{column}__fold") } else { column.clone() }
}

/// `==` and its siblings in SQL.
fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Ne => " <> ",
        Operator::Lt => " < ",
        Operator::Le => " <= ",
        Operator::Gt => " > ",
        Operator::Ge => " >= ",
        _ => " = ",
    }
}
