//! A list request with all names resolved and the caller's reach joined in: plain data, no database asked.

use std::collections::BTreeSet;

use base::{Error, FieldProblem, Result};
use model::expression::tree::Node;
use model::expression::{self, Expr, Problem};
use model::nearest::nearest;
use model::{Field, FieldType, Object};
use store::{Sql, Tx};

use super::cursor::Cursor;
use super::order::{self, Order};
use crate::ctx::Ctx;
use crate::record;
use crate::role::{self, Reach, Right};

/// A rule with more ways is written once.
const MAX_WAYS: usize = 4;

/// What a list shows and of which records.
pub struct Plan<'a> {
    pub object: &'a Object,
    pub fields: Vec<&'a Field>,
    /// Also the ids that other systems gave, which `fields` asks for by `external_ids`.
    pub external_ids: bool,
    /// Relations whose records are shown with id and title.
    pub expand: BTreeSet<String>,
    pub filter: Option<Expr>,
    pub reach: Reach,
    /// Search words; the last may be the beginning of one.
    pub words: Option<(Vec<String>, bool)>,
    /// The records that answer the words, where the index alone cannot say it (see [`Plan::answer`]).
    among: Option<Vec<base::Id>>,
    pub order: Vec<Order<'a>>,
    pub after: Option<Cursor>,
    pub limit: usize,
    /// One record alone.
    pub only: Option<base::Id>,
    /// Records in the bin instead of living ones.
    pub bin: bool,
}

impl<'a> Plan<'a> {
    pub fn of(ctx: &'a Ctx, object: &'a Object) -> Result<Plan<'a>> {
        Ok(Plan {
            object,
            fields: shown_by_default(ctx, object),
            external_ids: false,
            expand: BTreeSet::new(),
            filter: None,
            reach: role::reach(ctx, object, Right::Read)?,
            words: None,
            among: None,
            order: Order::newest(object),
            after: None,
            limit: 50,
            only: None,
            bin: false,
        })
    }

    /// Takes `fields=name,amount`.
    pub fn choose(&mut self, ctx: &'a Ctx, text: &str) -> Result<()> {
        self.fields = parse_fields(ctx, self.object, text)?;
        self.external_ids = text.split(',').any(|n| n.trim() == EXTERNAL_IDS);
        Ok(())
    }

    /// Takes search words. Words of fields that the caller may not read find nothing; since the index holds the words of
    /// all fields together, the records are then looked at one by one.
    pub fn answer(&mut self, ctx: &Ctx, tx: &mut Tx, words: Option<(Vec<String>, bool)>) -> Result<()> {
        if let Some((words, last_is_prefix)) = words.as_ref().filter(|_| record::has_unreadable(ctx, self.object)) {
            self.among = Some(crate::search::among(ctx, tx, self.object, words, *last_is_prefix)?);
            return Ok(());
        }
        self.words = words;
        Ok(())
    }

    /// The conditions of the `where` clause, over the alias `t`.
    pub fn conditions(&self, ctx: &Ctx, tx: &Tx) -> Result<Sql> {
        match &self.reach {
            Reach::All => self.under(ctx, tx, None),
            Reach::Nothing => Ok(Sql::raw(tx.dialect(), "1 = 0")),
            Reach::Where(rule) => self.under(ctx, tx, Some(rule)),
        }
    }

    /// The same for what all records together answer, a sum or a count. Of a rule with several ways SQLite looks each up
    /// in an index of its own, but only where the way itself says all that the index wants, as that nothing of it is
    /// deleted (<https://sqlite.org/optoverview.html#or_optimizations>): so each way carries all other conditions.
    pub fn conditions_of_all(&self, ctx: &Ctx, tx: &Tx) -> Result<Sql> {
        let ways = match &self.reach {
            Reach::Where(rule) if tx.dialect().repeats_in_or() && self.words.is_none() && self.among.is_none() => ways(rule),
            _ => Vec::new(),
        };
        if !(2..=MAX_WAYS).contains(&ways.len()) {
            return self.conditions(ctx, tx);
        }
        let mut sql = Sql::raw(tx.dialect(), "(");
        for (i, way) in ways.into_iter().enumerate() {
            sql.push(if i == 0 { "(" } else { " or (" }).append(self.under(ctx, tx, Some(way))?).push(")");
        }
        sql.push(")");
        Ok(sql)
    }

    /// `from` and `where` of a statement that reads no column, since it only counts.
    pub fn push_counted(&self, ctx: &Ctx, tx: &Tx, sql: &mut Sql) -> Result<()> {
        sql.push(" from ");
        if self.is_of_everything() {
            tx.dialect().rows_along(sql, &self.object.name, "created_at", "deleted_at is null");
        } else {
            sql.push_ident(&self.object.name).push(" t where ").append(self.conditions_of_all(ctx, tx)?);
        }
        Ok(())
    }

    /// Every living record of its object.
    fn is_of_everything(&self) -> bool {
        let chooses = self.filter.is_some() || self.words.is_some() || self.among.is_some() || self.only.is_some() || self.bin;
        matches!(self.reach, Reach::All) && !chooses
    }

    fn under(&self, ctx: &Ctx, tx: &Tx, rule: Option<&Expr>) -> Result<Sql> {
        let mut sql = Sql::new(tx.dialect());
        sql.push(if self.bin { "t.deleted_at is not null" } else { "t.deleted_at is null" });
        if let Some(id) = self.only {
            sql.push(" and t.id = ").bind(id);
        }
        if let Some(rule) = rule {
            sql.push(" and ");
            role::push_rule(ctx, rule, "t", &mut sql)?;
        }
        if let Some(filter) = &self.filter {
            sql.push(" and ");
            role::push_filter(ctx, filter, "t", &mut sql)?;
        }
        if let Some((words, last_is_prefix)) = &self.words {
            sql.push(" and ");
            tx.dialect().search_match(&mut sql, "t", &self.object.name, words, *last_is_prefix, u32::MAX);
        }
        if let Some(ids) = &self.among {
            sql.push(" and ");
            tx.dialect().any(&mut sql, "t.id", ids.clone());
        }
        Ok(sql)
    }
}

