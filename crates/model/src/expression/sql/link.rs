//! Links: followed by `exists` around a condition, by a subselect for a value.

use base::Result;
use store::Sql;

use super::{Compiler, Joined, column_of};
use crate::expression::eval;
use crate::expression::tree::{Expr, Folding, Get, Hop, Leaf, Node, Operator, Path, Place, Type};

impl Compiler<'_> {
    /// The alias of the record or row on which a path ends, if everything before is joined already.
    pub fn alias_of(&self, path: &Path) -> Option<String> {
        let (alias, rest) = self.nearest(path.scope, &path.hops);
        rest.is_empty().then_some(alias)
    }

    /// The alias of the farthest record on the way that is joined already, and the links that remain.
    pub fn nearest<'h>(&self, scope: usize, hops: &'h [Hop]) -> (String, &'h [Hop]) {
        let fitting = self.joined.iter().filter(|j| j.scope == scope && hops.starts_with(&j.hops));
        match fitting.max_by_key(|j| j.hops.len()) {
            Some(joined) => (joined.alias.clone(), hops.get(joined.hops.len()..).unwrap_or_default()),
            None => (self.scopes.get(scope).cloned().unwrap_or_default(), hops),
        }
    }

    /// The link that all values of a condition stand behind and that is not joined yet.
    pub fn common_link(&self, expr: &Expr) -> Option<(usize, Vec<Hop>)> {
        let paths = paths_of(expr)?;
        let first = paths.first()?;
        let (_, rest) = self.nearest(first.scope, &first.hops);
        let known = first.hops.len() - rest.len();
        let wanted = first.hops.get(..known + 1)?;
        let is_common = paths.iter().all(|p| p.scope == first.scope && p.hops.starts_with(wanted));
        is_common.then(|| (first.scope, wanted.to_vec()))
    }

    /// `exists (select 1 from target …)` for each link not joined yet, around a condition over the last target.
    pub fn through(&mut self, scope: usize, hops: &[Hop], then: &mut dyn FnMut(&mut Self, &str) -> Result<Sql>) -> Result<Sql> {
        let (alias, rest) = self.nearest(scope, hops);
        let Some(hop) = rest.first() else { return then(self, &alias) };
        let known = hops.len() - rest.len() + 1;
        let target = self.alias();
        let mut sql = self.raw("exists (select 1 from ");
        sql.push_ident(&hop.to).push(" ").push(&target).push(" where ").append(self.target(hop, &alias, &target)?);
        self.joined.push(Joined { scope, hops: hops.get(..known).unwrap_or_default().to_vec(), alias: target });
        let inner = self.through(scope, hops, then);
        self.joined.pop();
        sql.push(" and ").append(inner?).push(")");
        Ok(sql)
    }

    /// The condition that joins the target of a link: the id, not in the bin, within reach.
    fn target(&mut self, hop: &Hop, from: &str, target: &str) -> Result<Sql> {
        let mut sql = self.sql();
        sql.push_column(target, "id").push(" = ").append(self.leaf_column(&hop.link, from, Folding::Exact));
        sql.push(" and ").append(self.visible(&hop.to, target)?);
        Ok(sql)
    }

    /// Not in the bin, and within the caller's reach.
    pub fn visible(&mut self, object: &str, alias: &str) -> Result<Sql> {
        let mut sql = self.sql();
        sql.push_column(alias, "deleted_at").push(" is null");
        if let Some(reach) = self.reach_of(object, alias)? {
            sql.push(" and ").append(reach);
        }
        Ok(sql)
    }

    /// Which records of an object the caller may see, if not all of them.
    pub fn reach_of(&mut self, object: &str, alias: &str) -> Result<Option<Sql>> {
        let object = if self.is_limited { self.model.object(object) } else { None };
        let Some(rule) = object.and_then(|o| (self.reach)(o)) else { return Ok(None) };
        if rule.is_constant() && eval::constant(&rule, self.scope)?.is_true() {
            return Ok(None);
        }
        let scopes = std::mem::replace(&mut self.scopes, vec![alias.to_string()]);
        let (joined, rows) = (std::mem::take(&mut self.joined), std::mem::take(&mut self.rows));
        self.is_limited = false;
        let condition = self.condition(&rule, false);
        self.is_limited = true;
        (self.scopes, self.joined, self.rows) = (scopes, joined, rows);
        condition.map(Some)
    }

    /// The condition that what a link leads to may be seen, where that is limited.
    pub fn mask(&mut self, object: &str, link: &Sql) -> Result<Option<Sql>> {
        let target = self.alias();
        let Some(reach) = self.reach_of(object, &target)? else { return Ok(None) };
        let mut sql = self.raw("exists (select 1 from ");
        sql.push_ident(object).push(" ").push(&target).push(" where ").push_column(&target, "id").push(" = ").append(link.clone());
        sql.push(" and ").append(reach).push(")");
        Ok(Some(sql))
    }

    /// A value of a record or row whose alias is known.
    pub fn leaf_column(&mut self, leaf: &Leaf, alias: &str, folding: Folding) -> Sql {
        let column = column_of(leaf, folding);
        let mut sql = self.sql();
        let Place::Child { table, primary, .. } = &leaf.place else {
            sql.push_column(alias, &column);
            return sql;
        };
        if let Some((_, row)) = self.rows.iter().find(|(known, _)| same_row(known, leaf)) {
            sql.push_column(row, &column);
            return sql;
        }
        let row = self.alias();
        sql.push("(select ").push_column(&row, &column).push(" from ").push_ident(table).push(" ").push(&row);
        sql.push(" where ").push_column(&row, "record").push(" = ").push_column(alias, "id").push(" and ");
        sql.append(self.is_first(&row, *primary)).push(")");
        sql
    }

    fn is_first(&self, row: &str, primary: bool) -> Sql {
        let mut sql = self.sql();
        if primary {
            sql.push_column(row, "is_primary").push(" = true");
        } else {
            sql.push_column(row, "position").push(" = 0");
        }
        sql
    }

    /// A value behind links, by a subselect for each that is not joined yet.
    pub fn path(&mut self, path: &Path, folding: Folding) -> Result<Sql> {
        let (alias, rest) = self.nearest(path.scope, &path.hops);
        let Some(hop) = rest.first() else { return Ok(self.leaf_column(&path.leaf, &alias, folding)) };
        let known = path.hops.len() - rest.len() + 1;
        let target = self.alias();
        let joining = self.target(hop, &alias, &target)?;
        let hops = path.hops.get(..known).unwrap_or_default().to_vec();
        self.joined.push(Joined { scope: path.scope, hops, alias: target.clone() });
        let inner = self.path(path, folding);
        self.joined.pop();
        let mut sql = self.raw("(select ");
        sql.append(inner?).push(" from ").push_ident(&hop.to).push(" ").push(&target).push(" where ").append(joining).push(")");
        Ok(sql)
    }

    /// The one value of a condition that stands in the primary or first row of a list, and the alias of its record.
    pub fn common_row(&self, expr: &Expr) -> Option<(Leaf, String)> {
        if matches!(expr.node, Node::Has(_)) {
            return None;
        }
        let paths = paths_of(expr)?;
        let first = *paths.first()?;
        let alias = self.alias_of(first)?;
        let is_known = self.rows.iter().any(|(known, _)| same_row(known, &first.leaf));
        let is_row = matches!(first.leaf.place, Place::Child { .. }) && !is_known;
        let is_common = paths.iter().all(|p| p.scope == first.scope && p.hops == first.hops && same_row(&p.leaf, &first.leaf));
        (is_row && is_common).then(|| (first.leaf.clone(), alias))
    }

    /// `id in (select record from list …)`, which the index over the list's values serves.
    pub fn in_row(&mut self, leaf: &Leaf, alias: &str, expr: &Expr) -> Result<Sql> {
        let Place::Child { table, primary, .. } = &leaf.place else { return self.leaf(expr, true) };
        let row = self.alias();
        let mut sql = self.sql();
        sql.push_column(alias, "id").push(" in (select ").push_column(&row, "record").push(" from ").push_ident(table).push(" ");
        sql.push(&row).push(" where ").append(self.is_first(&row, *primary)).push(" and ");
        self.rows.push((leaf.clone(), row));
        let inner = self.leaf(expr, false);
        self.rows.pop();
        sql.append(inner?).push(")");
        Ok(sql)
    }

    /// A link whose record has this title or code (or, for `!=`, has some but not this one).
    pub fn named(&mut self, operator: Operator, link: &Expr, names: &[Leaf], text: &str) -> Result<Sql> {
        let (Node::Path(path), Type::Link(to)) = (&link.node, &link.kind) else { return Ok(self.truth(false)) };
        let mut hops = path.hops.clone();
        if path.leaf.get != Get::Record {
            hops.push(Hop { link: path.leaf.clone(), to: to.clone() });
        }
        self.through(path.scope, &hops, &mut |c, alias| Ok(c.is_named(operator, alias, names, text)))
    }

    pub fn is_named(&mut self, operator: Operator, alias: &str, names: &[Leaf], text: &str) -> Sql {
        let mut equal = Vec::new();
        let mut present = Vec::new();
        for leaf in names {
            let folding = if leaf.folds { Folding::Folded } else { Folding::Exact };
            let column = self.leaf_column(leaf, alias, folding);
            let wanted = if leaf.folds { base::text::fold(text) } else { text.to_string() };
            let mut one = self.sql();
            one.append(column.clone()).push(" = ").bind_typed(wanted);
            equal.push(one);
            let mut there = self.sql();
            there.append(column).push(" is not null");
            present.push(there);
        }
        let is_equal = self.either(equal);
        let mut sql = self.sql();
        if operator == Operator::Eq {
            return is_equal;
        }
        sql.push("((").append_each(present, " or ").push(") and not ").append(self.strict(is_equal)).push(")");
        sql
    }
}

