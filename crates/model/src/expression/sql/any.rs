//! `x in […]`: one statement whatever the number of items, where they are constants of one kind.

use base::{Id, Result};
use store::{Param, Sql};

use super::Compiler;
use super::number::{Compared, scaled, steps};
use super::operand::Form;
use crate::expression::eval::{self, Cell};
use crate::expression::tree::{Expr, Folding, How, Leaf, Operator, Type};

/// Constants of a list by how they are compared.
#[derive(Default)]
struct Sorted<'e> {
    folded: Vec<String>,
    exact: Vec<String>,
    ids: Vec<Id>,
    steps: Vec<i64>,
    /// Compared one by one.
    others: Vec<(&'e Expr, &'e How)>,
}

impl Compiler<'_> {
    pub fn any_of(&mut self, item: &Expr, list: &[(Expr, How)]) -> Result<Sql> {
        if item.is_constant() && eval::constant(item, self.scope)?.is_absent() {
            return Ok(self.truth(false));
        }
        let sorted = self.sorted(item, list)?;
        let mut pieces = Vec::new();
        for (texts, folding) in [(sorted.folded, Folding::Folded), (sorted.exact, Folding::Exact)] {
            if !texts.is_empty() {
                let text = self.text(item, folding)?;
                pieces.push(self.among(text, Param::Texts(texts)));
            }
        }
        if !sorted.steps.is_empty() {
            let form = self.form(item);
            let number = self.operand(item, form)?;
            pieces.push(self.among(number, Param::Ints(sorted.steps)));
        }
        if !sorted.ids.is_empty() {
            pieces.push(self.any_id(item, Param::Ids(sorted.ids))?);
        }
        for (one, how) in sorted.others {
            pieces.push(self.compare(Operator::Eq, item, one, how)?);
        }
        Ok(self.either(pieces))
    }

    fn sorted<'e>(&mut self, item: &Expr, list: &'e [(Expr, How)]) -> Result<Sorted<'e>> {
        let mut sorted = Sorted::default();
        let scale = steps(self.form(item));
        // A list that is compared with a text of parameters would repeat them.
        let is_plain = !item.is_constant();
        for (one, how) in list {
            if !one.is_constant() || !is_plain {
                sorted.others.push((one, how));
                continue;
            }
            match (how, eval::constant(one, self.scope)?) {
                (_, Cell::Absent) => {}
                (How::Text(folding), _) => {
                    let text = eval::constant_text(one, *folding, self.scope)?;
                    if *folding == Folding::Folded { sorted.folded.extend(text) } else { sorted.exact.extend(text) }
                }
                (How::Plain, Cell::Id(id)) if matches!(item.kind, Type::Link(_)) => sorted.ids.push(id),
                (How::Numeric, cell) if scale.is_some() => {
                    let compared = cell.units().zip(scale).map(|(units, scale)| scaled(Operator::Eq, units, scale));
                    if let Some(Compared::With(_, value)) = compared {
                        sorted.steps.push(value);
                    }
                }
                _ => sorted.others.push((one, how)),
            }
        }
        Ok(sorted)
    }

    /// A value among constants.
    fn among(&self, value: Sql, list: Param) -> Sql {
        let mut sql = self.sql();
        if value.params().is_empty() {
            self.dialect.any(&mut sql, value.text(), list);
            return sql;
        }
        sql.append(value).push(" in (").append(self.dialect.rows_of(list)).push(")");
        sql
    }

    pub fn any_id(&mut self, item: &Expr, ids: Param) -> Result<Sql> {
        let (id, mask) = self.side(item, Form::Id)?;
        let among = self.among(id, ids);
        Ok(self.masked(among, vec![mask]))
    }

    pub fn either(&self, mut pieces: Vec<Sql>) -> Sql {
        if pieces.len() < 2 {
            return pieces.pop().unwrap_or_else(|| self.truth(false));
        }
        let mut sql = self.raw("(");
        sql.append_each(pieces, " or ").push(")");
        sql
    }

    /// An item of a list, by its column, equal to a constant text.
    pub fn item_is(&mut self, leaf: &Leaf, row: &str, folding: Folding, text: String) -> Sql {
        let mut sql = self.leaf_column(leaf, row, folding);
        sql.push(" = ").bind_typed(text);
        sql
    }
}