/// What a rule joins by "or".
fn ways(rule: &Expr) -> Vec<&Expr> {
    match &rule.node {
        Node::Or(parts) => parts.iter().flat_map(ways).collect(),
        _ => vec![rule],
    }
}

/// Every field that the caller may read and that a list can show without being asked.
pub fn shown_by_default<'a>(ctx: &Ctx, object: &'a Object) -> Vec<&'a Field> {
    object.fields.iter().filter(|f| f.kind != FieldType::Reverse && role::may_read_field(ctx, object, f)).collect()
}

/// Named among the fields, kept in a table of their own.
const EXTERNAL_IDS: &str = "external_ids";

/// Resolves `fields=name,amount`; all unknown names are told at once.
pub fn parse_fields<'a>(ctx: &Ctx, object: &'a Object, text: &str) -> Result<Vec<&'a Field>> {
    let mut fields = Vec::new();
    let mut problems = Vec::new();
    for name in text.split(',').map(str::trim).filter(|n| !n.is_empty() && !["id", "version", EXTERNAL_IDS].contains(n)) {
        match readable(ctx, object, name) {
            Some(field) if fields.iter().any(|f: &&Field| f.name == field.name) => {}
            Some(field) => fields.push(field),
            None => problems.push(unknown(ctx, object, "fields", name)),
        }
    }
    if problems.is_empty() { Ok(fields) } else { Err(Error::fields(problems)) }
}

/// Resolves `expand=company,owner`; only relations can be expanded, at most two levels (`company.owner`).
pub fn parse_expand(ctx: &Ctx, object: &Object, text: &str) -> Result<BTreeSet<String>> {
    let mut paths = BTreeSet::new();
    let mut problems = Vec::new();
    for path in text.split(',').map(str::trim).filter(|n| !n.is_empty()) {
        match check_path(ctx, object, path) {
            Ok(()) => {
                paths.insert(path.to_string());
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(paths) } else { Err(Error::fields(problems)) }
}

fn check_path(ctx: &Ctx, object: &Object, path: &str) -> Result<(), FieldProblem> {
    let mut at = Some(object);
    for (depth, name) in path.split('.').enumerate() {
        if depth == 2 {
            return Err(FieldProblem::new("expand", "too_deep", format!("{path} goes deeper than two relations")));
        }
        let Some(here) = at else {
            return Err(FieldProblem::new("expand", "type", format!("{path} leads to records of several kinds and ends there")));
        };
        let field = readable(ctx, here, name).ok_or_else(|| unknown(ctx, here, "expand", name))?;
        let relation = matches!(field.kind, FieldType::Link | FieldType::User | FieldType::File | FieldType::Links | FieldType::Reverse);
        if !relation {
            return Err(FieldProblem::new("expand", "type", format!("{name} is not a relation, so it cannot be expanded")));
        }
        at = field.to.as_deref().and_then(|to| ctx.model.object(to));
        if let Some(target) = at.filter(|o| !role::scope_allows(ctx, o, "read")) {
            return Err(FieldProblem::new("expand", "forbidden", format!("This token may not read {}", target.path)));
        }
    }
    Ok(())
}

pub fn readable<'a>(ctx: &Ctx, object: &'a Object, name: &str) -> Option<&'a Field> {
    object.field(name).filter(|f| role::may_read_field(ctx, object, f))
}

pub fn unknown(ctx: &Ctx, object: &Object, place: &str, name: &str) -> FieldProblem {
    let names = object.fields.iter().filter(|f| role::may_read_field(ctx, object, f)).map(|f| f.name.as_str());
    let hint = nearest(name, names).map_or_else(String::new, |word| format!(" Did you mean \"{word}\"?"));
    FieldProblem::new(place, "unknown", format!("{} has no field \"{}\".{hint}", object.label.en, base::text::shorten(name, 100)))
}

/// Compiles a filter of the caller; what he may not read is unknown to it.
pub fn compile_filter(ctx: &Ctx, object: &Object, place: &str, text: &str) -> Result<Expr> {
    let in_scope = |o: &Object| o.name == object.name || role::scope_allows(ctx, o, "read");
    let visible = |o: &Object, f: &Field| in_scope(o) && role::may_read_field(ctx, o, f);
    expression::compile(&ctx.model, object, text, &visible).map_err(|problems| expression_error(place, &problems))
}

/// Every problem of an expression with its place in the text.
pub fn expression_error(place: &str, problems: &[Problem]) -> Error {
    let (fields, places) = expression_problems(place, problems);
    Error::fields(fields).with_extra(serde_json::json!({"expression": places}))
}

/// The same as sentences, and as places for a screen that marks them.
pub fn expression_problems(place: &str, problems: &[Problem]) -> (Vec<FieldProblem>, Vec<serde_json::Value>) {
    let told = problems.iter().map(|p| {
        let hint = p.suggestion.as_ref().map_or_else(String::new, |s| format!(" Did you mean \"{s}\"?"));
        FieldProblem::new(place, "expression", format!("At position {}: {}{hint}", p.at + 1, p.message))
    });
    let places = problems
        .iter()
        .map(|p| serde_json::json!({"field": place, "at": p.at, "length": p.length, "message": p.message, "suggestion": p.suggestion}));
    (told.collect(), places.collect())
}

pub use order::parse as parse_sort;