/// Do two values stand in the same row of the same list?
fn same_row(a: &Leaf, b: &Leaf) -> bool {
    let list = |leaf: &Leaf| match &leaf.get {
        Get::First(list, _) => Some(list.clone()),
        _ => None,
    };
    a.object == b.object && list(a).is_some() && list(a) == list(b)
}

/// All paths of a condition that is false when they lead nowhere; none where it might hold nevertheless.
fn paths_of(condition: &Expr) -> Option<Vec<&Path>> {
    let mut paths = Vec::new();
    let is_strict = match &condition.node {
        Node::Path(_) => collect(condition, &mut paths),
        Node::Compare(_, a, b, _) | Node::Match(_, a, b, _) => collect(a, &mut paths) && collect(b, &mut paths),
        Node::Has(of) | Node::InTeams(of) => collect(of, &mut paths),
        Node::AnyOf(item, list) => !item.is_constant() && collect(item, &mut paths) && list.iter().all(|(one, _)| collect(one, &mut paths)),
        _ => false,
    };
    is_strict.then_some(paths)
}

/// All paths of a value that is absent as soon as one of them is; false for a value that is not like this.
fn collect<'e>(value: &'e Expr, paths: &mut Vec<&'e Path>) -> bool {
    match &value.node {
        Node::Path(path) => {
            paths.push(path);
            true
        }
        Node::Arithmetic(..)
        | Node::Negate(_)
        | Node::AsNumber(_)
        | Node::Count(..)
        | Node::Lower(_)
        | Node::Age(_)
        | Node::StartOf(..)
        | Node::Month(_)
        | Node::Year(_)
        | Node::Size(_) => value.children().into_iter().all(|child| collect(child, paths)),
        _ => value.is_constant(),
    }
}
